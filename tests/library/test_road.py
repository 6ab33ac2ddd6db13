"""What one call reads: the library once, the query once, and no other file."""

from __future__ import annotations

import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cv2
import lance
import pikepdf
import pytest
import soundfile
from PIL import Image

from scorebridge import Library
from scorebridge.export.formats import export_pair
from scorebridge.testing import FakeEncoder, melody, score_page

MADE = (".jpg", ".part")
_counts: list[tuple[Path, Counter[str]]] = []  # of the counting that is going on, if any


def _hear(event: str, arguments: tuple) -> None:
    if event == "open" and _counts and isinstance(arguments[0], str | Path):
        (folder, found), path = _counts[-1], Path(arguments[0])
        if path.is_relative_to(folder):
            found[path.name] += 1


sys.addaudithook(_hear)


@contextmanager
def counting(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter[str]]:
    """Count the files and tables below a folder that are opened, and reads of tables, by name."""
    found: Counter[str] = Counter()
    opened = lance.dataset

    def open_table(uri: str, *more, **options):
        found[Path(uri).name] += 1
        return opened(uri, *more, **options)

    with monkeypatch.context() as patch:
        patch.setattr(lance, "dataset", open_table)
        for method in ("to_table", "to_batches", "take"):
            original = getattr(lance.LanceDataset, method)

            def read(table, *more, original=original, **options):
                found[f"read {Path(table.uri).name}"] += 1
                return original(table, *more, **options)

            patch.setattr(lance.LanceDataset, method, read)
        _counts.append((folder, found))
        try:
            yield found
        finally:
            _counts.pop()


@pytest.fixture
def music(tmp_path: Path) -> Path:
    """Two recordings and two volumes with outlines, added to `library`, and a recording outside."""
    folder = tmp_path / "music"
    folder.mkdir()
    for k in range(2):
        soundfile.write(folder / f"{k}.wav", melody(6, k), 22050)
        page = Image.fromarray(cv2.cvtColor(score_page(k), cv2.COLOR_GRAY2RGB))
        page.save(folder / "plain.pdf", save_all=True, append_images=[page])
        with pikepdf.open(folder / "plain.pdf") as pdf:
            with pdf.open_outline() as outline:
                outline.root += [pikepdf.OutlineItem("First", 0), pikepdf.OutlineItem("Second", 1)]
            pdf.save(folder / f"{k}.pdf")
        (folder / "plain.pdf").unlink()
    Library(tmp_path / "library", FakeEncoder()).add(folder)
    soundfile.write(tmp_path / "outside.wav", melody(6, 1), 22050)
    return folder


ONCE = {"library.json": 1, "files.lance": 1, "documents.lance": 1}


def opened(found: Counter[str]) -> dict[str, int]:
    """What was opened, but for the lock of a reader and pictures that were written."""
    ours = ("read ", "readers", f"{os.getpid()}-")
    return {n: k for n, k in found.items() if not n.startswith(ours) and not n.endswith(MADE)}


def test_find_opens_the_library_once(music: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(music.parent / "library", FakeEncoder())
    with counting(music.parent, monkeypatch) as found:
        hits = library.find(music / "0.wav")
    assert {hit.part.title for hit in hits if hit.part} <= {"First", "Second"}
    assert any(hit.part for hit in hits)  # by outlines that nobody opened
    assert opened(found) == ONCE
    first = found["read documents.lance"]
    with counting(music.parent, monkeypatch) as found:
        library.find(music / "0.wav")
    assert opened(found) == ONCE
    assert found["read documents.lance"] == first - 2  # the list of documents, and the scores


def test_a_query_from_outside_is_the_only_file(
    music: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(music.parent / "library", FakeEncoder())
    with counting(music.parent, monkeypatch) as found:
        library.find(music.parent / "outside.wav")
    assert found.pop("outside.wav") <= 3  # its kind, its readability, its title tag
    assert opened(found) == ONCE


def test_align_reads_two_documents(music: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(music.parent / "library", FakeEncoder())
    with counting(music.parent, monkeypatch) as found:
        library.align(music / "0.pdf", music / "0.wav")
    assert opened(found) == ONCE
    assert found["read documents.lance"] == 4  # what is known of each, and its vectors


def test_export_opens_the_score_for_its_pictures(
    music: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    library = Library(music.parent / "library", FakeEncoder())
    with counting(music.parent, monkeypatch) as found:
        pair = library.align_pair(music / "0.pdf", music / "0.wav")
        export_pair(pair, "mei", music.parent / "out" / "a.mei")
    assert found.pop("0.pdf") == 1 and "0.wav" not in found
    assert opened(found) == ONCE


def test_linking_opens_no_file(music: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    library = Library(music.parent / "library", FakeEncoder())
    with counting(music.parent, monkeypatch) as found:
        assert library.link().asked == 4
    assert {found[name] for name in ("files.lance", "documents.lance")} == {1}
    assert not {name for name in found if name.endswith((".wav", ".pdf"))}
