"""Disturbances do what they say; windows are cut where the disturbed note is."""

import numpy as np
import pytest

from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge.testing import FakeEncoder
from scorebridge_lab.evaluate.robustness import (
    SWEEPS,
    audio_windows,
    disturb_page,
    disturb_sound,
    draw,
    measure,
    sheet_windows,
)


def _player(events):
    """A sine for every note."""
    out = np.zeros(int((events["onset"].max() + 2) * SAMPLE_RATE), np.float32)
    time = np.arange(SAMPLE_RATE // 2) / SAMPLE_RATE
    for event in events:
        start = int(event["onset"] * SAMPLE_RATE)
        pitch = 440 * 2 ** ((int(event["pitch"]) - 69) / 12)
        out[start : start + len(time)] += np.sin(2 * np.pi * pitch * time) * np.exp(-6 * time)
    return out


def test_noise_gain_and_detuning_by_numbers():
    rng = np.random.default_rng(0)
    time = np.arange(4 * SAMPLE_RATE) / SAMPLE_RATE
    tone = np.sin(2 * np.pi * 440 * time).astype(np.float32)
    noise = disturb_sound(tone, "noise", 10, rng) - tone
    assert 10 * np.log10(np.mean(tone**2) / np.mean(noise**2)) == pytest.approx(10, abs=0.1)
    assert (np.abs(disturb_sound(tone, "gain", 12, rng)) > 0.999).mean() > 0.5  # clipped
    high = disturb_sound(tone, "detuning", 100, rng)
    peak = np.abs(np.fft.rfft(high)).argmax() * SAMPLE_RATE / len(high)
    assert peak == pytest.approx(440 * 2 ** (1 / 12), abs=0.5)
    wet = disturb_sound(tone, "reverberation", 1.0, rng)
    assert np.std(wet[len(tone) + 1000 : len(tone) + 5000]) > 0.01  # it rings on


def test_pages_and_their_matrix_agree():
    page = np.full((400, 500), 255, np.uint8)
    page[100:106, 300:306] = 0
    for name, value in (("skew", 3.0), ("resolution", 5.0), ("blur", 0.1)):
        changed, matrix = disturb_page(page, name, value, 7.0)
        ink = 255.0 - changed
        y = ink.sum(1) @ np.arange(ink.shape[0]) / ink.sum()
        x = ink.sum(0) @ np.arange(ink.shape[1]) / ink.sum()
        wanted = matrix @ (302.5, 102.5, 1)
        assert np.hypot(x - wanted[0], y - wanted[1]) < 1.0


@pytest.mark.parametrize(("name", "value"), [("", 0.0), ("skew", 1.0), ("resolution", 6.0)])
def test_sheet_windows_show_the_note(scale_piece, name, value):
    windows = sheet_windows(scale_piece, np.arange(5, 15), name, value)
    assert len(windows) == 10
    for window in windows.values():
        assert window[:, 89:92].min() < 110 and window.shape == (80, 180)


def test_slow_and_detuned_sound_stays_in_step(scale_piece):
    asked = np.arange(10, 20)
    for name, value in (("tempo", 0.5), ("detuning", 100.0), ("", 0.0)):
        windows = audio_windows(scale_piece, asked, name, value, _player)
        assert len(windows) == 10
        for window in windows.values():
            energy = window.sum(1)
            rise = np.diff(energy)[36:47].argmax() + 36 + 1
            assert abs(rise - 42) <= 2  # the note begins in the middle


def test_a_curve_has_every_value_and_a_picture(scale_piece, tmp_path):
    points = measure(FakeEncoder(), [scale_piece], "gain", _player)
    assert [p.value for p in points] == sorted(SWEEPS["gain"].values)
    assert all(p.queries > 20 and 0 < p.a2s <= 1 and p.a2s_95[0] <= p.a2s + 1e-9 for p in points)
    pytest.importorskip("matplotlib")
    (picture,) = draw({"gain": points}, tmp_path)
    assert picture.stat().st_size > 3000
