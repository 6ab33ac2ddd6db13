"""A person's corrections: checked, kept with the content, used wherever the score is encoded."""

import itertools
import json
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from scorebridge import Library
from scorebridge.errors import ScoreError, UsageError
from scorebridge.export import records
from scorebridge.library.page_corrections import (
    PageCorrections,
    page_corrections_record,
    parse_page_corrections,
    read_page_corrections,
)
from scorebridge.score.direction import turned
from scorebridge.score.numbers import number_bars
from scorebridge.score.pages import read_pages
from scorebridge.score.systems import find_systems
from scorebridge.testing import FakeEncoder, score_page
from scorebridge.types import Page, StaffGroup, System


@pytest.fixture
def score(tmp_path: Path) -> Path:
    path = tmp_path / "page.png"
    cv2.imwrite(str(path), score_page(1))
    return path


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "library", FakeEncoder())


def as_read(score: Path) -> dict[str, Any]:
    """What `pages --json` prints."""
    pages = [records.page(page, find_systems(page)) for page in read_pages(score)]
    return json.loads(records.as_json({"path": str(score), "pages": pages}))


def systems_of(page: Page, systems: list[dict[str, Any]]) -> list[System]:
    """The systems of page 1 as they are taken when a person gives `systems`."""
    record = {"pages": [{"page": page.number, "systems": systems}]}
    return parse_page_corrections(record, "here").read_page(page)[1]


def test_what_was_read_and_left_alone_changes_nothing(score: Path) -> None:
    (page,) = read_pages(score)
    _, given = parse_page_corrections(as_read(score), "here").read_page(page)
    for one, other in zip(given, find_systems(page), strict=True):
        assert one.box == other.box and one.staff_space == other.staff_space
        assert np.abs(np.subtract(one.bars, other.bars)).max() < 1e-4
        assert one.confidence == 1 and set(one.bar_confidence) == {1.0}


def test_corrections_survive_adding_moving_and_removing(score: Path, library: Library) -> None:
    library.add(score)
    (before,) = library.documents("score")
    assert len(before.places) == 3
    record = as_read(score)
    del record["pages"][0]["systems"][1]
    record["pages"][0]["systems"][0]["bars"] = [[0.1, 0.4], [0.4, 0.9]]
    after = library.correct(score, record)
    assert after is not None and after.id == before.id
    assert next(len(p.bars) for p in after.places) == 2 and len(after.places) == 2
    assert after.places[0].repeats == ((False, False), (False, False))
    assert not library.verify()
    assert len(library.encoded(after).vectors) < library.candidates("score").offsets[-1] + 1
    score.touch()  # looks changed: is added again
    library.add(score)
    assert library.document(score) == after
    moved = score.with_name("moved.png")
    score.rename(moved)
    library.add(moved)
    library.remove([moved])
    (again,) = library.add(moved).added
    assert again.places == after.places
    assert library.encode(moved).places == after.places


def test_corrections_count_for_a_score_outside_the_library(score: Path, library: Library) -> None:
    library.create()
    record = as_read(score)
    record["pages"][0]["systems"] = record["pages"][0]["systems"][:1]
    assert library.correct(score, record) is None
    assert len(library.encode(score).places) == 1
    assert len(library.page_corrections(score).pages) == 1


def test_moved_box_is_measured_anew(score: Path) -> None:
    """A box alone, drawn roughly around a system: its staves are found in it."""
    (page,) = read_pages(score)
    (first, *_) = find_systems(page)
    x0, y0, x1, y1 = first.box
    rough = (x0 - 0.02, y0 - 0.01, x1 + 0.02, y1 + 0.01)
    (system,) = systems_of(page, [{"box": rough}])
    assert len(system.staves) == 2
    assert system.staff_space == pytest.approx(first.staff_space, rel=0.02)
    assert len(system.bars) == len(first.bars)


def test_system_where_nothing_is_seen_is_taken_on_trust(score: Path) -> None:
    (page,) = read_pages(score)
    box = [0.2, 0.0, 0.8, 0.02]  # above the first system
    (system,) = systems_of(page, [{"box": box}])
    assert len(system.staves) == 2 and system.staves[0][1] == pytest.approx(0.0)
    assert system.box == tuple(box)


def test_a_page_that_is_not_there_is_told(score: Path, library: Library) -> None:
    library.add(score)
    record = as_read(score)
    record["pages"][0]["page"] = 3
    with pytest.raises(UsageError, match="has 1 pages, none numbered 3"):
        library.correct(score, record)
    assert not library.page_corrections(score).pages


def test_a_score_is_left_with_music(score: Path, library: Library) -> None:
    library.add(score)
    with pytest.raises(ScoreError):
        library.correct(score, {"pages": [{"page": 1, "systems": []}]})
    assert len(library.documents("score")[0].places) == 3


def test_newer_corrections_win_page_by_page() -> None:
    box = {"box": [0.1, 0.1, 0.9, 0.2]}
    old = parse_page_corrections({"pages": [{"page": p, "systems": [box]} for p in (1, 2)]}, "old")
    new = parse_page_corrections({"pages": [{"page": 2, "systems": [box, box]}]}, "new")
    merged = old.merged(new)
    assert parse_page_corrections(page_corrections_record(merged), "again") == merged
    assert {n: len(page.systems or ()) for n, page in merged.pages.items()} == {1: 1, 2: 2}
    assert merged.without([1]) == new and PageCorrections() == new.without([2])


# Staves, systems, groups


def near(boxes: Any, others: Any) -> bool:
    return np.shape(boxes) == np.shape(others) and bool(
        np.abs(np.subtract(boxes, others)).max() < 1e-4
    )


def test_a_staff_is_added_and_one_removed(score: Path) -> None:
    (page,) = read_pages(score)
    first, second, _ = as_read(score)["pages"][0]["systems"]
    upper, lower = first["staves"]
    added = [first["box"][0], upper[1] - 0.03, first["box"][2], upper[1] - 0.02]
    taller = [*added[:2], *first["box"][2:]]
    given = [
        first | {"box": taller, "staves": [added, upper, lower], "groups": None},
        second | {"box": second["staves"][0], "staves": second["staves"][:1]},
    ]
    three, one = systems_of(page, given)
    assert near(three.staves, [added, upper, lower]) and near(three.box, taller)
    assert near(one.staves, second["staves"][:1]) and len(one.bars) == len(second["bars"])
    assert three.staff_space == pytest.approx(one.staff_space, rel=0.1)
    record = json.loads(records.as_json(records.page(page, [three, one])))
    kinds = [system["staff_kinds"] for system in record["systems"]]
    assert [len(k) for k in kinds] == [3, 1]


def test_systems_are_joined_and_one_is_split(score: Path, library: Library) -> None:
    (page,) = read_pages(score)
    one, two, three = as_read(score)["pages"][0]["systems"]
    box = [*one["box"][:2], *two["box"][2:]]
    joined = {"box": box, "staves": one["staves"] + two["staves"], "bars": one["bars"]}
    halves = [{"box": staff, "staves": [staff], "bars": three["bars"]} for staff in three["staves"]]
    systems = systems_of(page, [joined, *halves])
    assert [len(system.staves) for system in systems] == [4, 1, 1]
    assert [system.number for system in systems] == [1, 2, 3]
    assert near(systems[0].box, box) and near(systems[0].bars, one["bars"])
    library.add(score)
    after = library.correct(score, {"pages": [{"page": 1, "systems": [joined, *halves]}]})
    assert after is not None
    assert near([place.box for place in after.places], [system.box for system in systems])
    assert not library.verify()


def test_kinds_of_staves_and_groups_are_taken_as_given(score: Path) -> None:
    (page,) = read_pages(score)
    first = as_read(score)["pages"][0]["systems"][0]
    group = {"kind": "bracket", "first": 1, "last": 2}
    kinds = ["standard", "tablature"]
    given = first | {"staff_kinds": kinds, "groups": [group, group | {"first": 2}]}
    (system,) = systems_of(page, [given])
    assert system.staff_kinds == ("standard", "tablature")
    assert system.groups == (StaffGroup("bracket", 1, 2), StaffGroup("bracket", 2, 2))
    record = json.loads(records.as_json(records.page(page, [system])))["systems"][0]
    assert record["staff_kinds"] == kinds and record["groups"] == given["groups"]
    (again,) = systems_of(page, [record])
    assert again.staff_kinds == system.staff_kinds and again.groups == system.groups
    (none,) = systems_of(page, [first | {"groups": []}])
    assert none.groups == ()
    # Of staves that were taken away neither kind nor group is left.
    (less,) = systems_of(page, [given | {"box": first["staves"][0], "staves": first["staves"][:1]}])
    assert len(less.staves) == 1 and not less.staff_kinds
    assert all(group.last == 1 for group in less.groups)


# Numbers


def numbered(page: Page, systems: list[dict[str, Any]]) -> list[tuple[str, ...]]:
    return [system.numbers for system in number_bars(systems_of(page, systems))]


def counts(first: int, count: int = 4) -> tuple[str, ...]:
    return tuple(str(first + k) for k in range(count))


def with_four_bars(score: Path) -> list[dict[str, Any]]:
    """The three systems of the page with the four bars that each has."""
    edges = [0.083, 0.29, 0.5, 0.71, 0.917]
    bars = [list(pair) for pair in itertools.pairwise(edges)]
    systems = as_read(score)["pages"][0]["systems"]
    return [{"box": s["box"], "staves": s["staves"], "bars": bars} for s in systems]


def test_bars_count_on_from_numbers_that_are_given(score: Path) -> None:
    (page,) = read_pages(score)
    one, two, three = with_four_bars(score)
    assert numbered(page, [one, two, three]) == [counts(1), counts(5), counts(9)]
    given = two | {"printed_number": "17"}
    assert numbered(page, [one, given, three])[1:] == [counts(17), counts(21)]
    given = two | {"numbers": ["12", "12b", "13", "14"]}
    assert numbered(page, [one, given, three])[1:] == [("12", "12b", "13", "14"), counts(15)]
    system = number_bars(systems_of(page, [one, two | {"printed_number": "17"}, three]))[1]
    assert system.printed_number == "17"


def test_numbers_after_a_changed_bar_are_counted_again(score: Path) -> None:
    """A person edits what `pages --json` printed, all numbers in it, and takes a bar away."""
    (page,) = read_pages(score)
    systems = systems_of(page, with_four_bars(score))
    record = records.page(page, systems)
    records.number_pages([record], systems)
    one, two, three = json.loads(records.as_json(record["systems"]))
    assert [tuple(s["numbers"]) for s in (one, two, three)] == [counts(1), counts(5), counts(9)]
    merged = two | {"bars": [[two["bars"][0][0], two["bars"][1][1]], *two["bars"][2:]]}
    assert numbered(page, [one, merged, three]) == [counts(1), counts(5, 3), counts(8)]


# Direction


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_a_page_is_turned_as_a_person_says(
    tmp_path: Path, score: Path, library: Library, rotation: int
) -> None:
    """Its boxes are those of the turned page, and its systems are read where none are given."""
    (upright,) = read_pages(score)
    lying = tmp_path / "lying.png"
    cv2.imwrite(str(lying), np.rot90(upright.image, rotation // 90))  # anticlockwise
    (stored,) = read_pages(lying)
    page, systems = parse_page_corrections(
        {"pages": [{"page": 1, "rotation": rotation}]}, "here"
    ).read_page(stored)
    assert page.rotation == rotation and page.rotation_confidence == 1
    assert np.array_equal(page.image, upright.image)
    assert near([s.box for s in systems], [s.box for s in find_systems(upright)])
    box = as_read(score)["pages"][0]["systems"][1]["box"]
    record = {"pages": [{"page": 1, "rotation": rotation, "systems": [{"box": box}]}]}
    library.add(lying)
    after = library.correct(lying, record)
    assert after is not None and near(after.places[0].box, box)
    assert [place.rotation for place in after.places] == [rotation]
    kept = library.page_corrections(lying).pages[1]
    assert kept.rotation == rotation and len(kept.systems or ()) == 1


def test_a_wrong_direction_is_obeyed(score: Path) -> None:
    (page,) = read_pages(score)
    record = {"pages": [{"page": 1, "rotation": 180}]}
    over, systems = parse_page_corrections(record, "here").read_page(page)
    assert np.array_equal(over.image, turned(page, 180).image)
    printed = json.loads(records.as_json(records.page(over, systems, True)))
    assert printed["rotation"] == 180 and printed["rotation_confidence"] == 1


def test_a_scan_turned_over_by_hand_is_written() -> None:
    """Repeat signs and all: what is read from it is plain numbers and booleans."""
    scan = Path(__file__).parents[2] / "demo" / "scores" / "scan_05.tif"
    (page, *_) = read_pages(scan)
    given = parse_page_corrections({"pages": [{"page": 1, "rotation": 180}]}, "here")
    over, systems = given.read_page(page)
    record = json.loads(json.dumps(records.page(over, systems, True)))
    assert record["rotation"] == 180 and len(record["systems"]) == 3


def test_old_corrections_lie_as_the_page_is_stored(
    tmp_path: Path, score: Path, library: Library
) -> None:
    """Files of a library from before pages were turned: no rotation, nothing but systems."""
    (page,) = read_pages(score)
    library.add(score)
    (document,) = library.documents("score")
    old = {"pages": [{"page": 1, "systems": [{"box": [0.1, 0.1, 0.9, 0.3], "bars": [[0.1, 0.9]]}]}]}
    path = library.path / "corrections" / f"{document.id}.json"
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(old))
    given = library.page_corrections(score)
    assert page_corrections_record(given) == old
    read, (system,) = given.read_page(page)
    assert read.rotation == 0 and np.array_equal(read.image, page.image)
    assert system.box == (0.1, 0.1, 0.9, 0.3)


@pytest.mark.parametrize(
    ("page", "told"),
    [
        ({"page": 2}, "page 2 needs `systems` or a `rotation`"),
        ({"page": 2, "rotation": 45}, "page 2: its rotation is not 0, 90, 180 or 270"),
        ({"page": 2, "rotation": "90"}, "page 2: its rotation is not 0, 90, 180 or 270"),
        ({"page": 2, "systems": 3}, "page 2 needs a list"),
    ],
)
def test_mistakes_of_a_page_are_named(page: dict[str, Any], told: str) -> None:
    with pytest.raises(UsageError, match=told):
        parse_page_corrections({"pages": [page]}, "fixed.json")


@pytest.mark.parametrize(
    ("system", "told"),
    [
        ({"box": [0.1, 0.1, 0.9, 0.2], "staff_kinds": ["five lines"]}, "staff_kinds"),
        ({"box": [0.1, 0.1, 0.9, 0.2], "groups": [{"kind": "brace"}]}, "groups"),
        (
            {"box": [0.1, 0.1, 0.9, 0.2], "groups": [{"kind": "brace", "first": 2, "last": 1}]},
            "`first` staff down",
        ),
        ({"box": [0.1, 0.1, 0.9, 0.2], "printed_number": "bar 4"}, "printed_number"),
        ({"box": [0.1, 0.1, 0.9, 0.2], "bars": [[0.1, 0.2]], "numbers": [4]}, "numbers"),
        ({"box": [0.1, 0.1, 0.9, 0.2], "bars": [[0.1, 0.2]], "numbers": ["b12"]}, "12b"),
        ({}, "needs a `box`"),
        ({"box": [0.1, 0.2, 0.3]}, "is not"),
        ({"box": [0.5, 0.2, 0.3, 0.4]}, "left before right"),
        ({"box": [10, 20, 300, 400]}, "fractions of the page"),
        ({"box": [0.1, 0.1, 0.9, 0.2], "bars": [[0.5, 0.4]]}, "bar"),
        ({"box": [0.1, 0.1, 0.9, 0.2], "bars": [[0.5, 0.6], [0.2, 0.3]]}, "left to right"),
        ({"box": [0.1, 0.1, 0.9, 0.2], "staves": "two"}, "list"),
        ({"box": [0.1, 0.1, 0.9, 0.2], "bars": [[0.1, 0.2]], "repeats": [1]}, "pair"),
    ],
)
def test_mistakes_are_named_with_their_place(system: dict, told: str) -> None:
    with pytest.raises(UsageError, match="page 4, system 2") as caught:
        good = {"box": [0.1, 0.1, 0.9, 0.2]}
        parse_page_corrections({"pages": [{"page": 4, "systems": [good, system]}]}, "fixed.json")
    assert told in str(caught.value) and "fixed.json" in str(caught.value)


def test_files_that_hold_no_corrections(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        read_page_corrections(tmp_path / "none.json")
    path = tmp_path / "fixed.json"
    path.write_text("{")
    with pytest.raises(UsageError, match="not JSON"):
        read_page_corrections(path)
    path.write_text('{"pages": [{"page": 0, "systems": []}]}')
    with pytest.raises(UsageError, match="number"):
        read_page_corrections(path)
    path.write_text("[]")
    with pytest.raises(UsageError, match="no corrections"):
        read_page_corrections(path)
