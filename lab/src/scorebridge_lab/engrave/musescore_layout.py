"""Read MuseScore's SVG pages: staves, barlines, braces and brackets, bar numbers, voltas.

Places are px of the SVG. Each element carries its class; systems and measures come from `.mpos`.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from collections.abc import Mapping, Sequence
from itertools import pairwise

from scorebridge_lab.engrave.musescore import Measure
from scorebridge_lab.engrave.page_truth import GROUP_KINDS, NUMBER_KINDS, EngravedPage
from scorebridge_lab.engrave.system_rows import Box, DrawnStaff, DrawnSystem, Strokes, page_from
from scorebridge_lab.engrave.verovio import rasterise
from scorebridge_lab.errors import LabError

_SVG = "{http://www.w3.org/2000/svg}"
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?(?:e-?\d+)?")
NEAR = 1.3  # staff spaces between strokes of one barline
REST_DIGITS = 3.5  # staff spaces above a staff within which the count of its rest stands
Item = tuple[str, str, ElementTree.Element, Box]
"""Class, tag, element and its box."""


def items_of(root: ElementTree.Element) -> list[Item]:
    """All drawn elements that have a class, with their boxes."""
    out = []
    for element in root.iter():
        kind, tag = element.get("class"), element.tag.removeprefix(_SVG)
        if kind and (box := _box(element, tag)):
            out.append((kind, tag, element, box))
    return out


def _box(element: ElementTree.Element, tag: str) -> Box | None:
    values = [float(v) for v in _NUMBER.findall(element.get("points") or element.get("d") or "")]
    if len(values) < 2:
        return None
    a, b, c, d, e, f = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    if match := re.match(r"matrix\(([^)]*)\)", element.get("transform", "")):
        a, b, c, d, e, f = (float(v) for v in match[1].split(","))
    xs = [a * x + c * y + e for x, y in zip(values[::2], values[1::2], strict=False)]
    ys = [b * x + d * y + f for x, y in zip(values[::2], values[1::2], strict=False)]
    return min(xs), max(xs), min(ys), max(ys)


def page_of(
    svg: str,
    page: int,
    measures: Sequence[tuple[str, int, Measure]],
    numbers: Mapping[str, str],
    space: float,
) -> EngravedPage:
    """One page as picture and truth.

    Parameters
    ----------
    page : its number, from 0.
    measures : of the whole score: id, measures that it stands for, place.
    numbers : the editor's, by id.
    space : px of a staff space in the picture.

    Raises LabError where the page has no staves, or one that does not fit.
    """
    root = ElementTree.fromstring(svg)
    items = items_of(root)
    staves = _staves_of(items)
    if not staves:
        raise LabError("no staves on the page")
    unit = min((s[3] - s[2]) / (s[4] - 1) for s in staves if s[4] > 1)
    rows: dict[tuple[float, float], list[tuple[str, int, Measure]]] = defaultdict(list)
    for one in measures:
        if one[2].page == page:
            rows[one[2].y0, one[2].y1].append(one)
    systems = []
    for (y0, y1), own in sorted(rows.items()):
        inside = [s for s in staves if y0 - 2 * unit < (s[2] + s[3]) / 2 < y1 + 2 * unit]
        if inside:
            systems.append(_system(items, inside, own, numbers, unit))
    if sum(len(s.staves) for s in systems) != len(staves):
        raise LabError("staves of no system on the page")
    width = float(root.get("viewBox", "").split()[2])
    scale = space / unit
    return page_from(systems, numbers, rasterise(svg, round(width * scale)), (0.0, 0.0), scale)


def _staves_of(items: Sequence[Item]) -> list[DrawnStaff]:
    """Staves from their lines, from the top; stretches of one line are joined."""
    lines: dict[float, tuple[float, float]] = {}
    for kind, _, _, (x0, x1, y0, _) in items:
        if kind == "StaffLines":
            known = lines.get(y0, (x0, x1))
            lines[y0] = (min(x0, known[0]), max(x1, known[1]))
    ys = sorted(lines)
    gaps = [b - a for a, b in pairwise(ys)]
    if not gaps:
        return []
    unit = min(gaps)
    out: list[list[float]] = []
    for y in ys:
        if out and y - out[-1][-1] < 1.7 * unit:
            out[-1].append(y)
        else:
            out.append([y])
    return [
        (min(lines[y][0] for y in s), max(lines[y][1] for y in s), s[0], s[-1], len(s)) for s in out
    ]


def _system(
    items: Sequence[Item],
    staves: list[DrawnStaff],
    measures: Sequence[tuple[str, int, Measure]],
    numbers: Mapping[str, str],
    unit: float,
) -> DrawnSystem:
    top, bottom = staves[0][2], staves[-1][3]
    left = min(s[0] for s in staves)
    own = [i for i in items if top - 12 * unit < (i[3][2] + i[3][3]) / 2 < bottom + 4 * unit]
    lines = [
        i for i in own if i[0] == "BarLine" and i[3][3] > top - unit and i[3][2] < bottom + unit
    ]
    begins = [
        i for i in lines if i[1] == "polyline" and (i[3][0] + i[3][1]) / 2 < left + 0.5 * unit
    ]
    drawn = [i for i in lines if i not in begins]
    music = {"Note", "Rest", "RepeatMeasure"}
    places = [(i[3][0], i[3][1]) for i in own if i[0] in music and top - 6 * unit < i[3][2]]
    spans = []
    for name, counted, m in measures:
        inside = [p for p in places if m.x0 - 0.1 * unit <= p[0] <= m.x1]
        middle = (m.x0 + m.x1) / 2
        low = min((p[0] for p in inside), default=middle)
        spans.append((name, low, max((p[0] for p in inside), default=middle), counted))
    rows: dict[str, list[tuple]] = {
        "groups": _groups(own, staves, left, unit),
        "numbers": _numbers(own, measures, numbers, staves, unit),
        "voltas": [
            ("", *i[3])
            for i in own
            if i[0] == "VoltaSegment" and i[1] == "polyline" and i[3][1] - i[3][0] > 2 * unit
        ],
    }
    return DrawnSystem(staves, _barlines(drawn, unit), rows, spans, bool(begins))


def _barlines(items: Sequence[Item], unit: float) -> list[Strokes]:
    """Barlines from their strokes and dots, by place."""
    out: list[Strokes] = []
    right = float("-inf")
    for _, tag, element, (x0, x1, y0, y1) in sorted(items, key=lambda i: i[3][0]):
        if not out or x0 - right > NEAR * unit:
            out.append(Strokes())
        right = max(right, x1)
        if tag == "polyline":
            wide = float(element.get("stroke-width", 1))
            out[-1].strokes.append(((x0 + x1) / 2, wide, y0, y1))
            out[-1].dashed |= element.get("stroke-dasharray") is not None
        else:
            out[-1].dots.append(((x0 + x1) / 2, (y0 + y1) / 2))
    return [line for line in out if line.strokes]


def _groups(
    items: Sequence[Item], staves: list[DrawnStaff], left: float, unit: float
) -> list[tuple]:
    """Braces are tall shapes, brackets strokes with hooks."""
    out = []
    for kind, tag, _, (x0, x1, y0, y1) in items:
        if kind != "Bracket" or y1 - y0 < 2.5 * unit or x0 > left:
            continue
        inside = [
            k for k, s in enumerate(staves) if y0 - 0.5 * unit < (s[2] + s[3]) / 2 < y1 + 0.5 * unit
        ]
        if inside:
            named = GROUP_KINDS.index("bracket" if tag == "polyline" else "brace")
            out.append((named, inside[0], inside[-1], x0, x1, y0, y1))
    return out


def _numbers(
    items: Sequence[Item],
    measures: Sequence[tuple[str, int, Measure]],
    numbers: Mapping[str, str],
    staves: list[DrawnStaff],
    unit: float,
) -> list[tuple]:
    """Printed bar numbers, and the counts of rests of many bars."""
    digits = sorted(i[3] for i in items if i[0] == "MeasureNumber")
    joined: list[list[float]] = []
    for x0, x1, y0, y1 in digits:
        if joined and x0 - joined[-1][1] < unit and abs(y0 - joined[-1][2]) < 2 * unit:
            last = joined[-1]
            last[1], last[2], last[3] = max(last[1], x1), min(last[2], y0), max(last[3], y1)
        else:
            joined.append([x0, x1, y0, y1])
    out = []
    for x0, x1, y0, y1 in joined:
        name = min(measures, key=lambda m: abs(m[2].x0 - x0))[0]
        out.append((NUMBER_KINDS.index("bar"), numbers.get(name, ""), x0, x1, y0, y1))
    for _, counted, m in measures:
        if counted < 2:
            continue
        for top in {s[2] for s in staves}:
            above = [
                i[3]
                for i in items
                if i[0] == "Rest"
                and m.x0 < i[3][0] < m.x1
                and top - REST_DIGITS * unit < (i[3][2] + i[3][3]) / 2 < top
            ]
            if above:
                box = (min(b[0] for b in above), max(b[1] for b in above))
                box += (min(b[2] for b in above), max(b[3] for b in above))
                out.append((NUMBER_KINDS.index("rest"), str(counted), *box))
    return out
