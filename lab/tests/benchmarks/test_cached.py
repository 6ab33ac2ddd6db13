"""The cache: the same again from disk, and passages as files of their own."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
import soundfile
from PIL import Image

from scorebridge.encode import documents
from scorebridge.score.strips import MARGIN, PAGE_WIDTH
from scorebridge.testing import FakeEncoder, melody, score_page
from scorebridge_lab.benchmarks.cached import (
    cached_recording,
    cached_score,
    cut_recording,
    cut_score,
)


@pytest.fixture
def lab(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path / "lab"))
    return tmp_path


def test_a_score_is_read_once(lab: Path) -> None:
    path = lab / "page.png"
    Image.fromarray(score_page(1, systems=3)).save(path)
    encoder = FakeEncoder()
    fresh, first = documents.encode_score(path, encoder), cached_score(path, encoder)
    again = cached_score(path, encoder)
    for found in (first, again):
        np.testing.assert_allclose(found.vectors, fresh.vectors, atol=1e-6)
        assert found.places == fresh.places and found.extent == fresh.extent


def test_an_encoder_of_the_papers_gets_pages_of_one_width(lab: Path) -> None:
    path = lab / "page.png"
    Image.fromarray(score_page(1, systems=3)).save(path)

    encoder = FakeEncoder()
    encoder.info = replace(encoder.info, name="theirs", by_page=True)
    ours, theirs = cached_score(path, FakeEncoder()), cached_score(path, encoder)
    assert theirs.places == documents.encode_score(path, encoder).places
    widths = [e.places[0].stop - e.places[0].start for e in (ours, theirs)]
    assert widths[0] != widths[1] and widths[1] <= PAGE_WIDTH + 2 * MARGIN
    assert [p.bars for p in ours.places] == [p.bars for p in theirs.places]


def test_a_passage_of_a_score_is_a_page_of_its_own(lab: Path) -> None:
    path = lab / "page.png"
    Image.fromarray(score_page(2, systems=4)).save(path)
    whole = cached_score(path, FakeEncoder())
    place = whole.places[1]
    (cut,) = cut_score(path, [(place.start, place.stop)], FakeEncoder())
    assert cut.extent == place.stop - place.start and cut.positions[0] < 50
    inside = (cut.positions > 50) & (cut.positions < cut.extent - 50)
    for position, vector in zip(cut.positions[inside], cut.vectors[inside], strict=True):
        near = np.abs(whole.positions - place.start - position)
        if near.min() == 0:  # windows of the whole lie on a grid of their own
            assert vector @ whole.vectors[near.argmin()] > 0.99


@pytest.mark.parametrize("ending", ["flac", "wav"])
def test_a_passage_of_a_recording_is_a_file_of_its_own(lab: Path, ending: str) -> None:
    samples = melody(40, 3)
    soundfile.write(lab / f"whole.{ending}", samples, 22050, subtype="PCM_16")
    soundfile.write(lab / "cut.wav", samples[5 * 22050 : 12 * 22050], 22050, subtype="PCM_16")
    (cut,) = cut_recording(lab / f"whole.{ending}", [(5.0, 12.0)], FakeEncoder())
    own = cached_recording(lab / "cut.wav", FakeEncoder())
    np.testing.assert_allclose(cut.positions, own.positions)
    assert (cut.vectors * own.vectors).sum(1).min() > 0.999
