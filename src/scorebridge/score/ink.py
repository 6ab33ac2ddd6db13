"""Ink of a page image, and the staff space that it shows.

Ink is darker than its surroundings, whatever the shadow or the colour of the paper. Pages out of
focus are sharpened first, and screens of dots are smoothed. 40 ms a page of 1,800 px.
"""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

REACHES_PER_WIDTH = 450  # of the sharpening: a reach is a line and its rim at common sizes
MIN_SHARPNESS = 0.8  # of a page's contrast within one reach, of a page in focus
SHARPENING_GAIN = 6.0  # times the detail finer than a reach is added
NOISE_REACH = 0.4  # of a reach, below which a blurred or screened page has only noise
SCREENED_SHARE = 0.3  # of the steps from row to row, that are large on a screened page
SCREEN_STEP = 0.09  # of a page's contrast, beyond which such a step is large; print has 0.03
GRAIN_SHARE, GRAIN_STEP = 0.15, 0.05  # the same of a page that may be screened in part
SMOOTHINGS = (
    1.0,
    1.5,
    2.0,
)  # of such a page, until its staves are seen; screens are fine or coarse
DOT_REACH, MAX_DOT = (5, 5), 4  # px around a dot of a screen, and px of ink there at most
MAX_DOTS = 0.04  # share of the ink that is such dots; scans in use have .01
SAME_SPACE = 0.03  # share by which staff spaces of one page differ
MIN_SOFT_CONTRAST = 35  # of 255, of a soft line with the paper beside it
MIN_READ_SPACE = 7.0  # px between staff lines; below it staves and their ends are missed
GOOD_SPACE = 9.0  # px between staff lines of a page that is read again, larger
FINER_STEP = 0.05  # of the usual size
MAX_FINER = 1.8  # times the usual size
MAX_RUN_CHANGE = 0.06  # of a staff space, from one to the next of a staff
MIN_SPACE, MAX_SPACE = 4.0, 80.0  # px between staff lines that are searched for


@dataclass(frozen=True, slots=True)
class Inked:
    """A page as it is read."""

    clear: NDArray[np.uint8]
    """uint8 [height, width], dark on light: the page itself, or in better focus, or smoothed."""
    ink: NDArray[np.uint8]
    """[height, width], 1 is ink."""
    staff_space: tuple[float, float] | None
    """See `staff_space_of`."""


def inked(image: NDArray[np.uint8]) -> Inked:
    """The ink of a page, which is sharpened or smoothed before where that is needed.

    image : uint8 [height, width], dark on light.
    """
    contrast, steps = _contrast_and_steps(image)
    clear = _cleared(image, contrast, steps)
    ink = ink_of(clear)
    found = Inked(clear, ink, staff_space_of(ink))
    if not _is_screened(contrast, steps, GRAIN_SHARE, GRAIN_STEP):
        return found
    screened = _is_screened(contrast, steps, SCREENED_SHARE, SCREEN_STEP)
    may_be_dotted = screened or clear is image  # what is sharpened has grain, and no dots
    for times in SMOOTHINGS:
        dotted = may_be_dotted and _is_dotted(found.ink)
        if _is_readable(found.staff_space) and not dotted:
            break
        clear = _smoothed(image, times)
        ink = ink_of(clear)
        smoother = Inked(clear, ink, staff_space_of(ink))
        if not dotted and _are_alike(found.staff_space, smoother.staff_space):
            break  # close lines, and no screen
        if _is_readable(smoother.staff_space) or not _is_readable(found.staff_space):
            found = smoother
    return found


def _are_alike(one: tuple[float, float] | None, other: tuple[float, float] | None) -> bool:
    """Whether the same staff space is seen in two readings."""
    return one is not None and other is not None and abs(other[0] - one[0]) < SAME_SPACE * one[0]


def _is_dotted(ink: NDArray[np.uint8]) -> bool:
    """Whether much of the ink is dots of a screen, whose rows look like staff lines."""
    near = cv2.boxFilter(ink, -1, DOT_REACH, normalize=False)
    dots = np.count_nonzero((near <= MAX_DOT) & (ink > 0))
    return bool(dots > MAX_DOTS * max(1, cv2.countNonZero(ink)))


def cleared(image: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The page itself where it is in focus, else a copy with sharpened detail; without a screen.

    Staff lines that are blurred by a quarter of their distance are hardly darker than the grey
    between them, so the steps from row to row are small compared with the page's contrast
    (on 1,800 px: .84 and more of real scans, .25 of simulated photographs, .15 of such blur).
    Where a scan shows paper as a screen of dots, nearly all steps are large; it is smoothed.
    """
    return _cleared(image, *_contrast_and_steps(image))


def _cleared(
    image: NDArray[np.uint8], contrast: int, steps: NDArray[np.float64]
) -> NDArray[np.uint8]:
    if _is_screened(contrast, steps, SCREENED_SHARE, SCREEN_STEP):
        return _smoothed(image)
    reach = _reach(image)
    if np.searchsorted(steps, 0.99) * reach >= MIN_SHARPNESS * contrast:
        return image
    coarse = cv2.GaussianBlur(image, (0, 0), reach)
    sharp = cv2.addWeighted(_smoothed(image), 1 + SHARPENING_GAIN, coarse, -SHARPENING_GAIN, 0)
    return np.asarray(sharp, np.uint8)


def _reach(image: NDArray[np.uint8]) -> float:
    """px, see `REACHES_PER_WIDTH`."""
    return max(1.0, image.shape[1] / REACHES_PER_WIDTH)


def _contrast_and_steps(image: NDArray[np.uint8]) -> tuple[int, NDArray[np.float64]]:
    """The contrast of a page, and which share of its steps from row to row is at most so high.

    The contrast is 0 to 255; the shares are float64 [256].
    """
    part = np.ascontiguousarray(image[:, :: max(1, image.shape[1] // REACHES_PER_WIDTH)])
    light, steps = (
        cv2.calcHist([x], [0], None, [256], [0, 256]).cumsum() / x.size
        for x in (part, cv2.absdiff(part[1:], part[:-1]))
    )
    return int(np.searchsorted(light, 0.9)) - int(np.searchsorted(light, 0.02)), steps


def _is_screened(contrast: int, steps: NDArray[np.float64], share: float, step: float) -> bool:
    """Whether a page is made of dots, as a halftone or a dithered scan is.

    share : of the steps from row to row, that are larger than `step` of the contrast.
    """
    return bool(np.searchsorted(steps, 1 - share) > step * contrast)


def _is_readable(estimate: tuple[float, float] | None) -> bool:
    """Whether staff lines are seen, and far enough apart to be read."""
    return estimate is not None and estimate[0] >= MIN_READ_SPACE


def _smoothed(image: NDArray[np.uint8], times: float = 1.0) -> NDArray[np.uint8]:
    """The page without detail finer than its lines. times : more than usual."""
    sigma = times * _reach(image) * NOISE_REACH
    return np.asarray(cv2.GaussianBlur(image, (0, 0), sigma), np.uint8)


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
    add up to the staff space wherever two lines follow each other. Where four do, the sum repeats.
    """
    columns = np.ascontiguousarray(ink[:, :: max(1, ink.shape[1] // 300)].T)
    flat = np.pad(columns, ((0, 0), (1, 1))).ravel().astype(np.int8)
    steps = np.diff(flat)
    starts, stops = np.flatnonzero(steps == 1), np.flatnonzero(steps == -1)
    black, white = stops - starts, np.append(starts[1:], len(flat)) - stops
    total = black + white
    keep = (total >= MIN_SPACE) & (total <= MAX_SPACE) & (black * 2 <= total)
    counts = np.bincount(total[keep], minlength=int(MAX_SPACE) + 3).astype(float)
    # Grain and screens have more runs than the music; but few of them repeat.
    same = keep[1:] & keep[:-1] & (np.abs(np.diff(total)) <= 1 + MAX_RUN_CHANGE * total[1:])
    four = np.zeros(len(total), bool)
    for k in range(3):
        four[k : k + len(same) - 1] |= same[1:] & same[:-1]
    repeated = np.bincount(total[four & keep], minlength=len(counts)).astype(float)
    smooth = np.convolve(repeated if repeated.max() >= 40 else counts, [0.5, 1, 0.5], "same")
    peak = int(smooth.argmax())
    if smooth[peak] < 40:
        return None
    near = np.arange(max(1, peak - 1), peak + 2)
    space = float((near * counts[near]).sum() / counts[near].sum())
    thick = np.bincount(black[keep & (np.abs(total - peak) <= 1)])
    return space, float(thick.argmax())


def finer_scale(image: NDArray[np.uint8]) -> float:
    """How many times as large a page should be read for its staff lines to be separate.

    1 for most; more for an orchestra's, whose lines are few px apart at the usual size. Looks at
    one column in six, 8 ms. image : uint8 [height, width], dark on light.
    """
    estimate = _coarse_estimate(image)
    if not _is_readable(estimate):
        contrast, steps = _contrast_and_steps(image)
        if _is_screened(contrast, steps, GRAIN_SHARE, GRAIN_STEP):
            estimate = _coarse_estimate(_smoothed(image))
    if estimate is None or _is_readable(estimate):
        return 1.0
    return min(MAX_FINER, round(GOOD_SPACE / estimate[0] / FINER_STEP) * FINER_STEP)


def _coarse_estimate(image: NDArray[np.uint8]) -> tuple[float, float] | None:
    """The staff space of one column in six, see `staff_space_of`."""
    columns = np.ascontiguousarray(image[:, :: max(1, image.shape[1] // 300)])
    return staff_space_of(ink_of(columns))
