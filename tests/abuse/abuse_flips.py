"""Flipped bits in every file of a library: seen, or without effect."""

import random
import shutil
import sqlite3
from pathlib import Path

import cv2
import soundfile
from abuse_tally import Tally

from scorebridge import Library
from scorebridge.errors import LibraryError, ScorebridgeError
from scorebridge.server.cache import DocumentCache
from scorebridge.server.queue import JobQueue
from scorebridge.server.rebuilding import check_databases
from scorebridge.server.settings import ServerSettings
from scorebridge.server.upload_store import UploadNames
from scorebridge.testing import FakeEncoder, melody, score_page
from scorebridge.types import Anchor

UNCHECKED = ("lock", "lock.pid", "room", "failures.json")  # hold nothing that answers depend on


def flip_bits(tally: Tally, folder: Path, count: int, rng: random.Random) -> None:
    """Flip `count` bits, one at a time, in files of a library that a server has used."""
    score, sound = folder / "a.png", folder / "b.wav"
    cv2.imwrite(str(score), score_page(1, systems=2))
    soundfile.write(sound, melody(8, 1), 22050)
    library = Library(folder / "library", FakeEncoder())
    library.add([score, sound])
    library.correct(score, {"pages": [{"page": 1, "rotation": 0}]})
    library.align(score, sound, anchors=[Anchor(1.5, 2)])
    library.link()
    settings = ServerSettings(library.path)
    settings.folder.mkdir()
    cache = DocumentCache(settings.cache, 1 << 30)
    (document, _) = library.documents()
    cache.put(document.id, "page-1.jpg", rng.randbytes(3000))
    JobQueue(settings.queue).submit("add", "a title", {"file": "a.png"})
    UploadNames(settings.upload_names).put("a.png", "the name.png")
    assert library.verify() == []
    right = answers(library, settings)
    copy = folder / "copy"
    files = [p for p in sorted(library.path.rglob("*")) if p.is_file() and p.stat().st_size]
    files = [p for p in files if p.name not in UNCHECKED and not p.name.endswith(("-wal", "-shm"))]
    weights = [p.stat().st_size ** 0.5 for p in files]
    for number in range(count):
        (file,) = rng.choices(files, weights)
        byte, bit = rng.randrange(file.stat().st_size), rng.randrange(8)
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(library.path, copy)
        target = copy / file.relative_to(library.path)
        content = bytearray(target.read_bytes())
        content[byte] ^= 1 << bit
        target.write_bytes(content)
        where = f"{file.relative_to(library.path)}, byte {byte}, bit {bit}"
        is_database = ".sqlite" in file.name
        attack = f"a flipped bit: {'databases of the server' if is_database else 'library'}"
        try:
            fault = outcome(copy, right, is_database, score)
        except BaseException as error:
            fault = repr(error)
        tally.check(attack, not fault, f"{number}: {where}: {fault}")


def outcome(copy: Path, right: list[object], is_database: bool, query: Path) -> str:
    """What a damaged library does that it should not; empty for nothing."""
    library, settings = Library(copy, FakeEncoder()), ServerSettings(copy)
    if is_database:
        try:
            check_databases(settings)
            database = answers(library, settings, of_database=True)
        except (LibraryError, sqlite3.DatabaseError):
            return ""
        return "" if len(database) == 2 else "rows are gone"
    seen = False
    try:
        seen = bool(library.verify())
    except LibraryError:
        seen = True
    if not seen and answers(library, settings) != right:
        return "not seen, and answers differ"
    try:
        library.find(query)
    except ScorebridgeError as error:
        return "" if "\n" not in str(error) else f"more than a line: {error}"
    return ""


def answers(library: Library, settings: ServerSettings, of_database: bool = False) -> list[object]:
    """All that a library and its server's files say."""
    if of_database:
        jobs = JobQueue(settings.queue).counts()["queued"]
        return [jobs, UploadNames(settings.upload_names).all()]
    found: list[object] = []
    for document in library.documents():
        encoded = library.encoded(document)
        parts = (encoded.vectors, encoded.positions, encoded.halfway)
        found += [document, *(part.tobytes() for part in parts)]
    score, recording = library.documents()
    found += [library.page_corrections(score), library.pair_corrections(score, recording)]
    found += [library.links()]
    return found + [p.read_bytes() for p in sorted(settings.cache.rglob("*.jpg"))]
