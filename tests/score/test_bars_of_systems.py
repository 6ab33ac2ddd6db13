"""The bars of a system from its barlines: what stands before the first and after the last."""

import numpy as np
import pytest

from scorebridge.score.barlines import Barlines
from scorebridge.score.bars import bars_of
from scorebridge.score.staves import Staff

SPACE = 10.0
STAFF = Staff(0.0, 1000.0, 100.0, SPACE, 0.0, 0.9)
INK = np.zeros((300, 1100), np.uint8)


def ends(*lines: tuple[float, float]) -> list[float]:
    """Right ends of the bars; each line is its middle and its width, px."""
    edges = np.array([(x - w / 2, x + w / 2, 0.95) for x, w in lines])
    return [bar.x1 for bar in bars_of(INK, [STAFF], Barlines(edges, np.zeros((0, 2))))]


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
    assert ends((130, 8), (400, 2), (650, 2), (999, 2)) == [400, 650, 999]
