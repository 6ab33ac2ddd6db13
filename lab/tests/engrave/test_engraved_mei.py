"""Bars, repeats and marks from Verovio's MEI and from LilyPond's barlines."""

from fractions import Fraction

import numpy as np
import pytest

pytest.importorskip("verovio")
pytest.importorskip("resvg_py")

from scorebridge_lab.engrave.engraving import BARLINE_KINDS, MARK_KINDS
from scorebridge_lab.engrave.lilypond_form import barline_kind, barline_records, bars_and_marks
from scorebridge_lab.engrave.lilypond_style import restyle, settings_of
from scorebridge_lab.engrave.lilypond_svg import (
    LilypondBarline,
    LilypondHead,
    LilypondMark,
    LilypondPage,
    LilypondStaff,
)
from scorebridge_lab.engrave.style import Style
from scorebridge_lab.engrave.verovio import engrave_verovio

MEI = """<?xml version="1.0"?><mei xmlns="http://www.music-encoding.org/ns/mei" meiversion="5.0">
<music><body><mdiv><score><scoreDef meter.count="4" meter.unit="4">
<staffGrp symbol="brace" bar.thru="true">
<staffDef n="1" lines="5" clef.shape="G" clef.line="2"/>
<staffDef n="2" lines="5" clef.shape="F" clef.line="4"/></staffGrp></scoreDef><section>
<measure n="1" left="rptstart">{0}<fermata staff="1" startid="#a3"/></measure>
<ending n="1."><measure n="2" right="rptend">{1}<trill staff="1" startid="#b1"/></measure></ending>
<ending n="2."><measure n="3">{2}<slur startid="#c1" endid="#c3" staff="1"/></measure></ending>
<measure n="4" right="end">{3}<pedal dir="down" tstamp="1" staff="2"/>
<pedal dir="up" tstamp="3" staff="2"/></measure>
</section></score></mdiv></body></music></mei>"""


def _bar(key: str) -> str:
    notes = "".join(
        f'<note xml:id="{key}{k}" pname="{p}" oct="4" dur="4"/>' for k, p in enumerate("cdef")
    )
    chord = '<chord dur="1"><note pname="c" oct="3"/><note pname="g" oct="3"/></chord>'
    return (
        f'<staff n="1"><layer n="1">{notes}</layer></staff>'
        f'<staff n="2"><layer n="1">{chord}</layer></staff>'
    )


@pytest.fixture(scope="module")
def piece(tmp_path_factory):
    path = tmp_path_factory.mktemp("mei") / "a.mei"
    path.write_text(MEI.format(*(_bar(k) for k in "abcd")))
    return engrave_verovio(path, Style(bar_numbers=-1, fingering=0.5, pedal=1.0), 120.0, width=1200)


def test_bars_say_where_repeats_and_endings_are(piece):
    assert piece.bars["repeat"].tolist() == [1, 2, 0, 0]
    assert piece.bars["ending"].tolist() == [0, 1, 2, 0]
    np.testing.assert_allclose(piece.bars["onset"], [0, 2, 4, 6])


def test_marks_know_their_time(piece):
    marks = {MARK_KINDS[m["kind"]]: m for m in piece.marks}
    assert marks["fermata"]["onset"] == pytest.approx(1.5)
    assert (marks["trill"]["onset"], marks["trill"]["pitch"]) == (pytest.approx(2.5), 62)
    assert (marks["slur"]["onset"], marks["slur"]["end"]) == (
        pytest.approx(4.5),
        pytest.approx(5.5),
    )
    assert (marks["pedal"]["onset"], marks["pedal"]["end"]) == (
        pytest.approx(6.0),
        pytest.approx(7.0),
    )


def test_staves_and_barlines_lie_on_their_ink(piece):
    page = piece.pages[0]
    assert page.shape[1] == 1200
    assert len(piece.staves) == 2 * len(piece.systems)
    for staff in piece.staves:
        y = round(float(staff["y0"]))
        row = page[y - 1 : y + 2].min(0)
        inside = row[int(staff["x0"]) + 5 : int(staff["x1"]) - 5]
        assert (inside < 245).mean() > 0.95
    kinds = [BARLINE_KINDS[b["kind"]] for b in piece.barlines]
    assert "repeat-start" in kinds and "repeat-end" in kinds and kinds[-1] == "final"
    for line in piece.barlines:
        x0, x1, y0, y1 = (round(float(line[k])) for k in ("x0", "x1", "y0", "y1"))
        assert (page[y0 + 3 : y1 - 3, x0 : x1 + 1].min(1) < 160).mean() > 0.95


def test_any_width_scales_every_place(piece, tmp_path):
    path = tmp_path / "a.mei"
    path.write_text(MEI.format(*(_bar(k) for k in "abcd")))
    small = engrave_verovio(path, Style(bar_numbers=-1, fingering=0.5, pedal=1.0), 120.0, width=600)
    np.testing.assert_allclose(small.notes["x"] * 2, piece.notes["x"], rtol=1e-5)
    np.testing.assert_allclose(small.barlines["y1"] * 2, piece.barlines["y1"], rtol=1e-5)


def test_styles_stay_within_what_engravers_take():
    for seed in range(50):
        style = Style.random(np.random.default_rng(seed))
        text = settings_of(style)
        assert text.count("{") == text.count("}") and "set-global-staff-size" in text
        assert 90 < style.page_width < 150


def test_paper_blocks_are_taken_out_whole():
    text = '#(set-global-staff-size 23)\n\\paper { a = "}" % }\n b { c } }\n\\score { d }'
    assert restyle(text).split() == ["\\score", "{", "d", "}"]
    assert "\\paper {" in restyle("\\paper { never closed")


def test_lilyponds_barlines_become_bars():
    heads = [
        LilypondHead(k, 5.0 * k, 2, 60, Fraction(k, 4), Fraction(0), 1, 0, 7) for k in range(12)
    ]
    onsets = np.array([h.moment for h in heads], float) * 2
    events = np.zeros(12)

    def line(moment, glyph, staff=7, x=0.0):
        return LilypondBarline(1, 0, staff, x, x + 1, 0, 4, Fraction(moment), glyph)

    lines = [line(0, ".|:"), line(1, "|", x=20), line(2, ":|.", x=40), line(3, "|.", x=60)]
    lines.append(LilypondBarline(1, 0, -1, 20, 21, 4, 10, Fraction(1), "|"))
    signs = [
        LilypondMark("volta 1.", 1, -1, Fraction(1), Fraction(2)),
        LilypondMark("volta 2.", 1, -1, Fraction(2), Fraction(3)),
        LilypondMark("fermata", 1, 7, Fraction(5, 4), Fraction(5, 4)),
    ]
    page = LilypondPage(
        100, 100, heads, [LilypondStaff(7, 1, 0, 0, 60, 0, 4, 5)], set(), lines, signs
    )
    bars, marks = bars_and_marks([page], heads, onsets, events, {7: 0})
    assert bars["repeat"].tolist() == [1, 2, 0] and bars["ending"].tolist() == [0, 1, 2]
    np.testing.assert_allclose(bars["end"], [2, 4, 6])
    assert MARK_KINDS[marks[0]["kind"]] == "fermata" and marks[0]["onset"] == pytest.approx(2.5)
    boxes = barline_records([page], {0: 0}, 200)
    assert [BARLINE_KINDS[b["kind"]] for b in boxes] == [
        "repeat-start",
        "single",
        "repeat-end",
        "final",
    ]
    assert boxes[1]["y1"] == pytest.approx(20)  # the part between staves belongs to it
    assert barline_kind(":..:") == "repeat-both" and barline_kind("||") == "double"
