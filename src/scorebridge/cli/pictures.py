"""Commands that show pages and write a pair for other programs."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from scorebridge.choices import ExportFormat
from scorebridge.cli import terminal
from scorebridge.cli.options import AsJson, Force, InLibrary, check_out, open_library
from scorebridge.cli.pairs import Pair, pairs_of
from scorebridge.errors import UsageError
from scorebridge.outputs import write_text
from scorebridge.sandbox import allowance_of
from scorebridge.shown import shown

if TYPE_CHECKING:
    from scorebridge.export.formats import ExportSettings
    from scorebridge.library import Library
    from scorebridge.types import AlignedPair


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
    score: Path | None = None,
    recording: Path | None = None,
    *,
    format: ExportFormat,
    library: InLibrary = None,
    out: Path | None = None,
    base_url: str | None = None,
    rights: str = "",
    attribution: str = "",
    size: str = "1920x1080",
    encoder: str = "",
    force: Force = False,
) -> int:
    """Write a pair, a work or the whole library for other programs.

    Parameters
    ----------
    score
        File of the score. One file alone stands for all pairs that it is linked in, none for all
        pairs of the library.
    recording
        File of the recording.
    format
        Csv, json: the alignment. Bars: a row for each bar played; audacity, times: labels for
        Audacity, Sonic Visualiser and mir_eval; jams: JAMS. Iiif: Presentation 3 manifest that
        plays; iiif-score: the pages with Web Annotations; iiif-collection: both; iiif-combined: all
        in one manifest. Mei: zones and times of bars. Mp4: the pages turning, with a moving cursor
        and the sound.
    out
        The file to write, by default named after both files, in the current folder. Of several
        pairs a folder for the files; `bars` is one file of all.
    base_url
        (iiif) the address at which the folder of `out` will be published.
    rights
        (iiif) address of a licence of creativecommons.org or rightsstatements.org.
    attribution
        (iiif) text that viewers must show.
    size
        (mp4) width and height in pixels.
    encoder
        (mp4) FFmpeg's name of a video encoder, by default a free one that is there.
    """
    from scorebridge.export.formats import BASE_URL, ExportSettings, default_name
    from scorebridge.export.video import VideoSettings

    try:
        width, height = (int(side) for side in size.lower().split("x"))
    except ValueError:
        raise UsageError(f"export: --size {size}: give it like 1920x1080.") from None
    opened = open_library(library)
    settings = ExportSettings(
        base_url or BASE_URL,
        video=VideoSettings(width, height, encoder=encoder),
        rights=rights,
        attribution=attribution,
    )
    files = [path for path in (score, recording) if path]
    pairs = pairs_of(opened, files)
    if len(files) == 2:
        target = out or Path(default_name(*pairs[0], format))
        _export(opened, pairs[0], format, target, settings, force)
    elif format == "bars":
        _export_all_bars(opened, pairs, out or Path("bars.csv"), force)
    else:
        names: set[str] = set()
        for pair in pairs:
            name = default_name(*pair, format)
            while name.lower() in names:  # files of one name from several folders
                name = f"_{name}"
            names.add(name.lower())
            _export(opened, pair, format, (out or Path()) / name, settings, force)
    return 0


def _export(
    opened: Library,
    files: Pair,
    format: ExportFormat,
    target: Path,
    settings: ExportSettings,
    force: bool,
) -> None:
    from scorebridge.export.formats import folder_beside
    from scorebridge.export.limited import export_limited

    check_out(target, opened, *files, force=force)
    beside = folder_beside(target, format)
    if beside:
        check_out(beside, opened, force=force, is_folder=True)
        if not force and beside.is_dir() and any(beside.iterdir()):
            raise UsageError(f"{beside}: holds files already. Give another --out, or --force.")
    pair = opened.align_pair(*files)
    with terminal.progress("writing") as progress:
        allowance = allowance_of(os.environ)
        print(shown(export_limited(pair, format, target, settings, progress, allowance)))


def _export_all_bars(opened: Library, pairs: Sequence[Pair], out: Path, force: bool) -> None:
    from scorebridge.export.tables import bars_csv

    check_out(out, opened, *(path for pair in pairs for path in pair), force=force)
    with terminal.progress("aligning") as progress:

        def aligned() -> Iterator[AlignedPair]:
            for k, pair in enumerate(pairs):
                progress(k, len(pairs), pair[1])
                yield opened.align_pair(*pair)

        write_text(out, bars_csv(aligned()))
    print(shown(out))
