"""A score and its performance as a IIIF Presentation 3 manifest with W3C Web Annotations.

The first canvas is the performance: it has a duration and carries the sound, and each page's
picture for as long as it is played, so a viewer that follows time turns the pages. Every bar
played is an annotation there, its place and its time in one media fragment
(`#xywh=...&t=...`). The canvases after it are the pages as such; on them every bar played is an
annotation of motivation `linking` whose body is that stretch of the performance, so a click on a
bar leads to its sound. Ranges (`structures`) list the sections in the order played, with their
systems.

Sources: IIIF Presentation API 3.0, sections 3.1, 5.3 to 5.6; Web Annotation Data Model,
section 3.2.5; Media Fragments URI 1.0, section 4.2. Cost: a few ms.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from pathlib import Path
from typing import Any

from scorebridge.errors import UsageError
from scorebridge.export.media import PageImage, Sound, pixels
from scorebridge.export.visits import Visit, printed_bars, visits_of
from scorebridge.types import Alignment, Box, Place

CONTEXT = "http://iiif.io/api/presentation/3/context.json"

Record = dict[str, Any]


def manifest(
    alignment: Alignment,
    places: Sequence[Place],
    images: Sequence[PageImage],
    sound: Sound,
    base_url: str,
    label: str,
    manifest_id: str = "",
) -> Record:
    """The manifest as a JSON record.

    Parameters
    ----------
    alignment : of the pair; its boxes come from `places`, the systems of the score.
    images : of all pages, in their order, with absolute addresses.
    base_url : http(s) address below which the ids of canvases and annotations lie; they need
        not lead anywhere.
    label : the manifest's title.
    manifest_id : address at which the manifest itself is served, by default
        `base_url`/manifest.json.

    Raises `UsageError` for addresses that are not absolute http(s) and for missing pages.
    """
    base = base_url.rstrip("/")
    for url in (base, *(image.url for image in images), sound.url):
        check_address(url)
    if not images:
        raise UsageError("A IIIF manifest needs the picture of at least one page.")
    visits = visits_of(alignment, printed_bars(places))
    by_page = {image.page: image for image in images}
    if missing := {visit.bar.page for visit in visits} - set(by_page):
        raise UsageError(f"No picture of page {min(missing)}, which the recording plays.")
    return {
        "@context": CONTEXT,
        "id": manifest_id or f"{base}/manifest.json",
        "type": "Manifest",
        "label": _text(label),
        "metadata": [
            _entry("Score", Path(alignment.score).name),
            _entry("Recording", Path(alignment.recording).name),
            _entry("Confidence of the alignment", f"{alignment.confidence:.2f}"),
        ],
        "items": [
            _performance(base, label, visits, by_page, sound),
            *(_page(base, image, visits) for image in images),
        ],
        "structures": _structures(base, alignment, visits, sound.duration_s),
    }


def check_address(url: str) -> None:
    """Raise `UsageError` unless `url` is absolute, http or https, as IIIF wants its ids."""
    if not url.startswith(("http://", "https://")):
        raise UsageError(f"{url}: IIIF needs absolute http or https addresses (base URL).")


def _performance(
    base: str, label: str, visits: Sequence[Visit], images: dict[int, PageImage], sound: Sound
) -> Record:
    """The canvas in time. Pages of other shapes are fitted into the first one's."""
    canvas = f"{base}/canvas/performance"
    first = next(iter(images.values()))
    size = (first.width, first.height)
    painted: list[Record] = [
        {
            "id": f"{canvas}/sound",
            "type": "Annotation",
            "motivation": "painting",
            "body": {
                "id": sound.url,
                "type": "Video" if sound.format.startswith("video/") else "Sound",
                "format": sound.format,
                "duration": _s(sound.duration_s),
            },
            "target": canvas,
        }
    ]
    for k, (page, start, end) in enumerate(_shown(visits, min(images), sound.duration_s), 1):
        where = _fragment(_fitted((0, 0, 1, 1), images[page], size), start, end)
        painted.append(
            {
                "id": f"{canvas}/page/{k}",
                "type": "Annotation",
                "motivation": "painting",
                "body": _image(images[page]),
                "target": f"{canvas}#{where}",
            }
        )
    bars: list[Record] = []
    for k, visit in enumerate(visits, 1):
        box = _fitted(visit.bar.box, images[visit.bar.page], size)
        bars.append(
            {
                "id": f"{canvas}/bar/{k}",
                "type": "Annotation",
                "motivation": "tagging",
                "body": {"type": "TextualBody", "value": visit.bar.name, "format": "text/plain"},
                "target": f"{canvas}#{_fragment(box, visit.start_s, visit.end_s)}",
            }
        )
    return {
        "id": canvas,
        "type": "Canvas",
        "label": _text(label),
        "width": size[0],
        "height": size[1],
        "duration": _s(sound.duration_s),
        "items": [_annotation_page(f"{canvas}/content", painted)],
        "annotations": [_annotation_page(f"{canvas}/bars", bars, "Bars as they are played")],
    }


def _page(base: str, image: PageImage, visits: Sequence[Visit]) -> Record:
    """The canvas of one page."""
    canvas, performance = f"{base}/canvas/page-{image.page}", f"{base}/canvas/performance"
    links: list[Record] = []
    for k, visit in enumerate(visits, 1):
        if visit.bar.page != image.page:
            continue
        time = f"t={_s(visit.start_s)},{_s(visit.end_s)}"
        x, y, width, height = pixels(visit.bar.box, image.width, image.height)
        links.append(
            {
                "id": f"{canvas}/link/{k}",
                "type": "Annotation",
                "label": _text(visit.bar.name),
                "motivation": "linking",
                # By its address alone: inside a body the IIIF context does not know the terms of
                # selectors, so they would be lost as linked data.
                "body": {"id": f"{performance}#{time}", "type": "Canvas"},
                "target": f"{canvas}#xywh={x},{y},{width},{height}",
            }
        )
    painting = {
        "id": f"{canvas}/image",
        "type": "Annotation",
        "motivation": "painting",
        "body": _image(image),
        "target": canvas,
    }
    record: Record = {
        "id": canvas,
        "type": "Canvas",
        "label": _text(f"Page {image.page}"),
        "width": image.width,
        "height": image.height,
        "items": [_annotation_page(f"{canvas}/content", [painting])],
    }
    if links:
        heading = "Where the performance plays each bar"
        record["annotations"] = [_annotation_page(f"{canvas}/links", links, heading)]
    return record


def _structures(
    base: str, alignment: Alignment, visits: Sequence[Visit], duration_s: float
) -> list[Record]:
    """One range of the sections played, in each the systems played."""
    performance = f"{base}/canvas/performance"

    def stretch(start: float, end: float) -> Record:
        end = max(start, min(end, duration_s))
        return {"id": f"{performance}#t={_s(start)},{_s(end)}", "type": "Canvas"}

    sections: list[Record] = []
    for k, (_, group) in enumerate(groupby(visits, key=lambda visit: visit.section), 1):
        played = list(group)
        name = f"{base}/range/section-{k}"
        systems: list[Record] = []
        for n, (place, part) in enumerate(groupby(played, key=_place), 1):
            inside = list(part)
            systems.append(
                {
                    "id": f"{name}/system-{n}",
                    "type": "Range",
                    "label": _text(f"Page {place[0]}, system {place[1]}"),
                    "items": [stretch(inside[0].start_s, inside[-1].end_s)],
                }
            )
        numbers = [v.bar.label for v in played if v.bar.label is not None]
        label = f"Bars {numbers[0]}-{numbers[-1]}" if numbers else f"Section {k}"
        sections.append({"id": name, "type": "Range", "label": _text(label), "items": systems})
    if not sections:
        return []
    label = _text("As it is played")
    return [{"id": f"{base}/range/played", "type": "Range", "label": label, "items": sections}]


def _place(visit: Visit) -> tuple[int, int]:
    return visit.bar.page, visit.bar.system


def _shown(
    visits: Sequence[Visit], first_page: int, duration_s: float
) -> list[tuple[int, float, float]]:
    """Page, from, to: which page is before the eye when, without gaps from 0 to the end."""
    turns: list[tuple[int, float]] = []
    for visit in visits:
        if not turns or turns[-1][0] != visit.bar.page:
            turns.append((visit.bar.page, visit.start_s if turns else 0.0))
    turns = turns or [(first_page, 0.0)]
    ends = [start for _, start in turns[1:]] + [duration_s]
    return [(page, start, end) for (page, start), end in zip(turns, ends, strict=True)]


def _fitted(box: Box, image: PageImage, size: tuple[int, int]) -> tuple[int, int, int, int]:
    """A box of a page as x, y, width, height in px of a canvas that shows the page whole."""
    scale = min(size[0] / image.width, size[1] / image.height)
    width, height = image.width * scale, image.height * scale
    x, y, w, h = pixels(box, width, height)
    return x + round((size[0] - width) / 2), y + round((size[1] - height) / 2), w, h


def _fragment(box: tuple[int, int, int, int], start: float, end: float) -> str:
    return f"xywh={','.join(map(str, box))}&t={_s(start)},{_s(end)}"


def _image(image: PageImage) -> Record:
    body: Record = {
        "id": image.url,
        "type": "Image",
        "format": image.format,
        "width": image.width,
        "height": image.height,
    }
    if image.service:
        service = {"id": image.service, "type": "ImageService3", "profile": image.service_profile}
        body["service"] = [service]
    return body


def _annotation_page(address: str, items: list[Record], label: str = "") -> Record:
    named = {"label": _text(label)} if label else {}
    return {"id": address, "type": "AnnotationPage", **named, "items": items}


def _entry(label: str, value: str) -> Record:
    return {"label": {"en": [label]}, "value": {"none": [value]}}


def _text(text: str) -> Record:
    return {"none": [text]}


def _s(seconds: float) -> float:
    return round(seconds, 3)
