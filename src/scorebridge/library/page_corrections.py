"""What a person corrected on pages, kept in the library beside the document.

A correction is a page's systems as `scorebridge pages --json` writes them, edited: that page is
then not read but taken as given, wherever the file is encoded or aligned. It is kept under the
file's content (`corrections/<SHA-256>.json`), so it survives re-adding, moving, renaming and even
removing the document; pages without a correction are read as usual.

Only `page` and each system's `box` are needed. Staves that are not given are looked for in the
box; bars that are not given are found as usual. Cost: nothing but reading a small file.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any

import numpy as np
from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter, ValidationError

from scorebridge.errors import LibraryError, UsageError
from scorebridge.files import write_atomically
from scorebridge.types import Box, Page, System

PAGE_FOLDER = "corrections"
MAX_SYSTEMS = 100  # on a page; a longer list is a mistake
SAME = 0.003  # page fractions by which a box that nobody moved may differ from the one read


def _box(box: Box) -> Box:
    if box[0] >= box[2] or box[1] >= box[3]:
        raise ValueError("empty box")
    return box


def _range(ends: tuple[float, float]) -> tuple[float, float]:
    if ends[0] >= ends[1]:
        raise ValueError("empty range")
    return ends


PageFraction = Annotated[float, Field(strict=True, ge=0, le=1)]
PageBox = Annotated[
    tuple[PageFraction, PageFraction, PageFraction, PageFraction], AfterValidator(_box)
]
PageRange = Annotated[tuple[PageFraction, PageFraction], AfterValidator(_range)]
NoneAsEmpty = BeforeValidator(lambda value: () if value is None else value)


@dataclass(frozen=True, slots=True)
class GivenSystem:
    """One system as a person gave it; boxes and x as page fractions."""

    box: PageBox
    staves: Annotated[tuple[PageBox, ...], NoneAsEmpty] = ()
    """From top to bottom; () to look for them in the box."""
    bars: tuple[PageRange, ...] | None = None
    """From left to right; `None` to find them, () where there are none."""
    repeats: Annotated[tuple[tuple[bool, bool], ...], NoneAsEmpty] = ()
    """For each bar, whether a repeat opens and closes; () to read them."""

    def __post_init__(self) -> None:
        if any(a[1] >= b[1] for a, b in itertools.pairwise(self.staves)):
            raise ValueError("staves go from top to bottom.")
        if any(a[0] >= b[0] for a, b in itertools.pairwise(self.bars or ())):
            raise ValueError("bars go from left to right.")
        if len(self.repeats) != len(self.bars or ()):  # bars were added or taken away
            object.__setattr__(self, "repeats", ())


@dataclass(frozen=True, slots=True)
class PageCorrections:
    """The corrected pages of one document: page number to its systems in reading order."""

    pages: Mapping[int, tuple[GivenSystem, ...]] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.pages)

    def systems(self, page: Page) -> list[System]:
        """The systems of a page: as given, else as read."""
        from scorebridge.score.numbers import read_numbers  # OpenCV: a search needs none of it
        from scorebridge.score.systems import find_systems

        read, given = find_systems(page), self.pages.get(page.number)
        if given is None:
            return read
        systems = [_system(page, number, one, read) for number, one in enumerate(given, 1)]
        return read_numbers(page, systems)

    def read_page(self, page: Page) -> tuple[Page, list[System]]:
        """A page as it is stored, turned upright, and its systems: as given, else as read."""
        from scorebridge.score.direction import read_upright

        if page.number not in self.pages:
            return read_upright(page)
        return page, self.systems(page)

    def merged(self, newer: PageCorrections) -> PageCorrections:
        """These and the newer ones, which win page by page."""
        return PageCorrections({**self.pages, **newer.pages})

    def without(self, pages: Iterable[int]) -> PageCorrections:
        """These less the named pages."""
        gone = set(pages)
        return PageCorrections({n: s for n, s in self.pages.items() if n not in gone})


@dataclass(frozen=True, slots=True)
class _GivenPage:
    page: Annotated[int, Field(strict=True, ge=1)]
    systems: Annotated[tuple[GivenSystem, ...], Field(max_length=MAX_SYSTEMS)]


@dataclass(frozen=True, slots=True)
class _Record:
    pages: tuple[_GivenPage, ...]


@cache
def _record() -> TypeAdapter[_Record]:
    return TypeAdapter(_Record)


def parse_page_corrections(record: Any, where: str) -> PageCorrections:
    """Corrections from the record of `pages --json`, whose other fields do not matter.

    Parameters
    ----------
    record : parsed JSON.
    where : what to call it in messages.

    Raises `UsageError`, which names the page, the system and what is wrong there.
    """
    try:
        given = _record().validate_python(record)
    except ValidationError as error:
        raise UsageError(f"{where}: {_message(error, record)}") from None
    pages: dict[int, tuple[GivenSystem, ...]] = {}
    for page in given.pages:
        if page.page in pages:
            raise UsageError(f"{where}: page {page.page} is there twice.")
        pages[page.page] = page.systems
    return PageCorrections(pages)


def page_corrections_record(corrections: PageCorrections) -> dict[str, Any]:
    """The record that `parse_page_corrections` reads."""
    pages = (_GivenPage(n, systems) for n, systems in sorted(corrections.pages.items()))
    return _record().dump_python(_Record(tuple(pages)), mode="json", exclude_defaults=True)


def read_page_corrections(path: Path) -> PageCorrections:
    """Read the JSON file `path`. Raises `UsageError`, as `parse_page_corrections`."""
    try:
        record = json.loads(path.read_text("utf-8"))
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from error
    except ValueError as error:
        raise UsageError(f"{path}: not JSON ({error}).") from error
    return parse_page_corrections(record, str(path))


def load_page_corrections(library: Path, document_id: str) -> PageCorrections:
    """What the library in the folder `library` keeps for a content; nothing where there is none.

    Raises `LibraryError`.
    """
    path = _path(library, document_id)
    if not path.exists():
        return PageCorrections()
    try:
        return read_page_corrections(path)
    except UsageError as error:
        raise LibraryError(f"{error} Correct or delete that file.") from error


def save_page_corrections(library: Path, document_id: str, corrections: PageCorrections) -> None:
    """Keep corrections; empty ones remove what was kept. Raises `OSError`."""
    path = _path(library, document_id)
    if corrections:
        record = page_corrections_record(corrections)
        write_atomically(path, json.dumps(record, indent=1))
    else:
        path.unlink(missing_ok=True)


def _path(library: Path, document_id: str) -> Path:
    return library / PAGE_FOLDER / f"{document_id}.json"


def _message(error: ValidationError, record: Any) -> str:
    """The first thing that is wrong, with its page and system."""
    first = error.errors(include_url=False)[0]
    match first["loc"]:
        case ("pages", int(k), "systems", int(n), *rest):
            page = record["pages"][k]["page"]
            given = record["pages"][k]["systems"][n]
            text = _system_message(rest, given, first)
            return f"page {page}, system {n + 1}{text}"
        case ("pages", int(k), "systems", *_):
            page = record["pages"][k]["page"]
            return f"page {page} needs a list of at most {MAX_SYSTEMS} `systems`."
        case ("pages", int(), *_):
            return "every page needs its number, from 1, as `page`."
    return (
        'no corrections: it needs {"pages": [{"page": 1, "systems": ...}]},'
        " as `scorebridge pages FILE --json` prints."
    )


def _system_message(where: list[int | str], given: Any, error: Any) -> str:
    fractions = "in fractions of the page, 0 to 1, left before right and top before bottom."
    match where:
        case ["box"] if isinstance(given, dict) and "box" not in given:
            return " needs a `box`."
        case ["box", *_]:
            return f": its box {given['box']!r} is not [x0, y0, x1, y1] {fractions}"
        case ["repeats", int(), *_]:
            return ": each of `repeats` is a pair, [opens, closes]."
        case ["staves", int(k), *_]:
            return f": its staff {given['staves'][k]!r} is not [x0, y0, x1, y1] {fractions}"
        case ["bars", int(k), *_]:
            return f": bar {given['bars'][k]!r} is not [x0, x1] in fractions of the page."
        case [str(name), *_]:
            return f": `{name}` is a list."
    cause = error.get("ctx", {}).get("error")
    return f": {cause}" if cause else " needs a `box`."


def _system(page: Page, number: int, given: GivenSystem, read: Sequence[System]) -> System:
    """The system that a person gave, with what they left out read from the page."""
    from scorebridge.score.systems import system_in

    same = (s for s in read if max(np.abs(np.subtract(s.box, given.box))) < SAME)
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
        return any(abs(x - place) < 3 * SAME for place in places)

    return tuple((near(a, opening), near(b, closing)) for a, b in bars)
