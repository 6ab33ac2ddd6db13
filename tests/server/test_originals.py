"""What is served is what was added, whatever lies under its name now."""

import os
import shutil
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import soundfile
from starlette.testclient import TestClient

from scorebridge import Library
from scorebridge.server.app import create_app
from scorebridge.server.originals import Originals
from scorebridge.server.settings import ServerSettings
from scorebridge.testing import melody

API = "/api/v1"
SECRET = b"root:x:0:0:nobody may read this"


@pytest.fixture
def shared(tmp_path: Path) -> Path:
    """A recording that its browser plays as it is."""
    path = tmp_path / "shared" / "take.wav"
    path.parent.mkdir()
    soundfile.write(path, melody(5, 3), 22050, subtype="PCM_16")
    return path


@pytest.fixture
def serving(tmp_path: Path, shared: Path) -> Iterator[TestClient]:
    """An application of a library with that recording."""
    Library(tmp_path / "library").add(shared)
    app = create_app(ServerSettings(tmp_path / "library"))
    with TestClient(app, base_url="http://127.0.0.1:8765") as client:
        yield client


def to_link(path: Path, secret: Path) -> None:
    path.unlink()
    path.symlink_to(secret)


def to_equal_looks(path: Path, secret: Path) -> None:
    """Size and time are those of the file that was added."""
    status = path.stat()
    secret.write_bytes(SECRET.ljust(status.st_size, b"."))
    os.utime(secret, ns=(status.st_atime_ns, status.st_mtime_ns))
    to_link(path, secret)


def to_folder_link(path: Path, secret: Path) -> None:
    shutil.move(path.parent, path.parent.with_name("away"))
    secret.rename(secret.with_name(path.name))
    path.parent.symlink_to(secret.parent)


def to_pipe(path: Path, secret: Path) -> None:
    path.unlink()
    os.mkfifo(path)


SWAPS: list[Callable[[Path, Path], None]] = [to_link, to_equal_looks, to_folder_link, to_pipe]


@pytest.mark.skipif(os.name == "nt", reason="no links without rights")
@pytest.mark.parametrize("swap", SWAPS)
@pytest.mark.parametrize("asked_before", [True, False])
def test_an_exchanged_file_is_not_served(
    swap: Callable[[Path, Path], None],
    asked_before: bool,
    serving: TestClient,
    shared: Path,
    tmp_path: Path,
) -> None:
    (document,) = serving.get(f"{API}/documents").json()["documents"]
    address = f"{API}/documents/{document['id']}"
    content = shared.read_bytes()
    if asked_before:
        assert serving.get(f"{address}/audio").content == content
        assert serving.get(f"{address}/file").content == content
    secret = tmp_path / "elsewhere" / "secret"
    secret.parent.mkdir()
    secret.write_bytes(SECRET)
    swap(shared, secret)
    for end in ("file", "audio", "peaks"):
        answer = serving.get(f"{address}/{end}")
        assert SECRET not in answer.content
        assert answer.status_code == 404, (end, answer.text)
        assert "changed" in answer.json()["detail"] or swap is to_pipe
    if swap in (to_link, to_equal_looks, to_pipe):  # brought back, under another time
        shared.unlink()
        shared.write_bytes(content)
        assert serving.get(f"{address}/file").content == content


def test_a_file_is_compared_once_for_each_state(serving: TestClient, shared: Path) -> None:
    from scorebridge.server.catalogue import Entry

    originals = Originals()
    (document,) = serving.get(f"{API}/documents").json()["documents"]
    fields = {"kind": "recording", "title": "", "name": "", "extent": 1.0, "pages": 0, "added": 0.0}
    entry = Entry(id=document["id"], paths=(str(shared),), **fields)
    assert originals.find(entry) == shared
    assert len(originals._known) == 1
    assert originals.find(entry) == shared and len(originals._known) == 1
    os.utime(shared)
    assert originals.find(entry) == shared and len(originals._known) == 2


def test_first_requests_share_one_child(serving: TestClient, shared: Path) -> None:
    (document,) = serving.get(f"{API}/documents").json()["documents"]
    state = serving.app.state.server  # pyright: ignore[reportAttributeAccessIssue]
    running, started, most, lock = 0, [], 0, threading.Lock()
    original = state.run_in_child

    def counted(function, *args, **kwargs):
        nonlocal running, most
        with lock:
            running += 1
            most = max(most, running)
            started.append(function.__name__)
        try:
            return original(function, *args, **kwargs)
        finally:
            with lock:
                running -= 1

    state.run_in_child = counted
    ends = ["audio", "peaks", "thumbnail"] * 12
    with ThreadPoolExecutor(len(ends)) as pool:
        address = f"{API}/documents/{document['id']}"
        answers = list(pool.map(lambda end: serving.get(f"{address}/{end}"), ends))
    assert all(answer.status_code == 200 for answer in answers)
    assert sorted(started) == ["measure_peaks", "write_media_type"] and most == 1
