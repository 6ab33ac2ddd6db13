"""Retrieval of bars whose answer is known."""

from __future__ import annotations

import numpy as np

from scorebridge_lab.benchmarks.scan_bars import BARS
from scorebridge_lab.evaluate.bar_retrieval import WindowIndex, queries_of, ranks


def _index(vectors, document, position, length):
    return WindowIndex(
        np.array(vectors, np.float32), np.array(document), np.array(position, float), float(length)
    )


def _asked(start, end, left, right, piece=0):
    row = np.array([(piece, piece, 1, 1, 1, left, right, start, end)], BARS)
    return queries_of(row)[0]


def test_ranks_count_what_shows_the_bar():
    one, two, three = np.eye(3)
    audio = _index([one, two, three], [0, 0, 1], [1, 3, 1], 4.0)
    # The bar from 2 s to 4 s stands in columns 100 to 200; windows are 100 wide.
    sheet = _index([one, 0.6 * two + 0.8 * one, two], [0, 0, 1], [50, 140, 150], 100.0)
    found = list(ranks(audio, sheet, _asked(2, 4, 100, 200)))
    assert found == [(2, False)]  # another piece's window is nearer, and first
    # Only the first window of the piece shows half of a bar from 40 to 60: last.
    assert next(ranks(audio, sheet, _asked(2, 4, 40, 60)))[0] == 3
    assert not list(ranks(audio, sheet, _asked(2, 4, 900, 990)))


def test_ties_count_against_the_query():
    same = np.tile([1.0, 0.0], (4, 1))
    sheet = _index(same, [0, 0, 1, 1], [50, 150, 50, 150], 100)
    audio = _index(same[:1], [0], [1.0], 4.0)
    assert next(ranks(audio, sheet, _asked(0, 2, 0, 100)))[0] == 4


def test_a_bar_that_two_pianists_play_asks_twice_and_has_two_answers():
    rows = np.array([(5, 0, 1, 1, 1, 0, 100, 0, 2), (5, 1, 1, 1, 1, 0, 100, 6, 8)], BARS)
    sounds, places = queries_of(rows)
    assert [q.document for q in sounds] == [0, 1] and len(places) == 1
    assert places[0].document == 5 and places[0].shown == ((0, 0.0, 2.0), (1, 6.0, 8.0))
    one, two = np.eye(2)
    sheet = _index([one], [5], [50], 100)
    audio = _index([two, one, one], [0, 1, 2], [1, 7, 1], 4.0)
    # The second pianist's window is right; that of another piece is as near, and counts as nearer.
    assert next(ranks(sheet, audio, places)) == (2, True)
