"""Bar by bar, against times known by hand."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from known_pair import LIST, PLACES, START, alignment

from scorebridge.alignment.bars import name_bars
from scorebridge.export.visits import positions_at, printed_bars, tracks_of, visits_of
from scorebridge.types import Alignment, Place, Point, Section

BARS = printed_bars(PLACES)


def told(given: Alignment) -> list[tuple[int | None, float, float]]:
    return [(v.bar.number, round(v.start_s, 5), round(v.end_s, 5)) for v in visits_of(given, BARS)]


def test_bars_are_numbered_through_the_score_and_an_unread_system_is_one_without():
    assert [bar.number for bar in BARS] == [1, 2, 3, 4, 5, 6, None]
    assert BARS[1].box == (0.5, 0.1, 0.9, 0.3)
    assert BARS[6].box == PLACES[3].box
    assert [bar.name for bar in BARS[5:]] == ["bar 6", "page 2, system 2"]


def test_people_read_the_editors_numbers():
    bars = printed_bars((replace(PLACES[0], numbers=("0", "1")), *PLACES[1:]))
    assert [bar.number for bar in bars[:3]] == [1, 2, 3]
    assert [bar.name for bar in bars[:3]] == ["bar 0", "bar 1", "bar 3"]
    assert bars[6].label is None


def test_every_bar_played_has_its_time_and_a_repeat_gives_two():
    numbers = [BARS[k].number for k in LIST]
    expected = [(n, START + k, START + k + 1) for k, n in enumerate(numbers)]
    assert told(alignment()) == expected
    assert [v.section for v in visits_of(alignment(), BARS)] == [0] * 4 + [1] * 4 + [2] * 3


def test_without_sections_falling_back_still_starts_anew():
    got = told(replace(alignment(), sections=()))
    assert [bar for bar, _, _ in got] == [BARS[k].number for k in LIST]
    # Barlines within a stretch are met exactly; at its ends there are only points.
    assert got[1] == (2, 1.5, 2.5)
    assert got[3][2] == pytest.approx(4.25)


def test_a_moment_shared_by_two_sections_may_have_a_point_of_each():
    given = alignment()
    k = next(k for k, p in enumerate(given.points) if p.time_s == 4.5)
    end = Point(4.5, 1, 2, 0.9)
    assert told(replace(given, points=(*given.points[:k], end, *given.points[k:]))) == told(given)


def test_a_skip_gives_no_visits_of_what_was_skipped():
    points = (Point(0, 1, 1, 0.1), Point(2, 1, 1, 0.9), Point(2.01, 2, 1, 0.1), Point(4, 2, 1, 0.9))
    given = Alignment(points)
    assert [bar for bar, _, _ in told(given)] == [1, 2, 5, 6]


def test_places_left_and_right_of_the_bars_belong_to_the_outer_ones():
    points = (Point(0, 1, 1, 0.0), Point(1, 1, 1, 0.08), Point(5, 1, 1, 0.9), Point(6, 1, 1, 0.95))
    assert told(Alignment(points)) == [(1, 0, 3), (2, 3, 6)]


def test_points_of_systems_that_are_not_there_are_passed_over():
    given = Alignment((Point(0, 3, 1, 0.5), Point(1, 1, 1, 0.1), Point(2, 1, 1, 0.3)))
    assert told(given) == [(1, 1, 2)]
    assert told(Alignment(())) == []
    assert visits_of(given, printed_bars(())) == ()


def test_ends_of_a_section_lead_its_points_on():
    points = (Point(1.0, 1, 1, 0.3), Point(2.0, 1, 1, 0.7))
    given = Alignment(points, (Section(0.5, 2.4, 1, 2),))
    assert told(given) == [(1, 0.5, 1.5), (2, 1.5, 2.4)]
    track = tracks_of(given, BARS)[0]
    assert track.positions == pytest.approx([0, 0.5, 1.5, 1.9])
    fast = replace(given, sections=(Section(0.2, 9.0, 1, 2),))  # not beyond the bars named
    assert tracks_of(fast, BARS)[0].positions == pytest.approx([0, 0.5, 1.5, 2], abs=1e-5)
    alone = replace(given, points=points[:1], sections=(Section(0.5, 2.4, None, None),))
    assert tracks_of(alone, BARS)[0].positions == pytest.approx([0.5, 0.5, 0.5])


def test_positions_follow_the_points_and_are_nan_outside():
    tracks = tracks_of(alignment(), BARS)
    times = np.array([0.2, 0.75, 4.499, 4.5, 11.25, 11.6])
    got = positions_at(tracks, times)
    assert got == pytest.approx([np.nan, 0.25, 3.999, 0.0, 6.75, np.nan], nan_ok=True, abs=1e-5)


def test_bars_are_those_that_the_aligner_names():
    named = name_bars(alignment(), PLACES)
    visits = visits_of(named, BARS)
    compared = 0
    for point in named.points:
        playing = [v for v in visits if v.start_s <= point.time_s < v.end_s]
        if playing:
            assert playing[0].bar.number == point.bar, point
            compared += 1
    assert compared == len(named.points)


def test_a_bar_without_width_breaks_nothing():
    flat = Place(1, 1, (0.1, 0.1, 0.9, 0.3), 0, 1, 0, 9, ((0.1, 0.1), (0.1, 0.9)))
    points = (Point(0, 1, 1, 0.1), Point(1, 1, 1, 0.9))
    visits = visits_of(Alignment(points), printed_bars((flat,)))
    assert [v.bar.number for v in visits] == [2]
