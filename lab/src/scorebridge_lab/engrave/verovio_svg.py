"""Read Verovio's SVG pages: noteheads, staves, barlines; hide and add marks.

Lengths are in SVG units (180 per staff space), y downwards, with the page margin.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from scorebridge_lab.errors import LabError

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
SPACE = 180.0  # SVG units in a staff space, at Verovio's default `unit` of 9
FULL_SIZE = 0.72  # scale of a glyph that is not a cue or a grace note
HEAD_WIDTH = {"E0A2": 304.0, "E0A0": 430.0, "E0A1": 430.0}  # whole notes, breves; others:
BLACK_WIDTH = 212.0
_MOVE = re.compile(r"translate\((-?[\d.]+),\s*(-?[\d.]+)\)(?:\s*scale\((-?[\d.]+))?")
_STROKE = re.compile(r"M(-?[\d.]+)[ ,](-?[\d.]+) L(-?[\d.]+)[ ,](-?[\d.]+)$")

ElementTree.register_namespace("", _SVG[1:-1])
ElementTree.register_namespace("xlink", "http://www.w3.org/1999/xlink")


@dataclass(frozen=True, slots=True)
class VerovioHead:
    """One notehead; `system` counts from 0 on its page."""

    id: str
    system: int
    staff: int
    x: float
    y: float


@dataclass(frozen=True, slots=True)
class VerovioStaff:
    """The lines of one staff in one system."""

    system: int
    staff: int
    lines: int
    x0: float
    x1: float
    y0: float
    y1: float


@dataclass(frozen=True, slots=True)
class VerovioBarline:
    """One barline through all staves that it joins; `kind` is one of `engraving.BARLINE_KINDS`."""

    system: int
    x0: float
    x1: float
    y0: float
    y1: float
    kind: str


@dataclass
class VerovioPage:
    """One page."""

    width: float
    height: float
    heads: list[VerovioHead] = field(default_factory=list)
    staves: list[VerovioStaff] = field(default_factory=list)
    barlines: list[VerovioBarline] = field(default_factory=list)


def groups_of(node: ElementTree.Element, kind: str) -> Iterator[ElementTree.Element]:
    """Groups of class `kind` below `node` (Verovio may add a second class, as in `note placed`)."""
    for group in node.iter(_SVG + "g"):
        if group.get("class", "").split(" ")[0] == kind:
            yield group


def read_verovio_svg(text: str) -> tuple[ElementTree.Element, VerovioPage]:
    """Read one page; returns its tree too, so that marks can be hidden or added."""
    root = ElementTree.fromstring(text)
    inner = root.find(_SVG + "svg")
    margin = None if inner is None else next(groups_of(inner, "page-margin"), None)
    if inner is None or margin is None:
        raise LabError("Verovio's SVG has no inner drawing")
    _, _, width, height = (float(v) for v in inner.get("viewBox", "").split())
    dx, dy, _ = _moved(margin)
    page = VerovioPage(width, height)
    for number, system in enumerate(groups_of(root, "system")):
        extents: dict[int, list[tuple[float, ...]]] = {}
        for measure in groups_of(system, "measure"):
            for staff_number, staff in enumerate(groups_of(measure, "staff")):
                if (lines := _staff_lines(staff)) is not None:
                    extents.setdefault(staff_number, []).append(lines)
                for note in groups_of(staff, "note"):
                    head = next(groups_of(note, "notehead"), note)
                    use = next(iter(head.iter(_SVG + "use")), None)
                    if use is None:
                        continue
                    x, y, scale = _moved(use)
                    wide = HEAD_WIDTH.get(use.get(_LINK, "")[1:5], BLACK_WIDTH)
                    x += wide / 2 * scale / FULL_SIZE
                    page.heads.append(
                        VerovioHead(note.get("id", ""), number, staff_number, x + dx, y + dy)
                    )
            for line in groups_of(measure, "barLine"):
                if (found := _barline(line, number, dx, dy)) is not None:
                    page.barlines.append(found)
        for staff_number, parts in sorted(extents.items()):
            x0, x1 = min(p[0] for p in parts), max(p[1] for p in parts)
            y0, y1, count = parts[0][2], parts[0][3], int(parts[0][4])
            page.staves.append(
                VerovioStaff(number, staff_number, count, x0 + dx, x1 + dx, y0 + dy, y1 + dy)
            )
    return root, page


def _moved(element: ElementTree.Element) -> tuple[float, float, float]:
    """Translation and scale of an element's transform."""
    match = _MOVE.match(element.get("transform", ""))
    if match is None:
        return 0.0, 0.0, 1.0
    return float(match[1]), float(match[2]), float(match[3] or 1)


def _staff_lines(staff: ElementTree.Element) -> tuple[float, ...] | None:
    """x0, x1, top, bottom and number of the lines of a staff in one measure."""
    lines = []
    for path in staff.findall(_SVG + "path"):
        match = _STROKE.match(path.get("d", ""))
        if match and match[2] == match[4]:
            lines.append([float(v) for v in match.groups()])
    if len(lines) < 2:
        return None
    low, high = min(line[0] for line in lines), max(line[2] for line in lines)
    return low, high, lines[0][1], lines[-1][1], float(len(lines))


def _barline(
    group: ElementTree.Element, system: int, dx: float, dy: float
) -> VerovioBarline | None:
    strokes, thick, dots = [], [], []
    for path in group.iter(_SVG + "path"):
        match = _STROKE.match(path.get("d", ""))
        if match:
            x, y0, _, y1 = (float(v) for v in match.groups())
            width = float(path.get("stroke-width", "0"))
            strokes.append((x - width / 2, x + width / 2, min(y0, y1), max(y0, y1)))
            thick.append((x, width))
    for use in group.iter(_SVG + "use"):
        x, _, _ = _moved(use)
        dots.append(x)
    if not strokes:
        return None
    x0 = min([s[0] for s in strokes] + dots)
    x1 = max([s[1] for s in strokes] + [d + 0.4 * SPACE for d in dots])
    y0, y1 = min(s[2] for s in strokes), max(s[3] for s in strokes)
    dashed = bool(group.findall(".//*[@stroke-dasharray]"))
    kind = "other" if dashed else kind_of_strokes(thick, dots)
    return VerovioBarline(system, x0 + dx, x1 + dx, y0 + dy, y1 + dy, kind)


def kind_of_strokes(strokes: list[tuple[float, float]], dots: list[float]) -> str:
    """One of `BARLINE_KINDS` from the strokes of a barline, x and width, and the x of its dots."""
    places = {round(x) for x, _ in strokes}
    middle = float(np.mean(sorted(places)))
    left, right = any(d < middle for d in dots), any(d > middle for d in dots)
    if left or right:
        return "repeat-both" if left and right else "repeat-end" if left else "repeat-start"
    if len(places) == 1:
        return "single"
    widths = [w for _, w in strokes]
    return "final" if max(widths) > 1.6 * min(widths) else "double"


def hide(root: ElementTree.Element, kinds: tuple[str, ...]) -> None:
    """Remove groups of the given classes from a page."""
    for parent in list(root.iter()):
        for child in list(parent):
            if child.get("class", "").split(" ")[0] in kinds:
                parent.remove(child)


def add_digits(
    root: ElementTree.Element, drawing: VerovioPage, share: float, rng: np.random.Generator
) -> None:
    """Add fingering to some noteheads: a digit above the upper staff or below the lower one."""
    rows = {(s.system, s.staff): s for s in drawing.staves}
    page = root.find(_SVG + "svg")
    if page is None:
        return
    size = SPACE * rng.uniform(1.3, 1.9)
    slanted = "italic" if rng.random() < 0.3 else "normal"
    for head in drawing.heads:
        staff = rows.get((head.system, head.staff))
        if staff is None or rng.random() >= share:
            continue
        above = head.staff == 0
        y = min(staff.y0, head.y) - 1.2 * SPACE if above else max(staff.y1, head.y) + 2.2 * SPACE
        digit = ElementTree.SubElement(page, _SVG + "text")
        digit.set("x", f"{head.x - 0.3 * size:.0f}")
        digit.set("y", f"{y:.0f}")
        digit.set("font-size", f"{size:.0f}px")
        digit.set("font-style", slanted)
        digit.text = str(rng.integers(1, 6))


def add_pedals(
    root: ElementTree.Element, drawing: VerovioPage, share: float, rng: np.random.Generator
) -> None:
    """Add 'Ped.' and a star under some bars."""
    page = root.find(_SVG + "svg")
    bottom = {s.system: s.y1 for s in sorted(drawing.staves, key=lambda s: s.staff)}
    if page is None:
        return
    before: dict[int, float] = {}
    for line in drawing.barlines:
        left = before.get(line.system)
        before[line.system] = line.x1
        if left is None or rng.random() >= share or line.system not in bottom:
            continue
        for x, word in ((left + SPACE, "Ped."), (line.x0 - 2 * SPACE, "*")):
            mark = ElementTree.SubElement(page, _SVG + "text")
            mark.set("x", f"{x:.0f}")
            mark.set("y", f"{bottom[line.system] + 4.2 * SPACE:.0f}")
            mark.set("font-size", f"{2.2 * SPACE:.0f}px")
            mark.set("font-style", "italic")
            mark.set("font-weight", "bold")
            mark.text = word
