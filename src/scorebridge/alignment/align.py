"""From recording time to the page: the alignment of a recording with the score that it plays.

As in P2 section 6, dynamic time warping on the cosine distances of all sheet and audio windows.
The mean of each side is subtracted, since features common to a whole piece do not distinguish its
places. The path may jump at barlines (`jump_penalties.py`, `jumps.py`), so
repeats, voltas, da capo and cuts come out as sections in the order they are played. Windows
of the recording that are no music (silence, applause) may be left out. Each section is
then smoothed, joined to its neighbours at barlines (`curves.py`) and sampled on a regular grid.
Anchors and sections that a person gives take precedence over all of it.

Cost: see `bench/align.py`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from scorebridge.alignment.bars import Bars, bars_of, name_bars
from scorebridge.alignment.cost_model import CostModel, given_sections, whole_score
from scorebridge.alignment.curves import Curve, SectionPath, bend_through, fit_curves, place_at
from scorebridge.alignment.dtw import Steps
from scorebridge.alignment.jump_penalties import CostScale, JumpPenalties, jump_costs
from scorebridge.alignment.jumps import JumpCosts, jump_path, posterior
from scorebridge.alignment.path_confidence import bar_confidences, nearby_share, pair_confidence
from scorebridge.alignment.voltas import split_at_voltas
from scorebridge.errors import UsageError
from scorebridge.types import Alignment, Anchor, BarRange, Encoded, Point, Section
from scorebridge.windows import spacing

POINT_SPACING = 0.25  # s between the points of an alignment
REFINING_REACH = 1  # windows on either side from which a cell's column is refined
REFINING_TEMPERATURE = 0.1  # difference in similarity that makes a neighbour weigh 1/e
ALIGN_STEPS = Steps((1.0,) * 6, (0.03, 0.0, 0.0, 0.0, 0.01, 0.03))
"""As `PACED`, with cheaper leaps: here they are fast music, not another piece."""
TYPICAL_GAIN = 0.5  # similarity above chance of true pairs, for the first path
MIN_GAIN = 0.02  # similarity; costs must not vanish where a recording fits no better than backwards
MIN_SCATTER = 0.02  # of a mean over windows
INDEPENDENT_S = 2.0  # s of music that count as one observation, since windows overlap
DEFAULT_HOP = 0.5  # s between windows, of a recording that has only one


@dataclass(frozen=True, slots=True)
class AlignSettings:
    """How a recording is aligned with a score."""

    steps: Steps = ALIGN_STEPS
    jumps: JumpPenalties | None = field(default_factory=JumpPenalties)
    """None: the score is played once, from begin to end."""
    outside: float = 0.35
    """Recording windows are no music when they fit worse than this share of the
    way from chance (the recording backwards) to the fit of the whole recording."""
    edge: float = 0.05
    """Leaving out the whole score costs as much as this share of a mismatched recording."""
    max_dense_cells: int = 4_000_000
    """Cells (windows by windows; 17 minutes once through) up to which the windows halfway between
    windows are used too, where both sides have them, at four times the cost."""
    temperature: float = 0.15
    """Seconds of evidence by which a rival path must be worse to weigh 1/e."""


@dataclass(frozen=True, slots=True)
class _Prepared:
    """A pair, ready for the search of its best path."""

    score: Encoded
    recording: Encoded
    settings: AlignSettings
    bars: Bars
    model: CostModel
    anchors: list[tuple[float, float]]
    """(seconds, column of the unrolled score), rising in time."""
    costs: JumpCosts
    cost_per_s: float
    """Cost of a second of evidence."""
    hop_s: float
    """Seconds from one row to the next."""


@dataclass(frozen=True, slots=True)
class _Path:
    """The best path through a prepared pair; no cells where the costs allow none."""

    cells: NDArray[np.int32]
    """[cells, 2], row and column."""
    is_start: NDArray[np.bool_]
    """[cells], where the path begins or has jumped."""
    surplus: float
    """By how much a window fits better than along the best path backwards, in units of the scatter
    of such a mean: 1 / sqrt(n), one observation for every `INDEPENDENT_S`."""


def align_encoded(
    score: Encoded,
    recording: Encoded,
    settings: AlignSettings | None = None,
    anchors: Sequence[Anchor] = (),
    sections: Sequence[BarRange] = (),
) -> Alignment:
    """Align a recording with a score.

    Parameters
    ----------
    score, recording : the two documents; the score with its `places`.
    anchors : times at which a bar is known to begin; the alignment goes through each of them.
    sections : the bars that are played, in the order they are played; () to find out.

    Returns
    -------
    `Alignment`: points every `POINT_SPACING` s (at multiples of it) while music
    is played, x never falling within a system of one section; the sections; bars where the page
    reader found them. `confidence` is the probability that the recording plays the score;
    `bar_confidence` holds one value for each bar played. See `alignment.path_confidence`.

    Raises `UsageError` for anchors and sections that the files do not have, or that disagree.
    """
    if score.kind != "score" or recording.kind != "recording":
        raise UsageError("align takes a score first and a recording second")
    if not len(score.vectors) or not len(recording.vectors) or not score.places:
        return Alignment(())
    anchors = sorted(anchors, key=lambda anchor: anchor.time_s)
    pair = _prepare(score, recording, settings or AlignSettings(), anchors, sections)
    path = _best_path(pair)
    if not len(path.cells):
        return Alignment(())
    for anchor in anchors:
        if not pair.model.meets_anchor(path.cells, pair.recording.positions, anchor.time_s):
            raise UsageError(
                f"pin at {anchor.time_s:g} s: bar {anchor.bar:g} is not played there in the given"
                " order of sections, or not with the other pins. Correct one of them."
            )
    return _alignment(pair, path, _fitted_curves(pair, path))


def pair_evidence(
    score: Encoded, recording: Encoded, settings: AlignSettings | None = None
) -> tuple[float, float]:
    """The arguments of `path_confidence.pair_confidence` for a pair: surplus and seconds."""
    pair = _prepare(score, recording, settings or AlignSettings(), (), ())
    path = _best_path(pair)
    return path.surplus, len(path.cells) * pair.hop_s


def _prepare(
    score: Encoded,
    recording: Encoded,
    settings: AlignSettings,
    anchors: Sequence[Anchor],
    sections: Sequence[BarRange],
) -> _Prepared:
    """Cost matrix, anchors and jump costs of a pair. Raises `UsageError`."""
    bars = bars_of(score.places)
    for anchor in anchors:
        if not 0 <= anchor.time_s <= recording.extent:
            raise UsageError(
                f"pin at {anchor.time_s:g} s: the recording lasts {recording.extent:.1f} s."
            )
    places = [(anchor.time_s, bars.column(anchor.bar)) for anchor in anchors]
    has_between = score.between is not None and recording.between is not None
    if has_between and len(score.vectors) * len(recording.vectors) <= settings.max_dense_cells:
        score, recording = score.finer, recording.finer
    cost = 1 - centered(recording.vectors) @ centered(score.vectors).T
    if sections:
        limits = [bars.span(*bar_range) for bar_range in sections]
        model = given_sections(cost, score.positions, limits)
    else:
        model = whole_score(cost, score.extent)
    model = model.with_anchors(recording.positions, score.positions, places)
    hop = spacing(recording.positions, DEFAULT_HOP)
    windows = score.positions[model.windows]
    penalties = None if model.is_given else settings.jumps
    scale = _cost_scale(model, settings, hop, lambda s: jump_costs(bars, windows, penalties, s))
    costs = jump_costs(bars, windows, penalties, scale)
    return _Prepared(score, recording, settings, bars, model, places, costs, scale.per_second, hop)


def _cost_scale(
    model: CostModel,
    settings: AlignSettings,
    hop_s: float,
    costs_at: Callable[[CostScale], JumpCosts],
) -> CostScale:
    """What penalties are worth for a pair.

    A first path, at the scale of a typical pair, gives how well the recording fits forwards and
    backwards.
    """
    first = costs_at(CostScale(TYPICAL_GAIN / hop_s))
    levels = []
    for cost in (model.unanchored, model.backwards):
        _, path, _ = jump_path(cost, settings.steps, first)
        levels.append(float(cost[path[:, 0], path[:, 1]].mean()) if len(path) else 1.0)
    reached, chance = levels
    rows, columns = model.cost.shape
    return CostScale(
        per_second=max(chance - reached, MIN_GAIN) / hop_s,
        outside=chance - settings.outside * max(chance - reached, 0.0),
        edge=settings.edge * rows / columns,
    )


def _best_path(pair: _Prepared) -> _Path:
    model, steps = pair.model, pair.settings.steps
    total, cells, is_start = jump_path(model.cost, steps, pair.costs)
    if not len(cells):
        return _Path(cells, is_start, 0.0)
    backwards, _, _ = jump_path(model.backwards, steps, pair.costs)
    gain = (backwards - total - model.anchor_gain(cells)) / len(cells)
    observations = max(len(cells) * pair.hop_s / INDEPENDENT_S, 1)
    scatter = float(model.backwards.std()) / np.sqrt(observations)
    return _Path(cells, is_start, gain / max(MIN_SCATTER, scatter))


def _fitted_curves(pair: _Prepared, path: _Path) -> list[Curve]:
    """The curve of each section, in the order they are played."""
    model, cells, bars = pair.model, path.cells, pair.bars
    times = pair.recording.positions[cells[:, 0]].astype(np.float64)
    columns = _refined_columns(model, cells, pair.score.positions)
    starts = np.flatnonzero(model.section_starts(cells, path.is_start))
    sections = []
    for a, b in pairwise([*starts, len(cells)]):
        low, high = model.limits[model.section[cells[a, 1]]]
        enter, leave = (low, high) if model.is_given else (None, None)
        rising = np.maximum.accumulate(columns[a:b])
        sections.append(SectionPath(times[a:b], rising, low, high, enter, leave))
    if not model.is_given and pair.settings.jumps:
        sections = split_at_voltas(sections, bars)
    curves = fit_curves(sections, pair.recording.extent, bars.exits(), bars.entries())
    return [bend_through(curve, pair.anchors) for curve in curves]


def _refined_columns(
    model: CostModel, cells: NDArray[np.int32], positions: NDArray[np.float32]
) -> NDArray[np.float64]:
    """Column of each path cell to less than a window: the centre of the similarity around it.

    The neighbours of a cell within `REFINING_REACH` windows of its section weigh
    exp(-cost / `REFINING_TEMPERATURE`).
    """
    where = positions[model.windows].astype(np.float64)
    centres = np.empty(len(cells))
    for k, (i, j) in enumerate(cells):
        reach = min(REFINING_REACH, j, len(where) - 1 - j)  # as far on both sides
        while model.section[j - reach] != model.section[j + reach]:
            reach -= 1
        near = model.unanchored[i, j - reach : j + reach + 1]
        weight = np.exp((near.min() - near) / REFINING_TEMPERATURE)
        centres[k] = weight @ where[j - reach : j + reach + 1] / weight.sum()
    return centres


def _alignment(pair: _Prepared, path: _Path, curves: Sequence[Curve]) -> Alignment:
    """Points, sections and confidences along the curves."""
    model, cells = pair.model, path.cells
    temperature = pair.settings.temperature * pair.cost_per_s
    shares, _ = posterior(model.cost, pair.settings.steps, pair.costs, temperature)
    nearby = nearby_share(shares, cells, pair.score.positions[model.windows])
    times = pair.recording.positions[cells[:, 0]].astype(np.float64)
    points = [sample_points(curve, pair.score) for curve in curves]
    for before, after in pairwise(points):
        if before and after and before[-1].time_s >= after[0].time_s:
            before.pop()
    alignment = Alignment(
        tuple(point for section in points for point in section),
        tuple(Section(float(c.times[0]), float(c.times[-1])) for c in curves),
        pair_confidence(path.surplus, len(cells) * pair.hop_s),
        bar_confidences(curves, pair.bars, times, nearby),
    )
    return name_bars(alignment, pair.score.places)


def centered(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """Vectors less their mean, scaled to unit length; a single one is returned unchanged."""
    if len(vectors) < 2:
        return vectors
    rest = vectors - vectors.mean(0)
    return rest / np.maximum(np.linalg.norm(rest, axis=1, keepdims=True), 1e-6)


def sample_points(curve: Curve, score: Encoded) -> list[Point]:
    """The points of a curve at multiples of `POINT_SPACING` s, without bars."""
    first = np.ceil(curve.times[0] / POINT_SPACING - 1e-9)
    last = np.floor(curve.times[-1] / POINT_SPACING + 1e-9)
    grid = np.arange(first, last + 1) * POINT_SPACING + 0.0  # no -0.0
    points = []
    for time, column in zip(grid, curve.at(grid), strict=True):
        place, x = place_at(score.places, float(column))
        points.append(Point(float(time), place.page, place.system, min(max(x, 0.0), 1.0)))
    return points
