"""Performances: the warp and the events tell the same time."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from scorebridge.lab.engrave.engraving import EVENT
from scorebridge.lab.perform import PAPER, STRAIGHT, Manner, perform


def _events(count=60):
    onsets = np.arange(count) * 0.4
    return np.array([(t, 0.3, 40 + k % 40, 80) for k, t in enumerate(onsets)], EVENT)


def test_straight_changes_nothing():
    events = _events()
    played, warp = perform(events, np.random.default_rng(0), STRAIGHT)
    np.testing.assert_allclose(played["onset"], events["onset"])
    np.testing.assert_allclose(warp(events["onset"]), events["onset"])


def test_paper_keeps_tempo_within_a_tenth():
    for seed in range(20):
        _, warp = perform(_events(), np.random.default_rng(seed), PAPER)
        assert 20 / 1.1 - 1e-6 <= warp(np.array([20.0]))[0] <= 20 / 0.9 + 1e-6


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 10_000))
def test_notes_sound_where_the_warp_says(seed):
    events, manner = _events(), Manner()
    played, warp = perform(events, np.random.default_rng(seed), manner)
    assert (np.diff(warp(np.linspace(0, 25, 200))) > 0).all()
    for pitch in np.unique(events["pitch"]):
        wanted = np.sort(warp(events["onset"][events["pitch"] == pitch]))
        heard = np.sort(played["onset"][played["pitch"] == pitch])
        assert np.abs(wanted - heard).max() < 6 * manner.jitter
    assert (played["velocity"] >= 20).all() and (played["duration"] > 0).all()


def test_same_seed_same_performance():
    one, _ = perform(_events(), np.random.default_rng(5))
    two, _ = perform(_events(), np.random.default_rng(5))
    np.testing.assert_array_equal(one, two)
