"""The sources by name, and which of their works a training world may use."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from scorebridge.errors import UsageError
from scorebridge_lab.sources import lieder, mutopia, nottingham, polish
from scorebridge_lab.sources.work import Work

SOURCES: dict[str, Callable[[Path | None], list[Work]]] = {
    "mutopia": mutopia.works,
    "polish": polish.works,
    "lieder": lieder.works,
    "songs": lieder.songs,
    "nottingham": nottingham.works,
}
WORLD = ("mutopia", "polish", "lieder")


def works_of(name: str, root: Path | None = None, everything: bool = False) -> list[Work]:
    """Works of one source; only those that may train what ships, unless `everything`."""
    if name not in SOURCES:
        raise UsageError(f"{name}: no such source. There are: {', '.join(SOURCES)}")
    found = SOURCES[name](root)
    return [w for w in found if w.train] if not everything and name != "nottingham" else found


def unpack(data: Path, name: str, target: Path) -> list[Path]:
    """The files of one source, all unpacked into `target`, sorted by name."""
    target.mkdir(parents=True, exist_ok=True)
    return sorted(work.unpack(target) for work in works_of(name, data, everything=True))
