"""A note measured in the sound and on the page, without the tables that made them.

In the sound, the energy at the note's own partials is followed through time (a filter of its own
for each partial), and the moment of the steepest rise near the claimed onset is taken. On the page,
shapes of noteheads are laid over the claimed place, and the nearest good fit is the head.
"""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray
from scipy import signal

from scorebridge.audio.spectrogram import SAMPLE_RATE

REACH = 0.12  # s around the claim within which a rise is looked for
STEP = 0.002  # s between two values of the envelope
RISE = 0.03  # s over which a rise is measured
PARTIALS = (1, 2, 3, 4, 5, 6, 7, 8)
FLOOR = 1e-3  # of the strongest partial's energy: below it is silence
RISE_LIMITS = (-6.0, 12.0)  # dB between which the rise of one partial counts
MIN_RISE = 2.0  # dB, mean rise of a note's partials, for its onset to be seen


def envelopes(
    samples: NDArray[np.float32], pitch: int, centre: float, reach: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Times (s) and the energy of each partial of a note around `centre`, [partials, times]."""
    base = 440.0 * 2 ** ((int(pitch) - 69) / 12)
    first = int((centre - reach - 0.1) * SAMPLE_RATE)
    last = int((centre + reach + 0.1) * SAMPLE_RATE)
    part = samples[max(0, first) : last]
    part = np.pad(part, (max(0, -first), max(0, last - max(0, first) - len(part))))
    time = first / SAMPLE_RATE + np.arange(len(part)) / SAMPLE_RATE
    at = np.arange(centre - reach, centre + reach, STEP)
    length = int(SAMPLE_RATE * max(0.024, 6 / base if base > 150 else 0.04))
    rows = []
    for k in PARTIALS:
        hertz = k * base
        if hertz > 8000:
            break
        if hertz < 150 and k < 3:
            continue  # too slow to give a time; the note's higher partials do
        tone = signal.fftconvolve(
            part * np.exp(-2j * np.pi * hertz * time), np.hanning(length), "same"
        )
        rows.append(np.interp(at, time, np.abs(tone) ** 2))
    return at, np.array(rows)


def onset_near(samples: NDArray[np.float32], pitch: int, claimed: float) -> float:
    """The moment of the steepest rise near a claimed onset, s; NaN where nothing rises clearly.

    A rise is the mean over the note's audible partials, each held to a few dB, so that one
    partial that another note shares is not enough.
    """
    at, energy = envelopes(samples, pitch, claimed, REACH + 2 * RISE)
    loudest = float(energy.max(initial=0.0))
    audible = energy.max(axis=1) > 3 * FLOOR * loudest
    if not audible.any():
        return np.nan
    level = 10 * np.log10(energy[audible] + FLOOR * loudest + 1e-12)
    width = round(RISE / STEP)
    rise = np.clip(level[:, width:] - level[:, :-width], *RISE_LIMITS).mean(0)
    middle = at[: len(rise)] + RISE / 2
    inside = np.abs(middle - claimed) <= REACH
    rise, middle = rise[inside], middle[inside]
    top = float(rise.max())
    if top < MIN_RISE:
        return np.nan
    # Of several clear rises (other notes share partials) the one nearest to the claim counts.
    peaks, _ = signal.find_peaks(np.pad(rise, 1), height=max(MIN_RISE, 0.5 * top))
    if not len(peaks):
        return float(middle[np.argmax(rise)])
    places = middle[peaks - 1]
    return float(places[np.argmin(np.abs(places - claimed))])


def _heads(space: float) -> list[NDArray[np.uint8]]:
    """Shapes of noteheads, ink 255: black, hollow, whole; half a staff space of paper around."""
    shapes = []
    for wide, hollow in ((1.25, 0.0), (1.25, 0.45), (1.7, 0.5)):
        scale = 8
        height, width = round(1.5 * space), round((wide + 0.5) * space)
        big = np.zeros((height * scale, width * scale), np.uint8)
        middle = (width * scale // 2, height * scale // 2)
        axes = (int(wide / 2 * space * scale), int(0.46 * space * scale))
        cv2.ellipse(big, middle, axes, -18.0, 0, 360, 255, -1)
        if hollow:
            inner = (int(axes[0] * 0.8), int(axes[1] * hollow))
            cv2.ellipse(big, middle, inner, -30.0, 0, 360, 0, -1)
        shapes.append(cv2.resize(big, (width, height), interpolation=cv2.INTER_AREA))
    return shapes


def head_near(page: NDArray[np.uint8], x: float, y: float, space: float) -> float:
    """Distance in px from (x, y) to the nearest good fit of a notehead; NaN where none fits."""
    found = fit_near(page, x, y, space)
    return np.nan if found is None else float(np.hypot(found[0] - x, found[1] - y))


def fit_near(
    page: NDArray[np.uint8], x: float, y: float, space: float
) -> tuple[float, float] | None:
    """The good fit of a notehead that is nearest to (x, y), in px; None where none fits."""
    reach = 2.2 * space
    left, top = int(x - reach), int(y - reach)
    padded = np.pad(page, 64, constant_values=255)
    crop = 255 - padded[top + 64 : int(y + reach) + 65, left + 64 : int(x + reach) + 65]
    best: list[tuple[float, float, float]] = []
    for shape in _heads(space):
        if crop.shape[0] < shape.shape[0] or crop.shape[1] < shape.shape[1]:
            continue
        fit = cv2.matchTemplate(crop, shape, cv2.TM_CCOEFF_NORMED)
        top_fit = float(fit.max())
        if top_fit < 0.4:
            continue
        local = (fit == cv2.dilate(fit, np.ones((3, 3)))) & (fit > max(0.4, 0.75 * top_fit))
        rows, columns = np.nonzero(local)
        px = left + columns + (shape.shape[1] - 1) / 2
        py = top + rows + (shape.shape[0] - 1) / 2
        away = np.hypot(px - x, py - y)
        best += zip(away.tolist(), px.tolist(), py.tolist(), strict=True)
    return min(best)[1:] if best else None
