"""The collection: what is added, skipped, moved, replaced, removed, found and mended."""

import os
import shutil
import tempfile
from pathlib import Path

import cv2
import numpy as np
import pytest
import soundfile
from rounding import rounded

from scorebridge import Library
from scorebridge.encode.documents import encode_file
from scorebridge.errors import InputError, LibraryError, UsageError
from scorebridge.library.rows import document_row, summed
from scorebridge.library.store import Store, writing
from scorebridge.testing import FakeEncoder, melody, score_page
from scorebridge.types import Document


def sound(path: Path, seed: int = 0, seconds: float = 5) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    soundfile.write(path, melody(seconds, seed), 22050)
    return path


def score(path: Path, seed: int = 0) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    cv2.imwrite(str(path), score_page(seed, systems=1))
    return path


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return Library(tmp_path / "the library", FakeEncoder())


def paths(library: Library) -> list[str]:
    return [document.path for document in library.documents()]


def assert_consistent(library: Library) -> None:
    """Every document has exactly the vectors that its file gives, and nothing else is there."""
    for kind in ("score", "recording"):
        candidates = library.candidates(kind)
        assert [d.path for d in candidates.documents] == [d.path for d in library.documents(kind)]
        assert candidates.offsets[0] == 0 and candidates.offsets[-1] == len(candidates.vectors)
        for k, document in enumerate(candidates.documents):
            rows = slice(candidates.offsets[k], candidates.offsets[k + 1])
            fresh = encode_file(document.path, FakeEncoder())
            assert np.array_equal(candidates.vectors[rows], rounded(fresh.vectors))
            assert np.array_equal(candidates.positions[rows], fresh.positions)
            assert candidates.between is not None and fresh.between is not None
            assert np.array_equal(candidates.between[rows], rounded(fresh.between))
            assert (document.extent, document.places) == (fresh.extent, fresh.places)
    assert library.verify() == []


def test_add_a_folder_then_only_what_is_new(tmp_path: Path, library: Library) -> None:
    music = tmp_path / "music"
    sound(music / "a.wav", 1)
    sound(music / "deep/er/b.flac", 2)
    score(music / "c.png", 3)
    (music / "notes.txt").write_text("no music")
    (music / ".hidden.wav").write_bytes(b"")
    report = library.add(music)
    assert [d.title for d in report.added] == ["a", "c", "b"]
    assert not report.failed and not report.skipped
    assert_consistent(library)
    sound(music / "d.wav", 4)
    report = library.add([music])
    assert [d.title for d in report.added] == ["d"] and len(report.skipped) == 3
    assert_consistent(library)
    assert Library(library.path, FakeEncoder()).documents() == library.documents()


def test_documents_by_kind_and_what_they_say(tmp_path: Path, library: Library) -> None:
    library.add([sound(tmp_path / "a.wav"), score(tmp_path / "b.png")])
    (recording,) = library.documents("recording")
    (sheet,) = library.documents("score")
    assert (recording.title, recording.extent, recording.pages) == ("a", 5.0, 0)
    assert (sheet.title, sheet.pages, len(sheet.places)) == ("b", 1, 1)
    assert len(sheet.id) == 64 and sheet.path == str(tmp_path / "b.png")


def test_nothing_is_encoded_twice(tmp_path: Path, library: Library) -> None:
    class Refusing(FakeEncoder):
        def audio(self, windows: np.ndarray) -> np.ndarray:
            raise AssertionError("this was encoded before")

    library.add(sound(tmp_path / "a.wav"))
    again = Library(library.path, Refusing())
    os.utime(tmp_path / "a.wav", (1, 1))  # touched: the hash tells that it is the same
    assert again.add(tmp_path / "a.wav").skipped == (tmp_path / "a.wav",)
    (tmp_path / "a.wav").rename(tmp_path / "renamed.wav")
    report = again.add(tmp_path / "renamed.wav")
    assert [d.title for d in report.moved] == ["renamed"]
    assert paths(again) == [str(tmp_path / "renamed.wav")]
    assert_consistent(library)


def test_changed_content_replaces_the_old(tmp_path: Path, library: Library) -> None:
    path = sound(tmp_path / "a.wav", 1)
    library.add(path)
    before = library.documents()[0].id
    sound(path, 2, seconds=7)
    report = library.add(path)
    assert [d.extent for d in report.added] == [7.0]
    assert len(library.documents()) == 1 and library.documents()[0].id != before
    assert_consistent(library)


def test_two_files_of_one_name_are_two_documents(tmp_path: Path, library: Library) -> None:
    library.add([sound(tmp_path / "x/sonata.wav", 1), sound(tmp_path / "y/sonata.wav", 2)])
    assert paths(library) == [str(tmp_path / "x/sonata.wav"), str(tmp_path / "y/sonata.wav")]
    assert_consistent(library)


def test_one_content_under_two_paths_is_one_document(tmp_path: Path, library: Library) -> None:
    first = sound(tmp_path / "a.wav")
    copy = Path(shutil.copy(first, tmp_path / "copy.wav"))
    report = library.add([first, copy])
    assert len(report.added) == len(report.moved) == 1
    assert paths(library) == [str(first)]
    assert library.remove(first) == [str(first)]
    assert paths(library) == [str(copy)]  # the other stands in
    assert_consistent(library)


def test_names_with_spaces_quotes_and_other_letters(tmp_path: Path) -> None:
    library = Library(tmp_path / "bücher & 楽譜 %20 #1", FakeEncoder())
    names = ["l'été – étude 1.wav", "Соната №2.wav", "前奏曲 [live] 50%.wav", 'say "hm".wav']
    files = [sound(tmp_path / name, k) for k, name in enumerate(names)]
    library.add(tmp_path)
    assert sorted(paths(library)) == sorted(map(str, files))
    assert_consistent(library)
    assert library.remove(files[0]) == [str(files[0])]
    assert_consistent(library)


def test_a_name_that_is_no_text_fails_alone(tmp_path: Path, library: Library) -> None:
    strange = os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9.wav")
    shutil.copy(sound(tmp_path / "good.wav"), strange)
    report = library.add(tmp_path)
    assert [d.title for d in report.added] == ["good"]
    assert [e.reason for e in report.failed] == ["has a name that is not valid UTF-8"]


def test_failing_files_are_reported_and_the_others_done(tmp_path: Path, library: Library) -> None:
    sound(tmp_path / "good.wav")
    (tmp_path / "empty.wav").touch()
    (tmp_path / "empty.pdf").touch()
    (tmp_path / "text.pdf").write_text("no score")
    soundfile.write(tmp_path / "silent.wav", np.zeros(22050), 22050)
    cv2.imwrite(str(tmp_path / "blank.png"), np.full((500, 400), 255, np.uint8))
    (tmp_path / "cut.flac").write_bytes(b"fLaC\0\0\0\x22")
    unknown = sound(tmp_path / "x.wav", 5).rename(tmp_path / "x.unknown")  # told by content
    report = library.add([tmp_path, tmp_path / "missing.wav", unknown])
    assert sorted(d.title for d in report.added) == ["good", "x"]
    failed = {error.path.name: error for error in report.failed}
    wanted = {"empty.wav", "empty.pdf", "text.pdf", "silent.wav", "blank.png", "cut.flac"}
    assert set(failed) == wanted | {"missing.wav"}
    assert all(isinstance(e, InputError) and e.reason and e.remedy for e in failed.values())
    assert_consistent(library)


def test_a_folder_gives_what_its_files_hold_whatever_their_names(
    tmp_path: Path, library: Library
) -> None:
    """Recordings and scores without extension are found; of other files only those are reported
    that are named like one."""
    soundfile.write(tmp_path / "take", melody(3, 1), 22050, format="MP3")
    sound(tmp_path / "named like a page.wav").rename(tmp_path / "named like a page.pdf")
    cv2.imwrite(str(tmp_path / "page.png"), score_page(1))
    (tmp_path / "page.png").rename(tmp_path / "page")
    for name in ("README", "notes.txt", "P1 notes", "zeros", "empty", "list.ts"):
        (tmp_path / name).write_text("ID3 tags of the takes, MAC and OggS files, %PDF-1.4")
    (tmp_path / "zeros").write_bytes(bytes(5000))
    (tmp_path / "empty").touch()
    (tmp_path / "zeros.mp3").write_bytes(bytes(5000))
    report = library.add([tmp_path])
    assert sorted(d.title for d in report.added) == ["named like a page", "page", "take"]
    assert {d.title: d.kind for d in report.added}["named like a page"] == "recording"
    (failed,) = report.failed
    assert failed.path.name == "zeros.mp3" and failed.reason == "holds nothing but zeros"


def test_a_named_file_of_another_kind_fails(tmp_path: Path, library: Library) -> None:
    (tmp_path / "notes.txt").write_text("no music")
    report = library.add([tmp_path / "notes.txt"])
    assert "neither a score nor a recording" in report.failed[0].reason
    assert not library.path.exists()  # nothing to put into a library


def test_a_bug_on_one_file_does_not_stop_the_others(tmp_path: Path, library: Library) -> None:
    class Buggy(FakeEncoder):
        def sheet(self, windows: np.ndarray, owner: np.ndarray | None = None) -> np.ndarray:
            raise ZeroDivisionError("oh")

    buggy = Library(library.path, Buggy())
    report = buggy.add([score(tmp_path / "a.png"), sound(tmp_path / "b.wav")])
    assert [d.title for d in report.added] == ["b"]
    assert "ZeroDivisionError" in report.failed[0].reason


def test_no_permission() -> None:
    root = os.geteuid() == 0
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o777)
        shut = sound(Path(folder, "shut.wav"), 1)
        sound(Path(folder, "open.wav"), 2).chmod(0o644)
        Path(folder, "closed").mkdir(mode=0)
        shut.chmod(0)
        library = Library(Path(folder, "lib"), FakeEncoder())
        if root:  # who may read everything
            os.seteuid(65534)
        try:
            report = library.add(folder)
        finally:
            if root:
                os.seteuid(0)
        assert [d.title for d in report.added] == ["open"]
        assert {(e.path.name, e.reason) for e in report.failed} == {
            ("shut.wav", "may not be read"),
            ("closed", "may not be read"),
        }
        Path(folder, "closed").chmod(0o755)


def test_remove_by_path_folder_and_id(tmp_path: Path, library: Library) -> None:
    for k, name in enumerate(["a.wav", "sub/b.wav", "sub/c.wav", "d.wav", "subway.wav"]):
        sound(tmp_path / name, k)
    library.add(tmp_path)
    assert library.remove(tmp_path / "a.wav") == [str(tmp_path / "a.wav")]
    assert len(library.remove([tmp_path / "sub"])) == 2
    last = library.documents()[-1]
    assert last.title == "subway"
    assert library.remove(last.id[:8]) == [last.path]
    assert [d.title for d in library.documents()] == ["d"]
    with pytest.raises(UsageError, match="not in"):
        library.remove([tmp_path / "d.wav", "nothing"])
    assert [d.title for d in library.documents()] == ["d"]
    assert_consistent(library)
    assert len(library.add(tmp_path).added) == 4
    assert_consistent(library)


def test_missing_foreign_and_damaged_libraries(tmp_path: Path) -> None:
    with pytest.raises(LibraryError, match="no library there"):
        Library(tmp_path / "no", FakeEncoder()).documents()
    file = sound(tmp_path / "music/a.wav")
    with pytest.raises(LibraryError, match="holds other files"):
        Library(tmp_path / "music", FakeEncoder()).add(file)
    (tmp_path / "old").mkdir()
    (tmp_path / "old/library.json").write_text('{"format": 99}')
    with pytest.raises(LibraryError, match="format 99"):
        Library(tmp_path / "old", FakeEncoder()).documents()
    library = Library(tmp_path / "broken", FakeEncoder())
    library.add(file)
    shutil.rmtree(library.path / "documents.lance")
    with pytest.raises(LibraryError, match="cannot be opened"):
        library.candidates("recording")


def test_another_encoder_is_refused(tmp_path: Path, library: Library) -> None:
    library.add(sound(tmp_path / "a.wav", 1))
    other = Library(library.path, FakeEncoder("other"))
    with pytest.raises(LibraryError, match="made with encoder 'fake'"):
        other.add(sound(tmp_path / "b.wav", 2))
    with pytest.raises(LibraryError, match="do not compare"):
        other.find(tmp_path / "b.wav")
    assert len(other.documents()) == 1


def test_a_second_writer_is_told(tmp_path: Path, library: Library) -> None:
    library.add(sound(tmp_path / "a.wav", 1))
    with writing(library.path):
        with pytest.raises(LibraryError, match=f"another process.*{os.getpid()}"):
            library.add(sound(tmp_path / "b.wav", 2))
        assert len(library.documents()) == 1  # reading goes on
    assert len(library.add(tmp_path / "b.wav").added) == 1


def test_candidates_follow_changes(tmp_path: Path, library: Library) -> None:
    library.add(sound(tmp_path / "a.wav", 1))
    assert len(library.candidates("recording").documents) == 1
    Library(library.path, FakeEncoder()).add(sound(tmp_path / "b.wav", 2))  # somebody else
    assert len(library.candidates("recording").documents) == 2
    assert library.candidates("score").documents == ()
    assert library.candidates("score").vectors.shape == (0, 16)


def test_a_library_made_again_is_another(tmp_path: Path, library: Library) -> None:
    library.add(sound(tmp_path / "a.wav", 1))
    assert paths(library) == [str(tmp_path / "a.wav")]
    shutil.rmtree(library.path)
    with pytest.raises(LibraryError, match="no library there"):
        library.documents()
    library.add(sound(tmp_path / "b.wav", 2))
    assert paths(library) == [str(tmp_path / "b.wav")]
    assert_consistent(library)


def test_encoded_is_what_encoding_gives(tmp_path: Path, library: Library) -> None:
    files = [score(tmp_path / "a.png"), sound(tmp_path / "b.wav")]
    library.add(files)
    for path in files:
        document = library.document(path)
        assert isinstance(document, Document)
        stored, fresh = library.encoded(document), encode_file(path, FakeEncoder())
        assert np.array_equal(stored.vectors, rounded(fresh.vectors))
        assert np.abs(stored.vectors - fresh.vectors).max() < 0.01
        assert np.array_equal(stored.positions, fresh.positions)
        assert stored.between is not None and fresh.between is not None
        assert np.array_equal(stored.between, rounded(fresh.between))
        assert (stored.kind, stored.extent, stored.pages) == (
            fresh.kind,
            fresh.extent,
            fresh.pages,
        )
        assert stored.places == fresh.places
    assert library.document(tmp_path / "unknown.wav") is None


def test_a_changed_file_is_encoded_as_it_is_now(tmp_path: Path, library: Library) -> None:
    path = sound(tmp_path / "a.wav", 1)
    library.add(path)
    sound(path, 2, seconds=8)
    assert library.document(path) is None and library.encode(path).extent == 8.0


def leave(library: Library, path: Path) -> None:
    """Leave a document that no file names, as a killed `add` does."""
    encoded = encode_file(path, FakeEncoder())
    document = Document("f" * 64, str(path), encoded.kind, "", encoded.extent)
    Store(library.path).put_document(document_row(document, encoded, "fake"), known=False)
    (library.path / "writing").touch()


def test_leftover_documents_are_passed_over_and_swept(tmp_path: Path, library: Library) -> None:
    library.add([sound(tmp_path / "a.wav", 1), sound(tmp_path / "b.wav", 2)])
    page = score(tmp_path / "page.png")
    leave(library, sound(tmp_path / "c.wav", 3))
    assert len(library.candidates("recording").documents) == 2
    assert [hit.rank for hit in library.find(page)] == [1, 2]
    (problem,) = library.verify()
    assert "left over" in problem.what and not problem.repaired
    assert [p.repaired for p in library.verify(repair=True)] == [True]
    assert_consistent(library)
    leave(library, tmp_path / "c.wav")
    library.add(tmp_path / "c.wav")  # adding sweeps, too
    assert_consistent(library)


def test_verify_tells_missing_changed_and_damaged(tmp_path: Path, library: Library) -> None:
    files = [sound(tmp_path / f"{k}.wav", k) for k in range(5)]
    library.add(files)
    files[0].unlink()
    sound(files[1], 9)
    store = Store(library.path)
    third, fourth = (library.document(path) for path in files[2:4])
    assert third and fourth
    row = store.document_row(third.id)
    assert row
    store.put_document(summed(row | {"vectors": row["vectors"][:-16]}))
    store.table("documents").delete(f"id = '{fourth.id}'")
    found = {Path(p.subject).name: p for p in library.verify()}
    assert found["0.wav"].what == "does not exist"
    assert found["1.wav"].what == "has changed since it was added"
    assert "differs from its checksum" in found["2.wav"].what
    assert "should have a document but does not" in found["3.wav"].what and "4.wav" not in found
    assert {p.repaired for p in library.verify(repair=True)} == {True, False}
    report = library.add(files[1:])  # the damaged ones were encoded again
    assert [d.title for d in report.added] == ["1"] and len(report.skipped) == 3
    library.remove(files[0])
    assert_consistent(library)


def test_find_looks_among_the_other_kind_only(tmp_path: Path, library: Library) -> None:
    sounds = [sound(tmp_path / f"{k}.wav", k) for k in range(3)]
    scores = [score(tmp_path / f"{k}.png", k) for k in range(2)]
    library.add(sounds)
    assert library.find(sounds[0]) == []  # no scores yet
    library.add(scores)
    assert {hit.path for hit in library.find(sounds[0])} == set(map(str, scores))
    hits = library.find(scores[0], top=2)
    assert [hit.rank for hit in hits] == [1, 2] and {h.kind for h in hits} == {"recording"}


def test_align_takes_files_from_inside_and_outside(tmp_path: Path, library: Library) -> None:
    inside, outside = sound(tmp_path / "a.wav"), score(tmp_path / "b.png")
    library.add(inside)
    alignment = library.align(outside, inside)
    assert (alignment.score, alignment.recording) == (str(outside), str(inside))
    assert library.align(inside, outside) == alignment  # told apart by content
    with pytest.raises(UsageError, match="both recordings"):
        library.align(inside, inside)


def test_progress_counts_to_the_end(tmp_path: Path, library: Library) -> None:
    files = [sound(tmp_path / f"{k}.wav", k) for k in range(2)]
    calls: list[tuple[float, float, Path | None]] = []
    library.add(files, progress=lambda done, total, path: calls.append((done, total, path)))
    assert calls == [(0, 2, files[0]), (1, 2, files[1]), (2, 2, None)]
