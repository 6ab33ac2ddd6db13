"""Made-up pieces for the matching tests: random music seen through two noisy encoders.

A piece is one random vector per 25 columns of its unrolled score; a window's vector is the
weighted mean of those it covers, plus noise and a part common to all windows, brought to unit
length. A performance runs through the columns at a wavering speed, and its windows of 4.2 s
see what it passes then. True pairs come out near cosine 0.6, others near 0.2.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from scorebridge.types import Candidates, Document, Encoded, Place

DIM = 64
CELL = 25.0  # columns per random vector
COMMON = 0.5  # length of the part that all windows share, music having length 1


@dataclass(frozen=True)
class Piece:
    """Random music [cells, DIM] and its layout in systems of 600 columns, 4 on a page."""

    cells: NDArray[np.float64]

    @property
    def width(self) -> int:
        return int(len(self.cells) * CELL)

    @property
    def places(self) -> tuple[Place, ...]:
        found = []
        for k, start in enumerate(range(0, self.width, 600)):
            stop = min(start + 600, self.width)
            page, system = k // 4 + 1, k % 4 + 1
            y = 0.05 + 0.24 * (system - 1)
            box = (0.1, y, 0.1 + 0.8 * (stop - start) / 600, y + 0.1)
            found.append(Place(page, system, box, box[0], box[2], start, stop))
        return tuple(found)


@dataclass(frozen=True)
class Performance:
    """Column at each tenth of a second."""

    columns: NDArray[np.float64]

    @property
    def duration(self) -> float:
        return len(self.columns) / 10

    def at(self, times: NDArray[np.floating]) -> NDArray[np.float64]:
        return np.interp(times, np.arange(len(self.columns)) / 10, self.columns)


def compose(rng: np.random.Generator, cells: int = 200) -> Piece:
    music = rng.normal(size=(cells, DIM))
    return Piece(music / np.linalg.norm(music, axis=1, keepdims=True))


def perform(rng: np.random.Generator, piece: Piece, speed: float = 45.0) -> Performance:
    """Play from begin to end at about `speed` columns a second, slower and faster by a third."""
    steps = []
    column, pace = 0.0, 0.0
    while column < piece.width:
        steps.append(column)
        pace = 0.98 * pace + rng.normal(scale=0.06)
        column += speed / 10 * np.exp(np.clip(pace, -0.4, 0.4))
    return Performance(np.array(steps))


def _embed(
    rng: np.random.Generator,
    piece: Piece,
    middles: NDArray[np.float64],
    halves: NDArray[np.float64],
    noise: float,
) -> NDArray[np.float32]:
    centres = (np.arange(len(piece.cells)) + 0.5) * CELL
    weight = np.maximum(0, 1 - np.abs(centres - middles[:, None]) / halves[:, None])
    music = weight @ piece.cells
    music /= np.maximum(np.linalg.norm(music, axis=1, keepdims=True), 1e-9)
    hum = rng.normal(size=(len(middles), DIM)) * noise / np.sqrt(DIM)
    vectors = music + hum + COMMON / np.sqrt(DIM)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def score(
    rng: np.random.Generator, piece: Piece, noise: float = 0.5, between: bool = False
) -> Encoded:
    def see(middles: NDArray[np.float64]) -> NDArray[np.float32]:
        return _embed(rng, piece, middles, np.full(len(middles), 60.0), noise)

    middles = np.arange(50.0, max(piece.width - 49, 51), CELL)
    return Encoded(
        "score",
        see(middles),
        middles.astype(np.float32),
        piece.width,
        piece.places[-1].page,
        piece.places,
        see(_halfway(middles)) if between else None,
    )


def recording(
    rng: np.random.Generator,
    piece: Piece,
    played: Performance,
    noise: float = 0.5,
    between: bool = False,
) -> Encoded:
    def hear(middles: NDArray[np.float64]) -> NDArray[np.float32]:
        halves = np.maximum(40.0, (played.at(middles + 2.1) - played.at(middles - 2.1)) / 2)
        return _embed(rng, piece, played.at(middles), halves, noise)

    middles = np.arange(2.1, max(played.duration - 2.09, 2.2), 0.5)
    vectors, times = hear(middles), middles.astype(np.float32)
    halfway = hear(_halfway(middles)) if between else None
    return Encoded("recording", vectors, times, played.duration, between=halfway)


def _halfway(middles: NDArray[np.float64]) -> NDArray[np.float64]:
    return (middles + np.append(middles[1:], middles[-1:])) / 2


def noise_only(rng: np.random.Generator, seconds: float) -> NDArray[np.float32]:
    """Windows of silence or applause: one direction of their own, wavering."""
    count = round(seconds * 2)
    vectors = np.eye(DIM)[0] + rng.normal(size=(count, DIM)) * 0.5 / np.sqrt(DIM)
    return (vectors / np.linalg.norm(vectors, axis=1, keepdims=True)).astype(np.float32)


def excerpt(encoded: Encoded, start: float, end: float) -> Encoded:
    """The windows that lie wholly between two positions, as a file of its own."""
    half = 2.1 if encoded.kind == "recording" else 50.0
    keep = (encoded.positions >= start + half - 1e-3) & (encoded.positions <= end - half + 1e-3)
    places = []
    for place in encoded.places:
        if place.start >= start and place.stop <= end:
            places.append(
                Place(
                    place.page,
                    place.system,
                    place.box,
                    place.x0,
                    place.x1,
                    place.start - int(start),
                    place.stop - int(start),
                )
            )
    return Encoded(
        encoded.kind,
        encoded.vectors[keep],
        encoded.positions[keep] - np.float32(start),
        end - start,
        len({p.page for p in places}),
        tuple(places),
    )


def collection(documents: list[Encoded]) -> Candidates:
    names = [f"{d.kind} {k}" for k, d in enumerate(documents)]
    return Candidates(
        tuple(
            Document(n, n, d.kind, n, d.extent, d.pages, d.places)
            for n, d in zip(names, documents, strict=True)
        ),
        np.concatenate([d.vectors for d in documents]),
        np.concatenate([d.positions for d in documents]),
        np.concatenate([[0], np.cumsum([len(d.vectors) for d in documents])]).astype(np.int64),
        between=np.concatenate([d.halfway for d in documents]),
    )


def bound(pieces: list[Encoded]) -> Encoded:
    """Several scores as one volume, each with its first system set in."""
    vectors, positions, places = [], [], []
    extent, page = 0.0, 0
    for piece in pieces:
        vectors.append(piece.vectors)
        positions.append(piece.positions + extent)
        for k, p in enumerate(piece.places):
            x0, y0, x1, y1 = p.box
            box = (x0 + 0.06, y0, x1 + 0.06, y1) if k == 0 else p.box
            places.append(
                replace(
                    p,
                    page=p.page + page,
                    box=box,
                    start=p.start + int(extent),
                    stop=p.stop + int(extent),
                )
            )
        extent += piece.extent
        page = places[-1].page
    return Encoded(
        "score",
        np.concatenate(vectors),
        np.concatenate(positions).astype(np.float32),
        extent,
        page,
        tuple(places),
    )
