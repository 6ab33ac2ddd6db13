"""OpenVINO, which runs the networks that ship."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any


def import_openvino() -> Any:
    """Import `openvino` without its telemetry.

    Importing it sends an event to Google Analytics, from a forked process, which Lance does not
    support. Without `openvino_telemetry` it uses a stub.
    """
    if "openvino" not in sys.modules and "openvino_telemetry" not in sys.modules:
        sys.modules["openvino_telemetry"] = None  # pyright: ignore[reportArgumentType]
        try:
            return import_module("openvino")
        finally:
            del sys.modules["openvino_telemetry"]
    return import_module("openvino")
