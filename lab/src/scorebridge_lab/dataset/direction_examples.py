"""Upright pieces of staves from engraved and degraded pages, to train the direction classifier.

They come from the store of engraved pages (`dataset/engraved_pages.py`), degraded
(`augment/page_copies.py`). Each staff gives views of both its ends and of places between
(`score/direction_classifier.py`); all are upright, and training turns them. About 1 s a page.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorebridge.score.direction_classifier import VIEW_SIZE, VIEW_SPACES, views_of
from scorebridge_lab.augment.page_copies import copied
from scorebridge_lab.engrave.page_truth import EngravedPage, Move, load_pages
from scorebridge_lab.errors import LabError

MIN_LINES = 4  # of a staff that is read by its lines
MAX_STAVES = 24  # of one page
BETWEEN = 2  # views of each staff between its ends
CLEAN = 0.1  # share of pages that are not degraded
END_REACH = 2.0  # staff spaces of a view beyond the end of a staff
KINDS = ("left end", "right end", "between")


@dataclass(frozen=True)
class Examples:
    """Upright views."""

    views: NDArray[np.uint8]
    """[n, VIEW_SIZE, VIEW_SIZE], ink is 255."""
    kind: NDArray[np.uint8]
    """[n], index into `KINDS`."""
    page: NDArray[np.int64]
    """[n], a number of the page that each is from."""

    def __len__(self) -> int:
        return len(self.views)

    @classmethod
    def joined(cls, parts: Sequence[Examples]) -> Examples:
        """Concatenate examples; their pages are numbered anew."""
        starts = np.cumsum([0, *(int(p.page.max(initial=-1)) + 1 for p in parts)])[:-1]
        nothing = np.zeros((0, VIEW_SIZE, VIEW_SIZE), np.uint8)
        return cls(
            np.concatenate([nothing, *(p.views for p in parts)]),
            np.concatenate([np.zeros(0, np.uint8), *(p.kind for p in parts)]),
            np.concatenate(
                [np.zeros(0, int), *(p.page + k for p, k in zip(parts, starts, strict=True))]
            ),
        )


def of_work(stored: Path, seed: int = 0) -> Examples:
    """Examples of a stored work, one copy of each page; they depend on its name and the seed alone.

    Raises LabError for a work that may only judge.
    """
    pages = load_pages(stored)
    if any(page.meta["part"] != "train" for page in pages):
        raise LabError(f"{stored}: it judges, and never trains.")
    rng = np.random.default_rng([seed, zlib.crc32(stored.name.encode())])
    return Examples.joined([of_page(page, rng) for page in pages])


def of_page(page: EngravedPage, rng: np.random.Generator) -> Examples:
    """Examples of one page, degraded at random."""
    staves = page.staves[page.staves["lines"] >= MIN_LINES]
    if not len(staves):
        return Examples.joined([])
    staves = staves[rng.permutation(len(staves))[:MAX_STAVES]]
    seen, move = copied(page, rng, "clean" if rng.random() < CLEAN else "scan")
    places, kinds = [], []
    for staff in staves:
        found = _places(move, staff, rng)
        places += found
        kinds += [0, 1, *[2] * BETWEEN][: len(found)]
    views = views_of(seen, np.array(places).reshape(-1, 4))
    return Examples(views, np.array(kinds, np.uint8), np.zeros(len(kinds), np.int64))


def _places(move: Move, staff: np.void, rng: np.random.Generator) -> list[tuple[float, ...]]:
    """Places of views on one staff, with errors like those of found staves; [] of a short one."""
    x0, x1, top, bottom, space = (float(staff[n]) for n in ("x0", "x1", "y0", "y1", "space"))
    inset = (VIEW_SPACES / 2 - END_REACH) * space
    half = VIEW_SPACES / 2 * space
    if x1 - x0 < 2 * half:
        return []
    places = []
    for x in (x0 + inset, x1 - inset, *rng.uniform(x0 + half, x1 - half, BETWEEN)):
        middle = (top + bottom) / 2
        around = [(x - half, middle), (x + half, middle), (x, top), (x, bottom)]
        left, right, above, below = move(np.array(around, float))
        own = float(np.hypot(*(below - above))) / (int(staff["lines"]) - 1)
        x_seen, y_seen = (above + below) / 2 + own * rng.normal(0, (0.4, 0.12))
        slope = (right[1] - left[1]) / (right[0] - left[0]) + rng.normal(0, 0.006)
        places.append((float(x_seen), float(y_seen), float(slope), own * rng.normal(1, 0.02)))
    return places
