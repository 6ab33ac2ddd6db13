"""Engrave LilyPond sources with exact pairs of noteheads and onsets.

LilyPond is called as a program (GPL; the PyPI wheel `lilypond` contains it). The settings file
`lilypond_hook.ly` writes the pitch and moment of every notehead into the SVG, and makes LilyPond
perform every printed score as printed. Noteheads are joined with LilyPond's MIDI by (tick, pitch).
Repeats are unfolded neither on the page nor in the MIDI. About 1.5 s a page.
"""

from __future__ import annotations

import importlib
import re
import signal
import subprocess
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.engrave.engraving import EVENT, NOTE, PAGE_WIDTH, STAFF, SYSTEM, Engraving
from scorebridge_lab.engrave.lilypond_form import barline_records, bars_and_marks
from scorebridge_lab.engrave.lilypond_midi import MidiEvents, joined_onsets, read_midi, ticks_of
from scorebridge_lab.engrave.lilypond_style import restyle, settings_of
from scorebridge_lab.engrave.lilypond_svg import (
    LilypondHead,
    LilypondPage,
    LilypondStaff,
    read_lilypond_svg,
)
from scorebridge_lab.engrave.style import Style
from scorebridge_lab.errors import LabError

HOOK = Path(__file__).with_name("lilypond_hook.ly")
CPU_LIMIT = 240.0  # s of processor time for one piece
WALL_FACTOR = 8  # wall-clock limit in units of the processor limit
SCORE_GAP = 0.5  # s of silence between the scores of one file
MIN_SHARE = 0.9  # minimum share of sounding noteheads that have an onset
SOURCE_SUFFIXES = (".ly", ".ily", ".lyi")


class EngravingError(LabError):
    """LilyPond cannot engrave a piece, or its pages and MIDI disagree."""


def program(name: str = "lilypond") -> Path:
    """Path of a program of the wheel `lilypond`. Raises LabError without the wheel."""
    try:
        return Path(importlib.import_module("lilypond").executable(name))
    except ImportError:
        raise LabError("The wheel `lilypond` is missing: pip install lilypond") from None


def prepare(folder: Path) -> None:
    """Convert all sources in `folder` to current syntax, UTF-8 and folded repeats."""
    files = sorted(p for p in folder.rglob("*") if p.suffix in SOURCE_SUFFIXES)
    texts = {path: _decode(path.read_bytes()) for path in files}
    versions = [v for t in texts.values() for v in re.findall(r'\\version\s*"([\d.]+)"', t)]
    oldest = min(versions, key=_version, default="2.10.0")
    unmarked = []
    for path, text in texts.items():
        path.write_text(text, encoding="utf-8")
        if r"\version" not in text:
            unmarked.append(path)
    marked = [p for p in files if p not in unmarked]
    for paths, options in ((marked, []), (unmarked, [f"--from={oldest}"])):
        if paths:
            command = [str(program("convert-ly")), "-e", *options, *(str(p) for p in paths)]
            subprocess.run(command, capture_output=True, check=False, timeout=120)
    for path in files:
        path.write_text(fold_repeats(path.read_text(encoding="utf-8")), encoding="utf-8")
        path.with_name(path.name + "~").unlink(missing_ok=True)


def fold_repeats(text: str) -> str:
    r"""Remove `\unfoldRepeats` and `\articulate`, so that the MIDI follows the page."""
    text = re.sub(r"\\(unfoldRepeats|articulate)\b", " ", text)
    return re.sub(r"\\applyMusic\s*#\(?unfold-repeats[\w-]*\)?", " ", text)


def _decode(data: bytes) -> str:
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return data.decode("latin-1")


def _version(text: str) -> tuple[int, ...]:
    return tuple(int(v) for v in text.split(".") if v)


def run_lilypond(
    main: Path, out: Path, limit_s: float = CPU_LIMIT, settings: Path | None = None
) -> int:
    """Run LilyPond on `main`; pages and MIDI files go to `out`.

    settings : file of LilyPond settings, read before the piece.

    Returns the number of errors that LilyPond recovered from; it omits what it does not understand
    from page and MIDI alike. Raises EngravingError where it prints nothing, or exceeds the limit.
    """
    out.mkdir(parents=True, exist_ok=True)
    command = [str(program()), "--loglevel=ERROR", "-dbackend=svg", "--svg"]
    command += ["-dno-point-and-click"]
    command += [f"-dinclude-settings={file}" for file in (HOOK, settings) if file]
    command += [f"--include={main.parent}", f"--output={out}", str(main)]
    command = ["prlimit", f"--cpu={limit_s:.0f}", *command]
    try:
        done = subprocess.run(
            command,
            capture_output=True,
            check=False,
            timeout=limit_s * WALL_FACTOR,
            cwd=main.parent,
        )
    except FileNotFoundError as error:
        raise LabError(f"{error.filename} is not installed: apt-get install util-linux") from None
    except subprocess.TimeoutExpired:
        done = None
    if done is None or done.returncode in (-signal.SIGXCPU, -signal.SIGKILL):
        raise EngravingError(f"time: no end after {limit_s:.0f} s")
    lines = done.stderr.decode(errors="replace").strip().splitlines()
    errors = [line for line in lines if "error" in line.lower()]
    if not any(out.glob("*.svg")):
        reason = errors[0].split("error:")[-1].strip() if errors else "nothing printed"
        raise EngravingError(f"lilypond: {reason[:120]}")
    return len(errors)


def numbered_files(folder: Path, ending: str) -> list[Path]:
    """Files `b000.svg`, `b000-1.svg`, `b001-1.svg`, ... in the order of the pages."""

    def key(path: Path) -> tuple[int, int]:
        book, _, number = path.stem.partition("-")
        return int(book[1:]), int(number or 0)

    return sorted(folder.glob(f"b[0-9][0-9][0-9]*{ending}"), key=key)


def font_folders() -> list[str]:
    """Folders of the text fonts in the wheel `lilypond`."""
    fonts = program().parents[1] / "share" / "lilypond"
    return [str(path) for path in fonts.glob("*/fonts/otf")]


def rasterise(svg: str, width: int = PAGE_WIDTH) -> NDArray[np.uint8]:
    """One page as grey image, uint8 [height, width], white = 255."""
    import resvg_py

    png = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width,
        background="#ffffff",
        dpi=96,  # sizes are in mm; left at 0 they come out as nothing
        skip_system_fonts=True,
        font_dirs=font_folders(),
        serif_family="C059",
        sans_serif_family="Nimbus Sans",
        font_family="C059",
    )
    image = cv2.imdecode(np.frombuffer(bytes(png), np.uint8), cv2.IMREAD_GRAYSCALE)
    return np.asarray(image, np.uint8)


def read_systems(
    drawings: Sequence[LilypondPage], width: int = PAGE_WIDTH
) -> tuple[NDArray[Any], dict[int, int], dict[int, int]]:
    """Systems in reading order, from the staves of all pages.

    width : page width, px.
    Returns `SYSTEM` records in px, the record's number for each system id, and for each
    staff id its number in its system (pieces of one staff share the number).
    """
    rows, staff_number = [], {}
    for page, drawing in enumerate(drawings):
        scale = width / drawing.width
        members: dict[int, list[LilypondStaff]] = {}
        for staff in drawing.staves:
            members.setdefault(staff.system, []).append(staff)
        for system, staves in sorted(members.items(), key=lambda m: min(s.y0 for s in m[1])):
            number, last = -1, -1e9
            for staff in sorted(staves, key=lambda s: s.y0):
                if staff.y0 - last > 0.5:
                    number += 1
                last = staff.y0
                staff_number[staff.id] = number
            full = [s for s in staves if s.lines > 1] or staves
            spaces = [(s.y1 - s.y0) / (s.lines - 1) for s in full if s.lines > 1] or [1.0]
            edges = (
                min(s.x0 for s in staves),
                max(s.x1 for s in staves),
                min(s.y0 for s in staves),
                max(s.y1 for s in staves),
                float(np.median(spaces)),
            )
            rows.append((system, (page, *(scale * e for e in edges))))
    records = np.array([row for _, row in rows], SYSTEM)
    return records, {system: k for k, (system, _) in enumerate(rows)}, staff_number


def sounding(
    heads: Sequence[LilypondHead], order: Sequence[int], performances: Sequence[MidiEvents]
) -> tuple[NDArray[np.float64], NDArray[Any]]:
    """Onsets of noteheads and all events; the scores of one file follow each other.

    Parameters
    ----------
    order : score ids as printed; performance k plays score k.

    Raises EngravingError where there are not as many performances as scores.
    """
    if len(order) != len(performances):
        raise EngravingError(
            f"disagree: {len(order)} scores printed, {len(performances)} performed"
        )
    onsets, events, start = np.full(len(heads), np.nan), [], 0.0
    for score, performance in zip(order, performances, strict=True):
        mine = np.array([k for k, h in enumerate(heads) if h.score == score], np.int64)
        if len(mine):
            ticks = ticks_of([(heads[k].moment, heads[k].grace) for k in mine])
            pitches = np.array([heads[k].pitch for k in mine], np.int64)
            onsets[mine] = joined_onsets(performance, ticks, pitches) + start
        if len(performance.events):
            moved = performance.events.copy()
            moved["onset"] += start
            events.append(moved)
            start = float((moved["onset"] + moved["duration"]).max()) + SCORE_GAP
    return onsets, np.concatenate(events) if events else np.zeros(0, EVENT)


def read_engraving(
    name: str, out: Path, meta: dict[str, Any] | None = None, width: int = PAGE_WIDTH
) -> Engraving:
    """Read the pages and MIDI files that `run_lilypond` wrote to `out`.

    width : page width, px.
    The counts are added to `meta`: noteheads, tied (noteheads at the end of a tie), aligned
    (noteheads with an onset), share (of the noteheads that are not tied, those with an onset),
    played (share of the events that start at a notehead).
    """
    texts = [path.read_text(encoding="utf-8") for path in numbered_files(out, ".svg")]
    drawings = [read_lilypond_svg(text) for text in texts]
    systems, system_number, staff_number = read_systems(drawings, width)
    heads, pages = [], []
    for page, drawing in enumerate(drawings):
        seen = {}  # a head that is drawn twice (merged by hand) is one head
        for head in drawing.heads:
            if head.system in system_number:
                seen[round(head.x, 2), round(head.y, 2), head.pitch, head.moment] = head
        # reading order: system, then left to right, then top down
        found = sorted(seen.values(), key=lambda h: (system_number[h.system], h.x, h.y))
        heads += found
        pages += [page] * len(found)
    if not heads:
        raise EngravingError("lilypond: no notes printed")
    order = list(dict.fromkeys(h.score for h in _staves_in_order(drawings)))
    performances = [read_midi(path) for path in numbered_files(out, ".midi")]
    onsets, events = sounding(heads, order, performances)
    notes = np.zeros(len(heads), NOTE)
    for k, (page, head) in enumerate(zip(pages, heads, strict=True)):
        scale = width / drawings[page].width
        notes[k] = (
            page,
            system_number[head.system],
            staff_number.get(head.staff, 0),
            scale * head.x,
            scale * head.y,
            head.pitch,
            onsets[k],
        )
    tied = set().union(*(d.tied for d in drawings))
    aligned = ~np.isnan(onsets)
    continued = np.array([h.id in tied for h in heads])
    should = ~continued | aligned
    struck = set(zip(onsets[aligned].tolist(), notes["pitch"][aligned].tolist(), strict=True))
    played = [(e["onset"], e["pitch"]) in struck for e in events]
    counts = {
        "scores": len(order),
        "noteheads": len(heads),
        "tied": int(continued.sum()),
        "events": len(events),
        "aligned": int(aligned.sum()),
        "share": round(float(aligned[should].mean()), 4),
        "played": round(float(np.mean(played)), 4) if played else 0.0,
    }
    images = [rasterise(text, width) for text in texts]
    bars, marks = bars_and_marks(drawings, heads, onsets, events, staff_number)
    return Engraving(
        name=name,
        pages=images,
        systems=systems,
        notes=notes,
        events=events,
        meta={**(meta or {}), **counts},
        staves=_staff_table(drawings, system_number, staff_number, width),
        barlines=barline_records(drawings, system_number, width),
        bars=bars,
        marks=marks,
        drawings=tuple(texts),
    )


def _staff_table(
    drawings: Sequence[LilypondPage],
    system_number: dict[int, int],
    staff_number: dict[int, int],
    width: int,
) -> NDArray[Any]:
    rows = []
    for page, drawing in enumerate(drawings):
        scale = width / drawing.width
        for s in drawing.staves:
            place = (page, system_number[s.system], staff_number[s.id], s.lines)
            rows.append((*place, *(scale * v for v in (s.x0, s.x1, s.y0, s.y1))))
    return np.array(sorted(rows, key=lambda r: r[1:3]), STAFF)


def _staves_in_order(drawings: Iterable[LilypondPage]) -> list[LilypondStaff]:
    return [s for d in drawings for s in sorted(d.staves, key=lambda s: s.y0)]


def engrave_lilypond(
    main: Path,
    folder: Path,
    name: str,
    meta: dict[str, Any] | None = None,
    limit_s: float = CPU_LIMIT,
    style: Style | None = None,
    width: int = PAGE_WIDTH,
) -> Engraving:
    """Engrave `main`, a file in `folder` beside the files it includes. Files there are changed.

    style : None keeps the layout of the source.
    Raises EngravingError whose text begins with the cause: `time:`, `lilypond:` (the source does
    not compile) or `disagree:` (pages and MIDI do not belong together).
    """
    prepare(folder)
    settings = None
    if style is not None:
        for path in (p for p in folder.rglob("*") if p.suffix in SOURCE_SUFFIXES):
            path.write_text(restyle(path.read_text(encoding="utf-8")), encoding="utf-8")
        settings = folder / "scorebridge-style.ily"
        settings.write_text(settings_of(style), encoding="utf-8")
    errors = run_lilypond(main, folder / "out", limit_s, settings)
    meta = {**(meta or {}), "engraver": "LilyPond " + program_version(), "errors": errors}
    engraving = read_engraving(name, folder / "out", meta, width)
    if engraving.meta["share"] < MIN_SHARE:
        raise EngravingError(
            f"disagree: only {engraving.meta['share']:.0%} of the noteheads have an onset"
        )
    return engraving


def program_version() -> str:
    """Version of the LilyPond program, such as '2.25.12'."""
    done = subprocess.run([str(program()), "--version"], capture_output=True, check=True, text=True)
    match = re.search(r"LilyPond ([\d.]+)", done.stdout)
    return match[1] if match else "unknown"
