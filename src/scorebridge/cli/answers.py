"""Commands that search the library and align pairs."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from scorebridge.choices import SearchMethod
from scorebridge.cli import terminal
from scorebridge.cli.options import AsJson, Force, InLibrary, check_out, open_library
from scorebridge.errors import UsageError
from scorebridge.outputs import write_text
from scorebridge.shown import shown


def find(
    file: Path,
    *,
    library: InLibrary = None,
    top: int = 10,
    method: SearchMethod = "align",
    span: str | None = None,
    region: str | None = None,
    as_json: AsJson = False,
) -> int:
    """Find the scores of a recording, or the recordings of a score, page or photo.

    Parameters
    ----------
    file
        Recording, score, page or photo; it need not be in the library.
    top
        Maximum number of results.
    method
        "align" aligns the likeliest documents and gives a calibrated confidence; the others are the
        papers': votes of 100 excerpts or of all, neighbours that agree on an offset, warping of
        whole sequences, warping of a fragment.
    span
        Seconds of a recording to search for, such as 30-45.
    region
        Part of a page to search for: 2:0.1,0.3,0.9,0.5 is page 2, left, top, right, bottom.
    """
    from scorebridge.cli.arguments import excerpt_of
    from scorebridge.export import records

    if top < 1:
        raise UsageError("find: --top counts from 1.")
    start = time.perf_counter()
    opened = open_library(library)
    now = opened.snapshot()  # reports a missing library before the file is encoded
    query, asked = excerpt_of(opened.encode(file, now), span, region)
    hits = opened.find(query, top, method, now)
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
        print(f"{shown(opened.path)} holds no {other} to compare with.")
    return 0


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
    force: Force = False,
    as_json: AsJson = False,
) -> int:
    """Print where in the score every moment of a recording is.

    Parameters
    ----------
    score
        File of the score.
    recording
        File of the recording.
    pin
        What you know, as SECONDS=BAR: at that time that bar begins (7.5 is half through bar 7).
    sections
        The bars that are played, in the order they are played: 1-16,1-16,17-40.
    forget
        Delete the pins and sections that the library keeps with this pair.
    out
        Write the alignment into this file.
    format
        Of --out, by default that of its extension, else json.
    """
    from scorebridge.cli.arguments import anchors_of, sections_of
    from scorebridge.export import records

    anchors, given = anchors_of(pin), sections_of(sections)
    if not forget:  # what is not given is what was stored before
        anchors, given = anchors or None, given or None
    opened = open_library(library)
    if out:
        check_out(out, opened, score, recording, force=force)
    alignment = opened.align(score, recording, anchors, given)
    if out:
        as_csv = (format or out.suffix.lower().lstrip(".")) == "csv"
        record = records.aligned(alignment)
        write_text(out, records.aligned_csv(alignment) if as_csv else records.as_json(record))
    if as_json or (format == "json" and not out):
        print(records.as_json(records.aligned(alignment)))
    elif format == "csv" and not out:
        print(records.aligned_csv(alignment), end="")
    else:
        terminal.print_alignment(alignment)
    return 0
