"""Bars of a scan of two systems by hand, and retrieval whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from scorebridge.errors import LabError
from scorebridge.lab.engrave.engraving import EVENT
from scorebridge.lab.evaluate.bars import Side, ranks
from scorebridge.lab.truth.bars import BARS, bars_of
from scorebridge.lab.truth.kern import Print, PrintedBar
from scorebridge.lab.truth.played import Source
from scorebridge.types import Place

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
SOURCE = Source(PRINT, np.array([(0.0, 1.0, 60, 80)], EVENT), CLOCK, CLOCK / 2)  # 2 s a bar


def test_bars_are_where_and_when_the_kern_says():
    found = bars_of(SOURCE, PLACES, 7)
    assert found.dtype == BARS and found["bar"].tolist() == [1, 2]  # the other system is left out
    np.testing.assert_allclose(found["left"], [0, 150], atol=1e-3)
    np.testing.assert_allclose(found["right"], [150, 400], atol=1e-3)
    np.testing.assert_allclose(found["start"], [0, 2])
    np.testing.assert_allclose(found["end"], [2, 4])
    assert (found["piece"] == 7).all()
    with pytest.raises(LabError, match="systems"):
        bars_of(SOURCE, PLACES[:1])


def _side(vectors, piece, position, length):
    return Side(
        np.array(vectors, np.float32), np.array(piece), np.array(position, float), float(length)
    )


def test_ranks_count_what_shows_the_bar():
    one, two, three = np.eye(3)
    audio = _side([one, two, three], [0, 0, 1], [1, 3, 1], 4.0)
    # The bar from 2 s to 4 s stands in columns 100 to 200; windows are 100 wide.
    sheet = _side([one, 0.6 * two + 0.8 * one, two], [0, 0, 1], [50, 140, 150], 100.0)
    asked, shown = np.array([[2.0, 4.0]]), np.array([[100.0, 200.0]])
    found = list(ranks(audio, sheet, asked, shown, 0))
    assert found == [(2, False)]  # another piece's window is nearer, and first
    shifted = np.array([[40.0, 60.0]])  # both windows of the piece show half of this bar or more
    assert next(ranks(audio, sheet, asked, shifted, 0))[0] == 3  # only the first does: last
    assert not list(ranks(audio, sheet, asked, np.array([[900.0, 990.0]]), 0))


def test_ties_count_against_the_query():
    same = np.tile([1.0, 0.0], (4, 1))
    sheet = _side(same, [0, 0, 1, 1], [50, 150, 50, 150], 100)
    audio = _side(same[:1], [0], [1.0], 4.0)
    found = list(ranks(audio, sheet, np.array([[0.0, 2.0]]), np.array([[0.0, 100.0]]), 0))
    assert found[0][0] == 4
