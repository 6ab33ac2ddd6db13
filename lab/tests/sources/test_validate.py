"""Checks against checksums, in folders and archives, and what is there at all."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from public_server import write_tar, write_zip  # pyright: ignore[reportMissingImports]

from scorebridge_lab.sources.remote import Remote
from scorebridge_lab.sources.validate import Presence, presence, validate

FILES = {"a.krn": b"aaa", "sub/b.krn": b"bbbb"}


def test_files_in_a_folder(make_remote: Callable[..., Remote], tmp_path):
    remote, root, seen = make_remote(FILES), tmp_path / "data", []
    assert presence(remote, root) == Presence("missing", 0, 0)
    assert validate(remote, root).absent
    folder = root / "scores/scores"
    folder.mkdir(parents=True)
    (folder / "a.krn").write_bytes(b"aaa")
    assert presence(remote, root) == Presence("partial", 1, 3)
    report = validate(remote, root, lambda: seen.append(1))
    assert (report.valid, report.wrong, report.missing) == (1, [], ["sub/b.krn"])
    (folder / "sub").mkdir()
    (folder / "sub/b.krn").write_bytes(b"BBBB")
    assert presence(remote, root) == Presence("present", 2, 7), "sizes alone"
    report = validate(remote, root)
    assert (report.valid, report.wrong, report.missing) == (1, ["sub/b.krn"], [])
    assert len(seen) == 2 and not report.absent


def test_what_cannot_be_downloaded_is_listed_apart(make_remote: Callable[..., Remote], tmp_path):
    remote = make_remote({"a.krn": b"aaa", "b.ogg": (b"b", "")})
    report = validate(remote, tmp_path)
    assert (report.missing, report.unavailable) == (["a.krn"], ["b.ogg"])


@pytest.mark.parametrize("kind", ["zip", "tar.xz"])
@pytest.mark.parametrize("rooted", [True, False])
def test_members_of_an_archive(make_remote: Callable[..., Remote], tmp_path, kind, rooted):
    remote = make_remote(FILES, archive=f"scores/scores.{kind}", rooted=rooted)
    archive = tmp_path / f"data/scores/scores.{kind}"
    archive.parent.mkdir(parents=True)
    write = write_zip if kind == "zip" else write_tar
    write(archive, {remote.member(n): data for n, data in FILES.items()})
    assert presence(remote, tmp_path / "data").state == "archive"
    assert validate(remote, tmp_path / "data").valid == 2
    write(archive, {remote.member("a.krn"): b"AAA", "more": b"not in the table"})
    report = validate(remote, tmp_path / "data")
    assert (report.valid, report.wrong, report.missing) == (0, ["a.krn"], ["sub/b.krn"])


@pytest.mark.parametrize("kind", ["zip", "tar.xz"])
def test_an_archive_that_is_cut_off(make_remote: Callable[..., Remote], tmp_path, kind):
    remote = make_remote({"a": bytes(range(256)) * 4000}, archive=f"scores/scores.{kind}")
    archive = tmp_path / f"data/scores/scores.{kind}"
    archive.parent.mkdir(parents=True)
    write = write_zip if kind == "zip" else write_tar
    write(archive, {"a": bytes(range(256)) * 4000})
    archive.write_bytes(archive.read_bytes()[:300])
    report = validate(remote, tmp_path / "data")
    assert "cannot be read" in report.unreadable and report.missing == ["a"]
    assert not report.absent
