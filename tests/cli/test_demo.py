"""The demonstration on a collection of two pairs, with an encoder that tells high from low."""

from __future__ import annotations

import json
from pathlib import Path

import cv2
import numpy as np
import pytest
import soundfile
from PIL import Image

from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge.cli import demo
from scorebridge.encode.info import EncoderInfo
from scorebridge.errors import UsageError

SHIPPED = Path(__file__).resolve().parents[2] / "demo"


class HighOrLow:
    """Vectors (high, low): ink in the upper or lower staff, sound above or below 600 Hz."""

    info = EncoderInfo("high/low", 2)

    def sheet(self, windows, owner=None):
        dark = 255.0 - windows
        return self._unit(dark[:, :40].mean((1, 2)), dark[:, 40:].mean((1, 2)))

    def audio(self, windows):
        return self._unit(windows[:, :, 50:].mean((1, 2)), windows[:, :, :50].mean((1, 2)))

    def _unit(self, high, low):
        both = np.stack([high, low], 1).astype(np.float32) ** 2 + np.float32(1e-6)
        return both / np.linalg.norm(both, axis=1, keepdims=True)


def draw(path: Path, staff: int) -> None:
    """A page of three piano systems with noteheads on the upper (0) or lower (1) staff."""
    image = np.full((1000, 800), 255, np.uint8)
    for top in (120, 400, 680):
        for start in (top, top + 90):
            for line in range(5):
                cv2.line(image, (60, start + 10 * line), (740, start + 10 * line), 0, 2)
        for x in (60, 300, 520, 740):
            cv2.line(image, (x, top), (x, top + 130), 0, 2)
        for x in range(90, 730, 22):
            cv2.ellipse(image, (x, top + 90 * staff + 20), (8, 6), 0, 0, 360, 0, -1)
    cv2.imwrite(str(path), image)


def play(path: Path, frequency: float) -> None:
    """Half a minute of a tone struck four times a second."""
    time_s = np.arange(30 * SAMPLE_RATE) / SAMPLE_RATE
    soundfile.write(
        path,
        0.5 * np.sin(2 * np.pi * frequency * time_s) * np.exp(-4 * (time_s % 0.25)),
        SAMPLE_RATE,
    )


@pytest.fixture
def collection(tmp_path) -> Path:
    folder = tmp_path / "demo"
    (folder / "scores").mkdir(parents=True)
    (folder / "recordings").mkdir()
    for staff, frequency, number in ((0, 1760.0, 1), (1, 110.0, 2)):
        draw(folder / f"scores/s{number}.png", staff)
        play(folder / f"recordings/r{3 - number}.flac", frequency)
    pairs = [
        {
            "score": f"scores/s{n}.png",
            "recording": f"recordings/r{3 - n}.flac",
            "title": t,
            "composer": "Nobody",
        }
        for n, t in ((1, "High"), (2, "Low"))
    ]
    truth = {"pairs": pairs, "excerpt": {"recording": "recordings/r2.flac", "start_s": 5}}
    (folder / "truth.json").write_text(json.dumps(truth))
    return folder


def test_links_excerpt_alignment_and_report(collection, tmp_path):
    lines: list[str] = []
    outcome = demo.run_demo(collection, tmp_path / "out", HighOrLow(), lines.append)
    assert [pair.correct for pair in outcome.answers] == [(True, True), (True, True)]
    assert outcome.failed == 0
    assert Path(outcome.excerpt.hits[0].path).name == "s1.png"
    assert soundfile.info(tmp_path / "out/excerpt.ogg").duration == pytest.approx(20, abs=0.1)
    account = "\n".join(lines)
    assert "2 of 2 scores and 2 of 2 recordings found" in account
    assert "WRONG" not in account
    record = json.loads((tmp_path / "out/alignment.json").read_text())
    assert Path(record["recording"]).name == "r2.flac"
    assert {point["page"] for point in record["points"]} == {1}
    with Image.open(tmp_path / "out/alignment.png") as picture:
        assert picture.width >= 1000
    assert "Nobody: High" in outcome.report.read_text("utf-8")


def test_wrong_links_are_called_wrong_and_broken_files_are_counted(collection, tmp_path):
    truth = json.loads((collection / "truth.json").read_text())
    first, second = truth["pairs"]
    first["score"], second["score"] = second["score"], first["score"]
    (collection / "truth.json").write_text(json.dumps(truth))
    (collection / "scores/broken.pdf").write_text("no PDF")
    lines: list[str] = []
    outcome = demo.run_demo(collection, tmp_path / "out", HighOrLow(), lines.append)
    assert [pair.correct for pair in outcome.answers] == [(False, False), (False, False)]
    assert "0 of 2 scores" in "\n".join(lines)
    assert outcome.failed == 1
    assert any("broken.pdf" in line for line in lines)


def test_a_collection_that_is_not_there(tmp_path):
    with pytest.raises(UsageError, match="--collection"):
        demo.find_collection(tmp_path)


def test_a_damaged_truth(tmp_path):
    (tmp_path / "truth.json").write_text('{"pairs": [{}]}')
    with pytest.raises(UsageError, match=r"truth\.json: damaged"):
        demo.read_collection(tmp_path)


def test_the_shipped_collection_is_whole():
    collection = demo.read_collection(demo.find_collection(SHIPPED))
    files = [file for pair in collection.pairs for file in (pair.score, pair.recording)]
    assert len(collection.pairs) >= 10
    assert len(set(files)) == len(files)
    assert collection.excerpt in files
    assert sum(file.stat().st_size for file in files) < 8_000_000
    for pair in collection.pairs:  # names must not give the answer away
        assert pair.score.stem.split("_")[1] != pair.recording.stem.split("_")[1]
    for source in (SHIPPED / "sources").glob("*.ly"):
        assert "Encoded for Scorebridge, CC0" in source.read_text("utf-8")
