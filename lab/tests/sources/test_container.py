"""Members of a zip, a tar.xz and a folder are read the same way."""

from __future__ import annotations

from pathlib import Path

import pytest
from public_server import write_tar, write_zip  # pyright: ignore[reportMissingImports]

from scorebridge_lab.errors import LabError
from scorebridge_lab.sources import container

FILES = {"top/a.ly": b"a", "top/sub/b.ly": b"bb"}


def write_folder(path: Path) -> Path:
    for name, data in FILES.items():
        (path / name).parent.mkdir(parents=True, exist_ok=True)
        (path / name).write_bytes(data)
    return path


@pytest.fixture(params=["zip", "tar.xz", "folder"])
def place(request, tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path / "lab"))
    if request.param == "folder":
        return write_folder(tmp_path / "folder")
    write = write_zip if request.param == "zip" else write_tar
    return write(tmp_path / f"archive.{request.param}", FILES)


def test_members_are_read_and_extracted(place: Path, tmp_path):
    assert container.read(place, "top/sub/b.ly") == b"bb"
    container.extract(place, tuple(FILES), tmp_path / "out")
    assert {n: (tmp_path / "out" / n).read_bytes() for n in FILES} == FILES
    with pytest.raises(LabError, match=r"nothing\.ly is not there"):
        container.read(place, "nothing.ly")
    with pytest.raises(LabError, match=r"nothing\.ly is not there"):
        container.extract(place, ("nothing.ly",), tmp_path / "out")


def test_a_tar_is_unpacked_once(tmp_path):
    archive = write_tar(tmp_path / "scores.tar.xz", FILES)
    folder = container.unpacked(archive, tmp_path / "into")
    (folder / "mark").write_text("still the same folder")
    assert container.unpacked(archive, tmp_path / "into") == folder
    assert (folder / "mark").exists()
    write_tar(archive, {"other.ly": b"another archive"})
    assert container.unpacked(archive, tmp_path / "into") != folder


def test_a_broken_tar_leaves_no_folder(tmp_path):
    archive = write_tar(tmp_path / "scores.tar.xz", {"a": bytes(range(256)) * 4000})
    archive.write_bytes(archive.read_bytes()[:200])
    with pytest.raises(LabError, match="cannot be unpacked"):
        container.unpacked(archive, tmp_path / "into")
    assert [p for p in (tmp_path / "into").iterdir() if p.is_dir()] == []


def test_names_below_a_folder():
    names = ("a/b/c.ly", "a/bc/d.ly", "a/b", "a/b.ly")
    assert container.names_below(names, "a/b") == ("a/b/c.ly", "a/b")
