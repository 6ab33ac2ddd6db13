"""Which pairs a command means: two files, a work, or the whole library.

A work is a score or a recording with all that it is linked with.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from scorebridge.errors import UsageError
from scorebridge.files import absolute, detect_kind

if TYPE_CHECKING:
    from scorebridge.library import Library

Pair = tuple[Path, Path]
"""Score and recording."""


def pairs_of(library: Library, files: Sequence[Path]) -> list[Pair]:
    """The pairs of two files, of one with its links, or of all links. Raises `UsageError`."""
    if len(files) == 2:
        score, recording = files
        if detect_kind(score) == "recording":  # in either order, as `align` takes them
            score, recording = recording, score
        return [(score, recording)]
    links = library.links()
    if files:
        name = str(absolute(files[0]))
        links = [link for link in links if name in (link.score, link.recording)]
    if not links:
        what = f"{files[0]}: has no links" if files else "The library has no links"
        raise UsageError(f"{what}. Run `scorebridge link`, or name a score and a recording.")
    links.sort(key=lambda link: (link.score, link.recording))
    return [(Path(link.score), Path(link.recording)) for link in links]
