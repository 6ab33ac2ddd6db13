"""Exactness of the training data: is a note where the data has it?

    python -m studies.exactness --notes 500 --picture notes.png

Notes are drawn over the whole pipeline: a random work, engraver, style and print, a human
performance on some piano in some room. `note_measures.py` finds each in the sound and on the page
without the engraver's or the performer's tables, beyond the one claim that is tested. A second
measurement with claims that are wrong on purpose gives the power of the test. Only the cause of a
miss (`CheckedNote.cause`) uses the tables of its neighbours. About 10 s a work, most of it
engraving and sound.
"""

from __future__ import annotations

import sys
import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from cyclopts import App
from numpy.typing import NDArray

from scorebridge.audio.spectrogram import spectrogram
from scorebridge.cli.running import run_app
from scorebridge_lab.cli.shared import console
from scorebridge_lab.dataset.build import TIME_LIMIT, BuildSettings, edition_of
from scorebridge_lab.dataset.pack import with_voice
from scorebridge_lab.engrave.engraving import PAGE_WIDTH, Engraving
from scorebridge_lab.home import data
from scorebridge_lab.perform.performance import HUMAN, play
from scorebridge_lab.sources.registry import works_of
from scorebridge_lab.sources.work import Work
from scorebridge_lab.workers import cause_of, run_isolated
from studies.note_measures import PARTIALS, fit_near, head_near, onset_near

app = App(name="studies.exactness", result_action="return_value")

MAX_S, MAX_PX = 0.030, 3.0  # errors that count as right; px of a page 835 px wide
WRONG_S = (0.07, 0.15)  # s by which claims are wrong on purpose
WRONG_SPACES = 1.2  # staff spaces by which they are


@dataclass(frozen=True)
class CheckedNote:
    """One note and the distances of sound and page from the claim."""

    piece: str
    pitch: int
    claimed: float
    """s."""
    late: float
    """s by which the measured onset comes after the claim; NaN where it cannot be measured."""
    away: float
    """px of an 835 px page between head and claim; NaN where no head is found."""
    page: NDArray[np.uint8]
    """The page around the claim, 8 staff spaces across."""
    sound: NDArray[np.float32]
    """Spectrogram around the claim, [40, BANDS]."""
    wrong_late: float = np.nan
    """As `late`, of a claim that is wrong by `WRONG_S`."""
    wrong_away: float = np.nan
    """As `away`, of a claim that is wrong by `WRONG_SPACES`."""
    cause: str = ""
    """Why it was missed, '' where it was not."""
    engraver: str = ""


def check(
    works: Sequence[Work], pianos: Path, notes: int, each: int, seed: int, workers: int = 2
) -> tuple[list[CheckedNote], dict[str, str]]:
    """Draws `notes` notes, `each` from a work; returns them, and the works that failed by cause."""
    order = sorted(works, key=lambda w: zlib.crc32(f"{seed}/{w.name}".encode()))
    found: list[CheckedNote] = []
    failed: dict[str, str] = {}

    def make(work: Work) -> list[CheckedNote]:
        return check_work(work, pianos, each, zlib.crc32(f"{seed}/{work.name}".encode()))

    runs = run_isolated(make, order, workers, TIME_LIMIT)
    for work, rows, error in runs:
        if error is not None:
            failed[work.name] = error
            continue
        found += rows
        if len(found) >= notes:
            runs.close()
            break
    return found[:notes], failed


def check_work(work: Work, pianos: Path, each: int, seed: int) -> list[CheckedNote]:
    """Sends one work through the pipeline and checks some of its notes."""
    from scorebridge_lab.dataset.pack import render_training, sung

    rng = np.random.default_rng(seed)
    engraving = edition_of(work, rng, BuildSettings())
    played = play(engraving.events, rng, HUMAN, engraving.bars, engraving.marks)
    events = played.events
    voice = sung(engraving)
    singing = (events["source"] >= 0) & voice[events["source"]]
    samples = with_voice(events, singing, render_training, rng, pianos)
    spec = spectrogram(samples)
    real = np.flatnonzero(events["source"] >= 0)
    chosen = rng.permutation(real)[:each]
    out = []
    for k in chosen:
        source = engraving.events[events["source"][k]]
        same = np.flatnonzero(
            (np.abs(np.nan_to_num(engraving.notes["onset"], nan=-9) - source["onset"]) < 1e-3)
            & (engraving.notes["pitch"] == source["pitch"])
        )
        if not len(same):
            continue  # sounds, but is not printed as a note of its own
        note = engraving.notes[same[rng.integers(len(same))]]
        out.append(_checked(work, engraving, note, events, k, samples, spec, rng))
    return out


def _checked(
    work: Work,
    engraving: Engraving,
    note: Any,
    events: NDArray[Any],
    number: int,
    samples: NDArray[np.float32],
    spec: NDArray[np.float32],
    rng: np.random.Generator,
) -> CheckedNote:
    event, page = events[number], engraving.pages[int(note["page"])]
    space = float(engraving.systems[int(note["system"])]["staff_space"])
    x, y, onset = float(note["x"]), float(note["y"]), float(event["onset"])
    pitch, small = int(event["pitch"]), PAGE_WIDTH / page.shape[1]
    heard, head = onset_near(samples, pitch, onset), fit_near(page, x, y, space)
    away = np.nan if head is None else small * float(np.hypot(head[0] - x, head[1] - y))
    causes = []
    if not abs(heard - onset) <= MAX_S:
        causes.append(_why_late(events, number, heard))
    if not away <= MAX_PX:
        causes.append(_why_away(engraving, note, head, MAX_PX / small))
    wrong = onset + rng.choice([-1, 1]) * rng.uniform(*WRONG_S)
    turn = rng.uniform(0, 2 * np.pi)
    wrong_x, wrong_y = (
        x + WRONG_SPACES * space * np.cos(turn),
        y + WRONG_SPACES * space * np.sin(turn),
    )
    reach = round(4 * space)
    padded = np.pad(page, reach, constant_values=255)
    around = padded[int(y) : int(y) + 2 * reach, int(x) : int(x) + 2 * reach]
    frame = round(onset * 20)
    window = np.pad(spec, ((20, 20), (0, 0)))[frame : frame + 40]
    return CheckedNote(
        f"{work.source}/{work.name}",
        pitch,
        onset,
        heard - onset,
        away,
        cv2.resize(around, (120, 120), interpolation=cv2.INTER_AREA).astype(np.uint8),
        window.astype(np.float32),
        onset_near(samples, pitch, wrong) - wrong,
        small * head_near(page, wrong_x, wrong_y, space),
        ", ".join(causes),
        str(engraving.meta.get("engraver", "")),
    )


def _why_late(events: NDArray[Any], number: int, heard: float) -> str:
    """What was heard at a wrong moment, or why nothing was."""
    event = events[number]
    onset, pitch = float(event["onset"]), int(event["pitch"])
    others = np.delete(events, number)
    same = others[others["pitch"] == pitch]
    if ((same["onset"] < onset) & (same["onset"] + same["duration"] > onset - 0.1)).any():
        return "key struck again"
    if not np.isfinite(heard):
        loud = others[np.abs(others["onset"] - onset) < 0.1]["velocity"]
        louder = len(loud) and int(loud.max()) > int(event["velocity"]) + 10
        return "covered by louder notes" if louder else "no clear rise"
    near = others[np.abs(others["onset"] - heard) <= MAX_S]
    if any(_share_partials(pitch, int(p)) for p in near["pitch"]):
        return "other note with its partials"
    return "another note's attack" if len(near) else "no note there"


def _share_partials(a: int, b: int) -> bool:
    """Whether a partial that is looked at for key `a` is within half a semitone of one of `b`."""
    k, j = np.array(PARTIALS)[:, None], np.arange(1, 9)[None]
    return bool((np.abs(12 * np.log2(j / k) + b - a) < 0.5).any())


def _why_away(
    engraving: Engraving, note: Any, head: tuple[float, float] | None, within: float
) -> str:
    """What was found in place of a notehead. within : px of the page."""
    if head is None:
        return "no fit"
    notes = engraving.notes[engraving.notes["page"] == note["page"]]
    place = np.hypot(notes["x"] - head[0], notes["y"] - head[1])
    touching = np.hypot(notes["x"] - note["x"], notes["y"] - note["y"])
    if (place <= within).any():
        return "a neighbour's head fits better"
    space = float(engraving.systems[int(note["system"])]["staff_space"])
    return "heads touch" if ((touching > 0) & (touching < 1.6 * space)).any() else "something else"


def summary(rows: Sequence[CheckedNote]) -> dict[str, float]:
    """Shares within the limits, of the notes that could be measured; medians of the distances."""
    late = np.array([r.late for r in rows])
    away = np.array([r.away for r in rows])
    seen, found = np.isfinite(late), np.isfinite(away)
    return {
        "notes": len(rows),
        "onset measured": int(seen.sum()),
        "onset within 30 ms": float((np.abs(late[seen]) <= MAX_S).mean()),
        "median ms late": float(1000 * np.median(late[seen])),
        "head found": int(found.sum()),
        "head within 3 px": float((away[found] <= MAX_PX).mean()),
        "median px away": float(np.median(away[found])),
        "wrong claims within 30 ms": float((np.abs([r.wrong_late for r in rows]) <= MAX_S).mean()),
        "wrong claims within 3 px": float(
            (np.array([r.wrong_away for r in rows]) <= MAX_PX).mean()
        ),
    }


def causes(rows: Sequence[CheckedNote]) -> dict[str, int]:
    """How often each cause of a miss was met, the most frequent first."""
    return dict(Counter(c for r in rows for c in r.cause.split(", ") if c).most_common())


def draw(rows: Sequence[CheckedNote], path: Path, columns: int = 10) -> None:
    """A picture sheet: page and sound around each claim, the claim in the middle."""
    from matplotlib.figure import Figure

    count = -(-len(rows) // columns)
    figure = Figure(figsize=(1.5 * columns, 3.1 * count), dpi=70, layout="constrained")
    axes: Any = figure.subplots(2 * count, columns, squeeze=False)
    for axis in axes.ravel():
        axis.set_xticks([])
        axis.set_yticks([])
    for k, row in enumerate(rows):
        page, sound = (
            axes[2 * (k // columns), k % columns],
            axes[2 * (k // columns) + 1, k % columns],
        )
        page.imshow(row.page, cmap="gray", vmin=0, vmax=255)
        page.plot([60], [60], "+", color="crimson", markersize=9)
        page.set_title(f"{row.away:.1f} px {row.cause}"[:34], fontsize=6)
        sound.imshow(row.sound.T, origin="lower", aspect="auto", cmap="magma")
        sound.axvline(20 - 0.5, color="white", linewidth=0.7)
        sound.set_title(f"{row.pitch}: {1000 * row.late:.0f} ms", fontsize=7)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)


@app.default
def main(
    *,
    notes: int = 500,
    each: int = 10,
    sources: tuple[str, ...] = ("mutopia", "polish", "lieder"),
    seed: int = 0,
    workers: int = 2,
    picture: Path | None = None,
) -> int:
    """Random notes of the whole pipeline, found again in the sound and on the page by other means.

    Parameters
    ----------
    notes
        To draw.
    each
        Notes of one work.
    sources
        Of the works.
    seed
        Of everything that is drawn at random.
    workers
        Processes.
    picture
        A sheet of 40 notes to look at, and beside it (`-missed`) one of those missed.
    """
    works = [w for name in sources for w in works_of(name)]
    rows, failed = check(works, data() / "pianos", notes, each, seed, workers)
    for what, value in summary(rows).items():
        console.print(
            f"{what:>26}  {value:.3f}" if isinstance(value, float) else f"{what:>26}  {value}"
        )
    for engraver, count in Counter(r.engraver for r in rows).most_common():
        console.print(f"{engraver:>26}  {count} notes")
    for cause, count in causes(rows).items():
        console.print(f"  missed: {count:4d} x {cause}", markup=False)
    console.print(f"{len(failed)} works failed")
    for name, cause in failed.items():
        console.print(f"  {name}: {cause_of(cause)}", markup=False)
    if picture is not None:
        draw(rows[:: max(1, len(rows) // 40)][:40], picture)
        if missed := [r for r in rows if r.cause]:
            draw(missed[:60], picture.with_stem(f"{picture.stem}-missed"))
    return 0


if __name__ == "__main__":
    sys.exit(run_app(app, sys.argv[1:]))
