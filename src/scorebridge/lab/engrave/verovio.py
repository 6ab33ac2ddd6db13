"""Engrave kern, MusicXML or MEI with Verovio: pages and exact note places and times.

Places come from the SVG (notehead glyphs, staff lines), times from Verovio's time
map, joined by note id; tied notes sound once. Repeats are never unfolded, on
neither side. Verovio can crash on some files: call this through
`scorebridge.lab.workers`. About 0.3 s for three pages.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
import zipfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.errors import LabError
from scorebridge.lab.engrave.engraving import EVENT, NOTE, PAGE_WIDTH, SYSTEM, Engraving

UNMARKED_TEMPO = 100.0  # quarters a minute where a source marks none
FONTS = ("Leipzig", "Bravura", "Leland", "Gootville", "Petaluma")
UNITS_PER_STAFF_SPACE = 180  # SVG units at Verovio's default `unit` of 9
HALF_NOTEHEAD = 106  # SVG units: half a black notehead, from its left edge to its middle


@dataclass(frozen=True)
class Style:
    """How a piece is laid out and drawn; the defaults give the papers' page."""

    page_width: int = 2147  # a staff space of 7 px on a page of 835 px
    page_height: int = 3037
    font: str = "Leipzig"
    spacing_linear: float = 0.25
    spacing_nonlinear: float = 0.6
    spacing_staff: int = 12
    spacing_system: int = 4
    staff_line_width: float = 0.15
    stem_width: float = 0.2
    barline_width: float = 0.3
    breaks: str = "auto"

    @classmethod
    def random(cls, rng: np.random.Generator) -> Style:
        """A style drawn from what printed piano music shows."""
        width = int(rng.uniform(1750, 2600))
        return cls(
            page_width=width,
            page_height=int(width * rng.uniform(1.25, 1.45)),
            font=str(rng.choice(FONTS, p=[0.3, 0.25, 0.25, 0.15, 0.05])),
            spacing_linear=float(rng.uniform(0.15, 0.4)),
            spacing_nonlinear=float(rng.uniform(0.5, 0.7)),
            spacing_staff=int(rng.integers(8, 17)),
            spacing_system=int(rng.integers(3, 12)),
            staff_line_width=float(rng.uniform(0.1, 0.22)),
            stem_width=float(rng.uniform(0.14, 0.28)),
            barline_width=float(rng.uniform(0.2, 0.4)),
        )


def piano_only(musicxml: bytes) -> bytes:
    """Drop every part of a MusicXML score but the one that has two staves.

    Raises LabError where there is not exactly one such part.
    """
    root = ElementTree.fromstring(musicxml)
    parts = root.findall("part")
    keep = [p for p in parts if any(s.text == "2" for s in p.iter("staves"))]
    if len(keep) != 1:
        raise LabError(f"{len(keep)} parts of two staves where one is needed")
    for part in parts:
        if part is not keep[0]:
            root.remove(part)
    listing = root.find("part-list")
    for entry in list(listing if listing is not None else ()):
        if entry.get("id") != keep[0].get("id") and listing is not None:
            listing.remove(entry)
    return ElementTree.tostring(root)


def _source(path: Path) -> str:
    if path.suffix == ".mxl":
        with zipfile.ZipFile(path) as archive:
            names = [n for n in archive.namelist() if n.endswith(("xml",)) and "META" not in n]
            return piano_only(archive.read(names[0])).decode()
    return path.read_text(errors="replace")


def _walk(node: ElementTree.Element, kind: str) -> Iterator[ElementTree.Element]:
    """Groups of class `kind` below `node` (Verovio may add a second class, as in `note placed`)."""
    for group in node.iter("{http://www.w3.org/2000/svg}g"):
        if group.get("class", "").split(" ")[0] == kind:
            yield group


def _staff_lines(staff: ElementTree.Element) -> tuple[float, float, float, float] | None:
    """x0, x1, top and bottom of a staff from its five lines, in SVG units."""
    lines = []
    for path in staff.findall("{http://www.w3.org/2000/svg}path"):
        values = path.get("d", "").replace("M", "").replace("L", "").split()
        if len(values) == 4 and values[1] == values[3]:
            lines.append([float(v) for v in values])
    if len(lines) != 5:
        return None
    return lines[0][0], max(line[2] for line in lines), lines[0][1], lines[-1][1]


@dataclass
class _Page:
    notes: dict[str, tuple[int, int, float, float]]
    """id -> system on this page, staff, x, y (px)."""
    systems: list[tuple[float, float, float, float, float]]
    """x0, x1, y0, y1, staff space (px)."""


def _read_page(svg: str) -> _Page:
    root = ElementTree.fromstring(svg)
    inner = root.find("{http://www.w3.org/2000/svg}svg")
    if inner is None:
        raise LabError("Verovio's SVG has no inner drawing")
    scale = PAGE_WIDTH / float(inner.get("viewBox", "").split()[2])
    margin = next(_walk(inner, "page-margin")).get("transform", "").removeprefix("translate(")
    dx, dy = (float(v) for v in margin.rstrip(")").split(","))
    page = _Page({}, [])
    for number, system in enumerate(_walk(root, "system")):
        extents: dict[int, list[tuple[float, float, float, float]]] = defaultdict(list)
        for measure in _walk(system, "measure"):
            for staff_number, staff in enumerate(_walk(measure, "staff")):
                lines = _staff_lines(staff)
                if lines is not None:
                    extents[staff_number].append(lines)
                for note in _walk(staff, "note"):
                    use = next(iter(note.iter("{http://www.w3.org/2000/svg}use")), None)
                    if use is None:
                        continue
                    at = use.get("transform", "").removeprefix("translate(").split(")")[0]
                    x, y = (float(v) for v in at.split(","))
                    place = ((x + HALF_NOTEHEAD + dx) * scale, (y + dy) * scale)
                    page.notes[note.get("id", "")] = (number, staff_number, *place)
        if len(extents) != 2:
            raise LabError(f"a system of {len(extents)} staves where two are needed")
        top, bottom = extents[0][0], extents[1][0]
        x1 = max(lines[1] for lines in extents[0])
        box = ((top[0] + dx), (x1 + dx), (top[2] + dy), (bottom[3] + dy), (top[3] - top[2]) / 4)
        x0, x1, y0, y1, space = (v * scale for v in box)
        page.systems.append((x0, x1, y0, y1, space))
    return page


def _ties(mei: str) -> dict[str, str]:
    """Which note is tied to which following one, from MEI `tie` elements."""
    # Not parsed as XML: Verovio 6.4 repeats an attribute in the MEI of some kern files.
    ties = {}
    for tie in re.findall(r"<tie\b[^>]*>", mei):
        start, end = (re.search(rf'{k}="#([^"]+)"', tie) for k in ("startid", "endid"))
        if start and end:
            ties[start[1]] = end[1]
    return ties


def _times(timemap: list[dict[str, Any]], ties: dict[str, str]) -> dict[str, tuple[float, float]]:
    """id -> onset and end in seconds at the score's own tempo; tied continuations are left out."""
    on: dict[str, float] = {}
    off: dict[str, float] = {}
    for entry in timemap:
        for note in entry.get("on", ()):
            on.setdefault(note, entry["tstamp"] / 1000)
        for note in entry.get("off", ()):
            off.setdefault(note, entry["tstamp"] / 1000)
    continued = set(ties.values())
    times = {}
    for note, start in on.items():
        if note in continued:
            continue
        last, seen = note, {note}
        while last in ties and ties[last] not in seen:
            last = ties[last]
            seen.add(last)
        times[note] = (start, off.get(last, off.get(note, start)))
    return times


def rasterise(svg: str, width: int = PAGE_WIDTH) -> NDArray[np.uint8]:
    """SVG to a grey page, uint8 [height, width], white = 255."""
    import resvg_py

    data = resvg_py.svg_to_bytes(svg_string=svg, width=width, background="white")
    image = cv2.imdecode(np.frombuffer(bytes(data), np.uint8), cv2.IMREAD_GRAYSCALE)
    if image is None:
        raise LabError("the SVG could not be rasterised")
    return np.asarray(image, np.uint8)


def events_of(path: Path, tempo: float | None = None) -> NDArray[Any]:
    """What a kern, MusicXML or MEI file sounds like, as `EVENT` records; repeats once."""
    import verovio

    verovio.enableLog(verovio.LOG_OFF)
    toolkit = verovio.toolkit()
    toolkit.setOptions({"expandNever": True})
    if not toolkit.loadData(_source(path)):
        raise LabError(f"{path}: Verovio cannot read it")
    timemap: Any = toolkit.renderToTimemap({"includeRests": False})
    stretch = _stretch(timemap, tempo)
    events = []
    for note, (start, end) in _times(timemap, _ties(toolkit.getMEI())).items():
        values: Any = toolkit.getMIDIValuesForElement(note)
        if 20 <= int(values.get("pitch", 0)) <= 109:
            lasting = max(0.05, (end - start) * stretch)
            events.append((start * stretch, lasting, int(values["pitch"]), 80))
    if not events:
        raise LabError(f"{path}: no notes")
    return np.array(sorted(events), EVENT)


def _stretch(timemap: list[dict[str, Any]], tempo: float | None) -> float:
    """Factor on the time map's seconds: 1 unless the source marks no tempo and one is given."""
    marked = {entry["tempo"] for entry in timemap if "tempo" in entry}
    return 120 / tempo if tempo and marked == {120} else 1.0


def engrave(
    path: Path, style: Style | None = None, tempo: float | None = None, name: str = ""
) -> Engraving:
    """Engrave a kern (.krn), MusicXML (.mxl, .musicxml) or MEI file of two-staff music.

    tempo : quarters a minute where the source marks none (Verovio then assumes 120).
    Raises LabError where the file cannot be read or is not two-staff music throughout.
    """
    import verovio

    style = style or Style()
    verovio.enableLog(verovio.LOG_OFF)
    toolkit = verovio.toolkit()
    toolkit.setOptions(
        {
            "pageWidth": style.page_width,
            "pageHeight": style.page_height,
            "scale": 40,
            "font": style.font,
            "breaks": style.breaks,
            "header": "none",
            "footer": "none",
            "expandNever": True,
            "spacingLinear": style.spacing_linear,
            "spacingNonLinear": style.spacing_nonlinear,
            "spacingStaff": style.spacing_staff,
            "spacingSystem": style.spacing_system,
            "staffLineWidth": style.staff_line_width,
            "stemWidth": style.stem_width,
            "barLineWidth": style.barline_width,
            "justifyVertically": True,
        }
    )
    if not toolkit.loadData(_source(path)):
        raise LabError(f"{path}: Verovio cannot read it")
    timemap: Any = toolkit.renderToTimemap({"includeRests": False})
    times = _times(timemap, _ties(toolkit.getMEI()))
    if not times:
        raise LabError(f"{path}: no notes")
    stretch = _stretch(timemap, tempo)

    pages, notes, systems, events = [], [], [], []
    for number in range(toolkit.getPageCount()):
        svg = toolkit.renderToSVG(number + 1)
        page = _read_page(svg)
        for note, (system, staff, x, y) in page.notes.items():
            values: Any = toolkit.getMIDIValuesForElement(note)
            pitch = int(values.get("pitch", 0))
            onset = np.nan
            if note in times and 20 <= pitch <= 109:
                start, end = times[note]
                onset = start * stretch
                events.append((onset, max(0.05, (end - start) * stretch), pitch, 80))
            notes.append((number, len(systems) + system, staff, x, y, max(0, pitch), onset))
        systems += [(number, x0, x1, y0, y1, space) for x0, x1, y0, y1, space in page.systems]
        pages.append(rasterise(svg))
    sounding = np.array(sorted(events), EVENT)
    return Engraving(
        name or path.stem,
        pages,
        np.array(systems, SYSTEM),
        np.array(notes, NOTE),
        sounding,
        {"engraver": f"verovio {verovio.toolkit().getVersion()}", "source": path.name},
    )
