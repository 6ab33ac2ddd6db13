"""Fragments of random places: P4's table II and figure 3 with our stand-ins.

Table II: how well fragments of 3 to 80 s of a recording and of two bars to 8 systems of a score
find their document. Figure 3: MRR and time of a query against the size of the collection, with
fragments of 50 s and of 4 systems. P4 draws 1,500 and 1,000 fragments at random from 321
commercial recordings and their scans; ours are drawn from the pieces of a set, and collections
grow by distractors.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from rich.progress import track

from scorebridge.types import Encoded
from scorebridge_lab.benchmarks.distractors import Distractors
from scorebridge_lab.benchmarks.encoded import EncodedSet, library_of
from scorebridge_lab.evaluate.identification import Queries, ranks_and_time
from scorebridge_lab.metrics import ResultRow, Retrieval, from_ranks

SECONDS = (3.0, 5.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0)
SYSTEMS = (0.5, 1, 2, 3, 4, 5, 6, 7, 8)
BARS = 2
FIGURE_SECONDS, FIGURE_SYSTEMS = 50.0, 4


@dataclass(frozen=True)
class SizePoint:
    """One point of figure 3."""

    direction: str
    documents: int
    figures: Retrieval
    seconds: float
    """Mean time of a query."""


def random_sounds(material: EncodedSet, seconds: float, count: int, seed: int = 0) -> Queries:
    """`count` fragments of so many seconds, drawn at random; recordings that short come whole."""
    rng = np.random.default_rng([seed, round(seconds)])
    chosen = rng.integers(len(material.recordings), size=count)
    queries = []
    for k in chosen:
        extent = material.recordings[k].extent
        start = rng.random() * max(0.0, extent - seconds)
        queries += material.cut_recording(int(k), [(start, min(start + seconds, extent))])
    return Queries(
        f"{seconds:g} s",
        "A2S",
        queries=queries,
        ground_truth=[(material.score_of[k],) for k in chosen],
        names=[material.recording_names[k] for k in chosen],
        documents=material.scores,
        works=list(range(len(material.scores))),
    )


def random_systems(material: EncodedSet, systems: float, count: int, seed: int = 0) -> Queries:
    """`count` runs of so many systems, drawn at random; scores that short come whole.

    systems : a whole number, or the share of one system.
    """

    def cut(whole: Encoded, rng: np.random.Generator) -> tuple[float, float]:
        places = whole.places
        first = int(rng.integers(max(1, len(places) - int(systems - 0.5))))
        if systems < 1:
            place = places[first]
            start = place.start + rng.random() * (1 - systems) * (place.stop - place.start)
            return start, start + systems * (place.stop - place.start)
        return places[first].start, places[min(first + int(systems), len(places)) - 1].stop

    what = {0.5: "half a system", 1: "1 system"}.get(systems, f"{systems:g} systems")
    return _prints(material, what, cut, count, [seed, round(10 * systems)])


def random_bars(material: EncodedSet, bars: int, count: int, seed: int = 0) -> Queries:
    """`count` runs of so many bars of one system, drawn at random."""

    def cut(whole: Encoded, rng: np.random.Generator) -> tuple[float, float]:
        long = [p for p in whole.places if len(p.bars) >= bars] or list(whole.places)
        place = long[rng.integers(len(long))]
        first = int(rng.integers(max(1, len(place.bars) - bars + 1)))
        scale = (place.stop - place.start) / (place.x1 - place.x0)
        edges = place.bars[first : first + bars] or ((place.x0, place.x1),)
        left, right = edges[0][0] - place.x0, edges[-1][1] - place.x0
        return place.start + left * scale, place.start + right * scale

    return _prints(material, f"{bars} bars", cut, count, [seed, 1000 + bars])


def _prints(
    material: EncodedSet,
    what: str,
    cut: Callable[[Encoded, np.random.Generator], tuple[float, float]],
    count: int,
    seed: list[int],
) -> Queries:
    """Queries by stretches of scores. cut : first and last column of a stretch."""
    rng = np.random.default_rng(seed)
    owners = np.array(material.score_of)
    asked = sorted(set(material.score_of) - material.volumes)
    single = [s for s in asked if material.scores[s].places]
    chosen = [single[k] for k in rng.integers(len(single), size=count)]
    queries = []
    for s in chosen:
        queries += material.cut_score(s, [cut(material.scores[s], rng)])
    return Queries(
        what,
        "S2A",
        queries=queries,
        ground_truth=[tuple(np.flatnonzero(owners == s).tolist()) for s in chosen],
        names=[material.score_names[s] for s in chosen],
        documents=material.recordings,
        works=list(material.score_of),
    )


def queries_of(
    material: EncodedSet,
    seconds: Sequence[float],
    systems: Sequence[float],
    count: int,
    seed: int = 0,
) -> list[Queries]:
    """Fragments of these lengths of recordings, and of these of scores; two bars are always in."""
    return [
        *(random_sounds(material, s, count, seed) for s in seconds),
        random_bars(material, BARS, count, seed),
        *(random_systems(material, n, count, seed) for n in systems),
    ]


def table(
    material: EncodedSet, distractors: Distractors, method: str, count: int, seed: int = 0
) -> tuple[list[ResultRow], list[str]]:
    """P4's table II, and the failures, one line each."""
    rows, failures = [], []
    libraries = {
        "A2S": library_of([*material.scores, *distractors.scores]),
        "S2A": library_of([*material.recordings, *distractors.recordings]),
    }
    for one in track(queries_of(material, SECONDS, SYSTEMS, count, seed), "fragments"):
        ranks, _ = ranks_and_time(one.queries, one.ground_truth, libraries[one.direction], method)
        rows.append(
            ResultRow(f"{one.what}, {method}", one.direction, from_ranks(ranks, one.groups))
        )
        failures += [
            f"{one.what} {one.direction}: {name} at rank {rank}"
            for name, rank in zip(one.names, ranks, strict=True)
            if rank > 1
        ]
    return rows, failures


def figure(
    material: EncodedSet,
    distractors: Distractors,
    method: str,
    count: int,
    sizes: Sequence[int],
    seed: int = 0,
) -> list[SizePoint]:
    """P4's figure 3: each size counts the documents of the set and so many distractors."""
    points = []
    for one, own, others in (
        (random_sounds(material, FIGURE_SECONDS, count, seed), material.scores, distractors.scores),
        (
            random_systems(material, FIGURE_SYSTEMS, count, seed),
            material.recordings,
            distractors.recordings,
        ),
    ):
        for size in track(sizes, f"sizes {one.direction}"):
            library = library_of([*own, *others[: max(0, size - len(own))]])
            if len(library.documents) < size and size != sizes[-1]:
                continue
            ranks, seconds = ranks_and_time(one.queries, one.ground_truth, library, method)
            figures = from_ranks(ranks, one.groups)
            points.append(SizePoint(one.direction, len(library.documents), figures, seconds))
    return points
