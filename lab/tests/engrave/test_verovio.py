"""Verovio's pages: ink where a notehead is said to be, ties sound once, times as written."""

import numpy as np
import pytest

pytest.importorskip("verovio")
pytest.importorskip("resvg_py")

from scorebridge_lab.engrave.engravers import engrave
from scorebridge_lab.engrave.engraving import Engraving
from scorebridge_lab.engrave.verovio import Style, engrave_verovio, events_of, piano_only
from scorebridge_lab.errors import LabError

KERN = """**kern\t**kern
*staff2\t*staff1
*clefF4\t*clefG2
*M4/4\t*M4/4
*MM60\t*MM60
=1\t=1
1C\t4c
.\t4d
.\t4e
.\t[4f
=2\t=2
2G\t4f]
.\t4g
2C\t2cc
==\t==
*-\t*-
"""


@pytest.fixture
def kern(tmp_path):
    path = tmp_path / "a.krn"
    path.write_text(KERN)
    return path


def test_notes_have_ink_times_and_ties(kern):
    piece = engrave_verovio(kern)
    assert len(piece.pages) == 1 and len(piece.systems) == 1
    assert len(piece.notes) == 10  # noteheads, both of the tied pair among them
    assert len(piece.events) == 9
    assert np.isnan(piece.notes["onset"]).sum() == 1
    right = piece.events[piece.events["pitch"] == 65][0]
    assert right["onset"] == pytest.approx(3.0) and right["duration"] == pytest.approx(2.0)
    page = piece.pages[0]
    for note in piece.notes:
        x, y = round(float(note["x"])), round(float(note["y"]))
        assert page[y - 1 : y + 2, x - 3 : x + 4].min() < 100
    system = piece.systems[0]
    top, middle = round(float(system["y0"])), round(float(system["x0"] + system["x1"]) / 2)
    assert page[top - 1 : top + 2, middle].min() < 200  # a staff line lies there
    assert system["staff_space"] == pytest.approx(7.0, abs=0.2)
    by_time = piece.notes[np.argsort(piece.notes["onset"])]
    upper = by_time[(by_time["staff"] == 0) & np.isfinite(by_time["onset"])]
    assert (np.diff(upper["x"]) > 0).all()


def test_any_number_of_staves(tmp_path):
    path = tmp_path / "trio.krn"
    rows = (line.split("\t") for line in KERN.splitlines())
    path.write_text(
        "\n".join("\t".join([row[0], *row]) for row in rows).replace("*staff2", "*staff3", 1)
    )
    piece = engrave(path, keep="all")
    assert (piece.staves["staff"].max(), len(piece.staves)) == (2, 3)
    with pytest.raises(LabError, match="3 staves"):
        engrave(path)


def test_events_alone_are_the_same(kern):
    np.testing.assert_array_equal(events_of(kern), engrave_verovio(kern).events)


def test_styles_move_notes_but_not_times(kern):
    plain, other = (
        engrave_verovio(kern),
        engrave_verovio(kern, Style.random(np.random.default_rng(1))),
    )
    np.testing.assert_array_equal(plain.events, other.events)
    assert np.abs(plain.notes["x"] - other.notes["x"]).max() > 1


def test_saved_and_loaded(kern, tmp_path):
    piece = engrave_verovio(kern)
    piece.save(tmp_path / "a.npz")
    back = Engraving.load(tmp_path / "a.npz")
    np.testing.assert_array_equal(back.pages[0], piece.pages[0])
    assert back.notes.tobytes() == piece.notes.tobytes()
    assert back.name == piece.name and back.meta == piece.meta


def test_no_music_and_wrong_staves_are_told(tmp_path):
    broken = tmp_path / "b.krn"
    broken.write_text("this is not kern")
    with pytest.raises(LabError):
        engrave_verovio(broken)
    single = tmp_path / "c.krn"
    single.write_text("**kern\n*clefG2\n*M4/4\n=1\n1c\n==\n*-\n")
    with pytest.raises(LabError, match="staves"):
        engrave_verovio(single)


def test_the_piano_part_is_kept():
    part = "<part id='{}'><measure><attributes>{}</attributes></measure></part>"
    xml = (
        "<score-partwise><part-list><score-part id='V'/><score-part id='P'/></part-list>"
        + part.format("V", "")
        + part.format("P", "<staves>2</staves>")
        + "</score-partwise>"
    )
    kept = piano_only(xml.encode()).decode()
    assert 'id="P"' in kept and 'id="V"' not in kept
    with pytest.raises(LabError, match="0 parts"):
        piano_only(xml.replace("<staves>2</staves>", "").encode())


ALTERED = """**kern\t**kern
*clefF4\t*clefG2
*k[f#c#]\t*k[f#c#]
*M4/4\t*M4/4
=1\t=1
1FF#\t4f#
.\t4f##
.\t4fn
.\t4B--
=2\t=2
2C# 2E-\t8ccc#L
.\t8cccJ
.\t4b-
*\t*8va
2AA\t4aaa#
.\t4gg
*\t*X8va
==\t==
*-\t*-
"""
PLAIN_MEI = """<?xml version="1.0"?>
<mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0">
<music><body><mdiv><score><scoreDef keysig="2s" meter.count="4" meter.unit="4"><staffGrp>
<staffDef n="1" lines="5" clef.shape="G" clef.line="2" {0}/></staffGrp></scoreDef><section>
<measure n="1"><staff n="1"><layer n="1"><note pname="f" oct="4" dur="4"/>
<note pname="f" oct="4" dur="4"><accid accid="n"/></note><note pname="g" oct="4" dur="4"
oct.ges="5"/><note pname="b" oct="3" dur="4"><accid accid.ges="ff"/></note></layer></staff>
</measure></section></score></mdiv></body></music></mei>"""


@pytest.mark.parametrize(
    "text", [ALTERED, PLAIN_MEI.format(""), PLAIN_MEI.format('trans.semi="-2"')]
)
def test_pitches_are_what_verovio_itself_says(text):
    import verovio

    from scorebridge_lab.engrave.mei import read_mei
    from scorebridge_lab.engrave.verovio import _pitch

    toolkit = verovio.toolkit()
    assert toolkit.loadData(text)
    toolkit.renderToTimemap()
    found = read_mei(toolkit.getMEI())
    assert bool(found.pitches) == ("trans.semi" not in text)
    notes = list(found.staff)
    assert len(notes) > 3
    own = [toolkit.getMIDIValuesForElement(note)["pitch"] for note in notes]
    assert [_pitch(toolkit, found, note) for note in notes] == own
