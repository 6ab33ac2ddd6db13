"""Engrave whole pages of any scoring with LilyPond, with the truth of their layout.

`lilypond_hook.ly` and `lilypond_layout.ly` write into the SVG what each staff, barline, brace,
bracket, bar number and rest is. Places are SVG units: staff spaces of the default staff.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from scorebridge_lab.engrave.lilypond import (
    SOURCE_SUFFIXES,
    numbered_files,
    prepare,
    rasterise,
    run_lilypond,
)
from scorebridge_lab.engrave.lilypond_form import barline_kind
from scorebridge_lab.engrave.lilypond_style import restyle, settings_of
from scorebridge_lab.engrave.page_truth import GROUP_KINDS, NUMBER_KINDS, EngravedPage
from scorebridge_lab.engrave.style import Style
from scorebridge_lab.engrave.system_rows import DrawnStaff, DrawnSystem, Strokes, page_from
from scorebridge_lab.errors import LabError

LAYOUT_HOOK = Path(__file__).with_name("lilypond_layout.ly")
_SVG = "{http://www.w3.org/2000/svg}"
_TRANSLATE = re.compile(r"translate\(\s*(-?[\d.]+)[,\s]+(-?[\d.]+)\s*\)")
_COLOUR = re.compile(r'color="rgba?\(([\d.]+)%, ([\d.]+)%, ([\d.]+)%[^"]*"')
_DIGITS = re.compile(r"\d+")
SIDES = {"-1": "end", "0": "inner", "1": "begin"}
DASHED = ("!", ";", "'")  # LilyPond's barlines of dashes, dots and ticks


@dataclass(frozen=True)
class LilypondLayout:
    """What differs from LilyPond's usual layout."""

    unjoined: bool = False
    """Barlines staff by staff."""
    hide_empty: bool = False
    """Staves without music are left out, in the first system too."""
    left_line: bool = False
    """A line at the left of single staves as well."""
    indent: bool = True
    """The first system is indented and names the instruments."""
    tablature: bool = False
    """A staff of tablature below the others."""
    ragged: bool = False
    """Lines are not filled."""


def layout_settings(layout: LilypondLayout) -> str:
    """LilyPond settings of a layout."""
    groups = ("StaffGroup", "ChoirStaff", "GrandStaff", "PianoStaff")
    blocks = []
    if layout.unjoined:
        blocks += [f"\\context {{ \\{g} \\remove Span_bar_engraver }}" for g in groups]
    if layout.hide_empty:
        blocks.append("\\context { \\Staff \\RemoveEmptyStaves }")
    if layout.left_line:
        blocks.append("\\context { \\Score \\override SystemStartBar.collapse-height = #1 }")
    indent = "" if layout.indent else "indent = 0"
    ragged = "ragged-right = ##t" if layout.ragged else ""
    tablature = "#(set! sb-tablature #t)" if layout.tablature else ""
    return f"\\layout {{ {indent} {ragged} {' '.join(blocks)} }}\n{tablature}\n"


def engrave(
    main: Path, folder: Path, style: Style, layout: LilypondLayout, limit_s: float
) -> list[str]:
    """Pages of a source as SVG. `main` lies in `folder`, beside the files that it includes.

    limit_s : of processor time. Files in `folder` are changed. Raises EngravingError.
    """
    prepare(folder)
    for path in (p for p in folder.rglob("*") if p.suffix in SOURCE_SUFFIXES):
        path.write_text(restyle(path.read_text(encoding="utf-8")), encoding="utf-8")
    settings = folder / "scorebridge-style.ily"
    settings.write_text(settings_of(style), encoding="utf-8")
    hook = folder / "scorebridge-layout.ily"
    text = LAYOUT_HOOK.read_text(encoding="utf-8") + layout_settings(layout)
    hook.write_text(text, encoding="utf-8")
    # Of two settings files LilyPond reads the first one last, so the source includes this one.
    source = main.read_text(encoding="utf-8")
    main.write_text(f'\\include "{hook}"\n{source}', encoding="utf-8")
    run_lilypond(main, folder / "out", limit_s, settings)
    return [p.read_text(encoding="utf-8") for p in numbered_files(folder / "out", ".svg")]


def page_of(svg: str, space: float) -> EngravedPage:
    """One page as picture and truth.

    space : px of a staff space of the largest staves.

    Raises LabError where the page has no staves, or one that does not fit.
    """
    root = ElementTree.fromstring(svg)
    marked: dict[str, list[ElementTree.Element]] = defaultdict(list)
    for group in root.iter(_SVG + "g"):
        if "data-system" in group.attrib:
            marked[group.attrib["data-system"]].append(group)
    systems, numbers = [], {}
    for groups in marked.values():
        if (system := _system(groups, numbers)) is not None:
            systems.append(system)
    if not systems:
        raise LabError("no staves on the page")
    systems.sort(key=lambda s: s.staves[0][2])
    full = [s for system in systems for s in system.staves if s[4] > 1]
    unit = max((s[3] - s[2]) / (s[4] - 1) for s in full) if full else 1.0
    width = float(root.attrib["viewBox"].split()[2])
    scale = space / unit
    drawn = _COLOUR.sub(_as_hex, svg)
    return page_from(systems, numbers, rasterise(drawn, round(width * scale)), (0.0, 0.0), scale)


def _as_hex(match: re.Match[str]) -> str:
    """A colour that the rasteriser reads, for one of shares of red, green and blue."""
    levels = (round(2.55 * float(v)) for v in match.groups())
    return 'color="#{:02x}{:02x}{:02x}"'.format(*levels)


def _moved(group: ElementTree.Element) -> tuple[float, float]:
    match = _TRANSLATE.search(group.get("transform", ""))
    return (float(match[1]), float(match[2])) if match else (0.0, 0.0)


def _extent(group: ElementTree.Element) -> tuple[float, float, float, float]:
    """x0, x1, y0, y1 of the ink that the hook measured."""
    x, y = next((_moved(g) for g in group.iter(_SVG + "g") if g.get("transform")), (0.0, 0.0))
    x0, x1, y0, y1 = (float(group.attrib[f"data-{k}"]) for k in ("x0", "x1", "y0", "y1"))
    return x + x0, x + x1, y - y1, y - y0


def _rects(group: ElementTree.Element) -> list[tuple[float, float, float, float]]:
    """x0, x1, y0, y1 of the rectangles in a group."""
    out = []
    for inner in group.iter(_SVG + "g"):
        dx, dy = _moved(inner)
        for rect in inner.findall(_SVG + "rect"):
            x, y, wide, high = (float(rect.attrib[k]) for k in ("x", "y", "width", "height"))
            out.append((dx + x, dx + x + wide, dy + y, dy + y + high))
    return out


def _sign_box(group: ElementTree.Element) -> tuple[float, float, float, float]:
    """Of a brace, a glyph about its middle, or of a bracket, strokes with hooks."""
    if boxes := _rects(group):
        return tuple(  # pyright: ignore[reportReturnType]
            pick(box[k] for box in boxes) for k, pick in enumerate((min, max, min, max))
        )
    x, y = next((_moved(g) for g in group.iter(_SVG + "g") if g.get("transform")), (0.0, 0.0))
    half = (float(group.attrib["data-y1"]) - float(group.attrib["data-y0"])) / 2
    return x - 0.9, x + 0.1, y - half, y + half


def _system(groups: list[ElementTree.Element], numbers: dict[str, str]) -> DrawnSystem | None:
    """One system from its marked groups; adds the editor's numbers of its bars."""
    staves, first_bar = _staves(groups)
    if not staves:
        return None
    spaces = [(s[3] - s[2]) / (s[4] - 1) for s in staves if s[4] > 1]
    unit = float(np.median(spaces)) if spaces else 1.0
    signs: list[tuple] = []
    left_line = False
    rows: dict[str, list[tuple]] = {"numbers": [], "voltas": []}
    for group in groups:
        data = group.attrib
        if "data-group" in data:
            box = _sign_box(group)
            if data["data-group"] == "line":
                left_line = True
                continue
            inside = [
                k
                for k, s in enumerate(staves)
                if box[2] - 0.5 * unit < (s[2] + s[3]) / 2 < box[3] + 0.5 * unit
            ]
            if inside:
                kind = GROUP_KINDS.index(data["data-group"])
                signs.append((kind, inside[0], inside[-1], *box))
        elif "data-number" in data or "data-rest" in data:
            text = data.get("data-number", data.get("data-rest", ""))
            kind = NUMBER_KINDS.index("bar" if "data-number" in data else "rest")
            if digits := _DIGITS.search(text):
                rows["numbers"].append((kind, digits[0], *_extent(group)))
    rows["groups"] = signs
    barlines, after = _barlines(groups, unit)
    key = groups[0].attrib["data-system"]
    left = min(s[0] for s in staves)
    begins = [(left + 0.01, first_bar), *after]
    measures = []
    for k, (x, bar) in enumerate(begins):
        until = begins[k + 1][1] if k + 1 < len(begins) else None
        counted = int(until) - int(bar) if until and bar else 1
        name = f"{key}-{k}"
        numbers[name] = bar
        measures.append((name, x, x + unit, max(1, counted)))
    return DrawnSystem(staves, barlines, rows, measures, left_line)


def _staves(groups: list[ElementTree.Element]) -> tuple[list[DrawnStaff], str]:
    """The staves of a system from the top, and the number of its first bar."""
    lines: dict[float, tuple[float, float]] = {}
    owner: dict[float, int] = {}
    bar, start = "", float("inf")
    for number, group in enumerate(groups):
        if "data-lines" not in group.attrib:
            continue
        for inner in group.iter(_SVG + "g"):
            dx, dy = _moved(inner)
            for line in inner.findall(_SVG + "line"):
                x0, x1 = sorted(dx + float(line.attrib[k]) for k in ("x1", "x2"))
                y = round(dy + float(line.attrib["y1"]), 3)
                known = lines.get(y, (x0, x1))
                lines[y] = (min(x0, known[0]), max(x1, known[1]))
                owner.setdefault(y, number)
                if x0 < start:
                    bar, start = group.attrib.get("data-bar", ""), x0
    members: dict[int, list[float]] = defaultdict(list)
    for y, number in owner.items():
        members[number].append(y)
    staves = [
        (min(lines[y][0] for y in ys), max(lines[y][1] for y in ys), min(ys), max(ys), len(ys))
        for ys in members.values()
    ]
    return sorted(staves, key=lambda s: s[2]), bar


def _barlines(
    groups: list[ElementTree.Element], unit: float
) -> tuple[list[Strokes], list[tuple[float, str]]]:
    """Barlines of a system, and where bars begin after those between two bars: x and number."""
    parts: dict[tuple[str, str, str], list[ElementTree.Element]] = defaultdict(list)
    for group in groups:
        if "data-barline" in group.attrib:
            data = group.attrib
            parts[data["data-moment"], data["data-side"], data["data-barline"]].append(group)
    lines, after = [], []
    for (_, side, glyph), own in parts.items():
        line = Strokes(kind=kind_of(glyph), place=SIDES[side])
        for group in own:
            for x0, x1, y0, y1 in _rects(group):
                line.strokes.append(((x0 + x1) / 2, x1 - x0, y0, y1))
            if not line.strokes:  # dashes and dots are drawn in other ways
                x0, x1, y0, y1 = _extent(group)
                line.strokes.append(((x0 + x1) / 2, x1 - x0, y0, y1))
            if ":" in glyph:
                x0, x1, y0, y1 = _extent(group)
                line.dots += [(x0, (y0 + y1) / 2), (x1 - 0.4 * unit, (y0 + y1) / 2)]
        lines.append(line)
        if side == "0":
            x = max(s[0] + s[1] / 2 for s in line.strokes)
            after.append((x, own[0].attrib.get("data-bar", "")))
    return lines, sorted(after)


def kind_of(glyph: str) -> str:
    """One of `BARLINE_KINDS` of page truth for LilyPond's name of a barline."""
    return "dashed" if glyph in DASHED else barline_kind(glyph)
