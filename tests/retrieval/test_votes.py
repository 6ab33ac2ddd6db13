"""Votes on hand-made vectors."""

from __future__ import annotations

import numpy as np
import pytest

from scorebridge.retrieval.votes import best_cosines, count_votes, equally_spaced


def test_hand_counted_votes() -> None:
    x, y, z = np.eye(3, dtype=np.float32)
    near_x = np.array([0.8, 0.6, 0], np.float32)
    # Documents: 0 owns x and near_x, 1 owns y, 2 owns nothing, 3 owns z.
    vectors, offsets = np.stack([x, near_x, y, z]), np.array([0, 2, 3, 3, 4])
    votes, similarity = count_votes(np.stack([x, y, x]), vectors, offsets, None, k=2)
    # x: x (1), near_x (.8); y: y (1), near_x (.6); x again.
    assert votes.tolist() == [5, 1, 0, 0]
    assert similarity == pytest.approx([(1 + 0.8 + 0.6 + 1 + 0.8) / 5, 1, -1, -1])
    one_each, _ = count_votes(np.stack([x, y, z]), vectors, offsets, None, k=1)
    assert one_each.tolist() == [1, 1, 0, 1]


def test_best_cosines_count_each_document_once_a_window() -> None:
    x, _, z = np.eye(3, dtype=np.float32)
    near_x, less = np.array([0.8, 0.6, 0], np.float32), np.array([0.6, 0, 0.8], np.float32)
    # Document 0 has two windows near x, 1 one that is nearer, 2 none, 3 the other way round.
    vectors, offsets = np.stack([near_x, less, x, -x]), np.array([0, 2, 3, 3, 4])
    votes, _ = count_votes(np.stack([x]), vectors, offsets, None, k=3)
    best = best_cosines(np.stack([x, z]), vectors, offsets, None, k=3)
    assert votes.tolist() == [2, 1, 0, 0]
    assert best == pytest.approx([0.8 + 0.8, 1 + 0, 0, 0])
    assert best_cosines(np.zeros((0, 3), np.float32), vectors, offsets).tolist() == [0, 0, 0, 0]


def test_more_votes_than_windows() -> None:
    vectors = np.eye(3, dtype=np.float32)
    votes, _ = count_votes(vectors[:1], vectors, np.array([0, 2, 3]), None, k=25)
    assert votes.tolist() == [2, 1]


def test_nothing_to_vote_for() -> None:
    nothing = np.zeros((0, 3), np.float32)
    votes, similarity = count_votes(np.eye(3, dtype=np.float32), nothing, np.array([0, 0]))
    assert votes.tolist() == [0]
    assert similarity.tolist() == [-1.0]


def test_excerpts_are_equally_spaced_and_reach_both_ends() -> None:
    chosen = equally_spaced(500, 100)
    assert len(chosen) == 100
    assert (chosen[0], chosen[-1]) == (0, 499)
    assert set(np.diff(chosen)) == {5, 6} or set(np.diff(chosen)) == {5}
    assert equally_spaced(7, 100).tolist() == list(range(7))
    assert len(equally_spaced(500, None)) == 500
