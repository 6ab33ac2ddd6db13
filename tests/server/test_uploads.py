"""Uploads: names that are only titles, and bodies cut anywhere."""

import asyncio
import hashlib
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scorebridge.server.errors import ApiError
from scorebridge.server.uploads import (
    MAX_TITLE_LENGTH,
    ReceivedFile,
    name_of,
    receive,
    title_of,
)

BOUNDARY = "edge"
TYPE = f"multipart/form-data; boundary={BOUNDARY}"


def body(*files: tuple[str, bytes], field: str = "files", end: bool = True) -> bytes:
    parts = b""
    for name, content in files:
        head = f'Content-Disposition: form-data; name="{field}"; filename="{name}"'
        parts += f"--{BOUNDARY}\r\n{head}\r\n\r\n".encode() + content + b"\r\n"
    return parts + (f"--{BOUNDARY}--\r\n".encode() if end else b"")


def received(
    content: bytes, folder: Path, chunk: int = 7, max_files: int = 3
) -> list[ReceivedFile]:
    async def stream():
        for k in range(0, len(content), chunk):
            yield content[k : k + chunk]

    return asyncio.run(receive(stream(), TYPE, "files", folder, max_files))


PNG = b"\x89PNG\r\n\x1a\n" + bytes(2000)


@pytest.mark.parametrize("chunk", [1, 7, 64, 100_000])
def test_files_come_in_whole_whatever_the_chunks(tmp_path: Path, chunk: int) -> None:
    sent = body(("a.pdf", PNG), ("b.txt", b"hello"), ("c.wav", b""))
    first, second, third = received(sent, tmp_path, chunk)
    assert first.path.read_bytes() == PNG and first.path.parent == tmp_path
    assert first.name == hashlib.sha256(PNG).hexdigest() + ".png"  # by content, not by its name
    assert (first.title, second.title, third.size) == ("a", "b", 0)
    assert (first.original_name, second.original_name) == ("a.pdf", "b.txt")
    assert second.extension == third.extension == ""


@pytest.mark.parametrize(
    "sent",
    [
        body(("a", PNG), end=False),
        body(("a", PNG))[:-30],
        b"no multipart at all",
        b"",
        body(*[("a", b"x")] * 4),
        body(("a", PNG), field="other"),
        body(("a" * 10_000, PNG)),
    ],
)
def test_nothing_is_left_of_a_bad_body(tmp_path: Path, sent: bytes) -> None:
    with pytest.raises(ApiError) as caught:
        received(sent, tmp_path)
    assert 400 <= caught.value.status < 500
    assert list(tmp_path.iterdir()) == []


def test_nothing_is_left_when_the_sender_goes(tmp_path: Path) -> None:
    async def stream():
        yield body(("a", PNG))[:500]
        raise ConnectionError

    with pytest.raises(ConnectionError):
        asyncio.run(receive(stream(), TYPE, "files", tmp_path, 3))
    assert list(tmp_path.iterdir()) == []


@given(st.text(max_size=400))
def test_a_title_is_one_printable_line_and_no_path(name: str) -> None:
    for title in (title_of(name), name_of(name)):
        assert 0 < len(title) <= MAX_TITLE_LENGTH and title == title.strip()
        assert not set(title) & set("/\\\0\n") and title not in (".", "..")


@pytest.mark.parametrize(
    ("name", "title"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Noten\\Bach.pdf", "Bach"),
        ("Ноктюрн № 2.mp3", "Ноктюрн № 2"),
        ("..", "untitled"),
        ("", "untitled"),
        (".hidden", ".hidden"),
        ("a\r\nSet-Cookie: x.wav", "a Set-Cookie: x"),
        ("folder/Sonata op. 2.1.pdf", "Sonata op. 2.1"),
    ],
)
def test_titles(name: str, title: str) -> None:
    assert title_of(name) == title


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Sonata K331.jpeg", "Sonata K331.jpeg"),
        ("C:\\music\\Für Elise.PDF", "Für Elise.PDF"),
        ("../../etc/passwd", "passwd"),
        ("a" * 300 + ".pdf", "a" * 196 + ".pdf"),
        (".pdf", ".pdf"),
        ("..", "untitled"),
        ("", "untitled"),
    ],
)
def test_names_keep_their_ending(name: str, shown: str) -> None:
    assert name_of(name) == shown
