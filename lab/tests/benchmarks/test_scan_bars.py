"""Bars of a scan of two systems, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from scorebridge.types import Place
from scorebridge_lab.benchmarks.kern import Print, PrintedBar
from scorebridge_lab.benchmarks.played import KernSource, Played, play
from scorebridge_lab.benchmarks.scan_bars import BARS, bars_of
from scorebridge_lab.engrave.engraving import EVENT
from scorebridge_lab.errors import LabError

BOX = (0.1, 0.1, 0.9, 0.2)
PLACES = (
    Place(1, 1, BOX, 0.1, 0.9, 0, 400, ((0.1, 0.4), (0.4, 0.9))),
    Place(2, 1, BOX, 0.1, 0.9, 400, 800, ((0.1, 0.9),)),  # one bar found where there are two
)
PRINT = Print(
    tuple(PrintedBar(4.0 * k, 4.0 * k + 4, k // 2) for k in range(4)),
    16.0,
    True,
    {"A": (0.0, 16.0)},
    {"": ("A",)},
)
CLOCK = np.linspace(0, 16, 33)
SOURCE = KernSource(PRINT, np.array([(0.0, 1.0, 60, 80)], EVENT), CLOCK, CLOCK / 2)  # 2 s a bar


PLAYED = play(SOURCE, None)


def test_bars_are_where_and_when_the_kern_says():
    found = bars_of(PLAYED, PLACES, 7, 9)
    assert found.dtype == BARS and found["bar"].tolist() == [1, 2]  # the other system is left out
    np.testing.assert_allclose(found["left"], [0, 150], atol=1e-3)
    np.testing.assert_allclose(found["right"], [150, 400], atol=1e-3)
    np.testing.assert_allclose(found["start"], [0, 2])
    np.testing.assert_allclose(found["end"], [2, 4])
    assert (found["piece"] == 7).all() and (found["recording"] == 9).all()
    with pytest.raises(LabError, match="systems"):
        bars_of(PLAYED, PLACES[:1])


def test_a_bar_stands_once_for_each_time_it_is_played_to_its_end():
    stretches = [([0.0, 3.0], [0.0, 6.0]), ([3.0, 7.0], [4.0, 12.0])]  # bar 2 broken off
    played = Played(PRINT, SOURCE.events, tuple((np.array(t), np.array(q)) for t, q in stretches))
    found = bars_of(played, PLACES)
    assert found["bar"].tolist() == [1, 2]
    np.testing.assert_allclose(found["start"], [0, 3])
    again = (*played.stretches, (np.array([7.0, 9.0]), np.array([0.0, 4.0])))
    found = bars_of(Played(PRINT, SOURCE.events, again), PLACES)
    assert sorted(found["start"][found["bar"] == 1]) == [0, 7]
