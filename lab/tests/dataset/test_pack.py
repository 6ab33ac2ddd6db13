"""Packing: columns show the notehead, frames hold its onset."""

import shutil
from dataclasses import replace

import numpy as np
import pytest

from scorebridge.audio.spectrogram import FRAME_RATE, SAMPLE_RATE
from scorebridge.score.strips import STRIP_HEIGHT
from scorebridge_lab.dataset import pack as packing
from scorebridge_lab.dataset.pairs import (
    PAIR_COLUMNS,
    PAIR_FRAMES,
    fixed_pairs,
    paces_of,
    sample,
    usable_pairs,
)
from scorebridge_lab.engrave.engraving import BAR
from scorebridge_lab.perform.performance import Manner
from scorebridge_lab.perform.synthesize import TRAINING_FONT, midi_bytes, render


def _beep(events, rng, pianos):
    """A player of short sine tones."""
    out = np.zeros(int((events["onset"].max() + 3) * SAMPLE_RATE), np.float32)
    for onset, pitch in zip(events["onset"].tolist(), events["pitch"].tolist(), strict=True):
        start = int(onset * SAMPLE_RATE)
        t = np.arange(4000) / SAMPLE_RATE
        tone = np.sin(2 * np.pi * 440 * 2 ** ((pitch - 69) / 12) * t) * np.exp(-t * 20)
        out[start : start + 4000] += tone.astype(np.float32)
    return out


@pytest.fixture
def packed(scale_piece):
    return packing.pack(scale_piece, 3, performances=2, player=_beep)


def test_columns_show_noteheads(packed):
    assert packed.strip.shape[0] == STRIP_HEIGHT
    assert len(packed.columns) == 40
    # Noteheads are the only ink in their rows of the space between two lines.
    rows = packed.strip[:, packed.columns].astype(int)
    beside = packed.strip[:, packed.columns + 8].astype(int)
    assert (rows.sum(0) < beside.sum(0) - 150).all()


def test_frames_hold_the_onset(packed):
    for spec, frames in zip(packed.specs, packed.frames, strict=True):
        rise = np.maximum(0, np.diff(spec.astype(int), axis=0)).sum(1)
        # A frame looks 93 ms ahead, so energy rises one or two frames before the onset's own.
        near = np.array([rise[max(0, f - 3) : f + 1].max() for f in frames[1:]])
        assert (near > 0.3 * np.median(near)).mean() > 0.95
    assert (np.diff(packed.frames) > 0).all()


def test_same_seed_same_bytes(scale_piece, packed):
    again = packing.pack(scale_piece, 3, performances=2, player=_beep)
    np.testing.assert_array_equal(again.specs[1], packed.specs[1])
    np.testing.assert_array_equal(again.frames, packed.frames)


def test_saved_and_read(packed, tmp_path):
    packing.save(packed, tmp_path / "a.npz")
    back = packing.load(tmp_path / "a.npz")
    assert back.name == "scale"
    np.testing.assert_array_equal(back.strip, packed.strip)
    np.testing.assert_array_equal(back.specs[0], packed.specs[0])
    assert not list(tmp_path.glob("*.partial"))


def test_page_scale_keeps_the_papers_width(scale_piece):
    strip, columns, _ = packing.sheet_side(scale_piece, page_scale=True)
    step = np.diff(columns[:20])
    assert np.abs(step - 36 / 2).max() <= 1  # 36 px on a page of 835 px, halved
    assert strip.shape[0] == STRIP_HEIGHT


def test_batches_depend_on_seed_and_step_alone(packed):
    piece = usable_pairs(packed)
    assert piece is not None
    one, two = sample([piece], 8, 1, 5), sample([piece], 8, 1, 5)
    np.testing.assert_array_equal(one.sheet, two.sheet)
    np.testing.assert_array_equal(one.audio, two.audio)
    assert one.sheet.shape == (8, STRIP_HEIGHT, PAIR_COLUMNS)
    assert one.audio.shape[:2] == (8, PAIR_FRAMES)
    assert one.same.diagonal().all()
    other = sample([piece], 8, 1, 6)
    assert (other.sheet != one.sheet).any()


def test_fixed_pairs_are_distinct_and_inside(packed):
    piece = usable_pairs(packed)
    assert piece is not None
    held = fixed_pairs([piece], 1000)
    count = (piece.frames >= 0).all(0).sum()
    assert len(held.sheet) == len(held.audio) == len(held.piece) == count < 40
    assert held.strips_of.tolist() == list(range(count))
    assert len({a.tobytes() for a in held.audio}) == len(held.audio)


def test_midi_plays_back_the_same_notes(scale_piece, tmp_path):
    symusic = pytest.importorskip("symusic")
    (tmp_path / "a.mid").write_bytes(midi_bytes(scale_piece.events))
    track = symusic.Score(tmp_path / "a.mid", ttype="second").tracks[0]
    heard = sorted((n.time, n.pitch) for n in track.notes)
    wanted = sorted((e["onset"], e["pitch"]) for e in scale_piece.events)
    np.testing.assert_allclose([t for t, _ in heard], [t for t, _ in wanted], atol=0.002)
    assert [p for _, p in heard] == [p for _, p in wanted]


@pytest.mark.skipif(
    not (shutil.which("fluidsynth") and TRAINING_FONT.exists()),
    reason="needs fluidsynth and fluid-soundfont-gm (Debian packages)",
)
def test_fluidsynth_plays_on_time(scale_piece):
    samples = render(scale_piece.events, TRAINING_FONT)
    frame = SAMPLE_RATE // 100
    power = np.square(samples[: len(samples) // frame * frame].reshape(-1, frame)).mean(1)
    for event in scale_piece.events[1:20]:
        k = int(event["onset"] * 100)
        assert power[k + 1 : k + 7].max() > 1.5 * power[k - 6 : k - 1].mean()
    assert len(samples) / SAMPLE_RATE * FRAME_RATE > 400


def test_slow_and_fast_manners_move_frames(scale_piece):
    slow = packing.pack(scale_piece, 1, 1, Manner((0.7, 0.7), 0, 4, 0, 0, 0, 0), player=_beep)
    # Density limits never touch two onsets a second.
    np.testing.assert_allclose(slow.frames[0], np.arange(40) * 10 / 0.7, atol=1.01)


def test_repeats_give_second_pairs_and_gaps(scale_piece):
    """The middle of the piece is played twice: its noteheads are heard twice."""
    bars = np.array([(0, 5, 0, 0), (5, 10, 3, 0), (10, 20.1, 0, 0)], BAR)
    manner = Manner((1.0, 1.0), 0, 4, 0, 0, 0, 0, repeats=1.0)
    piece = replace(scale_piece, bars=bars)
    packed = packing.pack(piece, 1, 1, manner, player=_beep)
    assert len(packed.columns) == 50
    again = np.flatnonzero(np.bincount(packed.columns) == 2)
    assert len(again) == 10
    for column in again:
        first, second = np.sort(packed.frames[0, packed.columns == column])
        assert second - first == 5 * FRAME_RATE
    spec = packed.specs[0].astype(int)
    heard = [np.abs(spec[f] - spec[f + 100]).max() for f in range(102, 198)]
    assert max(heard) <= 3  # what is heard twice sounds the same twice


def test_a_place_that_is_left_out_has_no_pair(scale_piece):
    """Of two endings only the second is played: its pairs say where, the first one's are gone."""
    bars = np.array([(0, 5, 1, 0), (5, 10, 2, 1), (10, 15, 0, 2), (15, 20.1, 0, 0)], BAR)
    manner = Manner((1.0, 1.0), 0, 4, 0, 0, 0, 0, repeats=0.0)
    packed = packing.pack(replace(scale_piece, bars=bars), 1, 1, manner, player=_beep)
    assert len(packed.columns) == 30
    assert (np.diff(np.sort(packed.frames[0])) == FRAME_RATE // 2).all()


def test_frames_that_lie_nowhere_are_never_drawn(packed):
    frames = packed.frames.copy()
    frames[0, ::2] = packing.NOWHERE
    piece = usable_pairs(replace(packed, frames=frames))
    assert piece is not None
    batch = sample([piece], 64, 1, 0)
    assert (batch.audio[:, PAIR_FRAMES // 2 :].reshape(64, -1).max(1) > 0).all()
    held = fixed_pairs([piece], 1000)
    assert len(held.sheet) == (piece.frames >= 0).all(0).sum() < len(piece.columns)


def test_slow_pieces_are_heard_for_longer(packed):
    piece = usable_pairs(packed)
    assert piece is not None
    paced = paces_of([piece])
    batch = sample([piece], 16, 1, 5, paced=paced)
    np.testing.assert_array_equal(batch.audio, sample([piece], 16, 1, 5).audio)
    slow = paced[0][0].max() > 1  # two notes a second
    assert slow and batch.pace.max() > 1 and (sample([piece], 16, 1, 5).pace == 1).all()
    paced_audio = fixed_pairs([piece], 20, paced=True).audio
    assert (paced_audio != fixed_pairs([piece], 20).audio).any()
