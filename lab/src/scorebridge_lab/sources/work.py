"""A work: one piece of music as a source gives it, ready to be engraved.

Every source (`mutopia`, `polish`, `lieder`, `nottingham`, `folder`) is a module with a function
`works()` that lists these; `world.py` builds them all the same way.
"""

from __future__ import annotations

import zipfile
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

Keep = Literal["piano", "song", "tune"]


@dataclass(frozen=True)
class Work:
    """One piece and where it comes from."""

    name: str
    """Unique in its source and good as a file's name."""
    source: str
    """The module that lists it."""
    path: Path
    """The file itself, or the zip archive that holds it."""
    main: str = ""
    """Member of the archive to engrave; '' where `path` is the file."""
    members: tuple[str, ...] = ()
    """All members of the archive that it needs; () stands for `main` alone."""
    keep: Keep = "piano"
    """The staves that are set: two, voice and piano, or one."""
    licence: str = "unknown"
    composer: str = ""
    title: str = ""
    train: bool = True
    """False: it overlaps with evaluation pieces, so nothing that ships may train on it."""
    cut: tuple[int, int] | None = None
    """Characters of the file that are this piece, where a file holds many (tune books)."""

    def unpack(self, folder: Path) -> Path:
        """Write what is needed into `folder`; returns the file to engrave, there or elsewhere."""
        if not self.main:
            return self.path
        with zipfile.ZipFile(self.path) as archive:
            for member in self.members or (self.main,):
                archive.extract(member, folder)
        target = folder / self.main
        if self.cut:
            text = target.read_text(encoding="utf-8", errors="replace")
            target = target.with_name(f"{self.name}{target.suffix}")
            target.write_text(text[slice(*self.cut)], encoding="utf-8")
        return target


def file_name(work: Work, edition: int) -> str:
    """Name of the packed file of one edition."""
    return f"{work.name}.npz" if edition == 0 else f"{work.name}@{edition + 1}.npz"


def work_name(file: str) -> str:
    """Name of the work that a packed file is an edition of."""
    return file.removesuffix(".npz").partition("@")[0]
