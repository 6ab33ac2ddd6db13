"""Works that are engraved as pages of every scoring: their group, and whether they judge.

A work is `judge` where its source says so, and where its composer's name falls into the eighth that
is set aside (`is_set_aside`); it never trains anything.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np

from scorebridge.errors import UsageError
from scorebridge_lab.home import home
from scorebridge_lab.sources import container, polish_ensemble
from scorebridge_lab.sources.work import Work

_INSTRUMENTS = re.compile(r"^(\*.*\*I[a-z].*|\*I[a-z].*)$", re.M)
_BAR = re.compile(r"^=(\d+)", re.M)
Part = Literal["train", "judge"]
GROUPS = ("solo", "lead sheet", "song", "chamber", "choir", "organ", "orchestra")
"""Kinds of scoring; `solo` holds parts as well, `organ` other keyboards."""
_CHOIR = ("soprn", "mezzo", "alto", "calto", "tenor", "barit", "bass", "quinto", "sesto")
VOICES = frozenset((*_CHOIR, "vox", "canto", "coro", "feme", "male", "nfant"))
KEYBOARDS = frozenset(("organ", "piano", "forte", "cemba", "clavi", "physh"))
SET_ASIDE = 8  # one composer in so many judges


@dataclass(frozen=True)
class PageWork:
    """A work to engrave as pages."""

    work: Work
    group: str
    """One of `GROUPS`."""
    measures: int = 0
    """0: unknown."""

    @property
    def part(self) -> Part:
        """Whether it may train."""
        return "train" if self.work.train and not is_set_aside(self.work.composer) else "judge"

    @property
    def file(self) -> Path:
        """Where it is stored."""
        return folder() / self.part / f"{self.work.source}--{self.work.name}.npz"


def folder() -> Path:
    """The folder of the store."""
    return home() / "pages"


def is_set_aside(composer: str) -> bool:
    """Whether the works of a composer judge."""
    return zlib.crc32(composer.encode()) % SET_ASIDE == 0


def group_of_instruments(named: Sequence[str], staves: int) -> str:
    """One of `GROUPS` from the instruments of the staves, by their Humdrum names."""
    names = set(named) - {"empty", ""}
    voices = sum(name in VOICES for name in named)
    if staves == 1:
        return "solo"
    if staves >= 9:
        return "orchestra"
    if names <= KEYBOARDS and (names or staves == 2):
        return "organ"
    if names & KEYBOARDS and voices in (1, 2) and names <= KEYBOARDS | VOICES and staves <= 4:
        return "song"
    if names and names <= VOICES | KEYBOARDS:
        return "choir"
    return "orchestra" if staves > 6 else "chamber"


def polish_works() -> list[PageWork]:
    """All works of `polish_ensemble`. The first call unpacks the archive."""
    out = []
    for work in polish_ensemble.works():
        text = container.read(work.path, work.main).decode(errors="replace")
        named = [n for line in _INSTRUMENTS.findall(text)[:1] for n in line.split("\t")]
        named = [n.removeprefix("*I") for n in named if n.startswith("*I")]
        bars = len(set(_BAR.findall(text)))
        out.append(PageWork(work, group_of_instruments(named, work.staves), bars))
    return out


def mixed(works: Sequence[PageWork], seed: int = 0) -> list[PageWork]:
    """The works in a random order in which the groups take turns."""
    queues: dict[str, list[PageWork]] = defaultdict(list)
    for k in np.random.default_rng(seed).permutation(len(works)):
        queues[works[k].group].append(works[k])
    out = []
    while any(queues.values()):
        out += [queue.pop() for queue in queues.values() if queue]
    return out


SOURCES: dict[str, Callable[[], list[PageWork]]] = {"polish": polish_works}
"""Sources by name."""


def works_of_pages(names: Sequence[str] = (), seed: int = 0) -> list[PageWork]:
    """The works of some sources, by default all, `mixed`. Raises UsageError for other names."""
    if unknown := set(names) - set(SOURCES):
        raise UsageError(f"{', '.join(sorted(unknown))}: not among {', '.join(SOURCES)}.")
    return mixed([w for name in names or SOURCES for w in SOURCES[name]()], seed)
