"""Engraved pieces to training data: unrolled strips, played spectrograms, exact pairs.

One `.npz` a piece, small enough (about 0.7 MB) that a whole training set lies in
memory as bytes. A pair is a column of the unrolled strip and, for each
performance, the frame at which what stands there sounds: one pair for each
distinct onset of the piece (P3 section 3). Window positions follow the papers.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio.spectrogram import FRAME_RATE, spectrogram
from scorebridge.lab.engrave.engraving import Engraving
from scorebridge.lab.perform import Manner, perform
from scorebridge.lab.synthesize import TRAINING_FONT, UNSEEN_FONT, render, render_sampled
from scorebridge.score.strips import MARGIN, PAGE_WIDTH, STAFF_SPACE, cut_strip

SPEC_SCALE = 100  # spectrogram bytes are round(100 * log10(1 + x)), at most 255
PROGRAMS = (0, 1, 2, 3, 4, 6)  # General MIDI pianos and a harpsichord
PROGRAM_SHARES = (0.5, 0.15, 0.1, 0.08, 0.12, 0.05)


@dataclass(frozen=True)
class Packed:
    """One piece, ready to cut windows from."""

    name: str
    strip: NDArray[np.uint8]
    """[STRIP_HEIGHT, width]."""
    specs: tuple[NDArray[np.uint8], ...]
    """One a performance: [frames, BANDS], see `SPEC_SCALE`."""
    columns: NDArray[np.int32]
    """[pairs]: column of the unrolled strip."""
    frames: NDArray[np.int32]
    """[performances, pairs]: frame of each performance."""


def quantise(spec: NDArray[np.float32]) -> NDArray[np.uint8]:
    """float32 log10(1 + x) to bytes."""
    return np.clip(np.round(spec * SPEC_SCALE), 0, 255).astype(np.uint8)


def sheet_side(
    engraving: Engraving, page_scale: bool = False
) -> tuple[NDArray[np.uint8], NDArray[np.int32], NDArray[np.float64]]:
    """Unrolled strip, and the column and nominal onset of each pair.

    page_scale : scale by the page's width, as the papers do, instead of by the staff space.
    """
    strips, columns, onsets = [], [], []
    offset = 0
    for number, system in enumerate(engraving.systems):
        x0, x1, y0, y1 = (float(system[k]) for k in ("x0", "x1", "y0", "y1"))
        space = float(system["staff_space"])
        page = engraving.pages[system["page"]]
        scale = PAGE_WIDTH / page.shape[1] if page_scale else STAFF_SPACE / space
        strip = cut_strip(page, (x0, y0, x1, y1), space, scale=scale)
        notes = engraving.notes[engraving.notes["system"] == number]
        notes = notes[np.isfinite(notes["onset"])]
        at = offset + (notes["x"] - x0) * scale + MARGIN
        strips.append(strip)
        columns.append(at)
        onsets.append(notes["onset"])
        offset += strip.shape[1]
    column, onset = np.concatenate(columns), np.concatenate(onsets)
    order = np.lexsort((column, onset.round(3)))
    column, onset = column[order], onset[order]
    # Noteheads of one onset stand (nearly) above each other: their median column serves.
    starts = np.flatnonzero(np.diff(onset.round(3), prepend=-1.0) > 0)
    middle = [np.median(part) for part in np.split(column, starts[1:])]
    return np.concatenate(strips, 1), np.round(middle).astype(np.int32), onset[starts]


def render_training(
    events: NDArray[Any], rng: np.random.Generator, pianos: Path | None
) -> NDArray[np.float32]:
    """Play on one of the pianos that training may use, drawn at random."""
    folders = sorted(p for p in pianos.iterdir() if p.is_dir()) if pianos else []
    if folders and rng.random() < 0.6:
        return render_sampled(events, folders[rng.integers(len(folders))])
    return render(events, TRAINING_FONT, int(rng.choice(PROGRAMS, p=PROGRAM_SHARES)))


def render_unseen(
    events: NDArray[Any], rng: np.random.Generator, pianos: Path | None
) -> NDArray[np.float32]:
    """Play on the piano that training never hears."""
    return render(events, UNSEEN_FONT, 0)


def pack(
    engraving: Engraving,
    seed: int,
    performances: int = 3,
    manner: Manner | None = None,
    player: Callable[..., NDArray[np.float32]] = render_training,
    pianos: Path | None = None,
    page_scale: bool = False,
) -> Packed:
    """Cut, play and pair one piece. The same seed gives the same bytes."""
    rng = np.random.default_rng(seed)
    strip, columns, onsets = sheet_side(engraving, page_scale)
    specs, frames = [], []
    for _ in range(performances):
        events, warp = perform(engraving.events, rng, manner)
        specs.append(quantise(spectrogram(player(events, rng, pianos))))
        frames.append(np.round(warp(onsets) * FRAME_RATE).astype(np.int32))
    return Packed(engraving.name, strip, tuple(specs), columns, np.array(frames, np.int32))


def save(packed: Packed, path: Path) -> None:
    """Write one piece in one step."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(".partial")
    specs = {f"spec_{k}": s for k, s in enumerate(packed.specs)}
    with temporary.open("wb") as file:
        np.savez(
            file,
            name=np.frombuffer(packed.name.encode(), np.uint8),
            strip=packed.strip,
            columns=packed.columns,
            frames=packed.frames,
            **specs,  # pyright: ignore[reportArgumentType]
        )
    temporary.replace(path)


def load(path: Path) -> Packed:
    """Read what `save` wrote."""
    with np.load(path) as data:
        specs = tuple(data[f"spec_{k}"] for k in range(len(data["frames"])))
        name = data["name"].tobytes().decode()
        return Packed(name, data["strip"], specs, data["columns"], data["frames"])
