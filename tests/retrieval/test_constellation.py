"""Votes with places on hand-made matches, and against counting by brute force."""

from __future__ import annotations

import numpy as np
import pytest

from scorebridge.retrieval.constellation import (
    OFFSET_VOTES,
    SHAZAM,
    ConstellationSettings,
    constellation,
)
from scorebridge.retrieval.shortlist import offset_votes
from scorebridge.retrieval.votes import count_votes
from synthetic import collection, compose, excerpt, perform, recording, score


def test_matches_on_one_diagonal_count_and_scattered_ones_do_not() -> None:
    # Two documents of 10 windows. Query windows 0..3 lie at 2..5 of the first; in the second
    # they have as many neighbours, all over the place.
    offsets = np.array([0, 10, 20])
    rows = np.array([[2, 19], [3, 11], [4, 17], [5, 14]])
    similarity = np.full((4, 2), 0.5, np.float32)
    scores = constellation(similarity, rows, np.arange(4), offsets, SHAZAM)
    assert scores[0] == 4
    assert scores[1] == 2


def test_a_query_window_counts_once_in_a_bin() -> None:
    rows = np.array([[4, 5, 6]])
    settings = ConstellationSettings(3, None, (1.0,), 4.0, True)
    scores = constellation(
        np.ones((1, 3), np.float32), rows, np.zeros(1, int), np.array([0, 10]), settings
    )
    assert scores.tolist() == [1.0]


def test_a_pace_is_found() -> None:
    """Twice as many document windows as query windows: only the pace of 2 puts them in one bin."""
    asked = np.arange(12)
    rows = (2 * asked + 1)[:, None]
    similarity = np.ones((12, 1), np.float32)
    one = constellation(similarity, rows, asked, np.array([0, 30]), SHAZAM)
    both = constellation(
        similarity,
        rows,
        asked,
        np.array([0, 30]),
        ConstellationSettings(1, None, (1.0, 2.0), 4.0, True),
    )
    assert one[0] < 6 and both[0] == 12


@pytest.mark.parametrize("plain", [True, False])
def test_against_brute_force(plain: bool) -> None:
    rng = np.random.default_rng(2)
    offsets = np.array([0, 40, 40, 100, 130])
    settings = ConstellationSettings(9, None, (0.5, 1.0, 1.7), 5.0, plain)
    for _ in range(5):
        rows = np.stack([rng.permutation(130)[:9] for _ in range(15)])
        rows[3, 6:] = -1  # a search by clusters found only six
        similarity = -np.sort(-rng.random((15, 9)).astype(np.float32), axis=1)
        asked = np.sort(rng.permutation(60)[:15])
        got = constellation(similarity, rows, asked, offsets, settings)
        np.testing.assert_allclose(
            got, _slow(similarity, rows, asked, offsets, settings), rtol=1e-4
        )


def _slow(similarity, rows, asked, offsets, settings) -> np.ndarray:
    best = np.zeros(len(offsets) - 1)
    for pace in settings.paces:
        for half in (0.0, 0.5):
            bins: dict[tuple[int, int], dict[int, float]] = {}
            for i, a in enumerate(asked):
                least = similarity[i][rows[i] >= 0].min()
                for s, row in zip(similarity[i], rows[i], strict=True):
                    if row < 0:
                        continue
                    d = int(np.searchsorted(offsets, row, side="right") - 1)
                    lead = row - offsets[d] - pace * a
                    weight = 1.0 if settings.is_unweighted else float(s - least + 1e-3)
                    slot = bins.setdefault((d, int(np.floor(lead / settings.bin_width + half))), {})
                    slot[i] = max(slot.get(i, 0.0), weight)
            for (d, _), votes in bins.items():
                best[d] = max(best[d], sum(votes.values()))
    return best


def test_nothing_asked() -> None:
    empty = np.zeros((0, 3), np.float32)
    got = constellation(empty, empty.astype(int), np.zeros(0, int), np.array([0, 5]), OFFSET_VOTES)
    assert got.tolist() == [0.0]


def test_places_tell_fragments_apart_better_than_votes() -> None:
    rng = np.random.default_rng(5)
    pieces = [compose(rng, 100) for _ in range(40)]
    scores = collection([score(rng, p, 2.0) for p in pieces])
    placed, voted = [], []
    for k, piece in enumerate(pieces):
        whole = recording(rng, piece, perform(rng, piece, float(rng.uniform(25, 100))), 2.0)
        query = excerpt(whole, whole.extent * 0.3, whole.extent * 0.3 + 9).vectors
        counted = offset_votes(query, scores, OFFSET_VOTES)
        votes, _ = count_votes(query, scores.vectors, scores.offsets)
        placed.append(int((counted >= counted[k]).sum()))
        voted.append(int((votes >= votes[k]).sum()))
    assert np.mean(1 / np.array(placed)) > np.mean(1 / np.array(voted))
    assert np.mean(np.array(placed) <= 10) >= 0.9
