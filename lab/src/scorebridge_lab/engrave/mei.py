"""Read Verovio's MEI: ties, pitches, marks, bars and repeats, which its time map lacks.

MEI is read as a sequence of tags, not parsed as XML: Verovio 6.4 writes an attribute twice in the
MEI of some kern files. Ids join it with the time map and the SVG.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.engrave.engraving import BAR, MARK, MARK_KINDS, REPEAT_ENDS, REPEAT_STARTS

_TAG = re.compile(r"<(/?)(\w+)\b([^>]*?)/?>")
_ATTRIBUTE = re.compile(r'([\w.:]+)="([^"]*)"')
_TRANSPOSED = re.compile(r'trans\.semi="-?[1-9]')
_STEPS = {"c": 0, "d": 2, "e": 4, "f": 5, "g": 7, "a": 9, "b": 11}
_ALTERED = {"s": 1, "f": -1, "ss": 2, "x": 2, "ff": -2, "xs": 3, "sx": 3, "ts": 3, "tf": -3}
_CONTROLS = {"trill": "trill", "turn": "turn", "arpeg": "arpeggio", "fermata": "fermata"}
_ARTICULATIONS = {
    "stacc": "staccato",
    "stacciss": "staccato",
    "spicc": "staccato",
    "ten": "tenuto",
    "acc": "accent",
    "marc": "accent",
    "stroke": "staccato",
}


@dataclass
class _Measure:
    left: str
    right: str
    ending: int


@dataclass
class MeiContent:
    """The content of one MEI document, by id."""

    ties: dict[str, str] = field(default_factory=dict)
    """Note to the next note of its tie."""
    measures: dict[str, _Measure] = field(default_factory=dict)
    members: dict[str, list[str]] = field(default_factory=dict)
    """Chord to its notes."""
    staff: dict[str, int] = field(default_factory=dict)
    """Note to staff, from 0."""
    marks: list[tuple[str, str, str]] = field(default_factory=list)
    """(one of MARK_KINDS, id of a note or chord, id of where it ends or '')."""
    pitches: dict[str, int] = field(default_factory=dict)
    """Note to MIDI pitch; empty where a part transposes."""
    pedals: list[tuple[str, float, str]] = field(default_factory=list)
    """(measure, beat from 1, 'down', 'up' or 'bounce')."""
    programs: dict[int, int] = field(default_factory=dict)
    """Staff, from 0, to the General MIDI program of its instrument, where the source names one."""


def _passes(text: str | None) -> int:
    """Bits of the passes in which a volta is played, from its label ('1.', '1, 2', '2 volta')."""
    bits = 0
    for digit in re.findall(r"\d+", text or ""):
        if 1 <= int(digit) <= 12:
            bits |= 1 << (int(digit) - 1)
    return bits


def read_mei(mei: str) -> MeiContent:
    """Read one MEI document."""
    found = MeiContent()
    staff, measure, ending, chord, carrier, note = 0, "", 0, "", "", ""
    for closing, tag, text in _TAG.findall(mei):
        if closing:
            ending = 0 if tag == "ending" else ending
            chord = "" if tag == "chord" else chord
            continue
        at = dict(_ATTRIBUTE.findall(text))
        identity = at.get("xml:id", "")
        start, end = (at.get(k, "").removeprefix("#") for k in ("startid", "endid"))
        match tag:
            case "ending":
                ending = _passes(at.get("n"))
            case "measure":
                measure = identity
                found.measures[identity] = _Measure(at.get("left", ""), at.get("right", ""), ending)
            case "staffDef":
                staff = int(at["n"]) - 1 if at.get("n", "").isdigit() else 0
            case "instrDef" if at.get("midi.instrnum", "").isdigit():
                found.programs.setdefault(staff, int(at["midi.instrnum"]))
            case "staff":
                staff = int(at["n"]) - 1 if at.get("n", "").isdigit() else 0
            case "chord":
                chord = carrier = identity
                found.members[identity] = []
                _articulated(found, identity, at.get("artic", ""))
            case "note":
                note = identity
                found.staff[note] = staff
                if at.get("pname", "") in _STEPS and "pnum" not in at:
                    octave = int(at.get("oct.ges") or at.get("oct") or 4)
                    found.pitches[note] = 12 * (octave + 1) + _STEPS[at["pname"]] + _altered(at)
                if chord:
                    found.members[chord].append(identity)
                else:
                    carrier = identity
                if "grace" in at:
                    found.marks.append(("grace", identity, ""))
                _articulated(found, identity, at.get("artic", ""))
            case "accid" if note in found.pitches:
                found.pitches[note] += _altered(at)
            case "artic":
                _articulated(found, carrier, at.get("artic", ""))
            case "tie" if start and end:
                found.ties[start] = end
            case "slur" if start and end:
                found.marks.append(("slur", start, end))
            case "mordent" if start:
                kind = "prall" if at.get("form") == "upper" else "mordent"
                found.marks.append((kind, start, ""))
            case "arpeg" if at.get("plist"):
                for part in at["plist"].split():
                    found.marks.append(("arpeggio", part.removeprefix("#"), ""))
            case "pedal" if "tstamp" in at:
                found.pedals.append((measure, float(at["tstamp"]), at.get("dir", "")))
            case _ if tag in _CONTROLS and start:
                found.marks.append((_CONTROLS[tag], start, end))
    if _TRANSPOSED.search(mei):
        found.pitches.clear()
    return found


def _altered(at: dict[str, str]) -> int:
    """Semitones by which the attributes of a note or an accidental alter it."""
    return _ALTERED.get(at.get("accid.ges") or at.get("accid", ""), 0)


def _articulated(found: MeiContent, carrier: str, names: str) -> None:
    for name in names.split():
        if name in _ARTICULATIONS and carrier:
            found.marks.append((_ARTICULATIONS[name], carrier, ""))


def bar_records(
    found: MeiContent, timemap: list[dict[str, Any]], end: float, stretch: float
) -> NDArray[Any]:
    """`BAR` records in printed order. end : nominal seconds at which the music ends."""
    starts = [
        (entry["tstamp"] / 1000 * stretch, entry["measureOn"])
        for entry in timemap
        if "measureOn" in entry
    ]
    bars = np.zeros(len(starts), BAR)
    for k, (onset, name) in enumerate(starts):
        measure = found.measures.get(name, _Measure("", "", 0))
        until = starts[k + 1][0] if k + 1 < len(starts) else max(end, onset)
        repeat = REPEAT_STARTS * ("rptstart" in measure.left)
        repeat |= REPEAT_ENDS * ("rptend" in measure.right or "rptboth" in measure.right)
        if k and found.measures.get(starts[k - 1][1], measure).right == "rptboth":
            repeat |= REPEAT_STARTS
        bars[k] = (onset, until, repeat, measure.ending)
    return bars


def mark_records(
    found: MeiContent,
    times: dict[str, tuple[float, float]],
    pitches: dict[str, int],
    bars: NDArray[Any],
    timemap: list[dict[str, Any]],
    stretch: float,
) -> NDArray[Any]:
    """`MARK` records, by onset.

    times : note id to nominal onset and end. pitches : note id to MIDI pitch.
    """
    records = []
    for kind, start, end in found.marks:
        notes = [n for n in found.members.get(start, [start]) if n in times]
        last = [n for n in found.members.get(end, [end]) if n in times]
        if not notes:
            continue
        onset = times[notes[0]][0]
        until = max((times[n][0] for n in last), default=onset)
        if kind in ("arpeggio", "fermata", "slur"):
            notes = notes[:1]  # they apply to all notes of the onset
        for note in notes:
            pitch = 0 if kind in ("arpeggio", "fermata", "slur") else pitches.get(note, 0)
            row = (
                MARK_KINDS.index(kind),
                onset,
                max(onset, until),
                found.staff.get(note, 0),
                pitch,
            )
            records.append(row)
    records += _pedal_marks(found, bars, timemap, stretch)
    return np.array(sorted(set(records), key=lambda r: (r[1], r[0], r[4])), MARK)


def _pedal_marks(
    found: MeiContent, bars: NDArray[Any], timemap: list[dict[str, Any]], stretch: float
) -> list[tuple[int, float, float, int, int]]:
    """Spans between 'Ped.' and its star; a beat counts as a quarter."""
    names = [entry["measureOn"] for entry in timemap if "measureOn" in entry]
    number = {name: k for k, name in enumerate(names)}
    quarter = np.array([e["qstamp"] for e in timemap], np.float64)
    second = np.array([e["tstamp"] / 1000 * stretch for e in timemap], np.float64)
    out, down = [], None
    for measure, beat, direction in found.pedals:
        if measure not in number:
            continue
        bar = bars[number[measure]]
        first = float(np.interp(bar["onset"], second, quarter))
        at = min(float(np.interp(first + beat - 1, quarter, second)), float(bar["end"]))
        if down is not None and direction in ("up", "bounce", "down") and at > down:
            out.append((MARK_KINDS.index("pedal"), down, at, 1, 0))
            down = None
        if direction in ("down", "bounce"):
            down = at
    return out
