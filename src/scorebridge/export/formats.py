"""One pair of score and recording to one file, in each of the formats that others read.

| format | what it is | beside the file |
|---|---|---|
| csv | the points of the alignment | |
| json | the record of `scorebridge align` | |
| iiif | IIIF Presentation 3 manifest with Web Annotations | pictures and sound, unless addressed |
| mei | MEI with zones of systems and bars, and their times | pictures, unless addressed |
| mp4 | film with moving cursor and turning pages | |

The command line and the server both call `export_pair`. The pages of the score are read once, for
pictures or film; the recording is read once, for the film's sound.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, get_args
from urllib.parse import quote

from scorebridge.choices import ExportFormat
from scorebridge.errors import UsageError
from scorebridge.export import records
from scorebridge.files import atomic_path
from scorebridge.types import AlignedPair, Progress

if TYPE_CHECKING:
    from scorebridge.export.media import PageImage, Sound
    from scorebridge.export.video import VideoSettings

FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)
ENDINGS: dict[ExportFormat, str] = {
    "csv": ".csv",
    "json": ".json",
    "iiif": ".manifest.json",
    "mei": ".mei",
    "mp4": ".mp4",
}
MEDIA_TYPES: dict[ExportFormat, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "iiif": 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"',
    "mei": "application/xml",
    "mp4": "video/mp4",
}
BASE_URL = "http://localhost:8000"  # where `python -m http.server` serves the current folder


@dataclass(frozen=True, slots=True)
class ExportSettings:
    """What an export names and where its parts come from."""

    base_url: str = BASE_URL
    """(iiif) Address below which ids lie, and at which the folder of the file is published."""
    score: Path | None = None
    """The score's file, by default the one named in the alignment."""
    recording: Path | None = None
    """The recording's file, likewise."""
    images: tuple[PageImage, ...] | None = None
    """(iiif, mei) Where pictures of all pages are found, for instance on a server; by default they
    are written into a folder beside the file."""
    sound: Sound | None = None
    """(iiif, mei) Where the sound is found; by default iiif gets a copy beside the file, mei refers
    to the recording itself."""
    manifest_id: str = ""
    """(iiif) Address of the manifest, by default `base_url` and the name of the file."""
    title: str = ""
    """Of manifest and MEI, by default the names of both files."""
    video: VideoSettings | None = None
    """Size and encoder of the film."""


@dataclass(frozen=True, slots=True)
class _Export:
    """What writers work from."""

    pair: AlignedPair
    score: Path
    recording: Path
    out: Path
    """The file as it will be named."""
    settings: ExportSettings
    progress: Progress | None

    @property
    def base(self) -> str:
        return self.settings.base_url.rstrip("/")

    @property
    def title(self) -> str:
        return self.settings.title or f"{self.score.stem}, {self.recording.stem}"


def export_pair(
    pair: AlignedPair,
    format: ExportFormat,
    out: Path,
    settings: ExportSettings | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write the export of a pair to `out`; returns `out`.

    Parameters
    ----------
    pair : as `Library.align_pair` gives it.
    out : the file to write; an existing one is replaced.
    progress : of a film, in seconds; may raise to stop.

    Raises `UsageError` (unknown format, `out` is one of the inputs or cannot be written, bad
    settings), `ScoreError`, `AudioError` (files that cannot be read).
    """
    settings = settings or ExportSettings()
    export = _Export(
        pair=pair,
        score=settings.score or Path(pair.alignment.score),
        recording=settings.recording or Path(pair.alignment.recording),
        out=out,
        settings=settings,
        progress=progress,
    )
    if format not in _WRITERS:
        raise UsageError(f"{format}: no such format. Choose {', '.join(FORMATS)}.")
    _spare_inputs(export, folder_beside(out, format))
    try:
        with atomic_path(out) as part:
            _WRITERS[format](export, part)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror or error}).") from error
    return out


def folder_beside(out: Path, format: ExportFormat) -> Path | None:
    """The folder of the pictures that an export to `out` writes too; `None` for other formats."""
    return _folder(out) if format in ("iiif", "mei") else None


def default_name(score: Path, recording: Path, format: ExportFormat) -> str:
    """The name of an export where none was given."""
    return f"{score.stem}_{recording.stem}{ENDINGS[format]}"


def _write_csv(export: _Export, part: Path) -> None:
    part.write_text(records.aligned_csv(export.pair.alignment), "utf-8")


def _write_json(export: _Export, part: Path) -> None:
    part.write_text(records.as_json(records.aligned(export.pair.alignment)), "utf-8")


def _write_iiif(export: _Export, part: Path) -> None:
    from scorebridge.export import iiif
    from scorebridge.export.media import Sound, sound_type

    iiif.check_address(export.base)  # before pictures are written
    settings, pair = export.settings, export.pair
    folder, sound = _folder(export.out), settings.sound
    if sound is None:
        with atomic_path(folder / export.recording.name) as copy:
            shutil.copyfile(export.recording, copy)
        url = f"{export.base}/{quote(folder.name)}/{quote(export.recording.name)}"
        sound = Sound(url, pair.duration_s, sound_type(export.recording))
    manifest = iiif.manifest(
        pair.alignment,
        pair.places,
        images=settings.images or _write_pictures(export, f"{export.base}/"),
        sound=sound,
        base_url=f"{export.base}/{quote(_stem(export.out))}",
        label=export.title,
        manifest_id=settings.manifest_id or f"{export.base}/{quote(export.out.name)}",
    )
    part.write_text(records.as_json(manifest), "utf-8")


def _write_mei(export: _Export, part: Path) -> None:
    from scorebridge.export import mei
    from scorebridge.export.media import Sound, sound_type

    settings, pair = export.settings, export.pair
    sound = settings.sound
    if sound is None:  # MEI may refer to files near its own
        url = quote(Path(os.path.relpath(export.recording, export.out.parent)).as_posix())
        sound = Sound(url, pair.duration_s, sound_type(export.recording))
    images = settings.images or _write_pictures(export, "")
    part.write_text(mei.document(pair.alignment, pair.places, images, sound, export.title), "utf-8")


def _write_mp4(export: _Export, part: Path) -> None:
    from scorebridge.export.video import write_video
    from scorebridge.score.direction import turned_pages

    played = {point.page for point in export.pair.alignment.points} or {1}
    shown = range(min(played), max(played) + 1)  # a movement of a volume, not all
    pages = [p for p in turned_pages(export.score, export.pair.rotations) if p.number in shown]
    write_video(pages, export.pair, export.recording, part, export.settings.video, export.progress)


_WRITERS: dict[ExportFormat, Callable[[_Export, Path], None]] = {
    "csv": _write_csv,
    "json": _write_json,
    "iiif": _write_iiif,
    "mei": _write_mei,
    "mp4": _write_mp4,
}


def _spare_inputs(export: _Export, folder: Path | None) -> None:
    """Raise `UsageError` where an export would replace its own inputs."""
    inputs = [path for path in (export.score, export.recording) if path.exists()]
    if export.out.exists() and any(export.out.samefile(path) for path in inputs):
        raise UsageError(f"{export.out}: is what is to be exported. Give --out another name.")
    within = folder.resolve() if folder else None
    if within and any(path.resolve().parent == within for path in inputs):
        raise UsageError(f"{folder}: holds what is to be exported. Give --out another name.")


def _stem(out: Path) -> str:
    return out.name.removesuffix(".json").removesuffix(".manifest").removesuffix(".mei")


def _folder(out: Path) -> Path:
    """For what lies beside `out`."""
    return out.with_name(f"{_stem(out)}_files")


def _write_pictures(export: _Export, address: str) -> tuple[PageImage, ...]:
    from scorebridge.export.media import write_pictures
    from scorebridge.score.direction import turned_pages

    pages = turned_pages(export.score, export.pair.rotations)
    return write_pictures(pages, _folder(export.out), address)
