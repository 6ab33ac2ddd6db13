"""What a file is, and how files are written and locked."""

import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from scorebridge.audio.decode import decode
from scorebridge.errors import BusyError, InputError
from scorebridge.files import (
    acquire_lock,
    atomic_path,
    content_id,
    detect_kind,
    stamp,
    write_atomically,
)
from scorebridge.library.walk import walk
from scorebridge.score.pages import read_pages


def test_other_files_and_missing_ones(tmp_path: Path) -> None:
    (tmp_path / "a.mid").write_bytes(b"MThd\0\0\0\6")
    with pytest.raises(InputError, match="neither a score nor a recording"):
        detect_kind(tmp_path / "a.mid")
    with pytest.raises(InputError, match="does not exist"):
        detect_kind(tmp_path / "no.pdf")


@pytest.mark.parametrize("name", ["a.mp3", "a.pdf", "a.heic", "a"])
@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty (0 bytes)"),
        (bytes(100_000), "holds nothing but zeros"),
        (b"Menuet, for two flutes\n" * 50, "is a text file"),
        (b"\x89PN", "is neither a score nor a recording"),
        (bytes(100_000) + b"!", "is neither a score nor a recording"),
    ],
)
def test_a_file_of_no_type_is_named_with_its_fault_and_a_remedy(
    tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError) as caught:
        detect_kind(path)
    assert str(caught.value).startswith(f"{path}: {reason}")
    assert caught.value.remedy.endswith(".") and "\n" not in str(caught.value)


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device")
def test_a_device_without_end_is_refused_at_once() -> None:
    for read in (detect_kind, content_id, stamp):
        with pytest.raises(InputError, match="is a device, not a regular file"):
            read(Path("/dev/zero"))


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes")
def test_pipes_and_sockets_are_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "a.pdf")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "b.wav"))
        for name, what in (("a.pdf", "a named pipe"), ("b.wav", "a socket")):
            for read in (detect_kind, content_id, stamp, decode):
                with pytest.raises(InputError, match=f"is {what}, not a regular file"):
                    read(tmp_path / name)
            with pytest.raises(InputError, match="not a regular file"):
                next(read_pages(tmp_path / name))
        found = list(walk([tmp_path / "a.pdf", tmp_path]))
    assert [type(error) for error in found] == [InputError] * 3  # named, and twice in the folder


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "a.json"
    write_atomically(path, "é")
    assert path.read_bytes() == "é".encode()
    with pytest.raises(ZeroDivisionError), atomic_path(path) as part:
        part.write_text("half")
        raise ZeroDivisionError
    assert path.read_text("utf-8") == "é" and list(path.parent.iterdir()) == [path]


def test_a_lock_names_its_holder_and_ends_with_it(tmp_path: Path) -> None:
    path = tmp_path / "lock"
    code = "import sys; from pathlib import Path; from scorebridge.files import acquire_lock\n"
    code += "lock = acquire_lock(Path(sys.argv[1])); print('held', flush=True); sys.stdin.read()"
    words = [sys.executable, "-c", code, str(path)]
    with subprocess.Popen(words, stdin=-1, stdout=-1, text=True) as child:
        assert child.stdout and child.stdout.readline() == "held\n"
        with pytest.raises(BusyError, match=f"held by process {child.pid}"):
            acquire_lock(path)
        child.kill()
    with acquire_lock(path), pytest.raises(BusyError):
        acquire_lock(path)
    acquire_lock(path).release()
