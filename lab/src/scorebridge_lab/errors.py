"""The one error of the lab."""

from __future__ import annotations

from scorebridge.errors import ScorebridgeError


class LabError(ScorebridgeError):
    """Data building, training or evaluation cannot go on (missing data, program, package)."""
