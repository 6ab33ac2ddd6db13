"""The manifest of an evaluation set: what is in it, and one hash that names it in tables."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from scorebridge_lab.home import home


def manifest_of(name: str) -> Path:
    """Where the manifest of a set stands, whether it was built or not."""
    return home() / "sets" / name / "manifest.json"


def keep_manifest(
    name: str,
    version: int,
    scores: int,
    recordings: int,
    files: Mapping[str, Path],
    more: Mapping[str, Any] | None = None,
    besides: bytes = b"",
) -> dict[str, Any]:
    """Write the manifest of a set in one step and return it.

    version : of the set's rules. files : all files that it consists of, by the names that the
    manifest gives them. more : what else is told of it. besides : what else decides it, hashed.
    """
    hashes = {key: hashlib.sha256(path.read_bytes()).hexdigest() for key, path in files.items()}
    digest = hashlib.sha256(besides + json.dumps(hashes, sort_keys=True).encode())
    about: dict[str, Any] = {
        "name": name,
        "version": version,
        "scores": scores,
        "recordings": recordings,
        **(more or {}),
        "hash": digest.hexdigest(),
        "sha256": hashes,
    }
    target = manifest_of(name)
    target.parent.mkdir(parents=True, exist_ok=True)
    temporary = target.with_suffix(".partial")
    temporary.write_text(json.dumps(about, indent=1))
    temporary.replace(target)
    return about
