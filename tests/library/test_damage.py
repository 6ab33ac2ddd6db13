"""Damage on the disk: `verify` sees every flipped bit, and nothing ends in a traceback."""

import json
import random
import shutil
from contextlib import suppress
from pathlib import Path

import cv2
import pytest
import soundfile

from scorebridge import Library
from scorebridge.errors import LibraryError, ScorebridgeError, is_disk_full
from scorebridge.library.damage import guarded
from scorebridge.library.store import ROOM, Store, writing
from scorebridge.testing import FakeEncoder, melody, score_page
from scorebridge.types import Anchor


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A library of three recordings, compacted."""
    folder = tmp_path_factory.mktemp("made")
    for k in range(3):
        soundfile.write(folder / f"{k}.wav", melody(5, k), 22050)
    library = Library(folder / "library", FakeEncoder())
    library.add([folder / f"{k}.wav" for k in range(3)])
    with writing(library.path):
        Store(library.path).shed()  # leaves the data that counts
    assert library.verify() == []
    return folder / "library"


def flipped(folder: Path, count: int, seed: int) -> list[tuple[Path, int, int]]:
    """Places of bits in the tables' data: file, byte, bit."""
    rng = random.Random(seed)
    files = sorted(p for p in folder.rglob("*.lance") if p.is_file())
    sizes = [p.stat().st_size for p in files]
    chosen = rng.choices(files, sizes, k=count)
    return [(p, rng.randrange(p.stat().st_size), rng.randrange(8)) for p in chosen]


def test_a_flipped_bit_is_seen_or_means_nothing(made: Path, tmp_path: Path) -> None:
    query = made.parent / "0.wav"
    right = stored(made)
    silent = 0
    for number, (file, byte, bit) in enumerate(flipped(made, 30, seed=1)):
        copy = tmp_path / str(number)
        shutil.copytree(made, copy)
        target = copy / file.relative_to(made)
        content = bytearray(target.read_bytes())
        content[byte] ^= 1 << bit
        target.write_bytes(content)
        try:
            problems = Library(copy, FakeEncoder()).verify()
        except LibraryError:
            continue
        if not problems:
            silent += 1
            assert stored(copy) == right, (file.name, byte, bit)
        with suppress(ScorebridgeError):
            Library(copy, FakeEncoder()).find(query)
    assert silent < 30


def stored(folder: Path) -> list[tuple[object, ...]]:
    """All that answers depend on."""
    library = Library(folder, FakeEncoder())
    found = []
    for document in library.documents():
        encoded = library.encoded(document)
        vectors = (encoded.vectors, encoded.positions, encoded.halfway)
        found.append((document, *(part.tobytes() for part in vectors)))
    return found


def test_a_flipped_vector_is_found_and_repaired(made: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(made, copy)
    files = (copy / "documents.lance" / "data").iterdir()
    file = max(files, key=lambda path: path.stat().st_size)
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 16
    file.write_bytes(content)
    library = Library(copy, FakeEncoder())
    assert library.verify(quick=True) == []
    (problem,) = library.verify()
    assert "differs from its checksum" in problem.what
    assert all(p.repaired for p in library.verify(repair=True))
    assert library.verify() == [] and stored(copy) == stored(made)  # encoded again
    assert len(library.add(problem.subject).skipped) == 1


def test_a_piece_that_cannot_be_read_is_named_and_made_again(tmp_path: Path) -> None:
    library = Library(tmp_path / "library", FakeEncoder())
    for k in range(3):
        soundfile.write(tmp_path / f"{k}.wav", melody(5, k), 22050)
        library.add(tmp_path / f"{k}.wav", titles={tmp_path / f"{k}.wav": f"title {k}"})
    before = stored(library.path)
    pieces = sorted((library.path / "documents.lance" / "data").iterdir())
    assert len(pieces) == 3
    pieces[1].write_bytes(pieces[1].read_bytes()[:-40])
    (problem,) = library.verify()
    assert "cannot be read" in problem.what and "--repair" in problem.remedy
    assert all(p.repaired for p in library.verify(repair=True))
    assert library.verify() == []
    assert sorted(map(repr, stored(library.path))) == sorted(map(repr, before))


@pytest.fixture
def told(tmp_path: Path) -> Library:
    """A library with links, a corrected page, and pins."""
    cv2.imwrite(str(tmp_path / "a.png"), score_page(1, systems=2))
    soundfile.write(tmp_path / "b.wav", melody(8, 1), 22050)
    library = Library(tmp_path / "library", FakeEncoder())
    library.add([tmp_path / "a.png", tmp_path / "b.wav"])
    library.correct(tmp_path / "a.png", {"pages": [{"page": 1, "rotation": 0}]})
    library.align(tmp_path / "a.png", tmp_path / "b.wav", anchors=[Anchor(1.5, 2)])
    library.link()
    assert library.verify() == []
    return library


def test_a_flipped_bit_of_what_a_person_gave_is_seen_or_means_nothing(told: Library) -> None:
    query = told.path.parent / "a.png"
    right = given(told)
    for pattern in ("links.json", "corrections/*.json", "pairs/*.json", "library.json"):
        (file,) = told.path.glob(pattern)
        whole, rng = file.read_bytes(), random.Random(pattern)
        for _ in range(8):
            content = bytearray(whole)
            content[rng.randrange(len(content))] ^= 1 << rng.randrange(8)
            file.write_bytes(content)
            library = Library(told.path, FakeEncoder())
            with suppress(LibraryError):
                if not library.verify():
                    assert given(library) == right, content
                    continue
            with suppress(ScorebridgeError):
                library.find(query)
        file.write_bytes(whole)
        assert Library(told.path, FakeEncoder()).verify() == []


def given(library: Library) -> tuple[object, ...]:
    score, recording = library.documents()
    return (
        library.links(),
        library.page_corrections(score),
        library.pair_corrections(score, recording),
    )


def test_damaged_links_are_made_anew_and_corrections_are_kept(told: Library) -> None:
    (file,) = told.path.glob("corrections/*.json")
    for path in (file, told.path / "links.json"):
        path.write_text(path.read_text().replace("1", "2", 1))
    assert {Path(problem.subject).name for problem in told.verify()} == {file.name, "links.json"}
    assert {problem.repaired for problem in told.verify(repair=True)} == {True, False}
    (problem,) = told.verify()
    assert "differs from its checksum" in problem.what and "checksum" in problem.remedy
    assert told.link().asked == 2
    record = json.loads(file.read_text())
    del record["checksum"]  # what a person does who has looked
    file.write_text(json.dumps(record).replace("2", "1", 1))
    assert told.verify() == []


def test_everything_that_storage_throws_is_one_error() -> None:
    class PanicException(BaseException):
        pass

    for error in (ValueError("x"), PanicException("y"), RuntimeError("z, /b/c/d.rs:1:2")):

        @guarded
        def fail(error: BaseException = error) -> None:
            raise error

        with pytest.raises(LibraryError) as caught:
            fail()
        assert ".rs" not in str(caught.value)


def test_a_full_disk_is_known_by_what_it_says() -> None:
    assert is_disk_full(OSError("LanceError(IO): No space left on device (os error 28)"))
    error = LibraryError("cannot be written")
    error.__cause__ = OSError(28, "No space left on device")
    assert is_disk_full(error) and not is_disk_full(OSError(5, "Input/output error"))


def test_libraries_keep_room(made: Path) -> None:
    assert (made / ROOM).stat().st_size == 1 << 20
    Store(made).shed()
    assert Library(made, FakeEncoder()).verify() == []
