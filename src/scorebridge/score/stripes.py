"""Whether the staves of a page are level or stand upright, from its stripes alone.

Staff lines are stripes. On a shrunken picture, the parts that are striped level are compared with
those that are striped upright. No staff is searched for; 4 ms a page.
"""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

STRIPE_SIDE = 900  # px, about, of the shorter side of the picture on which stripes are sought
TILE = 8  # px of it, of one measurement of stripes
BAND_TILES = 6  # rows of tiles looked at, of every `BAND_PERIOD`
BAND_PERIOD = 15
WEAK_ENERGY = 400.0  # squared grey levels of a step, below which paper's grain is no stripe
MIN_COHERENCE = 0.5  # of a striped tile; letters and noteheads have less
WITHIN = math.cos(math.radians(2 * 20))  # staff lines rise or fall by at most 20 degrees
FLOOR = 0.1  # per cent of the page, below which stripes do not count
CLEAR_STRIPES = 0.5  # log-ratio of stripes from which they decide


def sideways_evidence(image: NDArray[np.uint8]) -> float:
    """Log-ratio of the share of a page that is striped upright to that striped level.

    image : uint8 [height, width]. Positive: the staves stand upright, so the page lies on its side.
    A tile is striped where the steps of grey in it have one direction (the structure tensor:
    J. Bigun and G. Granlund, ICCV 1987). All tiles weigh alike, so a thick rule of a table or a
    dark edge is no more than the tiles it crosses.
    """
    shrink = max(1, round(min(image.shape) / STRIPE_SIDE))
    side = shrink * TILE
    rows, columns = (n // side for n in image.shape)
    if rows == 0 or columns == 0:
        return 0.0
    starts = range(0, max(1, rows - BAND_TILES + 1), BAND_PERIOD)
    maps = []
    for start in starts:
        count = min(BAND_TILES, rows - start)
        band = image[start * side : (start + count) * side, : columns * side]
        size = (columns * TILE, count * TILE)
        small = cv2.resize(band, size, interpolation=cv2.INTER_AREA)
        steps = cv2.spatialGradient(small)
        across, down = (np.asarray(step, np.float32) for step in steps)
        tiles = [
            cv2.blur(cv2.resize(m, (columns, count), interpolation=cv2.INTER_AREA), (3, 3))
            for m in (across * across, down * down, across * down)
        ]
        maps.append(np.stack(tiles))
    across, down, both = np.concatenate(maps, axis=1)
    difference = across - down
    strength = np.sqrt(difference**2 + 4 * both**2)
    coherence = strength / (across + down + WEAK_ENERGY)
    weight = np.where(coherence > MIN_COHERENCE, coherence**2, 0)
    direction = -difference / (strength + 1e-6)  # cosine of twice the angle from level
    level, upright = (
        100 * float(weight[part].sum()) / weight.size + FLOOR
        for part in (direction > WITHIN, direction < -WITHIN)
    )
    return math.log(upright / level)
