"""Building the demonstration collection: engraving, forms of files, room and codec."""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from scorebridge.audio.decode import decode
from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge.score.pages import read_pages
from scorebridge_lab.augment.scan import Scan
from scorebridge_lab.demo import build
from scorebridge_lab.demo.pieces import PIECES, Form, Piece

SOURCES = Path(__file__).resolve().parents[3] / "demo" / "sources"


def piece(form: Form = "grey-pdf", look: Scan | None = None, **more: Any) -> Piece:
    return Piece("tiny", "s.pdf", "r.ogg", form, look or Scan(quality=80), **more)


def test_every_piece_has_a_source_and_names_of_its_own():
    assert {p.source for p in PIECES} == {path.stem for path in SOURCES.glob("*.ly")}
    assert len({p.score for p in PIECES}) == len({p.recording for p in PIECES}) == len(PIECES)


def test_engrave_gives_pages_to_scale_and_notes_in_time(tmp_path):
    if find_spec("lilypond") is None:
        pytest.skip("needs the wheel `lilypond`")
    (tmp_path / "tiny.ly").write_text(
        r"""\version "2.24.0"
        \score { { \tempo 4 = 120 c'4 d' <e' g'>2 } \layout { } \midi { } }"""
    )
    (tmp_path / "work").mkdir()
    pages, events = build.engrave(piece(dpi=50, paper="a5landscape"), tmp_path, tmp_path / "work")
    height, width = pages[0].shape
    assert abs(height - 148 / 25.4 * 50) <= 2
    assert abs(width - 210 / 25.4 * 50) <= 2
    assert events["pitch"].tolist() == [60, 62, 64, 67]
    assert events["onset"] == pytest.approx([0, 0.5, 1, 1])


@pytest.mark.parametrize(
    ("form", "name", "bilevel"),
    [
        ("grey-pdf", "a.pdf", None),
        ("colour-pdf", "b.pdf", None),
        ("bilevel-pdf", "c.pdf", 0.6),
        ("tiff", "d.tif", 0.6),
    ],
)
def test_written_scores_read_back_page_by_page(tmp_path, form, name, bilevel):
    pages = []
    for row in (100, 300):
        page = np.full((500, 400), 255, np.uint8)
        page[row : row + 20, 50:350] = 0
        pages.append(page)
    look = Scan(quality=90, bilevel=bilevel)
    build.write_score(tmp_path / name, piece(form, look=look), pages)
    back = [page.image for page in read_pages(tmp_path / name)]
    assert len(back) == 2
    for image, row in zip(back, (100, 300), strict=True):
        profile = image.mean(1)
        assert np.argmin(profile) / len(profile) == pytest.approx((row + 10) / 500, abs=0.03)


@pytest.mark.parametrize(
    ("form", "name", "mode"), [("png", "a.png", "1"), ("jpeg", "a.jpg", "RGB")]
)
def test_written_pictures_have_their_mode(tmp_path, form, name, mode):
    look = Scan(bilevel=0.6 if form == "png" else None)
    build.write_score(tmp_path / name, piece(form, look=look), [np.full((50, 40), 255, np.uint8)])
    with Image.open(tmp_path / name) as image:
        assert (image.mode, image.size) == (mode, (40, 50))


def test_a_room_rings_after_the_note():
    note = np.zeros(2 * SAMPLE_RATE, np.float32)
    note[: SAMPLE_RATE // 10] = np.sin(np.arange(SAMPLE_RATE // 10) * 0.2)
    rings = []
    for room in (0.02, 0.4):
        sound = build.record(note, piece(room=room), np.random.default_rng(0))
        start = int(np.argmax(np.abs(sound) > 0.1))
        after = sound[start + SAMPLE_RATE // 5 : start + SAMPLE_RATE // 2]
        rings.append(float(np.sqrt(np.mean(after**2))))
        assert np.abs(sound).max() == pytest.approx(0.7, abs=0.01)
    assert rings[1] > 5 * rings[0]


@pytest.mark.parametrize("name", ["a.ogg", "a.mp3"])
def test_recordings_survive_the_codec(tmp_path, name):
    time_s = np.arange(3 * SAMPLE_RATE) / SAMPLE_RATE
    sound = (0.4 * np.sin(2 * np.pi * 440 * time_s)).astype(np.float32)
    build.write_recording(tmp_path / name, sound)
    back = decode(tmp_path / name)
    spectrum = np.abs(np.fft.rfft(back))
    assert np.argmax(spectrum) * SAMPLE_RATE / len(back) == pytest.approx(440, abs=1)
    assert len(back) / SAMPLE_RATE == pytest.approx(3, abs=0.15)
    assert (tmp_path / name).stat().st_size < 30_000
