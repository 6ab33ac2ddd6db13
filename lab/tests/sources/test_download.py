"""Downloads from a local server: whole, resumed, unpacked, refused, cut off, on a full disk."""

from __future__ import annotations

import errno
import io
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

import pytest
from filelock import FileLock
from public_server import COMMIT, Public, compressed_musicxml  # pyright: ignore[reportMissingImports]

from scorebridge_lab.errors import LabError
from scorebridge_lab.sources.download import (
    DiskFullError,
    DownloadTally,
    Transfer,
    download,
    musicxml_of,
    url_of,
)
from scorebridge_lab.sources.remote import Remote

MakeRemote = Callable[..., Remote]
LONG = bytes(range(256)) * 2000  # 512,000 bytes


def transfer(public: Public, **more: Any) -> Transfer:
    return Transfer(**{"base_url": public.url, "backoff_s": 0.01, "timeout_s": 5.0, **more})


def leftovers(root: Path) -> list[str]:
    return sorted(p.name for p in root.rglob("*") if p.suffix in (".partial", ".unpacked"))


def test_files_come_whole_into_their_places(public: Public, make_remote: MakeRemote, tmp_path):
    files = {"a.krn": b"**kern", "sub folder/ü, b.ly": LONG, "empty.ily": b""}
    public.files = {f"data/{name}": data for name, data in files.items()}
    remote, root, seen = make_remote(files), tmp_path / "data", []

    def progress(tally: DownloadTally, total: int) -> None:
        seen.append((tally.done, total))

    tally = download([remote], root, transfer(public), progress)
    assert (tally.downloaded, tally.present, tally.failed) == (3, 0, {})
    assert tally.bytes == sum(map(len, files.values()))
    for name, data in files.items():
        assert (root / "scores/scores" / name).read_bytes() == data
    assert leftovers(root) == [] and seen[-1] == (3, 3)
    assert url_of(remote.files()[1], public.url + "/").endswith(
        f"/owner/scores/{COMMIT}/data/sub%20folder/%C3%BC%2C%20b.ly"
    )

    public.asked.clear()
    again = download([remote], root, transfer(public))
    assert (again.downloaded, again.present) == (0, 3) and public.asked == []


def test_a_file_that_was_changed_is_loaded_again(public: Public, make_remote: MakeRemote, tmp_path):
    public.files = {"data/a.krn": b"right"}
    remote, target = make_remote({"a.krn": b"right"}), tmp_path / "data/scores/scores/a.krn"
    target.parent.mkdir(parents=True)
    target.write_bytes(b"wrong")
    assert download([remote], tmp_path / "data", transfer(public)).downloaded == 1
    assert target.read_bytes() == b"right"


def test_a_connection_that_is_cut_goes_on_where_it_stopped(
    public: Public, make_remote: MakeRemote, tmp_path
):
    public.files = {"data/long.pdf": LONG}
    public.cut_after = {"data/long.pdf": [200_000, 100_000]}
    remote = make_remote({"long.pdf": LONG})
    tally = download([remote], tmp_path / "data", transfer(public))
    assert tally.downloaded == 1 and tally.bytes == len(LONG)
    assert [asked for _, asked in public.asked] == ["", "bytes=200000-", "bytes=300000-"]
    assert (tmp_path / "data/scores/scores/long.pdf").read_bytes() == LONG


def test_an_earlier_beginning_is_used_and_a_wrong_one_is_dropped(
    public: Public, make_remote: MakeRemote, tmp_path
):
    public.files = {"data/a.pdf": LONG, "data/b.pdf": LONG, "data/c.pdf": LONG}
    remote = make_remote({"a.pdf": LONG, "b.pdf": LONG, "c.pdf": LONG})
    folder = tmp_path / "data/scores/scores"
    folder.mkdir(parents=True)
    (folder / "a.pdf.partial").write_bytes(LONG[:1000])
    (folder / "b.pdf.partial").write_bytes(b"nonsense")
    (folder / "c.pdf.partial").write_bytes(LONG + b"too long")
    tally = download([remote], tmp_path / "data", transfer(public, workers=1))
    assert tally.downloaded == 3 and leftovers(folder) == []
    assert ("data/a.pdf", "bytes=1000-") in public.asked
    assert [asked for path, asked in public.asked if path == "data/b.pdf"] == ["bytes=8-", ""]
    assert all((folder / f"{name}.pdf").read_bytes() == LONG for name in "abc")


def test_a_server_without_ranges_sends_the_whole_file_again(
    public: Public, make_remote: MakeRemote, tmp_path
):
    public.files, public.ranges = {"data/long.pdf": LONG}, False
    public.cut_after = {"data/long.pdf": [300_000]}
    tally = download([make_remote({"long.pdf": LONG})], tmp_path / "data", transfer(public))
    assert tally.downloaded == 1 and tally.bytes == len(LONG) + 300_000
    assert (tmp_path / "data/scores/scores/long.pdf").read_bytes() == LONG


def test_a_wrong_checksum_names_the_file_and_leaves_nothing(
    public: Public, make_remote: MakeRemote, tmp_path
):
    public.files = {"data/a.krn": b"other", "data/b.krn": b"good!"}
    remote = make_remote({"a.krn": b"right", "b.krn": b"good!"})
    tally = download([remote], tmp_path / "data", transfer(public))
    assert list(tally.failed) == ["scores/scores/a.krn"]
    assert "wrong checksum" in tally.failed["scores/scores/a.krn"]
    assert tally.downloaded == 1, "the others are loaded all the same"
    folder = tmp_path / "data/scores/scores"
    assert [p.name for p in folder.iterdir()] == ["b.krn"]


def test_passing_errors_are_tried_again_and_lasting_ones_are_not(
    public: Public, make_remote: MakeRemote, tmp_path
):
    public.files = {"data/a.krn": b"a", "data/b.krn": b"b", "data/c.krn": b"c"}
    public.statuses = {"data/a.krn": [503, 429], "data/b.krn": [500] * 9, "data/c.krn": [403] * 9}
    remote = make_remote({n: n[:1].encode() for n in ("a.krn", "b.krn", "c.krn", "d.krn")})
    tally = download([remote], tmp_path / "data", transfer(public, attempts=3))
    assert tally.downloaded == 1
    counts = {n: sum(path == f"data/{n}.krn" for path, _ in public.asked) for n in "abcd"}
    assert counts == {"a": 3, "b": 3, "c": 1, "d": 1}
    assert "HTTP 500" in tally.failed["scores/scores/b.krn"]
    assert "no longer holds" in tally.failed["scores/scores/d.krn"]


def test_a_server_that_is_not_there(make_remote: MakeRemote, tmp_path):
    nowhere = Transfer(base_url="http://127.0.0.1:9", attempts=2, backoff_s=0.01, timeout_s=1)
    tally = download([make_remote({"a.krn": b"a"})], tmp_path / "data", nowhere)
    assert "no connection" in tally.failed["scores/scores/a.krn"]


class _FullDisk(io.BytesIO):
    """A file on a disk that has room for so many bytes."""

    def __init__(self, path: Path, mode: str, room: int) -> None:
        super().__init__()
        self.file, self.room = path.open(mode), room

    def write(self, data: Any, /) -> int:
        if len(data) > self.room:
            self.file.write(data[: self.room])
            raise OSError(errno.ENOSPC, "No space left on device")
        self.room -= len(data)
        return self.file.write(data)

    def close(self) -> None:
        self.file.close()
        super().close()


def test_a_full_disk_stops_everything_and_leaves_nothing_half_done(
    public: Public, make_remote: MakeRemote, tmp_path
):
    names = [f"{k}.pdf" for k in range(20)]
    public.files = {f"data/{name}": LONG for name in names}
    remote = make_remote(dict.fromkeys(names, LONG))

    def full(path: Path, mode: str) -> IO[bytes]:
        return _FullDisk(path, mode, 100_000 if path.name.startswith("3.pdf") else 10**9)

    with pytest.raises(DiskFullError, match=r"3\.pdf: the disk is full.*SCOREBRIDGE_DATA"):
        download([remote], tmp_path / "data", transfer(public, workers=1, open=full))
    folder = tmp_path / "data/scores/scores"
    assert not (folder / "3.pdf.partial").exists() and not (folder / "3.pdf").exists()
    assert all(p.read_bytes() == LONG for p in folder.glob("*.pdf"))
    asked = len(public.asked)
    assert asked < len(names), "no further file is asked for"
    done = len(list(folder.glob("*.pdf")))
    tally = download([remote], tmp_path / "data", transfer(public))
    assert tally.downloaded == len(names) - done and tally.present == done


def test_a_full_disk_while_unpacking(public: Public, make_remote: MakeRemote, tmp_path):
    score = b"<score-partwise/>" * 100
    public.files = {"data/a.mxl": compressed_musicxml(score)}
    remote = make_remote({"a.musicxml": (score, "unpacked")})

    def full(path: Path, mode: str) -> IO[bytes]:
        return _FullDisk(path, mode, 10 if path.suffix == ".unpacked" else 10**9)

    with pytest.raises(DiskFullError):
        download([remote], tmp_path / "data", transfer(public, open=full))
    assert list((tmp_path / "data/scores/scores").iterdir()) == []


def test_compressed_scores_are_unpacked_and_checked(
    public: Public, make_remote: MakeRemote, tmp_path
):
    score = b"<score-partwise/>" * 100
    packed = compressed_musicxml(score)
    public.files = {"data/a.mxl": packed, "data/b.mxl": b"no zip", "data/c.mxl": packed}
    public.cut_after = {"data/a.mxl": [50]}
    remote = make_remote(
        {
            "a.musicxml": (score, "unpacked"),
            "b.musicxml": (score, "unpacked"),
            "c.musicxml": (b"another score", "unpacked"),
        }
    )
    tally = download([remote], tmp_path / "data", transfer(public))
    folder = tmp_path / "data/scores/scores"
    assert tally.downloaded == 1 and (folder / "a.musicxml").read_bytes() == score
    assert sorted(tally.failed) == ["scores/scores/b.musicxml", "scores/scores/c.musicxml"]
    assert all("wrong checksum" in reason for reason in tally.failed.values())
    assert [p.name for p in folder.iterdir()] == ["a.musicxml"]


def test_only_so_many_files_are_loaded_at_once(public: Public, make_remote: MakeRemote, tmp_path):
    names = [f"{k}.krn" for k in range(12)]
    public.files = {f"data/{name}": b"x" for name in names}
    remote = make_remote(dict.fromkeys(names, b"x"))
    opened: list[IO[bytes]] = []
    three = threading.Barrier(3, timeout=20)  # passed only where three files are open at once
    at_once = []

    def counted(path: Path, mode: str) -> Any:
        file = path.open(mode)
        opened.append(file)
        three.wait()
        at_once.append(sum(not other.closed for other in opened))
        return file

    tally = download([remote], tmp_path / "data", transfer(public, workers=3, open=counted))
    assert tally.downloaded == 12 and max(at_once) <= 3


def test_what_no_repository_holds_is_named(public: Public, make_remote: MakeRemote, tmp_path):
    public.files = {"data/a.krn": b"a"}
    remote = make_remote({"a.krn": b"a", "b.ogg": (b"b", ""), "c.mxl": (b"c", "no")})
    tally = download([remote], tmp_path / "data", transfer(public))
    assert tally.unavailable == ["scores/scores/b.ogg", "scores/scores/c.mxl"]
    assert tally.downloaded == 1 and tally.failed == {}


def test_a_local_archive_is_enough(public: Public, make_remote: MakeRemote, tmp_path):
    remote = make_remote({"a.krn": b"a"}, archive="scores/scores.zip")
    (tmp_path / "data/scores").mkdir(parents=True)
    (tmp_path / "data/scores/scores.zip").write_bytes(b"zip")
    assert download([remote], tmp_path / "data", transfer(public)) == DownloadTally()
    assert public.asked == []


def test_two_downloads_into_one_folder(public: Public, make_remote: MakeRemote, tmp_path):
    remote, root = make_remote({"a.krn": b"a"}), tmp_path / "data"
    root.mkdir()
    with (
        FileLock(root / ".download.lock"),
        pytest.raises(LabError, match="another download is at work"),
    ):
        download([remote], root, transfer(public))
    (tmp_path / "file").write_text("no folder")
    with pytest.raises(LabError, match="cannot be written"):
        download([remote], tmp_path / "file" / "data", transfer(public))


def test_scores_in_compressed_musicxml():
    assert musicxml_of(compressed_musicxml(b"<score/>")) == b"<score/>"
    with pytest.raises(LabError, match="not a compressed MusicXML"):
        musicxml_of(b"PK nothing")
