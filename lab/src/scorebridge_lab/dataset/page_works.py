"""Works that are engraved as pages of every scoring: their group, and whether they judge.

A work is `judge` where its source states it, and where its composer's name falls into the eighth
that is set aside (`is_set_aside`); it never trains anything.
"""

from __future__ import annotations

import re
import zlib
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Literal

import numpy as np

from scorebridge.errors import UsageError
from scorebridge_lab.home import home
from scorebridge_lab.sources import (
    container,
    lieder,
    mutopia_other,
    openscore_orchestra,
    openscore_quartets,
    polish_ensemble,
)
from scorebridge_lab.sources.work import Work

_INSTRUMENTS = re.compile(r"^(\*.*\*I[a-z].*|\*I[a-z].*)$", re.M)
Part = Literal["train", "judge"]
EngraverName = Literal["verovio", "musescore", "lilypond"]
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
    edition: str = "score"
    """'score', or 'part': one staff of it."""
    engraver: EngraverName = "verovio"

    @property
    def staves(self) -> int:
        """In a system, about."""
        guess = {"song": 3, "chamber": 4, "choir": 4, "organ": 3, "orchestra": 14}
        return 1 if self.edition == "part" else self.work.staves or guess.get(self.group, 1)

    @property
    def part(self) -> Part:
        """Whether it may train."""
        return "train" if self.work.train and not is_set_aside(self.work.composer) else "judge"

    @property
    def file(self) -> Path:
        """Where it is stored."""
        name = f"{self.work.source}--{self.work.name}"
        name += "" if self.edition == "score" else f"@{self.group.replace(' ', '-')}"
        name += "" if self.engraver == "verovio" else f"~{self.engraver}"
        return folder() / self.part / f"{name}.npz"


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
        out.append(PageWork(work, group_of_instruments(named, work.staves)))
    return out


def songs() -> list[PageWork]:
    """OpenScore Lieder, voice and piano."""
    return [PageWork(w, "song") for w in lieder.songs()]


def quartets() -> list[PageWork]:
    """OpenScore string quartets."""
    return [PageWork(w, "chamber") for w in openscore_quartets.works()]


def orchestras() -> list[PageWork]:
    """OpenScore movements for orchestra, some with voices."""
    return [PageWork(w, "orchestra") for w in openscore_orchestra.works()]


_MUTOPIA = {"voices": "choir", "guitar/lute": "solo", "solo": "solo", "organ": "organ"}
_MUTOPIA |= {"chamber": "chamber", "quartet": "chamber", "orchestra": "orchestra"}


def mutopia() -> list[PageWork]:
    """Mutopia's pieces for other instruments than solo piano; pieces for two pianos are `organ`."""
    return [
        PageWork(w, _MUTOPIA.get(w.group, "organ"), engraver="lilypond")
        for w in mutopia_other.works()
    ]


def parts_of(works: Sequence[PageWork]) -> list[PageWork]:
    """One part of each work of several staves; of songs, a lead sheet."""
    return [
        replace(w, edition="part", group="lead sheet" if w.group == "song" else "solo")
        for w in works
        if w.group not in ("solo", "organ") and w.engraver != "lilypond"
    ]


def mixed(works: Sequence[PageWork], seed: int = 0) -> list[PageWork]:
    """The works in a random order in which the groups take turns."""
    queues: dict[str, list[PageWork]] = defaultdict(list)
    for k in np.random.default_rng(seed).permutation(len(works)):
        queues[works[k].group].append(works[k])
    out = []
    while any(queues.values()):
        out += [queue.pop() for queue in queues.values() if queue]
    return out


SOURCES: dict[str, Callable[[], list[PageWork]]] = {
    "polish": polish_works,
    "songs": songs,
    "quartets": quartets,
    "orchestra": orchestras,
    "mutopia": mutopia,
}
"""Sources by name."""


def works_of_pages(names: Sequence[str] = (), seed: int = 0) -> list[PageWork]:
    """The works of some sources, by default all, with one part each, by every engraver, `mixed`.

    Raises UsageError for other names.
    """
    if unknown := set(names) - set(SOURCES):
        raise UsageError(f"{', '.join(sorted(unknown))}: not among {', '.join(SOURCES)}.")
    works = [w for name in names or SOURCES for w in SOURCES[name]()]
    works += parts_of(works)
    xml = [w for w in works if w.work.main.endswith((".mxl", ".musicxml"))]
    return mixed(works + [replace(w, engraver="musescore") for w in xml], seed)
