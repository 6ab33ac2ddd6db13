"""Samples to the papers' spectrogram, and audio windows from it.

Mono 22,050 Hz, FFT of 2048 samples, 20 frames a second, 16 bands an octave from
30 Hz to 6 kHz, each filter of unit area, log10(1 + x) (P3 section 4.1; P2's 16 kHz
is a slip): 92 bands. Before that the recording is brought to one loudness, so
that a faint and a loud copy give the same picture; the published models see
the level and lose half their quality to it. About 1,000 times real time.
"""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from scorebridge.windows import window_middles

SAMPLE_RATE = 22050  # Hz
FFT_SIZE = 2048  # samples, 93 ms
FRAME_RATE = 20  # frames per second
HOP = SAMPLE_RATE / FRAME_RATE  # 1102.5 samples; frame k begins at round(k * HOP)
BANDS_PER_OCTAVE = 16
F_MIN, F_MAX, F_REF = 30.0, 6000.0, 440.0  # Hz
BANDS = 92
WINDOW_FRAMES = 84  # 4.2 s (P4 with attention, P5)
WINDOW_HOP = 10  # frames (P5 section 4.3)
SHORT = 600  # frames (30 s) below which a recording is heard to its very ends
OVER = 30  # frames by which its outermost windows then reach into the silence beyond
LOUDNESS = 0.1  # RMS of the loud parts after levelling, full scale = 1
LOUD_QUANTILE = 0.95  # "loud parts": frames above this share of all frames that sound
SILENCE = 1e-5  # RMS of full scale (-100 dB) below which a frame counts as silent
CALM = 2.6  # onsets a second below which paced windows hear a longer time
SLOWEST = 1.5  # times `WINDOW_FRAMES` that they hear at most
MOST_OF = 0.6  # of a recording that one window hears at most, as far as pace goes
NEARBY = 300  # frames (15 s) on either side in which onsets are counted


@cache
def filterbank(per_octave: int = BANDS_PER_OCTAVE, highest: float = F_MAX) -> NDArray[np.float32]:
    """Triangular filters, float32 [FFT_SIZE / 2, bands], each column of unit sum.

    Centres lie at 440 Hz times powers of 2^(1 / per_octave), from `F_MIN` to `highest`, moved
    to the nearest FFT bin; bins named twice (at the low end) are merged. 16 an octave up to
    6 kHz give `BANDS`.
    """
    low = int(np.floor(np.log2(F_MIN / F_REF) * per_octave))
    high = int(np.ceil(np.log2(highest / F_REF) * per_octave))
    centres = F_REF * 2.0 ** (np.arange(low, high + 1) / per_octave)
    centres = centres[(centres >= F_MIN) & (centres <= highest)]
    bins = np.unique(np.round(centres * FFT_SIZE / SAMPLE_RATE).astype(int))
    bank = np.zeros((FFT_SIZE // 2, len(bins) - 2))
    for band, (start, centre, stop) in enumerate(zip(bins, bins[1:], bins[2:], strict=False)):
        if stop - start < 2:
            centre, stop = start, start + 1
        bank[start:centre, band] = np.linspace(0, 1, centre - start, endpoint=False)
        bank[centre:stop, band] = np.linspace(1, 0, stop - centre, endpoint=False)
    return (bank / bank.sum(0)).astype(np.float32)


def level(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Scale a recording so that its loud parts have RMS `LOUDNESS`.

    samples : float32 [n], mono, `SAMPLE_RATE`, any scale. All-silent input comes back as it is.
    """
    frame = SAMPLE_RATE // 10
    usable = samples[: len(samples) // frame * frame] if len(samples) >= frame else samples
    power = np.square(usable.reshape(-1, min(frame, max(1, len(usable))))).mean(1, dtype=np.float64)
    peak = power.max(initial=0.0)
    if peak <= 0:
        return samples
    sounding = power[power > max(peak * 1e-6, 1e-30)]  # 60 dB below the loudest
    return samples * np.float32(LOUDNESS / np.sqrt(np.quantile(sounding, LOUD_QUANTILE)))


def magnitudes(
    samples: NDArray[np.float32],
    frame_rate: float = FRAME_RATE,
    bank: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """Filtered STFT magnitudes before the logarithm.

    samples : float32 [n], mono at `SAMPLE_RATE`, full scale 1.
    bank : filters other than `filterbank()`.
    Returns float32 [frames, bands], frame k covering samples round(k * SAMPLE_RATE / rate) on.
    """
    hop = SAMPLE_RATE / frame_rate
    count = max(1, int(np.ceil(len(samples) / hop)))
    starts = np.round(np.arange(count) * hop).astype(np.int64)
    padded = np.pad(samples, (0, max(0, int(starts[-1]) + FFT_SIZE - len(samples))))
    view = np.lib.stride_tricks.sliding_window_view(padded, FFT_SIZE)
    window = np.hanning(FFT_SIZE).astype(np.float32)
    bank = filterbank() if bank is None else bank
    out = np.empty((count, bank.shape[1]), np.float32)
    for k in range(0, count, 512):  # blocks bound the memory of long recordings
        spectra = np.fft.rfft(view[starts[k : k + 512]] * window, axis=1)[:, : FFT_SIZE // 2]
        out[k : k + 512] = np.abs(spectra).astype(np.float32) @ bank
    return out


def spectrogram(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Levelled log-frequency spectrogram, float32 [frames, BANDS], log10(1 + x)."""
    return np.log10(1 + magnitudes(level(samples)))


def window_centers(frames: int, hop: int = WINDOW_HOP) -> NDArray[np.int64]:
    """Frames at which to cut windows from a recording of `frames` frames.

    The first and last windows touch the ends; of a recording shorter than `SHORT` they reach
    beyond by `OVER`, so that 5 s give eight windows and not two (on 60 fragments of 5 s from
    scans-straight R@1 rose from .72 to 1). One shorter than a window gives a single one in its
    middle at least.
    """
    return window_middles(frames, WINDOW_FRAMES, hop, OVER if frames < SHORT else 0)


def onsets(spec: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Frames in which something begins, bool [frames]: peaks of the rise summed over the bands.

    A peak is the highest of the 7 frames about it, and a third higher than the middle one of
    the 21 about it.
    """
    rise = np.maximum(np.diff(spec, axis=0, prepend=spec[:1]), 0).sum(1)
    rise = rise / (spec.sum(1).mean() + 1e-6)

    def about(reach: int) -> NDArray[np.float32]:
        padded = np.pad(rise, reach, mode="edge")
        return np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)

    return (rise >= about(3).max(1)) & (rise > 1.3 * np.median(about(10), axis=1) + 0.01)


def paces(spec: NDArray[np.float32]) -> NDArray[np.float32]:
    """How many times as long as usual a paced window hears at each frame, float32 [frames].

    1 where `CALM` or more things begin in a second; where fewer do, longer, so that a
    window hears about as much: slow music would else show it a chord or two. No more than
    `SLOWEST`, and no more than a short recording has (`MOST_OF`).
    """
    count = np.concatenate([[0], np.cumsum(onsets(spec))])
    frames = np.arange(len(spec))
    first, last = np.maximum(frames - NEARBY, 0), np.minimum(frames + NEARBY + 1, len(spec))
    rate = (count[last] - count[first]) / (last - first) * FRAME_RATE
    most = min(SLOWEST, max(1.0, MOST_OF * len(spec) / WINDOW_FRAMES))
    return np.clip(CALM / np.maximum(rate, 1e-3), 1, most).astype(np.float32)


def cut_windows(
    spec: NDArray[np.float32],
    centers: NDArray[np.int64],
    frames: int = WINDOW_FRAMES,
    pace: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """Cut audio windows, float32 [n, frames, BANDS]; what lies outside is silence (0).

    spec : float32 [frames, BANDS]. centers : int [n], the frame in the middle of each window.
    pace : float32 [n], how many frames one frame of a window averages (1 without).
    """
    if pace is not None and (pace != 1).any():
        return _paced_windows(spec, centers, frames, pace)
    half = frames // 2
    padded = np.pad(spec, ((half, frames - half), (0, 0)))
    view = np.lib.stride_tricks.sliding_window_view(padded, frames, axis=0)
    return np.ascontiguousarray(view[centers].transpose(0, 2, 1))


def _paced_windows(
    spec: NDArray[np.float32], centers: NDArray[np.int64], frames: int, pace: NDArray[np.float32]
) -> NDArray[np.float32]:
    """Means of the spectrogram over `pace` frames each, from its sums up to fractions of frames."""
    edges = centers[:, None] + (np.arange(frames + 1) - frames // 2) * pace[:, None].astype(float)
    edges = np.clip(edges, 0, len(spec))  # beyond the ends nothing is added: silence
    first = min(int(edges.min()), len(spec) - 1)
    near = spec[first : int(np.ceil(edges.max()))] if edges.max() > first else spec[first:]
    edges -= first
    sums = np.concatenate([np.zeros((1, spec.shape[1])), np.cumsum(near, 0, dtype=np.float64)])
    whole = np.minimum(edges.astype(np.int64), len(near) - 1)
    share = (edges - whole)[:, :, None]
    reached = sums[whole] * (1 - share) + sums[whole + 1] * share
    return (np.diff(reached, axis=1) / pace[:, None, None]).astype(np.float32)
