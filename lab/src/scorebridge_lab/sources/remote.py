"""Where the files of a source lie: public repository, commit, path, size and SHA-256.

A source names its `Remote`s. The table of a remote's files is a resource of this package
(`tables/NAME.files.csv.xz`), so that no module holds thousands of lines of data. On disk the files
lie below the data folder (`home.data`), either as downloaded or in one archive.
"""

from __future__ import annotations

import csv
import io
import lzma
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path, PurePosixPath
from typing import Literal

from scorebridge_lab.errors import LabError

TABLES = Path(__file__).with_name("tables")
Use = Literal["train", "judge", "papers", "evaluation"]
"""What the works of a source may serve: shipped weights; judging them; the papers' experiments
alone; evaluation alone."""


@dataclass(frozen=True)
class Repository:
    """A public repository at a fixed commit."""

    name: str
    """Owner and name, such as "OpenScore/Lieder"."""
    commit: str


@dataclass(frozen=True, slots=True)
class RemoteFile:
    """One file of a remote."""

    name: str
    """Path below the remote's folder, with forward slashes."""
    bytes: int
    """Size on disk, unpacked."""
    sha256: str
    """Of the file on disk, unpacked."""
    repository: Repository | None
    """None where no public repository holds the file."""
    path: str
    """Path in the repository."""
    same: str
    """"yes": the repository holds the same bytes. "unpacked": it holds a compressed MusicXML file
    whose score this is. "no" or "": the file cannot be downloaded."""

    @property
    def downloadable(self) -> bool:
        return self.repository is not None and self.same in ("yes", "unpacked")


@dataclass(frozen=True)
class Remote:
    """One folder of files that belong together."""

    name: str
    """Of its table."""
    folder: str
    """Below the data folder, with forward slashes."""
    repositories: tuple[Repository, ...] = ()
    archive: str = ""
    """A zip or tar.xz below the data folder that may hold all files in place of the folder."""
    rooted: bool = True
    """Whether the members of the archive begin with the folder's own name."""
    unavailable: str = ""
    """Why some files cannot be downloaded."""
    tables: Path = TABLES

    def files(self) -> tuple[RemoteFile, ...]:
        """All files, in the order of the table. Raises LabError without the table."""
        return _files(self)

    def member(self, name: str) -> str:
        """Name of a file in the archive, or below the folder that `container` returns."""
        return f"{PurePosixPath(self.folder).name}/{name}" if self.rooted else name

    def container(self, root: Path) -> Path:
        """The archive, or the folder that holds all `member`s. Raises LabError without both."""
        if self.archive and (root / self.archive).is_file():
            return root / self.archive
        folder = root / self.folder
        if not folder.is_dir():
            either = f"{self.archive} or {self.folder}/" if self.archive else f"{self.folder}/"
            raise LabError(
                f"{root}: {either} is not there. Set SCOREBRIDGE_DATA to the folder that holds it,"
                " or run: scorebridge-lab data download"
            )
        return folder.parent if self.rooted else folder


def read_table(path: Path) -> list[dict[str, str]]:
    """Rows of a compressed table (.csv.xz). Raises LabError without it."""
    try:
        data = lzma.decompress(path.read_bytes())
    except FileNotFoundError:
        raise LabError(f"{path}: the table is missing. Install scorebridge-lab again.") from None
    return list(csv.DictReader(io.StringIO(data.decode("utf-8"), newline="")))


def write_table(path: Path, columns: tuple[str, ...], rows: list[dict[str, str]]) -> None:
    """Write a table that `read_table` reads. Equal rows give equal bytes."""
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, columns, extrasaction="ignore", lineterminator="\n")
    writer.writeheader()
    writer.writerows(rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(lzma.compress(text.getvalue().encode("utf-8"), preset=9 | lzma.PRESET_EXTREME))


FILE_COLUMNS = ("file", "bytes", "sha256", "repository", "path", "same")
"""`repository` counts from 0 in `Remote.repositories` and is empty where there is none."""


def files_table(remote: Remote) -> Path:
    """Where the table of a remote's files lies."""
    return remote.tables / f"{remote.name}.files.csv.xz"


def works_of_table(remote: Remote) -> list[dict[str, str]]:
    """Rows of the table of a remote's works: composer, title, licence and what else is known."""
    return read_table(works_table(remote))


def works_table(remote: Remote) -> Path:
    """Where the table of a remote's works lies."""
    return remote.tables / f"{remote.name}.works.csv.xz"


@lru_cache(maxsize=32)
def _files(remote: Remote) -> tuple[RemoteFile, ...]:
    return tuple(
        RemoteFile(
            name=row["file"],
            bytes=int(row["bytes"]),
            sha256=row["sha256"],
            repository=remote.repositories[int(row["repository"])] if row["repository"] else None,
            path=row["path"],
            same=row["same"],
        )
        for row in read_table(files_table(remote))
    )
