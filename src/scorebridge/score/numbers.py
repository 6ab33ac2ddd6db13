"""Printed bar numbers: read at the beginnings of systems, and given to every bar.

`read_numbers` looks where editions print the number of a system's first bar: above the first staff
at its left end, beside it in the margin, below the lowest staff. `digits.py` reads what stands
there. Which reading is right one page alone often decides; the whole score decides it better
(`number_chain.py`). Then all bars are numbered (`counting.py`).

Cost on one core: 1.6 ms a system, the network included, and 0.2 ms a system for the score.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.score.counting import PrintedBar, count_bars
from scorebridge.score.digits import (
    PX_PER_SPACE,
    DigitClassifier,
    Reading,
    level_part,
    read_parts,
    shipped_digits,
)
from scorebridge.score.multibar_rests import measures_of
from scorebridge.score.number_chain import Anchor, SystemReadings, chain_of
from scorebridge.types import Page, System

ABOVE = ((-6.5, 8.0), (-7.5, 0.6))  # staff spaces from the left end of the first staff's top line
BESIDE = ((-6.5, -0.2), (0.0, 4.5))
BELOW = ((-3.5, 5.0), (3.8, 8.5))  # from that of the lowest staff's top line
BESIDE_SHARE, BELOW_SHARE = 0.5, 0.3  # of the probability: editions print numbers there less
MAX_READINGS = 5  # of a system
MIN_READING = 0.05  # probability
PREFERRED = (-4.5, 2.5)  # staff spaces from the left end where a number above begins
REACH = 5.0  # farthest to the right
AHEAD = 6.0  # staff spaces from a staff's left end in which its lines are looked for
ASTRAY = 5.0  # staff spaces, farthest of them from where they are expected
FAINT = 128  # of 255, a staff line; what is darker counts no more
TURNS = tuple(0.03 * k for k in range(-7, 8))  # of a staff against the system's slope
SURE, MIN_COMB = 0.3, 0.12  # clarity of staff lines: they are where expected; they are found
ASIDE = 4  # px, within which they are where expected
SIZES = (1.0, 0.9, 1.12, 1.25, 0.8)  # of its spaces against the system's
CHANGE = 0.5  # what a change of slope or size by 1 costs
AWAY = 0.02  # what a space off the guess costs
LINES: dict[str, int] = {"percussion": 1, "chant": 4, "standard": 5, "tablature": 6}
MAX_ALIKE = 3  # systems of a page that have the same number at the same place
INDENT = 0.02  # of the page's width by which an indented system begins further right


def read_numbers(
    page: Page, systems: Sequence[System], classify: DigitClassifier = shipped_digits
) -> list[System]:
    """The systems of a page with the numbers that may be printed at their beginnings.

    `printed_number` is what the page alone suggests. page : where `systems` were found.
    """
    if not systems:
        return []
    parts: list[NDArray[np.uint8]] = []
    for system in systems:
        parts += _parts(page, system)
    found = read_parts(parts, classify)
    repeated = _repeated(found[::3])
    measures = measures_of(page, systems, classify)
    read = []
    for k, system in enumerate(systems):
        above, beside, below = found[3 * k : 3 * k + 3]
        above = [r for r in above if _key(r) not in repeated]
        weighed = [_above(r) for r in above] + [_below(r) for r in below]
        weighed += [(r.text, BESIDE_SHARE * r.probability) for r in beside]
        likely: dict[str, float] = {}
        for text, probability in weighed:
            likely[text] = max(probability, likely.get(text, 0.0))
        order = sorted(likely.items(), key=lambda pair: -pair[1])[:MAX_READINGS]
        kept = tuple((text, p) for text, p in order if p >= MIN_READING)
        read.append(replace(system, number_readings=kept, measures=measures[k]))
    return _with_printed(read, _anchors(read))


def number_bars(systems: Sequence[System]) -> list[System]:
    """All systems of a score with `printed_number` and `numbers`.

    systems : in reading order, as `read_numbers` returns them. What a person gave stays: `numbers`,
    or a `printed_number` without readings.
    """
    read = _anchors(systems)
    anchors = _with_given(systems, read)
    bars = []
    for k, system in enumerate(systems):
        for m, (x0, x1) in enumerate(system.bars):
            opens, closes = system.repeats[m] if m < len(system.repeats) else (False, False)
            sure = system.bar_confidence[m] if m < len(system.bar_confidence) else 1.0
            measures = system.measures[m] if m < len(system.measures) else 1
            bars.append(PrintedBar(k, x1 - x0, opens, closes, sure, measures))
    names = iter(count_bars(bars, anchors))
    numbered = []
    for system in _with_printed(systems, read):
        counted = tuple(next(names) for _ in system.bars)
        numbered.append(replace(system, numbers=system.numbers or counted))
    return numbered


def _with_given(systems: Sequence[System], anchors: Sequence[Anchor]) -> list[Anchor]:
    """The anchors, and those that a person gave, which win."""
    known = {anchor.system: anchor for anchor in anchors}
    for k, system in enumerate(systems):
        if system.numbers:
            known[k] = Anchor(k, _counted(system.numbers[0]), True)
            known.setdefault(k + 1, Anchor(k + 1, _counted(system.numbers[-1]) + 1, True))
        elif _is_given(system):
            known[k] = Anchor(k, int(system.printed_number), True)
    return [anchor for k, anchor in sorted(known.items()) if k < len(systems)]


def _is_given(system: System) -> bool:
    """Whether a person gave the number that is printed there: nothing was read."""
    return bool(system.printed_number) and not system.number_readings


def _counted(number: str) -> int:
    """The number without the letter of a bar that does not count."""
    return int(number.rstrip("abcdefghijklmnopqrstuvwxyz"))


def _anchors(systems: Sequence[System]) -> list[Anchor]:
    edges = [system.box[0] for system in systems]
    left = float(np.median(edges)) if edges else 0.0
    return chain_of(
        [
            SystemReadings(
                _readings(system),
                sum(system.measures) or len(system.bars),
                system.box[0] > left + INDENT,
            )
            for system in systems
        ]
    )


def _readings(system: System) -> tuple[tuple[int, float], ...]:
    if system.numbers:
        return ((_counted(system.numbers[0]), 1.0),)
    if _is_given(system):
        return ((int(system.printed_number), 1.0),)
    return tuple((int(text), p) for text, p in system.number_readings)


def _with_printed(systems: Sequence[System], anchors: Sequence[Anchor]) -> list[System]:
    printed = {anchor.system: str(anchor.number) for anchor in anchors if anchor.is_printed}
    return [
        s if s.numbers or _is_given(s) else replace(s, printed_number=printed.get(k, ""))
        for k, s in enumerate(systems)
    ]


@dataclass(frozen=True, slots=True)
class _LeftEnd:
    """Where a staff begins."""

    origin: tuple[float, float]
    """x and y of its top line, px."""
    slope: float
    space: float
    """px between its lines."""


def _left_end(page: Page, system: System, row: int) -> _LeftEnd:
    """The left end of a staff of a system, as far as the system tells."""
    height, width = page.image.shape
    x0, y0, x1, _ = np.multiply(system.staves[row], (width, height, width, height))
    space = system.staff_space
    if len(system.bend) < 2:
        y = float(y0 - system.slope * (x1 - x0) / 2)
        return _LeftEnd((float(x0), y), system.slope, space)
    course = np.array(system.bend)[:, :2] * (width, height)  # top line of what the strip shows
    turn = course[min(4, len(course) - 1)] - course[0]
    slope = float(turn[1] / max(1.0, turn[0]))
    middle = float(course[:, 1].min())  # a bent staff's box begins at its highest place
    return _LeftEnd((float(x0), float(y0 + course[0, 1] - middle)), slope, space)


def _parts(page: Page, system: System) -> list[NDArray[np.uint8]]:
    """Above the first staff at its left end, beside it, and below the lowest staff, levelled."""
    first, last = _left_end(page, system, 0), _left_end(page, system, -1)
    lines = LINES[system.staff_kinds[0] if system.staff_kinds else "standard"]
    if len(system.bend) > 1 and lines > 1 and not _is_there(page.image, first, lines):
        first = _settled(page.image, first, lines)
    places = (first, ABOVE), (first, BESIDE), (last, BELOW)
    return [
        level_part(page.image, end.origin, end.slope, end.space, *window) for end, window in places
    ]


def _is_there(image: NDArray[np.uint8], end: _LeftEnd, lines: int) -> bool:
    """Whether a staff's lines are where they are expected."""
    down = (-ASTRAY, ASTRAY + lines + 1)
    ahead = level_part(image, end.origin, end.slope, end.space, (0.0, AHEAD), down)
    worth = _combed(ahead, lines, np.zeros(1))[0]
    row = int(worth.argmax())
    return bool(worth[row] >= SURE and abs(row - ASTRAY * PX_PER_SPACE) <= ASIDE)


def _settled(image: NDArray[np.uint8], expected: _LeftEnd, lines: int) -> _LeftEnd:
    """The left end of the staff that lies nearest to where it is expected, else what is expected.

    Each staff of a bent page has its own course and size; a system has those of one.
    """
    best, found = MIN_COMB, expected
    (x, y), slope = expected.origin, expected.slope
    for size in SIZES:
        space = size * expected.space
        reach = ASTRAY / size
        part = level_part(image, (x, y), slope, space, (0.0, AHEAD), (-reach, reach + lines + 1))
        worth = _combed(part, lines, np.array(TURNS))
        away = np.arange(worth.shape[1]) / PX_PER_SPACE - reach
        worth -= AWAY * np.abs(away) + CHANGE * np.abs(np.array(TURNS))[:, None]
        turn, row = np.unravel_index(int(worth.argmax()), worth.shape)
        value = float(worth[turn, row]) - CHANGE * abs(size - 1)
        if value > best:
            down = float(away[row]) * space
            best = value
            found = _LeftEnd((x - down * slope, y + down), slope + TURNS[turn], space)
    return found


def _combed(part: NDArray[np.uint8], lines: int, turns: NDArray[np.float64]) -> NDArray[np.float64]:
    """How clearly each row is the top line of a staff, [turns, rows], at most 1.

    part : levelled, uint8 [height, width]. turns : slopes of the staff in it. Rows within
    a space of the top, and `lines` of the bottom, are not looked at: -1.
    """
    columns = cv2.resize(
        np.minimum(part, FAINT),
        (part.shape[1] // PX_PER_SPACE, len(part)),
        interpolation=cv2.INTER_AREA,
    )
    at = PX_PER_SPACE * (np.arange(columns.shape[1]) + 0.5)
    shifts = np.rint(turns[:, None] * at).astype(int)
    rows = np.arange(len(part))[None, :, None] + shifts[:, None]
    seen = columns[np.clip(rows, 0, len(part) - 1), np.arange(columns.shape[1])].mean(2)
    seen = cv2.blur(seen, (3, 1)) / (FAINT * lines)
    teeth = np.arange(-PX_PER_SPACE, (lines + 1) * PX_PER_SPACE, PX_PER_SPACE // 2)
    comb = np.where(np.arange(len(teeth)) % 2, -lines / (lines + 1), 1.0)
    comb[[0, 1, -2, -1]] = -0.5
    count = max(0, len(part) - (lines + 1) * PX_PER_SPACE - PX_PER_SPACE)
    worth = np.full((len(turns), len(part)), -1.0)
    if count:
        tops = np.arange(PX_PER_SPACE, PX_PER_SPACE + count)
        worth[:, tops] = seen[:, tops[:, None] + teeth] @ comb
    return worth


def _places(reading: Reading, window: tuple[tuple[float, float], tuple[float, float]]) -> NDArray:
    """Where a reading stands, staff spaces from the left end: x0, y0, x1, y1."""
    across, down = window
    corner = np.array([across[0], down[0]] * 2)
    return np.array(reading.box) / PX_PER_SPACE + corner


def _repeated(found: Sequence[Sequence[Reading]]) -> set[tuple[str, int, int]]:
    """What stands at the same place of many systems: the 8 of a clef, a part's number."""
    counts = Counter(key for readings in found for key in {_key(r) for r in readings})
    return {key for key, count in counts.items() if count >= MAX_ALIKE}


def _key(reading: Reading) -> tuple[str, int, int]:
    x0, _, _, y1 = reading.box
    return reading.text, round(x0 / PX_PER_SPACE), round(y1 / PX_PER_SPACE)


def _above(reading: Reading) -> tuple[str, float]:
    """A reading above the first staff, and its probability of being the system's number."""
    x0, _, _, y1 = _places(reading, ABOVE)
    if x0 > REACH:
        return reading.text, 0.0
    aside = max(PREFERRED[0] - x0, x0 - PREFERRED[1], 0.0)
    high = max(0.0, -y1 - 4.5)
    return reading.text, reading.probability * float(np.exp(-0.8 * aside - 0.4 * high))


def _below(reading: Reading) -> tuple[str, float]:
    """A reading below the lowest staff, likewise."""
    x0, y0, *_ = _places(reading, BELOW)
    near = x0 <= 3.5 and y0 >= 4.2
    return reading.text, reading.probability * (BELOW_SHARE if near else 0.0)
