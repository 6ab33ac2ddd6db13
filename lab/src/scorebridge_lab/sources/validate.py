"""Check the files of sources against their checksums, in folders and inside archives."""

from __future__ import annotations

import hashlib
import lzma
import tarfile
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from scorebridge_lab.sources import container
from scorebridge_lab.sources.download import is_valid
from scorebridge_lab.sources.remote import Remote

PresenceState = Literal["archive", "present", "partial", "missing"]


@dataclass(frozen=True)
class Presence:
    """What of a remote lies in the data folder, by names and sizes alone."""

    state: PresenceState
    """"archive": an archive is there. "present" and "partial": all files, or some."""
    files: int
    """Files that are there; of an archive all."""
    bytes: int


def presence(remote: Remote, root: Path) -> Presence:
    """Look whether a remote is there, without reading it."""
    if remote.archive and (root / remote.archive).is_file():
        size = (root / remote.archive).stat().st_size
        return Presence("archive", len(remote.files()), size)
    folder = root / remote.folder
    found = [f.bytes for f in remote.files() if _size(folder / f.name) == f.bytes]
    if not found:
        return Presence("missing", 0, 0)
    state = "present" if len(found) == len(remote.files()) else "partial"
    return Presence(state, len(found), sum(found))


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except (FileNotFoundError, NotADirectoryError):
        return -1


@dataclass
class Validation:
    """What a check found. Names are below the remote's folder."""

    valid: int = 0
    wrong: list[str] = field(default_factory=list)
    """Files whose size or checksum is another than in the table."""
    missing: list[str] = field(default_factory=list)
    """Files that are not there and can be downloaded."""
    unavailable: list[str] = field(default_factory=list)
    """Files that are not there and cannot be downloaded."""
    unreadable: str = ""
    """Why the archive cannot be read to its end."""

    @property
    def absent(self) -> bool:
        """Whether nothing of the remote is there."""
        return not (self.valid or self.wrong or self.unreadable)


def validate(remote: Remote, root: Path, progress: Callable[[], None] | None = None) -> Validation:
    """Check every file of a remote, in its archive where there is one.

    progress : called after each file.
    """
    archive = root / remote.archive if remote.archive else None
    if archive is not None and archive.is_file():
        return _validate_archive(remote, archive, progress)
    report = Validation()
    for file in remote.files():
        path = root / remote.folder / file.name
        if not path.is_file():
            (report.missing if file.downloadable else report.unavailable).append(file.name)
        elif is_valid(path, file):
            report.valid += 1
        else:
            report.wrong.append(file.name)
        if progress is not None:
            progress()
    return report


def _validate_archive(
    remote: Remote, archive: Path, progress: Callable[[], None] | None
) -> Validation:
    report = Validation()
    expected = {remote.member(file.name): file for file in remote.files()}
    try:
        for name, opened in container.members_of(archive):
            file = expected.get(name)
            if file is None:
                continue
            if hashlib.file_digest(opened, "sha256").hexdigest() == file.sha256:  # pyright: ignore[reportArgumentType]
                report.valid += 1
            else:
                report.wrong.append(file.name)
            del expected[name]
            if progress is not None:
                progress()
    except (OSError, EOFError, zipfile.BadZipFile, tarfile.TarError, lzma.LZMAError) as error:
        report.unreadable = f"{archive}: cannot be read ({error})"
    report.missing = [file.name for file in expected.values() if file.downloadable]
    report.unavailable = [file.name for file in expected.values() if not file.downloadable]
    return report
