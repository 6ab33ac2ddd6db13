"""A library's documents searched on disk: as in memory, whatever is indexed and whatever is not."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scorebridge import Library
from scorebridge.encode.encoder import Encoder
from scorebridge.errors import LibraryError
from scorebridge.library import segments
from scorebridge.library.readers import Reading, anybody_reads
from scorebridge.library.segments import extend, read_segments, segment_path
from scorebridge.library.store import Store, writing
from scorebridge.retrieval.find import find_documents
from scorebridge.retrieval.two_way import DtwSettings
from scorebridge.testing import FakeEncoder
from scorebridge.types import Encoded, Hit
from synthetic import DIM, compose, excerpt, perform, recording, score

SCORE, SOUND = b"\x89PNG\r\n\x1a\n", b"fLaC\0\0\0\x22"
PIECES = 90


class World:
    """Pieces by number: scores, and recordings of them as questions."""

    def __init__(self) -> None:
        self.rng = np.random.default_rng(11)
        self.pieces = [compose(self.rng, 60) for _ in range(PIECES)]
        self.scores = [score(self.rng, piece) for piece in self.pieces]

    def encode(self, path: Path, encoder: Encoder) -> Encoded:
        return self.scores[int(path.stem)]

    def query(self, number: int) -> Encoded:
        piece = self.pieces[number]
        heard = recording(self.rng, piece, perform(self.rng, piece))
        return excerpt(heard, 2, 14)


@pytest.fixture(scope="module")
def world() -> World:
    return World()


def files(folder: Path, numbers: range) -> list[Path]:
    made = []
    for number in numbers:
        path = folder / f"{number}.png"
        path.write_bytes(SCORE + path.name.encode())
        made.append(path)
    return made


@pytest.fixture
def library(tmp_path: Path, world: World) -> Library:
    made = Library(tmp_path / "library", FakeEncoder(dim=DIM))
    made.add(files(tmp_path, range(PIECES)), encode=world.encode)
    return made


def index(library: Library, max_exact: int = 0, max_windows: int = 1 << 21) -> int:
    with writing(library.path):
        return extend(Store(library.path), max_exact, max_windows)


def ask(library: Library, query: Encoded) -> list[Hit]:
    """Ten hits of a short-list of 20 of the 90 documents."""
    settings = DtwSettings(shortlist=20)
    return find_documents(query, library.shelf("score"), settings=settings)


def in_memory(library: Library, query: Encoded) -> list[Hit]:
    settings = DtwSettings(shortlist=20)
    return find_documents(query, library.candidates("score"), settings=settings)


def test_without_an_index_the_answers_are_those_of_memory(library: Library, world: World) -> None:
    assert read_segments(Store(library.path).tables) == ()
    for number in range(0, PIECES, 15):
        query = world.query(number)
        assert ask(library, query) == in_memory(library, query)


def test_with_an_index_the_best_answer_is_the_same(library: Library, world: World) -> None:
    assert index(library) == 1
    (entry,) = read_segments(Store(library.path).tables)
    assert (entry.kind, entry.documents) == ("score", PIECES)
    assert library.verify() == []
    for number in range(0, PIECES, 15):
        query = world.query(number)
        first, wanted = ask(library, query)[0], in_memory(library, query)[0]
        assert Path(first.path).stem == str(number)
        assert (first.path, first.passages) == (wanted.path, wanted.passages)
        assert first.score == pytest.approx(wanted.score)


def test_what_comes_later_is_found_at_once_and_what_goes_is_not(
    library: Library, world: World, tmp_path: Path
) -> None:
    library.remove(tmp_path / "33.png")
    index(library)
    query, again = world.query(33), world.query(12)
    assert Path(ask(library, query)[0].path).stem != "33"
    library.add(files(tmp_path, range(33, 34)), encode=world.encode)
    assert len(read_segments(Store(library.path).tables)) == 1
    assert Path(ask(library, query)[0].path).stem == "33"
    assert Path(ask(library, again)[0].path).stem == "12"
    library.remove(tmp_path / "12.png")
    assert "12" not in {Path(hit.path).stem for hit in ask(library, again)}


def test_small_segments_are_joined_and_whole_ones_stay(tmp_path: Path, world: World) -> None:
    library = Library(tmp_path / "library", FakeEncoder(dim=DIM))
    windows = len(world.scores[0].vectors)
    sizes = []
    for first in range(0, PIECES, 15):
        library.add(files(tmp_path, range(first, first + 15)), encode=world.encode)
        index(library, max_exact=0, max_windows=40 * windows)
        entries = read_segments(Store(library.path).tables)
        sizes.append(sorted(entry.documents for entry in entries))
        assert sum(entry.documents for entry in entries) == first + 15
        folder = segment_path(Store(library.path).tables, entries[0]).parent
        assert len(list(folder.iterdir())) == len(entries)  # what was replaced is gone
    assert sizes[0] == [15] and sizes[1] == [30] and len(sizes[-1]) <= 3
    assert index(library, max_exact=0) == 0  # nothing is new
    query = world.query(77)
    assert Path(ask(library, query)[0].path).stem == "77"


def test_a_segment_that_lost_much_is_made_again(library: Library, tmp_path: Path) -> None:
    index(library)
    library.remove(tmp_path / "50.png")
    (entry,) = read_segments(Store(library.path).tables)
    assert entry.documents == PIECES
    library.remove([tmp_path / f"{k}.png" for k in range(40)])
    (entry,) = read_segments(Store(library.path).tables)
    assert entry.documents == PIECES - 41


def test_damage_is_named_and_made_again(
    library: Library, world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    index(library)
    store = Store(library.path)
    (entry,) = read_segments(store.tables)
    path = segment_path(store.tables, entry) / "documents.npz"
    content = path.read_bytes()
    path.write_bytes(content[:-1] + bytes([content[-1] ^ 1]))
    (problem,) = library.verify()
    assert problem.subject == str(path.parent) and "checksum" in problem.what
    assert [p.repaired for p in library.verify(repair=True)] == [True]
    assert library.verify() == []
    index(library)
    listed = store.tables / segments.SEGMENTS_FILE
    listed.write_text(listed.read_text().replace("score", "scorn", 1))
    with pytest.raises(LibraryError, match="verify --repair"):
        ask(library, world.query(3))
    assert [p.repaired for p in library.verify(repair=True)] == [True]
    assert library.verify() == []
    assert Path(ask(library, world.query(3))[0].path).stem == "3"


def test_memory_between_questions_is_bounded(library: Library, world: World) -> None:
    ask(library, world.query(1))
    assert len(library._kept["score"].fresh) == PIECES
    index(library)
    ask(library, world.query(1))
    assert library._kept["score"].fresh == {}


def test_old_versions_go_unless_somebody_reads(
    library: Library, world: World, tmp_path: Path
) -> None:
    def versions() -> int:
        return len(Store(library.path).table("documents").versions())

    assert not anybody_reads(library.path) and versions() == 1
    with Reading(library.path).going_on():
        assert anybody_reads(library.path)
        library.remove([tmp_path / "1.png", tmp_path / "2.png"])
        assert versions() > 1
    assert not anybody_reads(library.path)
    library.remove([tmp_path / "3.png"])
    assert versions() == 1


def test_disk_stays_near_the_data(library: Library, world: World) -> None:
    data = sum(s.vectors.size * 2 + 4 * len(s.vectors) for s in world.scores)
    used = sum(p.stat().st_size for p in library.path.rglob("*") if p.is_file()) - (1 << 20)
    assert used < 1.5 * data + 300_000
