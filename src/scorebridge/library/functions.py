"""`find` and `align` as functions, for a single call."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from scorebridge.encode.encoder import Encoder
from scorebridge.library.library import Library
from scorebridge.types import Alignment, Anchor, BarRange, Hit


def align(
    score: Path | str,
    recording: Path | str,
    library: Library | Path | str | None = None,
    encoder: Encoder | None = None,
    anchors: Sequence[Anchor] | None = None,
    sections: Sequence[BarRange] | None = None,
) -> Alignment:
    """Align two files; vectors that the `library` holds are not computed again.

    anchors, sections : see `Library.align`. Raises `InputError`, `UsageError`, `LibraryError`.
    """
    return _opened(library, encoder).align(score, recording, anchors, sections)


def find(
    file: Path | str,
    library: Library | Path | str | None = None,
    top: int = 10,
    method: str = "align",
) -> list[Hit]:
    """The documents of a library that belong to a file, best first (see `Library.find`)."""
    return _opened(library, None).find(file, top, method)


def _opened(library: Library | Path | str | None, encoder: Encoder | None) -> Library:
    return library if isinstance(library, Library) else Library(library, encoder)
