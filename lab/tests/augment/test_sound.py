"""Rooms, pianos and recordings: they change the sound and never its time."""

import numpy as np
import pytest

from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge_lab.augment.room import Room, response
from scorebridge_lab.augment.sound import (
    CODECS,
    Recording,
    body,
    coded,
    compress,
    draw_recording,
    old_record,
    record,
)
from scorebridge_lab.engrave.engraving import EVENT
from scorebridge_lab.perform.piano import (
    Piano,
    Strings,
    draw_piano,
    draw_tuning,
    play_on,
    string_note,
)
from scorebridge_lab.perform.synthesize import midi_bytes, zone_of

TIMES = np.arange(0.5, 5.5, 0.625)


@pytest.fixture(scope="module")
def tones() -> np.ndarray:
    """Six seconds of struck tones of different pitch at `TIMES`."""
    out = np.zeros(6 * SAMPLE_RATE, np.float32)
    t = np.arange(6000) / SAMPLE_RATE
    for k, at in enumerate(TIMES):
        start = int(at * SAMPLE_RATE)
        tone = np.sin(2 * np.pi * 220 * 2 ** (k / 5) * t) * np.exp(-t * 14)
        out[start : start + 6000] += tone.astype(np.float32)
    return out


def _delay(x: np.ndarray, y: np.ndarray) -> int:
    """Samples by which y comes after x: the lag of the greatest correlation."""
    size = 2 ** int(np.ceil(np.log2(2 * len(x))))
    match = np.fft.irfft(np.fft.rfft(y, size) * np.conj(np.fft.rfft(x, size)), size)
    lag = int(np.argmax(match))
    return lag if lag < size // 2 else lag - size


@pytest.mark.parametrize("codec", list(CODECS))
def test_codecs_keep_time_and_length(tones, codec):
    back = coded(tones, codec, 48_000)
    assert len(back) == len(tones)
    assert abs(_delay(tones, back)) <= 2
    assert np.corrcoef(tones, back)[0, 1] > 0.95


@pytest.mark.parametrize("seed", range(6))
def test_no_recording_moves_an_onset(tones, seed):
    rng = np.random.default_rng(seed)
    how = draw_recording(rng)
    out = record(tones, how, rng, TIMES)
    assert len(out) == len(tones) and np.isfinite(out).all() and np.abs(out).max() < 1.6
    assert abs(_delay(tones, out)) < 0.004 * SAMPLE_RATE


def test_equal_seeds_record_alike(tones):
    how = draw_recording(np.random.default_rng(4))
    one, two = (record(tones, how, np.random.default_rng(9), TIMES) for _ in range(2))
    np.testing.assert_array_equal(one, two)


def test_rooms_decay_as_sabine_says():
    room = Room((6.0, 8.0, 3.0), 0.2, (2.0, 3.0, 1.0), (4.5, 5.5, 1.6), damping=0.0)
    sound = response(room, np.random.default_rng(0))
    assert sound[0] == 1.0  # the direct sound is first and loudest
    left = np.cumsum(np.square(sound[::-1], dtype=np.float64))[::-1]
    decibels = 10 * np.log10(left / left[0])
    at5, at25 = (int(np.argmax(decibels < -d)) for d in (5, 25))
    measured = 3 * (at25 - at5) / SAMPLE_RATE
    assert measured == pytest.approx(room.reverberation * 1.15, rel=0.3)
    hall = Room((18.0, 30.0, 12.0), 0.2, (5.0, 9.0, 1.0), (9.0, 20.0, 2.0))
    assert hall.reverberation > 2 * room.reverberation


def test_the_body_is_minimum_phase_and_has_the_tilt_asked_for():
    taps = body(Recording(tilt_db=-3.0), np.random.default_rng(0))
    assert np.argmax(np.abs(taps)) == 0  # its energy comes at once
    spectrum = np.abs(np.fft.rfft(taps, 16384))
    hertz = np.fft.rfftfreq(16384, 1 / SAMPLE_RATE)
    levels = [20 * np.log10(spectrum[np.argmin(np.abs(hertz - f))]) for f in (500, 1000, 4000)]
    assert levels[0] == pytest.approx(0, abs=0.5)
    assert levels[1] == pytest.approx(-3, abs=0.5) and levels[2] == pytest.approx(-9, abs=0.7)


def test_compression_brings_levels_together(tones):
    both = np.concatenate([tones, 0.1 * tones]).astype(np.float32)
    out = compress(both, 4.0)
    before = np.std(both[: len(tones)]) / np.std(both[len(tones) :])
    after = np.std(out[: len(tones)]) / np.std(out[len(tones) :])
    assert after < 0.6 * before


def test_old_records_are_narrow_and_crackle(tones):
    out = old_record(tones, 1.0, np.random.default_rng(0))
    quiet = out[: int(0.4 * SAMPLE_RATE)]
    assert quiet.std() > 10 * tones[: int(0.4 * SAMPLE_RATE)].std()
    hertz = np.fft.rfftfreq(len(out), 1 / SAMPLE_RATE)
    noise = np.random.default_rng(0).standard_normal(len(tones)).astype(np.float32)
    power = np.square(np.abs(np.fft.rfft(old_record(noise, 1.0, np.random.default_rng(0)))))
    assert power[hertz > 6000].mean() < 0.2 * power[(hertz > 500) & (hertz < 2000)].mean()
    assert abs(_delay(noise, old_record(noise, 1.0, np.random.default_rng(0)))) < 30


def test_modelled_notes_have_their_pitch_and_get_brighter_when_loud():
    note = string_note(Strings(stiffness=1e-4, beat=0.1), 69, 80)
    spectrum = np.abs(np.fft.rfft(note[:16384] * np.hanning(16384), 65536))
    hertz = np.fft.rfftfreq(65536, 1 / SAMPLE_RATE)
    low = (hertz > 380) & (hertz < 500)
    assert hertz[low][spectrum[low].argmax()] == pytest.approx(440, abs=1)

    def share(loud: int) -> float:
        s = np.square(np.abs(np.fft.rfft(string_note(Strings(), 60, loud)[:8192])))
        h = np.fft.rfftfreq(8192, 1 / SAMPLE_RATE)
        return float(s[h > 1000].sum() / s.sum())

    assert share(120) > 1.2 * share(40)


def test_tuning_is_stretched_and_bends_what_is_played():
    stretch = np.mean([draw_tuning(np.random.default_rng(s)) for s in range(200)], axis=0)
    assert stretch[105] > stretch[60] > stretch[24] - 1
    events = np.array([(0.1, 1.0, 69, 90)], EVENT)
    sharp = Piano(strings=Strings(beat=0.0, stiffness=0.0), cents=tuple([50.0] * 128))
    out = play_on(events, sharp)[4000:20384]
    spectrum = np.abs(np.fft.rfft(out * np.hanning(16384), 65536))
    hertz = np.fft.rfftfreq(65536, 1 / SAMPLE_RATE)
    low = (hertz > 380) & (hertz < 500)
    assert hertz[low][spectrum[low].argmax()] == pytest.approx(440 * 2 ** (50 / 1200), abs=1)


def test_tuned_midi_spreads_keys_over_channels(tmp_path):
    symusic = pytest.importorskip("symusic")
    events = np.array([(0.5 * k, 0.4, 30 + 7 * k, 80) for k in range(10)], EVENT)
    data = midi_bytes(events, 0, np.linspace(-20, 20, 128))
    (tmp_path / "a.mid").write_bytes(data)
    score = symusic.Score(tmp_path / "a.mid", ttype="second")
    heard = sorted((n.time, n.pitch) for t in score.tracks for n in t.notes)
    assert [p for _, p in heard] == events["pitch"].tolist()
    np.testing.assert_allclose([t for t, _ in heard], events["onset"], atol=0.002)
    assert sorted({zone_of(k) for k in range(21, 109)}) == list(range(15))


def test_training_pianos_are_never_the_ones_kept_for_tests():
    for seed in range(60):
        piano = draw_piano(np.random.default_rng(seed), None)
        assert piano.strings is not None or (piano.font and "FluidR3" in piano.font.name)
