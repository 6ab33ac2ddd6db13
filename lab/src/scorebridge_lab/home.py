"""Where the lab reads its sources and stores what it makes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.errors import LabError


def data_folder() -> Path:
    """Where the public sources lie, whether there are any or not.

    `$SCOREBRIDGE_DATA`, else `../shared/data` where that exists, else `sources` in `home()`.
    """
    if "SCOREBRIDGE_DATA" in os.environ:
        return Path(os.environ["SCOREBRIDGE_DATA"])
    beside = Path("../shared/data")
    return beside if beside.is_dir() else home() / "sources"


def data() -> Path:
    """The folder of public sources, `data_folder`. Raises LabError where it does not exist."""
    folder = data_folder()
    if not folder.is_dir():
        raise LabError(
            f"{folder}: no source data there. Run `scorebridge-lab data download`, or set"
            " SCOREBRIDGE_DATA to the folder that holds scores/, scans/, recordings/ and pianos/."
        )
    return folder


def home() -> Path:
    """The lab's own folder: `$SCOREBRIDGE_LAB`, else `./lab-data`; made when missing."""
    folder = Path(os.environ.get("SCOREBRIDGE_LAB", "lab-data"))
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def run_folder(run: Path) -> Path:
    """The folder of a run that is given by its folder, or by its name in the lab's home."""
    if run.exists():
        return run
    named = home() / "runs" / run
    return named if named.is_dir() else run


@contextmanager
def atomic_path(path: Path) -> Iterator[Path]:
    """Path to write to; it becomes `path` when the block ends, and is removed when it raises.

    A run that is killed leaves no half file, and of two that run side by side the later one wins.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.partial")
    try:
        yield temporary
        temporary.replace(path)
    finally:
        temporary.unlink(missing_ok=True)


def save_arrays(path: Path, compressed: bool = False, /, **arrays: NDArray) -> None:
    """Writes arrays to `path` (.npz), see `atomic_path`."""
    write = np.savez_compressed if compressed else np.savez
    with atomic_path(path) as temporary, temporary.open("wb") as file:
        write(file, **arrays)  # pyright: ignore[reportArgumentType]
