"""The film: what its frames show at known times, and that sound and picture agree."""

from __future__ import annotations

import json
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from known_pair import CLICK, DURATION, PLACES, aligned_pair, pages, place_at, write_files

from scorebridge.errors import AudioError, InputError, UsageError
from scorebridge.export.video import ENCODERS, VideoSettings, write_video

WIDTH, HEIGHT, FPS = 240, 320, 10  # upright: one page at a time, exactly filling the frame
SETTINGS = VideoSettings(WIDTH, HEIGHT, FPS)


def film(folder: Path, settings: VideoSettings = SETTINGS, **more: Any) -> Path:
    _, recording = write_files(folder)
    out = folder / "film.mp4"
    write_video(pages(), aligned_pair(), recording, out, settings, **more)
    return out


@pytest.fixture(scope="module")
def default_film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return film(tmp_path_factory.mktemp("film"))


def frames(path: Path) -> list[np.ndarray]:
    with av.open(str(path)) as container:
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def cursor(frame: np.ndarray) -> tuple[float, float] | None:
    """Centre of what is red in a frame (x, y in px), the line along the lower edge aside."""
    red = frame[: HEIGHT - 8].astype(int)
    ys, xs = np.nonzero((red[..., 0] - red[..., 1] > 60) & (red[..., 0] - red[..., 2] > 60))
    return (float(xs.mean()), float(ys.mean())) if len(xs) > 10 else None


def test_the_cursor_is_where_the_alignment_says(default_film):
    shown = frames(default_film)
    assert abs(len(shown) - DURATION * FPS) <= 1
    for k in (7, 19, 31, 44, 46, 63, 84, 88, 101, 113):  # both sides of the jump back and the turn
        page, system, x = place_at(k / FPS)
        got = cursor(shown[k])
        assert got is not None, k
        assert got[0] == pytest.approx(x * WIDTH, abs=2.5), k
        middle = sum(PLACES[2 * (page - 1) + system - 1].box[1::2]) / 2
        assert got[1] == pytest.approx(middle * HEIGHT, abs=4), k


def test_nothing_is_marked_before_and_after_the_music(default_film):
    shown = frames(default_film)
    assert cursor(shown[2]) is None
    assert cursor(shown[-2]) is None


def test_pages_turn_just_before_the_music_gets_there(default_film):
    greys = [
        float(frame[HEIGHT // 2 - 10 : HEIGHT // 2 + 10].mean()) for frame in frames(default_film)
    ]
    white, grey = 255, 180
    assert np.allclose(greys[:80], white, atol=4)  # the turn is at 8.5 s
    assert np.all(np.diff(greys[80:86]) < 0)  # a dissolve of 0.4 s
    assert np.allclose(greys[86:], grey, atol=4)


def test_the_bar_being_played_is_washed(default_film):
    frame = frames(default_film)[25].astype(int)  # 2.5 s: bar 3, left half of the second system
    inside, beside = frame[240, 80], frame[240, 180]
    assert inside[2] < inside[0] - 30  # yellow
    assert np.ptp(beside) < 8  # paper


def test_sound_keeps_its_time(default_film):
    with av.open(str(default_film)) as container:
        assert container.streams.audio[0].sample_rate == 48_000
        parts = list(container.decode(audio=0))
    assert parts[0].time == 0
    samples = np.concatenate([part.to_ndarray() for part in parts], axis=1)
    loud = np.flatnonzero(np.abs(samples[0]) > 0.2)
    assert loud[0] / 48_000 == pytest.approx(CLICK, abs=0.01)
    assert loud[-1] / 48_000 == pytest.approx(CLICK + 0.05, abs=0.01)
    assert samples.shape[1] / 48_000 == pytest.approx(DURATION, abs=0.05)


@pytest.mark.skipif(not shutil.which("ffprobe"), reason="ffprobe is not installed")
def test_ffprobe_finds_a_sound_film(default_film):
    command = ["ffprobe", "-v", "error", "-show_streams", "-show_format", "-of", "json"]
    done = subprocess.run([*command, str(default_film)], capture_output=True, check=True, text=True)
    assert done.stderr == ""
    record = json.loads(done.stdout)
    video, audio = sorted(record["streams"], key=lambda s: s["codec_type"], reverse=True)
    assert video["codec_name"] in ("h264", "vp9", "mpeg4")
    assert (video["width"], video["height"], video["pix_fmt"]) == (WIDTH, HEIGHT, "yuv420p")
    assert video["r_frame_rate"] == f"{FPS}/1"
    assert (audio["codec_name"], audio["channels"]) == ("aac", 2)
    assert float(video["start_time"]) == float(audio["start_time"]) == 0
    assert float(record["format"]["duration"]) == pytest.approx(DURATION, abs=0.15)
    assert "mp4" in record["format"]["format_name"]


def test_two_pages_stand_side_by_side_where_they_fit(tmp_path):
    (shown, *_) = frames(film(tmp_path, VideoSettings(640, 320, 2)))
    left, right = shown[100, 200].mean(), shown[100, 440].mean()
    assert (left, right) == (pytest.approx(255, abs=4), pytest.approx(180, abs=4))
    assert shown[100, 30].mean() == pytest.approx(232, abs=4)  # the table


def test_an_encoder_can_be_named(tmp_path):
    path = film(tmp_path, VideoSettings(WIDTH, HEIGHT, 2, "mpeg4"))
    with av.open(str(path)) as container:
        assert container.streams.video[0].codec_context.name == "mpeg4"


def test_the_default_encoder_is_not_under_the_gpl():
    assert not {"libx264", "libx265", "libxvid"} & set(ENCODERS)


def test_progress_is_told_and_may_break_off(tmp_path):
    told: list[tuple[float, float]] = []
    film(tmp_path, VideoSettings(64, 64, 5), progress=lambda *share: told.append(share[:2]))
    assert told[-1] == (DURATION, DURATION)
    assert [done for done, _ in told] == sorted(done for done, _ in told)

    def stop(done: float, total: float, path: Path | None) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        film(tmp_path, VideoSettings(64, 64, 5), progress=stop)


@pytest.mark.parametrize(
    ("settings", "words"),
    [
        (VideoSettings(321, 240), "even"),
        (VideoSettings(10, 240), "from 64"),
        (VideoSettings(320, 9000), "to 4096"),
        (VideoSettings(320, 240, fps=0), "1 to 120"),
        (VideoSettings(320, 240, encoder="no-such"), "No video encoder no-such"),
        (VideoSettings(320, 240, encoder="aac"), "No video encoder aac"),
    ],
)
def test_bad_settings_are_told(tmp_path, settings, words):
    with pytest.raises(UsageError, match=words):
        film(tmp_path, settings)


def test_unreadable_sound_and_unwritable_folders_are_told(tmp_path):
    short = replace(aligned_pair(), duration_s=1.0)
    text = tmp_path / "r.wav"
    text.write_text("no sound")
    with pytest.raises(AudioError, match=r"r\.wav"):
        write_video(pages(), short, text, tmp_path / "f.mp4", SETTINGS)
    _, recording = write_files(tmp_path)
    with pytest.raises(InputError, match="cannot be written"):
        write_video(pages(), short, recording, tmp_path / "no/f.mp4", SETTINGS)
