"""A picture of random pairs, for a person to check by eye.

Left of each pair the sheet window (160 x 200 px of the 835 px page, P3 section 4.1),
right the audio window of 84 frames from a rendering of the same piece. The line in the
middle is the notehead's place and its onset; the marks at the right edge show
where the fundamentals of the noteheads struck at that onset lie, so each line of
sound that begins at the middle should have its mark and each mark its line.

    python -m scorebridge.lab.data.pairs_sheet FOLDER docs/msmd_pairs.png
"""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from scorebridge.audio.spectrogram import (
    BANDS,
    FFT_SIZE,
    FRAME_RATE,
    SAMPLE_RATE,
    WINDOW_FRAMES,
    filterbank,
    spectrogram,
)
from scorebridge.errors import LabError
from scorebridge.lab.engrave.engraving import Engraving
from scorebridge.lab.synthesize import TRAINING_FONT, render

HEIGHT, WIDTH = 160, 200  # px of the page
NAMES = ("C", "C#", "D", "Eb", "E", "F", "F#", "G", "Ab", "A", "Bb", "B")


@dataclass(frozen=True)
class Pair:
    """One notehead and the sound at its onset."""

    piece: str
    sheet: NDArray[np.uint8]
    """[HEIGHT, WIDTH]."""
    audio: NDArray[np.float32]
    """[WINDOW_FRAMES, BANDS]."""
    pitches: tuple[int, ...]
    """MIDI: all noteheads struck at that onset."""


def complete_notes(engraving: Engraving) -> NDArray[np.int64]:
    """Numbers of the notes with an onset whose both windows lie inside page and piece."""
    notes, half = engraving.notes, WINDOW_FRAMES / 2 / FRAME_RATE
    end = float((engraving.events["onset"] + engraving.events["duration"]).max())
    width = engraving.pages[0].shape[1]
    onset, x = notes["onset"], notes["x"]
    inside = (onset >= half) & (onset <= end - half)  # false for NaN
    return np.flatnonzero(inside & (x >= WIDTH / 2) & (x < width - WIDTH / 2))


def cut_pair(engraving: Engraving, spec: NDArray[np.float32], note: int) -> Pair:
    """The windows around one notehead; `spec` is the piece's, float32 [frames, BANDS]."""
    row = engraving.notes[note]
    system = engraving.systems[int(row["system"])]
    page = np.pad(engraving.pages[int(row["page"])], HEIGHT, constant_values=255)
    top = HEIGHT + round(float(system["y0"] + system["y1"]) / 2) - HEIGHT // 2
    left = HEIGHT + round(float(row["x"])) - WIDTH // 2
    start = round(float(row["onset"]) * FRAME_RATE) - WINDOW_FRAMES // 2
    together = engraving.notes["pitch"][engraving.notes["onset"] == row["onset"]]
    return Pair(
        engraving.name,
        page[top : top + HEIGHT, left : left + WIDTH],
        spec[start : start + WINDOW_FRAMES],
        tuple(sorted({int(p) for p in together})),
    )


def draw_pairs(engravings: Sequence[Engraving], rng: np.random.Generator) -> list[Pair]:
    """One random pair of each piece, rendered with the training sound font."""
    pairs = []
    for engraving in engravings:
        notes = complete_notes(engraving)
        if len(notes):
            spec = spectrogram(render(engraving.events, TRAINING_FONT))
            pairs.append(cut_pair(engraving, spec, int(rng.choice(notes))))
    return pairs


def band_of(pitch: int) -> int:
    """Spectrogram band that answers most to the fundamental of a MIDI pitch."""
    frequency = 440.0 * 2 ** ((pitch - 69) / 12)
    return int(filterbank()[round(frequency * FFT_SIZE / SAMPLE_RATE)].argmax())


def draw_sheet(pairs: Sequence[Pair], path: Path, columns: int = 4) -> None:
    """Write the picture."""
    from matplotlib.figure import Figure

    rows = -(-len(pairs) // columns)
    figure = Figure(figsize=(4.6 * columns, 2.5 * rows), dpi=80, layout="constrained")
    axes: Any = figure.subplots(rows, 2 * columns, squeeze=False).ravel()
    for axis in axes:
        axis.set_xticks([])
        axis.set_yticks([])
    for pair, sheet, audio in zip(pairs, axes[::2], axes[1::2], strict=False):
        sheet.imshow(pair.sheet, cmap="gray", vmin=0, vmax=255, interpolation="bilinear")
        sheet.axvline(WIDTH / 2, color="crimson", linewidth=0.8, alpha=0.7)
        sheet.set_title(pair.piece.split("__")[-1][-34:], fontsize=8)
        audio.imshow(pair.audio.T, origin="lower", aspect="auto", cmap="magma")
        audio.axvline(WINDOW_FRAMES / 2 - 0.5, color="white", linewidth=0.8, alpha=0.7)
        bands = [band_of(p) for p in pair.pitches]
        audio.scatter(
            [WINDOW_FRAMES - 2] * len(bands), bands, marker="<", s=14, color="cyan", linewidths=0
        )
        names = " ".join(f"{NAMES[p % 12]}{p // 12 - 1}" for p in pair.pitches)
        audio.set_title(names[:40], fontsize=8)
        audio.set_ylim(-0.5, BANDS - 0.5)
    picture = io.BytesIO()
    figure.savefig(picture)
    path.parent.mkdir(parents=True, exist_ok=True)
    # 256 colours are enough to check by eye and make a third of the file
    Image.open(picture).convert("RGB").quantize(256).save(path, optimize=True)


def main() -> None:
    """`python -m scorebridge.lab.data.pairs_sheet FOLDER PICTURE`."""
    import argparse

    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("folder", type=Path, help="engraved pieces (.npz)")
    parser.add_argument("picture", type=Path)
    parser.add_argument("--pairs", type=int, default=20)
    parser.add_argument("--part", default="test")
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    rng = np.random.default_rng(options.seed)
    paths = sorted(options.folder.glob("*.npz"))
    pairs: list[Pair] = []
    for k in rng.permutation(len(paths)):
        engraving = Engraving.load(paths[k])
        if len(pairs) < options.pairs and engraving.meta.get("part") == options.part:
            pairs += draw_pairs([engraving], rng)
    if not pairs:
        raise LabError(f"{options.folder}: no engraved pieces of the part {options.part!r}")
    draw_sheet(pairs, options.picture)


if __name__ == "__main__":
    main()
