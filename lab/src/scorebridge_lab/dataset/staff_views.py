"""What a sheet window of a packed piece shows: all its staves, some of them, or a single part.

In training the staves are drawn: the recording plays everything, and a score may be whole, may hide
staves, may be a part or a reduction. At most `MAX_STAVES` are shown at a time, which bounds the
cost of a batch; the maximum over strips that follows (`nets.compact`) does not depend on their
number.
"""

from __future__ import annotations

from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scorebridge.encode.info import EncoderInfo
from scorebridge.score.strips import STAFF_HALF, STAFF_SPACE, pair_strip, paired
from scorebridge.score.unrolled import Unrolled, unrolled_strip
from scorebridge_lab.dataset.pack import Packed

MAX_STAVES = 8  # of a window in training
WHOLE, PART = 0.6, 0.18  # shares of windows with all staves, and with one; the others show some
PIANO_WHOLE = 0.93  # of two staves
UPWARDS = 0.75  # share of windows whose staves are paired as `strips.paired` does
MIN_SHOWN = 0.3  # share of a system's columns in which a staff that is printed has ink
NEAR = 3  # px to either side of a place where a staff's lines are looked for


def cut_rows(array: NDArray[np.uint8], start: int, length: int, fill: int) -> NDArray[np.uint8]:
    """Rows `start` to `start + length` of `array`; rows outside it are `fill`."""
    piece = array[max(0, start) : max(0, start + length)]
    if len(piece) == length:
        return piece
    out = np.full((length, *array.shape[1:]), fill, np.uint8)
    out[max(0, -start) : max(0, -start) + len(piece)] = piece
    return out


def shown_staves(piece: Packed, column: int) -> list[int]:
    """The staves that are printed at a column, from the top."""
    assert piece.staves is not None
    reach = round(2 * STAFF_SPACE) + 1
    around = piece.staves[
        :, STAFF_HALF - reach : STAFF_HALF + reach, max(0, column - NEAR) : column + NEAR + 1
    ]
    return [int(k) for k in np.flatnonzero((around < 240).any((1, 2)))]


def unrolled_of(piece: Packed, info: EncoderInfo) -> Unrolled:
    """The score of a packed piece as a page reader would give it to an encoder.

    Encoders that do not pool get one strip, as of the pages themselves (`strips.strip_of`).
    """
    if piece.staves is None or not info.pools:
        return unrolled_strip(piece.strip)
    edges = (0, piece.staves.shape[2]) if piece.edges is None else piece.edges.tolist()
    return Unrolled(tuple(_system(piece, start, stop) for start, stop in pairwise(edges)))


def _system(piece: Packed, start: int, stop: int) -> NDArray[np.uint8]:
    """The strips of one system, [strips, STRIP_HEIGHT, stop - start]."""
    assert piece.staves is not None
    reach = round(2 * STAFF_SPACE) + 1
    lines = piece.staves[:, STAFF_HALF - reach : STAFF_HALF + reach, start:stop]
    here = np.flatnonzero((lines < 240).any(1).mean(1) > MIN_SHOWN)
    if not len(here):
        return piece.strip[None, :, start:stop]
    staves = piece.staves[here, :, start:stop]
    pairs = paired(len(here))
    return np.stack([pair_strip(staves[a], None if b is None else staves[b]) for a, b in pairs])


def strips_at(piece: Packed, column: int, width: int) -> NDArray[np.uint8]:
    """All staves around a column, uint8 [strips, STRIP_HEIGHT, width]; white beyond the ends."""
    shown = [] if piece.staves is None else shown_staves(piece, column)
    if not shown:
        return cut_rows(piece.strip.T, column - width // 2, width, 255).T[None]
    pairs = [(shown[a], None if b is None else shown[b]) for a, b in paired(len(shown))]
    return _strips(piece, pairs, column, width)


def drawn_strips(
    piece: Packed, pair: int, width: int, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """Some staves around a pair, drawn at random, as `strips_at`."""
    column = int(piece.columns[pair])
    shown = [] if piece.staves is None else shown_staves(piece, column)
    if not shown:
        return strips_at(piece, column, width)
    assert piece.sounding is not None
    playing = [k for k in shown if piece.sounding[k, pair]] or shown
    kind = rng.random()
    whole = kind < (PIANO_WHOLE if len(shown) == 2 else WHOLE)
    if whole:
        chosen = shown
    elif kind > 1 - PART or len(playing) == 1:
        chosen = [int(rng.choice(playing))]
    else:
        some = rng.random(len(shown)) < rng.uniform(0.2, 1)
        chosen = [k for k, one in zip(shown, some, strict=True) if one]
        chosen = sorted({*chosen, int(rng.choice(playing))})
    if len(chosen) > MAX_STAVES:
        heard = [k for k in chosen if k in playing]
        order = [*rng.permutation(heard), *rng.permutation([k for k in chosen if k not in heard])]
        chosen = sorted(int(k) for k in order[:MAX_STAVES])
    pairs = paired(len(chosen))
    if rng.random() > UPWARDS and len(chosen) != 2:  # from the top downwards
        pairs = [(k, k + 1 if k + 1 < len(chosen) else None) for k in range(0, len(chosen), 2)]
    named = [(chosen[a], None if b is None else chosen[b]) for a, b in pairs]
    return _strips(piece, named, column, width)


def _strips(
    piece: Packed, pairs: list[tuple[int, int | None]], column: int, width: int
) -> NDArray[np.uint8]:
    assert piece.staves is not None
    wanted = sorted({k for pair in pairs for k in pair if k is not None})
    start = column - width // 2
    cut = {k: cut_rows(piece.staves[k].T, start, width, 255).T for k in wanted}
    return np.stack([pair_strip(cut[a], None if b is None else cut[b]) for a, b in pairs])
