"""`scorebridge demo`: every step on the small collection that ships with the source.

Twelve scores and twelve recordings, whose names do not show what belongs together, are added to a
library; each is searched for from the other side and the answers are compared with the ground
truth; an excerpt is cut and found; one pair is aligned. The output is the table of answers,
`excerpt.ogg`, `alignment.json`, `alignment.png` and `report.html`. Everything goes through the
public API, so this is also the shortest example of it.
"""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import soundfile
from cyclopts import App

from scorebridge.audio.decode import decode
from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge.cli.options import Force
from scorebridge.encode.encoder import Encoder, load_encoder
from scorebridge.errors import UsageError
from scorebridge.export import records
from scorebridge.export.overlay import write_picture
from scorebridge.export.report import (
    Excerpt,
    PairAnswers,
    clock,
    draw_alignment,
    html_report,
)
from scorebridge.outputs import check_output, write_text
from scorebridge.sandbox import Allowance, Report, allowance_of, run_limited
from scorebridge.score.direction import turned_pages
from scorebridge.shown import shown_lines
from scorebridge.types import AlignedPair

if TYPE_CHECKING:
    from scorebridge.library import Library

EXCERPT_S = 20.0
DEFAULT_ALLOWANCE = allowance_of({})
GROUND_TRUTH = "truth.json"
WRITTEN = ("excerpt.ogg", "alignment.json", "alignment.png", "report.html")

app = App(name="demo", help="Link the small collection that ships, and show it.")


@dataclass(frozen=True, slots=True)
class Pair:
    """A score and a recording that belong together."""

    score: Path
    recording: Path
    title: str
    composer: str


@dataclass(frozen=True, slots=True)
class Collection:
    """The demonstration collection: its ground truth, and the excerpt to show."""

    pairs: tuple[Pair, ...]
    excerpt: Path
    """The recording to cut the excerpt from; it is also the one to be aligned."""
    excerpt_start_s: float


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run of the demonstration found and wrote."""

    answers: tuple[PairAnswers, ...]
    excerpt: Excerpt
    report: Path
    failed: int
    """Files that could not be added."""


@app.default
def command(
    *, out: Path = Path("demo-out"), collection: Path | None = None, force: Force = False
) -> int:
    """Link the small collection that ships, and show it.

    Parameters
    ----------
    out
        Folder for the library and for what is written.
    collection
        The folder `demo` of the source, where it is not found by itself.
    """
    found = find_collection(collection)
    check_written(out, read_collection(found), force)
    outcome = run_demo(found, out, allowance=allowance_of(os.environ))
    return 1 if outcome.failed else 0


def find_collection(given: Path | None = None) -> Path:
    """The folder of the collection: `given`, else `demo` here or in the source checkout.

    Raises `UsageError` where there is none.
    """
    source = Path(__file__).resolve().parents[3] / "demo"
    for folder in [given] if given else [Path("demo"), source]:
        if (folder / GROUND_TRUTH).is_file():
            return folder
    raise UsageError(
        f"demo: no collection in {given or 'demo'} (no {GROUND_TRUTH} there). It comes with the"
        " source of Scorebridge, not with the installed package: run this inside a checkout, or"
        " name its folder with --collection."
    )


def read_collection(folder: Path) -> Collection:
    """Read `truth.json` of a collection. Raises `UsageError` for a damaged one."""
    try:
        record: dict[str, Any] = json.loads((folder / GROUND_TRUTH).read_text("utf-8"))
        pairs = tuple(
            Pair(folder / p["score"], folder / p["recording"], p["title"], p["composer"])
            for p in record["pairs"]
        )
        shown = record["excerpt"]
        return Collection(pairs, folder / shown["recording"], float(shown["start_s"]))
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(
            f"{folder / GROUND_TRUTH}: damaged ({error!r}). Get the folder from the source again."
        ) from error


def check_written(out: Path, collection: Collection, force: bool) -> None:
    """Raise `UsageError` where the demonstration would replace files that it did not write.

    A folder with its library is its own: what it wrote there it writes again.
    """
    inputs = [path for pair in collection.pairs for path in (pair.score, pair.recording)]
    check_output(out, is_folder=True)
    is_own = any(out.glob("*.library/library.json"))
    for name in WRITTEN:
        check_output(out / name, inputs, force or is_own)


def run_demo(
    folder: Path,
    out: Path,
    encoder: Encoder | None = None,
    log: Callable[[str], object] = lambda line: print(shown_lines(line)),
    allowance: Allowance = DEFAULT_ALLOWANCE,
) -> Outcome:
    """Link the collection in `folder`, and write the results to `out`.

    encoder : by default the pair that ships. log : called with each line of the account.
    allowance : of the child processes that read the files.
    """
    from scorebridge.library import Library

    collection = read_collection(folder)
    encoder = encoder or load_encoder()
    out.mkdir(parents=True, exist_ok=True)
    # One library per encoder: vectors of different ones do not compare.
    name = re.sub(r"[^\w.-]", "_", encoder.info.name)
    library = Library(out / f"{name}.library", encoder, allowance)
    start = time.perf_counter()

    log(f"Reading the scores and recordings in {folder} ...")
    report = library.add([folder / "scores", folder / "recordings"])
    for error in report.failed:
        log(f"  failed: {error}")
    pages = sum(document.pages for document in library.documents("score"))
    minutes = sum(document.extent for document in library.documents("recording")) / 60
    count = len(collection.pairs)
    log(
        f"  {len(report.added)} added, {len(report.skipped)} known already: {pages} pages and"
        f" {minutes:.1f} minutes of music in {time.perf_counter() - start:.1f} s."
    )

    log("Linking every recording to a score and every score to a recording ...")
    answers = tuple(_ask(library, pair) for pair in collection.pairs)
    log(_table(answers))
    scores, recordings = (sum(one.correct[side] for one in answers) for side in (0, 1))
    verdict = f"{scores} of {count} scores and {recordings} of {count} recordings found"
    log(f"  {verdict} (compared with {GROUND_TRUTH}).")

    excerpt = _excerpt(library, collection, out)
    cut = f"{excerpt.duration_s:.0f} s of {excerpt.recording.name} from {clock(excerpt.start_s)}"
    log(f"Finding {excerpt.file} ({cut}) ...")
    for hit in excerpt.hits:
        where = "; ".join(f"page {p.page}, system {p.system}" for p in hit.passages)
        log(f"  {hit.rank}. {Path(hit.path).name}  {hit.confidence:.2f}  {where}")

    pair = next(p for p in collection.pairs if p.recording == collection.excerpt)
    log(f"Aligning {pair.recording.name} with {pair.score.name} ({pair.title}) ...")
    aligned = library.align_pair(pair.score, pair.recording)
    alignment = aligned.alignment
    write_text(out / "alignment.json", records.as_json(records.aligned(alignment)))
    log(f"  {len(alignment.points)} points, confidence {alignment.confidence:.2f}")

    elapsed = time.perf_counter() - start
    summary = f"{verdict}; {pages} pages, {minutes:.1f} minutes of music, {elapsed:.0f} s in all."
    title = "Scorebridge: the demonstration"
    shown = (title, summary, answers, excerpt, aligned)
    run_limited(write_pictures, pair.score, *shown, out, allowance=allowance)
    log(f"Done in {elapsed:.1f} s. Look at:")
    for name in ("report.html", "alignment.png", "alignment.json"):
        log(f"  {out / name}")
    return Outcome(answers, excerpt, out / "report.html", len(report.failed))


def _ask(library: Library, pair: Pair) -> PairAnswers:
    """Search for each of the two files among all of the other kind."""
    scores = library.find(pair.recording, top=1)
    recordings = library.find(pair.score, top=1)
    return PairAnswers(
        title=f"{pair.composer}: {pair.title}",
        recording=pair.recording,
        score=pair.score,
        score_found=scores[0] if scores else None,
        recording_found=recordings[0] if recordings else None,
    )


def _excerpt(library: Library, collection: Collection, out: Path) -> Excerpt:
    """Cut the excerpt, write it as a file and find that file's score."""
    recording, start = collection.excerpt, collection.excerpt_start_s
    path = out / "excerpt.ogg"
    allowance = library.allowance or DEFAULT_ALLOWANCE
    duration_s = run_limited(write_excerpt, recording, start, path, allowance=allowance)
    hits = library.find(path, top=3)
    return Excerpt(path, recording, start, duration_s, hits)


def write_excerpt(report: Report, recording: Path, start_s: float, path: Path) -> float:
    """Write `EXCERPT_S` of a recording as Ogg Vorbis; returns its duration in s."""
    first = round(start_s * SAMPLE_RATE)
    samples = decode(recording)[first : first + round(EXCERPT_S * SAMPLE_RATE)]
    with soundfile.SoundFile(path, "w", SAMPLE_RATE, 1, "VORBIS", format="OGG") as file:
        for k in range(0, len(samples), SAMPLE_RATE):  # libsndfile's Vorbis chokes on long writes
            file.write(samples[k : k + SAMPLE_RATE])
    return len(samples) / SAMPLE_RATE


def write_pictures(
    report: Report,
    score: Path,
    title: str,
    summary: str,
    answers: Sequence[PairAnswers],
    excerpt: Excerpt,
    pair: AlignedPair,
    out: Path,
) -> None:
    """Write the picture of an aligned pair and the report into the folder `out`."""
    pages = list(turned_pages(score, pair.rotations))
    write_picture(out / "alignment.png", draw_alignment(pages, pair.alignment, pair.places))
    page = html_report(title, summary, answers, excerpt, pages, pair)
    write_text(out / "report.html", page)


def _table(answers: Sequence[PairAnswers]) -> str:
    """The answers as text, one line a pair."""
    heads = ("piece", "recording", "-> score", "", "", "score", "-> recording", "", "")
    rows: list[Sequence[str]] = [heads]
    for pair in answers:
        row = [pair.title]
        sides = ((pair.recording, pair.score_found), (pair.score, pair.recording_found))
        for (query, hit), right in zip(sides, pair.correct, strict=True):
            found = Path(hit.path).name if hit else "nothing"
            confidence = f"{hit.confidence:.2f}" if hit else ""
            row += [query.name, found, confidence, "right" if right else "WRONG"]
        rows.append(row)
    widths = [max(len(row[k]) for row in rows) for k in range(len(heads))]
    lines = ("  ".join(c.ljust(w) for c, w in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(f"  {line}".rstrip() for line in lines)
