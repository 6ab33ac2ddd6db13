"""A library copied while it is used, and made again from the copy."""

from pathlib import Path

import cv2
import pytest
import soundfile

from scorebridge import Library
from scorebridge.errors import LibraryError, UsageError
from scorebridge.library import backing_up
from scorebridge.testing import FakeEncoder, melody, score_page
from scorebridge.types import Anchor


@pytest.fixture
def library(tmp_path: Path) -> Library:
    cv2.imwrite(str(tmp_path / "a.png"), score_page(1, systems=2))
    soundfile.write(tmp_path / "b.wav", melody(8, 1), 22050)
    made = Library(tmp_path / "library", FakeEncoder())
    made.add([tmp_path / "a.png", tmp_path / "b.wav"])
    made.correct(tmp_path / "a.png", {"pages": [{"page": 1, "rotation": 0}]})
    made.align(tmp_path / "a.png", tmp_path / "b.wav", anchors=[Anchor(1.5, 2)])
    made.link()
    return made


def same(one: Library, two: Library) -> bool:
    score, recording = one.documents()
    return (
        one.documents() == two.documents()
        and one.links() == two.links()
        and one.page_corrections(score) == two.page_corrections(score)
        and one.pair_corrections(score, recording) == two.pair_corrections(score, recording)
        and one.find(recording) == two.find(recording)
        and two.verify() == []
    )


def test_there_and_back(library: Library, tmp_path: Path) -> None:
    assert library.backup(tmp_path / "copy") > 5
    assert library.backup(tmp_path / "copy") < 12  # the small ones that may change
    copy = Library(tmp_path / "copy", FakeEncoder())
    assert same(library, copy)
    back = Library(tmp_path / "back", FakeEncoder())
    back.restore(tmp_path / "copy")
    assert same(library, back)
    soundfile.write(tmp_path / "c.wav", melody(5, 2), 22050)
    library.add(tmp_path / "c.wav")
    library.backup(tmp_path / "copy")
    assert Library(tmp_path / "copy", FakeEncoder()).documents() == library.documents()
    with pytest.raises(UsageError, match="there is a library already"):
        back.restore(tmp_path / "copy")


def test_into_nothing_else(library: Library, tmp_path: Path) -> None:
    other = Library(tmp_path / "other", FakeEncoder())
    other.add(tmp_path / "b.wav")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "diary.txt").write_text("mine")
    for wrong in (tmp_path / "full", other.path, library.path, library.path / "below"):
        with pytest.raises(UsageError, match=r"Name a|name a"):
            library.backup(wrong)
    with pytest.raises(LibraryError, match="no library there"):
        Library(tmp_path / "new", FakeEncoder()).restore(tmp_path / "full")


def test_what_is_added_meanwhile_leaves_the_copy_whole(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copied, another = backing_up._copied, Library(library.path, FakeEncoder())
    soundfile.write(tmp_path / "c.wav", melody(5, 2), 22050)

    def slowly(source: Path, target: Path, path: Path) -> bool:
        if path.parent.name == "data" and "files.lance" in path.parts:
            another.add(tmp_path / "c.wav")
            another.remove(tmp_path / "b.wav")
        return copied(source, target, path)

    with monkeypatch.context() as patch:
        patch.setattr(backing_up, "_copied", slowly)
        library.backup(tmp_path / "copy")
    copy = Library(tmp_path / "copy", FakeEncoder())
    assert [document.title for document in copy.documents()] == ["a", "b"]  # as it began
    assert copy.verify() == []
    assert len(copy.find(tmp_path / "a.png")) == 1
