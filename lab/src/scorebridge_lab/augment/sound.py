"""Turn the sound of an instrument into a recording: room, microphone, noise, codec.

`Recording` holds the settings, `draw_recording` draws random ones, `record` applies them, in this
order: noises of the instrument (hammers, pedal), its body and the room, the microphone, background
noise, compression, an old record's bandwidth, wow and crackle, gain and clipping, a lossy codec. No
step moves an onset: delays of filters and codecs are removed. About 80 times real time on one core.
"""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import fft, signal

from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge_lab.augment.room import Room, response

Samples = NDArray[np.float32]
CODECS = {"mp3": ("mp3", "libmp3lame"), "opus": ("ogg", "libopus"), "aac": ("adts", "aac")}
TAPS = 1024  # of the filter that models the body of the instrument


@dataclass(frozen=True)
class Recording:
    """How a performance is recorded. The defaults change nothing."""

    body_db: float = 0.0  # how uneven the instrument's tone is, deviation over a third of an octave
    tilt_db: float = 0.0  # dB an octave from 500 Hz: mellow grand below 0, bright upright above
    hammer: float = 0.0  # level of the hammers' thump to the note's
    pedal: float = 0.0  # level of the pedal's thump
    room: Room | None = None
    wet: float = 0.3  # share of the room in the sound
    low_cut: float = 0.0  # Hz
    high_cut: float = 0.0  # Hz; 0 none
    noise_db: float | None = None  # signal to noise
    noise: str = "pink"  # 'white', 'pink', 'brown', 'hum', 'murmur'
    ratio: float = 1.0  # of a compressor
    record: float = 0.0  # 0 modern, 1 a damaged shellac record
    drive: float = 0.0  # 0 clean, 1 clipping hard
    codec: tuple[str, int] | None = None  # (one of CODECS, bits a second)


def draw_recording(rng: np.random.Generator, strength: float = 1.0) -> Recording:
    """A random recording; `strength` scales the chances of all effects."""

    def some(chance: float) -> bool:
        return bool(rng.random() < chance * strength)

    old = some(0.08)
    names = list(CODECS)
    bits = {"mp3": (32, 64, 128), "opus": (16, 32, 64), "aac": (48, 64, 96)}
    codec = str(rng.choice(names))
    return Recording(
        body_db=float(rng.uniform(0, 5)) if some(0.8) else 0.0,
        tilt_db=float(rng.normal(0, 1.5)) if some(0.8) else 0.0,
        hammer=float(rng.uniform(0.02, 0.3)) if some(0.4) else 0.0,
        pedal=float(rng.uniform(0.02, 0.2)) if some(0.3) else 0.0,
        room=Room.random(rng) if some(0.85) else None,
        wet=float(rng.uniform(0.08, 0.7)),
        low_cut=float(rng.uniform(30, 180)) if some(0.4) else 0.0,
        high_cut=float(np.exp(rng.uniform(np.log(3000), np.log(9000)))) if some(0.3) else 0.0,
        noise_db=float(rng.uniform(12, 50)) if some(0.6) else None,
        noise=str(rng.choice(["white", "pink", "brown", "hum", "murmur"])),
        ratio=float(rng.uniform(1.3, 5)) if some(0.35) else 1.0,
        record=float(rng.uniform(0.3, 1)) if old else 0.0,
        drive=float(rng.uniform(0.05, 0.6)) if some(0.12) else 0.0,
        codec=(codec, int(rng.choice(bits[codec])) * 1000) if some(0.4) else None,
    )


def record(
    samples: Samples, how: Recording, rng: np.random.Generator, onsets: NDArray[Any] | None = None
) -> Samples:
    """Record a performance.

    samples : float32 [n] mono at `SAMPLE_RATE`. onsets : s, of the hammers.
    Returns float32 [n], peak about 0.9 (a codec may overshoot).
    """
    x = np.asarray(samples, np.float32)
    x = x / max(1e-6, float(np.abs(x).max(initial=0.0))) * np.float32(0.5)
    if how.hammer or how.pedal:
        x = x + _thumps(len(x), how, rng, onsets)
    if how.body_db or how.tilt_db:
        x = _filtered(x, body(how, rng))
    if how.room is not None:
        wet = _filtered(x, response(how.room, rng))
        x = (1 - how.wet) * x + how.wet * wet * _rms(x) / max(1e-9, _rms(wet))
    if how.low_cut or how.high_cut:
        x = _band(x, how.low_cut, how.high_cut)
    if how.noise_db is not None:
        x = x + _noise(how.noise, len(x), rng) * _loud(x) * 10 ** (-how.noise_db / 20)
    if how.ratio > 1:
        x = compress(x, how.ratio)
    if how.record:
        x = old_record(x, how.record, rng)
    x = x / max(1e-6, float(np.abs(x).max(initial=0.0))) * 0.9
    if how.drive:
        push = 1 + 6 * how.drive
        x = np.tanh(push * x) / np.tanh(push)
    x = np.asarray(x, np.float32)
    return coded(x, *how.codec) if how.codec else x


def body(how: Recording, rng: np.random.Generator) -> NDArray[np.float64]:
    """Minimum-phase filter of an instrument's body and a microphone's colour, float64 [TAPS]."""
    hertz = np.fft.rfftfreq(2 * TAPS, 1 / SAMPLE_RATE)
    octave = np.log2(np.maximum(hertz, 20) / 500)
    knots = np.arange(-5, 5, 1 / 3)
    curve = np.interp(octave, knots, how.body_db * rng.standard_normal(len(knots)))
    decibels = np.clip(curve + how.tilt_db * octave, -24, 18)
    # Minimum phase of these magnitudes (real cepstrum, folded).
    cepstrum = np.fft.irfft(decibels * (np.log(10) / 20))
    cepstrum[1:TAPS] *= 2
    cepstrum[TAPS + 1 :] = 0
    return np.fft.irfft(np.exp(np.fft.rfft(cepstrum)))[:TAPS]


def compress(x: Samples, ratio: float) -> Samples:
    """Compress the dynamic range by `ratio`; level over 10 ms, release 0.2 s."""
    frame = SAMPLE_RATE // 100
    count = -(-len(x) // frame)
    level = np.sqrt(np.square(np.pad(x, (0, count * frame - len(x))).reshape(-1, frame)).mean(1))
    held = level.copy()
    for k in range(1, count):
        held[k] = max(level[k], held[k - 1] * 0.95)
    usual = float(np.quantile(held, 0.5)) + 1e-6
    gain = (np.maximum(held, 0.03 * usual) / usual) ** (1 / ratio - 1)
    places = (np.arange(count) + 0.5) * frame
    return np.asarray(x * np.interp(np.arange(len(x)), places, gain), np.float32)


def old_record(x: Samples, wear: float, rng: np.random.Generator) -> Samples:
    """Limit the band and add wow, hiss and crackle, as on old records."""
    x = _band(x, 80 + 120 * wear, 5500 - 2500 * wear)
    time = np.arange(len(x)) / SAMPLE_RATE
    # Wow: the speed wavers by up to 0.4 %, which moves no onset by more than 1.2 ms.
    depth = 0.004 * wear / (2 * np.pi * 0.6) * np.sin(2 * np.pi * (0.6 * time + rng.random()))
    x = np.interp(time + depth, time, x).astype(np.float32)
    loud = _loud(x)
    hiss = _noise("pink", len(x), rng) * loud * (0.02 + 0.1 * wear)
    x = np.asarray(x + hiss, np.float32)
    clicks = rng.poisson(time[-1] * 12 * wear) if len(time) else 0
    for at, strength in zip(
        rng.integers(0, max(1, len(x) - 64), clicks), rng.exponential(1.0, clicks), strict=True
    ):
        pulse = rng.standard_normal(48) * np.exp(-np.arange(48) / 8)
        x[at : at + 48] += (loud * strength * pulse).astype(np.float32)
    return x


def coded(x: Samples, codec: str, bits: int) -> Samples:
    """Encode and decode with a lossy codec and remove its delay; float32 [n], the same length."""
    import av

    container_format, encoder = CODECS[codec]
    rate = 48000 if codec == "opus" else SAMPLE_RATE
    sound = _resampled(x, SAMPLE_RATE, rate)
    file = io.BytesIO()
    with av.open(file, "w", format=container_format) as out:
        stream: Any = out.add_stream(encoder, rate=rate)
        stream.bit_rate, stream.layout = bits, "mono"
        frame = av.AudioFrame.from_ndarray(
            sound[None].astype(np.float32), format="fltp", layout="mono"
        )
        frame.rate = rate
        fifo = av.AudioFifo()
        fifo.write(frame)
        fitting: Any = av.AudioResampler(format=stream.format, layout="mono", rate=rate)
        size = stream.codec_context.frame_size or 1152
        while (part := fifo.read(size, partial=True)) is not None:
            for ready in fitting.resample(part):
                out.mux(stream.encode(ready))
        out.mux(stream.encode(None))
    file.seek(0)
    with av.open(file) as source:
        plain: Any = av.AudioResampler(format="fltp", layout="mono", rate=rate)
        parts = [p for f in source.decode(audio=0) for p in plain.resample(f)]  # pyright: ignore
        decoded = np.concatenate([p.to_ndarray()[0] for p in parts])
    back = _resampled(decoded.astype(np.float32), rate, SAMPLE_RATE)
    delay = _delay(x, back)
    back = back[delay:] if delay >= 0 else np.pad(back, (-delay, 0))
    return np.pad(back, (0, max(0, len(x) - len(back))))[: len(x)].astype(np.float32)


def _delay(x: Samples, y: Samples) -> int:
    """Delay of `y` after `x` in samples, from the loudest ten seconds."""
    reach, length = 4096, min(len(x), 10 * SAMPLE_RATE)
    blocks = np.add.reduceat(np.square(x), np.arange(0, len(x), SAMPLE_RATE))
    start = int(np.argmax(np.convolve(blocks, np.ones(10), "valid")) if len(blocks) > 10 else 0)
    a = x[start * SAMPLE_RATE : start * SAMPLE_RATE + length]
    low = max(0, start * SAMPLE_RATE - reach)
    b = y[low : low + length + 2 * reach]
    match = signal.correlate(b, a, "valid" if len(b) > len(a) else "full", method="fft")
    shift = int(np.argmax(match)) if len(b) > len(a) else int(np.argmax(match)) - len(a) + 1
    return low + shift - start * SAMPLE_RATE


def _resampled(x: Samples, old: int, new: int) -> Samples:
    import soxr

    return x if old == new else np.asarray(soxr.resample(x, old, new), np.float32)


def _filtered(x: Samples, taps: NDArray[Any]) -> Samples:
    return np.asarray(signal.oaconvolve(x, taps)[: len(x)], np.float32)


def _band(x: Samples, low: float, high: float) -> Samples:
    """Band-pass with first-order slopes, as of microphones and small loudspeakers."""
    if low:
        x = np.asarray(
            signal.sosfilt(signal.butter(1, low, "high", fs=SAMPLE_RATE, output="sos"), x)
        )
    if high and high < 0.48 * SAMPLE_RATE:
        x = np.asarray(
            signal.sosfilt(signal.butter(2, high, "low", fs=SAMPLE_RATE, output="sos"), x)
        )
    return np.asarray(x, np.float32)


def _noise(kind: str, count: int, rng: np.random.Generator) -> Samples:
    """Noise of RMS 1."""
    if kind == "hum":
        time = np.arange(count) / SAMPLE_RATE
        base = rng.choice([50.0, 60.0]) * rng.uniform(0.998, 1.002)
        turn = np.exp(2j * np.pi * base * time).astype(np.complex64)
        out, power = 0.1 * rng.standard_normal(count, np.float32), np.ones_like(turn)
        for k in range(1, 7):
            power *= turn
            out += np.float32(rng.random() / k) * power.imag
    else:
        out = rng.standard_normal(count, np.float32)
        if kind != "white":
            size = fft.next_fast_len(count, real=True)
            hertz = np.maximum(fft.rfftfreq(size, 1 / SAMPLE_RATE), 20)
            slope = {"pink": 0.5, "brown": 1.0, "murmur": 0.7}[kind]
            shape = (hertz**-slope).astype(np.float32)
            spectrum = np.asarray(fft.rfft(out, size)) * shape
            out = np.asarray(fft.irfft(spectrum, size))[:count]
        if kind == "murmur":  # people: louder and softer several times a second
            steps = np.exp(0.7 * rng.standard_normal(count // (SAMPLE_RATE // 4) + 2))
            out = out * np.interp(
                np.arange(count) / (SAMPLE_RATE / 4), np.arange(len(steps)), steps
            )
    return np.asarray(out / max(1e-9, float(np.sqrt(np.mean(np.square(out))))), np.float32)


def _thumps(
    count: int, how: Recording, rng: np.random.Generator, onsets: NDArray[Any] | None
) -> Samples:
    """Noise of hammers at the onsets, and of the pedal at random times."""
    out = np.zeros(count + SAMPLE_RATE, np.float32)
    length = int(0.03 * SAMPLE_RATE)
    shape = rng.standard_normal(length) * np.exp(-np.arange(length) / (0.006 * SAMPLE_RATE))
    knock = _band(np.asarray(shape, np.float32), 80, float(rng.uniform(600, 2500)))
    at = np.asarray(onsets if onsets is not None else [], float)
    at = at[(at >= 0) & (at * SAMPLE_RATE < count)]
    for start in (at * SAMPLE_RATE).astype(int):
        out[start : start + length] += how.hammer * 0.2 * rng.random() * knock
    long = int(0.12 * SAMPLE_RATE)
    shape = rng.standard_normal(long) * np.exp(-np.arange(long) / (0.03 * SAMPLE_RATE))
    thump = _band(np.asarray(shape, np.float32), 30, 300)
    time = 0.0
    while how.pedal and time * SAMPLE_RATE < count:
        start = int(time * SAMPLE_RATE)
        out[start : start + long] += how.pedal * 0.5 * rng.random() * thump
        time += rng.uniform(0.5, 3)
    return out[:count]


def _rms(x: Samples) -> float:
    return float(np.sqrt(np.mean(np.square(x, dtype=np.float64)))) if len(x) else 0.0


def _loud(x: Samples) -> float:
    """RMS of the loud parts: the upper half of tenths of a second."""
    frame = SAMPLE_RATE // 10
    if len(x) < 2 * frame:
        return _rms(x)
    power = np.square(x[: len(x) // frame * frame].reshape(-1, frame)).mean(1)
    return float(np.sqrt(np.mean(power[power >= np.median(power)])))
