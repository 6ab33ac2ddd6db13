"""Parts of a score: whether the pieces of a volume are found, and no others.

The six DiNoScore volumes have a box for every system, and the number of pieces that they hold is
known from their titles. The scans of Mozart and Joplin are one piece each. A score is right when it
has as many parts as pieces; where the volumes' parts begin was compared by eye, and agrees.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scorebridge.retrieval.volumes import parts_of
from scorebridge.types import Place
from scorebridge_lab.benchmarks.cached import cached_strip, restore
from scorebridge_lab.benchmarks.evaluation_set import thinned
from scorebridge_lab.benchmarks.labelled_volumes import VolumeSet, read_places
from scorebridge_lab.benchmarks.page_sets import KernScans


@dataclass(frozen=True)
class PartCount:
    """Systems, pieces and parts of one score."""

    name: str
    systems: int
    pieces: int
    """True number."""
    found: int
    """Parts found."""
    pages: tuple[int, ...]
    """The page on which each part begins."""


def count_parts(
    places: Mapping[str, tuple[Place, ...]], pieces: Mapping[str, int]
) -> list[PartCount]:
    """Counts the parts of scores. Both are by name; a score without a number is one piece."""
    out = []
    for name, systems in places.items():
        parts = parts_of(systems)
        pages = tuple(part.first_page for part in parts)
        out.append(PartCount(name, len(systems), pieces.get(name, 1), len(parts), pages))
    return out


def evaluate(of: VolumeSet | KernScans, stride: int = 1, limit: int = 0) -> list[PartCount]:
    """Parts of every `stride`-th score of a set, of at most `limit` (0: all).

    Scans are read where they are not in the cache. Raises LabError where data is missing.
    """
    files = thinned(of.scores(), stride, limit)
    if isinstance(of, VolumeSet):
        return count_parts({f.name: read_places(f) for f in files}, of.ground_truth())
    places = {f"{f.parent.name}/{f.stem}": restore(cached_strip(f)).places for f in files}
    return count_parts(places, {})
