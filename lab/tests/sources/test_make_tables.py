"""Tables of sources are made from a list of files; the committed ones are what the list gives."""

from __future__ import annotations

import csv
from dataclasses import replace
from pathlib import Path

import pytest
from public_server import REPOSITORY  # pyright: ignore[reportMissingImports]

from scorebridge_lab import home
from scorebridge_lab.errors import LabError
from scorebridge_lab.sources.lieder import LIEDER
from scorebridge_lab.sources.make_tables import make_tables
from scorebridge_lab.sources.registry import MODULES
from scorebridge_lab.sources.remote import Remote, read_table, works_of_table

COLUMNS = ("place", "member", "bytes", "sha256", "repository", "commit", "path", "same")


def write_list(path: Path, *rows: tuple[str, ...]) -> Path:
    with path.open("w", newline="") as file:
        csv.writer(file).writerows([COLUMNS, *rows])
    return path


def row(place: str, member: str, same: str = "yes") -> tuple[str, ...]:
    where = (REPOSITORY.name, REPOSITORY.commit, f"up/{member or place}") if same else ("", "", "")
    return (place, member, "3", "ab" * 32, *where, same)


def test_archives_and_folders_become_tables(tmp_path: Path):
    common = {"repositories": (REPOSITORY,), "tables": tmp_path / "tables"}
    rooted = Remote("rooted", "scores/rooted", archive="scores/rooted.zip", **common)
    flat = Remote("flat", "scores/flat", archive="scores/flat.zip", rooted=False, **common)
    loose = Remote("loose", "scans/loose", **common)
    absent = Remote("absent", "scans/absent", **common)
    listing = write_list(
        tmp_path / "list.csv",
        row("scores/rooted.zip", "rooted/a/b.ly"),
        row("scores/flat.zip", "c.krn", "unpacked"),
        row("scans/loose/d/e.tif", "", ""),
    )
    written = make_tables(listing, remotes=[rooted, flat, loose, absent])
    assert [p.name for p in written] == [f"{n}.files.csv.xz" for n in ("rooted", "flat", "loose")]
    (first,), (second,), (third,) = rooted.files(), flat.files(), loose.files()
    assert (first.name, first.path, first.downloadable) == ("a/b.ly", "up/rooted/a/b.ly", True)
    assert rooted.member(first.name) == "rooted/a/b.ly" and flat.member(second.name) == "c.krn"
    assert (second.name, second.same, second.repository) == ("c.krn", "unpacked", REPOSITORY)
    assert (third.name, third.repository, third.downloadable) == ("d/e.tif", None, False)
    with pytest.raises(LabError, match="no file of any source"):
        make_tables(listing, remotes=[absent])
    unnamed = replace(loose, folder="scores", archive="scores/flat.zip", repositories=())
    with pytest.raises(LabError, match="does not name"):
        make_tables(listing, remotes=[unnamed])


def test_works_come_from_a_csv_of_the_data_folder(tmp_path: Path):
    remote = replace(LIEDER, tables=tmp_path / "tables", repositories=(REPOSITORY,))
    listing = write_list(tmp_path / "list.csv", row("scores/openscore_lieder.zip", "a.mxl"))
    assert len(make_tables(listing, tmp_path, [remote])) == 1, "no CSV, no table of works"
    (tmp_path / "scores").mkdir()
    (tmp_path / "scores/openscore_lieder.csv").write_text(
        "file,composer,set,title,licence,source,use\na.mxl,C,_,T,CC0,x,train\n"
    )
    assert len(make_tables(listing, tmp_path, [remote])) == 2
    assert works_of_table(remote) == [
        {"file": "a.mxl", "composer": "C", "title": "T", "licence": "CC0", "use": "train"}
    ]


def test_the_committed_tables_are_those_of_the_real_list(tmp_path: Path):
    try:
        root = home.data()
    except LabError as error:
        pytest.skip(f"source data: {error}")
    if not (root / "upstream.csv").exists():
        pytest.skip("no list of files beside the data")
    real = [r for m in MODULES.values() for r in m.REMOTES if r.name != "mutopia_other"]
    for table in make_tables(
        root / "upstream.csv", root, [replace(r, tables=tmp_path) for r in real]
    ):
        committed = real[0].tables / table.name
        assert read_table(table) == read_table(committed), table.name
