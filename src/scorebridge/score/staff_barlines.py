"""Barlines of a single staff: candidates, the picture around each, and the network that judges it.

A staff of any instrument is full of upright ink: stems under beams, chords, accidentals, rests.
Candidates are columns that are nearly all ink from the top line to the bottom line, upright or
leaning, whole or dashed. The network (`models/pages/staff_barlines.xml`, trained by
`scorebridge-lab train barlines --of staff` on engraved and degraded pages of every scoring) sees
`staff_views_of` each: the ink `VIEW_REACH` staff spaces to either side and `VIEW_MARGIN` above and
below, turned so that the staff is level and the candidate upright. About 1.5 ms a staff
besides the network.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.barline_classifier import PX_PER_SPACE, VIEW_REACH
from scorebridge.score.networks import compiled
from scorebridge.score.staves import Staff
from scorebridge.score.uprights import runs_of

NETWORK = Path(__file__).parents[1] / "models" / "pages" / "staff_barlines.xml"
VIEW_MARGIN = 4  # staff spaces above and below the staff
STAFF_VIEW_HEIGHT = (4 + 2 * VIEW_MARGIN) * PX_PER_SPACE
STAFF_VIEW_WIDTH = 2 * VIEW_REACH * PX_PER_SPACE
LEANS = (-0.08, 0.0, 0.08)  # dx/dy of barlines against the perpendicular
ROWS_PER_SPACE = 7  # rows a staff space that are looked at, about
MIN_INK = 0.8  # share of a column that is ink
MAX_BREAK = 0.5  # staff spaces between the dashes of a line, or breaks of a worn one
SAME_INK = 0.03  # of the share, by which columns of one line differ
MIN_APART = 0.6  # staff spaces between two candidates in one run of dark columns
CLOSE = 1.5  # staff spaces between two lines, one of which may be the stem of a note beside it
ATTACHED = (0.1, 0.95)  # staff spaces beside a stem, where its notehead or its beam is
MIN_ATTACHED = 0.5  # staff spaces of its height


def staff_candidates(
    ink: NDArray[np.uint8], staff: Staff, leans: Sequence[float] = LEANS
) -> NDArray[np.float64]:
    """Candidate barlines of one staff: left and right edge, share of ink, lean; float64 [n, 4].

    ink : uint8 [height, width], 1 is ink. leans : dx/dy that are tried, against the perpendicular
    of the staff. Edges are in px halfway down the staff. The share (0 to 1) is that of the
    column's rows, breaks of a dashed line counted as ink.
    """
    space = staff.space
    left, right = staff.x0 - 0.7 * space, staff.x1 + 0.7 * space
    rows, columns = round(4 * space), round(right - left)
    if rows < 1 or columns < 1:
        return np.zeros((0, 4))
    band = _level(ink, staff, (left, columns), (0.0, rows))[:: max(1, int(space / ROWS_PER_SPACE))]
    rows, space_rows = len(band), len(band) / 4
    wide = max(3, round(0.2 * space)) | 1  # lines wobble, and their edges are rough
    band = cv2.dilate(band, np.ones((1, wide), np.uint8))
    gap = np.ones((max(1, round(MAX_BREAK * space_rows)), 1), np.uint8)
    band = cv2.morphologyEx(band, cv2.MORPH_CLOSE, gap)
    shares, upright_first = [], sorted(leans, key=abs)  # of two as dark, the straighter one
    for lean in upright_first:
        across = lean * space / space_rows  # px a row
        matrix = np.array([[1.0, across, -across * rows / 2], [0.0, 1.0, 0.0]])
        flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
        turned = cv2.warpAffine(band, matrix, (columns, rows), flags=flags) if lean else band
        shares.append(cv2.reduce(turned, 0, cv2.REDUCE_SUM, dtype=cv2.CV_32F)[0] / rows)
    share = np.max(shares, axis=0)
    leaning = np.asarray(upright_first, np.float64)[np.argmax(shares, axis=0)]
    found = []
    for start, stop in runs_of(share >= MIN_INK):
        for best in _peaks(share[start:stop], MIN_APART * space):
            # Columns fainter than the line itself belong to what stands beside it.
            dark = share[start:stop] >= min(0.92, 0.97 * share[start + best])
            first = start + best - int(np.argmin(np.append(dark[best::-1], False))) + 1
            last = start + best + int(np.argmin(np.append(dark[best:], False)))
            found.append((first, last, share[start + best], leaning[start + best]))
    lines = np.array(found, np.float64).reshape(-1, 4)
    lines[:, :2] += left + (0.5 * wide - 0.5) * np.array([1, -1])
    return lines


def staff_views_of(
    ink: NDArray[np.uint8], staff: Staff, lines: NDArray[np.float64]
) -> NDArray[np.uint8]:
    """The picture around each candidate, uint8 [n, STAFF_VIEW_HEIGHT, STAFF_VIEW_WIDTH], 255 ink.

    ink : uint8 [height, width], 1 is ink. lines : [n, 2], x in px halfway down the staff, and dx/dy
    of the line against the perpendicular of the staff.
    """
    if not len(lines):
        return np.zeros((0, STAFF_VIEW_HEIGHT, STAFF_VIEW_WIDTH), np.uint8)
    space, beside = staff.space, VIEW_REACH + 2
    left = float(lines[:, 0].min()) - beside * space
    columns = max(1, round(float(lines[:, 0].max()) + beside * space - left))
    rows = max(1, round((4 + 2 * VIEW_MARGIN) * space))
    band = _level(ink, staff, (left, columns), (-VIEW_MARGIN, rows)) * np.uint8(255)
    if space > 2 * PX_PER_SPACE:  # a half is quickly made
        band = band[: rows // 2 * 2, : columns // 2 * 2]
        band = cv2.resize(band, (columns // 2, rows // 2), interpolation=cv2.INTER_AREA)
    size = (max(STAFF_VIEW_WIDTH, round(columns / space * PX_PER_SPACE)), STAFF_VIEW_HEIGHT)
    band = np.asarray(cv2.resize(band, size, interpolation=cv2.INTER_AREA), np.uint8)
    down = np.arange(STAFF_VIEW_HEIGHT) + 0.5 - STAFF_VIEW_HEIGHT / 2
    centre = (lines[:, :1] - left) / space * PX_PER_SPACE + lines[:, 1:2] * down
    start = np.round(centre - STAFF_VIEW_WIDTH / 2).astype(int)  # [n, rows]
    start = np.clip(start, 0, size[0] - STAFF_VIEW_WIDTH)
    windows = np.lib.stride_tricks.sliding_window_view(band, STAFF_VIEW_WIDTH, axis=1)
    return np.ascontiguousarray(windows[np.arange(STAFF_VIEW_HEIGHT), start])


def shipped_staff_classifier(
    views: NDArray[np.uint8], network: Path = NETWORK
) -> NDArray[np.float32]:
    """Probability that the line in the middle of each view is a barline of its staff, float32 [n].

    Thin, double, thick, dashed barlines and repeat signs are barlines. Raises `ModelError` where
    the network is missing.
    """
    if not len(views):
        return np.zeros(0, np.float32)
    return np.asarray(compiled(network, os.getpid())(views)[0], np.float32)


def stems_beside(
    ink: NDArray[np.uint8], staff: Staff, lines: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Which of a staff's barlines are stems of notes that stand close to a barline; [n].

    Of two close lines, the one that a notehead or a beam is attached to is a stem, if none is
    attached to the other. ink : uint8 [height, width], 1 is ink. lines : left and right edge
    halfway down the staff in px, rising; [n, 2].
    """
    middle = lines.mean(1)
    close = np.flatnonzero(np.diff(middle) < CLOSE * staff.space)
    is_stem = np.zeros(len(lines), bool)
    attached = {int(k): _is_attached(ink, staff, lines[k]) for k in {*close, *(close + 1)}}
    for k in close.tolist():
        if attached[k] != attached[k + 1]:
            is_stem[k if attached[k] else k + 1] = True
    return is_stem


def _is_attached(ink: NDArray[np.uint8], staff: Staff, line: NDArray[np.float64]) -> bool:
    """Whether ink as high as a notehead or a beam touches a line, at its left or its right."""
    near, far = ATTACHED[0] * staff.space, ATTACHED[1] * staff.space
    tall = np.ones((max(1, round(MIN_ATTACHED * staff.space)), 1), np.uint8)
    down = np.arange(round(-staff.space), round(5 * staff.space))
    for x0, x1 in ((line[0] - far, line[0] - near), (line[1] + near, line[1] + far)):
        columns = np.arange(max(0, round(x0)), min(ink.shape[1], round(x1) + 1))
        rows = np.clip(round(staff.y((x0 + x1) / 2)) + down, 0, len(ink) - 1)
        if len(columns):
            full = np.all(ink[rows[:, None], columns], axis=1, keepdims=True).astype(np.uint8)
            if cv2.morphologyEx(full, cv2.MORPH_OPEN, tall).any():
                return True
    return False


def _level(
    ink: NDArray[np.uint8], staff: Staff, across: tuple[float, int], down: tuple[float, int]
) -> NDArray[np.uint8]:
    """A band of the page, turned so that the staff is level; uint8 [rows, columns], 1 is ink.

    across : its left end halfway down the staff, in px, and its columns. down : the staff line
    at its upper end, counted from the top line in staff spaces, and its rows.
    """
    (left, columns), (line, rows) = across, down
    top = staff.y(left + columns / 2, line)
    # The middle of the staff, in rows from the upper end, stays at its x.
    half = (2 - line) * staff.space
    matrix = np.array(
        [
            [1.0, -staff.slope, left + staff.slope * half],
            [staff.slope, 1.0, top - staff.slope * columns / 2],
        ]
    )
    flags = cv2.INTER_NEAREST | cv2.WARP_INVERSE_MAP
    return np.asarray(cv2.warpAffine(ink, matrix, (columns, rows), flags=flags), np.uint8)


def _peaks(share: NDArray[np.float64], apart: float) -> list[int]:
    """The darkest columns of a run, each at least `apart` columns from those that are darker.

    Columns that are as dark all the way from a peak, as those of a thick line, belong to it.
    """
    if len(share) <= apart:
        return [int(share.argmax())]
    left, found = share.copy(), []
    while left[best := int(left.argmax())] > 0:
        found.append(best)
        faint = share < share[best] - SAME_INK
        before, after = np.flatnonzero(faint[:best]), np.flatnonzero(faint[best:])
        first = int(before[-1]) + 1 if len(before) else 0
        last = best + int(after[0]) if len(after) else len(share)
        left[max(0, min(first, best - int(apart))) : max(last, best + int(apart) + 1)] = 0
    return sorted(found)
