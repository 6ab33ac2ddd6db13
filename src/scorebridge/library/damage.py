"""Checksums of what a library stores, and its tables' errors as `LibraryError`.

Lance keeps no checksums of its own: a flipped bit in a file gives other values, an error of any
class, or a panic of its native code. Each row of `files` therefore holds two SHA-256, of its
document's vectors and of itself.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from datetime import datetime
from functools import wraps
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

from scorebridge.errors import LibraryError, ScorebridgeError, is_disk_full
from scorebridge.shown import first_line

SUMS = ("vectors_sum", "row_sum")
F = TypeVar("F", bound=Callable[..., Any])


def vectors_sum(
    positions: NDArray[np.float32], vectors: NDArray[np.float32], between: NDArray[np.float32]
) -> str:
    """The checksum of a document's vectors, in the order of their positions."""
    order = np.argsort(positions, kind="stable")
    digest = hashlib.sha256()
    for part in (positions, vectors, between):
        digest.update(np.ascontiguousarray(part[order], np.float32).tobytes())
    return digest.hexdigest()


def row_sum(row: Mapping[str, Any]) -> str:
    """The checksum of all other columns of a row of `files`."""
    values = {name: row.get(name) for name in sorted(row) if name != "row_sum"}
    for name, value in values.items():
        if isinstance(value, datetime):
            values[name] = round(value.timestamp() * 1e6)
    return hashlib.sha256(json.dumps(values).encode()).hexdigest()


def guarded(function: F) -> F:
    """The same, with all that storage can throw as `LibraryError`; a full disk as `OSError`."""

    @wraps(function)
    def call(*args: Any, **kwargs: Any) -> Any:
        try:
            return function(*args, **kwargs)
        except (ScorebridgeError, MemoryError, KeyboardInterrupt, SystemExit, GeneratorExit):
            raise
        except BaseException as error:
            if isinstance(error, OSError) and (is_disk_full(error) or _is_refused(error)):
                raise
            if not isinstance(error, Exception) and type(error).__name__ != "PanicException":
                raise  # a panic of native code is no `Exception`
            raise LibraryError(
                f"the tables of the library are damaged or cannot be read ({first_line(error)})."
                " `scorebridge verify` says what is damaged; a new library mends it."
            ) from error

    return cast("F", call)


def _is_refused(error: OSError) -> bool:
    return isinstance(error, PermissionError) or "ermission denied" in str(error)
