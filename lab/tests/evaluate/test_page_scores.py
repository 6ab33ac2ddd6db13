"""Comparison of a read page with its truth: what counts as right."""

from dataclasses import replace

import numpy as np
import pytest

from scorebridge.types import StaffGroup, System
from scorebridge_lab.engrave.page_truth import TABLES, EngravedPage
from scorebridge_lab.evaluate.page_scores import Comparison, compare_page, true_systems

SHAPE = (1000, 800)
SPACE = 10.0


@pytest.fixture
def page() -> EngravedPage:
    """Two systems of two staves with two bars each; the second has the number 3 printed."""
    tables = {name: np.zeros(0, kind) for name, kind in TABLES.items()}
    staves, bars = [], []
    for system, top in enumerate((200, 500)):
        for k in range(2):
            y = top + 100 * k
            staves.append((system, k, 5, 100, 700, y, y + 40, SPACE))
        for k, x in enumerate((100, 400)):
            bars.append((system, str(2 * system + k + 1), 1, x, x + 300, top, top + 140))
    tables["staves"] = np.array(staves, TABLES["staves"])
    tables["bars"] = np.array(bars, TABLES["bars"])
    tables["groups"] = np.array([(0, 0, 0, 1, 80, 95, 200, 340)], TABLES["groups"])
    tables["numbers"] = np.array([(1, 0, "3", 95, 105, 480, 490)], TABLES["numbers"])
    return EngravedPage(image=np.full(SHAPE, 255, np.uint8), meta={}, **tables)


def found(top: float, number: str = "", staves: int = 2, barline: float = 400.0) -> System:
    height, width = SHAPE
    boxes = tuple(
        (100 / width, (top + 100 * k) / height, 700 / width, (top + 100 * k + 40) / height)
        for k in range(staves)
    )
    box = (*boxes[0][:3], boxes[-1][3])
    bars = ((100 / width, barline / width), (barline / width, 700 / width))
    return System(1, 1, box, boxes, SPACE, bars=bars, printed_number=number)


def compared(page: EngravedPage, *systems: System) -> Comparison:
    return compare_page(systems, true_systems(page, lambda points: points), SHAPE)


def test_the_truth_itself_is_right(page: EngravedPage) -> None:
    first = replace(found(200), groups=(StaffGroup("brace", 1, 2),))
    result = compared(page, first, found(500, "3"))
    score = result.score
    assert not result.faults and score.pages_right == 1
    assert (score.systems, score.systems_right, score.bars_right) == (2, 2, 2)
    assert (score.groups_right, score.kinds_right) == (2, 2)
    assert (score.numbered, score.numbers_right, score.numbers_wrong) == (1, 1, 0)


def test_a_missing_staff_is_a_wrong_system(page: EngravedPage) -> None:
    result = compared(page, found(200, staves=1), found(500))
    assert result.wrong_systems == (0,) and result.score.systems_right == 1
    assert result.score.bars_right == 2  # its bars are judged by themselves


def test_a_staff_too_many_or_too_far_is_wrong(page: EngravedPage) -> None:
    assert compared(page, found(200, staves=3), found(500)).wrong_systems == (0,)
    assert compared(page, found(211), found(500)).wrong_systems == (0,)
    assert compared(page, found(209), found(500)).wrong_systems == ()


def test_a_barline_beside_its_place_is_wrong(page: EngravedPage) -> None:
    assert compared(page, found(200, barline=409), found(500)).wrong_bars == ()
    assert compared(page, found(200, barline=411), found(500)).wrong_bars == (0,)


def test_systems_too_many_and_numbers_read_wrongly(page: EngravedPage) -> None:
    result = compared(page, found(200, "7"), found(500, "8"), found(750))
    assert "1 systems too many" in result.faults and not result.score.pages_right
    assert (result.score.numbers_right, result.score.numbers_wrong) == (0, 2)


def test_two_systems_read_as_one_are_both_wrong(page: EngravedPage) -> None:
    one = found(200, staves=6)
    result = compared(page, one)
    assert result.wrong_systems == (0, 1) and len(result.wrong_bars) == 1
