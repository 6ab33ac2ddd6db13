"""Robustness of an encoder to bad sound and bad pages: MRR against one disturbance at a time.

Rebuilt MSMD test pieces on the unseen piano, with one disturbance. Audio goes through the levelled
spectrogram as always (so gain shows in clipping and in 16 bits only); pages go through the page
reader, so that what it corrects is corrected, and notes on systems that it does not find are left
out, which `found` counts. The same onsets are queries at every value. About 1 s a piece and value
for sound, 0.5 s a page and value.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any, Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.audio import spectrogram as audio
from scorebridge.encode.encoder import Encoder
from scorebridge.score import strips as sheet
from scorebridge.score.systems import find_systems
from scorebridge.score.unrolled import cut_windows, unroll
from scorebridge.types import Page
from scorebridge_lab.augment.room import Room, response
from scorebridge_lab.engrave.engraving import Engraving
from scorebridge_lab.metrics import from_ranks, intervals, paired_ranks
from scorebridge_lab.perform.performance import STRAIGHT, perform
from scorebridge_lab.perform.synthesize import UNSEEN_FONT, render

Samples = NDArray[np.float32]
Grey = NDArray[np.uint8]
WindowsByOnset = dict[int, NDArray[Any]]
MAX_ONSETS = 50  # of each piece
ROOM = (8.0, 10.0, 3.5)  # m


@dataclass(frozen=True)
class Sweep:
    """One disturbance and its values."""

    side: Literal["audio", "sheet"]
    unit: str
    values: tuple[float, ...]


SWEEPS = {
    "tempo": Sweep("audio", "factor", (1.0, 0.5, 0.63, 0.8, 1.25, 1.6, 2.0)),
    "noise": Sweep("audio", "dB signal to noise", (40.0, 30.0, 20.0, 15.0, 10.0, 5.0, 0.0)),
    "reverberation": Sweep("audio", "s", (0.0, 0.3, 0.6, 1.0, 1.5, 2.2)),
    "detuning": Sweep("audio", "cents", (0.0, -100.0, -50.0, -25.0, 25.0, 50.0, 100.0)),
    "gain": Sweep("audio", "dB", (0.0, -40.0, -20.0, 6.0, 12.0, 20.0)),
    "skew": Sweep("sheet", "degrees", (0.0, 0.5, 1.0, 2.0, 3.0, 5.0)),
    "blur": Sweep("sheet", "staff spaces", (0.0, 0.05, 0.1, 0.15, 0.2, 0.3)),
    "resolution": Sweep("sheet", "px a staff space", (7.0, 6.0, 5.0, 4.0, 3.0)),
    "staff size": Sweep("sheet", "factor misjudged", (1.0, 0.8, 0.9, 1.1, 1.25)),
}


@dataclass(frozen=True)
class SweepPoint:
    """Figures at one value of a sweep."""

    value: float
    queries: int
    found: float
    """Share of the onsets that could be cut on both sides."""
    a2s: float
    s2a: float
    a2s_95: tuple[float, float]
    s2a_95: tuple[float, float]

    def asdict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


def play_unseen(events: NDArray[Any]) -> Samples:
    """The piano that training never hears."""
    return render(events, UNSEEN_FONT)


def disturb_sound(samples: Samples, name: str, value: float, rng: np.random.Generator) -> Samples:
    """Samples with one disturbance (tempo is the performer's); times of onsets stay.

    Detuning resamples, which also stretches time by 6 % a semitone: `stretch_of` gives the factor.
    """
    x = samples / max(1e-9, float(np.abs(samples).max()))
    if name == "noise":
        loud = float(np.sqrt(np.mean(np.square(x))))
        x = x + loud * 10 ** (-value / 20) * rng.standard_normal(len(x))
    elif name == "reverberation" and value:
        width, depth, height = ROOM
        surface = 2 * (width * depth + depth * height + width * height)
        absorption = 0.161 * width * depth * height / (surface * value)
        room = Room(ROOM, min(1.0, absorption), (2.0, 3.0, 1.0), (5.5, 6.5, 1.6))
        size = len(x) + int(audio.SAMPLE_RATE)
        wet = np.fft.rfft(x, 2 * size) * np.fft.rfft(response(room, rng), 2 * size)
        x = np.fft.irfft(wet)[:size]
    elif name == "gain":
        x = np.clip(0.9 * x * 10 ** (value / 20), -1, 1)
        x = np.round(x * 32767) / 32767  # 16 bits, as most files have: faint copies lose more
    elif name == "detuning" and value:
        places = np.arange(0, len(x) - 1, 1 / stretch_of(name, value))
        x = np.interp(places, np.arange(len(x)), x)
    return x.astype(np.float32)


def stretch_of(name: str, value: float) -> float:
    """Factor by which a disturbance lengthens time."""
    return 2.0 ** (-value / 1200) if name == "detuning" else 1.0


def disturb_page(page: Grey, name: str, value: float, space: float) -> tuple[Grey, NDArray[Any]]:
    """A page with one disturbance, and the matrix [2, 3] from old px to new.

    space : px between staff lines of the page.
    """
    height, width = page.shape
    matrix = np.array([[1.0, 0, 0], [0, 1.0, 0]])
    if name == "skew" and value:
        matrix = cv2.getRotationMatrix2D((width / 2, height / 2), value, 1.0)
        page = np.asarray(
            cv2.warpAffine(page, matrix, (width, height), flags=cv2.INTER_AREA, borderValue=(255,)),
            np.uint8,
        )
    elif name == "blur" and value:
        page = np.asarray(cv2.GaussianBlur(page, (0, 0), value * space), np.uint8)
    elif name == "resolution" and value < space:
        size = (round(width * value / space), round(height * value / space))
        page = np.asarray(cv2.resize(page, size, interpolation=cv2.INTER_AREA), np.uint8)
        matrix = np.array([[size[0] / width, 0, 0], [0, size[1] / height, 0]])
    return page, matrix


def sheet_windows(
    engraving: Engraving, asked: NDArray[np.int64], name: str, value: float
) -> WindowsByOnset:
    """Windows of the asked onsets (indices of `onsets_of`) from pages disturbed and read."""
    onsets, notes = onsets_of(engraving), engraving.notes
    wanted = {float(onsets[k]): int(k) for k in asked}
    found: dict[int, list[float]] = {}
    strips, start = [], 0.0
    space = float(np.median(engraving.systems["staff_space"]))
    for number, image in enumerate(engraving.pages):
        image, matrix = disturb_page(image, name, value, space)
        height, width = image.shape
        page = Page(Path(engraving.name), number + 1, image)
        here = notes[(notes["page"] == number) & np.isfinite(notes["onset"])]
        middles = engraving.systems[here["system"]]
        places = np.stack([here["x"], (middles["y0"] + middles["y1"]) / 2, np.ones(len(here))])
        at_x, at_y = matrix @ places
        for system in find_systems(page):
            if name == "staff size":
                system = replace(system, staff_space=system.staff_space * value)
            strip = sheet.strip_of(page, system)
            x0, y0, x1, y1 = system.box
            fall = system.slope * (at_x - (x0 + x1) / 2 * width)
            inside = (at_y - fall > y0 * height) & (at_y - fall < y1 * height)
            inside &= (at_x > x0 * width) & (at_x < x1 * width)
            columns = strip.images.shape[2]
            edges = strip.xs or (strip.x0, strip.x1)
            scale = np.linspace(0, columns, len(edges))
            for x, note in zip(at_x[inside], here[inside], strict=True):
                k = wanted.get(float(note["onset"]))
                if k is not None:
                    found.setdefault(k, []).append(
                        start + float(np.interp(x / width, edges, scale))
                    )
            strips.append(strip)
            start += columns
    if not found:
        return {}
    centres = np.array([round(float(np.median(c))) for c in found.values()])
    windows, owner = cut_windows(unroll(strips), centres)
    lowest = np.append(np.flatnonzero(np.diff(owner)), len(owner) - 1)  # the piano's strip
    return dict(zip(found, windows[lowest], strict=True))


def audio_windows(
    engraving: Engraving,
    asked: NDArray[np.int64],
    name: str,
    value: float,
    player: Callable[[NDArray[Any]], Samples],
    paced: bool = False,
) -> WindowsByOnset:
    """Windows of the asked onsets from a disturbed recording; those at its ends are left out."""
    rng = np.random.default_rng(0)
    manner = replace(STRAIGHT, tempo=(value, value)) if name == "tempo" else STRAIGHT
    events, warp = perform(engraving.events, rng, manner)
    spec = audio.spectrogram(disturb_sound(player(events), name, value, rng))
    times = warp(onsets_of(engraving)[asked]) * stretch_of(name, value)
    frames = np.round(times * audio.FRAME_RATE).astype(np.int64)
    half = audio.WINDOW_FRAMES // 2
    inside = (frames >= half) & (frames <= len(spec) - half)
    pace = audio.paces(spec)[frames[inside]] if paced else None
    windows = audio.cut_windows(spec, frames[inside], pace=pace)
    return dict(zip(asked[inside].tolist(), windows, strict=True))


def onsets_of(engraving: Engraving) -> NDArray[np.float64]:
    """Distinct onsets of the noteheads, sorted."""
    onset = engraving.notes["onset"]
    return np.unique(onset[np.isfinite(onset)])


def measure(
    encoder: Encoder,
    pieces: Sequence[Engraving],
    name: str,
    player: Callable[[NDArray[Any]], Samples] = play_unseen,
    seed: int = 0,
) -> list[SweepPoint]:
    """The curve of one of `SWEEPS`, sorted by value; every onset is a query among all others."""
    sweep, rng = SWEEPS[name], np.random.default_rng(seed)
    asked = []
    for piece in pieces:
        count = len(onsets_of(piece))
        asked.append(np.sort(rng.permutation(count)[:MAX_ONSETS]))
    hear = partial(audio_windows, player=player, paced=encoder.info.paced)
    plain = [
        sheet_windows(p, a, "", 0) if sweep.side == "audio" else hear(p, a, "", 0)
        for p, a in zip(pieces, asked, strict=True)
    ]
    total, points = sum(map(len, asked)), []
    for value in sweep.values:
        sheets, sounds, owner = [], [], []
        for number, (piece, onsets) in enumerate(zip(pieces, asked, strict=True)):
            other = plain[number]
            if sweep.side == "audio":
                mine = hear(piece, onsets, name, value)
                pairs = [(other[k], mine[k]) for k in mine if k in other]
            else:
                mine = sheet_windows(piece, onsets, name, value)
                pairs = [(mine[k], other[k]) for k in mine if k in other]
            sheets += [p[0] for p in pairs]
            sounds += [p[1] for p in pairs]
            owner += [number] * len(pairs)
        points.append(_point(encoder, value, sheets, sounds, np.array(owner), total))
    return sorted(points, key=lambda p: p.value)


def _point(
    encoder: Encoder,
    value: float,
    sheets: list[NDArray[Any]],
    sounds: list[NDArray[Any]],
    owner: NDArray[np.int64],
    total: int,
) -> SweepPoint:
    if not sheets:
        nan = float("nan")
        return SweepPoint(value, 0, 0.0, nan, nan, (nan, nan), (nan, nan))
    s, a = encoder.sheet(np.stack(sheets)), encoder.audio(np.stack(sounds))
    ranks = paired_ranks(a, s), paired_ranks(s, a)
    a2s, s2a = (from_ranks(r).mrr for r in ranks)
    edges_a, edges_s = (intervals(r, owner)["mrr"] for r in ranks)
    return SweepPoint(value, len(sheets), len(sheets) / max(1, total), a2s, s2a, edges_a, edges_s)


def draw(curves: dict[str, list[SweepPoint]], folder: Path) -> list[Path]:
    """One picture a curve, both directions with their intervals; returns the files."""
    from matplotlib.figure import Figure

    folder.mkdir(parents=True, exist_ok=True)
    files = []
    for name, points in curves.items():
        figure = Figure(figsize=(4.2, 3), dpi=110, layout="constrained")
        axis: Any = figure.subplots()
        values = [p.value for p in points]
        for key, label, colour in (
            ("a2s", "audio to sheet", "#1f5fa8"),
            ("s2a", "sheet to audio", "#b3541e"),
        ):
            low, high = zip(*(getattr(p, f"{key}_95") for p in points), strict=True)
            axis.plot(values, [getattr(p, key) for p in points], "o-", color=colour, label=label)
            axis.fill_between(values, low, high, color=colour, alpha=0.15, linewidth=0)
        axis.set_xlabel(f"{name} ({SWEEPS[name].unit})")
        axis.set_ylabel(f"MRR, up to {max(p.queries for p in points)} candidates")
        axis.set_ylim(0, 1)
        axis.grid(alpha=0.3)
        axis.legend(frameon=False)
        files.append(folder / f"robust_{name.replace(' ', '_')}.png")
        figure.savefig(files[-1])
    return files
