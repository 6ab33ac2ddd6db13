"""`scorebridge lab evaluate fragments`: P4's table II and figure 3 with our stand-ins.

Table II: how well fragments of 10 to 80 s of a recording and of 1 to 8 systems of a score find
their document. Figure 3: MRR and time of a query against the size of the collection, with
fragments of 50 s and of 4 systems. P4 draws 1,500 and 1,000 fragments at random from 321
commercial recordings and their scans; ours are drawn from the pieces of a set, and collections
grow by the crowd.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from rich.progress import track

from scorebridge.lab.crowd import library_of
from scorebridge.lab.evaluate import Asked, Material, Row, ranks_and_time
from scorebridge.lab.metrics import Retrieval, from_ranks
from scorebridge.lab.sets import fragment
from scorebridge.types import Encoded

SECONDS = (5.0, 10.0, 20.0, 30.0, 40.0, 50.0, 60.0, 70.0, 80.0)
SYSTEMS = (1, 2, 3, 4, 5, 6, 7, 8)
AT_SECONDS, AT_SYSTEMS = 50.0, 4  # figure 3


@dataclass(frozen=True)
class Scaled:
    """One point of figure 3."""

    direction: str
    documents: int
    figures: Retrieval
    seconds: float
    """Mean time of a query."""


def random_sounds(material: Material, seconds: float, count: int, seed: int = 0) -> Asked:
    """`count` fragments of so many seconds, drawn at random; recordings that short come whole."""
    rng = np.random.default_rng([seed, round(seconds)])
    chosen = rng.integers(len(material.recordings), size=count)
    queries = []
    for k in chosen:
        whole = material.recordings[k]
        share = min(1.0, seconds / whole.extent)
        start = rng.random() * (1 - share)
        queries.append(fragment(whole, start, start + share))
    return Asked(
        f"{seconds:g} s",
        "A2S",
        queries,
        [material.score_of[k] for k in chosen],
        [material.recording_names[k] for k in chosen],
        material.scores,
    )


def random_systems(material: Material, systems: int, count: int, seed: int = 0) -> Asked:
    """`count` runs of so many systems, drawn at random; scores that short come whole."""
    rng = np.random.default_rng([seed, systems])
    owner = {s: r for r, s in reversed(list(enumerate(material.score_of)))}
    single = [s for s in owner if s not in material.volumes and material.scores[s].places]
    chosen = [single[k] for k in rng.integers(len(single), size=count)]
    queries = []
    for s in chosen:
        whole = material.scores[s]
        places = whole.places
        first = int(rng.integers(max(1, len(places) - systems + 1)))
        last = min(first + systems, len(places)) - 1
        cut = fragment(whole, places[first].start / whole.extent, places[last].stop / whole.extent)
        queries.append(cut)
    return Asked(
        f"{systems} system{'s' if systems > 1 else ''}",
        "S2A",
        queries,
        [owner[s] for s in chosen],
        [material.score_names[s] for s in chosen],
        material.recordings,
    )


def table(
    material: Material,
    crowd: tuple[Sequence[Encoded], Sequence[Encoded]],
    method: str,
    count: int,
) -> list[Row]:
    """P4's table II."""
    rows = []
    scores = library_of([*material.scores, *crowd[0]])
    recordings = library_of([*material.recordings, *crowd[1]])
    asked = [(random_sounds(material, s, count), scores) for s in SECONDS]
    asked += [(random_systems(material, n, count), recordings) for n in SYSTEMS]
    for one, library in track(asked, "fragments"):
        ranks, _ = ranks_and_time(one.queries, one.truth, library, method)
        rows.append(Row(f"{one.what}, {method}", one.direction, from_ranks(ranks)))
    return rows


def figure(
    material: Material,
    crowd: tuple[Sequence[Encoded], Sequence[Encoded]],
    method: str,
    count: int,
    sizes: Sequence[int],
) -> list[Scaled]:
    """P4's figure 3: each size counts the documents of the set and so much of the crowd."""
    points = []
    for one, own, others in (
        (random_sounds(material, AT_SECONDS, count), material.scores, crowd[0]),
        (random_systems(material, AT_SYSTEMS, count), material.recordings, crowd[1]),
    ):
        for size in track(sizes, f"sizes {one.direction}"):
            library = library_of([*own, *others[: max(0, size - len(own))]])
            if len(library.documents) < size and size != sizes[-1]:
                continue
            ranks, seconds = ranks_and_time(one.queries, one.truth, library, method)
            points.append(Scaled(one.direction, len(library.documents), from_ranks(ranks), seconds))
    return points
