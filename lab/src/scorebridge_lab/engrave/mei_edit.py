"""Edit a score as MEI before it is engraved: single parts, lead sheets, barlines, staff lines.

Verovio writes MEI of every source that it reads. The edits change how a score is laid out, never
the number of its notes or measures, but for parts, which have one staff, and for runs of measures
without music in them, which become one rest of many bars.
"""

from __future__ import annotations

import re
import xml.etree.ElementTree as ElementTree
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from scorebridge_lab.errors import LabError

_NAMESPACE = "http://www.music-encoding.org/ns/mei"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_TAG = re.compile(r"<[\w:]+(\s[^<>]*?)/?>")
_ATTRIBUTE = re.compile(r'\s([\w.:]+)="[^"]*"')
_PLAIN = ("", "single", "dashed", "dbl")  # barlines that may change into each other
_RESTS = ("mRest", "rest", "space", "mSpace", "layer")
CHORDS = ("", "m", "7", "m7", "maj7", "6", "sus4", "dim", "7b9", "add9", "/G", "9")
ROOTS = ("C", "D", "E", "F", "G", "A", "B", "Bb", "Eb", "F#", "Ab", "C#")


@dataclass(frozen=True)
class MeiEdit:
    """What is changed."""

    staff: int | None = None
    """Keep this staff alone, from 0."""
    join_rests: bool = False
    """Measures of rest in a row become one rest of many bars (of a single staff)."""
    chords: bool = False
    """Chord names above the staff."""
    unjoined: bool = False
    """Barlines staff by staff."""
    symbol: str = ""
    """'brace', 'bracket' or 'none' left of all staves in place of the source's; '': as it is."""
    left_line: bool | None = None
    dashed: float = 0.0
    """Share of the single barlines that are dashed; likewise double, and repeat signs."""
    double: float = 0.0
    repeats: float = 0.0
    percussion: tuple[int, ...] = ()
    """Staves of one line, from 0."""
    lines: int = 5
    """Lines of every other staff."""


def parse(mei: str) -> ElementTree.Element:
    """The tree of an MEI document. Raises LabError where it is none."""
    mei = mei.replace(f' xmlns="{_NAMESPACE}"', "", 1)  # so that tags are plain names
    try:
        return ElementTree.fromstring(mei)
    except ElementTree.ParseError:
        pass
    try:  # Verovio 6.4 writes an attribute twice in the MEI of some kern files
        return ElementTree.fromstring(_TAG.sub(_once, mei))
    except ElementTree.ParseError as error:
        raise LabError(f"Verovio's MEI cannot be read: {error}") from None


def _once(match: re.Match[str]) -> str:
    """A tag without attributes that it has already."""
    seen: set[str] = set()

    def keep(attribute: re.Match[str]) -> str:
        known = attribute[1] in seen
        seen.add(attribute[1])
        return "" if known else attribute[0]

    return _ATTRIBUTE.sub(keep, match[0])


def staff_count(root: ElementTree.Element) -> int:
    """Staves of the score's first definition."""
    definition = next(root.iter("scoreDef"), None)
    return 0 if definition is None else len(list(definition.iter("staffDef")))


def edited(mei: str, edit: MeiEdit, rng: np.random.Generator) -> str:
    """The MEI of a score with some changes. Raises LabError where it cannot be read."""
    root = parse(mei)
    names = [d.get("n", "") for d in _definitions(root)]
    if edit.staff is not None:
        _keep_staff(root, names[edit.staff])
        names = [names[edit.staff]]
        for parent in list(root.iter()):
            for child in [c for c in parent if c.tag in ("sb", "pb")]:
                parent.remove(child)
    _set_definitions(root, edit)
    for k in edit.percussion:
        _one_line(root, names[k])
    if edit.lines != 5:
        for definition in root.iter("staffDef"):
            definition.set("lines", str(edit.lines))
    _set_barlines(root, edit, rng)
    if edit.join_rests:
        _join_rests(root)
    if edit.chords:
        _add_chords(root, names[0], rng)
    root.set("xmlns", _NAMESPACE)
    return ElementTree.tostring(root, encoding="unicode")


def _definitions(root: ElementTree.Element) -> list[ElementTree.Element]:
    definition = next(root.iter("scoreDef"), None)
    found = [] if definition is None else list(definition.iter("staffDef"))
    if not found:
        raise LabError("the MEI defines no staff")
    return found


def _keep_staff(root: ElementTree.Element, name: str) -> None:
    """Remove all other staves and the marks that belong to them."""
    for measure in root.iter("measure"):
        for staff in measure.findall("staff"):
            if staff.get("n") != name:
                measure.remove(staff)
        kept = {e.get(_ID) for e in measure.iter()}
        for mark in list(measure):
            if mark.tag == "staff":
                continue
            start = mark.get("startid", "").removeprefix("#")
            other = mark.get("staff") not in (None, name)
            everywhere = mark.tag in ("tempo", "reh")
            if (other and not everywhere) or (start and start not in kept):
                measure.remove(mark)
            elif everywhere and "staff" in mark.attrib:
                mark.set("staff", name)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "staffDef" and child.get("n") != name:
                parent.remove(child)
    for parent in list(root.iter()):
        for child in list(parent):
            if child.tag == "staffGrp" and next(child.iter("staffDef"), None) is None:
                parent.remove(child)
    for group in root.iter("staffGrp"):
        group.attrib.pop("symbol", None)
        for child in list(group):
            if child.tag in ("grpSym", "label", "labelAbbr"):
                group.remove(child)


def _set_definitions(root: ElementTree.Element, edit: MeiEdit) -> None:
    """Joined barlines, braces and brackets, the line at the left."""
    for definition in root.iter("scoreDef"):
        if edit.left_line is not None:
            definition.set("system.leftline", "true" if edit.left_line else "false")
        for depth, group in enumerate(definition.iter("staffGrp")):
            if edit.unjoined:
                group.set("bar.thru", "false")
            if edit.symbol:
                group.attrib.pop("symbol", None)
                for child in group.findall("grpSym"):
                    group.remove(child)
                if depth == 0 and edit.symbol != "none":
                    group.set("symbol", edit.symbol)


def _one_line(root: ElementTree.Element, name: str) -> None:
    """Make a percussion staff of one line of a staff: all notes lie on the line."""
    for definition in root.iter("staffDef"):
        if definition.get("n") != name:
            continue
        definition.set("lines", "1")
        for old in ("clef", "keySig"):
            for child in definition.findall(old):
                definition.remove(child)
        for attribute in [a for a in definition.attrib if a.startswith(("clef", "key"))]:
            del definition.attrib[attribute]
        definition.set("clef.shape", "perc")
        definition.set("clef.line", "1")
    for staff in root.iter("staff"):
        if staff.get("n") != name:
            continue
        for parent in list(staff.iter()):
            notes = [c for c in parent if c.tag == "note"]
            for note in notes[1:] if parent.tag == "chord" else ():
                parent.remove(note)
            for child in [c for c in parent if c.tag in ("clef", "accid")]:
                parent.remove(child)
        for note in staff.iter("note"):
            for attribute in ("pname", "oct", "accid", "accid.ges", "stem.dir"):
                note.attrib.pop(attribute, None)
            note.set("loc", "0")


def _set_barlines(root: ElementTree.Element, edit: MeiEdit, rng: np.random.Generator) -> None:
    """Some single barlines become dashed or double ones or repeat signs."""
    if not (edit.dashed or edit.double or edit.repeats):
        return
    measures = list(root.iter("measure"))
    for measure in measures[:-1]:
        if measure.get("right", "") not in ("", "single"):
            continue
        draw = rng.random()
        for share, kind in (
            (edit.dashed, "dashed"),
            (edit.double, "dbl"),
            (edit.repeats, str(rng.choice(["rptend", "rptstart", "rptboth"]))),
        ):
            if draw < share:
                measure.set("right", kind)
                break
            draw -= share


def _is_rest(measure: ElementTree.Element) -> bool:
    """Whether nothing is played in a measure, and nothing but rests is printed there."""
    staves = measure.findall("staff")
    if not staves or len(staves) != len(list(measure)):
        return False  # a mark stands in it
    return all(e.tag in _RESTS for s in staves for e in s.iter() if e is not s) and any(
        True for s in staves for _ in s.iter("layer")
    )


def _runs(parent: ElementTree.Element) -> Iterator[list[ElementTree.Element]]:
    """Runs of measures of rest among the children of an element."""
    run: list[ElementTree.Element] = []
    for child in [*parent, None]:
        fits = child is not None and child.tag == "measure" and _is_rest(child)
        if fits and child is not None and not (run and child.get("left", "") not in _PLAIN):
            run.append(child)
            if child.get("right", "") in ("", "single"):
                continue
        if len(run) > 1:
            yield run
        run = []


def _join_rests(root: ElementTree.Element) -> None:
    for parent in list(root.iter()):
        for run in list(_runs(parent)):
            first, last = run[0], run[-1]
            if "right" in last.attrib:
                first.set("right", last.get("right", ""))
            layer = next(first.iter("layer"))
            for child in list(layer):
                layer.remove(child)
            ElementTree.SubElement(layer, "multiRest", {"num": str(len(run))})
            for measure in run[1:]:
                parent.remove(measure)


def _add_chords(root: ElementTree.Element, staff: str, rng: np.random.Generator) -> None:
    """Chord names at the beginnings of measures, sometimes in their middle."""
    some = rng.choice(ROOTS, size=5, replace=False)
    for measure in root.iter("measure"):
        beats = [1.0] if rng.random() < 0.85 else []
        beats += [3.0] if rng.random() < 0.3 else []
        for beat in beats:
            name = str(rng.choice(some)) + str(rng.choice(CHORDS))
            at = {"staff": staff, "tstamp": f"{beat:g}", "place": "above"}
            ElementTree.SubElement(measure, "harm", at).text = name


def draw_edit(
    group: str, staves: int, part: bool, labels: Sequence[str], rng: np.random.Generator
) -> MeiEdit:
    """A random edit of a score of `staves` staves.

    group : one of the groups of `dataset/page_works.py`. part : whether one staff is kept.
    labels : names of the staves, for percussion.
    """

    def share(chance: float, low: float, high: float) -> float:
        value = float(rng.uniform(low, high))
        return value if rng.random() < chance else 0.0

    barlines = MeiEdit(
        dashed=share(0.06, 0.05, 0.5),
        double=share(0.15, 0.02, 0.15),
        repeats=share(0.15, 0.02, 0.12),
    )
    if part:
        lead = group == "lead sheet"
        return replace(
            barlines,
            staff=0 if lead and rng.random() < 0.7 else int(rng.integers(staves)),
            join_rests=not lead or rng.random() < 0.5,
            chords=lead,
            left_line=True if rng.random() < 0.25 else None,
            lines=4 if not lead and rng.random() < 0.04 else 5,
        )
    choirs = {"choir": 0.45, "chamber": 0.35, "orchestra": 0.25}
    other = rng.random() < choirs.get(group, 0.1)
    keyboard = group in ("song", "organ")
    symbol = str(rng.choice(["bracket", "none", "brace", ""], p=[0.35, 0.25, 0.15, 0.25]))
    drums = [k for k, name in enumerate(labels) if _DRUMS.search(name)]
    if not drums and group in ("orchestra", "chamber") and staves > 2 and rng.random() < 0.06:
        drums = [int(rng.integers(1, staves))]
    return replace(
        barlines,
        unjoined=other and rng.random() < 0.8,
        symbol=("brace" if keyboard else symbol) if other else "",
        left_line=False if rng.random() < 0.04 else None,
        percussion=tuple(drums) if rng.random() < 0.6 and len(drums) < staves else (),
    )


_DRUMS = re.compile(r"tamb|piatt|drum|cassa|triang|perc|cymb|gong", re.I)


def labels_of(mei: str) -> list[str]:
    """Names of the staves from the top; '' where a staff has none."""
    out = []
    for definition in _definitions(parse(mei)):
        label = definition.find("label")
        out.append("" if label is None else "".join(label.itertext()).strip())
    return out
