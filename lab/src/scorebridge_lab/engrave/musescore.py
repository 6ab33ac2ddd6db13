"""Engrave pages of any scoring with MuseScore, with the truth of their layout.

MuseScore 3 is called as a program (`mscore3`, GPL; Debian's musescore3), twice: it converts
MusicXML to its own format, whose style is then set, and it exports that as SVG and as `.mpos`, the
places and times of all measures. The classes of the SVG distinguish staff lines, barlines and
brackets. About 2 s for a short piece, 20 s for a quartet.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import xml.etree.ElementTree as ElementTree
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path

from scorebridge_lab.engrave.musicxml_edit import plain_musicxml
from scorebridge_lab.errors import LabError

PROGRAMS = ("mscore3", "musescore3")
MPOS_SCALE = 0.1  # px of the SVG in a unit of .mpos
DPI = 360.0  # px of the SVG per inch
MM = 25.4
FONTS = ("Emmentaler", "Bravura", "Gonville", "MuseJazz")
TIME_LIMIT = 150.0  # s of one run of the program


@dataclass(frozen=True)
class Measure:
    """A measure on the page, in px of the SVG."""

    page: int
    x0: float
    x1: float
    y0: float
    y1: float
    start_ms: int
    """When it is first played."""


@dataclass(frozen=True)
class MuseScoreStyle:
    """Layout of a MuseScore page. Lengths are in staff spaces."""

    page_width: float = 119.3
    page_height: float = 168.7
    margin: float = 8.0
    font: str = "Emmentaler"
    staff_distance: float = 6.5
    system_distance: float = 8.5
    spacing: float = 1.2
    """MuseScore's `measureSpacing`."""
    barline: float = 0.16
    staff_line: float = 0.08
    stem: float = 0.13
    bracket: float = 0.44
    number_interval: int = 0
    """0: at the beginning of each system; -1: none; n: at every n-th bar."""
    hide_empty: bool = False
    rests: bool = False
    """Measures of rest in a row become one rest of many bars."""
    unjoined: bool = False
    """Barlines staff by staff."""
    brackets: bool = True


def program() -> str:
    """MuseScore's name. Raises LabError where it is not installed."""
    for name in PROGRAMS:
        if any((Path(p) / name).exists() for p in os.get_exec_path()):
            return name
    raise LabError("MuseScore is missing: apt-get install musescore3")


def run(arguments: Sequence[str], folder: Path) -> None:
    """Run MuseScore without a screen. Raises LabError where it fails."""
    home = folder / "home"
    home.mkdir(exist_ok=True)
    surroundings = {
        **os.environ,
        "QT_QPA_PLATFORM": "offscreen",
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
    }
    try:
        done = subprocess.run(
            [program(), *arguments],
            capture_output=True,
            check=False,
            timeout=TIME_LIMIT,
            cwd=folder,
            env=surroundings,
        )
    except subprocess.TimeoutExpired:
        raise LabError(f"MuseScore: no end after {TIME_LIMIT:.0f} s") from None
    if done.returncode:
        raise LabError(f"MuseScore fails (exit {done.returncode})")


def styled(mscx: str, style: MuseScoreStyle, rests: bool, space_mm: float = 1.75) -> str:
    """A score in MuseScore's format with another style."""
    inch = space_mm / MM
    values = {
        "pageWidth": style.page_width * inch,
        "pageHeight": style.page_height * inch,
        "pagePrintableWidth": (style.page_width - 2 * style.margin) * inch,
        **{f"page{p}{side}Margin": style.margin * inch for p in ("Even", "Odd") for side in _SIDES},
        "pageTwosided": 0,
        "Spatium": space_mm,
        "musicalSymbolFont": style.font,
        "musicalTextFont": f"{style.font} Text",
        "staffDistance": style.staff_distance,
        "akkoladeDistance": style.staff_distance,
        "minSystemDistance": style.system_distance,
        "maxSystemDistance": 2 * style.system_distance,
        "measureSpacing": style.spacing,
        "barWidth": style.barline,
        "staffLineWidth": style.staff_line,
        "stemWidth": style.stem,
        "bracketWidth": style.bracket,
        "showMeasureNumber": int(style.number_interval >= 0),
        "measureNumberSystem": int(style.number_interval == 0),
        "measureNumberInterval": max(1, style.number_interval),
        "hideEmptyStaves": int(style.hide_empty),
        "createMultiMeasureRests": int(rests),
        "showFooter": 0,
        "showHeader": 0,
    }
    text = "".join(
        f"<{k}>{v:g}</{k}>" if k not in _TEXTS else f"<{k}>{v}</{k}>" for k, v in values.items()
    )
    mscx = re.sub(r"<Style>.*?</Style>", f"<Style>{text}</Style>", mscx, count=1, flags=re.S)
    if style.unjoined:
        mscx = re.sub(r"<barLineSpan>\d+</barLineSpan>", "", mscx)
    if not style.brackets:
        mscx = re.sub(r"<bracket\b[^>]*/>", "", mscx)
    return mscx


_SIDES = ("Left", "Top", "Bottom")
_TEXTS = ("musicalSymbolFont", "musicalTextFont")


def measure_names(mscx: str) -> list[str]:
    """The editor's number of every measure: those marked irregular are not counted."""
    root = ElementTree.fromstring(mscx)
    staff = next((s for s in root.iter("Staff") if s.find("Measure") is not None), None)
    out, number = [], 0
    for measure in staff.findall("Measure") if staff is not None else ():
        offset = measure.find("noOffset")
        number += int(offset.text or 0) if offset is not None else 0
        if measure.find("irregular") is None:
            number += 1
            out.append(str(number))
        else:
            out.append(str(number) if out else "0")
    return out


def read_mpos(path: Path) -> list[Measure]:
    """The measures of an `.mpos` file, in order."""
    root = ElementTree.parse(path).getroot()
    starts: dict[int, int] = {}
    for event in root.iter("event"):
        starts.setdefault(int(event.get("elid", 0)), int(event.get("position", 0)))
    out = []
    for element in root.iter("element"):
        x, y, wide, high = (float(element.get(k, 0)) * MPOS_SCALE for k in ("x", "y", "sx", "sy"))
        page = int(element.get("page", 0))
        start = starts.get(int(element.get("id", 0)), -1)
        out.append(Measure(page, x, x + wide, y, y + high, start))
    return out


def counted(shown: Sequence[Measure], all_measures: Sequence[Measure]) -> list[tuple[int, int]]:
    """For each shown measure: which of all it is, and how many it stands for (rests)."""
    if len(shown) == len(all_measures):
        return [(k, 1) for k in range(len(shown))]
    by_start: dict[int, int] = {}
    for k, measure in enumerate(all_measures):
        by_start.setdefault(measure.start_ms, k)
    found = [by_start.get(m.start_ms, -1) for m in shown]
    if -1 in found or any(b <= a for a, b in pairwise(found)):
        raise LabError("MuseScore's measures cannot be counted")
    ends = [*found[1:], len(all_measures)]
    return [(a, b - a) for a, b in zip(found, ends, strict=True)]


def export(
    musicxml: str, style: MuseScoreStyle, folder: Path
) -> tuple[list[str], list[Measure], list[tuple[int, int]], list[str]]:
    """Engrave MusicXML: pages as SVG, their measures, which these are, all measures' numbers.

    Raises LabError.
    """
    source = folder / "source.musicxml"
    source.write_text(plain_musicxml(musicxml), encoding="utf-8")
    run(["-o", "score.mscx", source.name], folder)
    mscx = (folder / "score.mscx").read_text(encoding="utf-8")
    (folder / "plain.mscx").write_text(styled(mscx, style, False), encoding="utf-8")
    (folder / "rests.mscx").write_text(styled(mscx, style, style.rests), encoding="utf-8")
    jobs = [{"in": "rests.mscx", "out": ["page.svg", "page.mpos"]}]
    if style.rests:
        jobs.append({"in": "plain.mscx", "out": ["plain.mpos"]})
    (folder / "jobs.json").write_text(json.dumps(jobs))
    run(["-j", "jobs.json"], folder)
    pages = sorted(folder.glob("page-*.svg"))
    if not pages:
        raise LabError("MuseScore exports no page")
    shown = read_mpos(folder / "page.mpos")
    every = read_mpos(folder / "plain.mpos") if style.rests else shown
    names = measure_names(mscx)
    if len(names) != len(every):
        raise LabError("MuseScore exports other measures than the score has")
    return [p.read_text(encoding="utf-8") for p in pages], shown, counted(shown, every), names


def names_of(ids: Sequence[tuple[int, int]], names: Sequence[str]) -> Mapping[str, str]:
    """The editor's number of each shown measure, by its place in the list."""
    return {str(k): names[first] for k, (first, _) in enumerate(ids)}
