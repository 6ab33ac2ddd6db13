"""Commands that show pages and write a pair for other programs."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from scorebridge.choices import ExportFormat
from scorebridge.cli import terminal
from scorebridge.cli.options import AsJson, Force, InLibrary, check_out, open_library
from scorebridge.errors import UsageError
from scorebridge.files import detect_kind
from scorebridge.sandbox import allowance_of
from scorebridge.shown import shown


def pages(
    file: Path,
    *,
    library: InLibrary = None,
    out: Path | None = None,
    correct: Path | None = None,
    force: Force = False,
    as_json: AsJson = False,
) -> int:
    """Show the systems, staves and bars found on each page of a score.

    Parameters
    ----------
    file
        The score.
    out
        Write a picture of each page with the systems drawn over it into this folder.
    correct
        JSON of this command, edited: the library takes its pages as they stand there from now on,
        and encodes the score again if it holds it.
    """
    from scorebridge.export import records
    from scorebridge.export.limited import page_records
    from scorebridge.library.page_corrections import read_page_corrections
    from scorebridge.sandbox import run_limited

    opened = open_library(library)
    inputs = (file, correct) if correct else (file,)
    if out:
        check_out(out, opened, force=force, is_folder=True)
    if correct:
        opened.correct(file, read_page_corrections(correct))
    known = opened.page_corrections(file) or None
    allowance = allowance_of(os.environ)
    if out:
        with _scratch(out) as scratch:
            found = run_limited(page_records, file, known, scratch, allowance=allowance)
            pictures = sorted(scratch.iterdir())
            for picture in pictures:
                check_out(out / picture.name, opened, *inputs, force=force)
            for picture in pictures:
                picture.replace(out / picture.name)
    else:
        found = run_limited(page_records, file, known, None, allowance=allowance)
    if as_json:
        print(records.as_json({"path": str(file), "pages": found}))
    else:
        terminal.print_pages(found)
    terminal.print_undecided(str(file), records.undecided_pages(found))
    return 0


@contextmanager
def _scratch(folder: Path) -> Iterator[Path]:
    """A folder for files that go into `folder` when all are there. Raises `UsageError`."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".scorebridge-", dir=folder) as scratch:
            yield Path(scratch)
    except OSError as error:
        raise UsageError(f"{folder}: cannot be written ({error.strerror or error}).") from error


def export(
    score: Path,
    recording: Path,
    *,
    format: ExportFormat,
    library: InLibrary = None,
    out: Path | None = None,
    base_url: str | None = None,
    size: str = "1920x1080",
    encoder: str = "",
    force: Force = False,
) -> int:
    """Write a pair for other programs: table, IIIF manifest, MEI, or a film of the performance.

    Parameters
    ----------
    score
        File of the score.
    recording
        File of the recording.
    format
        Csv, json: the alignment; iiif: Presentation 3 manifest with Web Annotations; mei: zones and
        times of bars; mp4: the pages turning, with a moving cursor and the sound.
    out
        The file to write, by default named after both files, in the current folder.
    base_url
        (iiif) the address at which the folder of `out` will be published.
    size
        (mp4) width and height in pixels.
    encoder
        (mp4) FFmpeg's name of a video encoder, by default a free one that is there.
    """
    from scorebridge.export.formats import BASE_URL, ExportSettings, default_name, folder_beside
    from scorebridge.export.limited import export_limited
    from scorebridge.export.video import VideoSettings

    try:
        width, height = (int(side) for side in size.lower().split("x"))
    except ValueError:
        raise UsageError(f"export: --size {size}: give it like 1920x1080.") from None
    opened = open_library(library)
    files = (score, recording)
    if detect_kind(score) == "recording":  # in either order, as `align` takes them
        files = (recording, score)
    target = out or Path(default_name(*files, format))
    check_out(target, opened, score, recording, force=force)
    beside = folder_beside(target, format)
    if beside:
        check_out(beside, opened, force=force, is_folder=True)
        if not force and beside.is_dir() and any(beside.iterdir()):
            raise UsageError(f"{beside}: holds files already. Give another --out, or --force.")
    pair = opened.align_pair(score, recording)
    settings = ExportSettings(
        base_url or BASE_URL, video=VideoSettings(width, height, encoder=encoder)
    )
    with terminal.progress("writing") as progress:
        allowance = allowance_of(os.environ)
        print(shown(export_limited(pair, format, target, settings, progress, allowance)))
    return 0
