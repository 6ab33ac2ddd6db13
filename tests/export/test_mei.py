"""The MEI: opened by Verovio, held against the content models of MEI 5.1, and against a pair
known by hand."""

from __future__ import annotations

import re
import xml.etree.ElementTree as ET
from dataclasses import replace

import pytest
from known_pair import DURATION, LIST, PLACES, START, alignment

from scorebridge.errors import UsageError
from scorebridge.export.media import PageImage, Sound
from scorebridge.export.mei import document
from scorebridge.types import Place
from standards import schema_file

MEI = "{http://www.music-encoding.org/ns/mei}"
ID = "{http://www.w3.org/XML/1998/namespace}id"
IMAGES = [PageImage(n, f"pages/{n}.jpg", 600, 800) for n in (1, 2)]
SOUND = Sound("../r%20%26.ogg", DURATION, "audio/ogg")


def made(title: str = "Für <Elise> & Co.") -> str:
    return document(alignment("s & t.tif", "r.ogg"), PLACES, IMAGES, SOUND, title)


@pytest.fixture(scope="module")
def root() -> ET.Element:
    return ET.fromstring(made().encode())


def every(root: ET.Element, tag: str) -> list[ET.Element]:
    return list(root.iter(f"{MEI}{tag}"))


def test_zones_are_where_systems_and_bars_are(root):
    zones = {zone.get(ID): zone for zone in every(root, "zone")}
    assert len(zones) == 4 + 6
    corners = [zones["zone-bar-2"].get(side) for side in ("ulx", "uly", "lrx", "lry")]
    assert corners == ["300", "80", "540", "240"]
    assert zones["zone-bar-2"].get("type") == "measure"
    assert zones["zone-system-2-2"].get("type") == "system"
    surfaces = every(root, "surface")
    assert [[z.get(ID) for z in s.iter(f"{MEI}zone")][-1] for s in surfaces] == [
        "zone-bar-4",
        "zone-system-2-2",
    ]


def test_every_bar_played_has_its_when(root):
    whens = every(root, "when")
    starts = [when for when in whens if when.get("type") == "start"]
    names = [f"#bar-{k + 1}" if k < 6 else "#unread-2-2" for k in LIST]
    assert [when.get("data") for when in starts] == names
    clocks = [f"00:00:{START + k:06.3f}" for k in range(len(LIST))]
    assert [when.get("absolute") for when in starts] == clocks
    ends = [(w.get("data"), w.get("absolute")) for w in whens if w.get("type") == "end"]
    assert ends == [
        ("#bar-4", "00:00:04.500"),
        ("#bar-4", "00:00:08.500"),
        ("#unread-2-2", "00:00:11.500"),
    ]
    absolute = [when.get("absolute", "") for when in whens]
    assert absolute == sorted(absolute)


def test_measures_lead_to_their_zone_and_first_time(root):
    measures = every(root, "measure")
    assert [m.get("n") for m in measures] == ["1", "2", "3", "4", "5", "6", None]
    ids = {e.get(ID) for e in root.iter() if e.get(ID)}
    whens = {when.get(ID): when for when in every(root, "when")}
    for measure in measures:
        assert measure.get("facs", "")[1:] in ids
        first = whens[measure.get("when", "")[1:]]
        assert first.get("data") == f"#{measure.get(ID)}"
    assert measures[0].get("when") == "#when-1"
    assert measures[6].get("facs") == "#zone-system-2-2"
    assert [e.tag.removeprefix(MEI) for e in every(root, "section")[0]] == [
        *("pb", "sb", "measure", "measure", "sb", "measure", "measure"),
        *("pb", "sb", "measure", "measure", "sb", "measure"),
    ]


def test_repeat_signs_stand_at_their_measures():
    signs = ((True, False), (False, True))
    places = (PLACES[0], replace(PLACES[1], repeats=signs), *PLACES[2:])
    root = ET.fromstring(document(alignment(), places, IMAGES, SOUND, "x").encode())
    seen = [(m.get("n"), m.get("left"), m.get("right")) for m in every(root, "measure")]
    assert [m for m in seen if m[1] or m[2]] == [("3", "rptstart", None), ("4", None, "rptend")]
    assert flaws(root) == []


def test_measures_have_the_editors_numbers_and_keep_their_ids():
    places = (replace(PLACES[0], numbers=("0", "1")), replace(PLACES[1], numbers=("1b", "2")))
    root = ET.fromstring(document(alignment(), places, IMAGES, SOUND, "x").encode())
    named = [(m.get("n"), m.get(ID)) for m in every(root, "measure")]
    assert named == [("0", "bar-1"), ("1", "bar-2"), ("1b", "bar-3"), ("2", "bar-4")]
    assert flaws(root) == []


def test_links_and_ids_hold(root):
    ids = [e.get(ID, "") for e in root.iter() if e.get(ID)]
    assert len(ids) == len(set(ids))
    for element in root.iter():
        for name in ("facs", "when", "data", "decls"):
            for link in element.get(name, "").split():
                assert link[0] == "#"
                assert link[1:] in ids


def test_any_file_name_makes_legal_xml():
    text = made(title="a\x07b\ud800c <&>")
    assert ET.fromstring(text.encode()).find(f".//{MEI}title").text == "a\ufffdb\ufffdc <&>"  # pyright: ignore[reportOptionalMemberAccess]


def test_a_missing_picture_is_told():
    with pytest.raises(UsageError, match="page 2"):
        document(alignment(), PLACES, IMAGES[:1], SOUND, "x")


def test_verovio_opens_it_and_keeps_the_zones(root):
    verovio = pytest.importorskip("verovio", reason="verovio is not installed")
    toolkit = verovio.toolkit()
    toolkit.setOptions({"breaks": "encoded"})
    assert toolkit.loadData(made())
    assert toolkit.getPageCount() == 2
    kept = ET.fromstring(toolkit.getMEI({}).encode())
    sides = (ID, "ulx", "uly", "lrx", "lry", "type")
    for tag, names in (("zone", sides), ("measure", (ID, "n", "facs", "when"))):
        before, after = (
            {tuple(e.get(name) for name in names) for e in every(r, tag)} for r in (root, kept)
        )
        assert after == before
    assert toolkit.getElementAttr("bar-2")["facs"] == "#zone-bar-2"
    drawn = [toolkit.renderToSVG(page).count('class="measure"') for page in (1, 2)]
    assert drawn == [4, 3]


def with_staves() -> list[Place]:
    """The systems with two staves, the last with one."""
    x0, _, x1, _ = PLACES[0].box
    tops = (0.1, 0.6, 0.1, 0.6)
    both = [((x0, y, x1, y + 0.05), (x0, y + 0.15, x1, y + 0.2)) for y in tops]
    known = [*both[:3], both[3][:1]]
    return [replace(place, staves=staves) for place, staves in zip(PLACES, known, strict=True)]


def test_staves_have_their_zones():
    places = with_staves()
    root = ET.fromstring(document(alignment(), places, IMAGES, SOUND, "x").encode())
    zones = {zone.get(ID): zone for zone in every(root, "zone")}
    corners = [zones["zone-bar-2-staff-2"].get(side) for side in ("ulx", "uly", "lrx", "lry")]
    assert corners == ["300", "200", "540", "240"]
    assert len([z for z in zones.values() if z.get("type") == "staff"]) == 6 * 2 + 1
    for measure in every(root, "measure"):
        staves = every(measure, "staff")
        assert len(staves) == (2 if measure.get("n") else 1)
        for n, staff in enumerate(staves, 1):
            assert staff.get("facs") == f"#zone-{measure.get(ID)}-staff-{n}"
            assert staff.get("facs", "")[1:] in zones
    assert len(every(root, "staffDef")) == 2
    assert flaws(root) == []


@pytest.mark.parametrize("places", [PLACES, with_staves()], ids=["unknown staves", "staves"])
def test_the_schema_of_mei_accepts_it(places):
    etree = pytest.importorskip("lxml.etree", reason="lxml is not installed")
    schema = etree.RelaxNG(etree.parse(str(schema_file("mei-all-5.1.rng"))))
    text = document(alignment("s & t.tif", "r.ogg"), places, IMAGES, SOUND, "x")
    tree = etree.fromstring(text.encode())
    assert schema.validate(tree), schema.error_log
    tree.find(f".//{MEI}zone").set("facs", "#page-1")  # so the check above can fail
    assert not schema.validate(tree)


@pytest.mark.parametrize("places", [PLACES, with_staves()], ids=["unknown staves", "staves"])
@pytest.mark.parametrize("facsimile", [True, False])
def test_verovio_draws_it_as_facsimile_and_without(places, facsimile):
    verovio = pytest.importorskip("verovio", reason="verovio is not installed")
    toolkit = verovio.toolkit()
    toolkit.setOptions({"breaks": "encoded", "useFacsimile": facsimile, "header": "none"})
    assert toolkit.loadData(document(alignment(), places, IMAGES, SOUND, "x"))
    assert toolkit.getPageCount() == 2
    first, second = (toolkit.renderToSVG(page) for page in (1, 2))
    assert (first.count('class="measure"'), second.count('class="measure"')) == (4, 3)
    if facsimile and places[0].staves:  # lines of the second staff lie where its zone says
        lines = re.findall(r'class="staff".*?<path d="M(\d+) (\d+)', first, re.DOTALL)
        tops = [int(y) for _, y in lines[:2]]
        assert (tops[1] - tops[0]) == pytest.approx(0.15 * 800 * 10, rel=0.1)


# Of each element used: attributes and children that MEI 5.1 allows, as its modules shared,
# header, facsimile, performance, figtable and cmn define them. Children in their order: a name,
# or with ? * + as in a DTD. (The whole schema judges where it is at hand.)
COMMON = {ID, "n", "label", "type"}
ZONE = {"ulx", "uly", "lrx", "lry"}
MODEL: dict[str, tuple[set[str], str]] = {
    "mei": ({"meiversion"}, "meiHead music"),
    "meiHead": (set(), "fileDesc encodingDesc?"),
    "fileDesc": (set(), "titleStmt pubStmt sourceDesc?"),
    "titleStmt": (set(), "title+"),
    "title": (set(), ""),
    "pubStmt": (set(), ""),
    "sourceDesc": (set(), "source*"),
    "source": (set(), "bibl*"),
    "bibl": (set(), "title*"),
    "encodingDesc": (set(), "appInfo?"),
    "appInfo": (set(), "application+"),
    "application": ({"version"}, "name+"),
    "name": (set(), ""),
    "music": (set(), "facsimile* performance* body?"),
    "facsimile": ({"decls"}, "graphic* surface*"),
    "surface": ({"decls", *ZONE}, "graphic* zone*"),
    "graphic": ({"target", "mimetype", "width", "height", *ZONE}, "zone*"),
    "zone": ({"data", *ZONE}, "graphic*"),
    "performance": ({"decls"}, "recording*"),
    "recording": ({"decls", "data", "begin", "end", "betype", "startid"}, "avFile* when* clip*"),
    "avFile": ({"target", "mimetype", "facs"}, "clip*"),
    "when": ({"absolute", "abstype", "interval", "inttype", "since", "data"}, "extData*"),
    "body": (set(), "mdiv+"),
    "mdiv": (set(), "score?"),
    "score": (set(), "scoreDef section+"),
    "scoreDef": (set(), "staffGrp?"),
    "staffGrp": ({"symbol"}, "staffDef+"),
    "staffDef": ({"lines"}, ""),
    "section": (set(), "(pb|sb|measure)*"),
    "pb": ({"facs"}, ""),
    "sb": ({"facs"}, ""),
    "measure": ({"facs", "when", "left", "right"}, "staff*"),
    "staff": ({"facs"}, "layer*"),
    "layer": (set(), "mSpace*"),
    "mSpace": ({"facs", "when"}, ""),
}


def flaws(root: ET.Element) -> list[str]:
    """What does not follow `MODEL`."""
    found = []
    for element in root.iter():
        tag = element.tag.removeprefix(MEI)
        if tag not in MODEL:
            found.append(f"unknown {tag}")
            continue
        attributes, children = MODEL[tag]
        found += [f"{tag}@{name}" for name in set(element.keys()) - attributes - COMMON]
        pattern = re.sub(r"\w+", lambda word: f"(?:{word[0]},)", children).replace(" ", "")
        inside = "".join(f"{child.tag.removeprefix(MEI)}," for child in element)
        if not re.fullmatch(pattern, inside):
            found.append(f"{tag}: {inside} is not {children}")
    return found


def test_it_follows_the_content_models(root):
    assert flaws(root) == []
    spoiled = ET.fromstring(made().encode())
    recording = every(spoiled, "recording")[0]
    recording.append(recording[0])  # <avFile> after <when>
    every(spoiled, "zone")[0].set("when", "#when-1")
    assert len(flaws(spoiled)) == 2
