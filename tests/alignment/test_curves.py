"""Where one section gives way to the next, on paths whose truth is known."""

from __future__ import annotations

import numpy as np
import pytest

from scorebridge.alignment.bars import JumpPoints
from scorebridge.alignment.curves import FIRST_NOTE, SectionPath, fit_curves

TEMPO = 30.0  # columns a second
HALF = 90.0  # columns: half a sheet window; no window's middle comes nearer to the score's ends
END = 1000.0
LINES = JumpPoints(np.arange(0.0, END + 1, 100), np.isin(np.arange(11), (0, 5, 10)))


def path(begin: float, end: float, since: float) -> SectionPath:
    """A path through the music from column `begin` to `end`, of which it sees what windows show.

    The note that stands behind the barline `begin` sounds at `since` s.
    """
    times = np.arange(since, since + (end - begin) / TEMPO, 0.25)
    columns = begin + FIRST_NOTE + (times - since) * TEMPO
    return SectionPath(times, np.clip(columns, HALF, END - HALF), 0.0, END)


def join(before: tuple[float, float], after: tuple[float, float]) -> tuple[float, float, float]:
    """Seconds between the join that is found and the true one, and both barlines found."""
    true = (before[1] - before[0]) / TEMPO
    runs = [path(*before, 0.0), path(*after, true)]
    first, second = fit_curves(runs, true + (after[1] - after[0]) / TEMPO, LINES, LINES)
    assert first.times[-1] == second.times[0]
    return first.times[-1] - true, first.columns[-1], second.columns[0]


def test_sections_meet_when_the_note_behind_the_barline_sounds() -> None:
    off, leave, enter = join((200, 500), (500, 900))
    assert (leave, enter) == (500, 500)
    assert off == pytest.approx(0, abs=0.1)


@pytest.mark.parametrize(
    ("before", "after"), [((200, 500), (0, 500)), ((500, 1000), (500, 800)), ((0, 1000), (0, 500))]
)
def test_a_path_that_waits_at_an_end_of_the_score_is_led_on(
    before: tuple[float, float], after: tuple[float, float]
) -> None:
    """Back to the very beginning, and from the very end: three seconds without a window."""
    off, leave, enter = join(before, after)
    assert (leave, enter) == (before[1], after[0])
    assert off == pytest.approx(0, abs=0.15)
