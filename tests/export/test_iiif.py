"""The manifest: read by iiif-prezi3 (models made from the Presentation 3 JSON schema), its
annotations by PyLD, and its places and times against a pair known by hand."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from known_pair import DURATION, LIST, PLACES, START, alignment

from scorebridge.errors import UsageError
from scorebridge.export.iiif import manifest
from scorebridge.export.media import PageImage, Sound
from scorebridge.types import Alignment

BASE = "https://example.org/iiif/pair"
PERFORMANCE = f"{BASE}/canvas/performance"
SERVICES = [
    PageImage(n, f"https://example.org/i/{n}/full/max/0/default.jpg", 600, 800, service=f"{s}/{n}")
    for n, s in ((1, "https://example.org/i"), (2, "https://example.org/i"))
]
PICTURES = [
    PageImage(1, "https://example.org/page-001.jpg", 600, 800),
    PageImage(2, "https://example.org/page-002.jpg", 800, 600),
]
SOUND = Sound("https://example.org/r.flac", DURATION, "audio/flac")


def made(images: list[PageImage] = SERVICES, sound: Sound = SOUND, **more: Any) -> dict[str, Any]:
    return manifest(alignment(), PLACES, images, sound, BASE, "A pair", **more)


def items(canvas: dict[str, Any], name: str) -> list[dict[str, Any]]:
    return [item for page in canvas[name] for item in page["items"]]


def region(target: str) -> tuple[str, list[int], list[float]]:
    """Canvas, x y width height, start and end of a media fragment."""
    canvas, _, fragment = target.partition("#")
    parts = dict(part.split("=") for part in fragment.split("&"))
    return (
        canvas,
        [int(v) for v in parts.get("xywh", "").split(",") if v],
        [float(v) for v in parts.get("t", "").split(",") if v],
    )


@pytest.mark.parametrize("images", [SERVICES, PICTURES])
def test_the_presentation_schema_accepts_it(images):
    prezi = pytest.importorskip("iiif_prezi3", reason="iiif-prezi3 is not installed")
    record = made(images)
    prezi.Manifest(**json.loads(json.dumps(record)))
    spoiled = json.loads(json.dumps(record))
    del spoiled["items"][0]["items"][0]["items"][0]["target"]
    with pytest.raises(ValueError, match="target"):  # so the check above can fail
        prezi.Manifest(**spoiled)


def test_ids_are_one_of_a_kind_and_absolute():
    found: list[str] = []

    def walk(node: Any) -> None:
        if isinstance(node, dict):
            if "id" in node and node.get("type") != "Image":
                found.append(node["id"])
            for value in node.values():
                walk(value)
        elif isinstance(node, list):
            for value in node:
                walk(value)

    walk(made())
    assert all(address.startswith("https://example.org/") for address in found)
    own = [a for a in found if a.startswith(BASE) and "#" not in a]
    assert len(own) == len(set(own)) > 2 * len(LIST)


def test_the_first_canvas_carries_sound_and_pages_in_turn():
    canvas = made()["items"][0]
    assert (canvas["width"], canvas["height"], canvas["duration"]) == (600, 800, DURATION)
    sound, *pages = items(canvas, "items")
    assert sound["body"] == {
        "id": SOUND.url,
        "type": "Sound",
        "format": "audio/flac",
        "duration": DURATION,
    }
    assert sound["target"] == PERFORMANCE
    assert [page["body"]["id"] for page in pages] == [image.url for image in SERVICES]
    times = [region(page["target"])[2] for page in pages]
    assert times == [[0.0, START + 8], [START + 8, DURATION]]  # no gap, to the very end
    service = pages[0]["body"]["service"]
    assert service == [
        {"id": "https://example.org/i/1", "type": "ImageService3", "profile": "level2"}
    ]


def test_every_bar_played_has_its_place_and_time():
    tags = items(made()["items"][0], "annotations")
    assert len(tags) == len(LIST)
    for k, (tag, bar) in enumerate(zip(tags, LIST, strict=True)):
        canvas, (x, y, width, height), time = region(tag["target"])
        assert canvas == PERFORMANCE
        assert time == [START + k, START + k + 1]
        name = f"bar {bar + 1}" if bar < 6 else "page 2, system 2"
        assert tag["body"]["value"] == name
        left, wide = (60, 480) if bar == 6 else ((60, 300)[bar % 2], 240)
        assert (x, width) == (left, wide)
        assert (y, height) == ((80, 480)[bar // 2 % 2], 160)


def test_a_page_of_another_shape_is_fitted_into_the_canvas():
    canvas = made(PICTURES)["items"][0]
    _, _, second = items(canvas, "items")
    assert region(second["target"])[1] == [0, 175, 600, 450]  # 800 x 600 into 600 x 800
    tag = items(canvas, "annotations")[8]  # bar 5, the left half of the first system there
    assert region(tag["target"])[1] == [60, 175 + 45, 240, 90]


def test_a_bar_of_a_page_leads_to_every_time_it_is_played():
    _, first, second = made()["items"]
    links = items(first, "annotations")
    assert len(links) == 8
    assert len(items(second, "annotations")) == 3
    assert {link["motivation"] for link in links} == {"linking"}
    of_first_bar = [k for k in links if k["label"]["none"] == ["bar 1"]]
    leads_to = [region(link["body"]["id"]) for link in of_first_bar]
    assert leads_to == [(PERFORMANCE, [], [0.5, 1.5]), (PERFORMANCE, [], [4.5, 5.5])]


def test_ranges_tell_the_sections_in_the_order_played():
    (played,) = made()["structures"]
    assert [s["label"]["none"][0] for s in played["items"]] == ["Bars 1-4", "Bars 1-4", "Bars 5-6"]
    systems = [s for section in played["items"] for s in section["items"]]
    times = [region(system["items"][0]["id"])[2] for system in systems]
    edges = [0.5, 2.5, 4.5, 6.5, 8.5, 10.5, 11.5]
    assert times == [list(pair) for pair in itertools.pairwise(edges)]


def test_labels_are_the_editors_numbers():
    numbers = (("0", "1"), ("2", "2b"), ("3", "4"))
    named = zip(PLACES, numbers, strict=False)
    places = [*(replace(place, numbers=own) for place, own in named), PLACES[3]]
    record = manifest(alignment(), places, SERVICES, SOUND, BASE, "x")
    values = [tag["body"]["value"] for tag in items(record["items"][0], "annotations")]
    assert values[:4] == ["bar 0", "bar 1", "bar 2", "bar 2b"]
    (played,) = record["structures"]
    labels = [s["label"]["none"][0] for s in played["items"]]
    assert labels == ["Bars 0-2b", "Bars 0-2b", "Bars 3-4"]


def test_a_score_without_music_in_the_recording_is_still_a_manifest():
    record = manifest(Alignment(()), (), SERVICES, SOUND, BASE, "x")
    assert record["structures"] == []
    (_, page) = items(record["items"][0], "items")
    assert region(page["target"])[2] == [0, DURATION]


def test_the_picture_of_a_film_is_a_video():
    sound = items(made(sound=Sound("https://e.org/r.mp4", 12.0, "video/mp4"))["items"][0], "items")
    assert sound[0]["body"]["type"] == "Video"


def test_addresses_must_be_absolute_and_pages_there():
    with pytest.raises(UsageError, match="absolute"):
        manifest(alignment(), PLACES, SERVICES, SOUND, "pair", "x")
    with pytest.raises(UsageError, match="absolute"):
        made([PageImage(1, "page-001.jpg", 600, 800)])
    with pytest.raises(UsageError, match="page 2"):
        made(SERVICES[:1])
    with pytest.raises(UsageError, match="at least one"):
        made([])


# What the two public contexts say of the terms used here (Presentation API 3.0, appendix;
# Web Annotation Vocabulary, appendix A), so that nothing has to be fetched.
ANNOTATION_TERMS = {
    "oa": "http://www.w3.org/ns/oa#",
    "as": "http://www.w3.org/ns/activitystreams#",
    "id": {"@type": "@id", "@id": "@id"},
    "type": {"@type": "@id", "@id": "@type"},
    "Annotation": "oa:Annotation",
    "AnnotationPage": "as:OrderedCollectionPage",
    "TextualBody": "oa:TextualBody",
    "Image": "http://purl.org/dc/dcmitype/StillImage",
    "Video": "http://purl.org/dc/dcmitype/MovingImage",
    "tagging": "oa:tagging",
    "linking": "oa:linking",
    "body": {"@type": "@id", "@id": "oa:hasBody"},
    "target": {"@type": "@id", "@id": "oa:hasTarget"},
    "motivation": {"@type": "@vocab", "@id": "oa:motivatedBy"},
    "items": {"@type": "@id", "@id": "as:items", "@container": "@list"},
    "format": "http://purl.org/dc/elements/1.1/format",
    "value": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value",
}
LABEL = {
    "@id": "http://www.w3.org/2000/01/rdf-schema#label",
    "@container": ["@language", "@set"],
    "@context": {"none": "@none"},
}
TYPED = {"@context": ["http://www.w3.org/ns/anno.jsonld", {"label": LABEL}]}
PREZI = "http://iiif.io/api/presentation/3#"
PRESENTATION_TERMS = {
    "@version": 1.1,
    "id": "@id",
    "type": "@type",
    "Manifest": f"{PREZI}Manifest",
    "Canvas": f"{PREZI}Canvas",
    "Range": f"{PREZI}Range",
    "Annotation": {"@id": "http://www.w3.org/ns/oa#Annotation", **TYPED},
    "AnnotationPage": {
        "@id": "http://www.w3.org/ns/activitystreams#OrderedCollectionPage",
        **TYPED,
    },
    "Sound": "http://purl.org/dc/dcmitype/Sound",
    "label": LABEL,
    "value": {**LABEL, "@id": "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"},
    "metadata": {"@type": "@id", "@id": f"{PREZI}metadataEntries", "@container": "@list"},
    "width": "http://www.w3.org/2003/12/exif/ns#width",
    "height": "http://www.w3.org/2003/12/exif/ns#height",
    "duration": "http://www.ebu.ch/metadata/ontologies/ebucore/ebucore#duration",
    "items": {
        "@type": "@id",
        "@id": "http://www.w3.org/ns/activitystreams#items",
        "@container": "@list",
    },
    "structures": {"@type": "@id", "@id": f"{PREZI}structures", "@container": "@list"},
    "annotations": {"@type": "@id", "@id": f"{PREZI}annotations", "@container": "@list"},
    "service": {"@type": "@id", "@id": "https://schema.org/potentialAction", "@container": "@set"},
    "profile": {"@type": "@vocab", "@id": "http://purl.org/dc/terms/conformsTo"},
    "ImageService3": "http://iiif.io/api/image/3#ImageService",
    "painting": f"{PREZI}painting",
}
CONTEXTS = {
    "http://iiif.io/api/presentation/3/context.json": PRESENTATION_TERMS,
    "http://www.w3.org/ns/anno.jsonld": ANNOTATION_TERMS,
}


def load(url: str, options: Any) -> dict[str, Any]:
    context = {"@context": CONTEXTS[url]}
    return {"contextUrl": None, "documentUrl": url, "document": context}


def test_annotations_are_linked_data():
    jsonld = pytest.importorskip("pyld.jsonld", reason="PyLD is not installed")
    text = jsonld.to_rdf(
        made(), {"documentLoader": load, "format": "application/n-quads", "rdfDirection": None}
    )
    triples = set(re.findall(r"^(\S+) <(\S+)> (.*) \.$", text, re.MULTILINE))
    oa = "http://www.w3.org/ns/oa#"
    kind = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
    annotations = {s for s, p, o in triples if p == kind and o == f"<{oa}Annotation>"}
    assert len(annotations) == 1 + 2 + 2 + 2 * len(LIST)  # sound, pages twice, bars twice
    for predicate in ("hasBody", "hasTarget", "motivatedBy"):
        assert {s for s, p, _ in triples if p == oa + predicate} == annotations
    motives = [o for _, p, o in triples if p == f"{oa}motivatedBy"]
    assert set(motives) == {f"<{oa}tagging>", f"<{oa}linking>", f"<{PREZI}painting>"}
    tag = f"<{PERFORMANCE}/bar/5>"  # bar 1 for the second time
    assert (tag, f"{oa}hasTarget", f"<{PERFORMANCE}#xywh=60,80,240,160&t=4.5,5.5>") in triples
    body = next(o for s, p, o in triples if s == tag and p == f"{oa}hasBody")
    value = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"
    assert (body, value, '"bar 1"') in triples
    link = f"<{BASE}/canvas/page-1/link/5>"
    assert (link, f"{oa}hasBody", f"<{PERFORMANCE}#t=4.5,5.5>") in triples
    assert (link, f"{oa}hasTarget", f"<{BASE}/canvas/page-1#xywh=60,80,240,160>") in triples
