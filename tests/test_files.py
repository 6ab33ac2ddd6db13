"""What a file is, and how files are written and locked."""

import subprocess
import sys
from pathlib import Path

import pytest

from scorebridge.errors import BusyError, InputError
from scorebridge.files import (
    acquire_lock,
    atomic_path,
    detect_kind,
    extension_of_content,
    kind_of_content,
    write_atomically,
)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.4", "score"),
        (b"\xef\xbb\xbf\n%PDF-1.4", "score"),
        (b"RIFF\0\0\0\0WAVEfmt ", "recording"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "score"),
        (b"\0\0\0\x20ftypM4A \0\0", "recording"),
        (b"\0\0\0\x20ftypheic\0\0", "score"),
        (b"ID3\x04", "recording"),
        (b"MThd\0\0\0\6", None),
        (b"<?xml version", None),
        (b"", None),
    ],
)
def test_kind_of_content(head: bytes, kind: str | None) -> None:
    assert kind_of_content(head) == kind


def test_other_files_and_missing_ones(tmp_path: Path) -> None:
    (tmp_path / "a.mid").write_bytes(b"MThd\0\0\0\6")
    with pytest.raises(InputError, match="neither a score nor a recording"):
        detect_kind(tmp_path / "a.mid")
    with pytest.raises(InputError, match="does not exist"):
        detect_kind(tmp_path / "no.pdf")


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


@pytest.mark.parametrize(
    ("head", "extension"),
    [
        (b"%PDF-1.7\n", ".pdf"),
        (b"\xff\xd8\xff\xe0", ".jpg"),
        (b"II*\0", ".tif"),
        (b"RIFF\0\0\0\0WAVEfmt ", ".wav"),
        (b"RIFF\0\0\0\0WEBPVP8 ", ".webp"),
        (b"\0\0\0\x18ftypM4A ", ".m4a"),
        (b"fLaC\0\0\0\x22", ".flac"),
        (b"ID3\x04", ".mp3"),
        (b"\xff\xfb\x90\x64", ".mp3"),
        (b"\xff\xf1\x50\x80", ".aac"),
        (b"\x1a\x45\xdf\xa3", ".webm"),
        (b"\xff\xff\xff\xff", ""),
        (b"#!/bin/sh", ""),
        (b"<html>", ""),
        (b"MZ\x90\0", ""),
        (b"PK\x03\x04", ""),
        (b"#EXTM3U\n", ""),
        (b"", ""),
    ],
)
def test_extensions_follow_from_the_content(head: bytes, extension: str, tmp_path: Path) -> None:
    assert extension_of_content(head) == extension
    if extension:  # and its kind fits
        path = tmp_path / f"x{extension}"
        path.write_bytes(head)
        score = extension in (".pdf", ".jpg", ".tif", ".webp")
        assert detect_kind(path) == ("score" if score else "recording")
