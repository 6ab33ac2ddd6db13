"""Engrave whole pages of any scoring with Verovio, with the truth of their layout.

Staff lines, barlines, braces, brackets, bar numbers, rests of many bars and voltas come from
Verovio's SVG, the numbers of the measures from its MEI. Lengths in the SVG are 180 units a staff
space. Verovio can crash: call it through `scorebridge_lab.workers`.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Mapping
from typing import Any

from scorebridge_lab.engrave.page_truth import GROUP_KINDS, NUMBER_KINDS, EngravedPage
from scorebridge_lab.engrave.system_rows import DrawnSystem, Strokes, page_from
from scorebridge_lab.engrave.verovio import rasterise
from scorebridge_lab.engrave.verovio_svg import SPACE, groups_of, hide
from scorebridge_lab.errors import LabError

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_MOVE = re.compile(r"translate\((-?[\d.]+),\s*(-?[\d.]+)\)")
_STROKE = re.compile(r"M(-?[\d.]+)[ ,](-?[\d.]+) L(-?[\d.]+)[ ,](-?[\d.]+)$")
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?")
_MEASURE = re.compile(r"<measure\b([^>]*)>")
_ATTRIBUTE = re.compile(r'([\w.:]+)="([^"]*)"')
DIGIT_WIDTH = 0.556  # em, of the text font C059
DIGIT_HEIGHT = 0.68
REST_DIGITS = {f"E{0x080 + k:03X}": str(k) for k in range(10)}  # SMuFL: digits of time signatures
MUSIC = ("note", "rest", "mRest", "multiRest", "chord", "space", "mSpace", "beatRpt", "mRpt")


def measure_numbers(mei: str) -> dict[str, str]:
    """Id of a measure to the editor's number, from MEI."""
    found = {}
    for text in _MEASURE.findall(mei):
        at = dict(_ATTRIBUTE.findall(text))
        found[at.get("xml:id", "")] = at.get("n", "")
    return found


def page_of(
    svg: str, numbers: Mapping[str, str], space: float, hidden: tuple[str, ...] = ()
) -> EngravedPage:
    """One page of Verovio's SVG as picture and truth.

    Parameters
    ----------
    numbers : of the measures, see `measure_numbers`.
    space : px of a staff space in the picture.
    hidden : classes of groups that are not drawn, such as 'dynam'.

    Raises LabError where a staff lies outside of the page.
    """
    root = ElementTree.fromstring(svg)
    hide(root, hidden)
    inner = root.find(_SVG + "svg")
    margin = None if inner is None else next(groups_of(inner, "page-margin"), None)
    if inner is None or margin is None:
        raise LabError("Verovio's SVG has no inner drawing")
    _, _, width, _ = (float(v) for v in inner.get("viewBox", "").split())
    move = _MOVE.match(margin.get("transform", ""))
    dx, dy = (float(move[1]), float(move[2])) if move else (0.0, 0.0)
    scale = space / SPACE
    systems = [_read_system(node) for node in groups_of(root, "system")]
    image = rasterise(
        svg if not hidden else ElementTree.tostring(root, encoding="unicode"),
        round(width * scale),
    )
    return page_from(systems, numbers, image, (dx, dy), scale)


def _read_system(node: ElementTree.Element) -> DrawnSystem:
    extents: list[tuple[float, float, float, float, int]] = []
    barlines: list[Strokes] = []
    measures: list[tuple[str, float, float, int]] = []
    rows: dict[str, list[tuple]] = {"groups": [], "numbers": [], "voltas": []}
    for measure in groups_of(node, "measure"):
        for staff in groups_of(measure, "staff"):
            if (lines := _lines_of(staff)) is not None:
                extents.append(lines)
        barlines += [b for g in groups_of(measure, "barLine") if (b := _strokes_of(g)).strokes]
        low, high, counted = _music_of(measure)
        measures.append((measure.get("id", ""), low, high, counted))
        rows["numbers"] += [
            (NUMBER_KINDS.index("bar"), *n) for g in groups_of(measure, "mNum") if (n := _text(g))
        ]
        for rest in groups_of(measure, "multiRest"):
            if (n := _rest_digits(rest)) is not None:
                rows["numbers"].append((NUMBER_KINDS.index("rest"), *n))
    staves = _joined_staves(extents)
    rows["groups"] = [g for s in groups_of(node, "grpSym") if (g := _group_of(s, staves))]
    rows["voltas"] = [v for g in groups_of(node, "voltaBracket") if (v := _volta(g))]
    left = [m for p in node.findall(_SVG + "path") if (m := _STROKE.match(p.get("d", "")))]
    return DrawnSystem(staves, barlines, rows, measures, any(m[1] == m[3] for m in left))


def _lines_of(staff: ElementTree.Element) -> tuple[float, float, float, float, int] | None:
    """x0, x1, y0, y1 and number of the lines of a staff in one measure."""
    lines = []
    for path in staff.findall(_SVG + "path"):
        match = _STROKE.match(path.get("d", ""))
        if match and match[2] == match[4] and match[1] != match[3]:
            lines.append([float(v) for v in match.groups()])
    if not lines:
        return None
    ys = [line[1] for line in lines]
    x0, x1 = min(line[0] for line in lines), max(line[2] for line in lines)
    return x0, x1, min(ys), max(ys), len(set(ys))


def _joined_staves(
    parts: list[tuple[float, float, float, float, int]],
) -> list[tuple[float, float, float, float, int]]:
    """Staves of a system from their stretches in its measures, from the top."""
    by_place: dict[tuple[float, float], list[tuple[float, float, float, float, int]]] = {}
    for part in parts:
        by_place.setdefault(part[2:4], []).append(part)
    return [
        (min(p[0] for p in same), max(p[1] for p in same), *place, same[0][4])
        for place, same in sorted(by_place.items())
    ]


def _strokes_of(group: ElementTree.Element) -> Strokes:
    found = Strokes()
    for path in group.iter(_SVG + "path"):
        match = _STROKE.match(path.get("d", ""))
        if match and match[1] == match[3]:
            x, y0, _, y1 = (float(v) for v in match.groups())
            wide = float(path.get("stroke-width", "0"))
            found.strokes.append((x, wide, min(y0, y1), max(y0, y1)))
            found.dashed |= path.get("stroke-dasharray") is not None
    for use in group.iter(_SVG + "use"):
        if match := _MOVE.match(use.get("transform", "")):
            found.dots.append((float(match[1]), float(match[2])))
    for dot in group.iter(_SVG + "ellipse"):
        found.dots.append((float(dot.get("cx", 0)), float(dot.get("cy", 0))))
    return found


def _music_of(measure: ElementTree.Element) -> tuple[float, float, int]:
    """x range of the notes and rests of a measure, and the measures that it stands for."""
    xs: list[float] = []
    counted = 1
    for kind in MUSIC:
        for group in groups_of(measure, kind):
            for use in group.iter(_SVG + "use"):
                if match := _MOVE.match(use.get("transform", "")):
                    xs.append(float(match[1]))
            for shape in (*group.iter(_SVG + "rect"), *group.iter(_SVG + "polygon")):
                xs.append(float(_NUMBER.findall(shape.get("x") or shape.get("points", "0"))[0]))
            if kind == "multiRest" and (digits := _rest_digits(group)):
                counted = int(digits[0])
    if not xs:  # nothing is printed in it
        ends = [e for s in groups_of(measure, "staff") if (e := _lines_of(s))]
        xs = [(ends[0][0] + ends[0][1]) / 2] if ends else [0.0]
    return min(xs), max(xs), counted


def _text(group: ElementTree.Element) -> tuple | None:
    """Text and box of a printed number."""
    node = next(group.iter(_SVG + "text"), None)
    if node is None:
        return None
    words = "".join(node.itertext()).split()
    sizes = [
        float(s[:-2]) for t in group.iter() if (s := t.get("font-size", "")) not in ("", "0px")
    ]
    if not words or not sizes:
        return None
    text, size = words[0], max(sizes)
    wide = DIGIT_WIDTH * size * len(text)
    x, y = float(node.get("x", 0)), float(node.get("y", 0))
    x -= {"middle": wide / 2, "end": wide}.get(node.get("text-anchor", ""), 0)
    return text, x, x + wide, y - DIGIT_HEIGHT * size, y


def _rest_digits(group: ElementTree.Element) -> tuple | None:
    """Text and box of the count above a rest of many bars."""
    digits = []
    for use in group.iter(_SVG + "use"):
        code = use.get(_LINK, "")[1:5]
        if code in REST_DIGITS and (match := _MOVE.match(use.get("transform", ""))):
            digits.append((float(match[1]), float(match[2]), REST_DIGITS[code]))
    if not digits:
        return None
    digits.sort()
    y = digits[0][1]
    text = "".join(d[2] for d in digits)
    return text, digits[0][0], digits[-1][0] + 1.7 * SPACE, y - SPACE, y + SPACE


def _group_of(group: ElementTree.Element, staves: list) -> tuple | None:
    """A brace or bracket: kind, first and last staff, box."""
    numbers: list[tuple[float, float]] = []
    for path in group.iter(_SVG + "path"):
        values = [float(v) for v in _NUMBER.findall(path.get("d", ""))]
        numbers += list(zip(values[::2], values[1::2], strict=False))
    bracket = False
    for rect in group.iter(_SVG + "rect"):
        bracket = True
        x, y = float(rect.get("x", 0)), float(rect.get("y", 0))
        numbers += [(x, y), (x + float(rect.get("width", 0)), y + float(rect.get("height", 0)))]
    if not numbers:
        return None
    xs, ys = [n[0] for n in numbers], [n[1] for n in numbers]
    inside = [
        k for k, s in enumerate(staves) if min(ys) - SPACE < (s[2] + s[3]) / 2 < max(ys) + SPACE
    ]
    if not inside:
        return None
    kind = GROUP_KINDS.index("bracket" if bracket else "brace")
    return kind, inside[0], inside[-1], min(xs), max(xs), min(ys), max(ys)


def _volta(group: ElementTree.Element) -> tuple | None:
    text = " ".join("".join(group.itertext()).split())
    values = [
        (float(m[1]), float(m[2]), float(m[3]), float(m[4]))
        for p in group.iter(_SVG + "path")
        if (m := _STROKE.match(p.get("d", "")))
    ]
    for line in group.iter(_SVG + "polyline"):
        flat = [float(v) for v in _NUMBER.findall(line.get("points", ""))]
        values += [(*flat[k : k + 4],) for k in range(0, len(flat) - 3, 2)]  # pyright: ignore
    if not values:
        return None
    xs = [v[k] for v in values for k in (0, 2)]
    ys = [v[k] for v in values for k in (1, 3)]
    return text[:16], min(xs), max(xs), min(ys), max(ys)


def pages_of(
    toolkit: Any, space: float, chosen: list[int], hidden: tuple[str, ...] = ()
) -> Iterator[EngravedPage]:
    """Pages of a loaded Verovio toolkit by number from 0; those that do not fit are left out."""
    numbers = measure_numbers(toolkit.getMEI())
    for number in chosen:
        try:
            page = page_of(toolkit.renderToSVG(number + 1), numbers, space, hidden)
        except LabError:
            continue
        page.meta["page"] = number + 1
        yield page
