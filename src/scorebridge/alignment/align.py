"""From recording time to the page: a recording and a score that belong together, repeats and all.

As in P2 section 6, warping on the cosine of all sheet and audio windows; around it, what
real files need. The mean of each side is taken off (what a whole piece has in common does
not tell places apart). The path may jump at barlines (`structure.py`, `jumps.py`), so
repeats, endings, da capo and cuts come out as sections in the order they are played; windows
of the recording that are no music (silence, applause) may be left out. Each section is
then smoothed and made to meet its barlines (`curve.py`), and read off on a regular grid.
What a person says, pins and the order of sections, goes before all of it.

`linear_baseline` and `plain_dtw` are what P2 compares; they know no repeats.
Cost: see `bench/align.py`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from math import inf

import numpy as np
from numpy.typing import NDArray

from scorebridge.alignment.bar_confidence import bar_confidences, row_trust
from scorebridge.alignment.bars import bars_of, name_bars
from scorebridge.alignment.curves import Curve, Run, fit_curves, place_at, through
from scorebridge.alignment.dtw import CLASSIC, Steps, match_path
from scorebridge.alignment.jumps import Prices, jump_path
from scorebridge.alignment.structure import JumpPrices, Model, free_model, given_model, price_jumps
from scorebridge.alignment.voltas import split_endings
from scorebridge.errors import UsageError
from scorebridge.retrieval.confidence import pair_confidence
from scorebridge.types import Alignment, Anchor, Encoded, Point, Section, BarRange
from scorebridge.windows import spacing

GRID = 0.25  # s between points
AROUND = 1  # columns of the model on either side that tell the place between windows
SHARP = 0.1  # difference in similarity that makes a neighbour weigh 1/e
FOLLOW = Steps((1.0,) * 6, (0.03, 0.0, 0.0, 0.0, 0.01, 0.03))
"""As `PACED`, with leaps cheaper: here they are fast music, not another piece."""
USUAL_GAIN = 0.5  # similarity above chance that true pairs reach, to begin with
SPREAD = 0.02  # least scatter of a mean over windows
LASTING = 2.0  # s of music that count as one look at it: neighbouring windows overlap
LEAST_GAIN = 0.02  # prices must not vanish when a recording fits no better than backwards


@dataclass(frozen=True, slots=True)
class AlignSettings:
    """How a recording is laid along a score."""

    steps: Steps = FOLLOW
    jumps: JumpPrices | None = field(default_factory=JumpPrices)
    """None: the score is played once, from begin to end."""
    outside: float = 0.35
    """Recording windows are no music when they fit worse than this share of the
    way from chance (the recording backwards) to what the whole recording reaches."""
    edge: float = 0.05
    """Leaving out the whole score would cost as much as this share of a mismatched recording."""
    dense: int = 4_000_000
    """Cells (windows by windows; 17 minutes once through) up to which the way is found through the
    windows halfway between windows too, where both sides know them, at four times the cost."""
    heat: float = 0.15
    """Seconds of evidence by which a rival path must be worse to count 1/e."""


def align_encoded(
    score: Encoded,
    recording: Encoded,
    settings: AlignSettings | None = None,
    anchors: Sequence[Anchor] = (),
    sections: Sequence[BarRange] = (),
) -> Alignment:
    """Lay a recording along a score.

    Parameters
    ----------
    score, recording : the two documents; the score with its `places`.
    pins : moments whose bar a person knows; the alignment goes through each of them.
    sections : the bars that are played, in the order they are played; () to find out.

    Returns
    -------
    `Alignment` without names of files: points every `GRID` s (at multiples of it) while music
    is played, x never falling within a system of one section; the sections; bars where the page
    reader found them. `confidence` is the probability that the recording plays the score
    (`confidence.pair_confidence`); `bar_confidence` says for each bar played how sure its place is.

    Raises `UsageError` for pins and sections that the files do not have, or that disagree.
    """
    if score.kind != "score" or recording.kind != "recording":
        raise UsageError("align takes a score first and a recording second")
    settings = settings or AlignSettings()
    if not len(score.vectors) or not len(recording.vectors) or not score.places:
        return Alignment(())
    bars = bars_of(score.places)
    for anchor in anchors:
        if not 0 <= anchor.time_s <= recording.extent:
            raise UsageError(
                f"pin at {anchor.time_s:g} s: the recording lasts {recording.extent:.1f} s."
            )
    points_given = [
        (anchor.time_s, bars.column(anchor.bar))
        for anchor in sorted(anchors, key=lambda p: p.time_s)
    ]
    score, recording = _as_fine(score, recording, settings)
    cost = 1 - own_mean_off(recording.vectors) @ own_mean_off(score.vectors).T
    if sections:
        spans = [bars.span(*span) for span in sections]
        model = given_model(cost, score.positions, spans)
    else:
        model = free_model(cost, score.extent)
    model = model.pinned(recording.positions, score.positions, points_given)
    prices, second = _prices(model, settings, score, recording)
    hop = spacing(recording.positions, 0.5)
    path, fresh, evidence = _lay(model, settings, prices, hop)
    if not len(path):
        return Alignment(())
    for (time, _), anchor in zip(
        points_given, sorted(anchors, key=lambda p: p.time_s), strict=True
    ):
        if not model.keeps(path, recording.positions, time):
            raise UsageError(
                f"pin at {time:g} s: bar {anchor.bar:g} is not played there in the given order of"
                " sections, or not with the other pins. Correct one of them."
            )
    confidence = pair_confidence(evidence, len(path) * hop)

    times = recording.positions[path[:, 0]].astype(np.float64)
    columns = _between_windows(model, path, score.positions)
    fresh = model.begins(path, fresh)
    runs = []
    for a, b in pairwise([*np.flatnonzero(fresh), len(path)]):
        low, high = model.limits[model.parts[path[a, 1]]]
        known = (low, high) if model.given else (None, None)
        runs.append(Run(times[a:b], np.maximum.accumulate(columns[a:b]), low, high, *known))
    if not model.given and settings.jumps:
        runs = split_endings(runs, bars)
    curves = fit_curves(runs, recording.extent, bars.exits(), bars.entries())
    curves = [through(curve, points_given) for curve in curves]
    trust = row_trust(model, settings.steps, prices, settings.heat * second, path, score.positions)
    points = [_points(curve, score) for curve in curves]
    for before, after in pairwise(points):
        if before and after and before[-1].time_s >= after[0].time_s:
            before.pop()
    alignment = Alignment(
        tuple(point for run in points for point in run),
        tuple(Section(float(c.times[0]), float(c.times[-1])) for c in curves),
        confidence,
        bar_confidences(curves, bars, times, trust),
    )
    return name_bars(alignment, score.places)


def evidence_of(
    score: Encoded, recording: Encoded, settings: AlignSettings | None = None
) -> tuple[float, float]:
    """What `confidence.pair_confidence` is told of a pair: its surplus, and how many seconds."""
    settings = settings or AlignSettings()
    score, recording = _as_fine(score, recording, settings)
    cost = 1 - own_mean_off(recording.vectors) @ own_mean_off(score.vectors).T
    model = free_model(cost, score.extent)
    prices, _ = _prices(model, settings, score, recording)
    hop = spacing(recording.positions, 0.5)
    path, _, evidence = _lay(model, settings, prices, hop)
    return evidence, len(path) * hop


def _as_fine(
    score: Encoded, recording: Encoded, settings: AlignSettings
) -> tuple[Encoded, Encoded]:
    """Both with the windows halfway between windows where they know them and `dense` allows it."""
    both = score.between is not None and recording.between is not None
    if both and len(score.vectors) * len(recording.vectors) <= settings.dense:
        return score.finer, recording.finer
    return score, recording


def _lay(
    model: Model, settings: AlignSettings, prices: Prices, hop: float
) -> tuple[NDArray[np.int32], NDArray[np.bool_], float]:
    """The best path, where it begins anew, and its surplus over chance.

    The surplus is what a window of music fits better than along the best path backwards, in units
    of the scatter of such a mean: 1 / sqrt(n), one for every `LASTING` s.

    hop : seconds from one row to the next.
    """
    total, path, fresh = jump_path(model.cost, settings.steps, prices)
    if not len(path):
        return path, fresh, 0.0
    astray, _, _ = jump_path(model.backwards, settings.steps, prices)
    surplus = (astray - total - model.saved(path)) / len(path)
    scatter = float(model.backwards.std()) / np.sqrt(max(len(path) * hop / LASTING, 1))
    return path, fresh, surplus / max(SPREAD, scatter)


def _prices(
    model: Model, settings: AlignSettings, score: Encoded, recording: Encoded
) -> tuple[Prices, float]:
    """Prices for this pair, and what a second of evidence costs.

    A first path at usual prices tells how well the recording fits, forwards and backwards.
    """
    hop = spacing(recording.positions, 0.5)
    levels = []
    second = USUAL_GAIN / hop
    first = _all_prices(model, settings, score, second, inf, 0.0)
    for cost in (model.plain, model.backwards):
        _, path, _ = jump_path(cost, settings.steps, first)
        levels.append(float(cost[path[:, 0], path[:, 1]].mean()) if len(path) else 1.0)
    reached, chance = levels
    second = max(chance - reached, LEAST_GAIN) / hop
    rows, columns = model.cost.shape
    outside = chance - settings.outside * max(chance - reached, 0.0)
    edge = settings.edge * rows / columns
    return _all_prices(model, settings, score, second, outside, edge), second


def _all_prices(
    model: Model,
    settings: AlignSettings,
    score: Encoded,
    second: float,
    outside: float,
    edge: float,
) -> Prices:
    windows = score.positions[model.windows]
    jumps = None if model.given else settings.jumps
    return price_jumps(bars_of(score.places), windows, jumps, second, outside, edge)


def _between_windows(
    model: Model, path: NDArray[np.int32], positions: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Column of each path cell to less than a window: the middle of the similarity around it.

    Each cell's neighbours within `AROUND` windows of its section weigh by
    exp(-cost / `SHARP`).
    """
    where = positions[model.windows].astype(np.float64)
    middles = np.empty(len(path))
    for k, (i, j) in enumerate(path):
        reach = min(AROUND, j, len(where) - 1 - j)  # as far on both sides
        while model.parts[j - reach] != model.parts[j + reach]:
            reach -= 1
        near = model.plain[i, j - reach : j + reach + 1]
        weight = np.exp((near.min() - near) / SHARP)
        middles[k] = weight @ where[j - reach : j + reach + 1] / weight.sum()
    return middles


def own_mean_off(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors less their mean, of unit length again (a single one comes back as it is)."""
    if len(vectors) < 2:
        return vectors
    rest = vectors - vectors.mean(0)
    return rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-6)


def _points(curve: Curve, score: Encoded) -> list[Point]:
    first, last = np.ceil(curve.times[0] / GRID - 1e-9), np.floor(curve.times[-1] / GRID + 1e-9)
    grid = np.arange(first, last + 1) * GRID + 0.0  # no -0.0
    points = []
    for time, column in zip(grid, curve.at(grid), strict=True):
        place, x = place_at(score.places, float(column))
        points.append(Point(float(time), place.page, place.system, min(max(x, 0.0), 1.0)))
    return points


def linear_baseline(score: Encoded, recording: Encoded) -> Alignment:
    """The straight line from begin to end that P2 section 6 compares with (no confidence)."""
    times = np.array([0.0, recording.extent])
    curve = Curve(times, np.array([0.0, score.extent]))
    points = tuple(_points(curve, score)) if score.places else ()
    return Alignment(points, (Section(0.0, recording.extent),))


def plain_dtw(score: Encoded, recording: Encoded) -> Alignment:
    """P2's alignment (section 6): standard DTW on cosine distances, corner to corner.

    Where several sheet windows meet one audio window their mean place counts.
    """
    if not len(score.vectors) or not len(recording.vectors) or not score.places:
        return Alignment(())
    _, path = match_path(1 - recording.vectors @ score.vectors.T, CLASSIC, edge=inf)
    rows, inverse = np.unique(path[:, 0], return_inverse=True)
    columns = np.bincount(inverse, score.positions[path[:, 1]]) / np.bincount(inverse)
    curve = Curve(recording.positions[rows].astype(np.float64), columns)
    section = Section(float(curve.times[0]), float(curve.times[-1]))
    return name_bars(Alignment(tuple(_points(curve, score)), (section,)), score.places)
