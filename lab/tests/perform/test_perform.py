"""Performances: the warp and the events tell the same time, whatever hands do."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from scorebridge_lab.engrave.engraving import BAR, EVENT, MARK, MARK_KINDS
from scorebridge_lab.perform.order import ONCE, stretches_of
from scorebridge_lab.perform.performance import HUMAN, PAPER, STRAIGHT, Manner, perform, play


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
    assert (played["velocity"] >= 15).all() and (played["duration"] > 0).all()


def test_same_seed_same_performance():
    one, _ = perform(_events(), np.random.default_rng(5))
    two, _ = perform(_events(), np.random.default_rng(5))
    np.testing.assert_array_equal(one, two)


def _order(rows, chance):
    return stretches_of(np.array(rows, BAR), np.random.default_rng(0), chance)


@pytest.mark.parametrize(
    "rows, chance, wanted",
    [
        ([(0, 2, 0, 0), (2, 4, 0, 0)], 1.0, [(0, np.inf)]),
        ([(0, 2, 1, 0), (2, 4, 2, 0), (4, 6, 0, 0)], 1.0, [(0, 4), (0, np.inf)]),
        ([(0, 2, 1, 0), (2, 4, 2, 0), (4, 6, 0, 0)], 0.0, [(0, np.inf)]),
        # the repeat has no sign at its beginning
        ([(0, 2, 0, 0), (2, 4, 2, 0), (4, 6, 0, 0)], 1.0, [(0, 4), (0, np.inf)]),
        # first and second ending, taken and not
        (
            [(0, 2, 1, 0), (2, 4, 2, 1), (4, 6, 0, 2), (6, 8, 0, 0)],
            1.0,
            [(0, 4), (0, 2), (4, np.inf)],
        ),
        ([(0, 2, 1, 0), (2, 4, 2, 1), (4, 6, 0, 2), (6, 8, 0, 0)], 0.0, [(0, 2), (4, np.inf)]),
        # two repeats in a row, the second one without a sign at its beginning
        (
            [(0, 2, 0, 0), (2, 4, 2, 0), (4, 6, 0, 0), (6, 8, 2, 0)],
            1.0,
            [(0, 4), (0, 8), (4, np.inf)],
        ),
        # after the endings the next repeat goes back no further than them
        (
            [(0, 2, 1, 0), (2, 4, 2, 1), (4, 6, 0, 2), (6, 8, 0, 0), (8, 9, 2, 0)],
            1.0,
            [(0, 4), (0, 2), (4, 9), (6, np.inf)],
        ),
    ],
)
def test_repeats_as_a_reader_would_play_them(rows, chance, wanted):
    assert list(_order(rows, chance)) == wanted


def test_without_a_chance_the_print_is_played_once():
    assert _order([(0, 2, 1, 0), (2, 4, 2, 0)], None) == ONCE


def _piece():
    """Sixteen bars of four quarters with a chord on each first beat; the first eight repeat."""
    rows = []
    for bar in range(16):
        for beat in range(4):
            at = 2.0 * bar + 0.5 * beat
            rows.append((at, 0.45, 72 + (5 * bar + beat) % 12, 80))
            if beat == 0:
                rows += [(at, 1.9, 40 + bar % 7, 80), (at, 1.9, 52 + bar % 7, 80)]
    bars = [(2.0 * k, 2.0 * k + 2, 2 * (k == 7), 0) for k in range(16)]
    marks = [
        (MARK_KINDS.index("trill"), 4.5, 4.5, 0, 0),
        (MARK_KINDS.index("fermata"), 14.0, 14.0, 0, 0),
        (MARK_KINDS.index("arpeggio"), 8.0, 8.0, 0, 0),
        (MARK_KINDS.index("staccato"), 9.5, 9.5, 0, 0),
    ]
    return np.array(sorted(rows), EVENT), np.array(bars, BAR), np.array(marks, MARK)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10_000))
def test_every_written_note_is_where_it_says(seed):
    """Each played record names its note; its time lies by the curve, its pitch is the note's."""
    events, bars, marks = _piece()
    played = play(events, np.random.default_rng(seed), HUMAN, bars, marks)
    real = played.events[played.events["source"] >= 0]
    assert (events["pitch"][real["source"]] == real["pitch"]).all()
    curve = played.times(events["onset"])
    away = real["onset"] - curve[real["turn"], real["source"]]
    assert np.abs(away).max() < 0.4  # a rolled chord, a lead, an ornament: never another beat
    assert np.median(np.abs(away)) < 0.05
    struck = played.struck(events, np.unique(events["onset"]))
    assert np.isfinite(struck).any(0).all()
    for turn in range(len(struck)):
        assert (np.diff(struck[turn][np.isfinite(struck[turn])]) > -0.1).all()
    assert (np.diff(played.events["onset"]) >= 0).all()
    assert len(played.events) > 0.9 * len(events)


def test_repeats_sound_twice_and_the_fermata_holds():
    events, bars, marks = _piece()
    manner = Manner((1.0, 1.0), 0, 4, 0, 0, 0, 0, repeats=1.0)
    played = play(events, np.random.default_rng(0), manner, bars, marks)
    assert len(played.stretches) == 2
    counts = np.bincount(played.events["source"], minlength=len(events))
    assert (counts[events["onset"] < 16] == 2).all() and (counts[events["onset"] >= 16] == 1).all()
    held = Manner((1.0, 1.0), 0, 4, 0, 0, 0, 0, fermata=1.5)
    long = play(events, np.random.default_rng(0), held, bars, marks).times(np.array([13.5, 16.0]))
    assert long[0, 1] - long[0, 0] > 2.5 + 0.2


def test_trills_arpeggios_and_dots_are_played():
    events, _, marks = _piece()
    manner = Manner((1.0, 1.0), 0, 4, 0, 0, 0, 0, roll=1.0, ornaments=True, articulation=True)
    played = play(events, np.random.default_rng(3), manner, None, marks).events
    trill = played[(played["onset"] > 4.4) & (played["onset"] < 5.0)]
    assert len(trill) >= 3 and len(np.unique(trill["pitch"])) == 2
    assert (trill["source"] >= 0).sum() == 1
    chord = played[np.abs(played["onset"] - 8.0) < 0.3]
    chord = chord[np.argsort(chord["pitch"])]
    assert (np.diff(chord["onset"]) > 0.015).all()
    dotted = played[np.abs(played["onset"] - 9.5) < 0.05]
    assert dotted["duration"].max() < 0.3
