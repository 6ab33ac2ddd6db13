"""A score and its performance as one IIIF manifest, for clients that turn pages in time.

The first canvas is the performance: it has a duration and carries the sound, and each page's
picture for as long as it is played. Every bar played is an annotation there, its place and
its time in one media fragment (`#xywh=...&t=...`). The canvases after it are the pages as such; on
them every bar played is an annotation that leads into the performance. Ranges list the sections.

No viewer that is known turns the pages of it today, and some refuse it; see `iiif.py`.

Sources: IIIF Presentation API 3.0, sections 3.1, 5.3 to 5.6; Web Annotation Data Model,
section 3.2.5; Media Fragments URI 1.0, section 4.2. Cost: a few ms.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from scorebridge.export.iiif import score_manifest, structures
from scorebridge.export.iiif_parts import (
    SHAPES,
    Performance,
    Record,
    ScoreExport,
    annotation_page,
    image_body,
    painting,
    seconds,
    sound_body,
    text,
)
from scorebridge.export.media import PageImage, pixels
from scorebridge.export.visits import Visit
from scorebridge.types import Box


def manifest(export: ScoreExport, address: str) -> Record:
    """The manifest as a JSON record. address : where it is served."""
    export = replace(export, addresses=dict.fromkeys(SHAPES, address))
    record = score_manifest(export)
    del record["partOf"], record["behavior"]  # of pages alone, in a collection
    record["items"][:0] = [_performance(export, p) for p in export.performances]
    record["structures"] = [r for p in export.performances for r in structures(export, p)]
    return record


def _performance(export: ScoreExport, performance: Performance) -> Record:
    """The canvas in time. Pages of other shapes are fitted into the first one's."""
    canvas = export.performance_id(performance)
    sound, images = performance.sound, export.by_page
    visits = export.visits[performance.key]
    first = export.images[0]
    size = (first.width, first.height)
    painted = [painting(f"{canvas}/sound", sound_body(sound), canvas)]
    times: dict[int, int] = {}
    for page, start, end in _shown(visits, images, sound.duration_s):
        times[page] = times.get(page, 0) + 1
        where = _fragment(_fitted((0, 0, 1, 1), images[page], size), start, end)
        address = f"{canvas}/page/{page}/{times[page]}"
        painted.append(painting(address, image_body(images[page]), f"{canvas}#{where}"))
    bars: list[Record] = []
    for visit in visits:
        box = _fitted(visit.bar.box, images[visit.bar.page], size)
        bars.append(
            {
                "id": f"{canvas}/bar/{visit.key}",
                "type": "Annotation",
                "motivation": "tagging",
                "body": {"type": "TextualBody", "value": visit.bar.name, "format": "text/plain"},
                "target": f"{canvas}#{_fragment(box, visit.start_s, visit.end_s)}",
            }
        )
    return {
        "id": canvas,
        "type": "Canvas",
        "label": text(performance.title),
        "width": size[0],
        "height": size[1],
        "duration": seconds(sound.duration_s),
        "items": [annotation_page(f"{canvas}/content", painted)],
        "annotations": [annotation_page(f"{canvas}/bars", bars, "Bars as they are played")],
    }


def _shown(
    visits: Sequence[Visit], images: Mapping[int, PageImage], duration_s: float
) -> list[tuple[int, float, float]]:
    """Page, from, to: which page is before the eye when, without gaps from 0 to the end."""
    turns: list[tuple[int, float]] = []
    for visit in visits:
        if not turns or turns[-1][0] != visit.bar.page:
            turns.append((visit.bar.page, visit.start_s if turns else 0.0))
    turns = turns or [(min(images), 0.0)]
    ends = [start for _, start in turns[1:]] + [duration_s]
    return [(page, start, end) for (page, start), end in zip(turns, ends, strict=True)]


def _fitted(box: Box, image: PageImage, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """A box of a page as x, y, width, height in px of a canvas that shows the page whole."""
    scale = min(size[0] / image.width, size[1] / image.height)
    width, height = image.width * scale, image.height * scale
    x, y, w, h = pixels(box, width, height)
    return x + round((size[0] - width) / 2), y + round((size[1] - height) / 2), w, h


def _fragment(box: tuple[int, int, int, int], start: float, end: float) -> str:
    return f"xywh={','.join(map(str, box))}&t={seconds(start)},{seconds(end)}"
