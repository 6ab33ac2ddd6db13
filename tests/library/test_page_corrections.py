"""A person's corrections: checked, kept with the content, used wherever the score is encoded."""

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
from scorebridge.score.pages import read_pages
from scorebridge.score.systems import find_systems
from scorebridge.testing import FakeEncoder, score_page


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
    pages = [
        records.page(page, find_systems(page))
        for page in read_pages(score)
    ]
    return json.loads(records.as_json({"path": str(score), "pages": pages}))


def test_what_was_read_and_left_alone_changes_nothing(score: Path) -> None:
    (page,) = read_pages(score)
    given = parse_page_corrections(as_read(score), "here").systems(page)
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
    (system,) = parse_page_corrections(
        {"pages": [{"page": 1, "systems": [{"box": rough}]}]}, "here"
    ).systems(page)
    assert len(system.staves) == 2
    assert system.staff_space == pytest.approx(first.staff_space, rel=0.02)
    assert len(system.bars) == len(first.bars)


def test_system_where_nothing_is_seen_is_taken_on_trust(score: Path) -> None:
    (page,) = read_pages(score)
    box = [0.2, 0.0, 0.8, 0.02]  # above the first system
    (system,) = parse_page_corrections(
        {"pages": [{"page": 1, "systems": [{"box": box}]}]}, "x"
    ).systems(page)
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
    assert {n: len(s) for n, s in merged.pages.items()} == {1: 1, 2: 2}
    assert merged.without([1]) == new and PageCorrections() == new.without([2])


@pytest.mark.parametrize(
    ("system", "told"),
    [
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
