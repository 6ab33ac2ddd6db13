"""A score's picture, its bars and a performance of it as MEI.

`<facsimile>` has a `<surface>` for each page with its picture, and a `<zone>` for each
system, bar, and staff of a bar. `<performance>` has the `<recording>`, which is MEI's time line,
with a `<when>` for every bar played and for the end of each section; its `@data` names the bar. The
body holds the bars as empty `<measure>`s: `@facs` of it and of its `<staff>`s leads to the zone,
`@when` to the first time it is played (MEI allows one). No notes: an editor may fill them in.
A score that was encoded before staves were kept has no zones of staves: they lead to the bar's.

Follows MEI 5.1, modules facsimile, performance and cmn. Cost: a few ms.
"""

from __future__ import annotations

import xml.etree.ElementTree as ET
from collections.abc import Sequence
from itertools import pairwise
from pathlib import Path

import scorebridge
from scorebridge.errors import UsageError
from scorebridge.export.media import PageImage, Sound, pixels
from scorebridge.export.visits import Bar, printed_bars, visits_of
from scorebridge.types import Alignment, Box, Place

STAVES = 2  # of a system, where they are not known
NAMESPACE = "http://www.music-encoding.org/ns/mei"
SCHEMA = "https://music-encoding.org/schema/5.1/mei-CMN.rng"
ID = "{http://www.w3.org/XML/1998/namespace}id"


def document(
    alignment: Alignment,
    places: Sequence[Place],
    images: Sequence[PageImage],
    sound: Sound,
    title: str,
) -> str:
    """The MEI document as text, to be written as UTF-8.

    Parameters
    ----------
    alignment : of the pair.
    places : the systems of the score in reading order.
    images : of all pages that have systems; zones are in their pixels.

    Raises `UsageError` where a page's picture is missing.
    """
    if missing := {place.page for place in places} - {image.page for image in images}:
        raise UsageError(f"No picture of page {min(missing)}, which has systems.")
    bars = printed_bars(places)
    mei = ET.Element("mei", {"xmlns": NAMESPACE, "meiversion": "5.1"})
    _head(mei, alignment, title)
    music = _add(mei, "music")
    _facsimile(music, places, images, bars)
    first_when = _performance(music, alignment, sound, bars)
    _body(music, places, bars, first_when)
    ET.indent(mei, " ")
    model = '<?xml-model href="{}" type="application/xml" schematypens="{}"?>\n'
    kinds = ("http://relaxng.org/ns/structure/1.0", "http://purl.oclc.org/dsdl/schematron")
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        + "".join(model.format(SCHEMA, kind) for kind in kinds)
        + ET.tostring(mei, "unicode")
        + "\n"
    )


def _head(mei: ET.Element, alignment: Alignment, title: str) -> None:
    head = _add(mei, "meiHead")
    file = _add(head, "fileDesc")
    _add(_add(file, "titleStmt"), "title", text=title)
    _add(file, "pubStmt")
    sources = _add(file, "sourceDesc")
    for identifier, path in (
        ("source-score", alignment.score),
        ("source-rec", alignment.recording),
    ):
        bibl = _add(_add(sources, "source", {ID: identifier}), "bibl")
        _add(bibl, "title", text=Path(path).name)
    application = _add(
        _add(_add(head, "encodingDesc"), "appInfo"),
        "application",
        {ID: "scorebridge", "version": scorebridge.__version__},
    )
    _add(application, "name", text="Scorebridge")


def _facsimile(
    music: ET.Element, places: Sequence[Place], images: Sequence[PageImage], bars: Sequence[Bar]
) -> None:
    facsimile = _add(music, "facsimile", {ID: "facsimile", "decls": "#source-score"})
    for image in images:
        size = {"ulx": "0", "uly": "0", "lrx": str(image.width), "lry": str(image.height)}
        surface = _add(
            facsimile, "surface", {ID: f"page-{image.page}", "n": str(image.page), **size}
        )
        picture = {"target": image.url, "mimetype": image.format}
        _add(
            surface,
            "graphic",
            {**picture, "width": f"{image.width}px", "height": f"{image.height}px"},
        )
        for place in places:
            if place.page == image.page:
                _zone(surface, f"zone-{_system(place)}", "system", place.box, image)
                for k, bar in enumerate(bars):
                    if (bar.page, bar.system) != (place.page, place.system):
                        continue
                    if bar.number:
                        _zone(surface, f"zone-{_bar(bars, k)}", "measure", bar.box, image)
                    for n, (_, top, _, bottom) in enumerate(place.staves, 1):
                        box = (bar.box[0], top, bar.box[2], bottom)
                        _zone(surface, f"zone-{_bar(bars, k)}-staff-{n}", "staff", box, image)


def _zone(surface: ET.Element, name: str, kind: str, box: Box, image: PageImage) -> None:
    x, y, width, height = pixels(box, image.width, image.height)
    corners = {"ulx": str(x), "uly": str(y), "lrx": str(x + width), "lry": str(y + height)}
    _add(surface, "zone", {ID: name, "type": kind, **corners})


def _performance(
    music: ET.Element, alignment: Alignment, sound: Sound, bars: Sequence[Bar]
) -> dict[int, str]:
    """Add the recording; returns the first `<when>` of each bar (by its index)."""
    performance = _add(music, "performance", {ID: "performance", "decls": "#source-rec"})
    ends = {"begin": _clock(0), "end": _clock(sound.duration_s), "betype": "time"}
    recording = _add(performance, "recording", {ID: "recording", **ends})
    _add(recording, "avFile", {"target": sound.url, "mimetype": sound.format})
    index = {bar: k for k, bar in enumerate(bars)}
    visits = visits_of(alignment, bars)
    first: dict[int, str] = {}
    for k, visit in enumerate(visits):
        name, bar = f"when-{k + 1}", index[visit.bar]
        first.setdefault(bar, name)
        _when(recording, name, "start", visit.start_s, _bar(bars, bar))
    following = [*pairwise(visits), *((visit, None) for visit in visits[-1:])]
    for k, (visit, after) in enumerate(following, 1):
        if after is None or after.section != visit.section or after.start_s > visit.end_s + 1e-6:
            _when(recording, f"when-{k}-end", "end", visit.end_s, _bar(bars, index[visit.bar]))
    # In the order of time, as TEI asks of its <timeline>, on which <when> is modelled.
    recording[1:] = sorted(recording[1:], key=lambda when: when.get("absolute", ""))
    return first


def _when(recording: ET.Element, name: str, kind: str, time_s: float, bar: str) -> None:
    time = {"absolute": _clock(time_s), "abstype": "time"}
    _add(recording, "when", {ID: name, "type": kind, **time, "data": f"#{bar}"})


def _body(
    music: ET.Element,
    places: Sequence[Place],
    bars: Sequence[Bar],
    first_when: dict[int, str],
) -> None:
    score = _add(_add(_add(music, "body"), "mdiv"), "score")
    staves = max((len(place.staves) for place in places), default=0) or STAVES
    symbol = {"symbol": "brace"} if staves == 2 else {}
    group = _add(_add(score, "scoreDef"), "staffGrp", symbol)
    for n in range(1, staves + 1):
        _add(group, "staffDef", {"n": str(n), "lines": "5"})
    section = _add(score, "section")
    page = 0
    for place in places:
        if place.page != page:
            page = place.page
            _add(section, "pb", {"n": str(page), "facs": f"#page-{page}"})
        signs = map(_repeat_signs, place.repeats)
        _add(section, "sb", {"n": str(place.system), "facs": f"#zone-{_system(place)}"})
        for k, bar in enumerate(bars):
            if (bar.page, bar.system) != (place.page, place.system):
                continue
            name = _bar(bars, k)
            zone = name if bar.number else _system(place)
            facts = {ID: name, "facs": f"#zone-{zone}"}
            if bar.number:
                facts["n"] = bar.label or str(bar.number)
            else:
                facts["label"] = "a system in which no bars were found"
            facts |= next(signs, {})
            if k in first_when:
                facts["when"] = f"#{first_when[k]}"
            measure = _add(section, "measure", facts)
            for n in range(1, (len(place.staves) or staves) + 1):
                staff_zone = f"#zone-{name}-staff-{n}" if place.staves else f"#zone-{zone}"
                staff = _add(measure, "staff", {"n": str(n), "facs": staff_zone})
                _add(_add(staff, "layer", {"n": "1"}), "mSpace")


def _repeat_signs(signs: tuple[bool, bool]) -> dict[str, str]:
    """Attributes of a measure at whose begin or end a repeat sign stands."""
    opens, closes = signs
    return ({"left": "rptstart"} if opens else {}) | ({"right": "rptend"} if closes else {})


def _add(
    parent: ET.Element, tag: str, attributes: dict[str, str] | None = None, text: str = ""
) -> ET.Element:
    element = ET.SubElement(parent, tag, attributes or {})
    element.text = _legal(text) or None
    return element


def _legal(text: str) -> str:
    """Without the control characters that XML cannot hold (a file's name may have them)."""
    return "".join(c if c >= " " and not 0xD800 <= ord(c) < 0xE000 else "\ufffd" for c in text)


def _system(place: Place) -> str:
    return f"system-{place.page}-{place.system}"


def _bar(bars: Sequence[Bar], k: int) -> str:
    bar = bars[k]
    return f"bar-{bar.number}" if bar.number else f"unread-{bar.page}-{bar.system}"


def _clock(seconds: float) -> str:
    """Seconds as 00:01:05.250 (MEI's data.BETYPE "time")."""
    thousandths = round(max(0.0, seconds) * 1000)
    minutes, rest = divmod(thousandths, 60_000)
    return f"{minutes // 60:02d}:{minutes % 60:02d}:{rest // 1000:02d}.{rest % 1000:03d}"
