"""Decoding: every kind of file, rate and channel count, and every way of being broken."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
import soundfile
import soxr

from scorebridge.audio.decode import blocks, decode
from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge.errors import AudioError
from scorebridge.testing import melody


def sine(seconds: float, rate: int) -> np.ndarray:
    return (0.5 * np.sin(2 * np.pi * 440 * np.arange(int(seconds * rate)) / rate)).astype("f4")


def write_av(path: Path, samples: np.ndarray, codec: str, rate: int = 44100) -> Path:
    """Write a file that libsndfile cannot read; an .mp4 gets a picture track as well."""
    with av.open(str(path), "w") as container:
        video = add_video(container) if path.suffix == ".mp4" else None
        stream: Any = container.add_stream(codec, rate=rate, layout="mono")
        stream.bit_rate = 96000
        frame = av.AudioFrame.from_ndarray(samples[None], format="fltp", layout="mono")
        frame.sample_rate = rate
        container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
        if video:
            write_picture(container, video)
    return path


def add_video(container: Any) -> Any:
    stream = container.add_stream("mpeg4", rate=5)
    stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
    return stream


def write_picture(container: Any, stream: Any) -> None:
    black = av.VideoFrame.from_ndarray(np.zeros((64, 64, 3), np.uint8))
    container.mux(stream.encode(black))
    container.mux(stream.encode(None))


@pytest.mark.parametrize("rate", [8000, 11025, 22050, 44100, 96000, 192000])
def test_any_rate_comes_out_at_22050(tmp_path: Path, rate: int) -> None:
    soundfile.write(tmp_path / "a.wav", sine(3, rate), rate, subtype="FLOAT")
    samples = decode(tmp_path / "a.wav")
    assert samples.dtype == np.float32 and abs(len(samples) - 3 * 22050) <= 2
    middle = slice(22050, 2 * 22050)  # away from the filter's ringing at the ends
    np.testing.assert_allclose(samples[middle], sine(3, 22050)[middle], atol=1e-3)


@pytest.mark.parametrize("channels", [1, 2, 6])
def test_channels_are_averaged(tmp_path: Path, channels: int) -> None:
    tracks = np.stack([melody(1, seed) for seed in range(channels)], axis=1)
    soundfile.write(tmp_path / "a.wav", tracks, 22050, subtype="FLOAT")
    np.testing.assert_allclose(decode(tmp_path / "a.wav"), tracks.mean(1), atol=1e-6)


def test_blocks_join_without_a_seam(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.flac", sine(8, 44100), 44100)  # several blocks
    samples = decode(tmp_path / "a.flac")[1000:-1000]
    assert np.abs(np.diff(samples, 2)).max() < 0.5 * (2 * np.pi * 440 / 22050) ** 2 * 1.05


@pytest.mark.parametrize(
    ("name", "codec"),
    [
        ("a.flac", ""),
        ("a.ogg", ""),
        ("a.mp3", ""),
        ("a.aiff", ""),
        ("a.m4a", "aac"),
        ("a.wma", "wmav2"),
        ("a.mp4", "aac"),
        ("a.mka", "aac"),
    ],
)
def test_common_formats(tmp_path: Path, name: str, codec: str) -> None:
    path, original = tmp_path / name, melody(3, rate=44100)
    if codec:
        write_av(path, original, codec)
    else:
        soundfile.write(path, original, 44100)
    samples, wanted = decode(path), melody(3)
    assert abs(len(samples) - len(wanted)) < 0.15 * 22050  # encoders pad
    part = samples[30000:32000]
    shifted = np.lib.stride_tricks.sliding_window_view(wanted[26000:36000], len(part))
    cosines = shifted @ part / np.linalg.norm(shifted, axis=1) / np.linalg.norm(part)
    assert cosines.max() > 0.98


def test_level_is_kept_even_beyond_full_scale(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", 100 * melody(1), 22050, subtype="FLOAT")
    np.testing.assert_allclose(decode(tmp_path / "a.wav"), 100 * melody(1), rtol=1e-6)


def test_three_seconds_in_a_name_with_spaces_and_other_letters(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.ogg", melody(3), 22050)
    named = (tmp_path / "a.ogg").rename(tmp_path / "Прелюдия 前奏曲 №1 (копия).ogg")
    assert abs(len(decode(named)) - 3 * 22050) < 10


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.ogg", "a.mp3"])
def test_truncated_file_is_read_as_far_as_it_goes(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    soundfile.write(path, melody(10), 22050)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    assert 2 * 22050 < len(decode(path)) < 7 * 22050


def refused(path: Path) -> str:
    with pytest.raises(AudioError) as caught:
        decode(path)
    assert caught.value.path == path and caught.value.remedy
    return caught.value.reason


def test_missing_folder_and_empty(tmp_path: Path) -> None:
    assert refused(tmp_path / "no.wav") == "does not exist"
    assert refused(tmp_path) == "is a folder"
    (tmp_path / "empty.mp3").touch()
    assert "empty" in refused(tmp_path / "empty.mp3")


@pytest.mark.parametrize("name", ["a.wav", "a.flac", "a.ogg", "a.mp3", "a.m4a"])
def test_truncated_beyond_use(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    if name == "a.m4a":
        whole = write_av(path, melody(2), "aac").read_bytes()[:2000]  # its index is at the end
    else:
        soundfile.write(path, melody(2), 22050)
        whole = path.read_bytes()[:20]
    path.write_bytes(whole)
    assert refused(path)


@pytest.mark.parametrize("name", ["a.wav", "a.mp3", "a.txt", "a.m3u8"])
def test_text_is_called_text(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text("#EXTM3U\n#EXTINF:3\nother.wav\n" * 50)
    assert "text" in refused(tmp_path / name)


def test_noise_bytes(tmp_path: Path) -> None:
    (tmp_path / "a.ogg").write_bytes(np.random.default_rng(0).bytes(5000))
    assert "neither a score nor a recording" in refused(tmp_path / "a.ogg")


def test_a_score_is_called_one(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(b"%PDF-1.4")
    assert refused(tmp_path / "a.mp3") == "is a score, not a recording"


def test_only_zeros(tmp_path: Path) -> None:
    (tmp_path / "a.mp3").write_bytes(bytes(200_000))
    assert refused(tmp_path / "a.mp3") == "holds nothing but zeros"


def test_no_samples(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", np.zeros(0), 22050)
    assert "no samples" in refused(tmp_path / "a.wav")


def test_silence_with_and_without_dither_and_offset(tmp_path: Path) -> None:
    dither = np.random.default_rng(0).integers(-1, 2, 44100).astype(np.int16)
    for number, samples in enumerate([np.zeros(44100, np.int16), dither, dither + np.int16(500)]):
        soundfile.write(tmp_path / f"{number}.wav", samples, 22050)
        assert "silent" in refused(tmp_path / f"{number}.wav")


def test_video_without_sound(tmp_path: Path) -> None:
    with av.open(str(tmp_path / "a.mp4"), "w") as container:
        write_picture(container, add_video(container))
    assert refused(tmp_path / "a.mp4") == "holds no audio stream"


@contextmanager
def nobody() -> Iterator[None]:
    """Give up root's right to read everything for a moment."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


def test_no_permission() -> None:
    with tempfile.TemporaryDirectory() as folder:  # pytest's own are closed to others
        Path(folder).chmod(0o755)
        path = Path(folder, "a.wav")
        soundfile.write(path, melody(1), 22050)
        assert len(decode(path))
        path.chmod(0)
        with nobody():
            assert refused(path) == "may not be read"


def test_mp3_comes_out_whole(tmp_path: Path) -> None:
    """Read in blocks it equals what was written (libsndfile spoils samples at each block)."""
    t = np.arange(4 * 44100) / 44100
    wave = 0.4 * np.sin(2 * np.pi * 330 * t) * (1 + 0.5 * np.sin(2 * np.pi * 3 * t))
    soundfile.write(tmp_path / "a.mp3", wave.astype(np.float32), 44100, format="MP3")
    heard = decode(tmp_path / "a.mp3")
    wanted = soxr.resample(wave, 44100, SAMPLE_RATE)
    count = min(len(heard), len(wanted)) - 2000
    error = np.sqrt(np.mean((heard[1000:count] - wanted[1000:count]) ** 2))
    assert error < 0.03


def test_blocks_keep_rate_channels_and_level(tmp_path):
    samples = np.random.default_rng(0).uniform(-0.5, 0.5, (40_000, 2)).astype(np.float32)
    path = tmp_path / "a.wav"
    soundfile.write(path, samples, 32_000, "FLOAT")
    rates, parts = zip(*blocks(path), strict=True)
    assert set(rates) == {32_000}
    assert len(parts) > 1
    assert np.array_equal(np.concatenate(parts), samples)
    (tmp_path / "b.wav").write_text("words")
    with pytest.raises(AudioError, match=r"b\.wav"):
        list(blocks(tmp_path / "b.wav"))
