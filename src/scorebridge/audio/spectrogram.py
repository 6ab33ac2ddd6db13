"""Samples to the papers' spectrogram, and audio windows from it.

Mono 22,050 Hz, FFT of 2048 samples, 20 frames a second, 16 bands an octave from
30 Hz to 6 kHz, each filter of unit area, log10(1 + x) (P3 section 4.1; the 16 kHz of P2
is an error): 92 bands. First the recording is scaled to one loudness, so
that a soft and a loud copy give the same spectrogram; the published models depend on
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
MAX_SHORT = 600  # frames (30 s) of a recording whose outermost windows reach beyond its ends
OVERHANG = 30  # frames by which they do
LOUDNESS = 0.1  # RMS of the loud parts after levelling, full scale = 1
LOUD_QUANTILE = 0.95  # "loud parts": frames above this share of all frames that sound
MIN_FRAME_RMS = 1e-5  # of full scale (-100 dB), of a frame that is not silent
TYPICAL_ONSET_RATE = 2.6  # onsets per second, below which paced windows are longer
MAX_PACE = 1.5  # length of a paced window, in `WINDOW_FRAMES`
MAX_WINDOW_SHARE = 0.6  # of a recording, to which a window is lengthened
PACE_REACH = 300  # frames (15 s) on either side within which onsets are counted


@cache
def filterbank(per_octave: int = BANDS_PER_OCTAVE, highest: float = F_MAX) -> NDArray[np.float32]:
    """Triangular filters, float32 [FFT_SIZE / 2, bands], each column of unit sum.

    Centres lie at 440 Hz times powers of 2^(1 / per_octave), from `F_MIN` to `highest`, moved
    to the nearest FFT bin; duplicate bins (at the low end) are merged. 16 an octave up to
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

    samples : float32 [n], mono, `SAMPLE_RATE`, any scale. Silent input is returned unchanged.
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
    for k in range(0, count, 512):  # blocks limit the memory of long recordings
        spectra = np.fft.rfft(view[starts[k : k + 512]] * window, axis=1)[:, : FFT_SIZE // 2]
        out[k : k + 512] = np.abs(spectra).astype(np.float32) @ bank
    return out


def spectrogram(samples: NDArray[np.float32]) -> NDArray[np.float32]:
    """Levelled log-frequency spectrogram, float32 [frames, BANDS], log10(1 + x)."""
    return np.log10(1 + magnitudes(level(samples)))


def window_centers(frames: int, hop: int = WINDOW_HOP) -> NDArray[np.int64]:
    """Frames at which to cut windows from a recording of `frames` frames.

    The first and last windows touch the ends; of a recording shorter than `MAX_SHORT` they reach
    beyond by `OVERHANG`, so that 5 s give eight windows and not two. A recording shorter than a
    window has at least one, in its middle.
    """
    return window_middles(frames, WINDOW_FRAMES, hop, OVERHANG if frames < MAX_SHORT else 0)


def onsets(spec: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Frames with an onset, bool [frames]: peaks of the spectral flux.

    A peak is the highest of the 7 frames around it, and a third above the median of
    the 21 around it.
    """
    rise = np.maximum(np.diff(spec, axis=0, prepend=spec[:1]), 0).sum(1)
    rise = rise / (spec.sum(1).mean() + 1e-6)

    def around(reach: int) -> NDArray[np.float32]:
        padded = np.pad(rise, reach, mode="edge")
        return np.lib.stride_tricks.sliding_window_view(padded, 2 * reach + 1)

    return (rise >= around(3).max(1)) & (rise > 1.3 * np.median(around(10), axis=1) + 0.01)


def paces(spec: NDArray[np.float32]) -> NDArray[np.float32]:
    """Length of a paced window at each frame, in lengths of an ordinary one, float32 [frames].

    1 where there are `TYPICAL_ONSET_RATE` or more onsets per second; where there are fewer, the
    window is longer, so that it holds about as many: of slow music an ordinary window holds only a
    chord or two. At most `MAX_PACE`, and at most `MAX_WINDOW_SHARE` of the recording.
    """
    count = np.concatenate([[0], np.cumsum(onsets(spec))])
    frames = np.arange(len(spec))
    first, last = np.maximum(frames - PACE_REACH, 0), np.minimum(frames + PACE_REACH + 1, len(spec))
    rate = (count[last] - count[first]) / (last - first) * FRAME_RATE
    max_pace = min(MAX_PACE, max(1.0, MAX_WINDOW_SHARE * len(spec) / WINDOW_FRAMES))
    return np.clip(TYPICAL_ONSET_RATE / np.maximum(rate, 1e-3), 1, max_pace).astype(np.float32)


def cut_windows(
    spec: NDArray[np.float32],
    centers: NDArray[np.int64],
    frames: int = WINDOW_FRAMES,
    pace: NDArray[np.float32] | None = None,
) -> NDArray[np.float32]:
    """Cut audio windows, float32 [n, frames, BANDS]; silence (0) beyond the ends.

    spec : float32 [frames, BANDS]. centers : int [n], middle frame of each window.
    pace : float32 [n], number of frames that one frame of a window averages (1 by default).
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
    """Means of the spectrogram over `pace` frames each, from its cumulative sum."""
    edges = centers[:, None] + (np.arange(frames + 1) - frames // 2) * pace[:, None].astype(float)
    edges = np.clip(edges, 0, len(spec))  # nothing is added beyond the ends: silence
    first = min(int(edges.min()), len(spec) - 1)
    near = spec[first : int(np.ceil(edges.max()))] if edges.max() > first else spec[first:]
    edges -= first
    sums = np.concatenate([np.zeros((1, spec.shape[1])), np.cumsum(near, 0, dtype=np.float64)])
    whole = np.minimum(edges.astype(np.int64), len(near) - 1)
    share = (edges - whole)[:, :, None]
    reached = sums[whole] * (1 - share) + sums[whole + 1] * share
    return (np.diff(reached, axis=1) / pace[:, None, None]).astype(np.float32)
