"""The calibration that is stored beside a pair of networks."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scorebridge.encode.calibration import (
    FEATURES,
    GENERIC,
    Calibration,
    load_calibration,
    save_calibration,
)
from scorebridge.errors import ModelError


def test_a_calibration_lies_beside_its_networks(tmp_path: Path) -> None:
    assert load_calibration(tmp_path) == GENERIC and load_calibration(None) == GENERIC
    made = Calibration(tuple(float(k) for k in range(len(FEATURES))), 0.7, 0.2, {"pieces": 3})
    path = save_calibration(made, tmp_path)
    assert load_calibration(tmp_path) == made
    record = json.loads(path.read_text())
    assert list(record["weights"]) == list(FEATURES)
    del record["weights"]["share"]
    path.write_text(json.dumps(record))
    with pytest.raises(ModelError, match="lab calibrate"):
        load_calibration(tmp_path)
