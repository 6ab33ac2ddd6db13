"""Which MSMD piece is which file, on a small archive made here and on the real one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from public_server import write_zip  # pyright: ignore[reportMissingImports]

from scorebridge_lab.errors import LabError
from scorebridge_lab.sources.msmd import read_split
from scorebridge_lab.sources.mutopia import find_main, msmd_pieces, papers_test, works
from scorebridge_lab.sources.remote import Remote

COLUMNS = ("file", "composer", "title", "licence", "msmd_names", "reserved")
TABLE = (
    ("scores/A/one/one.ly", "A", "One", "Public Domain", "A__one__one", ""),
    ("scores/A/suite", "A", "Suite", "CC BY 4.0", "A__suite__first;A__suite__second", "yes"),
    ("scores/A/suite2", "A", "Other", "CC BY 4.0", "", ""),
)
FILES = ("one/one.ly", "suite/x/first.ly", "suite/x/second.ly", "suite/h.ily", "suite2/first.ly")


@pytest.fixture
def made(tmp_path: Path, make_remote: Callable[..., Remote]) -> tuple[Path, Remote, Remote]:
    """A data folder, its pieces and its lists of splits."""
    root = tmp_path / "data"
    (root / "scores/splits").mkdir(parents=True)
    files = {f"A/{name}": f"% {name}".encode() for name in FILES}
    table = [dict(zip(COLUMNS, row, strict=True)) for row in TABLE]
    remote = make_remote(files, table, archive="scores/scores.zip", rooted=True)
    write_zip(root / "scores/scores.zip", {remote.member(n): d for n, d in files.items()})
    lists = {}
    for split, part in (("all", "train"), ("bach", "valid"), ("bach_out", "test")):
        lists[f"{split}_split.yaml"] = f"{part}:\n- A__suite__first\n".encode()
        (root / f"scores/splits/{split}_split.yaml").write_bytes(lists[f"{split}_split.yaml"])
    return root, remote, make_remote(lists, name="splits")


def test_pieces_know_file_split_and_reserve(made, tmp_path: Path) -> None:
    one, first, second = msmd_pieces(*made)
    assert (one.name, one.part, one.reserved) == ("A__one__one", None, False)
    assert first.splits == {"all": "train", "bach": "valid", "bach_out": "test"}
    assert first.reserved and second.part is None
    main = second.extract(tmp_path / "out")
    assert main.read_text() == "% suite/x/second.ly"
    assert not (tmp_path / "out/scores/A/suite2").exists()
    assert (tmp_path / "out/scores/A/suite/h.ily").exists()


def test_works_hold_the_pieces_that_msmd_lacks(made) -> None:
    found = {w.name: w.use for w in works(*made)}
    assert found.pop("A__suite2__first") == "train"
    assert found == {
        "A__one__one": "train",
        "A__suite__first": "judge",
        "A__suite__second": "judge",
    }


def test_missing_data_names_what_to_do(made, tmp_path: Path) -> None:
    with pytest.raises(LabError, match="SCOREBRIDGE_DATA"):
        msmd_pieces(tmp_path / "nowhere", *made[1:])


def test_a_file_that_is_no_split() -> None:
    with pytest.raises(LabError, match="not a split file"):
        read_split("test:\n- a\nwhat\n")


def test_main_is_found_by_stem_only() -> None:
    assert find_main("A__b__c", ("m/b/c.ily", "m/b/d.ly", "m/b/c.ly")) == "m/b/c.ly"
    assert find_main("A__b__c", ("m/b/d.ly", "m/b/e.ly")) is None


def test_the_papers_hundred_test_pieces_are_all_there() -> None:
    try:
        pieces = msmd_pieces()
    except LabError:
        pytest.skip("needs the Mutopia archive (SCOREBRIDGE_DATA)")
    assert len(papers_test(pieces)) == 100
    assert sum(p.splits.get("all") == "test" for p in pieces) == 94
    assert sum(p.splits.get("bach") == "train" for p in pieces) == 100
    assert sum("all" in p.splits for p in pieces) == 467
