"""Scores and their recordings as a folder for any web server: manifests, media, and a page.

The page (`player/`) reads the manifests alone and turns the pages in time. It finds what lies
beside it wherever the folder is put; other people's viewers need the address that the manifests
were written for.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from scorebridge.errors import UsageError
from scorebridge.export.iiif import library_collection
from scorebridge.export.iiif_files import PairFiles, write_score, write_shapes
from scorebridge.export.iiif_parts import ScoreExport, check_address
from scorebridge.export.records import as_json
from scorebridge.files import write_atomically
from scorebridge.sandbox import Report

PLAYER = Path(__file__).parent / "player"
COLLECTION = "collection.json"


@dataclass(frozen=True, slots=True)
class PublishSettings:
    """What the manifests say beside places and times."""

    base_url: str
    """Address at which the folder will lie."""
    title: str = ""
    """Of the collection, by default that of its first score."""
    rights: str = ""
    """Address of a licence of creativecommons.org or rightsstatements.org."""
    attribution: str = ""
    """Text that viewers must show."""


def publish(
    report: Report,
    score: Path,
    works: Sequence[Sequence[PairFiles]],
    folder: Path,
    settings: PublishSettings,
) -> Path:
    """Write one folder for each score, the collection of all, and the page; returns `folder`.

    works : for each score, its pairs. score : named where reading fails.

    Raises `UsageError`, `ScoreError`, `AudioError`.
    """
    base = settings.base_url.rstrip("/")
    check_address(base)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        used: set[str] = set()
        exports: list[ScoreExport] = []
        for k, pairs in enumerate(works):
            report(k / len(works), pairs[0].score.name)
            name = _folder_name(pairs[0].score.stem, used)
            export = write_score(
                pairs,
                folder / name,
                f"{base}/{name}",
                pairs[0].score.stem,
                [one.recording.stem for one in pairs],
                addresses={"collection": f"{base}/{COLLECTION}"},
                rights=settings.rights,
                attribution=settings.attribution,
                root_url=base,
            )
            write_shapes(export, folder / name, but="collection")
            exports.append(export)
        label = settings.title or exports[0].title
        record = library_collection(f"{base}/{COLLECTION}", label, exports)
        write_atomically(folder / COLLECTION, as_json(record))
        for part in PLAYER.iterdir():
            shutil.copyfile(part, folder / part.name)
    except OSError as error:
        reason = error.strerror or error
        raise UsageError(f"{folder}: cannot be written ({reason}).") from error
    return folder


def _folder_name(stem: str, used: set[str]) -> str:
    """A name that needs no escapes in an address."""
    plain = re.sub(r"[^A-Za-z0-9_-]+", "-", stem).strip("-") or "score"
    name, k = plain, 1
    while name.lower() in used:
        k += 1
        name = f"{plain}-{k}"
    used.add(name.lower())
    return name
