"""Digits printed on a page: blobs of ink of their size, and a small network that reads each.

The network (`models/pages/digits.xml`, trained by `scorebridge-lab train digits` on digits of many
typefaces drawn into engraved and degraded pages) sees a blob scaled to one height, with what
stands left and right of it: a digit of a number has digits beside it, that of a word has letters.
Digits of one line that stand side by side are a number. Where ink of two digits touches, both the
blob and its parts are read, and the likelier reading counts.

Cost on one core: 0.6 ms a system, and 1 ms a system for the network.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise, product
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.dividers import without_dividers
from scorebridge.score.networks import compiled

NETWORK = Path(__file__).parents[1] / "models" / "pages" / "digits.xml"
VIEW_HEIGHT, VIEW_WIDTH = 32, 48  # px
DIGIT_HEIGHT = 20  # px of a digit in its view
NO_DIGIT = 10  # the class that is none of 0 to 9
PX_PER_SPACE = 16  # of a levelled part of the page
HEIGHTS = (0.75, 3.2)  # staff spaces of a digit, the smallest and the largest in use
MAX_WIDTH = 3.0  # staff spaces of a blob, up to three digits that touch
MAX_DIGIT_RATIO = 1.05  # width over height of a digit; what is wider may be two
INK = 115  # of 255, the least that is ink
WIDE_GAP = 7  # px between pieces of a digit in bad print, 0.45 staff spaces
MIN_AREA = 8  # px of a piece
MIN_CONTRAST = 25  # grey levels between paper and ink
AROUND = 21  # px within which the darkest place counts as ink: faint digits beside a dark edge
MIN_DARK = 80  # of 255, the least of such a place
MAX_DIGITS = 4
DIGIT_GAP, WORD_GAP = 0.55, 1.2  # heights, widest gap between digits, and to a word
MAX_NO_DIGIT = 0.75  # probability that a blob is none; the score decides what is doubtful
MAX_DOUBT, CLEAR = 0.97, 0.2  # the same, of one that stands beside a clear digit, and of that
WITHOUT = 0.3  # share of the probability of a number without a digit that larger ink may hold
MIN_OTHER = 0.3  # probability of the digits of a way to see a blob that is not the usual one
MIN_PROBABILITY = 0.02  # of a digit's second reading

DigitClassifier = Callable[[NDArray[np.uint8]], NDArray[np.float32]]
"""From views, uint8 [n, VIEW_HEIGHT, VIEW_WIDTH], 255 ink, to probabilities of 0 to 9 and of no
digit, float32 [n, 11]."""
Rectangle = tuple[int, int, int, int]
"""x0, y0, x1, y1 in px, x1 and y1 beyond the last."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What a group of blobs may say."""

    text: str
    probability: float
    """That every one of its digits is this one."""
    box: Rectangle


def shipped_digits(views: NDArray[np.uint8], network: Path = NETWORK) -> NDArray[np.float32]:
    """The network that ships, as a `DigitClassifier`. Raises `ModelError` where it is missing."""
    if not len(views):
        return np.zeros((0, NO_DIGIT + 1), np.float32)
    return np.asarray(compiled(network, os.getpid())(views)[0], np.float32)


def level_part(
    image: NDArray[np.uint8],
    origin: tuple[float, float],
    slope: float,
    space: float,
    across: tuple[float, float],
    down: tuple[float, float],
) -> NDArray[np.uint8]:
    """A part of a page, level and `PX_PER_SPACE` px a staff space, uint8, 255 ink and 0 paper.

    Ink is the darkest place around, so that faint print is as clear as what is black.

    image : uint8 [height, width], 0 black. origin : x, y (px) from which `across` and `down` count
    in staff spaces. slope : dy/dx of the staff lines. What is off the page is paper.
    """
    part = warped(image, origin, slope, space, across, down)
    counts = cv2.calcHist([part], [0], None, [256], [0, 256]).cumsum()
    ink, paper = np.searchsorted(counts, np.array([0.01, 0.6]) * counts[-1]).astype(float)
    if paper - ink < MIN_CONTRAST:
        return np.zeros(part.shape, np.uint8)
    darkness = (paper - np.arange(256)) * (255 / (paper - ink))
    dark = cv2.LUT(part, np.clip(darkness, 0, 255).astype(np.uint8))
    darkest = cv2.dilate(dark, np.ones((AROUND, AROUND), np.uint8))
    darkest = np.maximum(cv2.blur(darkest, (AROUND, AROUND)), MIN_DARK)
    return np.asarray(cv2.divide(dark, darkest, scale=255), np.uint8)


def warped(
    image: NDArray[np.uint8],
    origin: tuple[float, float],
    slope: float,
    space: float,
    across: tuple[float, float],
    down: tuple[float, float],
) -> NDArray[np.uint8]:
    """A part of a page, level and `PX_PER_SPACE` px a staff space; see `level_part`."""
    unit = space / PX_PER_SPACE
    size = tuple(round((b - a) * PX_PER_SPACE) for a, b in (across, down))
    along = np.array([1.0, slope]) / np.hypot(1.0, slope) * unit
    below = np.array([-along[1], along[0]])
    start = np.array(origin) + along * across[0] * PX_PER_SPACE + below * down[0] * PX_PER_SPACE
    matrix = np.column_stack([along, below, start])
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    white = (255.0,)
    part = cv2.warpAffine(image, matrix, size, flags=flags, borderValue=white)
    return np.asarray(part, np.uint8)


def blobs_of(part: NDArray[np.uint8]) -> list[Rectangle]:
    """Blobs of ink that may be a digit, or digits that touch, from left to right.

    part : as `level_part` returns it. What touches its edge is no blob.
    """
    return _blobs(_digit_sized(part, _components(part)))


def _components(part: NDArray[np.uint8]) -> NDArray[np.int64]:
    """Connected ink: x0, y0, x1, y1 and its area, int [n, 5]."""
    ink = cv2.threshold(part, INK, 1, cv2.THRESH_BINARY)[1]
    ink = cv2.morphologyEx(ink, cv2.MORPH_CLOSE, np.ones((3, 1), np.uint8))  # thin strokes break
    stats = cv2.connectedComponentsWithStats(ink, connectivity=8)[2][1:].astype(np.int64)
    stats[:, 2:4] += stats[:, :2]
    return stats


def _digit_sized(part: NDArray[np.uint8], stats: NDArray[np.int64]) -> NDArray[np.int64]:
    """Those components that are no larger than digits, and off the edge."""
    height, width = part.shape
    inside = (stats[:, :2] > 0).all(1) & (stats[:, 2] < width) & (stats[:, 3] < height)
    wide, tall = stats[:, 2] - stats[:, 0], stats[:, 3] - stats[:, 1]
    small = (wide <= MAX_WIDTH * PX_PER_SPACE) & (tall <= HEIGHTS[1] * PX_PER_SPACE)
    return stats[inside & small & (stats[:, 4] >= MIN_AREA)]


def _blobs(found: NDArray[np.int64]) -> list[Rectangle]:
    """Those components that are as high as a digit, and no mere outline or dash."""
    wide, tall = found[:, 2] - found[:, 0], found[:, 3] - found[:, 1]
    high = tall >= HEIGHTS[0] * PX_PER_SPACE
    fits = high & (wide <= 2.6 * tall) & (found[:, 4] >= 0.12 * wide * tall)
    return sorted((x0, y0, x1, y1) for x0, y0, x1, y1, _ in found[fits].tolist())


def _mended(found: NDArray[np.int64]) -> NDArray[np.int64]:
    """Components that lie close above each other, as one: a thin stroke of a digit broke."""
    x0, y0, x1, y1, area = found.T
    shared = np.minimum(x1, x1[:, None]) - np.maximum(x0, x0[:, None])
    gap = y0[None] - y1[:, None]  # of column below row
    narrow = np.minimum(x1 - x0, (x1 - x0)[:, None])
    upper, lower = np.nonzero((shared >= 0.4 * narrow) & (gap >= -2) & (gap <= WIDE_GAP))
    keep = upper != lower
    upper, lower = upper[keep], lower[keep]
    return np.column_stack(
        [
            np.minimum(x0[upper], x0[lower]),
            y0[upper],
            np.maximum(x1[upper], x1[lower]),
            y1[lower],
            area[upper] + area[lower],
        ]
    )


def pieces_of(part: NDArray[np.uint8], blob: Rectangle) -> list[list[Rectangle]]:
    """Ways to cut a wide blob upright into two or three digits, each where there is least ink."""
    x0, y0, x1, y1 = blob
    wide, tall = x1 - x0, y1 - y0
    if wide < 0.75 * tall:
        return []
    columns = part[y0:y1, x0:x1].sum(0, dtype=np.int64)
    ways = []
    for count in (2, 3):
        step = wide / count
        if not 0.3 * tall <= step <= MAX_DIGIT_RATIO * tall:
            continue
        reach = max(1, round(0.3 * step))
        cuts = [x0]
        for k in range(1, count):
            middle = round(k * step)
            cuts.append(
                x0 + middle - reach + int(columns[middle - reach : middle + reach].argmin())
            )
        edges = [*cuts, x1]
        ways.append([_tight(part, (a, y0, b, y1)) for a, b in pairwise(edges)])
    return ways


def _tight(part: NDArray[np.uint8], box: Rectangle) -> Rectangle:
    """A rectangle without its empty rows."""
    x0, y0, x1, y1 = box
    rows = np.flatnonzero((part[y0:y1, x0:x1] > INK).any(1))
    return (x0, y0 + int(rows[0]), x1, y0 + int(rows[-1]) + 1) if len(rows) else box


def views_of(part: NDArray[np.uint8], boxes: Sequence[Rectangle]) -> NDArray[np.uint8]:
    """What the network sees of each blob, uint8 [n, VIEW_HEIGHT, VIEW_WIDTH]."""
    views = np.zeros((len(boxes), VIEW_HEIGHT, VIEW_WIDTH), np.uint8)
    for view, (x0, y0, x1, y1) in zip(views, boxes, strict=True):
        scale = (y1 - y0) / DIGIT_HEIGHT
        wide, tall = VIEW_WIDTH * scale, VIEW_HEIGHT * scale
        left, top = round((x0 + x1 - wide) / 2), round((y0 + y1 - tall) / 2)
        right, bottom = left + round(wide), top + round(tall)
        inside = part[max(0, top) : max(0, bottom), max(0, left) : max(0, right)]
        seen = np.zeros((bottom - top, right - left), np.uint8)
        at = max(0, -top), max(0, -left)
        seen[at[0] : at[0] + inside.shape[0], at[1] : at[1] + inside.shape[1]] = inside
        view[:] = cv2.resize(seen, (VIEW_WIDTH, VIEW_HEIGHT), interpolation=cv2.INTER_AREA)
    return views


def read_parts(
    parts: Sequence[NDArray[np.uint8]], classify: DigitClassifier
) -> list[list[Reading]]:
    """The numbers that may stand in each part of a page, uint8 as `level_part` returns it."""
    boxes: list[Rectangle] = []
    views, plans = [], []
    for part in parts:
        plan: list[list[list[int]]] = []
        first = len(boxes)
        found = _components(part)
        clear = without_dividers(part, found, PX_PER_SPACE, INK)
        if clear is not part:
            part, found = clear, _components(clear)
        for ways in _alternatives(part, _digit_sized(part, found)):
            plan.append([])
            for way in ways:
                plan[-1].append(list(range(len(boxes), len(boxes) + len(way))))
                boxes += way
        views.append(views_of(part, boxes[first:]))
        plans.append(plan)
    if not boxes:
        return [[] for _ in parts]
    chances = classify(np.concatenate(views))
    return [_numbers(plan, boxes, chances) for plan in plans]


def _alternatives(part: NDArray[np.uint8], found: NDArray[np.int64]) -> list[list[list[Rectangle]]]:
    """The places of a part where digits may stand: for each, the ways to see it as blobs.

    found : the components that are no larger than digits.
    """
    near, places = _blobs(found), []
    taken: set[Rectangle] = set()
    for blob in _blobs(_mended(found)):
        x0, y0, x1, y1 = blob
        inside = [b for b in near if b[0] >= x0 and b[1] >= y0 and b[2] <= x1 and b[3] <= y1]
        if y1 - y0 <= HEIGHTS[1] * PX_PER_SPACE and not taken & set(inside):
            taken.update(inside)
            places.append([inside, [blob]])
    places += [[[blob], *pieces_of(part, blob)] for blob in near if blob not in taken]
    places += [[[], [cut]] for blob in near for cut in _grown_together(part, blob, near)]
    return places


def _grown_together(
    part: NDArray[np.uint8], blob: Rectangle, near: Sequence[Rectangle]
) -> list[Rectangle]:
    """What may be a digit right of a blob, cut from larger ink that it touches, as a bracket."""
    x0, y0, x1, y1 = blob
    tall = y1 - y0
    if x1 - x0 > MAX_DIGIT_RATIO * tall:
        return []
    if any(0 <= b[0] - x1 < tall and b[1] < y1 and b[3] > y0 for b in near):
        return []
    columns = np.flatnonzero((part[y0:y1, x1 : x1 + tall] > INK).any(0))
    if not len(columns) or columns[0] > DIGIT_GAP * tall:
        return []
    left = x1 + int(columns[0])
    gaps = np.flatnonzero(np.diff(columns) > 1)
    right = x1 + int(columns[gaps[0]] if len(gaps) else columns[-1]) + 1
    right = min(right, left + round(0.8 * tall))
    return [(left, y0, right, y1)] if right - left >= 0.15 * tall else []


def _numbers(
    plan: list[list[list[int]]], boxes: list[Rectangle], chances: NDArray[np.float32]
) -> list[Reading]:
    """The numbers in one part: chains of digits on one line, and what each may say.

    Places with no usual way to see a digit are ink that only may be one. What is read without
    them is less likely: the network saw a digit there.
    """
    usual = _likeliest([ways for ways in plan if ways[0]], chances)
    more = _likeliest([ways for ways in plan if not ways[0]], chances)
    found = _chains(usual, boxes, chances)
    if not more:
        return found
    less = [replace(r, probability=WITHOUT * r.probability) for r in found]
    return _chains([*usual, *more], boxes, chances) + less


def _likeliest(plan: Sequence[list[list[int]]], chances: NDArray[np.float32]) -> list[int]:
    """At each place, the blobs of the likeliest way to see it."""
    glyphs: list[int] = []
    for ways in plan:
        usual, *others = [
            (float(chances[way, :NO_DIGIT].max(1).min(initial=1)) if way else 0.0, way)
            for way in ways
        ]
        best = max(others, default=(0.0, []))
        glyphs += best[1] if best[0] > max(usual[0], MIN_OTHER) else usual[1]
    return glyphs


def _chains(
    glyphs: Sequence[int], boxes: list[Rectangle], chances: NDArray[np.float32]
) -> list[Reading]:
    """What digits that stand side by side may say."""
    glyphs = _apart(glyphs, boxes, chances)
    glyphs.sort(key=lambda k: boxes[k][0])
    is_digit = _digits_among(glyphs, boxes, chances)
    found, used = [], set()

    def beside(k: int, side: int, reach: float) -> int | None:
        return _neighbour(k, glyphs, boxes, side, reach)

    for first in glyphs:
        if first in used or not is_digit[first]:
            continue
        chain = [first]
        while (after := beside(chain[-1], 1, DIGIT_GAP)) is not None and is_digit[after]:
            chain.append(after)
        used.update(chain)
        ends = beside(chain[0], -1, WORD_GAP), beside(chain[-1], 1, WORD_GAP)
        in_word = any(k is not None and not is_digit[k] for k in ends)
        if len(chain) <= MAX_DIGITS:
            found += _readings(chain, boxes, chances, in_word)
    return found


def _digits_among(
    glyphs: Sequence[int], boxes: Sequence[Rectangle], chances: NDArray[np.float32]
) -> dict[int, bool]:
    """Whether each blob may be a digit; a clear digit beside it makes a doubtful one likelier."""
    none = {k: float(chances[k, NO_DIGIT]) for k in glyphs}
    is_digit = {k: none[k] < MAX_NO_DIGIT for k in glyphs}
    for k in glyphs:
        if MAX_NO_DIGIT <= none[k] < MAX_DOUBT:
            near = (_neighbour(k, glyphs, boxes, side, DIGIT_GAP) for side in (-1, 1))
            is_digit[k] = any(m is not None and none[m] < CLEAR for m in near)
    return is_digit


def _apart(
    glyphs: Sequence[int], boxes: Sequence[Rectangle], chances: NDArray[np.float32]
) -> list[int]:
    """Of blobs that are mostly the same ink, the likeliest digit."""
    kept: list[int] = []
    for k in sorted(set(glyphs), key=lambda k: -float(chances[k, :NO_DIGIT].max())):
        x0, y0, x1, y1 = boxes[k]
        area = (x1 - x0) * (y1 - y0)
        for other in kept:
            a0, b0, a1, b1 = boxes[other]
            shared = max(0, min(x1, a1) - max(x0, a0)) * max(0, min(y1, b1) - max(y0, b0))
            if shared > 0.5 * min(area, (a1 - a0) * (b1 - b0)):
                break
        else:
            kept.append(k)
    return kept


def _neighbour(
    k: int, glyphs: Sequence[int], boxes: Sequence[Rectangle], side: int, reach: float
) -> int | None:
    """The nearest blob of about its height beside blob k, at its right (side 1) or left (-1).

    reach : the widest gap, in heights.
    """
    x0, y0, x1, y1 = boxes[k]
    tall = y1 - y0
    near = []
    for other in glyphs:
        a0, b0, a1, b1 = boxes[other]
        gap = (a0 - x1) if side > 0 else (x0 - a1)
        shared = min(y1, b1) - max(y0, b0)
        ahead = (a0 + a1 > x0 + x1) if side > 0 else (a0 + a1 < x0 + x1)
        alike = 0.55 * tall <= b1 - b0 <= 1.8 * tall and shared >= 0.6 * min(tall, b1 - b0)
        if other != k and ahead and alike and gap <= reach * max(tall, b1 - b0):
            near.append((gap, other))
    return min(near)[1] if near else None


def _readings(
    chain: Sequence[int],
    boxes: Sequence[Rectangle],
    chances: NDArray[np.float32],
    in_word: bool,
) -> list[Reading]:
    """The likeliest readings of a chain of digits, at most six."""
    corners = np.array([boxes[k] for k in chain])
    low, high = corners[:, :2].min(0), corners[:, 2:].max(0)
    box = (int(low[0]), int(low[1]), int(high[0]), int(high[1]))
    options = []
    for k in chain:
        order = np.argsort(chances[k, :NO_DIGIT])[::-1][:3]
        options.append(
            [(int(d), float(chances[k, d])) for d in order if chances[k, d] >= MIN_PROBABILITY]
            or [(int(order[0]), float(chances[k, order[0]]))]
        )
    readings = []
    for digits in product(*options):
        text = "".join(str(d) for d, _ in digits)
        likely = float(np.prod([p for _, p in digits])) * (0.1 if in_word else 1.0)
        if text[0] != "0" or text == "0":
            readings.append(Reading(text, likely, box))
    return sorted(readings, key=lambda r: -r.probability)[:6]
