"""Local alignment against brute force, and its place in made-up documents."""

from __future__ import annotations

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scorebridge.alignment.dtw import Steps
from scorebridge.retrieval.local_alignment import best_runs
from synthetic import compose, noise_only, perform, recording, score

STEPS = Steps((1.0,) * 3, (0.04, 0.0, 0.02))


def _slow(similarity: np.ndarray, threshold: float, steps: Steps) -> float:
    """Every path, by the recurrence written out."""
    rows, columns = similarity.shape
    best = np.zeros((rows, columns))
    for i in range(rows):
        for j in range(columns):
            before = [0.0]
            if i:
                before += [best[i - 1, j - k] - p for k, p in enumerate(steps.penalties) if j >= k]
            best[i, j] = similarity[i, j] - threshold + max(before)
    return max(0.0, float(best.max(initial=0.0)))


@settings(max_examples=40, deadline=None)
@given(st.integers(1, 9), st.integers(1, 12), st.integers(0, 10_000), st.floats(-0.2, 0.8))
def test_against_brute_force(rows: int, columns: int, seed: int, threshold: float) -> None:
    rng = np.random.default_rng(seed)
    similarity = rng.uniform(-1, 1, (rows, columns + 4)).astype(np.float32)
    starts, stops = np.array([0, columns]), np.array([columns, columns + 4])
    runs = best_runs(similarity, starts, stops, threshold, STEPS)
    for d in range(2):
        want = _slow(similarity[:, starts[d] : stops[d]].astype(float), threshold, STEPS)
        assert abs(runs.gain[d] - want) < 1e-4


def test_a_run_is_where_it_was_put() -> None:
    similarity = np.zeros((20, 50), np.float32)
    for k in range(8):
        similarity[6 + k, 30 + k] = 1.0
    runs = best_runs(similarity, np.array([0, 25]), np.array([25, 50]), 0.5)
    assert runs.gain.tolist() == [0.0, 4.0]
    assert (runs.query_first[1], runs.query_last[1]) == (6, 13)
    assert (runs.first[1], runs.last[1]) == (5, 12)


def test_applause_and_other_music_are_left_out() -> None:
    """Applause, a piece, applause, against that piece in the middle of others."""
    rng = np.random.default_rng(9)
    pieces = [compose(rng, 120) for _ in range(3)]
    played = perform(rng, pieces[1], 45.0)
    query = np.concatenate(
        [
            noise_only(rng, 20),
            recording(rng, pieces[1], played).vectors,
            noise_only(rng, 15),
        ]
    )
    scores = [score(rng, p).vectors for p in pieces]
    volume = np.concatenate(scores)
    runs = best_runs(query @ volume.T, np.array([0]), np.array([len(volume)]), 0.4)
    music = len(query) - 30
    assert abs(runs.query_first[0] - 40) <= 3 and abs(runs.query_last[0] - (music - 1)) <= 3
    assert abs(runs.first[0] - len(scores[0])) <= 4
    assert abs(runs.last[0] - (len(scores[0]) + len(scores[1]) - 1)) <= 4
