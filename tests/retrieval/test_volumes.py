"""Parts of volumes, from systems that are set in and from outlines."""

from __future__ import annotations

import numpy as np

from scorebridge.retrieval.volumes import cut_part, part_at, parts_of, places_within
from scorebridge.types import Encoded, Place


def systems(layout: list[tuple[int, bool]], shift: float = 0.0) -> tuple[Place, ...]:
    """Places of systems of 400 columns; for each its page and whether it is set in."""
    places, number, before = [], 0, 0
    for k, (page, set_in) in enumerate(layout):
        number = number + 1 if page == before else 1
        before = page
        left = 0.1 + (0.05 if set_in else 0.0) + (shift if page % 2 else 0.0)
        y = 0.05 + 0.15 * number
        box = (left, y, 0.9, y + 0.1)
        places.append(Place(page, number, box, left, 0.9, 400 * k, 400 * (k + 1)))
    return tuple(places)


# Three pieces: two pages; a page and a half; the rest of that page and one more.
LAYOUT = [(1, True), *[(1, False)] * 4, *[(2, False)] * 5, (3, True), *[(3, False)] * 4]
LAYOUT += [(4, False), (4, False), (4, True), (4, False), (5, False), (5, False), (5, False)]


def test_a_system_set_in_begins_a_part() -> None:
    for shift in (0.0, 0.03):  # left and right pages of a book have other margins
        parts = parts_of(systems(LAYOUT, shift))
        assert [p.number for p in parts] == [1, 2, 3]
        assert [(p.first_page, p.last_page) for p in parts] == [(1, 2), (3, 4), (4, 5)]
        assert [(p.start, p.stop) for p in parts] == [(0, 4000), (4000, 6800), (6800, 8800)]
        assert all(p.title is None for p in parts)


def test_a_piece_by_itself_is_one_part() -> None:
    (part,) = parts_of(systems([(1, True), *[(1, False)] * 4, (2, False), (2, False)]))
    assert (part.number, part.first_page, part.last_page) == (1, 1, 2)
    # Page 1 has two systems and another margin than the rest.
    assert len(parts_of(systems([(1, True), (1, False), *[(2, False)] * 5], 0.03))) == 1
    assert parts_of(()) == ()


def test_the_outline_names_the_parts() -> None:
    places = systems(LAYOUT)
    parts = parts_of(places, [("Allegro", 1), ("Andante", 3), ("Presto", 4)])
    assert [(p.title, p.first_page) for p in parts] == [
        ("Allegro", 1),
        ("Andante", 3),
        ("Presto", 4),
    ]
    assert parts[2].start == 6800  # where page 4 is set in, not its first system
    # One entry says nothing of parts; entries beyond the music are passed over.
    assert len(parts_of(places, [("The book", 1), ("Index", 9)])) == 3
    # What comes before the first entry is a part without a title.
    parts = parts_of(places, [("B", 3), ("C", 4)])
    assert [p.title for p in parts] == [None, "B", "C"]


def test_the_part_of_a_match() -> None:
    places = systems(LAYOUT)
    parts = parts_of(places)
    hit = part_at(parts, 3950, 6500)
    assert hit is not None and hit.number == 2
    assert part_at(parts[:1], 0, 100) is None
    pages = {p.start for p in places_within(parts, places, 3950, 6500)}
    assert min(pages) == 4000 and max(pages) == 6400
    both = places_within(parts, places, 3000, 6500)
    assert min(p.start for p in both) == 0


def test_cutting_a_part_keeps_its_windows() -> None:
    places = systems(LAYOUT)
    positions = np.arange(50, 8750, 25, dtype=np.float32)
    whole = Encoded("score", np.ones((len(positions), 2), np.float32), positions, 8800.0, 5, places)
    part = parts_of(places)[1]
    cut = cut_part(whole, part)
    assert cut.positions.min() >= 4000 and cut.positions.max() < 6800
    assert [p.start for p in cut.places] == list(range(4000, 6800, 400))
