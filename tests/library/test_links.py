"""Links of a whole library: found, kept, brought up to date.

Scores and recordings come as vectors of made-up pieces through an `encode` of the test's own; the
files only name them.
"""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scorebridge import Library
from scorebridge.encode.encoder import Encoder
from scorebridge.errors import LibraryError
from scorebridge.library import links
from scorebridge.testing import FakeEncoder
from scorebridge.types import Encoded
from synthetic import DIM, compose, perform, recording, score

SCORE, SOUND = b"\x89PNG\r\n\x1a\n", b"fLaC\0\0\0\x22"


class World:
    """Pieces by number; `encode` gives the score or a recording that a file is named for."""

    def __init__(self, pieces: int) -> None:
        self.rng = np.random.default_rng(7)
        self.pieces = [compose(self.rng, 100) for _ in range(pieces)]

    def encode(self, path: Path, encoder: Encoder) -> Encoded:
        piece = self.pieces[int(path.stem.split("-")[0])]
        if path.suffix == ".png":
            return score(self.rng, piece)
        return recording(self.rng, piece, perform(self.rng, piece))

    def file(self, folder: Path, name: str) -> Path:
        path = folder / name
        path.write_bytes((SCORE if path.suffix == ".png" else SOUND) + name.encode())
        return path


@pytest.fixture(scope="module")
def world() -> World:
    return World(6)


@pytest.fixture
def library(tmp_path: Path, world: World) -> Library:
    """Scores 0 to 3 and recordings 1 to 4: three pairs, one of each alone."""
    made = Library(tmp_path / "library", FakeEncoder(dim=DIM))
    files = [world.file(tmp_path, f"{k}.png") for k in range(4)]
    files += [world.file(tmp_path, f"{k}.flac") for k in range(1, 5)]
    made.add(files, encode=world.encode)
    return made


def pairs(library: Library) -> list[tuple[str, str]]:
    return sorted((Path(k.recording).stem, Path(k.score).stem) for k in library.links())


def test_a_library_is_paired(library: Library) -> None:
    assert library.links() == []
    report = library.link()
    assert report.asked == 8 and len(report.added) == 3 and not report.dropped
    assert pairs(library) == [("1", "1"), ("2", "2"), ("3", "3")]
    link = library.links()[0]
    assert 0.5 < link.confidence <= 1
    assert link.start_s < 4 and link.end_s > 40
    assert (link.first_page, link.last_page) == (1, 2)
    assert library.links(link.score) == [link] and library.links("0.png") == []
    again = library.link()
    assert again.asked == 0 and again.links == report.links and not again.added
    assert library.link(rebuild=True).asked == 8


def test_links_follow_what_comes_and_goes(library: Library, world: World, tmp_path: Path) -> None:
    library.link()
    library.add(world.file(tmp_path, "4.png"), encode=world.encode)
    assert pairs(library)[-1] == ("4", "4")
    # A second performance is a link of its own, and costs the first nothing.
    library.add(world.file(tmp_path, "2-live.flac"), encode=world.encode)
    assert ("2", "2") in pairs(library) and ("2-live", "2") in pairs(library)
    library.remove(tmp_path / "2.png")
    assert all(score != "2" for _, score in pairs(library))
    known = links._read(library.path).answers
    present = {document.id for document in library.documents()}
    assert set(known) == present
    assert all(a.document in present for found in known.values() for a in found)


def test_a_library_without_links_is_left_alone(
    library: Library, world: World, tmp_path: Path
) -> None:
    library.add(world.file(tmp_path, "5.png"), encode=world.encode)
    assert not links.links_exist(library.path)
    library.link()
    library.add(world.file(tmp_path, "5.flac"), encode=world.encode, relink=False)
    assert ("5", "5") not in pairs(library)
    assert library.link().asked >= 1
    assert ("5", "5") in pairs(library)


def test_another_encoder_or_calibration_asks_anew(library: Library) -> None:
    library.link()
    stored = links._read(library.path)
    links._write(library.path, stored.answers, stored.made_with + "?")
    assert library.link().asked == 8


def test_a_corrected_document_is_asked_again(library: Library) -> None:
    library.link()
    links.forget_answer(library.path, library.documents()[0].id)
    assert library.link().asked >= 1


def test_a_broken_file_is_told(library: Library) -> None:
    library.link()
    (library.path / links.LINKS_FILE).write_text("{")
    with pytest.raises(LibraryError, match="Delete it"):
        library.links()
