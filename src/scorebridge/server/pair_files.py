"""Names of the cached files of a pair: they change whenever the alignment has to be made again."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from scorebridge import __version__
from scorebridge.library.pair_corrections import (
    load_pair_corrections,
    pair_corrections_record,
)


def alignment_version(library: Path, score_id: str, recording_id: str) -> str:
    """A hash of all that the alignment of a pair depends on, 16 hex digits."""
    parts = [__version__, recording_id]
    for path in (library / "corrections" / f"{score_id}.json", library / "library.json"):
        parts.append(str(path.stat().st_mtime_ns) if path.exists() else "")
    parts.append(json.dumps(corrections_record(library, score_id, recording_id)))
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()[:16]


def alignment_name(library: Path, score_id: str, recording_id: str) -> str:
    """The name of the alignment in the cache of its score."""
    return f"{recording_id[:32]}-{alignment_version(library, score_id, recording_id)}.json"


def export_name(library: Path, score_id: str, recording_id: str, format: str, base_url: str) -> str:
    """The name of an export in the cache of its score.

    base_url : the address of the API in the export's links.
    """
    version = alignment_version(library, score_id, recording_id)
    address = hashlib.sha256(base_url.encode()).hexdigest()[:8]
    return f"{recording_id[:32]}-{version}-{address}.{format}"


def corrections_record(library: Path, score_id: str, recording_id: str) -> dict[str, Any]:
    """The stored anchors and sections of a pair, as a `PairCorrectionsRecord`."""
    return pair_corrections_record(load_pair_corrections(library, score_id, recording_id))
