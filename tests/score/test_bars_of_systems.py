"""The bars of a system from its barlines: what stands before the first and after the last."""

import numpy as np
import pytest

from scorebridge.score.barlines import Barlines
from scorebridge.score.bars import bars_of
from scorebridge.score.staves import Staff

SPACE = 10.0
STAFF = Staff(0.0, 1000.0, 100.0, SPACE, 0.0, 0.9)
INK = np.zeros((300, 1100), np.uint8)


LOWER = Staff(0.0, 1000.0, 200.0, SPACE, 0.0, 0.9)
Rejected = list[tuple[float, float]]


def ends(
    *lines: tuple[float, float],
    ink: np.ndarray = INK,
    staves: tuple[Staff, ...] = (STAFF,),
    rejected: Rejected | None = None,
) -> list[float]:
    """Right ends of the bars; each line is its middle and its width, px."""
    edges = np.array([(x - w / 2, x + w / 2, 0.95) for x, w in lines])
    others = np.array(rejected or [], np.float64).reshape(-1, 2)
    return [bar.x1 for bar in bars_of(ink, staves, Barlines(edges, others))]


def dotted(*places: int) -> np.ndarray:
    """Ink of repeat dots at columns of the upper staff."""
    ink = INK.copy()
    for x in places:
        for y in (115, 125):
            ink[y - 2 : y + 3, x - 2 : x + 3] = 1
    return ink


def test_a_short_part_without_a_closing_barline_is_a_new_key_or_time() -> None:
    assert ends((250, 2), (500, 2), (750, 2), (940, 2)) == [250, 500, 750, 940]
    assert ends((250, 2), (500, 2), (750, 2), (920, 12)) == [250, 500, 750, 920]


def test_a_short_bar_that_a_barline_closes_is_a_bar() -> None:
    assert ends((250, 2), (500, 2), (750, 2), (920, 12), (999, 2))[-2:] == [920, 999]


def test_a_long_part_without_a_closing_barline_is_a_bar() -> None:
    assert ends((250, 2), (500, 2), (750, 2)) == [250, 500, 750, 1000]


@pytest.mark.parametrize("width", [2, 6])
def test_where_ink_has_spread_no_line_is_a_double_barline(width: float) -> None:
    """A short first bar stays, however wide all lines are."""
    lines = [(x, width) for x in (130, 400, 650, 925, 999)]
    assert ends(*lines) == [130, 400, 650, 925, 999]


def test_clef_and_key_before_a_thick_barline_are_no_bar() -> None:
    lines = (130, 8), (400, 2), (650, 2), (999, 2)
    assert ends(*lines, staves=(STAFF, LOWER)) == [400, 650, 999]
    assert ends(*lines, ink=dotted(142)) == [400, 650, 999]
    assert ends((80, 8), *lines[1:]) == [400, 650, 999]


def test_a_narrow_first_bar_of_a_part_may_end_with_a_double_barline() -> None:
    """Or with a sign that closes a repeat; what only opens one stands before the music."""
    lines = (130, 8), (400, 2), (650, 2), (999, 2)
    assert ends(*lines) == [130, 400, 650, 999]
    assert ends(*lines, ink=dotted(118)) == [130, 400, 650, 999]
    assert ends(*lines, ink=dotted(118, 142)) == [130, 400, 650, 999]
    early = ((115, 8), *lines[1:])  # a time signature before it
    assert ends(*early, ink=dotted(103, 127)) == [400, 650, 999]


@pytest.mark.parametrize("apart", [2.1, 2.8])
def test_bars_may_be_two_staff_spaces_wide(apart: float) -> None:
    """As an engraver sets a bar's rest; nearer lines are a double barline."""
    second = 400 + apart * SPACE
    assert ends((400, 2), (second, 2), (700, 2), (999, 2)) == [400, second, 700, 999]
    assert ends((400, 2), (400 + 1.2 * SPACE, 2), (700, 2), (999, 2)) == [400, 700, 999]
    assert ends((apart * SPACE, 2), (400, 2), (700, 2), (999, 2)) == [400, 700, 999]


def test_what_may_be_a_barline_halves_a_long_bar_of_a_single_staff() -> None:
    lines = (250, 2), (500, 2), (999, 2)
    assert ends(*lines, rejected=[(740, 0.3)]) == [250, 500, 740, 999]
    assert ends(*lines, rejected=[(740, 0.1)]) == [250, 500, 999]
    clef = (340, 2), (500, 2), (750, 2), (999, 2)
    assert ends(*clef, rejected=[(170, 0.4)]) == [340, 500, 750, 999]
    assert ends(*lines, rejected=[(560, 0.4), (300, 0.4)]) == [250, 500, 999]
    assert ends(*lines, rejected=[(740, 0.3)], staves=(STAFF, LOWER)) == [250, 500, 999]
    assert ends((250, 2), (500, 2), (750, 2), (999, 2), rejected=[(375, 0.4)]) == [
        250,
        500,
        750,
        999,
    ]
