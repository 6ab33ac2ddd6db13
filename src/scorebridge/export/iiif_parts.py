"""What the IIIF exports are made of: what they say, the ids they share, and small records.

An id is made from contents: from the ids of both files, the place of a bar on paper, and how
often it was played before. So a correction of times keeps all ids, one of barlines keeps those of
all other systems, and what other people wrote about a bar or a page keeps its target.

Source: IIIF Presentation API 3.0, sections 3 and 4.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Literal, get_args

from scorebridge.errors import UsageError
from scorebridge.export.media import LinkedFile, PageImage, Sound, pixels
from scorebridge.export.visits import Visit, printed_bars, visits_of
from scorebridge.types import Alignment, Box, Place

CONTEXT = "http://iiif.io/api/presentation/3/context.json"
JSON_LD = f'application/ld+json;profile="{CONTEXT}"'
Shape = Literal["performance", "score", "collection"]
"""The parts of an export: recordings that play, pages that lead to them, and both."""
SHAPES: tuple[Shape, ...] = get_args(Shape)
RIGHTS = (
    "http://creativecommons.org/licenses/",
    "http://creativecommons.org/publicdomain/",
    "http://rightsstatements.org/vocab/",
)
KEY_LENGTH = 16  # hex digits of a content id in ids: 64 bits

Record = dict[str, Any]


@dataclass(frozen=True)
class Performance:
    """One recording of the score, and where in the score it is."""

    key: str
    """From its content, hex; see `key_of`."""
    title: str
    alignment: Alignment
    sound: Sound
    rendering: tuple[LinkedFile, ...] = ()
    """Files for people, such as the table of its bars."""
    see_also: tuple[LinkedFile, ...] = ()
    """Files for programs."""


@dataclass(frozen=True)
class ScoreExport:
    """A score and its performances, as the IIIF exports show them. Raises `UsageError`:
    for addresses that are not absolute http(s), and for missing pages.

    Not slotted: what is derived is derived once.
    """

    key: str
    """From its content, hex; see `key_of`."""
    title: str
    places: tuple[Place, ...]
    """Its systems in reading order."""
    images: tuple[PageImage, ...]
    """Of all pages, in their order, with absolute addresses."""
    performances: tuple[Performance, ...]
    base_url: str
    """http(s) address below which ids lie that lead nowhere."""
    addresses: Mapping[Shape, str]
    """Where performance manifest, score manifest and collection are served."""
    rendering: tuple[LinkedFile, ...] = ()
    """Files of the score for people, such as the PDF."""
    see_also: tuple[LinkedFile, ...] = ()
    """Files of the score for programs, such as the MEI."""
    rights: str = ""
    """Address of a licence of creativecommons.org or rightsstatements.org."""
    attribution: str = ""
    """Text that a viewer must show."""
    visits: Mapping[str, tuple[Visit, ...]] = field(init=False, compare=False)
    """Of each performance, by key: every bar played, in its order."""

    def __post_init__(self) -> None:
        sounds = [performance.sound.url for performance in self.performances]
        own = (self.base_url, *self.addresses.values())
        for url in (*own, *(image.url for image in self.images), *sounds):
            check_address(url)
        object.__setattr__(self, "rights", rights_address(self.rights))
        if not self.images or not self.performances:
            raise UsageError("A IIIF export needs the picture of a page and a recording.")
        bars = printed_bars(self.places)
        visits = {p.key: visits_of(p.alignment, bars) for p in self.performances}
        object.__setattr__(self, "visits", visits)
        played = {visit.bar.page for found in visits.values() for visit in found}
        if missing := played - set(self.by_page):
            raise UsageError(f"No picture of page {min(missing)}, which the recording plays.")

    @cached_property
    def by_page(self) -> dict[int, PageImage]:
        """The picture of each page."""
        return {image.page: image for image in self.images}

    @property
    def base(self) -> str:
        """Address below which all ids of this score lie."""
        return f"{self.base_url.rstrip('/')}/id/{self.key}"

    def page_id(self, page: int) -> str:
        """The canvas of a page."""
        return f"{self.base}/page/{page}"

    def performance_id(self, performance: Performance) -> str:
        """The canvas of a recording."""
        return f"{self.base}/{performance.key}/performance"

    def id_below(self, performance: Performance, kind: str, key: str) -> str:
        """What is made from this score and this recording."""
        return f"{self.base}/{performance.key}/{kind}/{key}"

    def stretch(self, performance: Performance, start_s: float, end_s: float) -> str:
        """A stretch of the canvas of a recording, as a media fragment."""
        end_s = max(start_s, min(end_s, performance.sound.duration_s))
        return f"{self.performance_id(performance)}#t={seconds(start_s)},{seconds(end_s)}"


def key_of(content_id: str) -> str:
    """The part of a content id that ids are made from."""
    return content_id[:KEY_LENGTH]


def check_address(url: str) -> None:
    """Raise `UsageError` unless `url` is absolute, http or https, as IIIF wants its ids."""
    if not url.startswith(("http://", "https://")):
        raise UsageError(f"{url}: IIIF needs absolute http or https addresses (base URL).")


def rights_address(rights: str) -> str:
    """The address of a licence as IIIF wants it (section 3.2): http, of the two bodies it knows.

    Empty stays empty. Raises `UsageError` for others.
    """
    address = re.sub("^https:", "http:", rights)
    if address and not address.startswith(RIGHTS):
        raise UsageError(f"{rights}: rights are an address of {' or '.join(RIGHTS)}.")
    return address


def head_of(export: ScoreExport, kind: str, address: str, label: str) -> Record:
    """What manifests and collections begin with."""
    confidence = [f"{p.alignment.confidence:.2f}" for p in export.performances]
    record: Record = {
        "@context": CONTEXT,
        "id": address,
        "type": kind,
        "label": text(label),
        "metadata": [
            entry("Score", export.title),
            entry("Recording", *(p.title for p in export.performances)),
            entry("Confidence of the alignment", *confidence),
        ],
        "requiredStatement": entry("Attribution", *_attribution(export)),
    }
    if export.rights:
        record["rights"] = export.rights
    if small := thumbnail(export.images[0]):
        record["thumbnail"] = [small]
    return record


def _attribution(export: ScoreExport) -> tuple[str, ...]:
    found = "Places and times of the bars: found by Scorebridge"
    return (export.attribution, found) if export.attribution else (found,)


def part_of(export: ScoreExport) -> list[Record]:
    """The collection, for what it holds."""
    return [{"id": export.addresses["collection"], "type": "Collection"}]


def linked(files: Sequence[LinkedFile]) -> list[Record]:
    """Entries of `rendering` or `seeAlso`."""
    return [
        {
            "id": file.url,
            "type": file.kind,
            "label": text(file.label),
            "format": file.format,
            **({"profile": file.profile} if file.profile else {}),
        }
        for file in files
    ]


def page_canvas(export: ScoreExport, image: PageImage, address: str = "") -> Record:
    """The canvas of one page with its picture. address : its id, by default that of the page."""
    canvas = address or export.page_id(image.page)
    record: Record = {
        "id": canvas,
        "type": "Canvas",
        "label": text(f"Page {image.page}", "en"),
        "width": image.width,
        "height": image.height,
        "items": [
            annotation_page(
                f"{canvas}/content", [painting(f"{canvas}/image", image_body(image), canvas)]
            )
        ],
    }
    if small := thumbnail(image):
        record["thumbnail"] = [small]
    return record


def painting(address: str, body: Record, target: str) -> Record:
    """An annotation that puts its body on a canvas."""
    return {
        "id": address,
        "type": "Annotation",
        "motivation": "painting",
        "body": body,
        "target": target,
    }


def sound_body(sound: Sound) -> Record:
    """The recording, or the sound of a film."""
    return {
        "id": sound.url,
        "type": "Video" if sound.format.startswith("video/") else "Sound",
        "format": sound.format,
        "duration": seconds(sound.duration_s),
    }


def image_body(image: PageImage) -> Record:
    """The picture of a page, with its image service where there is one."""
    body: Record = {
        "id": image.url,
        "type": "Image",
        "format": image.format,
        "width": image.width,
        "height": image.height,
    }
    if image.service:
        body["service"] = [_service(image)]
    return body


def thumbnail(image: PageImage) -> Record | None:
    """The small picture of a page, where there is one."""
    if not image.thumbnail:
        return None
    width, height = image.thumbnail_size
    record = {"id": image.thumbnail, "type": "Image", "format": "image/jpeg"}
    service = {"service": [_service(image)]} if image.service else {}
    return record | {"width": width, "height": height} | service


def _service(image: PageImage) -> Record:
    return {"id": image.service, "type": "ImageService3", "profile": image.service_profile}


def annotation_page(address: str, items: list[Record], label: str = "") -> Record:
    """A list of annotations."""
    named = {"label": text(label)} if label else {}
    return {"id": address, "type": "AnnotationPage", **named, "items": items}


def on_page(canvas: str, box: Box, image: PageImage) -> str:
    """A box of a page as a media fragment of its canvas."""
    return f"{canvas}#xywh={','.join(map(str, pixels(box, image.width, image.height)))}"


def entry(label: str, *values: str) -> Record:
    """A pair of label and values, as in `metadata`."""
    return {"label": text(label, "en"), "value": {"none": list(values)}}


def text(words: str, language: str = "none") -> Record:
    """A text as IIIF has it: by language."""
    return {language: [words]}


def seconds(time_s: float) -> float:
    """A time to the millisecond."""
    return round(time_s, 3)


def clock(time_s: float) -> str:
    """A time for people: 0:34."""
    whole = int(max(0.0, time_s))
    return f"{whole // 60}:{whole % 60:02d}"
