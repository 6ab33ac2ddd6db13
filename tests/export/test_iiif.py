"""Both manifests and the collection: against the schema of IIIF's validator, iiif-prezi3, PyLD
with the real contexts, and places and times of a pair known by hand."""

from __future__ import annotations

import itertools
import json
import re
from dataclasses import replace
from typing import Any

import pytest
from known_pair import DURATION, LIST, PLACES, START, alignment

from scorebridge.errors import UsageError
from scorebridge.export import iiif, iiif_combined
from scorebridge.export.iiif_parts import Performance, ScoreExport
from scorebridge.export.media import LinkedFile, PageImage, Sound
from scorebridge.types import Alignment
from standards import load_context, presentation_flaws

BASE = "https://example.org/iiif"
SCORE = f"{BASE}/id/5c0"
PERFORMANCE = f"{SCORE}/4ec/performance"
SERVICES = tuple(
    PageImage(
        n,
        f"https://example.org/i/{n}/full/max/0/default.jpg",
        600,
        800,
        service=f"https://example.org/i/{n}",
        thumbnail=f"https://example.org/i/{n}/full/240,/0/default.jpg",
    )
    for n in (1, 2)
)
PICTURES = (
    PageImage(1, "https://example.org/page-001.jpg", 600, 800),
    PageImage(2, "https://example.org/page-002.jpg", 800, 600),
)
SOUND = Sound("https://example.org/r.flac", DURATION, "audio/flac")
TABLE = LinkedFile("https://example.org/r.csv", "Bars", "text/csv")
PDF = LinkedFile("https://example.org/s.pdf", "Score", "application/pdf")
MEI = LinkedFile("https://example.org/s.mei", "MEI", "application/xml", "Dataset")
TAKE = Performance("4ec", "A take", alignment(), SOUND, (TABLE,))


def described(**changes: Any) -> ScoreExport:
    export = ScoreExport(
        key="5c0",
        title="A score",
        places=PLACES,
        images=SERVICES,
        performances=(TAKE,),
        base_url=BASE,
        addresses={
            "performance": f"{BASE}/performance.json",
            "score": f"{BASE}/score.json",
            "collection": f"{BASE}/collection.json",
        },
        rendering=(PDF,),
        see_also=(MEI,),
        rights="http://creativecommons.org/publicdomain/zero/1.0/",
        attribution="A library",
    )
    return replace(export, **changes)


def records(export: ScoreExport) -> list[dict[str, Any]]:
    return [*iiif.shapes_of(export).values(), iiif_combined.manifest(export, f"{BASE}/all.json")]


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


def ids_of(node: Any) -> list[str]:
    """All ids below `node`, except for those of pictures and sound."""
    if isinstance(node, dict):
        own = [node["id"]] if "id" in node and node.get("type") not in ("Image", "Sound") else []
        return own + [i for value in node.values() for i in ids_of(value)]
    return [i for value in node for i in ids_of(value)] if isinstance(node, list) else []


@pytest.mark.parametrize("images", [SERVICES, PICTURES])
def test_the_schemas_accept_every_shape(images):
    prezi = pytest.importorskip("iiif_prezi3", reason="iiif-prezi3 is not installed")
    for record in records(described(images=images)):
        record = json.loads(json.dumps(record))
        assert presentation_flaws(record) == []
        if record["type"] == "Manifest":
            prezi.Manifest(**record)
            del record["items"][0]["items"][0]["items"][0]["target"]
            with pytest.raises(ValueError, match="target"):  # so the check above can fail
                prezi.Manifest(**record)
        del record["label"]
        assert presentation_flaws(record)


def test_ids_are_one_of_a_kind_and_absolute():
    for record in records(described()):
        found = ids_of(record)
        assert all(address.startswith(("https://example.org/", "http://")) for address in found)
        own = [a for a in found if a.startswith(SCORE) and "#" not in a]
        assert len(own) == len(set(own))


def test_a_correction_keeps_the_ids():
    def named(export: ScoreExport) -> set[str]:
        found = {i for record in iiif.shapes_of(export).values() for i in ids_of(record)}
        return {i for i in found if "#" not in i}

    whole = alignment()
    later = replace(
        whole,
        points=tuple(replace(p, time_s=p.time_s + 0.2) for p in whole.points),
        sections=tuple(
            replace(s, start_s=s.start_s + 0.2, end_s=s.end_s + 0.2) for s in whole.sections
        ),
    )
    moved = described(performances=(replace(TAKE, alignment=later),))
    assert named(moved) == named(described())
    assert moved.visits["4ec"][0].start_s == START + 0.2  # it is another alignment
    # A barline that was missing in the third system changes the ids of that system alone.
    thirds = ((0.1, 0.3), (0.3, 0.5), (0.5, 0.9))
    split = described(places=(*PLACES[:2], replace(PLACES[2], bars=thirds), PLACES[3]))
    changed = named(split) ^ named(described())
    assert changed and all("/p2-s1-b" in i for i in changed)


def test_the_performance_is_sound_with_a_page_beside_it():
    record = iiif.performance_manifest(described())
    (canvas,) = record["items"]
    assert canvas["id"] == PERFORMANCE and canvas["duration"] == DURATION
    assert "width" not in canvas and "annotations" not in canvas
    (sound,) = items(canvas, "items")
    assert sound["target"] == PERFORMANCE
    assert sound["body"] == {
        "id": SOUND.url,
        "type": "Sound",
        "format": "audio/flac",
        "duration": DURATION,
    }
    beside = canvas["accompanyingCanvas"]
    assert items(beside, "items")[0]["body"]["id"] == SERVICES[0].url
    assert items(beside, "items")[0]["target"] == beside["id"] != PERFORMANCE
    assert canvas["thumbnail"][0]["id"] == record["thumbnail"][0]["id"] == SERVICES[0].thumbnail
    assert [file["id"] for file in record["rendering"]] == [TABLE.url, PDF.url]
    assert [file["id"] for file in record["seeAlso"]] == [MEI.url]
    assert record["rights"].endswith("/zero/1.0/")
    assert record["requiredStatement"]["value"]["none"][0] == "A library"
    assert record["partOf"] == [{"id": f"{BASE}/collection.json", "type": "Collection"}]


def test_ranges_lead_to_sections_systems_and_bars_in_the_order_played():
    (played,) = iiif.performance_manifest(described())["structures"]
    sections = played["items"]
    assert [s["label"]["none"][0] for s in sections] == ["Bars 1-4", "Bars 1-4", "Bars 5-6"]
    times = [region(s["items"][0]["id"])[2] for s in sections]
    assert times == [[0.5, 4.5], [4.5, 8.5], [8.5, 11.5]]
    systems = [s for section in sections for s in section["items"][1:]]
    times = [region(system["items"][0]["id"])[2] for system in systems]
    edges = [0.5, 2.5, 4.5, 6.5, 8.5, 10.5, 11.5]
    assert times == [list(pair) for pair in itertools.pairwise(edges)]
    bars = [bar for system in systems for bar in system["items"][1:]]
    assert [bar["label"]["none"][0] for bar in bars] == [f"bar {k + 1}" for k in LIST if k < 6]
    assert [region(bar["items"][0]["id"])[2] for bar in bars] == [
        [START + k, START + k + 1] for k, bar in enumerate(LIST) if bar < 6
    ]


def test_a_bar_of_a_page_has_a_text_and_leads_to_every_time_it_is_played():
    first, second = iiif.score_manifest(described())["items"]
    bars = items(first, "annotations")
    assert len(bars) == 8 and len(items(second, "annotations")) == 3
    texts = [bar["body"][0]["value"] for bar in bars]
    assert texts[:5] == ["bar 1, 0:00", "bar 2, 0:01", "bar 3, 0:02", "bar 4, 0:03", "bar 1, 0:04"]
    assert region(bars[1]["target"]) == (f"{SCORE}/page/1", [300, 80, 240, 160], [])
    leads_to = [region(b["body"][1]["id"]) for b in bars if b["id"].split("/")[-2] == "p1-s1-b1"]
    assert leads_to == [(PERFORMANCE, [], [0.5, 1.5]), (PERFORMANCE, [], [4.5, 5.5])]
    last = items(second, "annotations")[-1]
    assert last["body"][0]["value"] == "page 2, system 2, 0:10"


def test_the_collection_names_both():
    record = iiif.collection(described())
    assert [item["id"] for item in record["items"]] == [
        f"{BASE}/performance.json",
        f"{BASE}/score.json",
    ]


def test_several_recordings_are_canvases_of_one_manifest():
    other = replace(TAKE, key="07e", title="Another")
    export = described(performances=(TAKE, other))
    record = iiif.performance_manifest(export)
    assert [c["label"]["none"][0] for c in record["items"]] == ["A take", "Another"]
    assert [r["label"]["none"][0] for r in record["structures"]] == ["A take", "Another"]
    pages = iiif.score_manifest(export)["items"]
    assert [len(page["annotations"]) for page in pages] == [2, 2]
    assert items(pages[0], "annotations")[8]["body"][0]["value"] == "bar 1, 0:00, Another"
    own = [i for i in ids_of(record) if i.startswith(SCORE) and "#" not in i]
    assert len(own) == len(set(own))


def test_labels_are_the_editors_numbers():
    numbers = (("0", "1"), ("2", "2b"), ("3", "4"))
    named = zip(PLACES, numbers, strict=False)
    export = described(places=(*(replace(p, numbers=own) for p, own in named), PLACES[3]))
    texts = [bar["body"][0]["value"] for bar in items(iiif._page(export, 1), "annotations")]
    assert texts[:4] == ["bar 0, 0:00", "bar 1, 0:01", "bar 2, 0:02", "bar 2b, 0:03"]
    (played,) = iiif.performance_manifest(export)["structures"]
    labels = [s["label"]["none"][0] for s in played["items"]]
    assert labels == ["Bars 0-2b", "Bars 0-2b", "Bars 3-4"]


def test_a_score_without_music_in_the_recording_is_still_shown():
    silent = replace(TAKE, alignment=Alignment(()))
    export = described(places=(), performances=(silent,))
    assert "structures" not in iiif.performance_manifest(export)
    combined = iiif_combined.manifest(export, f"{BASE}/all.json")
    (_, page) = items(combined["items"][0], "items")
    assert region(page["target"])[2] == [0, DURATION]
    assert [presentation_flaws(record) for record in records(export)] == [[]] * 4


def test_the_picture_of_a_film_is_a_video():
    film = replace(TAKE, sound=Sound("https://e.org/r.mp4", 12.0, "video/mp4"))
    (canvas,) = iiif.performance_manifest(described(performances=(film,)))["items"]
    assert items(canvas, "items")[0]["body"]["type"] == "Video"


def test_addresses_must_be_absolute_and_pages_there():
    with pytest.raises(UsageError, match="absolute"):
        described(base_url="pair")
    with pytest.raises(UsageError, match="absolute"):
        described(images=(replace(SERVICES[0], url="1.jpg"), SERVICES[1]))
    with pytest.raises(UsageError, match="page 2"):
        described(images=SERVICES[:1])
    with pytest.raises(UsageError, match="needs the picture"):
        described(images=())


def test_combined_the_first_canvas_carries_sound_and_pages_in_turn():
    canvas = iiif_combined.manifest(described(), f"{BASE}/all.json")["items"][0]
    assert (canvas["width"], canvas["height"], canvas["duration"]) == (600, 800, DURATION)
    sound, *pages = items(canvas, "items")
    assert sound["target"] == PERFORMANCE
    assert [page["body"]["id"] for page in pages] == [image.url for image in SERVICES]
    times = [region(page["target"])[2] for page in pages]
    assert times == [[0.0, START + 8], [START + 8, DURATION]]  # no gap, to the very end
    tags = items(canvas, "annotations")
    for k, (tag, bar) in enumerate(zip(tags, LIST, strict=True)):
        address, (x, y, width, height), time = region(tag["target"])
        assert address == PERFORMANCE
        assert time == [START + k, START + k + 1]
        assert tag["body"]["value"] == (f"bar {bar + 1}" if bar < 6 else "page 2, system 2")
        left, wide = (60, 480) if bar == 6 else ((60, 300)[bar % 2], 240)
        assert (x, width) == (left, wide)
        assert (y, height) == ((80, 480)[bar // 2 % 2], 160)


def test_combined_a_page_of_another_shape_is_fitted_into_the_canvas():
    export = described(images=PICTURES)
    canvas = iiif_combined.manifest(export, f"{BASE}/all.json")["items"][0]
    _, _, second = items(canvas, "items")
    assert region(second["target"])[1] == [0, 175, 600, 450]  # 800 x 600 into 600 x 800
    tag = items(canvas, "annotations")[8]  # bar 5, the left half of the first system there
    assert region(tag["target"])[1] == [60, 175 + 45, 240, 90]


OA = "http://www.w3.org/ns/oa#"
KIND = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
VALUE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#value"


def triples_of(record: dict[str, Any]) -> set[tuple[str, str, str]]:
    jsonld = pytest.importorskip("pyld.jsonld", reason="PyLD is not installed")
    options = {
        "documentLoader": load_context,
        "format": "application/n-quads",
        "rdfDirection": None,
    }
    text = jsonld.to_rdf(record, options)
    return set(re.findall(r"^(\S+) <(\S+)> (.*) \.$", text, re.MULTILINE))


def test_annotations_are_linked_data():
    triples = triples_of(iiif.score_manifest(described()))
    annotations = {s for s, p, o in triples if p == KIND and o == f"<{OA}Annotation>"}
    assert len(annotations) == 2 + len(LIST)  # pages, bars
    for predicate in ("hasBody", "hasTarget", "motivatedBy"):
        assert {s for s, p, _ in triples if p == OA + predicate} == annotations
    bar = f"<{SCORE}/4ec/bar/p1-s1-b1/2>"
    assert (bar, f"{OA}hasTarget", f"<{SCORE}/page/1#xywh=60,80,240,160>") in triples
    assert (bar, f"{OA}hasBody", f"<{PERFORMANCE}#t=4.5,5.5>") in triples
    motives = {o for s, p, o in triples if s == bar and p == f"{OA}motivatedBy"}
    assert motives == {f"<{OA}commenting>", f"<{OA}linking>"}
    bodies = [o for s, p, o in triples if s == bar and p == f"{OA}hasBody"]
    values = {o for s, p, o in triples if s in bodies and p == VALUE}
    assert values == {'"bar 1, 0:04"'}
    combined = triples_of(iiif_combined.manifest(described(), f"{BASE}/all.json"))
    tag = f"<{PERFORMANCE}/bar/p1-s1-b1/2>"
    assert (tag, f"{OA}hasTarget", f"<{PERFORMANCE}#xywh=60,80,240,160&t=4.5,5.5>") in combined
