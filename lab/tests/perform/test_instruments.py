"""Players play what is written, in the range of their instruments; voices sing in tune."""

import shutil

import numpy as np
import pytest

from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge_lab.engrave.engraving import EVENT
from scorebridge_lab.perform.instruments import (
    RANGES,
    Player,
    by_group,
    draw_players,
    play_parts,
)
from scorebridge_lab.perform.synthesize import TRAINING_FONT
from scorebridge_lab.perform.voices import Singer, sing

GROUPS = ("solo", "lead sheet", "song", "chamber", "choir", "organ", "orchestra")
QUARTET = [(60.0, 84.0), (57.0, 79.0), (50.0, 72.0), (36.0, 60.0)]


def _pitch_of(samples: np.ndarray, start: float, stop: float) -> float:
    """MIDI pitch by autocorrelation."""
    cut = samples[int(start * SAMPLE_RATE) : int(stop * SAMPLE_RATE)].astype(float)
    power = np.fft.irfft(np.abs(np.fft.rfft(cut, 2 * len(cut))) ** 2)[: len(cut)]
    low, high = SAMPLE_RATE // 1000, SAMPLE_RATE // 60
    lag = low + int(power[low:high].argmax())
    around = power[lag - 1 : lag + 2]
    shift = (around[0] - around[2]) / (2 * (around[0] - 2 * around[1] + around[2]))
    return 69 + 12 * np.log2(SAMPLE_RATE / (lag + shift) / 440)


@pytest.mark.parametrize("group", GROUPS)
def test_every_part_gets_an_instrument(group):
    for seed in range(20):
        rng = np.random.default_rng(seed)
        programs = by_group(rng, group, QUARTET)
        assert len(programs) == 4 and all(p in RANGES or p == 0 for p in programs)
        players = draw_players(rng, group, [40, 40, 41, 42], QUARTET)
        assert players is None or (len(players) == 4 and all(0 < p.loud <= 1 for p in players))


def test_a_quartet_of_strings_fits_its_ranges():
    found = [by_group(np.random.default_rng(k), "chamber", QUARTET) for k in range(40)]
    strings = [f for f in found if set(f) <= {40, 41, 42, 43, 48}]
    assert len(strings) > 15 and all(f[3] in (42, 43, 48) for f in strings)


def test_a_piano_has_no_players():
    assert draw_players(np.random.default_rng(0), "piano", [0, 0], [(50, 80), (30, 60)]) is None


@pytest.mark.parametrize("pitch", [48, 60, 69, 76])
@pytest.mark.parametrize("cents", [0.0, -100.0])
def test_singers_hold_the_pitch(pitch, cents):
    events = np.array([(0.5, 1.5, pitch, 80)], EVENT)
    singer = Singer(vibrato=20, drift=0)
    samples = sing(events, singer, cents, np.random.default_rng(3))
    assert np.abs(samples[: int(0.45 * SAMPLE_RATE)]).max() < 1e-3
    assert _pitch_of(samples, 0.9, 1.8) == pytest.approx(pitch + cents / 100, abs=0.35)
    after = np.abs(samples[int(2.2 * SAMPLE_RATE) :])
    assert after.max(initial=0) < 0.05 * np.abs(samples).max()


@pytest.mark.skipif(
    not (shutil.which("fluidsynth") and TRAINING_FONT.exists()),
    reason="needs fluidsynth and fluid-soundfont-gm (Debian packages)",
)
def test_parts_sound_together_and_bend():
    events = np.array([(0.2, 1.5, 69, 90), (2.5, 1.5, 57, 90)], EVENT)
    parts = np.array([0, 1], np.uint8)
    flat, cello = Player(73, cents=-80.0), Player(42, drift=3.0, swell=0.5, unison=2)
    samples = play_parts(events, parts, [flat, cello], np.random.default_rng(1), None)
    pitch = _pitch_of(samples, 0.7, 1.5)
    other = _pitch_of(samples, 3.0, 3.8)
    ensemble = other - 57  # the pitch that all share, and the cello's drift
    assert abs(ensemble) < 1.4 and pitch - 69 - ensemble == pytest.approx(-0.8, abs=0.3)
