"""Pieces of every scoring: each staff lies where its notes are, windows show what they say."""

from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("verovio")
pytest.importorskip("resvg_py")

from scorebridge.audio.spectrogram import FRAME_RATE, SAMPLE_RATE
from scorebridge.encode.info import EncoderInfo
from scorebridge.score.strips import STAFF_HALF, STAFF_ROWS, STRIP_HEIGHT
from scorebridge_lab.dataset import pack as packing
from scorebridge_lab.dataset.ensembles import pack_ensemble, part_ranges, staff_sides
from scorebridge_lab.dataset.pairs import fixed_pairs, sample, usable_pairs
from scorebridge_lab.dataset.staff_views import drawn_strips, strips_at, unrolled_of
from scorebridge_lab.engrave.verovio import engrave_verovio

BARS = 24


def _trio() -> str:
    """Three parts in kern: the middle one rests but for its last bars."""
    lines = ["**kern\t**kern\t**kern", "*Icello\t*Iviola\t*Ivioln", "*clefF4\t*clefC3\t*clefG2"]
    lines += ["*M2/4\t*M2/4\t*M2/4", "*MM60\t*MM60\t*MM60"]
    for bar in range(1, BARS + 1):
        lines.append("\t".join([f"={bar}"] * 3))
        middle = "2e" if bar > BARS - 4 else "2r"
        lines += [f"2C\t{middle}\t4{'cdefg'[bar % 5]}{'cdefg'[bar % 5]}", ".\t.\t4gg"]
    return "\n".join([*lines, "==\t==\t==", "*-\t*-\t*-"]) + "\n"


@pytest.fixture(scope="module")
def trio(tmp_path_factory):
    path = tmp_path_factory.mktemp("kern") / "trio.krn"
    path.write_text(_trio())
    return engrave_verovio(path, staves=(), keep="all")


def _clicks(events, parts, ranges):
    """A player whose notes are short noises; parts are heard at different loudness."""
    out = np.zeros(int((events["onset"].max() + 3) * SAMPLE_RATE), np.float32)
    noise = np.random.default_rng(0).standard_normal(600).astype(np.float32)
    for onset, part in zip(events["onset"], parts, strict=True):
        start = int(onset * SAMPLE_RATE)
        out[start : start + 600] += noise * (1 + int(part))
    return out


@pytest.fixture(scope="module")
def packed(trio):
    return pack_ensemble(trio, "chamber", np.random.default_rng(1), 2, player=_clicks)


def test_events_know_their_part_and_instrument(trio):
    assert trio.meta["programs"] == [40, 41, 42]
    assert sorted(set(trio.parts.tolist())) == [0, 1, 2]
    assert set(trio.events["pitch"][trio.parts == 2]) == {48}
    ranges = part_ranges(trio)
    assert ranges[2] == (48, 48) and ranges[0][0] > 70


def test_an_excerpt_begins_at_zero(tmp_path):
    path = tmp_path / "trio.krn"
    path.write_text(_trio())
    piece = engrave_verovio(path, staves=(), keep="all", measures=(8, 1.0))
    assert piece.events["onset"][0] == pytest.approx(0, abs=1e-6)
    assert piece.events["onset"].max() == pytest.approx(15, abs=0.01)  # 8 bars of 2 s
    assert len(piece.bars) == 8 and piece.bars["onset"][0] == pytest.approx(0, abs=1e-6)
    assert (piece.parts == 1).sum() == 4


def test_each_staff_has_ink_where_its_notes_are(trio, packed):
    sides = staff_sides(trio)
    assert sides.staves.shape[:2] == (3, STAFF_ROWS)
    assert sides.edges[0] == 0 and sides.edges[-1] == sides.staves.shape[2]
    assert len(sides.edges) == len(trio.systems) + 1
    near = np.arange(-2, 3)
    for part, pitches in ((0, 2), (2, 1)):
        rows = slice(STAFF_HALF - 20, STAFF_HALF + 20)
        inked = [
            sides.staves[part, rows][:, column + near].min() < 130
            for column in sides.columns
            if column + 3 < sides.staves.shape[2]
        ]
        assert np.mean(inked) > 0.45 * pitches  # each onset of the violin, every other of the cello
    assert not sides.sounding[1, 0] and sides.sounding[1, -1]
    assert packed.staves is not None and packed.sounding is not None
    assert len(packed.columns) == packed.frames.shape[1] == packed.sounding.shape[1]


def test_frames_hold_the_onsets(packed):
    spec = packed.specs[0].astype(float).sum(1)
    heard = packed.frames[0][packed.frames[0] >= 2]
    rises = [spec[f : f + 2].max() - spec[f - 2] for f in heard]
    assert np.median(rises) > 0.3 * spec.max() and np.mean(np.array(rises) > 0) > 0.9
    assert int(np.diff(np.sort(heard)).max()) < 3 * FRAME_RATE


def test_whole_windows_show_all_staves_and_drawn_ones_some(packed):
    piece = usable_pairs(packed)
    assert piece is not None
    column = int(piece.columns[-1])
    assert strips_at(piece, column, 180).shape == (2, STRIP_HEIGHT, 180)
    rng = np.random.default_rng(0)
    counts = {len(drawn_strips(piece, len(piece.columns) - 1, 180, rng)) for _ in range(60)}
    assert counts == {1, 2}
    quiet = {
        drawn_strips(piece, 0, 180, rng).tobytes() for _ in range(80)
    }  # the viola rests there: a window may hide it, but is never the viola alone
    assert 3 <= len(quiet) <= 8
    whole = unrolled_of(piece, EncoderInfo("pools", 8, pools=True))
    assert whole.width == packed.staves.shape[2] and len(whole.systems) == len(packed.edges) - 1
    assert {len(system) for system in whole.systems} <= {1, 2}
    assert {len(s) for s in unrolled_of(piece, EncoderInfo("plain", 8)).systems} == {1}


def test_batches_mix_scorings(packed):
    piece = usable_pairs(packed)
    assert piece is not None
    plain = replace(piece, staves=None, sounding=None, edges=None)
    batch = sample([piece, plain], 32, 1, 0)
    assert len(batch.audio) == 32 <= len(batch.sheet) == len(batch.owner)
    assert batch.owner[0] == 0 and batch.owner[-1] == 31 and (np.diff(batch.owner) <= 1).all()
    held = fixed_pairs([piece], 10)
    assert held.strips_of.tolist() == np.repeat(np.arange(10), 2).tolist()


def test_a_packed_piece_is_read_as_it_was(packed, tmp_path):
    packing.save(packed, tmp_path / "a.npz")
    back = packing.load(tmp_path / "a.npz")
    for name in ("strip", "staves", "sounding", "edges", "columns", "frames"):
        np.testing.assert_array_equal(getattr(back, name), getattr(packed, name))
