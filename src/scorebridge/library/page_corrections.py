"""What a person corrected on pages, kept in the library beside the document.

A correction is a page as `scorebridge pages --json` writes it, edited: its direction, its systems,
or both. That page is then not read but taken as given, wherever the file is encoded or aligned. It
is kept under the file's content (`corrections/<SHA-256>.json`), so it survives re-adding, moving,
renaming and even removing the document; pages without a correction are read as usual.

The page is first turned by the `rotation` that is given; its boxes are those of the turned page.
Where only `rotation` is given, its systems are read. Of a system only `box` is needed: staves that
are not given are looked for in it, and bars, kinds of staves, groups and the printed number are
found as usual. Numbers of bars that are given stay, and those of other bars count on from them.
Cost: nothing but reading a small file.
"""

from __future__ import annotations

import itertools
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from pathlib import Path
from typing import Annotated, Any, get_args

import numpy as np
from pydantic import AfterValidator, BeforeValidator, Field, TypeAdapter, ValidationError

from scorebridge.errors import LibraryError, UsageError
from scorebridge.files import open_regular, write_atomically
from scorebridge.library.damage import check_seal, sealed
from scorebridge.score.rotations import rotations_of
from scorebridge.types import (
    Box,
    Document,
    Encoded,
    Page,
    Rotation,
    StaffGroup,
    StaffKind,
    System,
)

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
PrintedNumber = Annotated[str, Field(pattern=r"^[0-9]{0,5}$")]
BarNumber = Annotated[str, Field(pattern=r"^[0-9]{1,5}[a-z]?$")]
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
    staff_kinds: Annotated[tuple[StaffKind, ...], NoneAsEmpty] = ()
    """Of each staff; () to read them."""
    groups: tuple[StaffGroup, ...] | None = None
    """The braces and brackets; `None` to read them, () where there are none."""
    printed_number: PrintedNumber | None = None
    """The bar number that is printed at its beginning; `None` to read it, empty for none."""
    numbers: Annotated[tuple[BarNumber, ...], NoneAsEmpty] = ()
    """For each bar, its editor's number; () to count them, as in systems after one whose numbers
    do not fit its bars any more."""

    def __post_init__(self) -> None:
        if any(a[1] >= b[1] for a, b in itertools.pairwise(self.staves)):
            raise ValueError("staves go from top to bottom.")
        if any(a[0] >= b[0] for a, b in itertools.pairwise(self.bars or ())):
            raise ValueError("bars go from left to right.")
        if any(not 1 <= group.first <= group.last for group in self.groups or ()):
            raise ValueError("a group goes from its `first` staff down to its `last`, from 1.")
        staves = len(self.staves)
        if len(self.repeats) != len(self.bars or ()):  # bars were added or taken away
            object.__setattr__(self, "repeats", ())
        if len(self.numbers) != len(self.bars or ()):
            object.__setattr__(self, "numbers", ())
        if len(self.staff_kinds) != staves:  # staves were
            object.__setattr__(self, "staff_kinds", ())
        if staves and any(group.last > staves for group in self.groups or ()):
            object.__setattr__(self, "groups", None)


@dataclass(frozen=True, slots=True)
class GivenPage:
    """One page as a person gave it."""

    systems: tuple[GivenSystem, ...] | None = None
    """In reading order; `None` to read them."""
    rotation: Rotation | None = None
    """Degrees clockwise by which the stored page is turned; `None`: not at all."""


@dataclass(frozen=True, slots=True)
class PageCorrections:
    """The corrected pages of one document, by their numbers."""

    pages: Mapping[int, GivenPage] = field(default_factory=dict)

    def __bool__(self) -> bool:
        return bool(self.pages)

    def read_page(self, page: Page) -> tuple[Page, list[System]]:
        """A page as it is stored, turned upright, and its systems: as given, else as read."""
        from scorebridge.score.direction import read_upright, turned  # a search needs none of it
        from scorebridge.score.numbers import read_numbers
        from scorebridge.score.systems import find_systems

        given = self.pages.get(page.number)
        if given is None:
            return read_upright(page)
        page = replace(turned(page, given.rotation or 0), rotation_confidence=1.0)
        read = find_systems(page)
        if given.systems is None:
            return page, read
        systems = [_system(page, number, one, read) for number, one in enumerate(given.systems, 1)]
        numbered = read_numbers(page, systems)
        return page, [_numbered(s, one) for s, one in zip(numbered, given.systems, strict=True)]

    def rotations(self, score: Document | Encoded) -> dict[int, Rotation]:
        """Page number to its rotation, of the pages of `score` that are turned: as given, else as
        they were read."""
        read = rotations_of(score.places, score.pages)
        given: dict[int, Rotation] = {n: page.rotation or 0 for n, page in self.pages.items()}
        return {n: rotation for n, rotation in (read | given).items() if rotation}

    def turned(self, rotations: Mapping[int, Rotation]) -> PageCorrections:
        """These, with the rotation of each page that states none and has one in `rotations`."""
        return PageCorrections(
            {
                n: replace(page, rotation=rotations.get(n)) if page.rotation is None else page
                for n, page in self.pages.items()
            }
        )

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
    systems: Annotated[tuple[GivenSystem, ...], Field(max_length=MAX_SYSTEMS)] | None = None
    rotation: Rotation | None = None


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
    pages: dict[int, GivenPage] = {}
    shifted = False  # numbers are left over from before bars were added or taken away
    for page, stated in zip(given.pages, record["pages"], strict=True):
        if page.page in pages:
            raise UsageError(f"{where}: page {page.page} is there twice.")
        if page.systems is None and page.rotation is None:
            raise UsageError(f"{where}: page {page.page} needs `systems` or a `rotation`.")
        systems = list(page.systems or ())
        for k, system in enumerate(systems):
            numbers = stated["systems"][k].get("numbers") or ()
            shifted = shifted or len(system.numbers) < len(numbers)
            systems[k] = replace(system, numbers=()) if shifted else system
        kept = None if page.systems is None else tuple(systems)
        pages[page.page] = GivenPage(kept, page.rotation)
    return PageCorrections(pages)


def page_corrections_record(corrections: PageCorrections) -> dict[str, Any]:
    """The record that `parse_page_corrections` reads."""
    pages = (
        _GivenPage(n, page.systems, page.rotation) for n, page in sorted(corrections.pages.items())
    )
    return _record().dump_python(_Record(tuple(pages)), mode="json", exclude_defaults=True)


def read_page_corrections(path: Path) -> PageCorrections:
    """Read the JSON file `path`. Raises `UsageError`, as `parse_page_corrections`."""
    return parse_page_corrections(_read_json(path), str(path))


def _read_json(path: Path) -> Any:
    try:
        with open_regular(path) as file:
            return json.loads(file.read())
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror}).") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"{path}: not JSON ({error}).") from error


def load_page_corrections(library: Path, document_id: str) -> PageCorrections:
    """What the library in the folder `library` keeps for a content; nothing where there is none.

    Raises `LibraryError`.
    """
    path = _path(library, document_id)
    if not path.exists():
        return PageCorrections()
    try:
        record = _read_json(path)
        check_seal(record, path)
        return parse_page_corrections(record, str(path))
    except UsageError as error:
        raise LibraryError(f"{error} Correct or delete that file.") from error


def save_page_corrections(library: Path, document_id: str, corrections: PageCorrections) -> None:
    """Keep corrections; empty ones remove what was kept. Raises `OSError`."""
    path = _path(library, document_id)
    if corrections:
        record = page_corrections_record(corrections)
        write_atomically(path, json.dumps(sealed(record), indent=1))
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
        case ("pages", int(k), "rotation", *_):
            page = record["pages"][k]["page"]
            return f"page {page}: its rotation is not 0, 90, 180 or 270 degrees."
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
        case ["staff_kinds", int(), *_]:
            kinds = ", ".join(get_args(StaffKind))
            return f": each of `staff_kinds` is one of {kinds}."
        case ["groups", int(), *_]:
            return ': each of `groups` is {"kind": "brace" or "bracket", "first": 1, "last": 2}.'
        case ["printed_number"]:
            return ": its `printed_number` is digits, or empty where none is printed."
        case ["numbers", int(), *_]:
            return ": each of `numbers` is text such as 12 or 12b."
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

    found = next((s for s in read if _is_left_alone(given, s)), None)
    if found:
        system = replace(found, number=number, confidence=1.0)  # keeps its bend
    else:
        system = system_in(page, number, given.box, given.staves)
    count = len(system.staves)
    kinds = given.staff_kinds or system.staff_kinds
    groups = system.groups if given.groups is None else given.groups
    system = replace(
        system,
        staff_kinds=kinds if len(kinds) == count and set(kinds) != {"standard"} else (),
        groups=tuple(group for group in groups if group.last <= count),
    )
    if given.bars is None:
        return system
    count = len(given.bars)
    signs = given.repeats or _carried(system, given.bars)
    return replace(system, bars=given.bars, bar_confidence=(1.0,) * count, repeats=signs)


def _is_left_alone(given: GivenSystem, read: System) -> bool:
    """Whether box and staves are those that were read."""
    boxes = [given.box, *given.staves]
    same = [read.box, *(read.staves if given.staves else ())]
    return len(boxes) == len(same) and float(np.max(np.abs(np.subtract(boxes, same)))) < SAME


def _numbered(system: System, given: GivenSystem) -> System:
    """With the numbers that a person gave, as `score.numbers.number_bars` expects them."""
    if given.numbers:
        system = replace(system, numbers=given.numbers)
    if given.printed_number is None:
        return system
    return replace(system, printed_number=given.printed_number, number_readings=())


def _carried(read: System, bars: Sequence[tuple[float, float]]) -> tuple[tuple[bool, bool], ...]:
    """Repeat signs of the system as read, where given bars begin or end at them."""
    signs = list(zip(read.bars, read.repeats, strict=False))
    opening = [bar[0] for bar, sign in signs if sign[0]]
    closing = [bar[1] for bar, sign in signs if sign[1]]

    def near(x: float, places: Sequence[float]) -> bool:
        return any(abs(x - place) < 3 * SAME for place in places)

    return tuple((near(a, opening), near(b, closing)) for a, b in bars)
