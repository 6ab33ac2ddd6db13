"""Pairs of the papers' window sizes, cut from packed pieces; batches that can be repeated.

A batch depends on seed, step and data alone: epochs are permutations of all pairs. Sheet
augmentation of P2 and P3 (scale, shift) happens while cutting. About 10 ms a hundred pairs.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.strips import STRIP_HEIGHT
from scorebridge_lab.dataset.pack import Packed
from scorebridge_lab.errors import LabError
from scorebridge_lab.nets.paper_pair import Shape
from scorebridge_lab.papers.settings import Jitter


@dataclass(frozen=True)
class Windows:
    """Aligned windows of one batch."""

    sheet: NDArray[np.uint8]
    """[n, rows, columns], 255 white."""
    audio: NDArray[np.uint8]
    """[n, frames, bands], see `pack.SPEC_SCALE`."""
    owner: NDArray[np.int64]
    """[n]: index of the piece."""

    def __len__(self) -> int:
        return len(self.sheet)


def usable(pieces: Sequence[Packed], shape: Shape) -> list[Packed]:
    """Keeps the pairs whose windows lie fully inside the piece in every performance."""
    half_w, half_f = shape.sheet[1] // 2, shape.audio[0] // 2
    out = []
    for piece in pieces:
        inside = piece.columns >= half_w
        inside &= piece.columns <= piece.strip.shape[1] - (shape.sheet[1] - half_w)
        for spec, frames in zip(piece.specs, piece.frames, strict=True):
            inside &= (frames >= half_f) & (frames <= len(spec) - (shape.audio[0] - half_f))
        if inside.any():
            out.append(
                Packed(
                    piece.name,
                    piece.strip,
                    piece.specs,
                    columns=piece.columns[inside],
                    frames=piece.frames[:, inside],
                )
            )
    return out


def cut_sheet(
    strip: NDArray[np.uint8],
    column: int,
    shape: Shape,
    jitter: Jitter,
    rng: np.random.Generator,
) -> NDArray[np.uint8]:
    """One window around `column`, moved and scaled at random; white beyond the strip."""
    rows, columns = shape.sheet
    if jitter == Jitter():
        top, left = (strip.shape[0] - rows) // 2, column - columns // 2
        return strip[top : top + rows, left : left + columns]
    size = strip.shape[0] / (2 * STRIP_HEIGHT)  # strip px a px of the 835 px page
    zoom = 1 + rng.uniform(-jitter.scale, jitter.scale)
    dx, dy = (size * rng.uniform(-d, d) for d in (jitter.dx, jitter.dy))
    left = max(0, column - columns)
    part = strip[:, left : column + columns]
    # The strip's rows are scaled about their middle, its columns about the note.
    across = column + dx - left - zoom * columns / 2 + (zoom - 1) / 2
    down = (strip.shape[0] - zoom * rows) / 2 + dy + (zoom - 1) / 2
    return np.asarray(
        cv2.warpAffine(
            part,
            np.array([[zoom, 0, across], [0, zoom, down]]),
            (columns, rows),
            flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
            borderValue=(255,),
        ),
        np.uint8,
    )


class Sampler:
    """Batches of pairs from pieces, each pair once an epoch, its performance drawn at random."""

    def __init__(
        self,
        pieces: Sequence[Packed],
        shape: Shape,
        batch: int,
        jitter: Jitter | None = None,
        fraction: float = 1.0,
        seed: int = 1,
    ) -> None:
        self.pieces, self.shape, self.batch = usable(pieces, shape), shape, batch
        self.jitter, self.seed = jitter or Jitter(), seed
        owner = [np.full(len(p.columns), k) for k, p in enumerate(self.pieces)]
        pair = [np.arange(len(p.columns)) for p in self.pieces]
        if not owner:
            raise LabError("no pair of these pieces has both windows inside: pieces too short")
        self.owner, self.pair = np.concatenate(owner), np.concatenate(pair)
        if fraction < 1:
            count = max(batch, round(fraction * len(self.owner)))
            chosen = np.random.default_rng(seed).permutation(len(self.owner))[:count]
            self.owner, self.pair = self.owner[chosen], self.pair[chosen]
        self.epoch = max(1, len(self.owner) // batch)
        """Batches an epoch."""
        self._order = lru_cache(maxsize=4)(self._permutation)

    def __len__(self) -> int:
        return len(self.owner)

    def _permutation(self, epoch: int) -> NDArray[np.int64]:
        return np.random.default_rng([self.seed, epoch]).permutation(len(self.owner))

    def draw(self, step: int) -> Windows:
        """The batch of a step."""
        start = step % self.epoch * self.batch
        chosen = self._order(step // self.epoch)[start : start + self.batch]
        return self._cut(chosen, np.random.default_rng([self.seed, step, 1]), self.jitter)

    def fixed(self, count: int, seed: int = 0) -> Windows:
        """`count` pairs drawn evenly from all, never augmented, of the first performance."""
        chosen = np.random.default_rng(seed).permutation(len(self.owner))[:count]
        return self._cut(chosen, None, Jitter())

    def _cut(
        self, chosen: NDArray[np.int64], rng: np.random.Generator | None, jitter: Jitter
    ) -> Windows:
        shape, noise = self.shape, rng or np.random.default_rng(0)
        sheet = np.empty((len(chosen), *shape.sheet), np.uint8)
        audio = np.empty((len(chosen), *shape.audio), np.uint8)
        for row, index in enumerate(chosen):
            piece, pair = self.pieces[self.owner[index]], self.pair[index]
            take = 0 if rng is None else int(rng.integers(len(piece.specs)))
            sheet[row] = cut_sheet(piece.strip, int(piece.columns[pair]), shape, jitter, noise)
            first = int(piece.frames[take, pair]) - shape.audio[0] // 2
            audio[row] = piece.specs[take][first : first + shape.audio[0]]
        return Windows(sheet, audio, self.owner[chosen])
