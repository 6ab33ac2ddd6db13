"""One pair of score and recording to one file, in each of the formats that others read.

| format | what it is | beside the file |
|---|---|---|
| csv | the points of the alignment | |
| json | the record of `scorebridge align` | |
| bars, audacity, times, jams | every bar played, see `tables.py` | |
| iiif | IIIF Presentation 3 manifest that plays, see `iiif.py` | as said there, unless addressed |
| iiif-score | that of the pages, with Web Annotations | the same |
| iiif-collection | both | the same |
| iiif-combined | all of it in one manifest | the same |
| mei | MEI with zones of systems and bars, and their times | pictures, unless addressed |
| mp4 | film with moving cursor and turning pages | |

The command line and the server both call `export_pair`. The pages of the score are read once, for
pictures or film; the recording is read once, for the film's sound.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, get_args
from urllib.parse import quote

from scorebridge.choices import ExportFormat
from scorebridge.errors import UsageError
from scorebridge.export import records
from scorebridge.files import atomic_path
from scorebridge.types import AlignedPair, Progress

if TYPE_CHECKING:
    from scorebridge.export.iiif_parts import ScoreExport, Shape
    from scorebridge.export.media import LinkedFile, PageImage, Sound
    from scorebridge.export.video import VideoSettings

TABLES: tuple[ExportFormat, ...] = ("bars", "audacity", "times", "jams")
FORMATS: tuple[ExportFormat, ...] = get_args(ExportFormat)
ENDINGS: dict[ExportFormat, str] = {
    "csv": ".csv",
    "json": ".json",
    "bars": ".bars.csv",
    "audacity": ".audacity.txt",
    "times": ".times.txt",
    "jams": ".jams",
    "iiif": ".manifest.json",
    "iiif-score": ".score.json",
    "iiif-collection": ".collection.json",
    "iiif-combined": ".combined.json",
    "mei": ".mei",
    "mp4": ".mp4",
}
MEDIA_TYPES: dict[ExportFormat, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "bars": "text/csv; charset=utf-8",
    "audacity": "text/plain; charset=utf-8",
    "times": "text/plain; charset=utf-8",
    "jams": "application/json",
    **dict.fromkeys(
        ("iiif", "iiif-score", "iiif-collection", "iiif-combined"),
        'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"',
    ),
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
    addresses: Mapping[Shape, str] = field(default_factory=dict)
    """(iiif) Where the shapes are served, by default beside the file."""
    score_files: tuple[LinkedFile, ...] = ()
    """(iiif, with `images`) Files of the score for people that a server has."""
    recording_files: tuple[LinkedFile, ...] = ()
    """Likewise of the recording."""
    see_also: tuple[LinkedFile, ...] = ()
    """Likewise for programs."""
    title: str = ""
    """Of the score, by default the name of its file."""
    recording_title: str = ""
    """Likewise of the recording."""
    rights: str = ""
    """(iiif) Address of a licence of creativecommons.org or rightsstatements.org."""
    attribution: str = ""
    """(iiif) Text that a viewer must show."""
    video: VideoSettings | None = None
    """Size and encoder of the film."""
    combined: str = ""
    """(iiif-combined) Address of the manifest, by default `base_url` and the name of the file."""


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
        return f"{self.score_title}, {self.recording_title}"

    @property
    def score_title(self) -> str:
        return self.settings.title or self.score.stem

    @property
    def recording_title(self) -> str:
        return self.settings.recording_title or self.recording.stem


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
    return _folder(out) if format == "mei" or format in _SHAPES else None


def default_name(score: Path, recording: Path, format: ExportFormat) -> str:
    """The name of an export where none was given."""
    return f"{score.stem}_{recording.stem}{ENDINGS[format]}"


def _write_csv(export: _Export, part: Path) -> None:
    part.write_text(records.aligned_csv(export.pair.alignment), "utf-8")


def _write_json(export: _Export, part: Path) -> None:
    part.write_text(records.as_json(records.aligned(export.pair.alignment)), "utf-8")


def _write_table(export: _Export, part: Path, format: ExportFormat) -> None:
    from scorebridge.export import tables

    writers: dict[ExportFormat, Callable[[AlignedPair], str]] = {
        "bars": lambda pair: tables.bars_csv([pair]),
        "audacity": tables.audacity,
        "times": tables.times,
        "jams": lambda pair: tables.jams_text(pair, export.recording_title),
    }
    part.write_text(writers[format](export.pair), "utf-8")


def _write_iiif(export: _Export, part: Path, format: ExportFormat) -> None:
    from scorebridge.export import iiif, iiif_combined, iiif_files

    shape = _SHAPES[format]
    own = f"{export.base}/{quote(export.out.name)}"
    if export.settings.images:
        described = _addressed(export, {shape: own} if shape else {})
    else:
        folder = _folder(export.out)
        described = iiif_files.write_score(
            [iiif_files.PairFiles(export.pair, export.score, export.recording)],
            folder,
            f"{export.base}/{quote(folder.name)}",
            export.score_title,
            [export.recording_title],
            {shape: own} if shape else {},
            export.settings.rights,
            export.settings.attribution,
            root_url=export.base,
        )
        if shape:
            iiif_files.write_shapes(described, folder, but=shape)
    if shape:
        record = iiif.shapes_of(described)[shape]
    else:
        record = iiif_combined.manifest(described, export.settings.combined or own)
    part.write_text(records.as_json(record), "utf-8")


def _addressed(export: _Export, own: Mapping[Shape, str]) -> ScoreExport:
    """What a server describes: nothing is copied."""
    from scorebridge.export.iiif_parts import SHAPES, Performance, ScoreExport, key_of
    from scorebridge.files import content_id

    settings, pair = export.settings, export.pair
    assert settings.images and settings.sound
    performance = Performance(
        key_of(content_id(export.recording)),
        export.recording_title,
        pair.alignment,
        settings.sound,
        settings.recording_files,
    )
    addresses: dict[Shape, str] = {shape: f"{export.base}/{shape}.json" for shape in SHAPES}
    return ScoreExport(
        key=key_of(content_id(export.score)),
        title=export.score_title,
        places=pair.places,
        images=settings.images,
        performances=(performance,),
        base_url=export.base,
        addresses=addresses | dict(own) | dict(settings.addresses),
        rendering=settings.score_files,
        see_also=settings.see_also,
        rights=settings.rights,
        attribution=settings.attribution,
    )


def _write_mei(export: _Export, part: Path) -> None:
    from scorebridge.export import mei
    from scorebridge.export.media import Sound, sound_type

    settings, pair = export.settings, export.pair
    sound = settings.sound
    if sound is None:  # MEI may refer to files near its own
        url = quote(Path(os.path.relpath(export.recording, export.out.parent)).as_posix())
        sound = Sound(url, pair.duration_s, sound_type(export.recording))
    images = settings.images or _write_pictures(export)
    part.write_text(mei.document(pair.alignment, pair.places, images, sound, export.title), "utf-8")


def _write_mp4(export: _Export, part: Path) -> None:
    from scorebridge.export.video import write_video
    from scorebridge.score.direction import turned_pages

    played = {point.page for point in export.pair.alignment.points} or {1}
    shown = range(min(played), max(played) + 1)  # a movement of a volume, not all
    pages = [p for p in turned_pages(export.score, export.pair.rotations) if p.number in shown]
    write_video(pages, export.pair, export.recording, part, export.settings.video, export.progress)


_SHAPES: dict[ExportFormat, Shape | None] = {
    "iiif": "performance",
    "iiif-score": "score",
    "iiif-collection": "collection",
    "iiif-combined": None,
}


_WRITERS: dict[ExportFormat, Callable[[_Export, Path], None]] = {
    "csv": _write_csv,
    "json": _write_json,
    **{format: partial(_write_table, format=format) for format in TABLES},
    **{format: partial(_write_iiif, format=format) for format in _SHAPES},
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
    name = out.name
    for ending in (".json", ".manifest", ".score", ".collection", ".combined", ".mei"):
        name = name.removesuffix(ending)
    return name


def _folder(out: Path) -> Path:
    """For what lies beside `out`."""
    return out.with_name(f"{_stem(out)}_files")


def _write_pictures(export: _Export) -> tuple[PageImage, ...]:
    from scorebridge.export.media import write_pictures
    from scorebridge.score.direction import turned_pages

    pages, folder = turned_pages(export.score, export.pair.rotations), _folder(export.out)
    return write_pictures(pages, folder, quote(folder.name))
