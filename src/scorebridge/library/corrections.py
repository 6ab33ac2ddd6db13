"""What a person corrected on pages, kept in the library beside the document it belongs to.

A correction is a page's systems as `scorebridge pages --json` writes them, edited: that
page is then not read but taken as given, wherever the file is encoded or aligned. It is kept
under the file's content (`corrections/<SHA-256>.json`), so it survives re-adding, moving,
renaming and even removing the document; pages that nobody corrected are read as ever.

Only `page` and each system's `box` are needed. Staves that are not given are looked for in the
box; bars that are not given are found as usual. Cost: nothing but reading a small file.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np

from scorebridge.encode.documents import encode_score
from scorebridge.encode.encoder import Encoder
from scorebridge.errors import LibraryError, UsageError
from scorebridge.files import content_id
from scorebridge.library.store import Store, row_of, writing
from scorebridge.score.systems import find_systems, system_in
from scorebridge.types import Box, Document, Encoded, Page, System

_MOST_SYSTEMS = 100  # on a page; a list longer than that is a mistake
_SAME = 0.003  # page fractions by which a box that nobody moved may differ from the one read


@dataclass(frozen=True, slots=True)
class GivenSystem:
    """One system as a person gave it; boxes and x as page fractions."""

    box: Box
    staves: tuple[Box, ...] = ()
    bars: tuple[tuple[float, float], ...] | None = None
    """`None`: not given, to be found. () says that there are none."""
    repeats: tuple[tuple[bool, bool], ...] = ()
    """(): as many as are read at the ends of the bars."""


@dataclass(frozen=True, slots=True)
class Corrections:
    """The corrected pages of one document: page number to its systems in reading order."""

    pages: Mapping[int, tuple[GivenSystem, ...]] = field(default_factory=dict)

    def systems(self, page: Page) -> list[System]:
        """The systems of a page: as given, else as read."""
        read, given = find_systems(page), self.pages.get(page.number)
        if given is None:
            return read
        return [_system(page, number, one, read) for number, one in enumerate(given, 1)]

    def merged(self, newer: Corrections) -> Corrections:
        """These and the newer ones, which win page by page."""
        return Corrections({**self.pages, **newer.pages})

    def without(self, pages: Iterable[int]) -> Corrections:
        """These less the named pages."""
        gone = set(pages)
        return Corrections({n: s for n, s in self.pages.items() if n not in gone})


def parse(record: Any, where: str) -> Corrections:
    """Corrections from the record of `pages --json` (other fields in it do not matter).

    Parameters
    ----------
    record : parsed JSON.
    where : what to call it in messages.

    Raises UsageError naming page, system and what is wrong there.
    """
    if not isinstance(record, dict) or not isinstance(record.get("pages"), list):
        raise UsageError(
            f'{where}: no corrections: it needs {{"pages": [{{"page": 1, "systems": ...}}]}},'
            " as `scorebridge pages FILE --json` prints."
        )
    pages: dict[int, tuple[GivenSystem, ...]] = {}
    for entry in record["pages"]:
        number = entry.get("page") if isinstance(entry, dict) else None
        if not isinstance(number, int) or isinstance(number, bool) or number < 1:
            raise UsageError(f"{where}: every page needs its number, from 1, as `page`.")
        if number in pages:
            raise UsageError(f"{where}: page {number} is there twice.")
        systems = entry.get("systems")
        if not isinstance(systems, list) or len(systems) > _MOST_SYSTEMS:
            raise UsageError(f"{where}: page {number} needs a list of at most 100 `systems`.")
        pages[number] = tuple(
            _given(system, f"{where}: page {number}, system {k}")
            for k, system in enumerate(systems, 1)
        )
    return Corrections(pages)


def read(path: Path) -> Corrections:
    """`parse` the JSON file `path`."""
    try:
        record = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise UsageError(f"{path}: not JSON ({error}).") from error
    return parse(record, str(path))


def load(library: Path, document_id: str) -> Corrections:
    """What the library in the folder `library` keeps for a content; none where nothing is."""
    path = _file(library, document_id)
    if not path.exists():
        return Corrections()
    try:
        return read(path)
    except UsageError as error:
        raise LibraryError(f"{error} Mend or delete that file.") from error


def known(library: Path, path: Path | str) -> Corrections:
    """`load` by file; it is only opened where the library holds any corrections."""
    if not (library / "corrections").is_dir():
        return Corrections()
    return load(library, content_id(Path(path)))


def save(library: Path, document_id: str, corrections: Corrections) -> None:
    """Keep corrections in one step; empty ones remove what was kept."""
    path = _file(library, document_id)
    if not corrections.pages:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(plain(corrections), indent=1), "utf-8")
    new.replace(path)


def correct(library: Path, path: Path, newer: Corrections, encoder: Encoder) -> Corrections:
    """Keep corrections of the score `path`, and encode it anew where the library holds it.

    Returns all corrections of that content, the earlier ones of other pages included. Raises
    `InputError` for the score, `UsageError` for a page it does not have, `LibraryError`. The
    corrections are kept before the old vectors go: killed in between, the next `add` of the
    file brings it back as corrected.
    """
    store, identity = Store(library), content_id(path)
    with writing(library):
        merged = load(library, identity).merged(newer)
        encoded = encode_score(path, encoder, systems_of=merged.systems)
        beyond = [number for number in newer.pages if number > encoded.pages]
        if beyond:
            raise UsageError(f"{path}: has {encoded.pages} pages, none numbered {beyond[0]}.")
        _keep(store, identity, merged, encoded)
    return merged


def keep(library: Path, identity: str, corrections: Corrections, encoded: Encoded) -> None:
    """Keep these corrections of a content, all there are, and its score as encoded with them."""
    with writing(library):
        _keep(Store(library), identity, corrections, encoded)


def _keep(store: Store, identity: str, corrections: Corrections, encoded: Encoded) -> None:
    save(store.folder, identity, corrections)
    names = [name for name, row in store.files().items() if row.id == identity]
    rows = [store.full_row(name) for name in names]
    if rows:
        store.drop_rows(names)
        store.sweep()
        store.append_vectors(identity, encoded)
        first = rows[0]
        document = Document(
            *(identity, first["path"], "score", first["title"]),
            *(encoded.extent, encoded.pages, encoded.places),
        )
        fresh = row_of(document, encoded)
        kept = ("path", "title", "size", "mtime_ns", "added", "encoder")
        store.put_rows([fresh | {name: row[name] for name in kept} for row in rows])


def plain(corrections: Corrections) -> dict[str, Any]:
    """The record that `parse` reads."""
    pages = [
        {"page": number, "systems": [_plain(system) for system in systems]}
        for number, systems in sorted(corrections.pages.items())
    ]
    return {"pages": pages}


def _file(library: Path, document_id: str) -> Path:
    return library / "corrections" / f"{document_id}.json"


def _plain(system: GivenSystem) -> dict[str, Any]:
    record: dict[str, Any] = {"box": system.box}
    if system.staves:
        record["staves"] = system.staves
    if system.bars is not None:
        record["bars"] = system.bars
    if system.repeats:
        record["repeats"] = system.repeats
    return record


def _given(record: Any, where: str) -> GivenSystem:
    if not isinstance(record, dict) or "box" not in record:
        raise UsageError(f"{where} needs a `box`.")
    box = _box(record["box"], where, "box")
    staves = tuple(_box(staff, where, "staff") for staff in _list(record, "staves", where))
    if any(a[1] >= b[1] for a, b in itertools.pairwise(staves)):
        raise UsageError(f"{where}: staves go from top to bottom.")
    bars = None
    if record.get("bars") is not None:
        bars = tuple(_range(bar, where) for bar in _list(record, "bars", where))
        if any(a[0] >= b[0] for a, b in itertools.pairwise(bars)):
            raise UsageError(f"{where}: bars go from left to right.")
    signs = _list(record, "repeats", where)
    if len(signs) != len(bars or ()):
        signs = []  # bars were added or taken away
    if any(not isinstance(s, list | tuple) or len(s) != 2 for s in signs):
        raise UsageError(f"{where}: each of `repeats` is a pair, [opens, closes].")
    return GivenSystem(box, staves, bars, tuple((bool(a), bool(b)) for a, b in signs))


def _list(record: dict[str, Any], name: str, where: str) -> list[Any]:
    value = record.get(name) or []
    if not isinstance(value, list | tuple):
        raise UsageError(f"{where}: `{name}` is a list.")
    return list(value)


def _numbers(value: Any, count: int) -> tuple[float, ...] | None:
    """`count` page fractions, `None` if that is not what `value` holds."""
    if not isinstance(value, list | tuple) or len(value) != count:
        return None
    if any(isinstance(v, bool) or not isinstance(v, int | float) for v in value):
        return None
    return tuple(float(v) for v in value) if all(0 <= v <= 1 for v in value) else None


def _box(value: Any, where: str, name: str) -> Box:
    numbers = _numbers(value, 4)
    if numbers is None or numbers[0] >= numbers[2] or numbers[1] >= numbers[3]:
        raise UsageError(
            f"{where}: its {name} {value!r} is not [x0, y0, x1, y1] in fractions of the page,"
            " 0 to 1, left before right and top before bottom."
        )
    return numbers[0], numbers[1], numbers[2], numbers[3]


def _range(value: Any, where: str) -> tuple[float, float]:
    numbers = _numbers(value, 2)
    if numbers is None or numbers[0] >= numbers[1]:
        raise UsageError(f"{where}: bar {value!r} is not [x0, x1] in fractions of the page.")
    return numbers[0], numbers[1]


def _system(page: Page, number: int, given: GivenSystem, read: Sequence[System]) -> System:
    """The system that a person gave, with what they left out read from the page."""
    same = (s for s in read if max(np.abs(np.subtract(s.box, given.box))) < _SAME)
    found = next(same, None)
    if found and (not given.staves or len(given.staves) == len(found.staves)):
        system = replace(found, number=number, confidence=1.0)  # left as it was: keeps its bend
    else:
        system = system_in(page, number, given.box, given.staves)
    if given.bars is None:
        return system
    count = len(given.bars)
    signs = given.repeats or _carried(system, given.bars)
    return replace(system, bars=given.bars, bar_confidence=(1.0,) * count, repeats=signs)


def _carried(read: System, bars: Sequence[tuple[float, float]]) -> tuple[tuple[bool, bool], ...]:
    """Repeat signs of the system as read, where given bars begin or end at them."""
    signs = list(zip(read.bars, read.repeats, strict=False))
    opening = [bar[0] for bar, sign in signs if sign[0]]
    closing = [bar[1] for bar, sign in signs if sign[1]]

    def near(x: float, places: Sequence[float]) -> bool:
        return any(abs(x - place) < 3 * _SAME for place in places)

    return tuple((near(a, opening), near(b, closing)) for a, b in bars)
