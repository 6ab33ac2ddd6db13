"""Classifies music as upright or upside down, by a small network that sees pieces of staves.

Turned by 180 degrees, five lines are five lines again, a stem is a stem and a notehead is a
notehead. What differs is where a staff begins (clef, key, time), and flats, rests, dots, flags and
text. The network (`models/pages/direction.xml`, trained by `scorebridge-lab train direction` on
engraved and degraded pages) gives a score to a view of 12 by 12 staff spaces; the score of the view
less that of the same view turned by 180 degrees is the log-odds that it is upright. So a view and
its turned copy always get opposite answers.

Cost on one core: 0.3 ms a view.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.networks import compiled

NETWORK = Path(__file__).parents[1] / "models" / "pages" / "direction.xml"
PX_PER_SPACE = 5  # px per staff space in a view
VIEW_SPACES = 12  # staff spaces of a view's side
VIEW_SIZE = VIEW_SPACES * PX_PER_SPACE  # px of a view's side
MIN_CONTRAST = 40  # grey levels from paper to ink, below which a view stays pale
PAPER_SHARE = 0.25  # of a view's pixels, at least, are paper
INK_SHARE = 0.02  # of a view's pixels, at least, are ink

DirectionClassifier = Callable[[NDArray[np.uint8]], NDArray[np.float32]]
"""From views, uint8 [n, VIEW_SIZE, VIEW_SIZE], 255 ink, to the log-odds that each is upright and
not upside down, float32 [n]."""


def shipped_direction(views: NDArray[np.uint8], network: Path = NETWORK) -> NDArray[np.float32]:
    """The network that ships, a `DirectionClassifier`. Raises `ModelError` where it is missing."""
    if not len(views):
        return np.zeros(0, np.float32)
    both = np.concatenate([views, views[:, ::-1, ::-1]])
    score = np.asarray(compiled(network, os.getpid())(both)[0], np.float32)
    return score[: len(views)] - score[len(views) :]


def views_of(image: NDArray[np.uint8], places: NDArray[np.float64]) -> NDArray[np.uint8]:
    """Squares of a page around places on staves, uint8 [n, VIEW_SIZE, VIEW_SIZE], 255 ink.

    image : uint8 [height, width], dark on light.
    places : [n, 4], x and y of each middle in px, dy/dx of the staff lines, px per staff space.
    """
    views = [_view(image, *(float(v) for v in place)) for place in places]
    return np.stack(views) if views else np.zeros((0, VIEW_SIZE, VIEW_SIZE), np.uint8)


def _view(
    image: NDArray[np.uint8], x: float, y: float, slope: float, space: float
) -> NDArray[np.uint8]:
    side = max(VIEW_SPACES, round(VIEW_SPACES * space))
    along = np.array([1.0, slope]) / np.hypot(1.0, slope) * VIEW_SPACES * space / side
    across = np.array([-along[1], along[0]])
    corner = np.array([x, y]) - (along + across) * (side - 1) / 2
    square = cv2.warpAffine(
        image,
        np.column_stack([along, across, corner]),
        (side, side),
        flags=cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP,
        borderMode=cv2.BORDER_REPLICATE,
    )
    small = cv2.resize(square, (VIEW_SIZE, VIEW_SIZE), interpolation=cv2.INTER_AREA)
    ranked = np.sort(small, axis=None).astype(np.float32)
    paper, ink = (ranked[int(len(ranked) * q)] for q in (1 - PAPER_SHARE, INK_SHARE))
    dark = (paper - small.astype(np.float32)) / max(float(paper - ink), MIN_CONTRAST)
    return (np.clip(dark, 0, 1) * 255).astype(np.uint8)
