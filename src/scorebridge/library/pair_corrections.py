"""What a person said of how a recording goes through a score, kept in the library with the pair.

Pins and the order of sections go before everything that the alignment finds by itself. They are
kept under both files' contents (`pairs/<SHA-256 of the score>-<SHA-256 of the recording>.json`),
so they survive moving, renaming, and removing and adding again.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorebridge.errors import LibraryError, UsageError
from scorebridge.types import Anchor, BarRange


@dataclass(frozen=True, slots=True)
class PairCorrections:
    """Nothing by default."""

    anchors: tuple[Anchor, ...] = ()
    sections: tuple[BarRange, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.anchors or self.sections)


def parse(record: Any, where: str) -> PairCorrections:
    """Corrections from `{"pins": [{"time_s": 12.5, "bar": 7}], "sections": [[1, 16], [1, 16]]}`.

    where : what to call it in messages. Raises UsageError for anything else.
    """
    try:
        anchors = tuple(
            Anchor(float(anchor["time_s"]), float(anchor["bar"])) for anchor in record["pins"]
        )
        sections = tuple(BarRange(int(first), int(last)) for first, last in record["sections"])
    except (TypeError, KeyError, ValueError) as error:
        raise UsageError(
            f'{where}: no corrections of a pair: it needs {{"pins": [{{"time_s": 12.5, "bar": 7}}],'
            f' "sections": [[1, 16]]}} ({error!r}).'
        ) from error
    return PairCorrections(anchors, sections)


def plain(corrections: PairCorrections) -> dict[str, Any]:
    """The record that `parse` reads."""
    return {
        "pins": [anchor._asdict() for anchor in corrections.anchors],
        "sections": [list(section) for section in corrections.sections],
    }


def load(library: Path, score_id: str, recording_id: str) -> PairCorrections:
    """What the library in the folder `library` keeps for a pair; none where nothing is."""
    path = file_of(library, score_id, recording_id)
    try:
        return parse(json.loads(path.read_text("utf-8")), str(path))
    except FileNotFoundError:
        return PairCorrections()
    except (OSError, ValueError, UsageError) as error:
        raise LibraryError(f"{path}: cannot be read ({error}). Mend or delete it.") from error


def save(library: Path, score_id: str, recording_id: str, corrections: PairCorrections) -> None:
    """Keep corrections in one step; empty ones remove what was kept. Raises `LibraryError`."""
    path = file_of(library, score_id, recording_id)
    try:
        if not corrections:
            path.unlink(missing_ok=True)
            return
        path.parent.mkdir(parents=True, exist_ok=True)
        new = path.with_suffix(f".{os.getpid()}.new")
        new.write_text(json.dumps(plain(corrections)), "utf-8")
        new.replace(path)
    except OSError as error:
        raise LibraryError(f"{path}: cannot be written ({error.strerror or error}).") from error


def file_of(library: Path, score_id: str, recording_id: str) -> Path:
    """Where corrections of a pair are kept."""
    return library / "pairs" / f"{score_id}-{recording_id}.json"


def changed(
    kept: PairCorrections, anchors: Sequence[Anchor] | None, sections: Sequence[BarRange] | None
) -> PairCorrections:
    """Corrections with what is given in place of what was kept; None leaves it."""
    return PairCorrections(
        kept.anchors if anchors is None else tuple(Anchor(*anchor) for anchor in anchors),
        kept.sections if sections is None else tuple(BarRange(*span) for span in sections),
    )
