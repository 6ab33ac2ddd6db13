"""Is a note where the world says it is? Measured on sound and page, not by what made them.

Notes are drawn over the whole pipeline: a random work, engraver, style and print, a human
performance on some piano in some room. In the sound, the energy at the note's own partials is
followed through time (a filter of its own for each partial) and the moment of the steepest rise
near the claimed onset is taken. On the page, shapes of noteheads are laid over the claimed place,
and the nearest good fit is where the head is. Neither uses the engraver's or the performer's
tables beyond the one claim that is tested. How much such a finding proves, a second measurement
tells: the same notes with claims that are wrong on purpose. Only to say why a note was missed
(`Checked.cause`) are the tables of its neighbours read. About 10 s a work, most of it engraving
and sound.
"""

from __future__ import annotations

import zlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import signal

from scorebridge.audio.spectrogram import SAMPLE_RATE, spectrogram
from scorebridge_lab.dataset.pack import with_voice
from scorebridge_lab.dataset.world import TIME_LIMIT, World, edition_of
from scorebridge_lab.engrave.engraving import PAGE_WIDTH, Engraving
from scorebridge_lab.perform.performance import HUMAN, play
from scorebridge_lab.sources.work import Work
from scorebridge_lab.workers import run_isolated

REACH = 0.12  # s around the claim within which a rise is looked for
STEP = 0.002  # s between two values of the envelope
RISE = 0.03  # s over which a rise is measured
PARTIALS = (1, 2, 3, 4, 5, 6, 7, 8)
FLOOR = 1e-3  # of the strongest partial's energy: below it nothing is heard
HELD = (-6.0, 12.0)  # dB between which the rise of one partial counts
CLEAR = 2.0  # dB, least mean rise of a note's partials, for its onset to be seen
WITHIN_S, WITHIN_PX = 0.030, 3.0  # what is asked of a pair; px of a page 835 px wide
WRONG_S = (0.07, 0.15)  # s by which claims are wrong on purpose
WRONG_SPACES = 1.2  # staff spaces by which they are


@dataclass(frozen=True)
class Checked:
    """One note and how far sound and page are from what is claimed."""

    piece: str
    pitch: int
    claimed: float
    """s."""
    late: float
    """s by which the measured onset comes after the claim; NaN where it cannot be told."""
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


def envelopes(
    samples: NDArray[np.float32], pitch: int, centre: float, reach: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times (s) and the energy of each partial of a note around `centre`, [partials, times]."""
    base = 440.0 * 2 ** ((int(pitch) - 69) / 12)
    first = int((centre - reach - 0.1) * SAMPLE_RATE)
    last = int((centre + reach + 0.1) * SAMPLE_RATE)
    part = samples[max(0, first) : last]
    part = np.pad(part, (max(0, -first), max(0, last - max(0, first) - len(part))))
    time = first / SAMPLE_RATE + np.arange(len(part)) / SAMPLE_RATE
    at = np.arange(centre - reach, centre + reach, STEP)
    length = int(SAMPLE_RATE * max(0.024, 6 / base if base > 150 else 0.04))
    rows = []
    for k in PARTIALS:
        hertz = k * base
        if hertz > 8000:
            break
        if hertz < 150 and k < 3:
            continue  # too slow to tell when; the note's higher partials say it
        tone = signal.fftconvolve(
            part * np.exp(-2j * np.pi * hertz * time), np.hanning(length), "same"
        )
        rows.append(np.interp(at, time, np.abs(tone) ** 2))
    return at, np.array(rows)


def onset_near(samples: NDArray[np.float32], pitch: int, claimed: float) -> float:
    """The moment of the steepest rise near a claimed onset, s; NaN where nothing rises clearly.

    A rise is the mean over the note's audible partials, each held to a few dB, so that one
    partial that another note shares is not enough.
    """
    at, energy = envelopes(samples, pitch, claimed, REACH + 2 * RISE)
    most = float(energy.max(initial=0.0))
    audible = energy.max(axis=1) > 3 * FLOOR * most
    if not audible.any():
        return np.nan
    level = 10 * np.log10(energy[audible] + FLOOR * most + 1e-12)
    width = round(RISE / STEP)
    rise = np.clip(level[:, width:] - level[:, :-width], *HELD).mean(0)
    middle = at[: len(rise)] + RISE / 2
    inside = np.abs(middle - claimed) <= REACH
    rise, middle = rise[inside], middle[inside]
    top = float(rise.max())
    if top < CLEAR:
        return np.nan
    # Of several clear rises (other notes share partials) the one nearest to the claim counts.
    peaks, _ = signal.find_peaks(np.pad(rise, 1), height=max(CLEAR, 0.5 * top))
    if not len(peaks):
        return float(middle[np.argmax(rise)])
    places = middle[peaks - 1]
    return float(places[np.argmin(np.abs(places - claimed))])


def _heads(space: float) -> list[NDArray[np.uint8]]:
    """Shapes of noteheads, ink 255: black, hollow, whole; half a staff space of paper around."""
    shapes = []
    for wide, hollow in ((1.25, 0.0), (1.25, 0.45), (1.7, 0.5)):
        scale = 8
        height, width = round(1.5 * space), round((wide + 0.5) * space)
        big = np.zeros((height * scale, width * scale), np.uint8)
        middle = (width * scale // 2, height * scale // 2)
        axes = (int(wide / 2 * space * scale), int(0.46 * space * scale))
        cv2.ellipse(big, middle, axes, -18.0, 0, 360, 255, -1)
        if hollow:
            inner = (int(axes[0] * 0.8), int(axes[1] * hollow))
            cv2.ellipse(big, middle, inner, -30.0, 0, 360, 0, -1)
        shapes.append(cv2.resize(big, (width, height), interpolation=cv2.INTER_AREA))
    return shapes


def head_near(page: NDArray[np.uint8], x: float, y: float, space: float) -> float:
    """Distance in px from (x, y) to the nearest good fit of a notehead; NaN where none fits."""
    found = fit_near(page, x, y, space)
    return np.nan if found is None else float(np.hypot(found[0] - x, found[1] - y))


def fit_near(
    page: NDArray[np.uint8], x: float, y: float, space: float
) -> tuple[float, float] | None:
    """The good fit of a notehead that is nearest to (x, y), in px; None where none fits."""
    reach = 2.2 * space
    left, top = int(x - reach), int(y - reach)
    padded = np.pad(page, 64, constant_values=255)
    crop = 255 - padded[top + 64 : int(y + reach) + 65, left + 64 : int(x + reach) + 65]
    best: list[tuple[float, float, float]] = []
    for shape in _heads(space):
        if crop.shape[0] < shape.shape[0] or crop.shape[1] < shape.shape[1]:
            continue
        fit = cv2.matchTemplate(crop, shape, cv2.TM_CCOEFF_NORMED)
        top_fit = float(fit.max())
        if top_fit < 0.4:
            continue
        local = (fit == cv2.dilate(fit, np.ones((3, 3)))) & (fit > max(0.4, 0.75 * top_fit))
        rows, columns = np.nonzero(local)
        px = left + columns + (shape.shape[1] - 1) / 2
        py = top + rows + (shape.shape[0] - 1) / 2
        away = np.hypot(px - x, py - y)
        best += zip(away.tolist(), px.tolist(), py.tolist(), strict=True)
    return min(best)[1:] if best else None


def check(
    works: Sequence[Work], pianos: Path, notes: int, each: int, seed: int, workers: int = 2
) -> tuple[list[Checked], dict[str, str]]:
    """Draw `notes` notes, `each` from a work; returns them and the works that failed, and why."""
    order = sorted(works, key=lambda w: zlib.crc32(f"{seed}/{w.name}".encode()))
    found: list[Checked] = []
    failed: dict[str, str] = {}

    def make(work: Work) -> list[Checked]:
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


def check_work(work: Work, pianos: Path, each: int, seed: int) -> list[Checked]:
    """Send one work through the pipeline and check some of its notes."""
    from scorebridge_lab.dataset.pack import render_training, sung

    rng = np.random.default_rng(seed)
    engraving = edition_of(work, rng, World())
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
) -> Checked:
    event, page = events[number], engraving.pages[int(note["page"])]
    space = float(engraving.systems[int(note["system"])]["staff_space"])
    x, y, onset = float(note["x"]), float(note["y"]), float(event["onset"])
    pitch, small = int(event["pitch"]), PAGE_WIDTH / page.shape[1]
    heard, head = onset_near(samples, pitch, onset), fit_near(page, x, y, space)
    away = np.nan if head is None else small * float(np.hypot(head[0] - x, head[1] - y))
    causes = []
    if not abs(heard - onset) <= WITHIN_S:
        causes.append(_why_late(events, number, heard))
    if not away <= WITHIN_PX:
        causes.append(_why_away(engraving, note, head, WITHIN_PX / small))
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
    return Checked(
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
    near = others[np.abs(others["onset"] - heard) <= WITHIN_S]
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


def summary(rows: Sequence[Checked]) -> dict[str, float]:
    """Shares within the limits, of the notes that could be measured; medians of the distances."""
    late = np.array([r.late for r in rows])
    away = np.array([r.away for r in rows])
    seen, found = np.isfinite(late), np.isfinite(away)
    return {
        "notes": len(rows),
        "onset measured": int(seen.sum()),
        "onset within 30 ms": float((np.abs(late[seen]) <= WITHIN_S).mean()),
        "median ms late": float(1000 * np.median(late[seen])),
        "head found": int(found.sum()),
        "head within 3 px": float((away[found] <= WITHIN_PX).mean()),
        "median px away": float(np.median(away[found])),
        "wrong claims within 30 ms": float(
            (np.abs([r.wrong_late for r in rows]) <= WITHIN_S).mean()
        ),
        "wrong claims within 3 px": float(
            (np.array([r.wrong_away for r in rows]) <= WITHIN_PX).mean()
        ),
    }


def causes(rows: Sequence[Checked]) -> dict[str, int]:
    """How often each cause of a miss was met, the most frequent first."""
    return dict(Counter(c for r in rows for c in r.cause.split(", ") if c).most_common())


def draw(rows: Sequence[Checked], path: Path, columns: int = 10) -> None:
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
