"""Staff lines on a page: evidence of thin level ink, and the paths along which combs of it run.

1. Lines: thin, long ink; its share in each row of narrow upright slices of the page.
2. Comb: in each slice and row, how well so many lines at one distance begin here.
3. Paths: the best path of the comb from left to right through the slices (dynamic
   programming, so lines may bend).
4. Profile: the mean of all slices, level along such a path. It is far less noisy than a slice, and
   shows which lines there are, at which distance, and where they begin and end.

The page is not rotated or resampled: sloping lines are followed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

SLICE_WIDTH = 2.5  # staff spaces, width of a slice
MAX_BREAK = 0.4  # staff spaces of the breaks of a worn line that are closed
WORN_RATIO = 1.45  # line ink with closed breaks over that without, of a page with broken lines
WORN_ROWS = 4  # one row in so many is looked at for that
MAX_SLOPE = 0.09  # dy/dx searched, 5 degrees
MIN_EXTENT_COMB = 0.12  # comb of a slice that belongs to a staff
SPACE_STEP = 0.35  # px by which the last line moves between two tried staff spaces

Slices = NDArray[np.float32]
"""[height, slices], one value for each row of each slice."""


@dataclass(frozen=True, slots=True)
class LineField:
    """The line ink of a page in slices."""

    rows: Slices
    """Share of line ink, 0 to 1."""
    width: float
    """Of a slice, px."""
    slope: float
    """dy/dx along which the lines of the whole page run."""
    space: float
    """The commonest distance of two lines, px."""

    @property
    def shift(self) -> NDArray[np.int64]:
        """[slices], px by which each slice lies below the page's middle along the slope."""
        slices = self.rows.shape[1]
        return np.round(self.slope * self.width * (np.arange(slices) - slices / 2)).astype(int)

    @property
    def level(self) -> Slices:
        """`rows` without the slope."""
        where = np.arange(len(self.rows))[:, None] + self.shift
        return np.take_along_axis(self.rows, np.clip(where, 0, len(self.rows) - 1), axis=0)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A path through the slices, and the part of it where a comb of lines was found."""

    path: NDArray[np.int64]
    """[slices], row of the first line."""
    first: int
    last: int
    """Slices first to last - 1."""

    def moved(self, rows: int | NDArray[np.int64]) -> Stretch:
        """The stretch some rows lower."""
        return Stretch(self.path + rows, self.first, self.last)

    def columns(self, width: float) -> tuple[float, float]:
        """Its first and one past its last column, of slices `width` px wide."""
        return self.first * width, self.last * width


def line_field(ink: NDArray[np.uint8], space: float, thickness: float) -> LineField:
    """The line ink of a page. ink : uint8 [height, width], 0 or 1; space, thickness : px."""
    tall = max(round(thickness) + 2, round(0.35 * space))
    thick = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((tall, 1), np.uint8))
    thin = cv2.bitwise_and(ink, 1 - thick)
    long = np.ones((1, max(3, round(space))), np.uint8)
    lines = cv2.morphologyEx(thin, cv2.MORPH_OPEN, long)
    gap = np.ones((1, max(1, round(MAX_BREAK * space)) | 1), np.uint8)

    def closed(rows: NDArray[Any]) -> NDArray[np.uint8]:
        whole = cv2.morphologyEx(rows, cv2.MORPH_CLOSE, gap)
        return np.asarray(cv2.morphologyEx(whole, cv2.MORPH_OPEN, long), np.uint8)

    # A quarter of the rows shows whether the lines are broken.
    some, open_ink = closed(thin[::WORN_ROWS].copy()), cv2.countNonZero(lines[::WORN_ROWS].copy())
    if cv2.countNonZero(some) > WORN_RATIO * open_ink:
        lines = closed(thin)
    slices = max(4, round(ink.shape[1] / (SLICE_WIDTH * space)))
    share = cv2.resize(lines * 255, (slices, ink.shape[0]), interpolation=cv2.INTER_AREA)
    rows = np.asarray(share, np.float32) / np.float32(255)
    width = ink.shape[1] / slices
    return LineField(rows, width, _slope(rows, width), space)


def _slope(rows: Slices, width: float) -> float:
    """The dy/dx along which the rows of all slices together have the sharpest stripes."""
    half = width * rows.shape[1] / 2
    size = (rows.shape[1], max(8, len(rows) // 4))
    coarse_rows = np.asarray(cv2.resize(rows, size, interpolation=cv2.INTER_AREA), np.float32)

    def contrast(slope: float, of: Slices) -> float:
        lower = slope * len(of) / len(rows)
        shear = np.array([[1.0, 0.0, 0.0], [lower * width, 1.0, -lower * half]])
        level = cv2.warpAffine(
            of, shear, of.shape[::-1], flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
        )
        return float(np.square(level.sum(1)).sum())

    step = 1.0 / (width * rows.shape[1])  # one pixel over the page
    coarse = np.arange(-MAX_SLOPE, MAX_SLOPE, 4 * step)
    best = coarse[np.argmax([contrast(s, coarse_rows) for s in coarse])]
    fine = best + step * np.arange(-5, 6)
    return float(fine[np.argmax([contrast(s, rows) for s in fine])])


def comb_of(level: Slices, lines: int, spaces: NDArray[np.float64]) -> tuple[Slices, Slices]:
    """How well `lines` lines begin at each row of each slice, 0 to 1, and at which distance.

    Mean of the lines, the weakest counted twice, less the ink between, above and below them, so
    that fewer or more lines score less. spaces : the distances that are tried, px.
    """
    height = level.shape[0]
    # Lines may be off by a pixel (slope within the slice, uneven print).
    soft = cv2.dilate(cv2.GaussianBlur(level, (1, 3), 0), np.ones((3, 1)))
    largest = float(spaces.max())
    top = int(2 * largest)
    margin = ((top, int((lines + 1) * largest) + 2), (0, 0))
    sharp, soft = np.pad(level, margin), np.pad(np.asarray(soft, np.float32), margin)

    def at(offset: float, source: Slices) -> Slices:
        start = top + round(offset)
        return source[start : start + height]

    best = np.zeros_like(level)
    found = np.full_like(level, spaces[0])
    for own in spaces:
        score, weakest = at(0, soft).copy(), at(0, soft).copy()
        for k in range(1, lines):
            line = at(k * own, soft)
            score += line
            np.minimum(weakest, line, out=weakest)
        score += weakest
        score /= lines + 1
        between = at(0.5 * own, sharp).copy()
        for k in range(1, lines - 1):
            between += at((k + 0.5) * own, sharp)
        between *= 0.6 / (lines - 1)
        score -= between
        outside = np.maximum(at(-own, soft), at(lines * own, soft))
        outside *= 0.3
        score -= outside
        better = score > best
        np.copyto(best, score, where=better)
        found[better] = own
    return best, found


def best_path(comb: Slices) -> NDArray[np.int64]:
    """Row of the best path through all slices, at most one row up or down per slice."""
    penalty = np.float32(0.02)
    height, slices = comb.shape
    came = np.empty((slices, height), np.int8)
    total = comb[:, 0].copy()
    for j in range(1, slices):
        stay = total.copy()
        move = np.zeros(height, np.int8)
        up = np.empty_like(total)
        up[1:], up[0] = total[:-1] - penalty, -np.inf
        down = np.empty_like(total)
        down[:-1], down[-1] = total[1:] - penalty, -np.inf
        better = up > stay
        stay[better], move[better] = up[better], -1
        better = down > stay
        stay[better], move[better] = down[better], 1
        came[j] = move
        total = stay + comb[:, j]
    path = np.empty(slices, np.int64)
    path[-1] = int(total.argmax())
    for j in range(slices - 1, 0, -1):
        path[j - 1] = path[j] + came[j, path[j]]
    return path


def clear_rows(comb: Slices, path: NDArray[np.int64], above: float, below: float) -> None:
    """Set the comb to 0 from `above` rows above a path to `below` rows below it, in place."""
    height = len(comb)
    for j, row in enumerate(path):
        comb[max(0, int(row - above)) : min(height, int(row + below) + 1), j] = 0


def extent_of(along: NDArray[np.float32], gap: int = 4) -> tuple[int, int]:
    """First and one past the last slice of the best stretch, with gaps of at most `gap` slices."""
    good = np.flatnonzero(along > max(MIN_EXTENT_COMB, 0.3 * float(np.quantile(along, 0.9))))
    if len(good) == 0:
        return 0, 0
    parts = np.split(good, np.flatnonzero(np.diff(good) > gap + 1) + 1)
    part = max(parts, key=lambda p: along[p].sum())
    return int(part[0]), int(part[-1]) + 1


def aligned(
    rows: Slices,
    stretch: Stretch,
    lines: int,
    space: float,
    ratios: tuple[float, float],
) -> tuple[int, float]:
    """Rows by which the first line lies below a stretch's path, and the distance of the lines.

    The best comb of the profile along the path. Single slices may prefer ledger lines, or every
    other line. ratios : lowest and highest tried distance over `space`.
    """
    reach = round(1.6 * space)
    tried = np.arange(ratios[0] * space, ratios[1] * space, SPACE_STEP / (lines - 1))
    top = reach + int(1.5 * tried[-1]) + 1
    around = np.arange(-top, top + int((lines + 1) * tried[-1]) + 2)
    profile = profile_of(rows, stretch, around)
    soft = np.max([np.roll(profile, d) for d in (-1, 0, 1)], axis=0)
    starts = top + np.arange(-reach, reach + 1)
    steps = np.arange(-1, lines + 0.6, 0.5)  # lines at whole numbers, the ink between at halves
    where = np.round(starts[:, None, None] + tried[None, :, None] * steps).astype(int)
    on = soft[where[..., 2 : 2 * lines + 1 : 2]]
    between = profile[where[..., 3 : 2 * lines : 2]].mean(-1)
    outside = np.maximum(soft[where[..., 0]], soft[where[..., 2 * lines + 2]])
    score = (on.sum(-1) + on.min(-1)) / (lines + 1) - 0.6 * between - 0.3 * outside
    score -= 0.05 * np.abs(np.log(tried / space))[None]
    start, best = np.unravel_index(int(score.argmax()), score.shape)
    return int(start) - reach, float(tried[best])


def profile_of(rows: Slices, stretch: Stretch, around: NDArray[np.int64]) -> NDArray[np.float32]:
    """Mean line ink at rows `around` the path of a stretch; [len(around)]."""
    index = np.arange(stretch.first, stretch.last)
    where = np.clip(stretch.path[index] + around[:, None], 0, len(rows) - 1)
    return rows[where, index].mean(1)


@dataclass(frozen=True, slots=True)
class LineFit:
    """Straight, equally spaced lines through the centres of line ink."""

    top: float
    """y of the first line at x = `middle`."""
    slope: float
    space: float
    middle: float
    visible: NDArray[np.float32]
    """[lines], the share of each line that is visible."""
    at: NDArray
    """Columns at which `bend` is measured, rising."""
    bend: NDArray
    """px by which the lines lie below the straight ones at columns `at`."""

    def y(self, x: float, line: float = 0.0) -> float:
        """y of a line at column x."""
        return self.top + self.slope * (x - self.middle) + line * self.space

    def course(self, columns: NDArray) -> NDArray[np.float64]:
        """y of the first line at columns, where a bent staff really runs."""
        straight = self.top + self.slope * (columns - self.middle)
        return straight + np.interp(columns, self.at, self.bend)


def fit_lines(field: LineField, stretch: Stretch, space: float, lines: int) -> LineFit | None:
    """Lines along a stretch; None where the best distance is another than `space`."""
    rows, height = field.rows, len(field.rows)
    first, last = stretch.first, stretch.last
    reach = max(1, round(0.3 * space))
    around = np.arange(-reach, reach + 1)
    index = np.arange(first, last)
    guess = stretch.path[index][:, None] + np.arange(lines)[None] * space  # [slices, lines]
    where = np.clip(np.round(guess)[..., None].astype(int) + around, 0, height - 1)
    mass = rows[where, index[:, None, None]]
    weight = mass.sum(-1)
    y = (mass * where).sum(-1) / np.maximum(weight, 1e-6)
    x = np.broadcast_to(((index + 0.5) * field.width)[:, None], y.shape)
    line = np.broadcast_to(np.arange(float(lines))[None], y.shape)
    middle = (first + last) / 2 * field.width
    design = np.stack([np.ones(y.size), (x - middle).ravel(), line.ravel()], 1)
    use = weight.ravel().astype(np.float64) + 1e-9
    solution = np.zeros(3)
    for _ in range(3):  # points off the line (a slur, a beam) lose their weight
        root = np.sqrt(use)[:, None]
        solution = np.linalg.lstsq(design * root, y.ravel() * root[:, 0], rcond=None)[0]
        off = np.abs(design @ solution - y.ravel())
        use = weight.ravel() / (1 + (off / (0.15 * space)) ** 2) + 1e-9
    top, slope, own = (float(v) for v in solution)
    if not 0.85 * space < own < 1.15 * space:
        return None
    off = y - (design @ solution).reshape(y.shape)
    usual = np.median(off, axis=1, keepdims=True)  # a bent staff is off with all its lines
    near = weight * (np.abs(off - usual) < 0.2 * space)
    bend = (near * off).sum(1) / (near.sum(1) + 1e-3)
    padded = np.pad(bend, 1, mode="reflect", reflect_type="odd")
    bend = np.median(np.lib.stride_tricks.sliding_window_view(padded, 3), axis=1)
    visible = np.minimum(weight / 1.5, 1).mean(0)
    return LineFit(top, slope, own, middle, visible, x[:, 0], bend)


def inked_columns(
    ink: NDArray[np.uint8],
    tops: NDArray[np.float64],
    columns: NDArray[np.int64],
    offsets: NDArray,
    reach: int,
) -> NDArray[np.bool_]:
    """Whether there is ink within `reach` px of each offset below `tops`; [offsets, columns]."""
    y = np.round(tops[None] + offsets[:, None]).astype(int)
    out = np.zeros(y.shape, bool)
    for d in range(-reach, reach + 1):
        out |= ink[np.clip(y + d, 0, ink.shape[0] - 1), columns[None]] > 0
    return out
