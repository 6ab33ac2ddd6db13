"""The spectrogram against the published formula, written out again by the letter."""

import math

import numpy as np
import pytest

from scorebridge.audio import spectrogram as sg
from scorebridge.testing import melody


def corner_bins() -> list[int]:
    """FFT bins nearest to 440 Hz * 2^(i/16) between 30 Hz and 6 kHz, each once."""
    bins: list[int] = []
    for i in range(-100, 100):
        frequency = 440 * 2 ** (i / 16)
        if 30 <= frequency <= 6000:
            nearest = min(range(1024), key=lambda b: abs(b * 22050 / 2048 - frequency))
            bins += [nearest] if nearest not in bins else []
    return bins


def weight(b: int, low: int, middle: int, high: int) -> float:
    """Height of a triangle over bin b; a triangle narrower than two bins is its first bin."""
    if high - low < 2:
        return float(b == low)
    if low <= b < middle:
        return (b - low) / (middle - low)
    return (high - b) / (high - middle) if middle <= b < high else 0.0


def published_frame(samples: np.ndarray, k: int) -> list[float]:
    """Band magnitudes of frame k: a DFT written as sums, then triangles of unit area."""
    first = round(k * 1102.5)
    frame = np.zeros(2048)
    frame[: len(samples[first : first + 2048])] = samples[first : first + 2048]
    n = np.arange(2048)
    windowed = frame * (0.5 - 0.5 * np.cos(2 * math.pi * n / 2047))
    magnitude = []
    for b in range(1024):
        angle = 2 * math.pi * b * n / 2048
        magnitude.append(math.hypot(windowed @ np.cos(angle), windowed @ np.sin(angle)))
    corners = corner_bins()
    bands = []
    for low, middle, high in zip(corners, corners[1:], corners[2:], strict=False):
        weights = {b: weight(b, low, middle, high) for b in range(low, high + 1)}
        area = sum(weights.values())
        bands.append(sum(w * magnitude[b] for b, w in weights.items()) / area)
    return bands


def test_each_band_is_the_published_formula() -> None:
    noise = np.random.default_rng(0).normal(0, 0.1, 12000).astype(np.float32)
    samples = melody(12000 / 22050) + noise  # something in every band
    ours = sg.magnitudes(samples)
    assert ours.shape == (11, 92)
    for k in (0, 3, 10):  # an even, a rounded and the zero-padded last start
        np.testing.assert_allclose(ours[k], published_frame(samples, k), rtol=1e-4, atol=1e-5)


def test_spectrogram_is_log10_of_one_plus_the_levelled_magnitudes() -> None:
    samples = melody(2.0)
    loud = np.sqrt(np.quantile(np.square(samples.reshape(-1, 2205)).mean(1), 0.95))
    expected = np.log10(1 + sg.magnitudes(samples * np.float32(0.1 / loud)))
    np.testing.assert_allclose(sg.spectrogram(samples), expected, atol=1e-5)


@pytest.mark.parametrize("band_frequency", [100.0, 440.0, 3000.0])
def test_a_sine_is_loudest_in_its_own_band(band_frequency: float) -> None:
    samples = np.sin(2 * np.pi * band_frequency * np.arange(22050) / 22050).astype(np.float32)
    loudest = int(sg.magnitudes(samples)[5].argmax())
    centre = corner_bins()[loudest + 1] * 22050 / 2048
    assert abs(centre - band_frequency) <= max(22050 / 2048, band_frequency * (2 ** (1 / 32) - 1))


@pytest.mark.parametrize("gain", [0.01, 0.1, 10.0, 100.0])
def test_gain_changes_nothing(gain: float) -> None:
    samples = melody(6.0)
    samples[: 22050 * 2] *= 0.05  # a quiet beginning stays quiet beside the rest
    plain, scaled = sg.spectrogram(samples), sg.spectrogram(samples * np.float32(gain))
    assert np.abs(plain - scaled).max() < 1e-4


def test_silence_gives_zeros() -> None:
    assert not sg.spectrogram(np.zeros(22050, np.float32)).any()


@pytest.mark.parametrize("length", [0, 1, 100, 1103, 2048])
def test_shortest_inputs_give_finite_frames(length: int) -> None:
    spectrum = sg.spectrogram(np.ones(length, np.float32))
    assert spectrum.shape == (max(1, math.ceil(length / 1102.5)), 92)
    assert np.isfinite(spectrum).all()


def test_frames_begin_every_50_ms_without_drift() -> None:
    click = np.zeros(22050 * 60, np.float32)
    click[22050 * 50 + 1] = 1  # just after frame 1000 begins; a Hann window is 0 at its ends
    heard = np.flatnonzero(sg.magnitudes(click).sum(1))
    assert heard.tolist() == [999, 1000]


def test_windows_lie_around_their_centres_with_silence_outside() -> None:
    spectrum = np.arange(1, 201, dtype=np.float32)[:, None].repeat(92, 1)
    windows = sg.cut_windows(spectrum, np.array([0, 100, 199]))
    assert windows.shape == (3, 84, 92)
    assert windows[:, 42, 0].tolist() == [1, 101, 200]
    assert not windows[0, :42].any() and not windows[2, 43:].any()


@pytest.mark.parametrize(("frames", "centers"), [(20, [10]), (30, [12, 18]), (44, [12, 22, 32])])
def test_short_recordings_are_heard_to_their_very_ends(frames: int, centers: list[int]) -> None:
    assert sg.window_centers(frames).tolist() == centers


def test_windows_of_long_recordings_stay_inside() -> None:
    centers = sg.window_centers(sg.MAX_SHORT)
    assert centers[0] == 42 and centers[-1] == sg.MAX_SHORT - 42
    assert set(np.diff(centers)[:-1]) == {10}


def clicks(per_second: float, seconds: float) -> np.ndarray:
    """A spectrogram in which something begins so often, and dies away."""
    frames = np.arange(round(seconds * sg.FRAME_RATE))
    since = frames % round(sg.FRAME_RATE / per_second)
    return np.repeat(np.exp(-since / 4.0)[:, None], sg.BANDS, 1).astype(np.float32)


@pytest.mark.parametrize(
    ("per_second", "seconds", "pace"), [(4, 40, 1), (2, 40, 1.3), (1, 40, 1.5), (1, 5, 1)]
)
def test_windows_hear_longer_where_little_begins(per_second, seconds, pace):
    spec = clicks(per_second, seconds)
    assert sg.onsets(spec).sum() == pytest.approx(per_second * seconds, abs=2)
    np.testing.assert_allclose(sg.paces(spec)[5:-5], pace, rtol=0.05)


def test_pace_is_told_apart_along_a_recording():
    both = np.concatenate([clicks(4, 60), clicks(1, 60)])
    pace = sg.paces(both)
    assert pace[200] == 1 and pace[-200] == pytest.approx(1.5, rel=0.05)
    assert pace[1000] < pace[1200] < pace[1400]


def test_paced_windows_are_the_plain_ones_stretched():
    ramp = np.repeat(np.arange(400.0)[:, None], sg.BANDS, 1).astype(np.float32)
    centers = np.array([200, 390])
    plain = sg.cut_windows(ramp, centers)
    same = sg.cut_windows(ramp, centers, pace=np.ones(2, np.float32))
    np.testing.assert_allclose(same, plain, atol=1e-3)
    slow = sg.cut_windows(ramp, centers, pace=np.array([1.5, 1.5], np.float32))
    wanted = 200 - 0.5 + (np.arange(84) - 41.5) * 1.5  # the middle of a mean of 1.5 frames
    np.testing.assert_allclose(slow[0], np.repeat(wanted[:, None], sg.BANDS, 1), atol=0.1)
    assert slow.shape == (2, 84, sg.BANDS) and not slow[1, 50:].any()  # silence beyond the end


def test_silence_has_a_pace():
    assert sg.paces(np.zeros((300, sg.BANDS), np.float32)).max() <= sg.MAX_PACE
    assert len(sg.paces(np.zeros((1, sg.BANDS), np.float32))) == 1
