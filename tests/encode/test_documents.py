"""Files to sequences of unit vectors, with the small fake encoder."""

import shutil
import subprocess
import sys
from pathlib import Path

import cv2
import numpy as np
import pytest
import soundfile

from scorebridge.encode import documents
from scorebridge.encode.encoder import MODELS, load_encoder
from scorebridge.encode.runtime import OpenVinoEncoder
from scorebridge.errors import InputError, ModelError, ScoreError
from scorebridge.files import detect_kind
from scorebridge.openvino import import_openvino
from scorebridge.testing import FakeEncoder, melody, score_page


def write_score(path: Path, *pages: np.ndarray) -> Path:
    assert cv2.imwritemulti(str(path), list(pages))
    return path


def write_sound(path: Path, seconds: float, seed: int = 0) -> Path:
    soundfile.write(path, melody(seconds, seed), 22050)
    return path


def test_recording(tmp_path: Path) -> None:
    encoded = documents.encode_recording(write_sound(tmp_path / "a.wav", 31), FakeEncoder())
    assert encoded.kind == "recording" and encoded.extent == pytest.approx(31)
    # Windows of 84 frames every 10 of 620: middles from 2.1 s to the last that fits, 28.9 s.
    assert encoded.positions[0] == pytest.approx(2.1)
    np.testing.assert_allclose(np.diff(encoded.positions)[:-1], 0.5, atol=1e-5)
    assert encoded.positions[-1] == pytest.approx(28.9, abs=0.3)
    assert encoded.vectors.shape == (len(encoded.positions), 16)
    assert encoded.vectors.dtype == encoded.positions.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(encoded.vectors, axis=1), 1, rtol=1e-5)


def test_the_same_passage_gives_the_same_vectors(tmp_path: Path) -> None:
    samples = melody(30, 1)
    soundfile.write(tmp_path / "whole.wav", samples, 22050)
    soundfile.write(tmp_path / "cut.wav", samples[10 * 22050 : 20 * 22050], 22050)
    whole = documents.encode_recording(tmp_path / "whole.wav", FakeEncoder())
    cut = documents.encode_recording(tmp_path / "cut.wav", FakeEncoder())
    inside = (cut.positions > 2) & (cut.positions < 8)  # elsewhere windows see the ends
    near = np.abs(whole.positions[:, None] - 10 - cut.positions[inside]).argmin(0)
    cosines = (cut.vectors[inside] * whole.vectors[near]).sum(1)
    assert cosines.min() > 0.99


@pytest.mark.parametrize("kind", ["score", "recording"])
def test_vectors_between_are_those_of_the_windows_halfway(kind: str) -> None:
    rng, ear = np.random.default_rng(3), FakeEncoder()
    if kind == "score":
        strip = rng.integers(0, 256, (104, 2010), dtype=np.uint8)
        encoded = documents.encode_strip(strip, ear)
        middles = encoded.positions.astype(int)
        unrolled = documents.unrolled_strip(strip)
        halves = documents.cut_windows(unrolled, middles[:-1] + np.diff(middles) // 2)
        expected = ear.sheet(*halves)
    else:
        spectrum = rng.random((700, 92), np.float32)
        encoded = documents.encode_spectrum(spectrum, ear)
        middles = np.round(encoded.positions * 20).astype(int)
        expected = ear.audio(
            documents.audio.cut_windows(spectrum, middles[:-1] + np.diff(middles) // 2)
        )
    assert encoded.between is not None and encoded.between.shape == encoded.vectors.shape
    np.testing.assert_allclose(encoded.between[:-1], expected, atol=1e-6)
    np.testing.assert_allclose(encoded.between[-1], encoded.vectors[-1], atol=1e-6)


def test_short_recordings(tmp_path: Path) -> None:
    encoded = documents.encode_recording(write_sound(tmp_path / "a.wav", 0.5), FakeEncoder())
    assert encoded.positions.tolist() == [0.25] and encoded.vectors.shape == (1, 16)
    encoded = documents.encode_recording(write_sound(tmp_path / "b.wav", 3), FakeEncoder())
    assert encoded.positions[0] == pytest.approx(0.6) and encoded.positions[-1] < 3


def test_score_with_a_blank_page_between(tmp_path: Path) -> None:
    first, second = score_page(1, systems=3), score_page(2, systems=2)
    path = write_score(tmp_path / "a.tif", first, np.full_like(first, 255), second)
    encoded = documents.encode_score(path, FakeEncoder())
    assert (encoded.kind, encoded.pages) == ("score", 3)
    assert [(p.page, p.system) for p in encoded.places] == [(1, 1), (1, 2), (1, 3), (3, 1), (3, 2)]
    assert encoded.places[0].start == 0 and encoded.places[-1].stop == encoded.extent
    assert all(a.stop == b.start for a, b in zip(encoded.places, encoded.places[1:], strict=False))
    assert encoded.vectors.shape == (len(encoded.positions), 16)
    np.testing.assert_allclose(np.linalg.norm(encoded.vectors, axis=1), 1, rtol=1e-5)
    assert np.all(np.diff(encoded.positions) > 0) and encoded.positions[-1] < encoded.extent


def test_score_without_staves(tmp_path: Path) -> None:
    blank = write_score(tmp_path / "a.png", np.full((800, 600), 255, np.uint8))
    with pytest.raises(ScoreError, match="no staves found"):
        documents.encode_score(blank, FakeEncoder())


def test_batches_make_no_difference() -> None:
    windows = np.random.default_rng(0).random((documents.BATCH * 2 + 3, 84, 92), np.float32)
    seen: list[int] = []

    def keep(batch: np.ndarray) -> np.ndarray:
        seen.append(len(batch))
        return FakeEncoder().audio(batch)

    out = documents._in_batches(lambda rows: keep(windows[rows]), np.arange(len(windows)))
    assert seen == [documents.BATCH, documents.BATCH, 3]
    np.testing.assert_allclose(out, FakeEncoder().audio(windows), atol=1e-6)


def test_only_paced_encoders_hear_longer_where_music_is_slow() -> None:
    class Listener(FakeEncoder):
        def __init__(self, paced: bool) -> None:
            super().__init__(paced=paced)
            self.heard = []

        def audio(self, windows: np.ndarray) -> np.ndarray:
            self.heard.append(windows)
            return super().audio(windows)

    slow = np.zeros((800, 92), np.float32)
    slow[::20] = 1.0  # one thing a second
    plain, paced = Listener(False), Listener(True)
    one, two = documents.encode_spectrum(slow, plain), documents.encode_spectrum(slow, paced)
    np.testing.assert_array_equal(one.positions, two.positions)
    beats = [np.concatenate(e.heard)[20].any(1).sum() for e in (plain, paced)]
    assert beats[0] <= 5 < beats[1]


def test_kind_is_told_by_content_before_ending(tmp_path: Path) -> None:
    sound = write_sound(tmp_path / "a.wav", 1).rename(tmp_path / "sound.pdf")
    score = write_score(tmp_path / "a.png", score_page()).rename(tmp_path / "score.mp3")
    assert detect_kind(sound) == "recording" and detect_kind(score) == "score"
    assert documents.encode_file(sound, FakeEncoder()).kind == "recording"
    assert documents.encode_file(score, FakeEncoder()).kind == "score"


def test_text_named_like_a_score_or_a_recording(tmp_path: Path) -> None:
    for name in ("a.pdf", "a.wav"):
        (tmp_path / name).write_text("not music " * 100)
        with pytest.raises(InputError, match="is a text file, neither a score nor a recording"):
            documents.encode_file(tmp_path / name, FakeEncoder())


def test_loading_encoders(tmp_path: Path) -> None:
    assert isinstance(load_encoder("scorebridge.testing:FakeEncoder"), FakeEncoder)
    for name in ("scorebridge.testing:NoSuch", "no.such.module:E", str(tmp_path), "nowhere"):
        with pytest.raises(ModelError):
            load_encoder(name)
    for file in ("card.json", "sheet.xml", "audio.xml"):
        (tmp_path / file).write_text("{}")
    with pytest.raises(ModelError, match="not a model card"):
        load_encoder(str(tmp_path))


def write_model(folder: Path, scale: float = 1.0) -> Path:
    """A small OpenVINO pair: one fixed matrix behind each input, outputs of any length."""
    ov = import_openvino()
    from openvino import opset13 as op

    folder.mkdir(exist_ok=True)
    for side, shape, kind in [("sheet", (80, 180), np.uint8), ("audio", (84, 92), np.float32)]:
        size = shape[0] * shape[1]
        matrix = np.random.default_rng(3).standard_normal((size, 8)).astype(np.float32) * scale
        entry = op.parameter(ov.PartialShape([-1, *shape]), dtype=kind)
        flat = op.reshape(op.convert(entry, "f32"), np.array([-1, size]), False)
        product = op.matmul(flat, op.constant(matrix), False, False)
        ov.save_model(ov.Model([product], [entry]), folder / f"{side}.xml", compress_to_fp16=False)
    (folder / "card.json").write_text('{"name": "tiny", "dim": 8}')
    return folder


def test_openvino_pair_runs_any_number_of_windows(tmp_path: Path) -> None:
    encoder = load_encoder(str(write_model(tmp_path)))
    matrix = np.random.default_rng(3).standard_normal((80 * 180, 8)).astype(np.float32)
    for count in (1, 5, documents.BATCH + 1):
        windows = np.random.default_rng(count).integers(0, 256, (count, 80, 180), np.uint8)
        wanted = windows.reshape(count, -1).astype(np.float64) @ matrix
        wanted /= np.linalg.norm(wanted, axis=1, keepdims=True)
        got = encoder.sheet(windows)
        assert got.dtype == np.float32 and got.shape == (count, 8)
        assert (got * wanted).sum(1).min() > 0.999  # bfloat16 where the processor has it
        np.testing.assert_allclose(np.linalg.norm(got, axis=1), 1, rtol=1e-5)
    assert encoder.audio(np.ones((2, 84, 92), np.float32)).shape == (2, 8)


def test_openvino_reports_nothing_and_forks_nothing(tmp_path: Path) -> None:
    code = f"""
import os, sys
from scorebridge.encode.encoder import MODELS, load_encoder
import numpy as np
os.register_at_fork(before=lambda: print("forked"))
load_encoder({str(write_model(tmp_path))!r}).sheet(np.zeros((1, 80, 180), np.uint8))
print([name for name in sys.modules if "telemetry_stub" in name or "openvino_telemetry" in name])
"""
    out = subprocess.check_output([sys.executable, "-c", code], text=True)
    assert out.strip() == "['openvino.tools.ovc.telemetry_stub']"


def test_name_changes_with_the_weights(tmp_path: Path) -> None:
    one = load_encoder(str(write_model(tmp_path / "one")))
    same = load_encoder(str(shutil.copytree(tmp_path / "one", tmp_path / "same")))
    other = load_encoder(str(write_model(tmp_path / "other", scale=2.0)))
    assert one.info.name == same.info.name != other.info.name and one.info.name.startswith("tiny-")


def test_shipped_pair_in_low_precision_is_the_same_as_in_full() -> None:
    folder = MODELS / "default"
    if not folder.is_dir():
        pytest.skip("no encoder ships yet in models/default")
    fast, full = OpenVinoEncoder(folder), OpenVinoEncoder(folder, "f32")
    pictures = np.stack([score_page(k)[60:140, 100:280] for k in range(8)])
    sounds = np.random.default_rng(0).random((8, 84, 92), np.float32)
    assert (fast.sheet(pictures) * full.sheet(pictures)).sum(1).min() > 0.999
    assert (fast.audio(sounds) * full.audio(sounds)).sum(1).min() > 0.999
