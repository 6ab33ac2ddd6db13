"""Engraved pages state the truth: ink lies where staves and barlines are said to be."""

import shutil
from pathlib import Path

import numpy as np
import pytest

pytest.importorskip("verovio")
pytest.importorskip("resvg_py")

import verovio

from scorebridge_lab.engrave import lilypond_layout, musescore, musescore_layout
from scorebridge_lab.engrave.lilypond_layout import LilypondLayout
from scorebridge_lab.engrave.mei_edit import MeiEdit, edited
from scorebridge_lab.engrave.musescore import MuseScoreStyle
from scorebridge_lab.engrave.musicxml_edit import cut_measures, measure_count
from scorebridge_lab.engrave.page_truth import (
    BARLINE_KINDS,
    GROUP_KINDS,
    NUMBER_KINDS,
    PLACES,
    EngravedPage,
    load_pages,
    save_pages,
)
from scorebridge_lab.engrave.style import Style
from scorebridge_lab.engrave.verovio import options_of
from scorebridge_lab.engrave.verovio_layout import page_of, pages_of

SPACE = 10.0  # px


def kern(measures: int, rests: tuple[int, ...] = ()) -> str:
    """Three staves, the upper two in a bracket; the lowest rests in the given measures."""
    rows = [
        "**kern\t**kern\t**kern",
        "*staff3\t*staff2\t*staff1",
        "*clefF4\t*clefG2\t*clefG2",
        "*M2/4\t*M2/4\t*M2/4",
    ]
    for k in range(1, measures + 1):
        rows.append("\t".join([f"={k}"] * 3))
        low = "2r" if k in rests else "2C"
        rows += [f"{low}\t4c\t4e", ".\t4d\t4f"]
    rows += ["==\t==\t==", "*-\t*-\t*-", "!!!system-decoration: [(s1,s2)]s3", ""]
    return "\n".join(rows)


def loaded(text: str, **options: object) -> "verovio.toolkit":
    verovio.enableLog(verovio.LOG_OFF)
    toolkit = verovio.toolkit()
    toolkit.setOptions({**options_of(Style(page_width=60.0)), **options})
    assert toolkit.loadData(text)
    return toolkit


def assert_inked(page: EngravedPage) -> None:
    """Staff lines and strokes of barlines are dark, the paper beside them is not."""
    for staff in page.staves:
        x = round(float(staff["x0"] + staff["x1"]) / 2)
        for y in np.linspace(staff["y0"], staff["y1"], staff["lines"]):
            assert page.image[round(float(y)) - 1 : round(float(y)) + 2, x - 8 : x + 9].min() < 200
    for line in page.barlines:
        y0, y1 = round(float(line["y0"])) + 2, round(float(line["y1"])) - 1
        x0, x1 = int(line["x0"]), int(np.ceil(line["x1"])) + 1
        dark = page.image[y0:y1, max(0, x0 - 1) : x1].min(1)
        assert (dark < 140).mean() > (0.4 if BARLINE_KINDS[line["kind"]] == "dashed" else 0.95)


def test_staves_barlines_groups_and_numbers_of_a_page() -> None:
    """Barlines are joined inside the bracket alone; bars carry the source's numbers."""
    (page, *_) = pages_of(loaded(kern(14), condense="none"), SPACE, [0])
    assert_inked(page)
    assert page.space == pytest.approx(SPACE, abs=0.1)
    systems = np.unique(page.staves["system"])
    assert len(systems) > 1 and all((page.staves["system"] == k).sum() == 3 for k in systems)
    inner = page.barlines[page.barlines["place"] == PLACES.index("inner")]
    assert set(inner["staff"]) == {0, 1, 2}
    assert {bool(b["joined"]) for b in inner if b["staff"] == 0} == {True}
    assert {bool(b["joined"]) for b in inner if b["staff"] > 0} == {False}
    for group in page.groups:
        assert (GROUP_KINDS[group["kind"]], group["first"], group["last"]) == ("bracket", 0, 1)
    assert [str(n) for n in page.bars["number"]] == [str(k) for k in range(1, 15)]
    first = page.bars[page.bars["system"] == 1][0]
    printed = page.numbers[page.numbers["system"] == 1]
    assert [str(n) for n in printed["text"]] == [str(first["number"])]
    box = printed[0]
    part = page.image[int(box["y0"]) : int(box["y1"]) + 1, int(box["x0"]) : int(box["x1"]) + 1]
    assert part.min() < 140
    last = page.barlines[page.barlines["kind"] == BARLINE_KINDS.index("final")]
    assert len(last) == 3 and set(last["place"]) == {PLACES.index("end")}


def test_a_staff_that_rests_is_hidden() -> None:
    """After the first system, where the staves are in several groups."""
    text = kern(16, rests=tuple(range(1, 17))).replace("[(s1,s2)]s3", "[(s1)][(s2)][(s3)]")
    toolkit = loaded(text, condense="auto")
    pages = list(pages_of(toolkit, SPACE, list(range(toolkit.getPageCount()))))
    counts = [int((p.staves["system"] == k).sum()) for p in pages for k in p.systems["system"]]
    assert counts[0] == 3 and set(counts[1:]) == {2}


def test_a_part_has_rests_of_many_bars() -> None:
    """Eight measures of rest are one bar that stands for eight, and the next has its number."""
    mei = loaded(kern(14, rests=tuple(range(3, 11)))).getMEI()
    part = edited(mei, MeiEdit(staff=2, join_rests=True), np.random.default_rng(0))
    (page,) = pages_of(loaded(part), SPACE, [0])
    assert set(page.staves["staff"]) == {0}
    found = [(str(b["number"]), int(b["measures"])) for b in page.bars]
    assert found == [("1", 1), ("2", 1), ("3", 8), ("11", 1), ("12", 1), ("13", 1), ("14", 1)]
    rests = page.numbers[page.numbers["kind"] == NUMBER_KINDS.index("rest")]
    assert [str(n) for n in rests["text"]] == ["8"]


def test_dashed_barlines_percussion_and_no_joining() -> None:
    mei = loaded(kern(14)).getMEI()
    edit = MeiEdit(unjoined=True, dashed=1.0, percussion=(1,))
    (page, *_) = pages_of(loaded(edited(mei, edit, np.random.default_rng(0))), SPACE, [0])
    assert_inked(page)
    assert list(page.staves["lines"][:3]) == [5, 1, 5]
    inner = page.barlines[page.barlines["place"] == PLACES.index("inner")]
    assert not inner["joined"].any()
    assert {BARLINE_KINDS[k] for k in inner["kind"]} == {"dashed"}


def test_pages_are_stored_and_read_back(tmp_path: Path) -> None:
    pages = list(pages_of(loaded(kern(14)), SPACE, [0]))
    save_pages(tmp_path / "a.npz", pages, {"name": "a", "group": "chamber"})
    (again,) = load_pages(tmp_path / "a.npz")
    assert again.meta["group"] == "chamber" and again.meta["page"] == 1
    assert np.array_equal(again.image, pages[0].image)
    for name, table in pages[0].tables().items():
        assert np.array_equal(table, again.tables()[name]), name


def test_a_hidden_mark_leaves_the_truth() -> None:
    toolkit = loaded(kern(14))
    svg = toolkit.renderToSVG(1)
    numbered, plain = page_of(svg, {}, SPACE), page_of(svg, {}, SPACE, ("mNum",))
    assert len(numbered.numbers) and not len(plain.numbers)


MUSICXML = """<?xml version="1.0"?><score-partwise version="3.1"><part-list>
<score-part id="P1"><part-name>A</part-name></score-part>
<score-part id="P2"><part-name>B</part-name></score-part></part-list>{parts}</score-partwise>"""


def musicxml(measures: int, rests: tuple[int, ...] = ()) -> str:
    """Two parts in 2/4; the lower rests in the given measures."""
    parts = []
    for name, silent in (("P1", ()), ("P2", rests)):
        rows = []
        for k in range(1, measures + 1):
            head = (
                "<attributes><divisions>1</divisions><time><beats>2</beats><beat-type>4"
                "</beat-type></time><clef><sign>G</sign><line>2</line></clef></attributes>"
            )
            note = "<note><pitch><step>C</step><octave>5</octave></pitch><duration>2</duration>"
            note += "<type>half</type></note>"
            rest = '<note><rest measure="yes"/><duration>2</duration></note>'
            body = (head if k == 1 else "") + (rest if k in silent else note)
            rows.append(f'<measure number="{k}">{body}</measure>')
        parts.append(f'<part id="{name}">{"".join(rows)}</part>')
    return MUSICXML.format(parts="".join(parts))


def test_musicxml_is_cut_with_what_holds() -> None:
    text = cut_measures(musicxml(9), 4, 3)
    assert measure_count(text) == 3
    assert text.count("<divisions>1</divisions>") == 2 and text.count("<sign>G</sign>") == 2


def has_musescore() -> bool:
    return any(shutil.which(name) for name in musescore.PROGRAMS)


@pytest.mark.skipif(not has_musescore(), reason="MuseScore is not installed")
def test_musescore_states_the_truth(tmp_path: Path) -> None:
    style = MuseScoreStyle(page_width=60.0, rests=True)
    svgs, shown, ids, names = musescore.export(musicxml(24), style, tmp_path)
    measures = [(str(k), n, m) for k, ((_, n), m) in enumerate(zip(ids, shown, strict=True))]
    numbers = musescore.names_of(ids, names)
    page = musescore_layout.page_of(svgs[0], 0, measures, numbers, SPACE)
    assert_inked(page)
    systems = np.unique(page.staves["system"])
    assert all((page.staves["system"] == k).sum() == 2 for k in systems)
    assert [str(n) for n in page.bars["number"]] == [str(k + 1) for k in range(len(page.bars))]
    begins = [str(page.bars[page.bars["system"] == k][0]["number"]) for k in systems[1:]]
    assert [str(n) for n in page.numbers["text"]] == begins


LILYPOND = r"""\version "2.24.0"
\score { << \new StaffGroup << \new Staff { \repeat unfold 30 { c'4 d' e' f' } }
\new Staff { \repeat unfold 30 { g'2 g' } } >> \new Staff { \repeat unfold 30 { c'1 } } >> }
"""


def test_lilypond_states_the_truth(tmp_path: Path) -> None:
    pytest.importorskip("lilypond")
    (tmp_path / "a.ly").write_text(LILYPOND)
    layout = LilypondLayout(indent=False)
    svgs = lilypond_layout.engrave(tmp_path / "a.ly", tmp_path, Style(page_width=60.0), layout, 60)
    page = lilypond_layout.page_of(svgs[0], SPACE)
    assert_inked(page)
    assert [int((page.staves["system"] == k).sum()) for k in (0, 1)] == [3, 3]
    inner = page.barlines[page.barlines["place"] == PLACES.index("inner")]
    assert {(int(b["staff"]), bool(b["joined"])) for b in inner} == {
        (0, True),
        (1, False),
        (2, False),
    }
    assert [str(n) for n in page.bars["number"][:4]] == ["1", "2", "3", "4"]
    group = page.groups[0]
    assert (GROUP_KINDS[group["kind"]], group["first"], group["last"]) == ("bracket", 0, 1)
    first = page.bars[page.bars["system"] == 1][0]
    assert str(page.numbers[0]["text"]) == str(first["number"])
