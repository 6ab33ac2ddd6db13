"""Works for pages: their groups, who judges, and the mixed order."""

from pathlib import Path

import pytest

from scorebridge.errors import UsageError
from scorebridge_lab.dataset.page_works import (
    PageWork,
    group_of_instruments,
    is_set_aside,
    mixed,
    parts_of,
    works_of_pages,
)
from scorebridge_lab.sources.work import Work


def work(name: str, group: str, composer: str = "", use: str = "train") -> PageWork:
    one = Work(name, "own", Path("a"), composer=composer, use=use)  # pyright: ignore
    return PageWork(one, group)


@pytest.mark.parametrize(
    ("named", "staves", "group"),
    [
        (["violn"], 1, "solo"),
        (["vox", "piano", "piano"], 3, "song"),
        (["organ", "organ", "organ"], 3, "organ"),
        (["soprn", "alto", "tenor", "bass"], 4, "choir"),
        (["soprn", "alto", "tenor", "bass", "organ", "organ"], 6, "choir"),
        (["violn", "violn", "viola", "cello"], 4, "chamber"),
        (["flt", "oboe"], 12, "orchestra"),
        ([], 3, "chamber"),
    ],
)
def test_groups_follow_from_the_instruments(named: list[str], staves: int, group: str) -> None:
    assert group_of_instruments(named, staves) == group


def test_one_composer_in_eight_judges_and_a_part_judges_with_its_score() -> None:
    names = [f"composer {k}" for k in range(400)]
    aside = [n for n in names if is_set_aside(n)]
    assert 30 < len(aside) < 70
    judged, trained = work("a", "choir", aside[0]), work("b", "choir", "Anonim")
    assert judged.part == "judge" and not is_set_aside("Anonim") and trained.part == "train"
    assert work("c", "choir", "Anonim", "judge").part == "judge"
    assert {p.part for p in parts_of([judged])} == {"judge"}


def test_parts_of_songs_are_lead_sheets_and_have_files_of_their_own() -> None:
    song, choir = work("a", "song"), work("b", "choir")
    lead, part = parts_of([song, choir, work("c", "solo")])
    assert (lead.group, part.group) == ("lead sheet", "solo")
    assert len({w.file.name for w in (song, choir, lead, part)}) == 4


def test_groups_take_turns() -> None:
    works = [work(str(k), "choir") for k in range(6)] + [work(str(k), "solo") for k in range(6, 8)]
    order = [w.group for w in mixed(works)]
    assert set(order[:2]) == {"choir", "solo"} and set(order[2:4]) == {"choir", "solo"}
    assert order[4:] == ["choir"] * 4


def test_an_unknown_source_is_refused() -> None:
    with pytest.raises(UsageError, match="nowhere"):
        works_of_pages(["nowhere"])
