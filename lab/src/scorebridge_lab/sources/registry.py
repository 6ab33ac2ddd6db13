"""All sources by name, and which of their works a build may use.

A source is one module in one order: docstring (what it is), CITATION, LICENCE, USE, REMOTES (where
it lies, with checksums), loader (`works`). To add one: write the module, name it in `MODULES`, and
make its tables with `python -m scorebridge_lab.sources.make_tables`.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType

from scorebridge.errors import UsageError
from scorebridge_lab.sources import (
    asap,
    dinoscore,
    joplin,
    lieder,
    mozart,
    msmd,
    mutopia,
    mutopia_other,
    nottingham,
    openscore_orchestra,
    openscore_quartets,
    pianos,
    polish_ensemble,
    polish_keyboard,
    recordings,
    recordings_other,
)
from scorebridge_lab.sources.work import Work

MODULES: dict[str, ModuleType] = {
    module.__name__.rpartition(".")[2]: module
    for module in (
        mutopia,
        msmd,
        polish_keyboard,
        lieder,
        nottingham,
        pianos,
        polish_ensemble,
        openscore_quartets,
        openscore_orchestra,
        mutopia_other,
        asap,
        mozart,
        joplin,
        dinoscore,
        recordings,
        recordings_other,
    )
}
SOURCES: dict[str, Callable[[Path | None], list[Work]]] = {
    "mutopia": mutopia.works,
    "polish": polish_keyboard.works,
    "lieder": lieder.works,
    "songs": lieder.songs,
    "nottingham": nottingham.works,
}
"""What `data build` can engrave."""
DEFAULT_SOURCES = ("mutopia", "polish", "lieder")


def module_of(name: str) -> ModuleType:
    """The module of a source. Raises UsageError for an unknown name."""
    if name not in MODULES:
        raise UsageError(f"{name}: no such source. There are: {', '.join(MODULES)}")
    return MODULES[name]


def works_of(name: str, root: Path | None = None, everything: bool = False) -> list[Work]:
    """Works of one source that `data build` can engrave.

    everything : also those that may not train weights that ship; without it only a source that is
        for the papers alone returns such works.
    Raises UsageError for an unknown name.
    """
    if name not in SOURCES:
        raise UsageError(f"{name}: no such source. There are: {', '.join(SOURCES)}")
    found = SOURCES[name](root)
    return found if everything else [w for w in found if w.use in ("train", "papers")]


def unpack(data: Path, name: str, target: Path) -> list[Path]:
    """The files of one source, all unpacked into `target`, sorted by name."""
    target.mkdir(parents=True, exist_ok=True)
    return sorted(work.unpack(target) for work in works_of(name, data, everything=True))
