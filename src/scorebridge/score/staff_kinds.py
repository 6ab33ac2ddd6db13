"""How many lines a staff has: five of notes, four of chant, six of tablature.

A staff line begins at the staff's left end and stops at its right one. Ledger lines, beams and
slurs along a staff do not, however many there are. A line that is hidden by beams is covered with
ink; one that is not there is not.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from scorebridge.score.ink import MIN_SPACE
from scorebridge.score.staff_lines import LineFit, inked_columns

MIN_LINE_SHARE = 0.2  # visible length of each line over that of the three clearest
MIN_COVERED = 0.8  # ink of any kind along a line that is visible on less
MAX_WORN = 0.78  # ink along five lines, beyond which they are no rows of letters
MIN_CONTRAST = 1.5  # ink along worn lines over that a quarter of a space beside; letters have 1.2
MIN_BROKEN = 0.3  # ink of any kind along a line that a scan has broken into pieces
BROKEN_RATIO = 1.7  # of it to the ink halfway to the next lines
MIN_END_INK = 0.8  # of a line within a staff space from each end of the staff
MAX_ABSENT_INK = 0.6  # along a line that is not there: notes, beams and stems cross it
MAX_ABSENT_END_INK = 0.5  # the same within a staff space from the ends
MIN_WHOLE = 0.9  # ink along each of four lines, beside which no ink at a fifth one's ends counts
MAX_CLEAR_END_INK = 0.2  # ink within a staff space from the ends of a line that is clearly absent
MAX_LEDGER_SHARE = 0.4  # visible length of such a line, of ledger lines, over that of the others
MIN_LEDGER_BREAK = 4.0  # staff spaces without ledger lines, somewhere on a staff
END_ZONE = (0.25, 1.25)  # staff spaces from the ends of the staff
SMALL_RATIO = 0.75  # of the page's staff space, below which lines must begin and end together
MIN_SMALL_VISIBLE = 0.45  # visible share of the lines of such a staff
BESIDE = 2  # lines beyond the five that are looked at on either side


def counted_lines(
    ink: NDArray[np.uint8], fit: LineFit, x0: float, x1: float, usual_space: float
) -> tuple[int, int]:
    """The first line of a staff, counted from the first of a fit of five, and their number.

    The number is 4, 5 or 6; 0: it is no staff, as the rows of a table are none.
    ink : uint8 [height, page width], 0 or 1; x0, x1 : ends of the staff;
    usual_space : of the page, px.
    """
    space = fit.space
    columns = np.arange(max(0, round(x0)), min(ink.shape[1], round(x1)))
    if len(columns) < 4 * space:
        return 0, 0
    tops = fit.course(columns)
    offsets = np.arange(-BESIDE, 5 + BESIDE) * space
    reach = max(1, round(0.1 * space))
    inked = inked_columns(ink, tops, columns, offsets, reach)
    covered = inked.mean(1)
    low, high = (round(z * space) for z in END_ZONE)
    five = slice(BESIDE, BESIDE + 5)
    if covered[five].mean() < MAX_WORN:
        quarters = np.concatenate([np.arange(5.0) - 0.25, np.arange(5.0) + 0.25]) * space
        above, below = inked_columns(ink, tops, columns, quarters, reach).reshape(2, 5, -1)
        if covered[five].mean() < MIN_CONTRAST * max(above.mean(), below.mean()):
            return 0, 0  # rows of letters
    at_ends = np.minimum(inked[:, low:high].mean(1), inked[:, -high:-low].mean(1))
    is_line = (covered >= MIN_COVERED) & (at_ends >= MIN_END_INK)
    outer = _clearly_absent(fit, inked[BESIDE - 1 : BESIDE + 6], at_ends[five])
    if outer is not None:
        return (1, 4) if outer == 0 else (0, 4)
    usual = float(np.sort(fit.visible)[-3:].mean())
    absent = np.flatnonzero(
        (fit.visible < MIN_LINE_SHARE * usual) & (covered[five] < MIN_COVERED)
    )  # not even covered by beams from end to end
    if len(absent):
        halves = inked_columns(ink, tops, columns, np.arange(-1.5, 6) * space, reach).mean(1)
        around = (halves[:-1] + halves[1:]) / 2  # of the lines -1 to 5
        seen = covered[BESIDE - 1 : BESIDE + 6]
        broken = seen >= np.maximum(MIN_BROKEN, BROKEN_RATIO * around)
        absent = absent[~broken[1:-1][absent]]
        worn = broken & ~is_line[BESIDE - 1 : BESIDE + 6]
        if len(absent) == 1 and absent[0] in (0, 4) and worn[-1 if absent[0] == 0 else 0]:
            return (1, 5) if absent[0] == 0 else (-1, 5)
    if len(absent):
        outer = int(absent[0])
        if len(absent) > 1 or outer not in (0, 4):
            return 0, 0
        crossed = covered[five][outer] > MAX_ABSENT_INK or at_ends[five][outer] > MAX_ABSENT_END_INK
        if crossed or is_line[BESIDE + 5 if outer == 0 else BESIDE - 1]:
            return 0, 0
        return (1, 4) if outer == 0 else (0, 4)
    together = np.count_nonzero(at_ends[five] >= MIN_END_INK)
    faint = fit.visible.mean() < MIN_SMALL_VISIBLE or space < MIN_SPACE
    if space < SMALL_RATIO * usual_space and (together < 4 or faint):
        return 0, 0  # ledger lines, hairpins, and every other line of a staff
    above, below = bool(is_line[BESIDE - 1]), bool(is_line[BESIDE + 5])
    if above and below:
        return 0, 0
    # Of six rows the one that does not reach the ends is ledger lines.
    if above:
        if at_ends[five][4] < MAX_ABSENT_END_INK:
            return -1, 5
        return (0, 0) if is_line[BESIDE - 2] else (-1, 6)
    if below:
        if at_ends[five][0] < MAX_ABSENT_END_INK:
            return 1, 5
        return (0, 0) if is_line[BESIDE + 6] else (0, 6)
    return 0, 5


def _clearly_absent(
    fit: LineFit, inked: NDArray[np.bool_], at_ends: NDArray[np.float64]
) -> int | None:
    """The outer one of five lines, 0 or 4, where there are only ledger lines and stems beside four.

    inked : ink along each of the five, and one more above and below, [7, columns]. at_ends : of
    the five, its share within a staff space from the ends. A line in pieces has no long break,
    ledger lines have.
    """
    covered = inked[1:6].mean(1)
    least = MIN_LEDGER_BREAK * fit.space
    for outer, others, beyond in ((0, slice(1, 5), 6), (4, slice(0, 4), 0)):
        if (
            covered[others].min() >= MIN_WHOLE
            and covered[outer] < MAX_ABSENT_INK
            and at_ends[outer] <= MAX_CLEAR_END_INK
            and fit.visible[outer] < MAX_LEDGER_SHARE * fit.visible[others].mean()
            and _longest_break(inked[outer + 1]) > least
            and _longest_break(inked[beyond]) > least
        ):
            return outer
    return None


def _longest_break(inked: NDArray[np.bool_]) -> int:
    """px of the longest run without ink."""
    on = np.flatnonzero(np.concatenate([[True], inked, [True]]))
    return int(np.diff(on).max()) - 1
