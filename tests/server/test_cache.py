"""The cache: made once, complete or not there, bounded."""

import os
import threading
import time
from pathlib import Path

import pytest

from scorebridge import Library
from scorebridge.server.cache import DocumentCache
from scorebridge.testing import FakeEncoder

ID = "ab" * 32


def test_a_file_is_made_once_by_many(tmp_path: Path) -> None:
    cache, calls = DocumentCache(tmp_path, 1000), []

    def make(out: Path) -> None:
        calls.append(out)
        time.sleep(0.05)
        out.write_bytes(b"x")

    threads = [
        threading.Thread(target=cache.get_or_make, args=(ID, "a.txt", make)) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(calls) == 1 and cache.path(ID, "a.txt").read_bytes() == b"x"


def test_a_failed_maker_leaves_nothing(tmp_path: Path) -> None:
    cache = DocumentCache(tmp_path, 1000)

    def fail(out: Path) -> None:
        out.write_bytes(b"half")
        raise ValueError("broken")

    with pytest.raises(ValueError, match="broken"):
        cache.get_or_make(ID, "a.txt", fail)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_the_least_recently_used_go_first_and_leftovers_go_always(tmp_path: Path) -> None:
    cache = DocumentCache(tmp_path, 25)
    for age, name in enumerate(("new", "middle", "old")):
        path = cache.put(ID, name, b"x" * 10)
        used = time.time() - age * 1000
        os.utime(path, (used, used))
    (cache.path(ID, "new").parent / ".new.123.part").write_bytes(b"")
    cache.sweep()
    left = sorted(path.name for path in cache.path(ID, "new").parent.iterdir())
    assert left == ["middle", "middle.sha256", "new", "new.sha256"]
    cache.forget(ID)
    assert not cache.path(ID, "new").exists()


def test_damage_is_seen_by_checksums_and_mended(tmp_path: Path) -> None:
    library = Library(tmp_path, FakeEncoder())
    library.create()
    cache = DocumentCache(tmp_path / "server" / "cache", 1000)
    path = cache.put(ID, "a.txt", b"right")
    cache.get_or_make(ID, "b.txt", lambda out: out.write_bytes(b"right too"))
    assert library.verify() == []
    path.write_bytes(b"wrong")
    assert library.verify(quick=True) == []
    (problem,) = library.verify()
    assert problem.subject == str(path) and "checksum" in problem.what
    assert [p.repaired for p in library.verify(repair=True)] == [True]
    assert library.verify() == [] and not path.exists()
    cache.get_or_make(ID, "a.txt", lambda out: out.write_bytes(b"new"))
    cache.put(ID, "b.txt", b"newer")
    assert library.verify() == []
    cache.path(ID, "b.txt").unlink()
    cache.sweep()
    names = sorted(found.name for found in path.parent.iterdir())
    assert names == ["a.txt", "a.txt.sha256"]
