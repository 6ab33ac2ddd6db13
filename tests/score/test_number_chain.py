"""Which readings are bar numbers: those that rise with the bars."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from scorebridge.score.number_chain import Anchor, SystemReadings, chain_of


def systems(*given: tuple[int, str | Sequence[tuple[int, float]]]) -> list[SystemReadings]:
    """Systems from (bars, number as printed or its readings); '' where nothing is read."""
    found = []
    for bars, read in given:
        if isinstance(read, str):
            read = [(int(read), 0.95)] if read else []
        found.append(SystemReadings(tuple(read), bars))
    return found


def printed(anchors: Sequence[Anchor]) -> dict[int, int]:
    return {a.system: a.number for a in anchors if a.is_printed}


def starts(anchors: Sequence[Anchor]) -> list[int]:
    """Systems with which a movement begins."""
    return [a.system for a in anchors if not a.is_printed]


def test_numbers_that_count_bars_are_taken() -> None:
    anchors = chain_of(systems((4, ""), (5, "5"), (3, "10"), (4, "13"), (4, "17")))
    assert printed(anchors) == {1: 5, 2: 10, 3: 13, 4: 17}
    assert starts(anchors) == [0]


@pytest.mark.parametrize("stray", ["8", "1", "3", "240"])
def test_a_stray_digit_is_left_out(stray: str) -> None:
    """An octave sign, a fingering, a rehearsal mark: what others count decides."""
    anchors = chain_of(systems((4, ""), (5, "5"), (3, stray), (4, "13"), (4, "17")))
    assert printed(anchors) == {1: 5, 3: 13, 4: 17}


def test_a_doubtful_reading_is_decided_by_its_neighbours() -> None:
    doubtful = [(73, 0.6), (13, 0.3), (18, 0.05)]
    anchors = chain_of(systems((4, ""), (5, "5"), (3, "10"), (4, doubtful), (4, "17")))
    assert printed(anchors)[3] == 13


def test_bars_that_were_miscounted_do_not_break_the_chain() -> None:
    anchors = chain_of(systems((4, ""), (7, "5"), (2, "10"), (6, "13"), (4, "17")))
    assert printed(anchors) == {1: 5, 2: 10, 3: 13, 4: 17}


def test_movements_begin_again() -> None:
    """The second movement prints no number at its first system, and has a pickup."""
    given = systems((4, ""), (4, "5"), (4, "9"), (5, ""), (4, "5"), (4, "9"), (4, "13"))
    anchors = chain_of(given)
    assert printed(anchors) == {1: 5, 2: 9, 4: 5, 5: 9, 6: 13}
    assert starts(anchors) == [0, 3]


def test_an_excerpt_begins_anywhere() -> None:
    assert printed(chain_of(systems((4, "57"), (4, "61"), (5, "65")))) == {0: 57, 1: 61, 2: 65}


@pytest.mark.parametrize("read", ["8", "1", "12"])
def test_a_digit_on_one_page_of_many_is_no_number(read: str) -> None:
    given = [(4, "")] * 12 + [(4, read)] + [(4, "")] * 12
    assert chain_of(systems(*given)) == []


def test_nothing_read_is_nothing_known() -> None:
    assert chain_of([]) == [] and chain_of(systems((4, ""), (4, ""))) == []


def test_clear_numbers_between_which_bars_are_miscounted_are_kept() -> None:
    anchors = chain_of(systems((5, ""), (7, "6"), (6, "13"), (8, "20"), (8, "27")))
    assert printed(anchors) == {1: 6, 2: 13, 3: 20, 4: 27}


def test_every_fifth_bar_has_a_number_and_few_begin_a_system() -> None:
    doubtful = [(150, 0.43), (160, 0.32), (180, 0.05)]
    given = [
        (3, ""),
        (3, [(135, 0.78), (185, 0.08)]),
        *[(3, "")] * 4,
        (3, doubtful),
        *[(3, "")] * 3,
    ]
    assert printed(chain_of(systems(*given))) == {1: 135, 6: 150}


def test_a_digit_that_counts_from_the_first_bar_is_a_number() -> None:
    assert printed(chain_of(systems((4, ""), (3, "5"), (3, "")))) == {1: 5}


def test_a_clear_number_of_three_digits_needs_no_other() -> None:
    given = [(4, "")] * 12 + [(4, "215")] + [(4, "")] * 12
    assert printed(chain_of(systems(*given))) == {12: 215}


def test_where_few_barlines_are_printed_numbers_rise_faster_than_bars() -> None:
    given = [(1, "27"), (1, "41"), (1, [(56, 0.6), (66, 0.2)]), (1, "72"), (2, "89"), (1, "105")]
    assert list(printed(chain_of(systems(*given))).values()) == [27, 41, 56, 72, 89, 105]


def test_a_pickup_is_not_counted() -> None:
    given = systems((5, ""), (4, "5"), (4, "9"))
    assert starts(chain_of(given)) == [0] and printed(chain_of(given)) == {1: 5, 2: 9}
