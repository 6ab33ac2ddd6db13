"""Labelled candidates for barlines, from engraved and degraded pages.

The barline classifier trains on them. A work is engraved in a random style. Marks that old prints
have more often than the sources are drawn into it: chords and rolled chords through both staves
away from barlines, and double lines, thick lines and repeat dots at barlines. The page is degraded
(`augment/scan.py`). Candidates are proposed as in reading (`score/uprights.py`); the engraving
labels them. About 2 s a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.barline_classifier import VIEW_HEIGHT, VIEW_WIDTH, views_of
from scorebridge.score.staves import Staff, ink_of, soft_ink_of
from scorebridge.score.uprights import NO_LEAN, PHOTOGRAPH_LEANS, candidates
from scorebridge_lab.augment.scan import bend_points, degrade, draw_page_scan
from scorebridge_lab.dataset.work_examples import chosen_pages, engraved, examples_of
from scorebridge_lab.engrave.engraving import BARLINE_KINDS, Engraving
from scorebridge_lab.sources.work import Work

STAFF_SPACES = (6.0, 14.0)  # range of px between staff lines
MAX_PAGES = 5  # of one work
COPIES = 2  # of each page, each degraded differently
DECORATED = 0.3  # share of single barlines drawn double, thick, or as repeat signs
CHORDS = 0.12  # chords drawn into a system, per staff space of its width
ON, OFF = 0.5, 1.5  # staff spaces from a barline: a candidate within ON is it, beyond OFF is not

Points = NDArray[np.float64]


@dataclass(frozen=True)
class Examples:
    """Labelled candidates."""

    views: NDArray[np.uint8]
    """[n, HEIGHT, WIDTH], ink is 255."""
    is_line: NDArray[np.bool_]
    """[n]: whether the candidate is a barline."""

    def __len__(self) -> int:
        return len(self.views)

    @classmethod
    def joined(cls, parts: Sequence[Examples]) -> Examples:
        """Concatenate examples."""
        none = np.zeros((0, VIEW_HEIGHT, VIEW_WIDTH), np.uint8), np.zeros(0, bool)
        return cls(
            np.concatenate([none[0], *(p.views for p in parts)]),
            np.concatenate([none[1], *(p.is_line for p in parts)]),
        )


def make(works: Sequence[Work], seed: int, workers: int = 1) -> Iterator[tuple[Work, Examples]]:
    """Yield the examples of each work that can be engraved, as they are finished."""
    return examples_of(partial(of_work, seed=seed), works, workers)


def of_work(work: Work, seed: int = 0) -> Examples:
    """Examples of up to `MAX_PAGES` pages of one work; depends on its name and the seed alone."""
    engraving, rng = engraved(work, seed, STAFF_SPACES)
    pages = chosen_pages(engraving, MAX_PAGES, COPIES, rng)
    return Examples.joined([of_page(engraving, page, rng) for page in pages])


def of_page(engraving: Engraving, page: int, rng: np.random.Generator) -> Examples:
    """Examples of one page, degraded at random."""
    image = engraving.pages[page].copy()
    staves = engraving.staves[engraving.staves["page"] == page]
    lines = engraving.barlines[engraving.barlines["page"] == page].copy()
    groups = [staves[staves["system"] == k] for k in np.unique(staves["system"])]
    groups = [g for g in groups if len(g) == 2 and (g["lines"] == 5).all()]
    if not groups:
        return Examples.joined([])
    space = float(np.median([(s["y1"] - s["y0"]) / 4 for g in groups for s in g]))
    for group in groups:
        own = np.flatnonzero(lines["system"] == group[0]["system"])
        _draw_chords(image, group, lines[own], rng)
        for k in own:
            if lines[k]["kind"] == BARLINE_KINDS.index("single") and rng.random() < DECORATED:
                _decorate(image, group, lines[k], space, rng)
    scan = draw_page_scan(rng)
    shape = (image.shape[0], image.shape[1])
    seen = degrade(image, scan, rng, space)
    photo = rng.random() < 0.3  # read as a straightened photograph is
    ink, leans = (soft_ink_of(seen, space), PHOTOGRAPH_LEANS) if photo else (ink_of(seen), NO_LEAN)

    def moved(points: list) -> Points:
        return bend_points(np.array(points, float).reshape(-1, 2), shape, scan, space)

    parts = []
    for group in groups:
        own = lines[lines["system"] == group[0]["system"]]
        pair = [degraded_staff(moved, s, rng) for s in group]
        parts.append(_of_system(ink, pair, moved, own, leans))
    return Examples.joined(parts)


def _of_system(
    ink: NDArray[np.uint8], pair: Sequence[Staff], moved: Any, lines: Any, leans: Sequence[float]
) -> Examples:
    """The labelled candidates of one system; those between ON and OFF are left out."""
    upper, lower = pair
    found = candidates(ink, upper, lower, leans)
    middle = found[:, :2].mean(1)
    space = (upper.space + lower.space) / 2
    y = (float(lines["y0"].min(initial=0)) + float(lines["y1"].max(initial=0))) / 2
    ends = [moved([(line[name], y) for line in lines])[:, 0] for name in ("x0", "x1")]
    away = np.full(len(middle), np.inf)
    plain = np.full(len(middle), True)
    if len(lines):
        outside = np.maximum(ends[0][None] - middle[:, None], middle[:, None] - ends[1][None])
        away = np.maximum(outside, 0).min(1) / space
        plain = lines["kind"][outside.argmin(1)] != BARLINE_KINDS.index("other")
    left = (upper.x0 + lower.x0) / 2
    keep = ((away <= ON) & plain) | (away >= OFF)
    keep &= (np.abs(middle - left) > OFF * space) & (middle < max(upper.x1, lower.x1) + space)
    views = views_of(ink, upper, lower, np.column_stack([middle, found[:, 3]])[keep])
    return Examples(views, away[keep] <= ON)


def degraded_staff(moved: Any, staff: Any, rng: np.random.Generator) -> Staff:
    """A staff of the degraded page, with errors like those of found staves."""
    x = np.linspace(staff["x0"], staff["x1"], 9)
    top, bottom = (moved(np.stack([x, np.full(9, staff[y])], 1)) for y in ("y0", "y1"))
    slope, _ = np.polyfit(top[:, 0], (top[:, 1] + bottom[:, 1]) / 2, 1)
    space = float((bottom[:, 1] - top[:, 1]).mean()) / 4
    x0, x1 = float(top[0, 0]), float(top[-1, 0])
    y = float(top[:, 1].mean()) + space * rng.normal(0, 0.08)
    return Staff(x0, x1, y, space * float(rng.normal(1, 0.006)), float(slope), 1.0)


def _decorate(
    image: NDArray[np.uint8], group: Any, line: Any, space: float, rng: np.random.Generator
) -> None:
    """Make a single barline a double one, a thick one, or a repeat sign; `line` grows with it."""
    x, y0, y1 = float(line["x0"] + line["x1"]) / 2, float(line["y0"]), float(line["y1"])
    if y1 - y0 < float(group[-1]["y1"] - group[0]["y0"]) - space:
        return  # not through both staves
    side, kind = int(rng.choice([-1, 1])), rng.random()
    thin, thick = (max(1, round(space * rng.uniform(*r))) for r in ((0.1, 0.25), (0.35, 0.8)))
    strokes = [(x, thin), (x + side * space * rng.uniform(0.45, 0.9), thin)]
    if kind > 0.25:
        strokes[1] = (strokes[1][0] + side * thick / 2, thick)
        if rng.random() < 0.25:
            strokes.append((strokes[1][0] + side * (thick / 2 + space * 0.5), thin))
    for at, wide in strokes:
        left = round(at - wide / 2)
        image[round(y0) : round(y1) + 1, max(0, left) : max(0, left + wide)] = 0
    low = min(at - wide / 2 for at, wide in strokes)
    high = max(at + wide / 2 for at, wide in strokes)
    for beside, there in ((-1, rng.random() < 0.6), (1, rng.random() < 0.6)):
        if kind < 0.45 or not there:
            continue
        at = (low if beside < 0 else high) + beside * space * rng.uniform(0.45, 0.9)
        for staff in group:
            for step in (1.5, 2.5):
                middle = (round(at), round(float(staff["y0"]) + step * space))
                cv2.circle(image, middle, max(1, round(0.22 * space)), 0, -1, cv2.LINE_AA)
    line["x0"], line["x1"] = low, high


def _draw_chords(
    image: NDArray[np.uint8], group: Any, lines: Any, rng: np.random.Generator
) -> None:
    """Draw marks as tall as a barline: long stems with noteheads, rolled chords."""
    top, bottom = group[0], group[1]
    space = float(top["y1"] - top["y0"]) / 4
    x0, x1 = float(top["x0"]) + 6 * space, float(top["x1"]) - 2 * space
    if x1 <= x0:
        return
    taken = (lines["x0"] + lines["x1"]) / 2
    for _ in range(rng.poisson(CHORDS * (x1 - x0) / space)):
        x = float(rng.uniform(x0, x1))
        if len(taken) and np.abs(taken - x).min() < 2.5 * space:
            continue
        reach = (
            float(top["y0"]) + space * rng.uniform(-4, 0.5),
            float(bottom["y1"]) + space * rng.uniform(-0.5, 4),
        )
        kind = rng.random()
        if kind < 0.65:
            draw_chord(image, x, reach, space, rng, (float(top["y0"]), float(bottom["y0"])))
        if kind > 0.55:
            draw_rolled(image, x - (2.2 * space if kind < 0.65 else 0), reach, space, rng)


def draw_chord(
    image: NDArray[np.uint8],
    x: float,
    reach: tuple[float, float],
    space: float,
    rng: np.random.Generator,
    tops: tuple[float, ...],
) -> None:
    """A stem through both staves, or one in each that nearly meet, with noteheads on lines."""
    thick = max(1, round(space * rng.uniform(0.08, 0.25)))
    cut = rng.uniform(*reach) if rng.random() < 0.4 else reach[1]
    gap = space * rng.uniform(0, 0.6)
    for y0, y1 in ((reach[0], cut - gap), (cut + gap, reach[1])):
        if y1 > y0:
            cv2.line(image, (round(x), round(y0)), (round(x), round(y1)), 0, thick)
    left = rng.random() < 0.5
    hollow = rng.random() < 0.2
    for top in tops:
        for _ in range(rng.integers(1, 5)):
            y = top + space / 2 * int(rng.integers(-4, 13))
            side = -1 if left != (rng.random() < 0.1) else 1
            at = (round(x + side * 0.58 * space), round(y))
            axes = (max(2, round(0.62 * space)), max(1, round(0.46 * space)))
            cv2.ellipse(image, at, axes, -20, 0, 360, 0, thick + 1 if hollow else -1, cv2.LINE_AA)


def draw_rolled(
    image: NDArray[np.uint8],
    x: float,
    reach: tuple[float, float],
    space: float,
    rng: np.random.Generator,
) -> None:
    """Draw the wavy line before an arpeggiated chord."""
    y = np.arange(reach[0], reach[1])
    wave = 0.5 * space * rng.uniform(0.25, 0.7)
    course = x + wave * np.sin(2 * np.pi * y / (space * rng.uniform(0.8, 1.2)))
    points = np.stack([course, y], 1).round().astype(np.int32).reshape(-1, 1, 2)
    thick = max(1, round(space * rng.uniform(0.12, 0.3)))
    cv2.polylines(image, [points], False, 0, thick, cv2.LINE_AA)
