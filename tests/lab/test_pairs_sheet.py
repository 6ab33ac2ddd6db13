"""The picture of pairs, on a piece made by hand."""

from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from scorebridge.audio.spectrogram import BANDS, FRAME_RATE, SAMPLE_RATE, spectrogram
from scorebridge.lab.data.pairs_sheet import (
    HEIGHT,
    WIDTH,
    band_of,
    complete_notes,
    cut_pair,
    draw_sheet,
)
from scorebridge.lab.engrave.engraving import EVENT, NOTE, SYSTEM, Engraving


@pytest.fixture
def piece() -> Engraving:
    """One system; notes at x = 60, 300, 300 (a chord), 400 (tied), 800."""
    page = np.full((1181, 835), 255, np.uint8)
    systems = np.array([(0, 40, 800, 30, 98, 7)], SYSTEM)
    places = [(60, 60, 1.0), (300, 64, 5.0), (300, 67, 5.0), (400, 64, np.nan), (800, 72, 6.0)]
    notes = np.array([(0, 0, 0, x, 64, p, t) for x, p, t in places], NOTE)
    events = np.array([(0, 1, 60, 80), (5, 1, 64, 80), (5, 1, 67, 80), (9, 1, 72, 80)], EVENT)
    page[64, 300] = 0
    return Engraving("A__b__c", [page], systems, notes, events)


def test_only_pairs_with_both_windows_inside_are_taken(piece: Engraving) -> None:
    assert complete_notes(piece).tolist() == [1, 2]


def test_windows_are_centred_on_notehead_system_and_onset(piece: Engraving) -> None:
    spec = np.zeros((10 * FRAME_RATE, BANDS), np.float32)
    spec[5 * FRAME_RATE] = 1
    pair = cut_pair(piece, spec, 1)
    assert pair.sheet.shape == (HEIGHT, WIDTH)
    assert np.argwhere(pair.sheet == 0).tolist() == [[HEIGHT // 2, WIDTH // 2]]
    assert np.flatnonzero(pair.audio.any(1)).tolist() == [42]
    assert pair.pitches == (64, 67)


@pytest.mark.parametrize("pitch", [48, 60, 69, 81, 93])
def test_marks_show_the_band_of_the_fundamental(pitch: int) -> None:
    seconds = np.arange(SAMPLE_RATE) / SAMPLE_RATE
    tone = np.sin(2 * np.pi * 440 * 2 ** ((pitch - 69) / 12) * seconds).astype(np.float32)
    assert spectrogram(tone)[5].argmax() == band_of(pitch)


def test_the_picture_is_written(piece: Engraving, tmp_path: Path) -> None:
    pytest.importorskip("matplotlib")
    spec = np.random.default_rng(0).random((10 * FRAME_RATE, BANDS), np.float32)
    draw_sheet([cut_pair(piece, spec, 1)] * 3, tmp_path / "pairs.png", columns=2)
    with Image.open(tmp_path / "pairs.png") as image:
        assert image.width > 600
        assert len(image.convert("RGB").getcolors(1 << 20) or []) > 20
