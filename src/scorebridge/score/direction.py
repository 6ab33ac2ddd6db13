"""Which way a page lies: 0, 90, 180 or 270 degrees, decided from its music.

Scans and photographs are stored on their side or upside down, and EXIF and /Rotate do not
state it, or are wrong. Two questions are asked of each page, after both:

1. Level or on its side? Staff lines are stripes. On a shrunken picture, the parts that are striped
   level are compared with those that are striped upright (`sideways_evidence`). Where this does not
   decide, staves are searched for both ways, and the way with more of them wins.
2. Upright or upside down? A small network looks at both ends of the staves that reading has found
   (`direction_classifier.py`), and at places between where the ends leave doubt. Its log-odds are
   summed over the page.

So an upright page is read once. A page on its side is turned first, a page upside down is read
again after turning. Cost of an upright page: 4 ms for the stripes, 5 ms for the network.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.direction_classifier import (
    VIEW_SPACES,
    DirectionClassifier,
    shipped_direction,
    views_of,
)
from scorebridge.score.ink import MAX_FINER
from scorebridge.score.pages import LANDSCAPE_WORKING_WIDTH, read_pages
from scorebridge.score.stripes import CLEAR_STRIPES, sideways_evidence
from scorebridge.score.systems import find_systems
from scorebridge.types import MIN_ROTATION_CONFIDENCE, Page, Rotation, System

MAX_WIDTH = round(MAX_FINER * LANDSCAPE_WORKING_WIDTH)  # px of a turned page
NO_MUSIC_STRIPES = -1.2  # log-ratio from which a page without staves is searched on its side too
FIRST_STAVES = 8  # staves whose ends are looked at first, spread over the page
MAX_STAVES = 40  # staves that are looked at where these leave doubt
BETWEEN = 2  # places of each such staff between its ends
END_REACH = 2.0  # staff spaces of a view beyond the end of a staff
MAX_VOTE = 4.0  # log-odds of one view that shows a clef, at most
MAX_ABSENCE = 1.0  # of one that shows none: lead sheets have clefs on their first line alone
VOTE_WEIGHT = 0.5  # of the ends of staves; views of one page err together
BETWEEN_WEIGHT = 0.15  # of the places between
MAX_BETWEEN = 1.0  # log-odds of a page from all places between, at most
CLEAR_VOTES = 5.0  # log-odds of a page from which no more views are looked at


def read_upright(
    page: Page,
    systems_of: Callable[[Page], list[System]] = find_systems,
    classifier: DirectionClassifier = shipped_direction,
) -> tuple[Page, list[System]]:
    """The page turned upright, and its systems in reading order.

    page : as it is stored, after EXIF and /Rotate.
    systems_of : finds the systems of a page whose staves are level.

    `rotation` and `rotation_confidence` of the page are set. Where it is undecided whether a page
    is upside down, it stays as it is stored; one on its side is turned the likelier way. A page
    without music stays too, with a confidence of 0.
    """
    level, systems = _level(page, systems_of)
    if not systems:
        return replace(page, rotation_confidence=0.0), []
    votes = upright_evidence(level, systems, classifier)
    if votes < 0:
        over = turned(level, 180)
        again = systems_of(over)
        own = upright_evidence(over, again, classifier)
        both = _confidence((own - votes) / 2)
        on_its_side = level.rotation != page.rotation  # it is turned in any case
        if again and both >= (0.0 if on_its_side else MIN_ROTATION_CONFIDENCE):
            level, systems, votes = over, again, own
    return replace(level, rotation_confidence=_confidence(votes)), systems


def read_turned(
    page: Page,
    rotation: Rotation,
    systems_of: Callable[[Page], list[System]] = find_systems,
    classifier: DirectionClassifier = shipped_direction,
) -> tuple[Page, list[System]]:
    """The page turned by a rotation that is known, and its systems, as `read_upright`.

    Its confidence is 0 where the music shows the opposite, and where there is none.
    """
    page = turned(page, rotation)
    systems = systems_of(page)
    votes = upright_evidence(page, systems, classifier)
    return replace(page, rotation_confidence=_confidence(votes)), systems


def turned_pages(path: Path | str, rotations: Mapping[int, Rotation]) -> Iterator[Page]:
    """The pages of a score (`read_pages`), turned by `rotations`. Raises `ScoreError`."""
    for page in read_pages(path):
        yield turned(page, rotations.get(page.number, 0))


def turned(page: Page, rotation: Rotation) -> Page:
    """The page turned clockwise by `rotation` degrees; `Page.rotation` follows.

    It stays as large as it is, up to the size at which the largest pages are read.
    """
    if rotation == 0:
        return page
    image = np.ascontiguousarray(np.rot90(page.image, -(rotation // 90)))
    height, width = image.shape
    if width > MAX_WIDTH:  # its height was its width, which has no such limit
        size = (MAX_WIDTH, max(1, round(height * MAX_WIDTH / width)))
        image = np.asarray(cv2.resize(image, size, interpolation=cv2.INTER_AREA), np.uint8)
    return replace(page, image=image, rotation=(page.rotation + rotation) % 360)


def upright_evidence(
    page: Page, systems: Sequence[System], classifier: DirectionClassifier = shipped_direction
) -> float:
    """Log-odds that a level page stands upright and not upside down, from its staves; 0 of none."""
    staves = _staves(page, systems)[:MAX_STAVES]
    if not len(staves):
        return 0.0
    spread = np.linspace(0, len(staves) - 1, min(FIRST_STAVES, len(staves))).round().astype(int)
    votes = _ends_vote(page, staves[spread], classifier)
    if abs(votes) < CLEAR_VOTES:
        votes += _ends_vote(page, np.delete(staves, spread, axis=0), classifier)
    if abs(votes) < CLEAR_VOTES:
        between = BETWEEN_WEIGHT * classifier(views_of(page.image, _between(staves))).sum()
        votes += float(np.clip(between, -MAX_BETWEEN, MAX_BETWEEN))
    return votes


def _ends_vote(page: Page, staves: NDArray[np.float64], classifier: DirectionClassifier) -> float:
    """Log-odds that the page is upright from the ends of staves.

    A clef at the left end speaks for it, one at the right end, upside down, against it.
    """
    left, right = classifier(views_of(page.image, _ends(staves))).reshape(-1, 2).T
    seen = np.clip(left, -MAX_ABSENCE, MAX_VOTE) + np.clip(right, -MAX_VOTE, MAX_ABSENCE)
    return VOTE_WEIGHT * float(seen.sum())


def _level(page: Page, systems_of: Callable[[Page], list[System]]) -> tuple[Page, list[System]]:
    """The page with its staves level, upright or upside down, and its systems."""
    sideways = sideways_evidence(page.image)
    first, second = page, turned(page, 90)
    if sideways > 0:
        first, second = second, first
    found = systems_of(first)
    if abs(sideways) < CLEAR_STRIPES or (not found and sideways > NO_MUSIC_STRIPES):
        other = systems_of(second)
        if _amount(second, other) > _amount(first, found):
            return second, other
    return first, found


def _confidence(votes: float) -> float:
    """0 to 1 from log-odds of upright: twice its probability, less 1; 0 where it is unlikely."""
    return math.tanh(max(0.0, votes) / 2)


def _amount(page: Page, systems: Sequence[System]) -> float:
    """Length of all staves as found, weighed by confidence, in staff spaces."""
    width = page.image.shape[1]
    return sum(
        s.confidence * len(s.staves) * (s.box[2] - s.box[0]) * width / s.staff_space
        for s in systems
    )


def _staves(page: Page, systems: Sequence[System]) -> NDArray[np.float64]:
    """Both ends of each staff, [n, 2, 4]: x and y of the middle of the lines in px, dy/dx, px per
    staff space."""
    height, width = page.image.shape
    staves = []
    for system in systems:
        if system.bend:
            staves += _bent_staves(system, width, height)
            continue
        for x0, y0, x1, y1 in system.staves:
            middle, reach = (y0 + y1) / 2 * height, (x1 - x0) / 2 * width * system.slope
            shape = (system.slope, system.staff_space)
            left = (x0 * width, middle - reach, *shape)
            staves.append((left, (x1 * width, middle + reach, *shape)))
    return np.array(staves, float).reshape(-1, 2, 4)


def _bent_staves(system: System, width: int, height: int) -> list[list[tuple[float, ...]]]:
    """The outer staves of what the strip of a bent system shows."""
    course = np.array(system.bend).reshape(-1, 2, 2) * (width, height)  # top line, bottom line
    fall = course[:, 1] - course[:, 0]
    tall = np.linalg.norm(fall, axis=1)
    spaces = system.staff_space * tall / np.median(tall)
    down = fall / np.maximum(tall, 1e-6)[:, None] * (2 * spaces)[:, None]
    staves = []
    for line in (course[:, 0] + down, course[:, 1] - down):
        ends = []
        for k, step in ((0, 2), (-1, -3)):
            dx, dy = (line[step] - line[k]) * (1 if k == 0 else -1)
            ends.append((*line[k], dy / max(dx, 1e-6), spaces[k]))
        staves.append(ends)
    return staves[:1] if np.median(tall) < 5 * system.staff_space else staves


def _ends(staves: NDArray[np.float64]) -> NDArray[np.float64]:
    """Middles of the views of both ends of staves, [2 n, 4]."""
    inset = (VIEW_SPACES / 2 - END_REACH) * staves[..., 3] * np.array([1, -1])
    level = np.hypot(1, staves[..., 2])
    moved = staves.copy()
    moved[..., 0] += inset / level
    moved[..., 1] += inset * staves[..., 2] / level
    return moved.reshape(-1, 4)


def _between(staves: NDArray[np.float64]) -> NDArray[np.float64]:
    """Middles of views between the ends of staves, [`BETWEEN` n, 4]."""
    shares = (np.arange(BETWEEN) + 1.0)[:, None, None] / (BETWEEN + 1)
    places = staves[None, :, 0] * (1 - shares) + staves[None, :, 1] * shares
    return places.reshape(-1, 4)
