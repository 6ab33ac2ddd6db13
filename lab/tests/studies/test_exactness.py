"""The measurement itself: right where notes are right, and it notices when they are not."""

import numpy as np
import pytest

from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge_lab.engrave.engraving import EVENT
from scorebridge_lab.perform.performance import PLAYED
from scorebridge_lab.perform.piano import Piano, Strings, play_on
from studies.exactness import CheckedNote, _share_partials, _why_late, causes, draw, summary
from studies.note_measures import head_near, onset_near


@pytest.fixture(scope="module")
def music():
    rng = np.random.default_rng(0)
    rows = [(0.5 + 0.31 * k, 0.6, int(rng.integers(40, 90)), 80) for k in range(24)]
    events = np.array(rows, EVENT)
    return events, play_on(events, Piano(strings=Strings()))


def test_onsets_are_found_where_they_are(music):
    events, samples = music
    late = np.array([onset_near(samples, e["pitch"], e["onset"]) - e["onset"] for e in events])
    assert np.isfinite(late).mean() > 0.9
    assert np.abs(late[np.isfinite(late)]).max() < 0.02


def test_a_claim_that_is_wrong_is_noticed(music):
    events, samples = music
    wrong = np.array([onset_near(samples, e["pitch"], e["onset"] + 0.07) for e in events])
    away = wrong - events["onset"] - 0.07
    seen = np.isfinite(away)
    assert (np.abs(away[seen]) > 0.03).mean() > 0.9
    silent = np.zeros(5 * SAMPLE_RATE, np.float32)
    assert np.isnan(onset_near(silent, 60, 2.0))


def test_heads_are_found_between_lines_and_stems():
    import cv2

    page = np.full((300, 300), 255, np.uint8)
    space = 8.0
    for k in range(5):
        cv2.line(page, (0, round(100 + k * space)), (299, round(100 + k * space)), 0, 1)
    for x, y in ((80, 112), (150, 108), (220, 124)):
        cv2.ellipse(page, (x, y), (5, 4), -20.0, 0, 360, 0, -1)
        cv2.line(page, (x + 5, y), (x + 5, y - 28), 0, 1)
    for x, y in ((80, 112), (150, 108), (220, 124)):
        assert head_near(page, x, y, space) < 1.5
        assert not head_near(page, x + 6, y, space) <= 3
    assert not head_near(page, 30, 112, space) < 3


def test_the_summary_counts_only_what_was_measured(tmp_path):
    blank, sound = np.zeros((120, 120), np.uint8), np.zeros((40, 92), np.float32)
    rows = [
        CheckedNote("a", 60, 1.0, late, away, blank, sound)
        for late, away in ((0.01, 1.0), (0.05, np.nan), (np.nan, 4.0))
    ]
    figures = summary(rows)
    assert figures["onset measured"] == 2 and figures["onset within 30 ms"] == 0.5
    assert figures["head found"] == 2 and figures["head within 3 px"] == 0.5
    draw(rows, tmp_path / "a.png")
    assert (tmp_path / "a.png").stat().st_size > 1000


def test_misses_are_explained_by_what_sounds_there():
    rows = [(1.0, 0.5, 60, 60, 0, 0), (1.1, 0.5, 72, 60, 1, 0), (2.0, 1.5, 64, 60, 2, 0)]
    rows += [(3.0, 0.5, 64, 60, 3, 0), (3.05, 0.5, 65, 90, 4, 0)]
    events = np.array(rows, PLAYED)
    assert _why_late(events, 0, 1.1) == "other note with its partials"  # an octave
    assert _why_late(events, 3, 3.1) == "key struck again"
    assert _why_late(events, 4, np.nan) == "no clear rise"
    assert _why_late(events, 0, 1.5) == "no note there"
    assert _share_partials(60, 67) and not _share_partials(60, 61)
    blank, sound = np.zeros((120, 120), np.uint8), np.zeros((40, 92), np.float32)
    found = [
        CheckedNote("a", 60, 1.0, 0.0, 0.0, blank, sound, wrong, 9.0, cause)
        for wrong, cause in ((0.01, ""), (0.2, "no fit, no clear rise"), (np.nan, "no fit"))
    ]
    assert causes(found) == {"no fit": 2, "no clear rise": 1}
    figures = summary(found)
    assert figures["wrong claims within 30 ms"] == pytest.approx(1 / 3)
    assert figures["wrong claims within 3 px"] == 0
