"""Finds the staves of a page by classical means.

1. Ink: darker than its surroundings, whatever the shadow or the colour of the paper.
2. Staff space: the commonest sum of a short black and the following white vertical run.
3. Lines: thin, long ink; its share in each row of narrow upright slices of the page.
4. Comb: in each slice and row, how well five lines at that distance begin here.
5. Paths: the best paths of the comb from left to right through the slices (dynamic
   programming, so lines may bend), taken one by one until none is good enough.
6. Fit: a straight line and a staff space for each, and where its lines begin and end.

The page is not rotated or resampled: sloping lines are followed. Cost: see `systems.py`.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

REACHES_PER_WIDTH = 450  # of the sharpening: a reach is a line and its rim at common sizes
MIN_SHARPNESS = 0.8  # of a page's contrast within one reach, of a page in focus
SHARPENING_GAIN = 6.0  # times the detail finer than a reach is added
NOISE_REACH = 0.4  # of a reach, below which a blurred page has only noise
MIN_SOFT_CONTRAST = 35  # of 255, of a soft line with the paper beside it
MIN_SPACE, MAX_SPACE = 4.0, 80.0  # px between staff lines that are searched for
SLICE_WIDTH = 2.5  # staff spaces, width of a slice
MAX_SLOPE = 0.09  # dy/dx searched, 5 degrees
MIN_LENGTH = 12.0  # staff spaces of a staff; tables and ornaments are shorter
MIN_COMB = 0.30  # mean comb of a staff along its length; most print has 0.5, text below 0.17
MIN_COMB_LONG = 0.20  # the same of one as long as the page's longest
MIN_LINE_SHARE = 0.2  # visible length of each line over the median of the five
MIN_COVERED = 0.8  # ink of any kind along a line that is visible on less
MAX_SIXTH_LINE = 0.7  # visible length of a sixth line, as of a table, over the same median
MAX_STAVES = 64  # on a page
MIN_GAP = 2.5  # staff spaces between two staves; anything nearer is notes


@dataclass(frozen=True, slots=True)
class Staff:
    """Five lines. All in px of the page; y = top + slope * (x - middle) for the top line."""

    x0: float
    x1: float
    top: float
    """y of the top line at x = (x0 + x1) / 2."""
    space: float
    """Distance between neighbouring lines."""
    slope: float
    quality: float
    """Mean comb along the staff, about 0.3 (poor) to 1 (perfect)."""
    lines: int = 5

    def y(self, x: float, line: float = 0.0) -> float:
        """y of line 0 (top) to 4 (bottom) at column x."""
        return self.top + self.slope * (x - (self.x0 + self.x1) / 2) + line * self.space


def sharpened(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The page itself where it is in focus, else a copy with sharpened detail.

    Staff lines that are blurred by a quarter of their distance are hardly darker than the grey
    between them, so the steps from row to row are small compared with the page's contrast
    (on 1,800 px: .84 and more of real scans, .25 of simulated photographs, .15 of such blur).
    """
    reach = max(1.0, image.shape[1] / REACHES_PER_WIDTH)
    part = np.ascontiguousarray(image[:, :: max(1, image.shape[1] // REACHES_PER_WIDTH)])
    light, steps = (
        cv2.calcHist([x], [0], None, [256], [0, 256]).cumsum() / x.size
        for x in (part, cv2.absdiff(part[1:], part[:-1]))
    )
    contrast = int(np.searchsorted(light, 0.9)) - int(np.searchsorted(light, 0.02))
    if np.searchsorted(steps, 0.99) * reach >= MIN_SHARPNESS * contrast:
        return image
    fine = cv2.GaussianBlur(image, (0, 0), reach * NOISE_REACH)
    coarse = cv2.GaussianBlur(image, (0, 0), reach)
    sharp = cv2.addWeighted(fine, 1 + SHARPENING_GAIN, coarse, -SHARPENING_GAIN, 0)
    return np.asarray(sharp, np.uint8)


def ink_of(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """uint8 [height, width], 1 where the page is clearly darker than its surroundings, else 0."""
    block = max(15, min(image.shape) // 40) | 1
    dark = cv2.adaptiveThreshold(
        image, 1, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, block, 14
    )
    return np.asarray(dark, np.uint8)


def soft_ink_of(image: NDArray[np.uint8], space: float) -> NDArray[np.uint8]:
    """As `ink_of`, for a dewarped photograph, whose fine lines are soft and grey.

    Beside heavy notes the surroundings are dark, and a blurred line is lighter than they are.
    But it is darker than the paper just above and below. So fine level detail is compared with
    that, and fine upright detail with the paper left and right. space : staff space, px.
    """
    quarter = cv2.resize(image, None, fx=0.25, fy=0.25, interpolation=cv2.INTER_AREA)
    wide = max(3, round(0.75 * space)) | 1  # three staff spaces, wider than any ink
    paper = cv2.dilate(quarter, np.ones((wide, wide), np.uint8))
    paper = cv2.resize(cv2.GaussianBlur(paper, (0, 0), wide / 2), image.shape[::-1])
    even = cv2.divide(image, np.maximum(paper, np.uint8(16)), scale=255.0)
    ink = ink_of(np.asarray(even, np.uint8))
    reach, run = max(3, round(0.55 * space)) | 1, max(3, round(0.5 * space)) | 1
    for along, across in (((run, 1), (1, reach)), ((1, run), (reach, 1))):
        soft = cv2.blur(even, along)  # grain is short, lines are long
        hat = cv2.morphologyEx(soft, cv2.MORPH_BLACKHAT, np.ones(across[::-1], np.uint8))
        ink |= (hat > MIN_SOFT_CONTRAST).astype(np.uint8)
    return ink


def staff_space_of(ink: NDArray[np.uint8]) -> tuple[float, float] | None:
    """Staff space and line thickness in px (medians), or None where there is no common one.

    In every few columns, all vertical runs: a thin black one and the white one below it
    add up to the staff space wherever two lines follow each other.
    """
    columns = np.ascontiguousarray(ink[:, :: max(1, ink.shape[1] // 300)].T)
    flat = np.pad(columns, ((0, 0), (1, 1))).ravel().astype(np.int8)
    steps = np.diff(flat)
    starts, stops = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    black, white = stops - starts, np.append(starts[1:], len(flat)) - stops
    total = black + white
    keep = (total >= MIN_SPACE) & (total <= MAX_SPACE) & (black * 2 <= total)
    counts = np.bincount(total[keep], minlength=int(MAX_SPACE) + 3).astype(float)
    smooth = np.convolve(counts, [0.5, 1, 0.5], "same")
    peak = int(smooth.argmax())
    if smooth[peak] < 40:
        return None
    near = np.arange(max(1, peak - 1), peak + 2)
    space = float((near * counts[near]).sum() / counts[near].sum())
    thick = np.bincount(black[keep & (np.abs(total - peak) <= 1)])
    return space, float(thick.argmax())


def find_staves(ink: NDArray[np.uint8]) -> list[Staff]:
    """All staves of a page from top to bottom. ink : uint8 [height, width], 0 or 1."""
    estimate = staff_space_of(ink)
    if estimate is None:
        return []
    space, thickness = estimate
    rows, width = _line_share(ink, space, thickness)
    slope = _slope(rows, width)
    shift = np.round(slope * width * (np.arange(rows.shape[1]) - rows.shape[1] / 2)).astype(int)
    where = np.clip(np.arange(len(rows))[:, None] + shift, 0, len(rows) - 1)
    level = np.take_along_axis(rows, where, axis=0)
    comb, spaces = _comb(level, space)
    staves, longest = [], 0
    for _ in range(MAX_STAVES):
        path = _best_path(comb)
        index = np.arange(len(path))
        along = comb[path, index]
        if along.sum() * SLICE_WIDTH < MIN_LENGTH * MIN_COMB:
            break
        first, last = _extent(along)
        own_space = float(np.median(spaces[path, index][first:last])) if last > first else space
        comb = _without_staff(comb, path, round((4 + MIN_GAP) * own_space))
        longest = max(longest, last - first)
        enough = MIN_COMB_LONG if last - first > 0.85 * longest else MIN_COMB
        if (last - first) * SLICE_WIDTH < MIN_LENGTH or along[first:last].mean() < enough:
            continue
        staff = _fit(ink, rows, path + shift, first, last, width, own_space)
        if staff is not None:
            staves.append(staff)
    return sorted(staves, key=lambda s: s.top)


def staff_deviation(
    ink: NDArray[np.uint8], staff: Staff, places: int = 25
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """How far a staff deviates from its straight lines: x of the places, and px downwards there.

    At each place it is the shift that puts most of the five lines on ink; jumps are smoothed.
    """
    x = np.linspace(staff.x0, staff.x1, places)
    half = max(2, round((staff.x1 - staff.x0) / places))
    shifts = np.linspace(-0.7, 0.7, 29) * staff.space
    columns = np.clip(np.round(x[:, None] + np.arange(-half, half, 2)), 0, ink.shape[1] - 1)
    tops = staff.top + staff.slope * (columns - (staff.x0 + staff.x1) / 2)
    lines = tops[..., None] + np.arange(5) * staff.space  # [places, columns, lines]
    rows = np.round(lines[None] + shifts[:, None, None, None]).astype(int)
    rows = np.clip(rows, 0, ink.shape[0] - 1)
    share = ink[rows, columns[None, ..., None].astype(int)].mean((2, 3))  # [shifts, places]
    share = share - 0.1 * np.abs(shifts / staff.space)[:, None]  # prefers no deviation
    best = shifts[share.argmax(0)]
    padded = np.pad(best, 2, mode="edge")
    smoothed = np.median(np.lib.stride_tricks.sliding_window_view(padded, 5), axis=1)
    padded = np.pad(smoothed, 1, mode="edge")
    return x, (padded[:-2] + padded[1:-1] + padded[2:]) / 3


def _line_share(
    ink: NDArray[np.uint8], space: float, thickness: float
) -> tuple[NDArray[np.float32], float]:
    """Share of line ink in each row of each slice, float32 [height, slices], and px a slice."""
    tall = max(round(thickness) + 2, round(0.35 * space))
    thick = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((tall, 1), np.uint8))
    thin = cv2.bitwise_and(ink, 1 - thick)
    thin = cv2.morphologyEx(thin, cv2.MORPH_OPEN, np.ones((1, max(3, round(space))), np.uint8))
    slices = max(4, round(ink.shape[1] / (SLICE_WIDTH * space)))
    share = cv2.resize(thin * 255, (slices, ink.shape[0]), interpolation=cv2.INTER_AREA)
    return np.asarray(share, np.float32) / np.float32(255), ink.shape[1] / slices


def _slope(rows: NDArray[np.float32], width: float) -> float:
    """The dy/dx along which the rows of all slices together have the sharpest stripes."""
    half = width * rows.shape[1] / 2

    def contrast(slope: float) -> float:
        shear = np.array([[1.0, 0.0, 0.0], [slope * width, 1.0, -slope * half]])
        level = cv2.warpAffine(
            rows, shear, rows.shape[::-1], flags=cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
        )
        return float(np.square(level.sum(1)).sum())

    step = 1.0 / (width * rows.shape[1])  # one pixel over the page
    coarse = np.arange(-MAX_SLOPE, MAX_SLOPE, 4 * step)
    best = coarse[np.argmax([contrast(s) for s in coarse])]
    fine = best + step * np.arange(-4, 5)
    return float(fine[np.argmax([contrast(s) for s in fine])])


def _comb(
    rows: NDArray[np.float32], space: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """How well five lines begin at each row of each slice, 0 to 1, and at which staff space.

    Mean of the five lines, the weakest counted twice, less the ink between, above
    and below them, so that four or six lines score less.
    """
    height = rows.shape[0]
    # Lines may be off by a pixel (slope within the slice, uneven print).
    soft = cv2.dilate(cv2.GaussianBlur(rows, (1, 3), 0), np.ones((3, 1))).astype(np.float32)
    top = int(space * 2)
    margin = ((top, int(space * 6) + 2), (0, 0))
    sharp, soft = np.pad(rows, margin), np.pad(soft, margin)

    def at(offset: float, source: NDArray[np.float32]) -> NDArray[np.float32]:
        start = top + round(offset)
        return source[start : start + height]

    best = np.zeros_like(rows)
    spaces = np.full_like(rows, space)
    for own in space * np.linspace(0.64, 1.20, 15):
        lines = np.stack([at(k * own, soft) for k in range(5)])
        score = (lines.sum(0) + lines.min(0)) / 6
        between = np.stack([at((k + 0.5) * own, sharp) for k in range(4)]).mean(0)
        outside = np.maximum(at(-own, soft), at(5 * own, soft))
        score = score - 0.6 * between - 0.3 * outside
        better = score > best
        best[better] = score[better]
        spaces[better] = own
    return best, spaces


def _best_path(comb: NDArray[np.float32]) -> NDArray[np.int64]:
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


def _without_staff(
    comb: NDArray[np.float32], path: NDArray[np.int64], reach: int
) -> NDArray[np.float32]:
    """The comb with the surroundings of a found staff set to 0."""
    distance = np.abs(np.arange(comb.shape[0])[:, None] - path[None])
    return np.where(distance <= reach, np.float32(0), comb)


def _extent(along: NDArray[np.float32], gap: int = 4) -> tuple[int, int]:
    """First and one past the last slice of the best stretch, with gaps of at most `gap` slices."""
    good = np.flatnonzero(along > max(0.12, 0.3 * float(np.quantile(along, 0.9))))
    if len(good) == 0:
        return 0, 0
    parts = np.split(good, np.flatnonzero(np.diff(good) > gap + 1) + 1)
    part = max(parts, key=lambda p: along[p].sum())
    return int(part[0]), int(part[-1]) + 1


def _fit(
    ink: NDArray[np.uint8],
    rows: NDArray[np.float32],
    path: NDArray[np.int64],
    first: int,
    last: int,
    width: float,
    space: float,
) -> Staff | None:
    """Straight lines through the centres of the five lines in each slice, and their ends."""
    height = rows.shape[0]
    reach = max(1, round(0.3 * space))
    around = np.arange(-reach, reach + 1)
    index = np.arange(first, last)
    guess = path[index][:, None] + np.arange(5)[None] * space  # [slices, 5]
    where = np.clip(np.round(guess)[..., None].astype(int) + around, 0, height - 1)
    mass = rows[where, index[:, None, None]]
    weight = mass.sum(-1)
    y = (mass * where).sum(-1) / np.maximum(weight, 1e-6)
    x = np.broadcast_to(((index + 0.5) * width)[:, None], y.shape)
    line = np.broadcast_to(np.arange(5.0)[None], y.shape)
    middle = (first + last) / 2 * width
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
    # Along the path, not the fitted line, so that a bent staff keeps its ends.
    x0, x1 = _ends(ink, path, first, last, width, own)
    visible = np.minimum(weight / 1.5, 1).mean(0)  # share of each line, along the staff
    weakest = int(visible.argmin())
    if visible[weakest] < MIN_LINE_SHARE * np.median(visible):
        x = np.arange(int(x0), int(x1), 3)
        y = top + slope * (x - middle) + weakest * own
        near = [np.clip(np.round(y + d).astype(int), 0, height - 1) for d in (-1, 0, 1)]
        if np.max([ink[row, x] for row in near], axis=0).mean() < MIN_COVERED:
            return None  # not even covered by beams from end to end
    beside = path[index][:, None] + np.array([-1, 5]) * own
    where = np.clip(np.round(beside)[..., None].astype(int) + around, 0, height - 1)
    sixth = np.minimum(rows[where, index[:, None, None]].sum(-1) / 1.5, 1).mean(0)
    if sixth.max() > MAX_SIXTH_LINE * np.median(visible):
        return None
    return Staff(x0, x1, top + slope * ((x0 + x1) / 2 - middle), own, slope, float(visible.mean()))


def _ends(
    ink: NDArray[np.uint8],
    path: NDArray[np.int64],
    first: int,
    last: int,
    width: float,
    space: float,
) -> tuple[float, float]:
    """Columns where the lines begin and end: between them most of the five are visible."""
    left = max(0, int((first - 2) * width))
    right = min(ink.shape[1], int((last + 2) * width))
    columns = np.arange(left, right)
    tops = np.interp(columns, (np.arange(len(path)) + 0.5) * width, path)
    reach = max(1, round(0.15 * space))

    def inked(line: float) -> NDArray[np.float32]:
        y = np.round(tops + line * space).astype(int)
        near = [np.clip(y + d, 0, ink.shape[0] - 1) for d in range(-reach, reach + 1)]
        return np.max([ink[rows, columns] for rows in near], axis=0)

    lines = np.sum([inked(k) for k in range(5)], axis=0)
    between = np.sum([inked(k + 0.5) for k in range(-1, 5)], axis=0)
    is_staff = ((lines >= 4) & (between <= 4)).astype(np.float32)  # a black border is all ink
    window = max(3, round(1.5 * space))
    share = np.convolve(is_staff, np.ones(window) / window, "full")
    # share[i] covers columns i - window + 1 to i.
    begins = np.flatnonzero((share[window - 1 :] >= 0.7) & (is_staff > 0))
    ends = np.flatnonzero((share[: len(is_staff)] >= 0.7) & (is_staff > 0))
    if len(begins) == 0 or len(ends) == 0:
        return first * width, last * width
    return float(columns[begins[0]]), float(columns[ends[-1]] + 1)
