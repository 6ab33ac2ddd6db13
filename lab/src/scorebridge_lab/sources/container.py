"""Files of a source inside a zip, a tar.xz or a folder, read the same way.

A zip and a folder are read in place. A tar.xz cannot be read from the middle, so it is unpacked
once into the lab's own folder (`unpacked/`), under a lock.
"""

from __future__ import annotations

import shutil
import tarfile
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import IO

from filelock import FileLock

from scorebridge_lab.errors import LabError
from scorebridge_lab.home import home

TAR_SUFFIXES = (".tar.xz", ".tar.gz", ".tar")


def is_tar(path: Path) -> bool:
    """Whether a container is a tar archive, by its name."""
    return path.name.endswith(TAR_SUFFIXES)


def read(container: Path, member: str) -> bytes:
    """Content of one member. Raises LabError where it is missing."""
    if is_tar(container):
        container = unpacked(container)
    try:
        if container.is_dir():
            return (container / member).read_bytes()
        with zipfile.ZipFile(container) as archive:
            return archive.read(member)
    except (FileNotFoundError, KeyError):
        raise _missing(container, member) from None


def extract(container: Path, members: Sequence[str], target: Path) -> None:
    """Write members below `target`, under their own names. Raises LabError where one is missing."""
    if is_tar(container):
        container = unpacked(container)
    if not container.is_dir():
        with zipfile.ZipFile(container) as archive:
            for member in members:
                try:
                    archive.extract(member, target)
                except KeyError:
                    raise _missing(container, member) from None
        return
    for member in members:
        path = target / member
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            shutil.copyfile(container / member, path)
        except FileNotFoundError:
            raise _missing(container, member) from None


def _missing(container: Path, member: str) -> LabError:
    return LabError(
        f"{container}: {member} is not there."
        " `scorebridge-lab data validate` lists what is missing."
    )


def members_of(archive: Path) -> Iterator[tuple[str, IO[bytes]]]:
    """Names and contents of all files of a zip or tar, in the archive's order, read once."""
    if is_tar(archive):
        with tarfile.open(archive, "r|*") as opened:
            for entry in opened:
                file = opened.extractfile(entry) if entry.isfile() else None
                if file is not None:
                    yield entry.name, file
        return
    with zipfile.ZipFile(archive) as opened:
        for info in opened.infolist():
            if not info.is_dir():
                with opened.open(info) as file:
                    yield info.filename, file


def unpacked(archive: Path, into: Path | None = None) -> Path:
    """Folder with all members of a tar archive, unpacked by the first call.

    into : parent of the folder, by default `unpacked` in the lab's home. An archive of another
        size or time gets a folder of its own.
    """
    status = archive.stat()
    name = f"{archive.name.partition('.')[0]}-{status.st_size}-{int(status.st_mtime)}"
    folder = (into or home() / "unpacked") / name
    if folder.is_dir():
        return folder
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(name + ".lock")):
        if folder.is_dir():
            return folder
        partial = folder.with_name(name + ".partial")
        shutil.rmtree(partial, ignore_errors=True)
        try:
            with tarfile.open(archive, "r|*") as opened:
                opened.extractall(partial, filter="data")
        except (OSError, tarfile.TarError) as error:
            shutil.rmtree(partial, ignore_errors=True)
            raise LabError(f"{archive}: cannot be unpacked into {partial} ({error})") from error
        partial.replace(folder)
    return folder


def names_below(names: Iterable[str], folder: str) -> tuple[str, ...]:
    """The names that are `folder` itself or lie below it."""
    return tuple(name for name in names if name == folder or name.startswith(folder + "/"))
