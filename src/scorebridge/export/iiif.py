"""A score and its recordings as IIIF Presentation 3: what plays, what is looked at, and both.

Viewers of today play a canvas in time or show a page, but not both at once. So there are
three shapes that name each other:

- The performance manifest has one canvas for each recording, with the sound alone. The first page
  played is its `accompanyingCanvas`. Ranges (`structures`) list the sections in the order played,
  in them the systems and the bars; each leads to its second.
- The score manifest has a canvas for each page. On it, every bar played is a W3C Web
  Annotation: a readable text ("bar 12, 0:34"), the bar as target, and the stretch of the recording
  as second body.
- The collection holds both.

`iiif_combined.py` has all of it in one manifest, for clients that turn pages in time.

Sources: IIIF Presentation API 3.0, sections 3.1 to 3.4 and 5; Web Annotation Data Model,
sections 3.2.4 and 3.3.5; Media Fragments URI 1.0, section 4.2. Cost: a few ms.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from scorebridge.export.iiif_parts import (
    CONTEXT,
    Performance,
    Record,
    ScoreExport,
    Shape,
    annotation_page,
    clock,
    entry,
    head_of,
    linked,
    on_page,
    page_canvas,
    painting,
    part_of,
    seconds,
    sound_body,
    text,
    thumbnail,
)
from scorebridge.export.visits import Visit


def shapes_of(export: ScoreExport) -> dict[Shape, Record]:
    """Both manifests and the collection, as JSON records."""
    return {
        "performance": performance_manifest(export),
        "score": score_manifest(export),
        "collection": collection(export),
    }


def performance_manifest(export: ScoreExport) -> Record:
    """One canvas of sound for each recording, and ranges that lead into it."""
    record = head_of(export, "Manifest", export.addresses["performance"], export.title)
    files = [*(file for p in export.performances for file in p.rendering), *export.rendering]
    see_also = [*(file for p in export.performances for file in p.see_also), *export.see_also]
    if files:
        record["rendering"] = linked(files)
    if see_also:
        record["seeAlso"] = linked(see_also)
    record["partOf"] = part_of(export)
    record["items"] = [_sound_canvas(export, p) for p in export.performances]
    ranges = [one for p in export.performances for one in structures(export, p)]
    if ranges:
        record["structures"] = ranges
    return record


def _sound_canvas(export: ScoreExport, performance: Performance) -> Record:
    canvas = export.performance_id(performance)
    sound = painting(f"{canvas}/sound", sound_body(performance.sound), canvas)
    visits = export.visits[performance.key]
    first = visits[0].bar.page if visits else export.images[0].page
    image = export.by_page[first]
    record: Record = {
        "id": canvas,
        "type": "Canvas",
        "label": text(performance.title),
        "duration": seconds(performance.sound.duration_s),
        "items": [annotation_page(f"{canvas}/content", [sound])],
        "accompanyingCanvas": page_canvas(export, image, f"{canvas}/accompanying"),
    }
    if small := thumbnail(image):
        record["thumbnail"] = [small]
    return record


def score_manifest(export: ScoreExport) -> Record:
    """One canvas for each page, with every bar played as an annotation."""
    record = head_of(export, "Manifest", export.addresses["score"], export.title)
    if export.rendering:
        record["rendering"] = linked(export.rendering)
    if export.see_also:
        record["seeAlso"] = linked(export.see_also)
    record["behavior"] = ["paged"] if len(export.images) > 1 else ["individuals"]
    record["partOf"] = part_of(export)
    record["items"] = [_page(export, image.page) for image in export.images]
    return record


def _page(export: ScoreExport, page: int) -> Record:
    record = page_canvas(export, export.by_page[page])
    lists: list[Record] = []
    for performance in export.performances:
        visits = [v for v in export.visits[performance.key] if v.bar.page == page]
        if visits:
            items = [_bar(export, performance, visit) for visit in visits]
            address = export.id_below(performance, "bars", f"page-{page}")
            lists.append(annotation_page(address, items, f"Bars of {performance.title}"))
    if lists:
        record["annotations"] = lists
    return record


def _bar(export: ScoreExport, performance: Performance, visit: Visit) -> Record:
    canvas = export.page_id(visit.bar.page)
    name = f"{visit.bar.name}, {clock(visit.start_s)}"
    if len(export.performances) > 1:
        name += f", {performance.title}"
    return {
        "id": export.id_below(performance, "bar", visit.key),
        "type": "Annotation",
        "motivation": ["commenting", "linking"],
        "body": [
            {"type": "TextualBody", "value": name, "format": "text/plain", "language": "en"},
            # By its address alone: inside a body the IIIF context does not know the terms of
            # selectors, so they would be lost as linked data.
            {
                "id": export.stretch(performance, visit.start_s, visit.end_s),
                "type": "Canvas",
                "partOf": [{"id": export.addresses["performance"], "type": "Manifest"}],
            },
        ],
        "target": on_page(canvas, visit.bar.box, export.by_page[visit.bar.page]),
    }


def collection(export: ScoreExport) -> Record:
    """Both manifests."""
    record = head_of(export, "Collection", export.addresses["collection"], export.title)
    record["items"] = references(export)
    return record


def references(export: ScoreExport) -> list[Record]:
    """Both manifests as a collection names them."""
    small = thumbnail(export.images[0])
    pictured = {"thumbnail": [small]} if small else {}
    labels: dict[Shape, str] = {"performance": "performance", "score": "score"}
    return [
        {
            "id": export.addresses[shape],
            "type": "Manifest",
            "label": text(f"{export.title}: {label}"),
            **pictured,
        }
        for shape, label in labels.items()
    ]


def library_collection(address: str, label: str, exports: Sequence[ScoreExport]) -> Record:
    """All manifests of several scores."""
    found = "Places and times of the bars: found by Scorebridge"
    return {
        "@context": CONTEXT,
        "id": address,
        "type": "Collection",
        "label": text(label),
        "requiredStatement": entry("Attribution", found),
        "items": [item for export in exports for item in references(export)],
    }


def structures(export: ScoreExport, performance: Performance) -> list[Record]:
    """The ranges of a recording: sections in the order played, their systems, their bars.

    Every range names its own stretch before its parts, so that it can be played whole.
    """

    def named(kind: str, inside: Sequence[Visit], label: str, parts: list[Record]) -> Record:
        stretch = export.stretch(performance, inside[0].start_s, inside[-1].end_s)
        return {
            "id": export.id_below(performance, f"range/{kind}", inside[0].key),
            "type": "Range",
            "label": text(label),
            "items": [{"id": stretch, "type": "Canvas"}, *parts],
        }

    visits = export.visits[performance.key]
    sections: list[Record] = []
    for k, (_, group) in enumerate(groupby(visits, key=lambda visit: visit.section), 1):
        played = list(group)
        systems: list[Record] = []
        for (page, system), part in groupby(played, key=lambda v: (v.bar.page, v.bar.system)):
            inside = list(part)
            bars = [named("bar", [v], v.bar.name, []) for v in inside if v.bar.number]
            systems.append(named("system", inside, f"Page {page}, system {system}", bars))
        numbers = [v.bar.label for v in played if v.bar.label is not None]
        label = f"Bars {numbers[0]}-{numbers[-1]}" if numbers else f"Section {k}"
        sections.append(named("section", played, label, systems))
    if not sections:
        return []
    label = "As it is played" if len(export.performances) == 1 else performance.title
    whole = {"id": export.id_below(performance, "range", "played"), "type": "Range"}
    return [whole | {"label": text(label), "items": sections}]
