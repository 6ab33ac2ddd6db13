"""LilyPond engraving, judged by pieces whose every note is known by hand."""

from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from scorebridge_lab.engrave import lilypond
from scorebridge_lab.engrave.engraving import EVENT, PAGE_WIDTH, Engraving
from scorebridge_lab.engrave.lilypond_midi import MidiEvents, joined_onsets, ticks_of
from scorebridge_lab.engrave.lilypond_svg import read_lilypond_svg

pytest.importorskip("lilypond")
pytest.importorskip("resvg_py")

# Two printed scores and one that is only heard. At 60 quarters a minute a quarter is 1 s.
PIECE = r"""
\version "2.18.2"
right = \relative c' {
  \grace b'8 c4 d e2~ | \repeat volta 2 { e4 f g a } \alternative { { b1 } { c1 } } \break
  \repeat percent 2 { c,4 d e f } \repeat tremolo 4 g16 r4 r2 |
}
left = { \clef bass c2 c2 | c1 c1 c1 | R1*3 }
\score {
  \new PianoStaff << \new Staff \right \new Staff \left >>
  \layout { }
}
\score {
  \unfoldRepeats \new PianoStaff << \new Staff \right \new Staff \left >>
  \midi { \tempo 4 = 120 }
}
\score {
  \new PianoStaff << \new Staff { <c' e'>1 } \new Staff { \clef bass c1 } >>
  \layout { }
  \midi { }
}
"""
GRACE = 0.225 / 4  # s: 9/40 of an eighth at 120 quarters a minute


@pytest.fixture(scope="module")
def engraved(tmp_path_factory: pytest.TempPathFactory) -> Engraving:
    folder = tmp_path_factory.mktemp("piece")
    main = folder / "piece.ly"
    main.write_text(PIECE)
    lilypond.prepare(folder)
    lilypond.run_lilypond(main, folder / "out", limit_s=60)
    return lilypond.read_engraving("piece", folder / "out")


def test_noteheads_and_events_are_those_of_the_page(engraved: Engraving) -> None:
    right = [71, 72, 74, 76, 76, 77, 79, 81, 83, 84, 72, 74, 76, 77, 79]
    first = engraved.notes[engraved.notes["system"] < engraved.notes["system"].max()]
    assert sorted(first["pitch"][first["staff"] == 0]) == sorted(right)
    assert sorted(first["pitch"][first["staff"] == 1]) == [48] * 5
    assert engraved.meta["scores"] == 2
    assert engraved.meta["noteheads"] == len(right) + 5 + 3
    # the tied e is heard once; percent and tremolo repeats are heard in full, voltas once
    assert engraved.meta["events"] == len(right) - 1 + 4 + 3 + 5 + 3


def test_onsets_follow_the_score(engraved: Engraving) -> None:
    notes, half = engraved.notes, 0.5  # s a quarter at 120
    right = notes[(notes["staff"] == 0) & (notes["system"] == 0)]  # up to the \\break
    grace = right[right["pitch"] == 71][0]
    assert grace["onset"] == 0
    seconds = {72: 0, 74: 1, 77: 5, 79: 6, 81: 7, 83: 8, 84: 12}
    for pitch, quarter in seconds.items():
        found = right[right["pitch"] == pitch]
        assert found["onset"] == pytest.approx(GRACE + quarter * half, abs=2e-3), pitch
    tied = right[right["pitch"] == 76]
    assert tied["onset"][0] == pytest.approx(GRACE + 2 * half, abs=2e-3)
    assert np.isnan(tied["onset"][1])
    assert engraved.meta["tied"] == 1
    assert engraved.meta["share"] == 1.0


def test_second_score_is_played_after_the_first(engraved: Engraving) -> None:
    last = engraved.notes[engraved.notes["system"] == engraved.notes["system"].max()]
    first = engraved.notes[engraved.notes["system"] < engraved.notes["system"].max()]
    assert len(last) == 3
    assert len(set(last["onset"])) == 1
    assert last["onset"][0] > np.nanmax(first["onset"]) + lilypond.SCORE_GAP / 2


def test_places_lie_on_ink_and_in_their_system(engraved: Engraving) -> None:
    page = engraved.pages[0]
    assert page.shape[1] == PAGE_WIDTH
    assert page[0, 0] == 255
    black = engraved.notes[np.isin(engraved.notes["pitch"], [74, 77, 79, 81])]
    for note in black:
        x, y = round(float(note["x"])), round(float(note["y"]))
        assert page[y - 1 : y + 2, x - 1 : x + 2].mean() < 100
    assert (np.diff(engraved.systems["y0"]) > 0).all()
    space = PAGE_WIDTH / 210 * 1.7573  # LilyPond's default staff on A4
    assert engraved.systems["staff_space"] == pytest.approx(space, rel=1e-3)
    for system in engraved.systems:
        row = page[round(float(system["y0"])) - 1 : round(float(system["y0"])) + 2]
        lines = row[:, int(system["x0"]) + 2 : int(system["x1"]) - 2].min(0)
        assert (lines < 200).mean() > 0.95


def test_engraving_survives_the_disk(engraved: Engraving, tmp_path: Path) -> None:
    engraved.save(tmp_path / "piece.npz")
    again = Engraving.load(tmp_path / "piece.npz")
    assert again.name == "piece"
    assert again.meta == engraved.meta
    np.testing.assert_array_equal(again.pages[0], engraved.pages[0])
    np.testing.assert_array_equal(again.events, engraved.events)


def test_a_file_that_does_not_compile_names_the_cause(tmp_path: Path) -> None:
    main = tmp_path / "bad.ly"
    main.write_text('\\version "2.18.2"\n\\score { \\undefinedMusic \n')
    with pytest.raises(lilypond.EngravingError, match=r"^lilypond: "):
        lilypond.run_lilypond(main, tmp_path / "out", limit_s=60)


def test_fold_drops_what_makes_page_and_sound_differ() -> None:
    text = r"\score { \unfoldRepeats \articulate << \music >> } \include \"articulate.ly\""
    folded = lilypond.fold_repeats(text)
    assert r"\unfoldRepeats" not in folded
    assert r"\articulate" not in folded
    assert "articulate.ly" in folded


def test_old_encodings_become_utf8(tmp_path: Path) -> None:
    (tmp_path / "a.ly").write_bytes('\\version "2.18.2"\n% Gänge\n{ c4 }\n'.encode("latin-1"))
    lilypond.prepare(tmp_path)
    assert "Gänge" in (tmp_path / "a.ly").read_text(encoding="utf-8")


def test_ticks_count_graces_at_nine_fortieths() -> None:
    moments = [(Fraction(0), Fraction(-1, 8)), (Fraction(1, 4), Fraction(0))]
    assert ticks_of(moments).tolist() == [-43, 384]  # 1536 * 9/40 / 8 = 43.2


def test_join_finds_the_shift_and_leaves_unheard_notes_out() -> None:
    ticks = np.array([0, 43, 427, 427], np.int64)
    events = np.zeros(4, EVENT)
    events["onset"], events["pitch"] = ticks / 768, [71, 72, 74, 60]
    heads = np.array([-43, 0, 384, 384, 768], np.int64)
    pitches = np.array([71, 72, 60, 74, 74], np.int64)
    onsets = joined_onsets(MidiEvents(ticks, events), heads, pitches)
    np.testing.assert_allclose(onsets, [0, 43 / 768, 427 / 768, 427 / 768, np.nan])


def test_svg_places_are_the_middle_of_the_head() -> None:
    page = read_lilypond_svg(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 50">'
        '<g data-head="60" data-id="7" data-system="1" data-score="2" data-staff="3"'
        ' data-moment="3/4" data-grace="0" data-x0="0" data-x1="1.5">'
        '<g transform="translate(10.5, 20)"><path d="M0 0"/></g></g>'
        '<g data-tied="7"/></svg>'
    )
    head = page.heads[0]
    assert (head.x, head.y, head.moment, head.pitch) == (11.25, 20, Fraction(3, 4), 60)
    assert page.tied == {7}


@pytest.mark.slow
def test_a_piece_without_end_is_stopped(tmp_path: Path) -> None:
    main = tmp_path / "loop.ly"
    main.write_text('\\version "2.25.12"\n#(let loop () (loop))\n')
    with pytest.raises(lilypond.EngravingError, match=r"^time: "):
        lilypond.run_lilypond(main, tmp_path / "out", limit_s=1)
