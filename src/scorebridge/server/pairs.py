"""Score and recording: the files that the server keeps of a pair, and the jobs that make them."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from scorebridge import __version__


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
    """Pins and sections that a person gave for the pair."""
    try:
        return json.loads(_file(library, score, recording).read_text("utf-8"))
    except FileNotFoundError:
        return {"pins": [], "sections": []}


def keep(library: Path, score: str, recording: str, record: dict[str, Any]) -> None:
    """Replace them."""
    path = _file(library, score, recording)
    if not record["pins"] and not record["sections"]:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_suffix(".new")
    new.write_text(json.dumps(record), "utf-8")
    new.replace(path)


def _file(library: Path, score: str, recording: str) -> Path:
    return library / "pairs" / f"{score}-{recording}.json"
