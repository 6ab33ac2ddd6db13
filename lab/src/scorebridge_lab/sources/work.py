"""A work: one piece of music as a source lists it, ready to be engraved.

Every source is a module with a function `works()` that returns these.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from scorebridge_lab.sources import container
from scorebridge_lab.sources.remote import Use

Keep = Literal["piano", "song", "tune", "all"]


@dataclass(frozen=True)
class Work:
    """One piece and where it comes from."""

    name: str
    """Unique in its source and good as a file's name."""
    source: str
    """The source that lists it; part of the seed of a build."""
    path: Path
    """The file itself, or the archive or folder that holds it."""
    main: str = ""
    """Member of `path` to engrave; '' where `path` is the file."""
    members: tuple[str, ...] = ()
    """All members that it needs; () stands for `main` alone."""
    keep: Keep = "piano"
    """The staves that are engraved: two, voice and piano, one, or all that the file has."""
    licence: str = "unknown"
    composer: str = ""
    title: str = ""
    use: Use = "train"
    """Only "train" may train weights that ship."""
    group: str = ""
    """Kind of scoring, such as "quartet" or "voices"; '' for the piano."""
    staves: int = 0
    """In a system of the full score; 0: unknown."""
    cut: tuple[int, int] | None = None
    """Characters of the file that are this piece, where a file holds many (tune books)."""
    printed: tuple[Path, str] | None = None
    """Archive or folder and member of the score as printed pages (PDF), where there is one."""
    recording: Path | None = None
    """A real recording of it, where there is one."""

    @property
    def train(self) -> bool:
        """Whether weights that ship may train on it."""
        return self.use == "train"

    def unpack(self, folder: Path) -> Path:
        """Write what is needed into `folder`; returns the file to engrave, there or elsewhere.

        Raises LabError where a file is missing.
        """
        if not self.main:
            return self.path
        container.extract(self.path, self.members or (self.main,), folder)
        target = folder / self.main
        if self.cut:
            text = target.read_text(encoding="utf-8", errors="replace")
            target = target.with_name(f"{self.name}{target.suffix}")
            target.write_text(text[slice(*self.cut)], encoding="utf-8")
        return target

    def unpack_printed(self, folder: Path) -> Path:
        """Write the printed score into `folder` and return it. Raises ValueError without one."""
        if self.printed is None:
            raise ValueError(f"{self.name} has no printed score")
        place, member = self.printed
        container.extract(place, (member,), folder)
        return folder / member


def file_name(work: Work, edition: int) -> str:
    """Name of the packed file of one edition."""
    return f"{work.name}.npz" if edition == 0 else f"{work.name}@{edition + 1}.npz"


def work_name(file: str) -> str:
    """Name of the work that a packed file is an edition of."""
    return file.removesuffix(".npz").partition("@")[0]
