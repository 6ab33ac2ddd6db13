"""Read LilyPond's SVG pages with the data of `lilypond_hook.ly`: heads, staves, barlines, marks.

Lengths are in SVG units (one staff space of the default staff), y downwards. The hook's
`<g data-...>` contains the `<g transform="translate(x, y)">` of the drawing.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from dataclasses import dataclass
from fractions import Fraction

_SVG = "{http://www.w3.org/2000/svg}"
_TRANSLATE = re.compile(r"translate\(\s*(-?[\d.]+)[,\s]+(-?[\d.]+)\s*\)")


@dataclass(frozen=True, slots=True)
class LilypondHead:
    """One notehead."""

    id: int
    x: float
    y: float
    pitch: int
    """MIDI."""
    moment: Fraction
    """Whole notes since the beginning of its score."""
    grace: Fraction
    """Zero, or how long before `moment` in grace notes (negative)."""
    score: int
    system: int
    staff: int
    """Id of its `Staff`; -1: unknown."""


@dataclass(frozen=True, slots=True)
class LilypondStaff:
    """The lines of one staff in one system."""

    id: int
    score: int
    system: int
    x0: float
    x1: float
    y0: float
    """Top line."""
    y1: float
    """Bottom line."""
    lines: int


@dataclass(frozen=True, slots=True)
class LilypondBarline:
    """A barline in one staff, or its part between two staves (`staff` -1)."""

    score: int
    system: int
    staff: int
    x0: float
    x1: float
    y0: float
    y1: float
    moment: Fraction
    """Whole notes since the beginning of its score: the bar after it begins there."""
    glyph: str
    """LilyPond's name: '|', '||', '|.', '.|:', ':|.', ':..:', ..."""


@dataclass(frozen=True, slots=True)
class LilypondMark:
    """A written mark: 'trill', 'fermata', 'slur', 'arpeggio', 'volta 1.', ..."""

    kind: str
    score: int
    staff: int
    moment: Fraction
    end: Fraction


@dataclass(frozen=True)
class LilypondPage:
    """One page."""

    width: float
    height: float
    heads: list[LilypondHead]
    staves: list[LilypondStaff]
    tied: set[int]
    """Ids of heads at the end of a tie."""
    lines: list[LilypondBarline]
    signs: list[LilypondMark]


def read_lilypond_svg(text: str) -> LilypondPage:
    """Read one page."""
    root = ElementTree.fromstring(text)
    _, _, width, height = (float(v) for v in root.attrib["viewBox"].split())
    heads, staves, tied, lines, signs = [], [], set(), [], []
    for group in root.iter(_SVG + "g"):
        data = group.attrib
        if "data-tied" in data:
            tied.add(int(data["data-tied"]))
        elif "data-head" in data:
            x, y = _origin(group)
            middle = (float(data["data-x0"]) + float(data["data-x1"])) / 2
            heads.append(
                LilypondHead(
                    id=int(data["data-id"]),
                    x=x + middle,
                    y=y,
                    pitch=int(data["data-head"]),
                    moment=Fraction(data["data-moment"]),
                    grace=Fraction(data["data-grace"]),
                    score=int(data["data-score"]),
                    system=int(data["data-system"]),
                    staff=int(data["data-staff"]),
                )
            )
        elif "data-lines" in data and (staff := _staff(group)) is not None:
            staves.append(staff)
        elif "data-barline" in data:
            lines.append(_line(group))
        elif "data-mark" in data:
            moment = Fraction(data["data-moment"])
            end = Fraction(data.get("data-end", moment))
            place = int(data["data-score"]), int(data["data-staff"])
            signs.append(LilypondMark(data["data-mark"], *place, moment, end))
    return LilypondPage(width, height, heads, staves, tied, lines, signs)


def _line(group: ElementTree.Element) -> LilypondBarline:
    data, (x, y) = group.attrib, _origin(group)
    return LilypondBarline(
        score=int(data["data-score"]),
        system=int(data["data-system"]),
        staff=int(data["data-staff"]),
        x0=x + float(data["data-x0"]),
        x1=x + float(data["data-x1"]),
        y0=y - float(data["data-y1"]),
        y1=y - float(data["data-y0"]),
        moment=Fraction(data["data-moment"]),
        glyph=data["data-barline"],
    )


def _origin(group: ElementTree.Element) -> tuple[float, float]:
    """Where the drawing inside `group` has its reference point."""
    for inner in group.iter(_SVG + "g"):
        if match := _TRANSLATE.search(inner.get("transform", "")):
            return float(match[1]), float(match[2])
    return 0.0, 0.0


def _staff(group: ElementTree.Element) -> LilypondStaff | None:
    xs: list[float] = []
    ys: set[float] = set()
    for inner in group.iter(_SVG + "g"):
        match = _TRANSLATE.search(inner.get("transform", ""))
        if match is None:
            continue
        dx, dy = float(match[1]), float(match[2])
        for line in inner.iter(_SVG + "line"):
            xs += [dx + float(line.attrib["x1"]), dx + float(line.attrib["x2"])]
            ys.add(round(dy + float(line.attrib["y1"]), 3))
    if not ys:
        return None
    data = group.attrib
    return LilypondStaff(
        id=int(data["data-lines"]),
        score=int(data["data-score"]),
        system=int(data["data-system"]),
        x0=min(xs),
        x1=max(xs),
        y0=min(ys),
        y1=max(ys),
        lines=len(ys),
    )
