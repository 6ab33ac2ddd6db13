"""The editor's number of every bar, from those that are printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from scorebridge.score.counting import PrintedBar, count_bars
from scorebridge.score.number_chain import Anchor


def bars(*counts: int) -> list[PrintedBar]:
    """Bars of one width in systems of so many."""
    return [PrintedBar(k, 0.2) for k, count in enumerate(counts) for _ in range(count)]


def anchors(*given: tuple[int, int]) -> list[Anchor]:
    """The begin of the first movement, and printed numbers: (system, number)."""
    return [Anchor(0, 1, False), *(Anchor(system, number, True) for system, number in given)]


def changed(given: Sequence[PrintedBar], k: int, **facts: object) -> list[PrintedBar]:
    return [replace(bar, **facts) if m == k else bar for m, bar in enumerate(given)]


def test_without_printed_numbers_bars_count_from_1() -> None:
    assert count_bars(bars(3, 2), []) == ["1", "2", "3", "4", "5"]


def test_a_pickup_is_bar_0() -> None:
    given = changed(bars(5, 4), 0, width=0.05)
    assert count_bars(given, anchors((1, 5))) == ["0", *map(str, range(1, 9))]


def test_halves_of_a_bar_that_a_repeat_sign_splits_share_its_number() -> None:
    given = changed(bars(4, 5, 2), 4, width=0.12, closes=True)
    found = count_bars(given, anchors((1, 5), (2, 9)))
    assert found == ["1", "2", "3", "4", "5", "5b", "6", "7", "8", "9", "10"]


def test_a_repeat_sign_alone_does_not_split_a_bar() -> None:
    given = changed(bars(4, 4), 1, closes=True)
    assert count_bars(given, anchors((1, 5))) == [str(k) for k in range(1, 9)]


def test_where_a_bar_was_missed_the_widest_one_stands_for_two() -> None:
    given = changed(bars(4, 3, 2), 5, width=0.4)
    found = count_bars(given, anchors((1, 5), (2, 9)))
    assert found == ["1", "2", "3", "4", "5", "6", "8", "9", "10"]


def test_a_bar_too_many_does_not_move_the_others() -> None:
    given = changed(changed(bars(4, 5, 2), 6, width=0.06), 7, width=0.14, confidence=0.4)
    found = count_bars(given, anchors((1, 5), (2, 9)))
    assert found[:6] == ["1", "2", "3", "4", "5", "6"] and found[-2:] == ["9", "10"]
    assert sorted(found[6:9]) in (["6b", "7", "8"], ["7", "7b", "8"])


def test_a_movement_begins_again() -> None:
    given = [Anchor(0, 1, False), Anchor(1, 4, True), Anchor(2, 1, False), Anchor(3, 4, True)]
    found = count_bars(bars(3, 3, 3, 3), given)
    assert found == [str(k) for k in (1, 2, 3, 4, 5, 6, 1, 2, 3, 4, 5, 6)]


def test_bars_before_the_first_known_number_count_back() -> None:
    assert count_bars(bars(3, 2), [Anchor(1, 60, True)]) == ["57", "58", "59", "60", "61"]


def test_systems_without_bars_do_not_disturb() -> None:
    given = [bar for bar in bars(3, 2, 3) if bar.system != 1]
    assert count_bars(given, anchors((1, 4), (2, 6))) == ["1", "2", "3", "6", "7", "8"]


def test_a_rest_of_several_bars_counts_as_many() -> None:
    given = changed(bars(4, 3), 1, measures=12)
    counted = ["1", "2", "14", "15", "16", "17", "18"]
    assert count_bars(given, []) == count_bars(given, anchors((1, 16))) == counted


def test_a_rest_of_several_bars_is_no_half_of_a_bar() -> None:
    given = changed(bars(4, 5, 2), 4, width=0.12, closes=True, measures=3)
    found = count_bars(given, anchors((1, 5), (2, 11)))
    assert found[4] == "5" and found[-2:] == ["11", "12"]
