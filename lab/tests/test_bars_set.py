"""Bars of a scan of two systems by hand, and retrieval whose answer is known."""

from __future__ import annotations

import numpy as np
import pytest

from scorebridge.types import Place
from scorebridge_lab.benchmarks.kern import Print, PrintedBar
from scorebridge_lab.benchmarks.played import Played, Source, play
from scorebridge_lab.benchmarks.scan_bars import BARS, bars_of
from scorebridge_lab.engrave.engraving import EVENT
from scorebridge_lab.errors import LabError
from scorebridge_lab.evaluate.bar_retrieval import Side, questions, ranks

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


def _side(vectors, document, position, length):
    return Side(
        np.array(vectors, np.float32), np.array(document), np.array(position, float), float(length)
    )


def _asked(start, end, left, right, piece=0):
    row = np.array([(piece, piece, 1, 1, 1, left, right, start, end)], BARS)
    return questions(row)[0]


def test_ranks_count_what_shows_the_bar():
    one, two, three = np.eye(3)
    audio = _side([one, two, three], [0, 0, 1], [1, 3, 1], 4.0)
    # The bar from 2 s to 4 s stands in columns 100 to 200; windows are 100 wide.
    sheet = _side([one, 0.6 * two + 0.8 * one, two], [0, 0, 1], [50, 140, 150], 100.0)
    found = list(ranks(audio, sheet, _asked(2, 4, 100, 200)))
    assert found == [(2, False)]  # another piece's window is nearer, and first
    # Only the first window of the piece shows half of a bar from 40 to 60: last.
    assert next(ranks(audio, sheet, _asked(2, 4, 40, 60)))[0] == 3
    assert not list(ranks(audio, sheet, _asked(2, 4, 900, 990)))


def test_ties_count_against_the_query():
    same = np.tile([1.0, 0.0], (4, 1))
    sheet = _side(same, [0, 0, 1, 1], [50, 150, 50, 150], 100)
    audio = _side(same[:1], [0], [1.0], 4.0)
    assert next(ranks(audio, sheet, _asked(0, 2, 0, 100)))[0] == 4


def test_a_bar_that_two_pianists_play_asks_twice_and_has_two_answers():
    rows = np.array([(5, 0, 1, 1, 1, 0, 100, 0, 2), (5, 1, 1, 1, 1, 0, 100, 6, 8)], BARS)
    sounds, places = questions(rows)
    assert [q.document for q in sounds] == [0, 1] and len(places) == 1
    assert places[0].document == 5 and places[0].shown == ((0, 0.0, 2.0), (1, 6.0, 8.0))
    one, two = np.eye(2)
    sheet = _side([one], [5], [50], 100)
    audio = _side([two, one, one], [0, 1, 2], [1, 7, 1], 4.0)
    # The second pianist's window is right; that of another piece is as near, and counts as nearer.
    assert next(ranks(sheet, audio, places)) == (2, True)
