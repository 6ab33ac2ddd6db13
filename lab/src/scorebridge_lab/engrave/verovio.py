"""Engrave kern, MusicXML, MEI or ABC with Verovio: pages and exact note places and times.

Places come from the SVG (notehead glyphs, staff lines), times from Verovio's time map; note ids
join them. Tied notes sound once. Repeats are not unfolded; the bars mark them. Verovio can crash on
some files: call it through `scorebridge_lab.workers`. About 0.3 s for three pages.
"""

from __future__ import annotations

import xml.etree.ElementTree as ElementTree
import zipfile
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.engrave import verovio_svg
from scorebridge_lab.engrave.engraving import (
    BARLINE,
    BARLINE_KINDS,
    EVENT,
    NOTE,
    PAGE_WIDTH,
    STAFF,
    SYSTEM,
    Engraving,
)
from scorebridge_lab.engrave.mei import MeiContent, bar_records, mark_records, read_mei
from scorebridge_lab.engrave.style import Style
from scorebridge_lab.errors import LabError

UNMARKED_TEMPO = 100.0  # quarters per minute where a source marks no tempo
PAGE_UNITS = 18.0  # Verovio's page units in a staff space
VEROVIO_SUFFIXES = (".krn", ".mxl", ".musicxml", ".xml", ".mei", ".abc")
__all__ = [
    "UNMARKED_TEMPO",
    "VEROVIO_SUFFIXES",
    "Style",
    "engrave_verovio",
    "events_of",
    "piano_only",
]


def options_of(style: Style) -> dict[str, Any]:
    """Verovio's options for a style; values out of range are clipped."""

    def page(spaces: float, maximum: float = 60_000) -> int:
        return int(np.clip(round(spaces * PAGE_UNITS), 0, maximum))

    def units(spaces: float, low: float, high: float) -> float:
        return float(np.clip(2 * spaces, low, high))

    return {
        "pageWidth": page(style.page_width),
        "pageHeight": page(style.page_height),
        "pageMarginLeft": page(style.margin_x, 500),
        "pageMarginRight": page(style.margin_x, 500),
        "pageMarginTop": page(style.margin_y, 500),
        "pageMarginBottom": page(style.margin_y, 500),
        "scale": 40,
        "font": style.font,
        "breaks": style.breaks,
        "header": "auto" if style.title else "none",
        "footer": "none",
        "expandNever": True,
        "spacingLinear": float(np.clip(0.25 * style.spacing, 0, 1)),
        "spacingNonLinear": style.proportion,
        "spacingStaff": int(np.clip(round(2 * style.staff_gap), 0, 48)),
        "spacingSystem": int(np.clip(round(style.system_gap), 0, 48)),
        "staffLineWidth": units(style.staff_line, 0.1, 0.3),
        "ledgerLineThickness": units(style.ledger_line, 0.1, 0.5),
        "stemWidth": units(style.stem, 0.1, 0.5),
        "barLineWidth": units(style.barline, 0.1, 0.8),
        "thickBarlineThickness": units(style.thick_barline, 0.5, 2.0),
        "slurMidpointThickness": units(style.slur, 0.2, 1.2),
        "tieMidpointThickness": units(0.85 * style.slur, 0.2, 1.0),
        "graceFactor": float(np.clip(style.grace, 0.5, 1)),
        "mnumInterval": max(0, style.bar_numbers),
        "justifyVertically": True,
    }


def parts_to_engrave(root: ElementTree.Element, keep: str) -> list[ElementTree.Element]:
    """The parts of a MusicXML score to engrave, from the top: 'piano' or 'song' (voice and piano).

    Raises LabError where there is not exactly one part of two staves (and, for a song, one of one).
    """
    parts = root.findall("part")
    piano = [p for p in parts if any(s.text == "2" for s in p.iter("staves"))]
    if len(piano) != 1:
        raise LabError(f"{len(piano)} parts of two staves where one is needed")
    if keep == "piano":
        return piano
    voice = [p for p in parts if p is not piano[0]]
    if len(voice) != 1:
        raise LabError(f"{len(voice)} voices beside the piano where one is needed")
    return [*voice, *piano]


def keep_parts(musicxml: bytes, keep: str) -> bytes:
    """A MusicXML score with the piano alone, or with voice and piano (`parts_to_engrave`)."""
    root = ElementTree.fromstring(musicxml)
    wanted = parts_to_engrave(root, keep)
    for part in root.findall("part"):
        if part not in wanted:
            root.remove(part)
    names = {p.get("id") for p in wanted}
    listing = root.find("part-list")
    for entry in list(listing if listing is not None else ()):
        if entry.get("id") not in names and listing is not None:
            listing.remove(entry)
    return ElementTree.tostring(root)


def piano_only(musicxml: bytes) -> bytes:
    """A MusicXML score with the part of two staves alone.

    Raises LabError where there is not exactly one such part.
    """
    return keep_parts(musicxml, "piano")


def source_text(path: Path, keep: str = "piano") -> str:
    """Text of a source file; of MusicXML only the parts to `keep` ('piano', 'song', 'all')."""
    if path.suffix == ".mxl":
        with zipfile.ZipFile(path) as archive:
            names = [
                n
                for n in archive.namelist()
                if n.endswith(("xml",)) and not n.startswith("META-INF")
            ]
            data = archive.read(names[0])
    elif path.suffix in (".musicxml", ".xml"):
        data = path.read_bytes()
    else:
        return path.read_text(errors="replace")
    return (data if keep == "all" else keep_parts(data, keep)).decode()


def _times(timemap: list[dict[str, Any]], ties: dict[str, str]) -> dict[str, tuple[float, float]]:
    """Note id to onset and end, s at the tempo of the score; continuations of ties are left out."""
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

    from scorebridge_lab.engrave.lilypond import font_folders

    data = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        background="white",
        skip_system_fonts=True,
        font_dirs=font_folders(),
        serif_family="C059",
        font_family="C059",
    )
    image = cv2.imdecode(np.frombuffer(bytes(data), np.uint8), cv2.IMREAD_GRAYSCALE)
    if image is None:
        raise LabError("the SVG could not be rasterised")
    return np.asarray(image, np.uint8)


def _load(path: Path, options: dict[str, Any], keep: str) -> Any:
    import verovio

    verovio.enableLog(verovio.LOG_OFF)
    toolkit = verovio.toolkit()
    if path.suffix == ".abc":
        options = {**options, "inputFrom": "abc"}
    toolkit.setOptions(options)
    if not toolkit.loadData(source_text(path, keep)):
        raise LabError(f"{path}: Verovio cannot read it")
    return toolkit


def events_of(path: Path, tempo: float | None = None) -> NDArray[Any]:
    """The notes of a kern, MusicXML or MEI file as `EVENT` records; repeats are played once."""
    return timed_events(path, tempo)[0]


def timed_events(
    path: Path, tempo: float | None = None
) -> tuple[NDArray[Any], NDArray[np.float64], NDArray[np.float64]]:
    """`events_of`, and the clock of the score: quarters from the beginning, and their seconds."""
    toolkit = _load(path, {"expandNever": True}, "piano")
    timemap: Any = toolkit.renderToTimemap({"includeRests": False})
    stretch = _stretch(timemap, tempo)
    found, events = read_mei(toolkit.getMEI()), []
    for note, (start, end) in _times(timemap, found.ties).items():
        pitch = _pitch(toolkit, found, note)
        if 20 <= pitch <= 109:
            lasting = max(0.05, (end - start) * stretch)
            events.append((start * stretch, lasting, pitch, 80))
    if not events:
        raise LabError(f"{path}: no notes")
    quarters = np.array([entry["qstamp"] for entry in timemap], np.float64)
    seconds = np.array([entry["tstamp"] for entry in timemap], np.float64) / 1000 * stretch
    return np.array(sorted(events), EVENT), quarters, seconds


def _pitch(toolkit: Any, found: MeiContent, note: str) -> int:
    """MIDI pitch of a note, 0 where it has none. Asking Verovio takes 1.3 ms a note."""
    if note in found.pitches:
        return found.pitches[note]
    return int(toolkit.getMIDIValuesForElement(note).get("pitch", 0))


def _stretch(timemap: list[dict[str, Any]], tempo: float | None) -> float:
    """Factor on the seconds of the time map; 1 where the source marks a tempo or none is given."""
    marked = {entry["tempo"] for entry in timemap if "tempo" in entry}
    return 120 / tempo if tempo and marked == {120} else 1.0


def engrave_verovio(
    path: Path,
    style: Style | None = None,
    tempo: float | None = None,
    name: str = "",
    width: int = PAGE_WIDTH,
    staves: tuple[int, ...] = (2,),
    keep: str = "piano",
    further: dict[str, Any] | None = None,
    measures: tuple[int, float] | None = None,
) -> Engraving:
    """Engrave a kern (.krn), MusicXML (.mxl, .musicxml, .xml), MEI or ABC file.

    Parameters
    ----------
    tempo : quarters per minute where the source marks no tempo (Verovio assumes 120).
    width : page width, px; all places scale with it.
    staves : permitted numbers of staves in a system; () permits any.
    keep : parts of MusicXML to engrave: 'piano', 'song' (voice and piano), 'all'.
    further : options of Verovio beside those of the style.
    measures : a maximum of measures, and where a longer piece is cut, 0 (its beginning) to 1.

    Raises LabError where the file cannot be read or a system has another number of staves.
    """
    import verovio

    style = style or Style()
    toolkit = _load(path, {**options_of(style), **(further or {})}, keep)
    timemap: Any = toolkit.renderToTimemap({"includeRests": False, "includeMeasures": True})
    found = read_mei(toolkit.getMEI())
    count = len(found.measures)
    if measures is not None and count > measures[0]:
        first = 1 + round(measures[1] * (count - measures[0]))
        toolkit.select({"measureRange": f"{first}-{first + measures[0] - 1}"})
        toolkit.redoLayout()
    times = _times(timemap, found.ties)
    if not times:
        raise LabError(f"{path}: no notes")
    stretch = _stretch(timemap, tempo)
    times = {note: (start * stretch, end * stretch) for note, (start, end) in times.items()}
    # Added digits and pedal marks depend on the file and the style alone.
    rng = np.random.default_rng(zlib.crc32(f"{path.name}{style}".encode()))
    hidden = style.hide + (("mNum",) if style.bar_numbers < 0 else ())

    pages, drawings, notes, systems, events = [], [], [], [], []
    rows: list[tuple] = []
    lines: list[tuple] = []
    pitches: dict[str, int] = {}
    owners: dict[tuple[int, int], int] = {}
    for number in range(toolkit.getPageCount()):
        svg = toolkit.renderToSVG(number + 1)
        root, page = verovio_svg.read_verovio_svg(svg)
        scale, before = width / page.width, len(systems)
        for head in page.heads:
            pitch = pitches[head.id] = _pitch(toolkit, found, head.id)
            onset = np.nan
            if head.id in times and 20 <= pitch <= 109:
                onset, end = times[head.id]
                part = found.staff.get(head.id, 0)
                owners[before + head.system, head.staff] = part
                events.append((onset, max(0.05, end - onset), pitch, 80, part))
            place = (head.x * scale, head.y * scale)
            notes.append((number, before + head.system, head.staff, *place, max(0, pitch), onset))
        systems += _systems(page, number, scale, staves)
        for s in page.staves:
            at = (s.x0 * scale, s.x1 * scale, s.y0 * scale, s.y1 * scale)
            rows.append((number, before + s.system, s.staff, s.lines, *at))
        for b in page.barlines:
            at = (b.x0 * scale, b.x1 * scale, b.y0 * scale, b.y1 * scale)
            lines.append((number, before + b.system, *at, BARLINE_KINDS.index(b.kind)))
        if hidden or style.fingering or style.pedal:
            verovio_svg.hide(root, hidden)
            verovio_svg.add_digits(root, page, style.fingering, rng)
            verovio_svg.add_pedals(root, page, style.pedal, rng)
            svg = ElementTree.tostring(root, encoding="unicode")
        pages.append(rasterise(svg, width))
        drawings.append(svg)
    if not events:
        raise LabError(f"{path}: no notes")
    events.sort()
    sounding = np.array([e[:4] for e in events], EVENT)
    bars = bar_records(found, timemap, float(sounding["onset"].max() + 1e-3), stretch)
    marks = mark_records(found, times, pitches, bars, timemap, stretch)
    cut = Engraving(
        name=name or path.stem,
        pages=pages,
        systems=np.array(systems, SYSTEM),
        notes=np.array(notes, NOTE),
        events=sounding,
        meta={
            "engraver": f"verovio {verovio.toolkit().getVersion()}",
            "source": path.name,
            "programs": [found.programs.get(k, -1) for k in range(1 + max(e[4] for e in events))],
        },
        staves=np.array(rows, STAFF),
        barlines=np.array(lines, BARLINE),
        bars=bars,
        marks=marks,
        parts=np.array([e[4] for e in events], np.uint8),
        staff_parts=_staff_parts(rows, owners),
        drawings=tuple(drawings),
    )
    return cut if measures is None or count <= measures[0] else _begun_at_zero(cut)


def _begun_at_zero(engraving: Engraving) -> Engraving:
    """An excerpt whose first bar begins at 0 s, with its own bars and marks alone."""
    low, high = float(engraving.events["onset"][0]), float(engraving.events["onset"][-1])
    bars = engraving.bars[(engraving.bars["end"] > low) & (engraving.bars["onset"] <= high)].copy()
    begin = min(low, float(bars["onset"][0])) if len(bars) else low
    marks = engraving.marks[
        (engraving.marks["onset"] >= begin) & (engraving.marks["onset"] <= high)
    ].copy()
    tables = {"notes": engraving.notes.copy(), "events": engraving.events.copy()}
    for table in (bars, marks, *tables.values()):
        table["onset"] -= begin
    bars["end"] -= begin
    marks["end"] -= begin
    return replace(engraving, bars=bars, marks=marks, **tables)


def _staff_parts(rows: list[tuple], owners: dict[tuple[int, int], int]) -> NDArray[np.uint8]:
    """The part of each `STAFF` row, [rows]: that of its notes; of a resting staff the one below
    that of the staff above it, or its own number where no staff is hidden."""
    out = np.zeros(len(rows), np.uint8)
    for system in {row[1] for row in rows}:
        mine = [k for k, row in enumerate(rows) if row[1] == system]
        before = -1
        for k in sorted(mine, key=lambda k: rows[k][2]):
            before = owners.get((system, rows[k][2]), max(before + 1, rows[k][2]))
            out[k] = before
    return out


def _systems(
    page: verovio_svg.VerovioPage, number: int, scale: float, staves: tuple[int, ...]
) -> list[tuple]:
    """`SYSTEM` rows of one page. Raises LabError for another number of staves."""
    out = []
    for system in sorted({s.system for s in page.staves}):
        mine = sorted((s for s in page.staves if s.system == system), key=lambda s: s.staff)
        if staves and len(mine) not in staves:
            wanted = " or ".join(map(str, staves))
            raise LabError(f"a system of {len(mine)} staves where {wanted} are needed")
        x0, x1 = mine[0].x0, max(s.x1 for s in mine)
        space = (mine[0].y1 - mine[0].y0) / max(1, mine[0].lines - 1)
        box = (x0, x1, mine[0].y0, mine[-1].y1, space)
        out.append((number, *(scale * v for v in box)))
    return out
