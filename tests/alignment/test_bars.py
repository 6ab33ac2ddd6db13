"""Bar numbers by hand: two bars on the first system, none found on the second, two on the third."""

from dataclasses import replace

from scorebridge.alignment.bars import bar_numbers, name_bars
from scorebridge.types import Alignment, Place, Point, Section

BOX = (0.1, 0.1, 0.9, 0.2)
PLACES = (
    Place(1, 1, BOX, 0.1, 0.9, 0, 100, bars=((0.2, 0.5), (0.5, 0.9))),
    Place(1, 2, BOX, 0.1, 0.9, 100, 200),
    Place(2, 1, BOX, 0.1, 0.9, 200, 300, bars=((0.2, 0.6), (0.6, 0.9))),
)


def test_bars_count_through_the_score_and_sections_take_their_ends() -> None:
    where = [(1, 1, 0.1), (1, 1, 0.49), (1, 1, 0.51), (1, 2, 0.5), (2, 1, 0.3), (2, 1, 0.95)]
    points = tuple(Point(float(k), page, system, x) for k, (page, system, x) in enumerate(where))
    sections = (Section(0, 2), Section(2.5, 3.5), Section(4, 5))
    named = name_bars(Alignment(points, sections, 0.5), PLACES)
    assert [point.bar for point in named.points] == [1, 1, 2, None, 3, 4]
    ends = [(section.first_bar, section.last_bar) for section in named.sections]
    assert ends == [(1, 2), (None, None), (3, 4)]
    assert named.confidence == 0.5


def test_bars_carry_the_editors_numbers() -> None:
    """A pickup is bar 0; a system whose numbers are not known counts its printed bars."""
    numbered = (replace(PLACES[0], numbers=("0", "1")), PLACES[1], PLACES[2])
    assert bar_numbers(numbered) == ("0", "1", "3", "4")
    points = (Point(0, 1, 1, 0.3), Point(1, 1, 1, 0.6), Point(2, 1, 2, 0.5), Point(3, 2, 1, 0.7))
    named = name_bars(
        Alignment(points, (Section(0, 1.5), Section(2, 2.5), Section(3, 4))), numbered
    )
    assert [(point.bar, point.number) for point in named.points] == [
        (1, "0"),
        (2, "1"),
        (None, None),
        (4, "4"),
    ]
    ends = [(section.first_number, section.last_number) for section in named.sections]
    assert ends == [("0", "1"), (None, None), ("4", "4")]
    assert next((section.first_bar, section.last_bar) for section in named.sections) == (1, 2)


def test_numbers_of_more_or_fewer_bars_than_there_are_do_not_count() -> None:
    assert bar_numbers((replace(PLACES[0], numbers=("7",)),)) == ("1", "2")
