"""`kill -9` in the middle of `add`, by a real child process, at every kind of moment."""

import os
from pathlib import Path

import cv2
import numpy as np
import pytest
import soundfile
from killing import killed
from rounding import rounded

from scorebridge import Library
from scorebridge.encode.documents import encode_file
from scorebridge.testing import FakeEncoder, melody, score_page

FILES = 5


@pytest.fixture(scope="module")
def music(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("music")
    for k in range(FILES):
        soundfile.write(folder / f"{k}.wav", melody(5 + k, k), 22050)
    return folder


@pytest.mark.parametrize(
    ("event", "function", "times", "done"),
    [
        ("call", "put_document", 1, 0),
        ("return", "put_document", 3, 2),  # a document without its file
        ("return", "put_files", 2, 2),
        ("return", "encode_recording", 4, 3),
        ("call", "tidy", 1, FILES),
        ("call", "cleanup_old_versions", 2, FILES),
        ("return", "extend", 1, FILES),
    ],
)
def test_library_survives_and_the_same_add_completes_it(
    tmp_path: Path, music: Path, event: str, function: str, times: int, done: int
) -> None:
    where = tmp_path / "library"
    killed(where, "FakeEncoder()", f"add({str(music)!r})", event, function, times)

    library = Library(where, FakeEncoder())
    assert len(library.documents()) == done
    candidates = library.candidates("recording")
    assert candidates.documents == tuple(library.documents())
    assert not [p for p in library.verify() if "left over" not in p.what]

    report = library.add(music)
    assert len(report.added) == FILES - done and len(report.skipped) == done
    assert not report.failed and library.verify() == []
    candidates = library.candidates("recording")
    for k, document in enumerate(candidates.documents):
        rows = slice(candidates.offsets[k], candidates.offsets[k + 1])
        fresh = encode_file(document.path, FakeEncoder())
        assert np.array_equal(candidates.vectors[rows], rounded(fresh.vectors))


def test_killed_while_the_library_is_made(tmp_path: Path, music: Path) -> None:
    where = tmp_path / "library"
    killed(where, "FakeEncoder()", f"add({str(music)!r})", "return", "write_dataset", 2)
    assert where.is_dir() and not (where / "library.json").exists()
    assert len(Library(where, FakeEncoder()).add(music).added) == FILES


def test_a_killed_removal_is_finished_by_the_next_call(tmp_path: Path, music: Path) -> None:
    where = tmp_path / "library"
    library = Library(where, FakeEncoder())
    library.add(music)
    for moment, (event, function) in enumerate([("return", "drop_files"), ("call", "delete")]):
        one = music / f"{moment}.wav"
        killed(where, "FakeEncoder()", f"remove({str(one)!r})", event, function, 1)
        is_gone = str(one) not in library.paths()
        assert is_gone == (function == "drop_files")
        assert bool(library.verify()) == is_gone  # its document is left over
        two = music / f"{4 - moment}.wav"
        assert library.remove([two] if is_gone else [one, two])
        assert library.verify() == []


def test_incomplete_files_of_killed_processes_go(tmp_path: Path, music: Path) -> None:
    library = Library(tmp_path / "library", FakeEncoder())
    library.add(music / "0.wav")
    old, new = library.path / ".links.json.1.part", library.path / ".links.json.2.part"
    for part in (old, new):
        part.write_bytes(b"{")
    os.utime(old, (0, 0))
    library.add(music / "1.wav")
    assert not old.exists() and new.exists()


@pytest.mark.parametrize(
    ("function", "is_new"),
    [("save_page_corrections", False), ("put_document", True)],
)
def test_a_killed_correction_keeps_the_document(
    tmp_path: Path, function: str, is_new: bool
) -> None:
    page = tmp_path / "page.png"
    cv2.imwrite(str(page), score_page(1, systems=3))
    library = Library(tmp_path / "library", FakeEncoder())
    (document,) = library.add(page).added
    box = [0.0, 0.0, 1.0, document.places[0].box[3] + 0.02]
    record = {"pages": [{"page": 1, "rotation": 0, "systems": [{"box": box}]}]}
    killed(
        library.path, "FakeEncoder()", f"correct({str(page)!r}, {record!r})", "return", function, 1
    )
    (now,) = library.documents()
    assert len(now.places) == (1 if is_new else 3)
    assert len(library.encoded(now).vectors) == len(library.candidates("score").vectors)
    assert all("left over" in problem.what for problem in library.verify())
    for _ in range(2):  # the second changes nothing
        corrected = library.correct(page, record)
        assert corrected and len(corrected.places) == 1 and library.verify() == []
