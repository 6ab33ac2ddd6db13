"""Score and recording: the files that the server keeps of a pair, and the jobs that make them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from scorebridge import __version__
from scorebridge.library import pair_corrections as kept


def stamp(library: Path, score: str, recording: str) -> str:
    """Changes whenever the alignment of a pair must be made anew."""
    marks = [__version__, recording]
    for path in (library / "corrections" / f"{score}.json", library / "library.json"):
        marks.append(str(path.stat().st_mtime_ns) if path.exists() else "")
    marks.append(json.dumps(corrections_of(library, score, recording)))
    return hashlib.sha256("\n".join(marks).encode()).hexdigest()[:16]


def alignment_name(library: Path, score: str, recording: str) -> str:
    """What the alignment is called in the cache of its score."""
    return f"{recording[:32]}-{stamp(library, score, recording)}.json"


def export_name(library: Path, score: str, recording: str, format: str, base: str) -> str:
    """What an export is called there; `base` is the address that it names."""
    told = hashlib.sha256(base.encode()).hexdigest()[:8]
    return f"{recording[:32]}-{stamp(library, score, recording)}-{told}.{format}"


def corrections_of(library: Path, score: str, recording: str) -> dict[str, Any]:
    """Pins and sections that a person gave for the pair, as `docs/api.md` shows them."""
    return kept.plain(kept.load(library, score, recording))
