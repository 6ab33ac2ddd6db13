"""A library encoded anew by another encoder: all of it or nothing; what people gave stays."""

import shutil
from pathlib import Path

import cv2
import numpy as np
import pytest
import soundfile
from killing import killed
from rounding import rounded

from scorebridge import Library
from scorebridge.encode.documents import encode_file
from scorebridge.encode.encoder import Encoder
from scorebridge.errors import InputError, LibraryError
from scorebridge.export import records
from scorebridge.score.pages import read_pages
from scorebridge.score.systems import find_systems
from scorebridge.testing import FakeEncoder, melody, score_page
from scorebridge.types import Anchor, Encoded

OLD, NEW, NEWER = FakeEncoder("old"), FakeEncoder("new", 24), FakeEncoder("newer", 12)


@pytest.fixture
def music(tmp_path: Path) -> Path:
    folder = tmp_path / "music"
    folder.mkdir()
    for k in range(3):
        soundfile.write(folder / f"{k}.wav", melody(5 + k, k), 22050)
    cv2.imwrite(str(folder / "page.png"), score_page(1))
    return folder


@pytest.fixture
def folder(tmp_path: Path, music: Path) -> Path:
    """A library of four documents, one of them under two paths, made with `OLD`."""
    shutil.copy(music / "0.wav", music / "copy.wav")
    Library(tmp_path / "library", OLD).add(music, titles={music / "1.wav": "The second"})
    return tmp_path / "library"


def assert_made_with(encoder: FakeEncoder, folder: Path) -> Library:
    library = Library(folder, encoder)
    assert library.verify() == []
    for kind in ("score", "recording"):
        candidates = library.candidates(kind)
        assert candidates.documents == tuple(library.documents(kind)) != ()
        for k, document in enumerate(candidates.documents):
            rows = slice(candidates.offsets[k], candidates.offsets[k + 1])
            given = library.page_corrections(document.path).read_page if kind == "score" else None
            fresh = encode_file(document.path, encoder, given)
            assert np.array_equal(candidates.vectors[rows], rounded(fresh.vectors))
    return library


def tables(folder: Path) -> set[str]:
    return {str(path) for path in folder.glob("**/*.lance") if path.is_dir()}


def test_everything_is_encoded_anew_and_stays_what_it_was(folder: Path, music: Path) -> None:
    before = Library(folder, OLD).documents()
    report = Library(folder, NEW).renew()
    assert (report.documents, report.failed) == (4, ())
    library = assert_made_with(NEW, folder)
    assert library.documents() == before
    assert {document.title for document in before} >= {"The second", "0", "page"}
    assert len(tables(folder)) == 2  # the old ones are gone
    assert len(library.add(music).skipped) == 5 and library.renew().documents == 4
    assert len(library.remove(music / "0.wav")) == 1 and len(library.documents()) == 4  # the copy
    with pytest.raises(LibraryError, match="made with encoder 'new'"):
        Library(folder, OLD).add(music)
    with pytest.raises(LibraryError, match="scorebridge renew"):  # though its vectors are there
        Library(folder, OLD).find(music / "2.wav")
    assert Library(folder, NEWER).renew().documents == 4
    assert_made_with(NEWER, folder)
    assert len(tables(folder)) == 2


def test_what_people_gave_stays(folder: Path, music: Path) -> None:
    library, page = Library(folder, OLD), music / "page.png"
    (read,) = read_pages(page)
    system = records.page(read, find_systems(read))
    system["systems"] = system["systems"][:1]
    library.correct(page, {"pages": [system]})
    library.align(page, music / "1.wav", anchors=[Anchor(2.0, 2.0)])
    library.link()
    (before,) = library.documents("score")
    Library(folder, NEW).renew()
    library = assert_made_with(NEW, folder)
    (after,) = library.documents("score")
    assert after == before and len(after.places) == 1
    assert library.pair_corrections(page, music / "1.wav").anchors == (Anchor(2.0, 2.0),)
    assert library.link().asked == 0  # they were made again


def test_a_file_that_is_gone_leaves_the_library_as_it_was(folder: Path, music: Path) -> None:
    (music / "2.wav").rename(music.parent / "2.wav")
    (music / "copy.wav").unlink()  # its content is there under another path
    library = Library(folder, NEW)
    report = library.renew()
    assert [error.path.name for error in report.failed] == ["2.wav"]
    assert len(Library(folder, OLD).documents()) == 4
    assert len(Library(folder, OLD).candidates("recording").documents) == 3
    (music.parent / "2.wav").rename(music / "2.wav")
    assert library.renew().failed == ()
    assert library.remove(music / "copy.wav") != []  # it was remembered
    assert len(assert_made_with(NEW, folder).documents()) == 4


def test_without_the_file_that_is_gone(folder: Path, music: Path) -> None:
    (music / "2.wav").unlink()
    library = Library(folder, NEW)
    library.renew()
    library.remove(music / "2.wav")
    assert library.renew().documents == 3
    assert_made_with(NEW, folder)


def test_a_changed_file_comes_as_it_is_now(folder: Path, music: Path) -> None:
    soundfile.write(music / "2.wav", melody(9, 9), 22050)
    assert Library(folder, NEW).renew().failed == ()
    library = assert_made_with(NEW, folder)
    found = library.document(music / "2.wav")
    assert found is not None and found.extent == pytest.approx(9, abs=0.1)


def test_a_broken_renewal_goes_on_where_it_stopped(folder: Path, music: Path) -> None:
    seen: list[str] = []

    def until_second(path: Path, encoder: Encoder) -> Encoded:
        if len(seen) == 2:
            raise KeyboardInterrupt
        seen.append(path.name)
        return encode_file(path, encoder)

    library = Library(folder, NEW)
    with pytest.raises(KeyboardInterrupt):
        library.renew(encode=until_second)
    assert len(Library(folder, OLD).candidates("recording").documents) == 3
    rest: list[str] = []

    def remembering(path: Path, encoder: Encoder) -> Encoded:
        rest.append(path.name)
        return encode_file(path, encoder)

    assert library.renew(encode=remembering).documents == 4
    assert len(seen) == 2 and len(rest) == 2 and not set(seen) & set(rest)
    assert_made_with(NEW, folder)


def test_a_file_that_breaks_is_named(folder: Path) -> None:
    def refuse(path: Path, encoder: Encoder) -> Encoded:
        if path.name == "page.png":
            raise InputError(path, "is broken", "Mend it.")
        return encode_file(path, encoder)

    report = Library(folder, NEW).renew(encode=refuse)
    assert [error.reason for error in report.failed] == ["is broken"]
    assert len(Library(folder, OLD).documents("score")) == 1


@pytest.mark.parametrize(
    ("event", "function", "times", "swapped"),
    [
        ("return", "write_dataset", 1, False),  # the new tables half made
        ("return", "put_document", 2, False),  # a document without its file
        ("call", "tidy", 1, False),
        ("call", "write_settings", 2, False),  # everything but the last step (1: the new store's)
        ("call", "drop_others", 1, True),  # both sets of tables there
        ("return", "rmtree", 1, True),
    ],
)
def test_killed(folder: Path, event: str, function: str, times: int, swapped: bool) -> None:
    killed(folder, 'FakeEncoder("new", 24)', "renew()", event, function, times)
    if swapped:
        assert_made_with(NEW, folder)
    else:
        assert len(Library(folder, OLD).candidates("recording").documents) == 3
        assert len(Library(folder, OLD).candidates("score").documents) == 1
    assert Library(folder, NEW).renew().documents == 4
    assert_made_with(NEW, folder)
    assert len(tables(folder)) == 2
