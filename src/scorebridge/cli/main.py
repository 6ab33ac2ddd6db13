"""The commands: they parse, call the library, and print.

Exit codes: 0 done; 1 an input could not be processed (each is named with the
reason on standard error, the others are done); 2 bad use.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import App, CycloptsError, Parameter

import scorebridge
from scorebridge.cli import terminal
from scorebridge.errors import ScorebridgeError, UsageError

if TYPE_CHECKING:
    from scorebridge.library import Library

app = App(
    name="scorebridge",
    help="Link recordings and scores that belong together, from the raw files alone.",
    version=scorebridge.__version__,
    result_action="return_value",
)

InLibrary = Annotated[
    Path | None,
    Parameter(
        name=["--library", "-l"],
        env_var="SCOREBRIDGE_LIBRARY",
        help="The library's folder (default ./scorebridge.library).",
    ),
]
AsJson = Annotated[bool, Parameter(name="--json", negative=(), help="Print JSON.")]


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command and exit with its code."""
    sys.exit(run(list(sys.argv[1:] if argv is None else argv)))


def run(argv: list[str]) -> int:
    """Run one command; returns the exit code."""
    try:
        return app(argv, exit_on_error=False) or 0
    except CycloptsError:  # printed already
        return 2
    except ScorebridgeError as error:
        terminal.complain(error)
        return error.exit_code
    except KeyboardInterrupt:
        print("Interrupted. The same command goes on where it stopped.", file=sys.stderr)
        return 130
    except BrokenPipeError:  # `| head` has seen enough
        sys.stderr.close()
        return 0


@app.command
def add(*paths: Path, library: InLibrary = None, as_json: AsJson = False) -> int:
    """Add files and folders to the library; run again, it adds only what is new or changed."""
    from scorebridge.export import records

    if not paths:
        raise UsageError("add: name at least one file or folder.")
    with terminal.progress() as progress:
        report = _library(library).add(paths, progress)
    for error in report.failed:
        terminal.complain(error)
    if as_json:
        record = {
            "added": [records.listed(document) for document in report.added],
            "moved": [records.listed(document) for document in report.moved],
            "skipped": [str(path) for path in report.skipped],
            "failed": records.failed(report.failed),
        }
        print(records.as_json(record))
    else:
        counts = [
            f"{len(report.added)} added",
            f"{len(report.moved)} moved or copied" if report.moved else "",
            f"{len(report.skipped)} unchanged",
            f"{len(report.failed)} failed" if report.failed else "",
        ]
        print(", ".join(count for count in counts if count))
        if not (report.added or report.moved or report.skipped or report.failed):
            print("No scores or recordings there.", file=sys.stderr)
    return 1 if report.failed else 0


@app.command
def find(
    file: Path,
    *,
    library: InLibrary = None,
    top: int = 10,
    method: Literal[
        "align", "votes", "votes-best", "votes-all", "constellation", "dtw", "sdtw"
    ] = "align",
    span: str | None = None,
    region: str | None = None,
    as_json: AsJson = False,
) -> int:
    """Find the scores of a recording, or the recordings of a score, page or photo.

    Parameters
    ----------
    top : how many results.
    method : "align" aligns the likeliest documents and knows how sure it is; the others are the
        papers': votes of 100 excerpts or of all, neighbours that agree on an offset, warping of
        whole sequences, warping of a fragment.
    span : seconds of a recording to ask with, such as 30-45.
    region : part of a page to ask with: 2:0.1,0.3,0.9,0.5 is page 2, left, top, right, bottom.
    """
    from scorebridge.cli.arguments import excerpt_of
    from scorebridge.export import records

    if top < 1:
        raise UsageError("find: --top counts from 1.")
    start = time.perf_counter()
    opened = _library(library)
    opened.documents()  # a missing library is told before the file is encoded
    query, asked = excerpt_of(opened.encode(file), span, region)
    hits = opened.find(query, top, method)
    accept = opened.calibration.accept if method == "align" else None
    record = records.found(file, query, hits, time.perf_counter() - start, accept)
    if as_json:
        record["query"] |= asked
        print(records.as_json(record))
    elif hits:
        if not record.get("found", True):
            print(f"Probably not in this library: no answer reaches {accept:.0%}. The nearest are:")
        terminal.print_hits(hits, query.kind)
    else:
        other = "scores" if query.kind == "recording" else "recordings"
        print(f"{opened.path} holds no {other} to compare with.")
    return 0


@app.command
def link(
    *,
    library: InLibrary = None,
    anew: bool = False,
    out: Path | None = None,
    as_json: AsJson = False,
) -> int:
    """Pair the whole library: which recordings play which scores. Asks only what is new.

    Once made, links are kept up to date whenever files are added or removed.

    Parameters
    ----------
    anew : forget what was found before and ask every document again.
    out : write the links as CSV into this file.
    """
    from scorebridge.export import records

    opened = _library(library)
    with terminal.progress() as progress:
        report = opened.link(progress, anew)
    if out:
        try:
            out.write_text(records.linked_csv(report.links), "utf-8")
        except OSError as error:
            raise UsageError(f"{out}: cannot be written ({error.strerror}).") from error
    if as_json:
        print(records.as_json(records.linked(report)))
        return 0
    rows = []
    for found in report.links:
        pages = f"p. {found.first_page}-{found.last_page}"
        where = f"{pages} ({terminal.part(found.part)})" if found.part else pages
        sure = f"{found.confidence:.0%}"
        rows.append((sure, terminal.short(found.recording), terminal.short(found.score), where))
    if rows:
        terminal.print_table(("confidence", "recording", "score", "pages"), rows)
    print(
        f"{len(report.links)} links ({len(report.added)} new, {len(report.dropped)} gone),"
        f" {report.asked} documents asked"
    )
    return 0


@app.command
def align(
    score: Path,
    recording: Path,
    *,
    library: InLibrary = None,
    pin: tuple[str, ...] = (),
    sections: str | None = None,
    forget: Annotated[bool, Parameter(negative=())] = False,
    out: Path | None = None,
    format: Literal["json", "csv"] | None = None,
    as_json: AsJson = False,
) -> int:
    """Say for every moment of a recording where in the score it is.

    Parameters
    ----------
    pin : what you know, as SECONDS=BAR: at that time that bar begins (7.5 is half through bar 7).
    sections : the bars that are played, in the order they are played: 1-16,1-16,17-40.
    forget : take back the pins and sections that the library keeps with this pair.
    out : write the alignment into this file.
    format : of --out, by default what its ending says, else json.
    """
    from scorebridge.cli.arguments import anchors_of, spans_of
    from scorebridge.export import records

    opened = _library(library)
    if forget:
        opened.forget_pair(score, recording)
    alignment = opened.align(score, recording, anchors_of(pin), spans_of(sections))
    if out:
        as_csv = (format or out.suffix.lower().lstrip(".")) == "csv"
        text = (
            records.aligned_csv(alignment)
            if as_csv
            else records.as_json(records.aligned(alignment))
        )
        try:
            out.write_text(text, "utf-8")
        except OSError as error:
            raise UsageError(f"{out}: cannot be written ({error.strerror}).") from error
    if as_json or (format == "json" and not out):
        print(records.as_json(records.aligned(alignment)))
    elif format == "csv" and not out:
        print(records.aligned_csv(alignment), end="")
    else:
        terminal.print_alignment(alignment)
    return 0


@app.command
def export(
    score: Path,
    recording: Path,
    *,
    format: Literal["csv", "json", "iiif", "mei", "mp4"],
    library: InLibrary = None,
    out: Path | None = None,
    base_url: str | None = None,
    size: str = "1920x1080",
    encoder: str = "",
) -> int:
    """Write a pair for other programs: table, IIIF manifest, MEI, or a film of the performance.

    Parameters
    ----------
    format : csv, json: the alignment; iiif: Presentation 3 manifest with Web Annotations; mei:
        zones and times of bars; mp4: the pages turning, with a moving cursor and the sound.
    out : the file to write, by default named after both files, in the current folder.
    base_url : (iiif) the address at which the folder of `out` will be published.
    size : (mp4) width and height in pixels.
    encoder : (mp4) FFmpeg's name of a video encoder, by default a free one that is there.
    """
    from scorebridge.export import formats
    from scorebridge.export.video import VideoSettings

    try:
        width, height = (int(side) for side in size.lower().split("x"))
    except ValueError:
        raise UsageError(f"export: --size {size}: give it like 1920x1080.") from None
    opened = _library(library)
    alignment = opened.align(score, recording)
    score, recording = Path(alignment.score), Path(alignment.recording)
    with terminal.share("writing") as progress:
        written = formats.export_pair(
            alignment,
            () if format in ("csv", "json") else opened.encode(score).places,
            format,
            out or Path(formats.default_name(score, recording, format)),
            base_url=base_url or formats.BASE_URL,
            video=VideoSettings(width, height, encoder=encoder),
            progress=progress,
        )
    print(written)
    return 0


@app.command(name="list")
def list_(
    *,
    library: InLibrary = None,
    kind: Literal["score", "recording"] | None = None,
    as_json: AsJson = False,
) -> int:
    """List what is in the library."""
    from scorebridge.export import records

    documents = _library(library).documents(kind)
    if as_json:
        print(records.as_json([records.listed(document) for document in documents]))
        return 0
    rows = []
    for document in documents:
        size = (
            f"{document.pages} p." if document.kind == "score" else terminal.clock(document.extent)
        )
        rows.append((document.kind, size, terminal.short(document.path)))
    terminal.print_table(("kind", "size", "path"), rows)
    return 0


@app.command
def remove(*documents: str, library: InLibrary = None, as_json: AsJson = False) -> int:
    """Forget documents, by path, folder or id; the files themselves stay."""
    from scorebridge.export import records

    if not documents:
        raise UsageError("remove: name at least one file, folder or id.")
    gone = _library(library).remove(documents)
    print(records.as_json({"removed": gone}) if as_json else f"{len(gone)} removed")
    return 0


@app.command
def verify(*, library: InLibrary = None, repair: bool = False, as_json: AsJson = False) -> int:
    """Check the library: files that are gone or changed, rows and vectors that disagree.

    Parameters
    ----------
    repair : remove stray vectors and forget damaged documents, so that `add` takes them anew.
    """
    from scorebridge.export import records

    problems = _library(library).verify(repair)
    if as_json:
        print(records.as_json({"problems": [asdict(problem) for problem in problems]}))
    for problem in problems:
        end = "Repaired." if problem.repaired else problem.remedy
        print(f"{problem.subject}: {problem.what}. {end}", file=sys.stderr)
    if not problems and not as_json:
        print("All is well.")
    return 0 if all(problem.repaired for problem in problems) else 1


@app.command
def renew(*, library: InLibrary = None, as_json: AsJson = False) -> int:
    """Encode the whole library anew, after an upgrade that brought other encoders.

    Titles, corrections, pins and links stay. The library is the old one until all is done.
    """
    from scorebridge.export import records

    with terminal.progress() as progress:
        report = _library(library).renew(progress)
    for error in report.failed:
        terminal.complain(error)
    if as_json:
        print(
            records.as_json(
                {"documents": report.documents, "failed": records.failed(report.failed)}
            )
        )
    elif report.failed:
        print(
            f"The library stays as it was: {len(report.failed)} of its files could not be encoded."
            " Bring them back or `scorebridge remove` them, and renew again."
        )
    else:
        print(f"All {report.documents} documents are encoded by the encoders in use.")
    return 1 if report.failed else 0


@app.command
def pages(
    file: Path,
    *,
    library: InLibrary = None,
    out: Path | None = None,
    correct: Path | None = None,
    as_json: AsJson = False,
) -> int:
    """Show the systems, staves and bars found on each page of a score.

    Parameters
    ----------
    out : write a picture of each page with what was found drawn over it into this folder.
    correct : JSON of this command, edited: the library takes its pages as they stand there
        from now on, and encodes the score anew if it holds it.
    """
    from scorebridge.export import records
    from scorebridge.library import corrections
    from scorebridge.score.pages import read_pages

    opened = _library(library)
    if correct:
        corrections.correct(opened.path, file, corrections.read(correct), opened.encoder)
    known = opened.corrections(file)
    found = []
    for page in read_pages(file):
        systems = known.systems(page)
        height, width = page.image.shape
        corrected = page.number in known.pages
        found.append(records.page(page.number, width, height, systems, corrected))
        if out:
            from scorebridge.export.overlay import draw_systems, write_picture

            write_picture(out / f"{file.stem}-{page.number:03d}.png", draw_systems(page, systems))
    if as_json:
        print(records.as_json({"path": str(file), "pages": found}))
        return 0
    terminal.print_table(
        ("page", "systems", "staves", "bars", "least sure", ""), map(terminal.page_row, found)
    )
    return 0


@app.command
def serve(
    *,
    library: InLibrary = None,
    host: str = "127.0.0.1",
    port: int = 8765,
    token: Annotated[str | None, Parameter(env_var="SCOREBRIDGE_TOKEN")] = None,
    allow_host: tuple[str, ...] = (),
    allow_origin: tuple[str, ...] = (),
    most_mb: int = 512,
    most_pages: int = 500,
    most_minutes: float = 180,
    memory_mb: int = 4096,
    open_: Annotated[bool, Parameter(name="--open")] = True,
) -> int:
    """Open the app on this machine: see it, hear it, follow it.

    Parameters
    ----------
    host : where to listen; anything but this machine itself demands a token.
    port : 0 takes any that is free.
    token : demanded of everybody who asks (at least 16 characters); off loopback one is
        made and printed if none is given.
    allow_host : a further name by which this machine is reached.
    allow_origin : another site whose pages may ask, like https://viewer.example.
    most_mb : of one upload. most_pages : of one score. most_minutes : of one recording.
    memory_mb : that reading one file may take.
    open : open the app in the browser.
    """
    from scorebridge.server.run import serve
    from scorebridge.server.settings import Limits

    if min(most_mb, most_pages, most_minutes, memory_mb) <= 0 or not 0 <= port < 65536:
        raise UsageError("serve: limits are above 0, ports from 0 to 65535.")
    limits = Limits(
        upload_bytes=most_mb << 20,
        pages=most_pages,
        duration_s=most_minutes * 60,
        memory_bytes=memory_mb << 20,
    )
    serve(library, host, port, token, allow_origin, allow_host, limits, open_)
    return 0


@app.command(name="lab", help_flags=(), version_flags=())
def lab(*words: Annotated[str, Parameter(allow_leading_hyphen=True)]) -> int:
    """Moved: data, training and evaluation are the command `scorebridge-lab`."""
    raise UsageError(
        f"lab: this is the command `scorebridge-lab {' '.join(words)}`".rstrip()
        + " now. It comes with"
        " the package scorebridge-lab: pip install scorebridge-lab."
    )


app.command("scorebridge.cli.demo:app", name="demo")


def _library(path: Path | None) -> Library:
    from scorebridge.library import Library

    return Library(path)


if __name__ == "__main__":
    main()
