"""What a person stated about how a recording goes through a score, kept with the pair.

Anchors ("pins" in files and on the command line) and the order of sections override everything that
the alignment finds. They are kept under both files' contents
(`pairs/<SHA-256 of the score>-<SHA-256 of the recording>.json`), so they survive moving, renaming,
and removing and adding again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from pydantic import TypeAdapter, ValidationError

from scorebridge.errors import LibraryError, UsageError
from scorebridge.files import write_atomically
from scorebridge.library.damage import check_seal, sealed
from scorebridge.types import Anchor, BarRange

PAIR_FOLDER = "pairs"


@dataclass(frozen=True, slots=True)
class PairCorrections:
    """Anchors and sections of a pair; none by default."""

    anchors: tuple[Anchor, ...] = ()
    sections: tuple[BarRange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.anchors or self.sections)

    def replaced(
        self, anchors: Sequence[Anchor] | None, sections: Sequence[BarRange] | None
    ) -> PairCorrections:
        """These with what is given in their place; `None` leaves what is there."""
        return PairCorrections(
            self.anchors if anchors is None else tuple(Anchor(*anchor) for anchor in anchors),
            self.sections if sections is None else tuple(BarRange(*given) for given in sections),
        )


@dataclass(frozen=True, slots=True)
class _Pin:
    time_s: float
    bar: float


@dataclass(frozen=True, slots=True)
class _Record:
    pins: tuple[_Pin, ...]
    sections: tuple[tuple[int, int], ...]


@cache
def _record() -> TypeAdapter[_Record]:
    return TypeAdapter(_Record)


def parse_pair_corrections(record: Any, where: str) -> PairCorrections:
    """Corrections from `{"pins": [{"time_s": 12.5, "bar": 7}], "sections": [[1, 16], [1, 16]]}`.

    where : what to call it in messages. Raises `UsageError` for anything else.
    """
    try:
        given = _record().validate_python(record)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(map(str, first["loc"])) or "the whole"
        raise UsageError(
            f'{where}: no corrections of a pair: it needs {{"pins": [{{"time_s": 12.5, "bar": 7}}],'
            f' "sections": [[1, 16]]}} ({place}: {first["msg"]}).'
        ) from None
    return PairCorrections(
        tuple(Anchor(pin.time_s, pin.bar) for pin in given.pins),
        tuple(BarRange(first, last) for first, last in given.sections),
    )


def pair_corrections_record(corrections: PairCorrections) -> dict[str, Any]:
    """The record that `parse_pair_corrections` reads."""
    pins = tuple(_Pin(*anchor) for anchor in corrections.anchors)
    return _record().dump_python(_Record(pins, corrections.sections), mode="json")


def load_pair_corrections(library: Path, score_id: str, recording_id: str) -> PairCorrections:
    """What the library in the folder `library` keeps for a pair; nothing where there is none.

    Raises `LibraryError`.
    """
    path = pair_corrections_path(library, score_id, recording_id)
    try:
        text = path.read_bytes()
    except FileNotFoundError:
        return PairCorrections()
    except OSError as error:
        raise LibraryError(f"{path}: cannot be read ({error.strerror}).") from error
    try:
        record = json.loads(text)
        check_seal(record, path)
        return parse_pair_corrections(record, str(path))
    except (ValueError, RecursionError, UsageError) as error:
        raise LibraryError(f"{path}: cannot be read ({error}). Correct or delete it.") from error


def save_pair_corrections(
    library: Path, score_id: str, recording_id: str, corrections: PairCorrections
) -> None:
    """Keep corrections; empty ones remove what was kept. Raises `LibraryError`."""
    path = pair_corrections_path(library, score_id, recording_id)
    try:
        if corrections:
            record = pair_corrections_record(corrections)
            write_atomically(path, json.dumps(sealed(record)))
        else:
            path.unlink(missing_ok=True)
    except OSError as error:
        raise LibraryError(f"{path}: cannot be written ({error.strerror or error}).") from error


def pair_corrections_path(library: Path, score_id: str, recording_id: str) -> Path:
    """Where the corrections of a pair are kept."""
    return library / PAIR_FOLDER / f"{score_id}-{recording_id}.json"
