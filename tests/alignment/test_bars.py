"""Bar numbers by hand: two bars on the first system, none found on the second, two on the third."""

from scorebridge.alignment.bars import name_bars
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
