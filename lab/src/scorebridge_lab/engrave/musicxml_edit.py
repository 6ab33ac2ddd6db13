"""Edit MusicXML before it is engraved: its own layout, single parts, measures, chord names."""

from __future__ import annotations

import copy
import re
import xml.etree.ElementTree as ElementTree

import numpy as np

from scorebridge_lab.errors import LabError

_LASTING = ("divisions", "key", "time", "staves", "part-symbol", "instruments", "clef")
_LASTING += ("staff-details", "transpose")
"""Attributes that hold until they change, in the order of the schema."""
CHORD_SHARE = 0.85  # of the measures
CHORD_KINDS = ("major", "minor", "dominant", "minor-seventh", "major-seventh", "diminished")


def plain_musicxml(text: str) -> str:
    """MusicXML without page sizes and breaks of its own."""
    text = re.sub(r"<defaults>.*?</defaults>", "", text, flags=re.S)
    text = re.sub(r"<print\b[^>]*/>", "", text)
    return re.sub(r"<print\b.*?</print>", "", text, flags=re.S)


def keep_part(text: str, which: int) -> str:
    """MusicXML with one part alone. Raises LabError where there is no such part."""
    root = ElementTree.fromstring(text)
    parts = root.findall("part")
    if which >= len(parts):
        raise LabError(f"{len(parts)} parts where part {which + 1} is asked for")
    wanted = parts[which].get("id")
    for part in parts:
        if part.get("id") != wanted:
            root.remove(part)
    listing = root.find("part-list")
    for entry in list(listing if listing is not None else ()):
        if entry.get("id") != wanted and listing is not None:
            listing.remove(entry)
    return ElementTree.tostring(root, encoding="unicode")


def part_staves(text: str) -> list[int]:
    """Number of staves of each part of MusicXML."""
    root = ElementTree.fromstring(text)
    return [
        max([int(s.text or 1) for s in part.iter("staves")], default=1)
        for part in root.findall("part")
    ]


def measure_count(text: str) -> int:
    """Measures of the first part."""
    part = ElementTree.fromstring(text).find("part")
    return 0 if part is None else len(part.findall("measure"))


def cut_measures(text: str, first: int, count: int) -> str:
    """At most `count` measures from `first` (from 0) on, with the attributes that hold there."""
    root = ElementTree.fromstring(text)
    for part in root.findall("part"):
        measures = part.findall("measure")
        holding: dict[tuple[str, str], ElementTree.Element] = {}
        for measure in measures[:first]:
            for attributes in measure.findall("attributes"):
                for child in attributes:
                    if child.tag in _LASTING:
                        holding[child.tag, child.get("number", "")] = child
        kept = measures[first : first + count]
        for measure in measures:
            if measure not in kept:
                part.remove(measure)
        if kept and holding:
            known = sorted(holding.items(), key=lambda item: _LASTING.index(item[0][0]))
            attributes = ElementTree.Element("attributes")
            attributes.extend(copy.deepcopy(child) for _, child in known)
            kept[0].insert(0, attributes)
    return ElementTree.tostring(root, encoding="unicode")


def add_chords(text: str, rng: np.random.Generator) -> str:
    """MusicXML with chord names at the beginnings of most measures of its first part."""
    root = ElementTree.fromstring(text)
    part = root.find("part")
    some = [str(s) for s in rng.choice(list("CDEFGAB"), size=4, replace=False)]
    for measure in part.findall("measure") if part is not None else ():
        at = next((k for k, child in enumerate(measure) if child.tag == "note"), None)
        if at is None or rng.random() > CHORD_SHARE:
            continue
        harmony = ElementTree.Element("harmony")
        step = ElementTree.SubElement(ElementTree.SubElement(harmony, "root"), "root-step")
        step.text = str(rng.choice(some))
        if rng.random() < 0.2:
            alter = ElementTree.SubElement(harmony[0], "root-alter")
            alter.text = str(rng.choice([-1, 1]))
        ElementTree.SubElement(harmony, "kind").text = str(rng.choice(CHORD_KINDS))
        measure.insert(at, harmony)
    return ElementTree.tostring(root, encoding="unicode")
