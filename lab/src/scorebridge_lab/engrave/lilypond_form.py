"""LilyPond's barlines, repeats and marks, with moments converted to nominal seconds.

Noteheads have both a moment (whole notes) and an onset (s). They give the clock of each score; it
is interpolated between them (rests, the end of the last bar).
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.engrave.engraving import (
    BAR,
    BARLINE,
    BARLINE_KINDS,
    MARK,
    MARK_KINDS,
    PAGE_WIDTH,
    REPEAT_ENDS,
    REPEAT_STARTS,
)
from scorebridge_lab.engrave.lilypond_svg import LilypondBarline, LilypondHead, LilypondPage

_NAMES = {
    "trill": "trill",
    "prall": "prall",
    "prallprall": "prall",
    "mordent": "mordent",
    "prallmordent": "mordent",
    "turn": "turn",
    "reverseturn": "turn",
    "arpeggio": "arpeggio",
    "fermata": "fermata",
    "shortfermata": "fermata",
    "staccato": "staccato",
    "staccatissimo": "staccato",
    "tenuto": "tenuto",
    "portato": "tenuto",
    "accent": "accent",
    "marcato": "accent",
    "slur": "slur",
}


def barline_kind(glyph: str) -> str:
    """One of `engraving.BARLINE_KINDS` for LilyPond's name of a barline."""
    left, right = glyph.startswith(":"), glyph.endswith(":")
    if left or right:
        return "repeat-both" if left and right else "repeat-end" if left else "repeat-start"
    return {"|": "single", "||": "double", "|.": "final"}.get(glyph, "other")


def barline_records(
    drawings: Sequence[LilypondPage], system_number: dict[int, int], width: int = PAGE_WIDTH
) -> NDArray[Any]:
    """`BARLINE` records; the parts in single staves and between staves are joined."""
    rows = []
    for page, drawing in enumerate(drawings):
        scale, joined = width / drawing.width, {}
        for line in drawing.lines:
            if line.system in system_number:
                key = (line.system, line.moment, line.glyph)
                joined.setdefault(key, []).append(line)
        for (system, _, glyph), parts in joined.items():
            if not any(p.staff >= 0 for p in parts):
                continue
            box = (
                min(p.x0 for p in parts),
                max(p.x1 for p in parts),
                min(p.y0 for p in parts),
                max(p.y1 for p in parts),
            )
            place = (page, system_number[system])
            rows.append(
                (*place, *(scale * v for v in box), BARLINE_KINDS.index(barline_kind(glyph)))
            )
    return np.array(sorted(rows, key=lambda r: (r[1], r[2])), BARLINE)


def bars_and_marks(
    drawings: Sequence[LilypondPage],
    heads: Sequence[LilypondHead],
    onsets: NDArray[np.float64],
    events: NDArray[Any],
    staff_number: dict[int, int],
) -> tuple[NDArray[Any], NDArray[Any]]:
    """`BAR` and `MARK` records of all scores of a file, in printed order.

    onsets : float64 [heads], nominal seconds, NaN where a head does not sound.
    """
    order = list(dict.fromkeys(s.score for d in drawings for s in d.staves))
    bars, marks = [], []
    clocks = {score: _clock(score, heads, onsets, events) for score in order}
    for score in order:
        clock = clocks[score]
        if clock is None:
            continue
        lines = [line for d in drawings for line in d.lines if line.score == score]
        signs = [s for d in drawings for s in d.signs if s.score == score]
        endings = {(s.moment, s.end): _passes(s.kind) for s in signs if s.kind.startswith("volta")}
        bars += _bars(lines, endings, clock, _first(score, heads))
        for sign in dict.fromkeys(signs):
            if sign.kind in _NAMES:
                kind = MARK_KINDS.index(_NAMES[sign.kind])
                times = float(clock(sign.moment)), float(clock(sign.end))
                staff = staff_number.get(sign.staff, 0)
                marks.append((kind, times[0], max(times), staff, 0))
    for head, onset in zip(heads, onsets, strict=True):
        if head.grace and np.isfinite(onset):
            staff = staff_number.get(head.staff, 0)
            marks.append((MARK_KINDS.index("grace"), onset, onset, staff, head.pitch))
    return np.array(bars, BAR), np.array(sorted(marks, key=lambda m: m[1]), MARK)


def _first(score: int, heads: Sequence[LilypondHead]) -> Fraction:
    return min((h.moment for h in heads if h.score == score), default=Fraction(0))


def _clock(
    score: int, heads: Sequence[LilypondHead], onsets: NDArray[np.float64], events: NDArray[Any]
) -> Callable[[Fraction], float] | None:
    """Moment to nominal seconds in one score; None where nothing of it sounds."""
    known = {
        float(h.moment): float(t)
        for h, t in zip(heads, onsets, strict=True)
        if h.score == score and not h.grace and np.isfinite(t)
    }
    if not known:
        return None
    moments = np.array(sorted(known))
    seconds = np.maximum.accumulate([known[m] for m in moments])
    rate = float(np.median(np.diff(seconds) / np.diff(moments))) if len(moments) > 1 else 2.0

    def clock(moment: Fraction) -> float:
        at = float(moment)
        if at <= moments[0]:
            return max(0.0, float(seconds[0] - (moments[0] - at) * rate))
        if at >= moments[-1]:
            return float(seconds[-1] + (at - moments[-1]) * rate)
        return float(np.interp(at, moments, seconds))

    return clock


def _passes(kind: str) -> int:
    bits = 0
    for digit in re.findall(r"\d+", kind):
        if 1 <= int(digit) <= 12:
            bits |= 1 << (int(digit) - 1)
    return bits


def _bars(
    lines: Sequence[LilypondBarline],
    endings: dict[tuple[Fraction, Fraction], int],
    clock: Callable[[Fraction], float],
    first: Fraction,
) -> list[tuple[float, float, int, int]]:
    """Bars between the moments at which barlines stand."""
    glyphs: dict[Fraction, set[str]] = {}
    for line in lines:
        glyphs.setdefault(line.moment, set()).add(barline_kind(line.glyph))
    moments = sorted({min(first, *glyphs) if glyphs else first, *glyphs})
    rows = []
    for start, stop in itertools.pairwise(moments):
        before, after = glyphs.get(start, set()), glyphs[stop]
        repeat = REPEAT_STARTS * bool(before & {"repeat-start", "repeat-both"})
        repeat |= REPEAT_ENDS * bool(after & {"repeat-end", "repeat-both"})
        ending = next((bits for (a, b), bits in endings.items() if a <= start and stop <= b), 0)
        rows.append((clock(start), clock(stop), repeat, ending))
    return rows
