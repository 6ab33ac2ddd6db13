"""One pair of score and recording to one file, in each of the formats that others read.

| format | what it is | beside the file |
|---|---|---|
| csv | the points of the alignment | |
| json | the record of `scorebridge align` | |
| iiif | IIIF Presentation 3 manifest with Web Annotations | pictures and sound, unless addressed |
| mei | MEI with zones of systems and bars, and their times | pictures, unless addressed |
| mp4 | film with moving cursor and turning pages | |

The command line and the server both call `export_pair`. A file comes into being whole: it is
written under another name and then renamed.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Literal, get_args
from urllib.parse import quote

from scorebridge.errors import UsageError
from scorebridge.export import records
from scorebridge.export.media import PageImage, Sound, sound_type, write_pictures
from scorebridge.types import Alignment, Place

if TYPE_CHECKING:
    from scorebridge.export.video import VideoSettings

Format = Literal["csv", "json", "iiif", "mei", "mp4"]
FORMATS: tuple[Format, ...] = get_args(Format)
ENDINGS: dict[Format, str] = {
    "csv": ".csv",
    "json": ".json",
    "iiif": ".manifest.json",
    "mei": ".mei",
    "mp4": ".mp4",
}
MEDIA_TYPES: dict[Format, str] = {
    "csv": "text/csv; charset=utf-8",
    "json": "application/json",
    "iiif": 'application/ld+json;profile="http://iiif.io/api/presentation/3/context.json"',
    "mei": "application/xml",
    "mp4": "video/mp4",
}
BASE_URL = "http://localhost:8000"  # where `python -m http.server` serves the current folder

Progress = Callable[[float, float], None]
"""Called with the work done and the work in all (s of film)."""


def export_pair(
    alignment: Alignment,
    places: Sequence[Place],
    format: Format,
    out: Path,
    *,
    score: Path | None = None,
    recording: Path | None = None,
    duration_s: float | None = None,
    images: Sequence[PageImage] | None = None,
    sound: Sound | None = None,
    base_url: str = BASE_URL,
    manifest_id: str = "",
    title: str = "",
    video: VideoSettings | None = None,
    progress: Progress | None = None,
) -> Path:
    """Write the export of a pair to `out`; returns `out`.

    Parameters
    ----------
    alignment : of the pair, as `Library.align` gives it.
    places : the systems of the score (`Document.places`, `Encoded.places`).
    out : the file to write; an existing one is replaced.
    score, recording : the files, by default those named in `alignment`. Page pictures come
        from the one, the sound of a film from the other.
    duration_s : of the recording (iiif, mei, mp4), measured if not given.
    images, sound : (iiif, mei) where pictures of all pages and the sound are found, for
        instance on a server. By default they are put into a folder beside `out`.
    base_url : (iiif) address below which ids lie, and at which `out`'s folder is published.
    manifest_id : (iiif) address of the manifest itself, by default `base_url` and its name.
    title : of manifest and MEI, by default the names of both files.
    video : size and encoder of the film. progress : of the film; may raise to break off.

    Raises `UsageError` (unknown format, `out` is one of the inputs or cannot be written, bad
    settings), `ScoreError`, `AudioError` (files that cannot be read).
    """
    score = Path(alignment.score) if score is None else score
    recording = Path(alignment.recording) if recording is None else recording
    if format not in FORMATS:
        raise UsageError(f"{format}: no such format. Choose {', '.join(FORMATS)}.")
    if out.exists() and any(out.samefile(p) for p in (score, recording) if p.exists()):
        raise UsageError(f"{out}: is what is to be exported. Give --out another name.")
    if format == "iiif":
        from scorebridge.export.iiif import check_address

        check_address(base_url)  # before pictures are written
    title = title or f"{score.stem}, {recording.stem}"
    part = out.with_name(f".{out.name}.part")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        match format:
            case "csv":
                part.write_text(records.aligned_csv(alignment), "utf-8")
            case "json":
                part.write_text(records.as_json(records.aligned(alignment)), "utf-8")
            case "iiif" | "mei":
                base = base_url.rstrip("/")
                sound = sound or _sound(format, recording, duration_s, out, base)
                images = images or _pictures(format, score, out, base)
                if format == "mei":
                    from scorebridge.export import mei

                    text = mei.document(alignment, places, images, sound, title)
                else:
                    from scorebridge.export import iiif

                    ids = f"{base}/{quote(_stem(out))}"
                    name = manifest_id or f"{base}/{quote(out.name)}"
                    record = iiif.manifest(alignment, places, images, sound, ids, title, name)
                    text = records.as_json(record)
                part.write_text(text, "utf-8")
            case "mp4":
                from scorebridge.export.video import write_video
                from scorebridge.score.pages import read_pages

                played = {point.page for point in alignment.points} or {1}
                shown = range(min(played), max(played) + 1)  # a movement of a volume, not all
                pages = [page for page in read_pages(score) if page.number in shown]
                seconds = duration_s or _seconds(recording)
                write_video(pages, alignment, places, recording, seconds, part, video, progress)
        part.replace(out)
    except OSError as error:
        raise UsageError(f"{out}: cannot be written ({error.strerror or error}).") from error
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)
    return out


def default_name(score: Path, recording: Path, format: Format) -> str:
    """The name of an export where none was given."""
    return f"{score.stem}_{recording.stem}{ENDINGS[format]}"


def _stem(out: Path) -> str:
    return out.name.removesuffix(".json").removesuffix(".manifest").removesuffix(".mei")


def _folder(out: Path) -> Path:
    """For what lies beside `out`."""
    return out.with_name(f"{_stem(out)}_files")


def _pictures(format: Format, score: Path, out: Path, base: str) -> tuple[PageImage, ...]:
    from scorebridge.score.pages import read_pages

    address = f"{base}/" if format == "iiif" else ""  # MEI may refer to its own folder
    return write_pictures(read_pages(score), _folder(out), address)


def _sound(
    format: Format, recording: Path, duration_s: float | None, out: Path, base: str
) -> Sound:
    """The recording itself for MEI; for IIIF a copy that is published with the manifest."""
    seconds = duration_s or _seconds(recording)
    if format == "mei":
        url = quote(Path(os.path.relpath(recording, out.parent)).as_posix())
    else:
        folder = _folder(out)
        folder.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(recording, folder / recording.name)
        url = f"{base}/{quote(folder.name)}/{quote(recording.name)}"
    return Sound(url, seconds, sound_type(recording))


def _seconds(recording: Path) -> float:
    from scorebridge.audio.decode import blocks

    return sum(len(block) / rate for rate, block in blocks(recording))
