"""What an evaluation set is: documents, their ground truth, and a manifest with one hash.

The hash names the set in tables: two figures are comparable where set, version and hash agree.
`registry.py` lists the sets.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol, TypeVar

from scorebridge_lab.home import atomic_path, home

T = TypeVar("T")


class EvaluationSet(Protocol):
    """Scores and recordings whose ground truth is known."""

    @property
    def name(self) -> str:
        """Name of the set in commands, files and tables."""
        ...

    @property
    def version(self) -> int:
        """Rises whenever documents or ground truth change."""
        ...

    @property
    def about(self) -> str:
        """What it holds, in one sentence."""
        ...

    def build(self, fresh: bool = False) -> None:
        """Makes the files that are missing.

        fresh : make again what depends on other data of the lab. Raises LabError.
        """
        ...

    def scores(self) -> list[Path]:
        """Files of the scores."""
        ...

    def recordings(self) -> list[Path]:
        """Files of the recordings; none where a set is of pages alone."""
        ...

    def ground_truth(self) -> Any:
        """What is true of the documents; its type is the set's own."""
        ...

    def describe(self) -> dict[str, Any]:
        """Builds the set where needed, writes its manifest and returns it."""
        ...


def thinned(items: Sequence[T], stride: int = 1, limit: int = 0) -> list[T]:
    """Every `stride`-th item, at most `limit` of them (0: all)."""
    return list(items[::stride])[: limit or None]


def manifest_path(name: str) -> Path:
    """Path of a set's manifest, whether it exists or not."""
    return home() / "sets" / name / "manifest.json"


def write_manifest(
    of: EvaluationSet,
    files: Mapping[str, Path],
    counts: tuple[int, int],
    facts: Mapping[str, Any] | None = None,
    ground_truth: bytes = b"",
) -> dict[str, Any]:
    """Writes the manifest of a set in one step and returns it.

    Parameters
    ----------
    files : all files of the set by the names that the manifest gives them.
    counts : number of scores and of recordings.
    facts : further entries of the manifest.
    ground_truth : goes into the hash beside the files.
    """
    hashes = {}
    for key, path in files.items():
        with path.open("rb") as file:
            hashes[key] = hashlib.file_digest(file, "sha256").hexdigest()
    digest = hashlib.sha256(ground_truth + json.dumps(hashes, sort_keys=True).encode())
    about: dict[str, Any] = {
        "name": of.name,
        "version": of.version,
        "scores": counts[0],
        "recordings": counts[1],
        **(facts or {}),
        "hash": digest.hexdigest(),
        "sha256": hashes,
    }
    with atomic_path(manifest_path(of.name)) as temporary:
        temporary.write_text(json.dumps(about, indent=1))
    return about
