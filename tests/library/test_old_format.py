"""A library that an earlier version made (format 2) is taken over whole.

`library_of_format_2.zip` was made by the last version of that format with `FakeEncoder`: two scores
and two recordings of `/tmp/old music`, one of them under two paths, one with a title of its own; a
corrected page, a pin and a section, and links.
"""

import json
import shutil
import zipfile
from pathlib import Path

import lance
import numpy as np
import pytest
from killing import killed
from rounding import rounded

from scorebridge import Library
from scorebridge.errors import LibraryError
from scorebridge.library.old_format import OldStore
from scorebridge.testing import FakeEncoder
from scorebridge.types import Anchor, BarRange

MUSIC = Path("/tmp/old music")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    with zipfile.ZipFile(Path(__file__).with_name("library_of_format_2.zip")) as old:
        old.extractall(tmp_path / "library")
    return tmp_path / "library"


def test_it_says_what_to_do(folder: Path) -> None:
    library = Library(folder, FakeEncoder())
    for call in (library.documents, lambda: library.add(folder), library.verify):
        with pytest.raises(LibraryError, match="`scorebridge renew`"):
            call()


def test_nothing_is_lost_and_no_file_is_needed(folder: Path) -> None:
    old = OldStore(folder)
    before = {file.path: file for file in old.files()}
    vectors = {file.document.id: encoded for file, encoded in old.encoded(old.files())}
    links = json.loads((folder / "links.json").read_bytes())["answers"]
    assert len(before) == 5 and len(vectors) == 4 and any(links.values())

    library = Library(folder, FakeEncoder())
    report = library.renew()
    assert (report.documents, report.failed) == (4, ())
    now = library.snapshot()
    assert list(now.files) == list(before)
    for path, file in now.files.items():
        known = before[path]
        assert (file.size, file.mtime_ns, file.added) == (known.size, known.mtime_ns, known.added)
        assert file.id == known.document.id
    assert len(now.documents) == 4
    for document in now.documents:
        known = before[document.path].document
        assert document == known
        stored, wanted = library.encoded(document), vectors[document.id]
        assert wanted is not None
        assert np.array_equal(stored.vectors, rounded(wanted.vectors))
        assert np.array_equal(stored.positions, wanted.positions)
    assert {document.title for document in now.documents} >= {'The "second" – étude', "0", "1"}
    corrected, plain = (now.get(before[str(MUSIC / f"{k}.png")].document.id) for k in range(2))
    assert corrected and len(corrected.places) == 1 and plain and len(plain.places) == 3
    assert library.page_corrections(corrected).pages
    heard = now.get(before[str(MUSIC / "1.wav")].document.id)
    assert heard
    given = library.pair_corrections(plain, heard)
    assert given.anchors == (Anchor(2.0, 2.0),) and given.sections == (BarRange(1, 3),)
    assert json.loads((folder / "links.json").read_bytes())["answers"].keys() == links.keys()
    assert library.link().asked == 0
    gone = {problem.what for problem in library.verify()}
    assert gone <= {"does not exist"}  # the music is elsewhere
    assert not (folder / "score.lance").exists()
    assert library.renew().documents == 4


@pytest.mark.parametrize(
    ("event", "function", "times"),
    [("return", "put_document", 2), ("return", "put_files", 1), ("call", "write_settings", 2)],
)
def test_killed(folder: Path, event: str, function: str, times: int) -> None:
    killed(folder, "FakeEncoder()", "renew()", event, function, times)
    assert len(OldStore(folder).files()) == 5
    library = Library(folder, FakeEncoder())
    assert library.renew().documents == 4
    assert len(library.documents()) == 4 and len(library.paths()) == 5


def test_another_encoder_reads_the_files(folder: Path) -> None:
    library = Library(folder, FakeEncoder("new", 24))
    report = library.renew()
    assert len(report.failed) == 5 and len(OldStore(folder).files()) == 5  # all away


def test_damaged_vectors_are_encoded_again_or_reported(folder: Path) -> None:
    (key, *_) = (f.key for f in OldStore(folder).files() if f.document.kind == "recording")
    table = lance.dataset(str(folder / "recording.lance"))
    table.delete(f"document = {key} and position > 2.5")
    library = Library(folder, FakeEncoder())
    assert library.renew().failed  # its file is away
    assert len(OldStore(folder).files()) == 5


def test_early_tables_lack_columns(folder: Path) -> None:
    table = lance.dataset(str(folder / "files.lance"))
    table.drop_columns(["metadata", "vectors_sum", "row_sum"])
    shutil.rmtree(folder / "corrections")
    library = Library(folder, FakeEncoder())
    assert library.renew().documents == 4
    assert {document.metadata.title for document in library.documents()} == {""}
