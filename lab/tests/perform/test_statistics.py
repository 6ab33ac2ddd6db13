"""What is measured of performances, on ones whose figures are known."""

from typing import Any

import numpy as np
import pytest
from numpy.typing import NDArray

from scorebridge_lab.engrave.engraving import EVENT
from scorebridge_lab.perform.statistics import MEASURES, beat_times, measures_of


def _score() -> tuple[NDArray[Any], NDArray[np.float64]]:
    rows = []
    for beat in range(32):
        rows += [(0.5 * beat, 0.5, p, 80) for p in (48, 64, 76)]
    return np.array(sorted(rows), EVENT), 0.5 * np.arange(32, dtype=np.float64)


def test_a_machine_has_no_deviations():
    score, beats = _score()
    found = measures_of(score, beats, score, beats)
    assert set(found) == set(MEASURES)
    assert found["tempo to the score's"] == pytest.approx(1)
    for name in ("beat to next beat", "notes of a chord apart", "score's notes not played"):
        assert found[name] == pytest.approx(0, abs=1e-6)
    assert found["held to written"] == pytest.approx(1, abs=0.01)


def test_what_is_done_to_a_performance_is_measured():
    score, beats = _score()
    played = score.copy()
    played["onset"] *= 0.8  # faster by a quarter
    played["duration"] *= 0.4
    top = played["pitch"] == 76
    played["onset"][top] -= 0.02
    played["velocity"][top] = 95
    played = np.sort(played[~((played["pitch"] == 48) & (np.arange(len(played)) % 2 == 0))])
    found = measures_of(score, beats, played, 0.8 * beats)
    assert found["tempo to the score's"] == pytest.approx(1.25)
    assert found["top note before its chord"] == pytest.approx(20, abs=0.5)
    assert found["top note above its chord"] == pytest.approx(15)
    assert found["held to written"] == pytest.approx(0.5, abs=0.02)
    assert found["score's notes not played"] == pytest.approx(100 / 6, abs=2)


def test_beats_are_read_from_annotations():
    np.testing.assert_allclose(beat_times("0.5\t0.5\tb,,0\n1.0\t1.0\tdb,4/4\n\n"), [0.5, 1.0])
