"""Where the lab reads its sources and keeps what it makes."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.errors import LabError


def data() -> Path:
    """The folder of public sources: `$SCOREBRIDGE_DATA`, else `../shared/data`."""
    folder = Path(os.environ.get("SCOREBRIDGE_DATA", "../shared/data"))
    if not folder.is_dir():
        raise LabError(
            f"{folder}: no source data there. Set SCOREBRIDGE_DATA to the folder that holds"
            " scores/, scans/, recordings/ and pianos/."
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
def in_one_step(path: Path) -> Iterator[Path]:
    """Where to write what becomes `path` when all went well: a killed run leaves no half file, and
    of two that run side by side the later one stands."""
    path.parent.mkdir(parents=True, exist_ok=True)
    temporary = path.with_suffix(f".{os.getpid()}.partial")
    yield temporary
    temporary.replace(path)


def keep_arrays(path: Path, compressed: bool = False, /, **arrays: NDArray) -> None:
    """Write arrays to `path` (.npz), see `in_one_step`."""
    write = np.savez_compressed if compressed else np.savez
    with in_one_step(path) as temporary, temporary.open("wb") as file:
        write(file, **arrays)  # pyright: ignore[reportArgumentType]
