"""Retrieval figures as the papers print them: Recall@k, mean reciprocal rank, median rank."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True)
class Retrieval:
    """Figures of one set of queries."""

    queries: int
    r1: float
    r10: float
    r25: float
    mrr: float
    mr: float
    r5: float = float("nan")
    r1_95: tuple[float, float] | None = None
    """95 % bootstrap intervals, see `intervals`; None where the groups are not known."""
    mrr_95: tuple[float, float] | None = None

    def asdict(self) -> dict[str, Any]:
        """For JSON."""
        return asdict(self)


@dataclass(frozen=True)
class ResultRow:
    """One line of a result table."""

    what: str
    direction: str
    figures: Retrieval
    more: dict[str, float] = field(default_factory=dict)
    """Figures of this table alone."""

    def asdict(self) -> dict[str, Any]:
        """For JSON, all in one dict."""
        return {"what": self.what, "direction": self.direction} | self.figures.asdict() | self.more


def from_ranks(
    ranks: NDArray[np.int64], groups: NDArray[np.int64] | Sequence[int] | None = None
) -> Retrieval:
    """ranks : int [queries], 1 = found first. groups : the piece of each, for intervals."""
    ranks = np.asarray(ranks)
    r1, r5, r10, r25 = (float((ranks <= k).mean()) for k in (1, 5, 10, 25))
    mrr, mr = float((1 / ranks).mean()), float(np.median(ranks))
    edges = {} if groups is None else intervals(ranks, np.asarray(groups))
    return Retrieval(len(ranks), r1, r10, r25, mrr, mr, r5, edges.get("r1"), edges.get("mrr"))


def intervals(
    ranks: NDArray[np.int64],
    groups: NDArray[np.int64] | None = None,
    draws: int = 1000,
    share: float = 0.95,
    seed: int = 0,
) -> dict[str, tuple[float, float]]:
    """Bootstrap intervals (percentiles) of R@1 and MRR over queries.

    groups : int [queries], the piece of each query. Queries of one piece rise and fall together,
        so pieces are drawn, not queries; without it each query stands alone.
    """
    ranks = np.asarray(ranks)
    values = np.stack([ranks == 1, 1 / ranks]).astype(np.float64)
    if groups is None:
        sums, counts = values, np.ones(len(ranks))
    else:
        _, group = np.unique(groups, return_inverse=True)
        sums = np.stack([np.bincount(group, v) for v in values])
        counts = np.bincount(group).astype(np.float64)
    rng, means = np.random.default_rng(seed), []
    for _ in range(draws):
        chosen = rng.integers(len(counts), size=len(counts))
        means.append(sums[:, chosen].sum(1) / counts[chosen].sum())
    edges = np.quantile(means, [(1 - share) / 2, (1 + share) / 2], axis=0).T
    return {
        name: (float(low), float(high))
        for name, (low, high) in zip(("r1", "mrr"), edges, strict=True)
    }


def paired_ranks(
    queries: NDArray[np.float32], candidates: NDArray[np.float32]
) -> NDArray[np.int64]:
    """Rank of candidate k for query k among all candidates (P2, P3, P5).

    Ties count against the query, so that a constant embedding scores chance.
    """
    ranks = np.empty(len(queries), np.int64)
    for k in range(0, len(queries), 1024):
        similarity = queries[k : k + 1024] @ candidates.T
        rows = np.arange(len(similarity))
        own = similarity[rows, rows + k]
        ranks[k : k + 1024] = (similarity >= own[:, None]).sum(1)
    return ranks


def area_under_roc(scores: NDArray[np.float64], positive: NDArray[np.bool_]) -> float:
    """Chance that a positive scores above a negative, ties counted half (Mann and Whitney)."""
    yes, no = np.sort(scores[positive]), np.sort(scores[~positive])
    if not len(yes) or not len(no):
        return float("nan")
    below = np.searchsorted(no, yes, side="left")
    equal = np.searchsorted(no, yes, side="right") - below
    return float((below + equal / 2).sum() / (len(yes) * len(no)))


def calibration_error(
    confidence: NDArray[np.float64], right: NDArray[np.bool_], bins: int = 10
) -> float:
    """Expected calibration error: |share right - mean confidence|, weighted over equal bins."""
    place = np.minimum((confidence * bins).astype(int), bins - 1)
    gap = [
        abs(float(right[place == k].mean()) - float(confidence[place == k].mean()))
        * float((place == k).mean())
        for k in range(bins)
        if (place == k).any()
    ]
    return float(sum(gap))


def calibration_error_by_chance(
    confidence: NDArray[np.float64], bins: int = 10, rounds: int = 1000, seed: int = 0
) -> tuple[float, float]:
    """The calibration error that perfect confidences show on so few answers.

    Each answer is drawn right with its confidence, `rounds` times: mean and 95th percentile of
    `calibration_error`. An error below the latter is no proof of a fault.
    """
    rng = np.random.default_rng(seed)
    errors = [
        calibration_error(confidence, rng.random(len(confidence)) < confidence, bins)
        for _ in range(rounds)
    ]
    return float(np.mean(errors)), float(np.quantile(errors, 0.95))
