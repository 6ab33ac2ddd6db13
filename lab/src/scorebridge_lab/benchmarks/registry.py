"""All evaluation sets by name."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TypeVar

from scorebridge.errors import UsageError
from scorebridge_lab.benchmarks import (
    labelled_volumes,
    layout_sets,
    packed,
    page_sets,
    recordings,
    scan_bars,
    scans_human,
    scans_straight,
)
from scorebridge_lab.benchmarks.evaluation_set import EvaluationSet

T = TypeVar("T")

SETS: tuple[EvaluationSet, ...] = (
    packed.MSMD_TEST,
    packed.MSMD_VALID,
    scans_straight.SET,
    scans_human.SET,
    recordings.SET,
    scan_bars.BARS_STRAIGHT,
    scan_bars.BARS_HUMAN,
    packed.DISTRACTORS,
    page_sets.MOZART,
    page_sets.JOPLIN,
    page_sets.DINOSCORE,
    page_sets.LIEDER,
    page_sets.PHOTOGRAPHS,
    layout_sets.ENSEMBLE,
    layout_sets.CASES,
    layout_sets.QUARTETS,
    labelled_volumes.VOLUMES,
)
REGISTRY: dict[str, EvaluationSet] = {one.name: one for one in SETS}


def evaluation_set(name: str) -> EvaluationSet:
    """The set of a name. Raises UsageError for a name that none has."""
    if name not in REGISTRY:
        raise UsageError(f"no evaluation set {name!r}. There are: {', '.join(REGISTRY)}")
    return REGISTRY[name]


def names_of(*kinds: type) -> list[str]:
    """Names of the sets of these classes."""
    return [name for name, one in REGISTRY.items() if isinstance(one, kinds)]


def sets_named(names: Sequence[str], *kinds: type[T]) -> list[T]:
    """The sets of these names. Raises UsageError for a set of another class than `kinds`."""
    found = []
    for name in names:
        one = evaluation_set(name)
        if not isinstance(one, kinds):
            raise UsageError(
                f"the set {name!r} cannot be evaluated in this way."
                f" Those that can: {', '.join(names_of(*kinds))}"
            )
        found.append(one)
    return found
