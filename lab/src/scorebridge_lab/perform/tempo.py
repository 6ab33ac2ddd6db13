"""Tempo curves: a smooth, rising map from written to played time."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.perform.manner import Manner

Warp = Callable[[NDArray[np.float64]], NDArray[np.float64]]
DENSITY = (1.2, 9.0)  # range of onsets per second that a random tempo may give
FINEST = 0.05  # s between the points of the curve


def draw_warp(
    onsets: NDArray[np.float64],
    end: float,
    holds: list[tuple[float, float]],
    manner: Manner,
    rng: np.random.Generator,
) -> Warp:
    """Draw the tempo curve of one performance.

    onsets : float64, written seconds in playing order (repeats unfolded); their density bounds
        the tempo.
    end : written seconds at which the music ends.
    holds : stretches under a fermata.
    Returns a function from written to played seconds, strictly rising.
    """
    factor = float(np.exp(rng.uniform(*np.log(manner.tempo))))
    if manner.tempo[0] != manner.tempo[1] and len(onsets):
        density = len(np.unique(onsets.round(3))) / max(end, 1e-3)
        factor = float(np.clip(factor, *(np.array(DENSITY) / density)))
    fine = np.linspace(0, end, max(16, int(end / FINEST)))
    drift = manner.bend * (rng.uniform(0.4, 1.8) if manner.rubato else 1.0)
    slow = drift * _curve(fine, manner.bend_period, rng)
    if manner.rubato:
        slow = slow + rng.uniform(0.2, 1) * manner.rubato * _phrases(fine, rng)
    if manner.beat:
        slow = slow + rng.uniform(0.3, 1.3) * manner.beat * _curve(fine, 0.5, rng)
    if manner.ritardando:
        reach = min(end / 4, rng.uniform(2.0, 6.0))
        rise = np.clip(1 - (end - fine) / max(reach, 1e-6), 0, 1) ** 1.5
        slow = slow + np.log1p(manner.ritardando * rng.random()) * rise
    for start, stop in holds:
        inside = (fine >= start) & (fine < max(stop, start + 2 * FINEST))
        slow[inside] += np.log1p(rng.uniform(0.2, 1) * manner.fermata)
    pace = np.exp(np.clip(slow, -1.0, 1.6)) / factor
    played = np.concatenate([[0], np.cumsum((pace[1:] + pace[:-1]) / 2 * np.diff(fine))])
    before = rng.uniform(*manner.silence)

    def warp(t: NDArray[np.float64]) -> NDArray[np.float64]:
        t = np.asarray(t, np.float64)
        beyond = np.maximum(t - end, 0) * pace[-1]
        return before + np.interp(t, fine, played) + beyond

    return warp


def _curve(at: NDArray[np.float64], period: float, rng: np.random.Generator) -> NDArray[np.float64]:
    """Noise of unit deviation at knots `period` apart, interpolated linearly."""
    knots = np.arange(-period * rng.random(), at[-1] + 2 * period, period)
    return np.interp(at, knots, rng.standard_normal(len(knots)))


def _phrases(at: NDArray[np.float64], rng: np.random.Generator) -> NDArray[np.float64]:
    """Phrase arches: faster in the middle of a phrase (-0.5), slower at its end (up to 1)."""
    ends, t = [0.0], 0.0
    while t < at[-1]:
        t += float(rng.choice([4, 8, 8, 16])) * rng.uniform(0.4, 0.8)
        ends.append(t)
    bounds = np.array(ends)
    number = np.clip(np.searchsorted(bounds, at, side="right") - 1, 0, len(bounds) - 2)
    share = (at - bounds[number]) / (bounds[number + 1] - bounds[number])
    depth = rng.uniform(0.2, 1, len(bounds))[number]
    return depth * (1.5 * np.clip(share, 0, 1) ** 4 - 0.5 * np.sin(np.pi * np.clip(share, 0, 1)))
