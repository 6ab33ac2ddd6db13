"""The packed pieces that a training of our pair reads, and those that it holds out."""

from __future__ import annotations

import zlib
from collections.abc import Sequence
from pathlib import Path

from scorebridge.errors import UsageError
from scorebridge_lab.home import home

PACKED = ("polish", "lieder", "mutopia", "msmd-train")
"""Packed sources that ship-worthy training uses, where they exist."""
HELD_OUT = 40  # one piece in so many validates


def packed_folders(names: Sequence[str] = PACKED) -> list[Path]:
    """Folders of packed sources, by name in the lab's home or by path.

    Raises UsageError where a named one is missing; of the default ones some may be.
    """
    folders = [Path(name) if Path(name).is_dir() else home() / "packed" / name for name in names]
    missing = [str(folder) for folder in folders if not folder.is_dir()]
    if missing and tuple(names) != PACKED:
        raise UsageError(
            f"{', '.join(missing)}: no packed source there. Make it: scorebridge-lab data build"
        )
    return folders


def is_held_out(name: str) -> bool:
    """Whether a piece validates: decided by the checksum of its name."""
    return zlib.crc32(name.encode()) % HELD_OUT == 0
