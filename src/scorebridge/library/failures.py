"""Files that failed by the limits of their child process, remembered so that they fail once.

Such a file costs its full limit of time or memory, so `add` does not read it again while its size
and time are the same: it fails at once with the reason of the first time. A new version of
Scorebridge tries again, and so does `add --retry`. `failures.json` in the library's folder holds
them; it may be deleted.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path

from pydantic import TypeAdapter

from scorebridge import __version__
from scorebridge.errors import LimitError
from scorebridge.files import Stamp, write_atomically

FAILURES_FILE = "failures.json"


@dataclass(frozen=True, slots=True)
class Failure:
    """Why a file could not be read."""

    size: int
    mtime_ns: int
    reason: str
    version: str = ""


@dataclass(slots=True)
class Failures:
    """The failures of a library, by path; `save` writes them where they changed."""

    folder: Path
    by_path: dict[str, Failure] = field(default_factory=dict)
    changed: bool = False

    @staticmethod
    def load(folder: Path) -> Failures:
        """Those of the library in `folder`; none where the file is missing or damaged."""
        try:
            text = (folder / FAILURES_FILE).read_bytes()
            return Failures(folder, _ADAPTER.validate_json(text))
        except (OSError, ValueError):
            return Failures(folder)

    def check(self, path: Path, mark: Stamp) -> None:
        """Raise `LimitError` for a file that failed before and is the same."""
        known = self.by_path.get(str(path))
        if known and known == Failure(mark.size, mark.mtime_ns, known.reason, __version__):
            remedy = "It was not read again; `scorebridge add --retry` does."
            raise LimitError(path, known.reason, remedy)

    def put(self, path: Path, mark: Stamp, error: LimitError) -> None:
        """Remember a failure, on the disk at once: the next file may end this process."""
        self.by_path[str(path)] = Failure(mark.size, mark.mtime_ns, error.reason, __version__)
        self.changed = True
        self.save()

    def forget(self, path: Path) -> None:
        """The file could be read."""
        self.changed |= self.by_path.pop(str(path), None) is not None

    def save(self) -> None:
        """Write what changed. Raises `OSError`."""
        if self.changed:
            record = _ADAPTER.dump_python(self.by_path, mode="json")
            write_atomically(self.folder / FAILURES_FILE, json.dumps(record, indent=1))
            self.changed = False


_ADAPTER = TypeAdapter(dict[str, Failure])
