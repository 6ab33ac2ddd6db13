"""Dewarps photographed pages, and pages bent on the scanner's glass, by their own lines.

Staff lines are level and stems are upright; where on a picture they are not, the page was tilted
or bent. Their directions are measured in small blocks (structure tensor of the thin ink),
and a smooth field is fitted to them. The field has the form

    dy/dx = a(x) + b(x) y

a and b polynomials: it covers the perspective view of a plane (all lines meet in one point)
and of a sheet bent about upright axes, and it integrates to one shift and one scale for each
column, y = A(x) + B(x) v. The same with x and y exchanged makes leaning barlines upright.
The scales give the perspective, and the perspective the distance of each column, so that columns
are spaced as on the paper. `ROUNDS` rounds, since steep lines are measured better once they are
nearly level.

Cost on one core: 30 ms to detect that a page is straight, 0.2 s to dewarp one.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

MAX_SAG = 1.5  # staff spaces by which the lines of a straight page may bend
MAX_SLOPE = 0.07  # dy/dx of the lines of a straight page
MAX_TAPER = 0.06  # share by which its rows differ in width; scans have up to 0.025
MIN_MEASURED_SPACE = 4.5  # px between staff lines, at which directions are measured
MIN_SHRUNK_INK = 90  # of 255, of a pixel averaged from four
BLOCKS = 18  # along the longer side
SMOOTHING_SIGMA = 1.2  # px; lines are drawn in steps of a pixel, whose edges have other directions
SLOPE_GAIN = 1.3  # noteheads and steps reduce measured slopes by this, averaged over real pages
MAX_MEASURED_SLOPE = 0.45  # dy/dx, 24 degrees; steeper measurements are discarded
ROUNDS = 3
MIN_MOVED_INK = 110  # of 255, of ink moved by fractions of pixels
SHIFT_DEGREE, SCALE_DEGREE = 5, 2  # of the polynomials a and b
FOCAL_LENGTH = 0.8  # of the picture's longer side, assumed; telephones have 0.7 to 0.85
STIFFNESS = 0.004  # regularization towards a straight page, of a total weight of 1
MIN_BLOCKS = 12  # blocks with lines in them, below which nothing is estimated

Points = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Shear:
    """One step from the dewarped page to the picture: shift and scale of each column or row."""

    across: bool
    """False: columns are moved up and down; True: rows are moved left and right."""
    at: NDArray[np.float64]
    """Columns (rows), rising."""
    shift: NDArray[np.float64]
    scale: NDArray[np.float64]
    middle: float
    """The coordinate that the scale does not move."""

    def enlarged(self, by: float) -> Shear:
        """The same step on a picture `by` times as large."""
        parts = (by * self.at, by * self.shift, self.scale, by * self.middle)
        return Shear(self.across, *parts)

    def apply(self, points: Points) -> Points:
        """[n, 2] px (x, y) of the flatter page to those of the more bent one."""
        along, moved = points[:, int(self.across)], points[:, 1 - int(self.across)]
        shift = _extended(along, self.at, self.shift)
        scale = np.interp(along, self.at, self.scale)
        out = points.copy()
        out[:, 1 - int(self.across)] = self.middle + shift + scale * (moved - self.middle)
        return out


@dataclass(frozen=True, slots=True)
class Spacing:
    """One step that spaces columns (rows) farther apart where the camera was farther away."""

    across: bool
    """False: columns; True: rows."""
    flat: NDArray[np.float64]
    bent: NDArray[np.float64]

    def enlarged(self, by: float) -> Spacing:
        """The same step on a picture `by` times as large."""
        return Spacing(self.across, by * self.flat, by * self.bent)

    def apply(self, points: Points) -> Points:
        """[n, 2] px (x, y) of the flatter page to those of the more bent one."""
        out = points.copy()
        axis = int(self.across)
        out[:, axis] = _extended(points[:, axis], self.flat, self.bent)
        return out


@dataclass(frozen=True, slots=True)
class Dewarping:
    """The map from a dewarped page to its picture."""

    steps: tuple[Shear | Spacing, ...]
    """In order, from the dewarped page to the picture."""
    shape: tuple[int, int]
    """Height and width of the dewarped page, px."""

    def to_picture(self, points: Points) -> Points:
        """Points of the dewarped page, [n, 2] px (x, y), on the picture."""
        for step in self.steps:
            points = step.apply(points)
        return points

    def dewarp(self, image: NDArray[np.uint8], outside: int = 0) -> NDArray[np.uint8]:
        """The dewarped picture, uint8 [height, width]; beyond its rim it is `outside`."""
        grid = 16
        height, width = self.shape
        y, x = np.arange(0, height + grid, grid), np.arange(0, width + grid, grid)
        places = np.stack(np.meshgrid(x, y), -1).reshape(-1, 2).astype(float)
        coarse = self.to_picture(places).reshape(len(y), len(x), 2).astype(np.float32)
        fine_x, fine_y = np.meshgrid(
            np.arange(width, dtype=np.float32) / grid, np.arange(height, dtype=np.float32) / grid
        )
        maps = cv2.remap(coarse, fine_x, fine_y, cv2.INTER_LINEAR)
        out = cv2.remap(
            image,
            maps[..., 0],
            maps[..., 1],
            cv2.INTER_LINEAR,
            borderMode=cv2.BORDER_CONSTANT,
            borderValue=(float(outside),),
        )
        return np.asarray(out, np.uint8)


@dataclass(frozen=True, slots=True)
class Distortion:
    """How a page is distorted on its picture. All but `slope` is 0 on a straight scan."""

    sag: float
    """Maximum deviation of level lines from one common slope, in staff spaces."""
    slope: float
    """dy/dx of level lines over the whole page."""
    taper: float
    """Share by which rows differ in width; a page seen from below has 0.4."""

    @property
    def is_straight(self) -> bool:
        """Whether the page can be read without dewarping."""
        return self.sag < MAX_SAG and abs(self.slope) < MAX_SLOPE and self.taper < MAX_TAPER


def measure_distortion(ink: NDArray[np.uint8], space: float, thickness: float) -> Distortion | None:
    """The distortion of a page, None where too few lines are found.

    ink : uint8 [height, width], 0 or 1; space, thickness : of staff lines, px.
    """
    shrink = _shrink(space)
    small, space, thickness = _smaller(ink, shrink), space / shrink, thickness / shrink
    level = _level(small, space, thickness)
    if level is None:
        return None
    lean = _lean(small, space)
    y = np.array([[0.0], [float(len(small))]])
    lines = level.middle + level.shift + level.scale * (y - level.middle)
    slope = float(np.polyfit(level.at, lines.mean(0), 1)[0])
    sag = float(np.ptp(lines - slope * level.at, axis=1).max()) / space
    taper = float(np.ptp(np.log(lean.scale))) if lean else 0.0
    return Distortion(sag, slope, taper)


def dewarping_of(ink: NDArray[np.uint8], space: float, thickness: float) -> Dewarping | None:
    """The dewarping of a page by its lines; None where too few are found.

    Parameters as of `measure_distortion`.
    """
    shrink = _shrink(space)
    small, space, thickness = _smaller(ink, shrink), space / shrink, thickness / shrink
    shape = (small.shape[0], small.shape[1])
    steps: list[Shear | Spacing] = []
    flat, drawn = small, small * np.uint8(255)
    for _ in range(ROUNDS):
        level = _level(flat, space, thickness)
        if level is None:
            return None
        steps.insert(0, level)
        flat = (Dewarping(tuple(steps), shape).dewarp(drawn) > MIN_MOVED_INK).astype(np.uint8)
        lean = _lean(flat, space)
        if lean is not None:
            steps.insert(0, lean)
            flat = (Dewarping(tuple(steps), shape).dewarp(drawn) > MIN_MOVED_INK).astype(np.uint8)
    steps = _spacings(steps, shape) + steps
    return _framed([step.enlarged(shrink) for step in steps], (ink.shape[0], ink.shape[1]))


def _shrink(space: float) -> int:
    """Factor by which a page is shrunk to measure directions."""
    return 2 if space >= 2 * MIN_MEASURED_SPACE else 1


def _smaller(ink: NDArray[np.uint8], shrink: int) -> NDArray[np.uint8]:
    if shrink == 1:
        return ink
    size = (ink.shape[1] // shrink, ink.shape[0] // shrink)
    small = cv2.resize(ink * np.uint8(255), size, interpolation=cv2.INTER_AREA)
    return (small > MIN_SHRUNK_INK).astype(np.uint8)


def _level(ink: NDArray[np.uint8], space: float, thickness: float) -> Shear | None:
    """The step that levels staff lines."""
    return _shear(_lines(ink, space, thickness), space, SHIFT_DEGREE, across=False)


def _lean(ink: NDArray[np.uint8], space: float) -> Shear | None:
    """The step that makes stems and barlines upright."""
    return _shear(np.ascontiguousarray(_uprights(ink, space).T), space, SCALE_DEGREE, across=True)


def _extended(x: NDArray, at: NDArray, values: NDArray) -> NDArray:
    """np.interp, extrapolated linearly beyond the ends."""
    inside = np.interp(x, at, values)
    first = (values[1] - values[0]) / (at[1] - at[0])
    last = (values[-1] - values[-2]) / (at[-1] - at[-2])
    return inside + np.minimum(x - at[0], 0) * first + np.maximum(x - at[-1], 0) * last


def _lines(ink: NDArray[np.uint8], space: float, thickness: float) -> NDArray[np.uint8]:
    """Ink that is thin from top to bottom: staff lines, slurs, edges of beams."""
    tall = max(round(thickness) + 2, round(0.35 * space))
    thick = cv2.morphologyEx(ink, cv2.MORPH_OPEN, np.ones((tall, 1), np.uint8))
    thin = cv2.bitwise_and(ink, 1 - thick)
    long = np.ones((1, max(3, round(0.5 * space))), np.uint8)
    return np.asarray(cv2.morphologyEx(thin, cv2.MORPH_OPEN, long), np.uint8)


def _uprights(ink: NDArray[np.uint8], space: float) -> NDArray[np.uint8]:
    """Ink that is thin from left to right and as long as a stem: stems, barlines."""
    wide = np.ones((1, max(5, round(0.75 * space))), np.uint8)
    thin = cv2.bitwise_and(ink, 1 - cv2.morphologyEx(ink, cv2.MORPH_OPEN, wide))
    # A leaning line crosses each column only shortly; widened, it does for longer.
    thin = cv2.dilate(thin, np.ones((1, max(3, round(0.3 * space)) | 1), np.uint8))
    long = np.ones((max(3, round(0.7 * space)), 1), np.uint8)
    return np.asarray(cv2.morphologyEx(thin, cv2.MORPH_OPEN, long), np.uint8)


def _shear(lines: NDArray[np.uint8], space: float, degree: int, across: bool) -> Shear | None:
    """The step that levels lines which run from left to right in `lines`."""
    height, width = lines.shape
    x, y, slope, weight = _directions(lines, space)
    if np.count_nonzero(weight) < MIN_BLOCKS:
        return None
    # Unit square around the middle, so that one regularization serves every term.
    half = max(height, width) / 2
    u, v = (x - width / 2) / half, (y - height / 2) / half
    powers = np.stack([u**k for k in range(degree + 1)], 1)
    design = np.concatenate([powers, powers[:, : SCALE_DEGREE + 1] * v[:, None]], 1)
    terms_of = (np.arange(degree + 1.0) / 4, np.arange(1.0, SCALE_DEGREE + 2) / 4)
    stiff = STIFFNESS * np.concatenate(terms_of)
    use, solution = weight / weight.sum(), np.zeros(design.shape[1])
    for _ in range(8):
        weighted = design * use[:, None]
        normal = weighted.T @ design + np.diag(stiff * use.sum())
        solution = np.linalg.solve(normal + 1e-9 * np.eye(len(normal)), weighted.T @ slope)
        off = np.abs(design @ solution - slope)
        tolerance = max(0.008, 1.5 * float(np.average(off, weights=use)))
        use = weight / weight.sum() / (1 + (off / tolerance) ** 2)
    # Integrate dy/dx = a + b y from the middle column outwards.
    at = np.linspace(0, width, 201)
    terms = np.stack([((at - width / 2) / half) ** k for k in range(degree + 1)], 1)
    a = terms @ solution[: degree + 1]
    b = terms[:, : SCALE_DEGREE + 1] @ solution[degree + 1 :] / half
    growth = np.exp(np.clip(_integral(b, at), -1.5, 1.5))
    return Shear(across, at, growth * _integral(a / growth, at), growth, height / 2)


def _integral(values: NDArray[np.float64], at: NDArray[np.float64]) -> NDArray[np.float64]:
    """The integral from the middle of `at` to each place."""
    steps = (values[1:] + values[:-1]) / 2 * np.diff(at)
    total = np.concatenate([[0.0], np.cumsum(steps)])
    return total - total[len(at) // 2]


def _directions(lines: NDArray[np.uint8], space: float) -> tuple[NDArray[np.float64], ...]:
    """x, y, dy/dx and weight of the lines in each block of the page, each [blocks]."""
    height, width = lines.shape
    shrink = float(np.clip(6 / space, 0.25, 1))
    size = (max(8, round(width * shrink)), max(8, round(height * shrink)))
    small = cv2.resize(lines * np.float32(1), size, interpolation=cv2.INTER_AREA)
    small = cv2.GaussianBlur(small, (0, 0), SMOOTHING_SIGMA)
    gx, gy = (cv2.Sobel(small, cv2.CV_32F, *order, ksize=3) for order in ((1, 0), (0, 1)))
    # Ends of lines, remains of notes.
    steep = np.abs(gx) > MAX_MEASURED_SLOPE * 1.3 * np.abs(gy)
    gx[steep], gy[steep] = 0, 0
    side = max(4 * space * shrink, max(size) / BLOCKS)
    count = (max(2, round(size[0] / side)), max(2, round(size[1] / side)))
    cross, own = (
        cv2.resize(product, count, interpolation=cv2.INTER_AREA).astype(np.float64)
        for product in (gx * gy, gy * gy)
    )
    typical = float(np.quantile(own, 0.9)) + 1e-9
    weight = np.where(own > 0.1 * typical, np.minimum(own / typical, 1), 0)
    slope = -SLOPE_GAIN * cross / np.maximum(own, 1e-9) * (size[0] / width) * (height / size[1])
    weight[np.abs(slope) > MAX_MEASURED_SLOPE] = 0
    x = (np.arange(count[0]) + 0.5) * width / count[0]
    y = (np.arange(count[1]) + 0.5) * height / count[1]
    x, y = np.meshgrid(x, y)
    return x.ravel(), y.ravel(), slope.ravel(), weight.ravel()


def _spacings(steps: list[Shear | Spacing], shape: tuple[int, int]) -> list[Shear | Spacing]:
    """Steps that undo the effect of distance along the lines.

    In a picture of a tilted plane, lengths across the tilt shrink with distance; lengths along it
    shrink with distance squared and with the tilt's cosine (from an assumed focal length).
    """
    spacings: list[Shear | Spacing] = []
    focal = FOCAL_LENGTH * max(shape)
    for across in (False, True):
        length = shape[0] if across else shape[1]
        at = np.linspace(0, length, 201)
        log = sum(
            (np.log(np.interp(at, s.at, s.scale)) for s in steps
             if isinstance(s, Shear) and s.across == across),
            np.zeros_like(at),
        )  # fmt: skip
        rate = float(np.polyfit(at - length / 2, log, 1)[0])
        tilt = np.hypot(1, rate * focal)  # 1 / cosine
        nearness = np.exp(rate * (at - length / 2))  # of this column; 1 in the middle
        # The shears keep sizes across the lines in the middle column; along the lines the
        # picture shows nearness squared over the tilt.
        flat = _integral(tilt / nearness**2, at)
        spacings.append(Spacing(across, flat + length / 2, at))
    return spacings


def _framed(steps: list[Shear | Spacing], shape: tuple[int, int]) -> Dewarping:
    """Shift and size the dewarped page to hold the picture's rim, up to 35 % beyond its size."""
    height, width = shape
    trial = Dewarping(tuple(steps), shape)
    rim = np.array(
        [[x * width, y * height] for x in np.linspace(0, 1, 9) for y in np.linspace(0, 1, 9)]
    )
    flat = rim.copy()
    for _ in range(25):  # fixed-point iteration
        flat = flat + 0.8 * (rim - trial.to_picture(flat))
    low = np.maximum(flat.min(0), [-0.35 * width, -0.35 * height])
    high = np.minimum(flat.max(0), [1.35 * width, 1.35 * height])
    far = np.array([0.0, 10.0 * max(shape)])
    shifts = [Spacing(bool(k), far, far + low[k]) for k in (0, 1)]
    size = (int(high[1] - low[1]) + 1, int(high[0] - low[0]) + 1)
    return Dewarping((*shifts, *steps), size)
