"""Evaluation sets of whole documents: scores and recordings as files, and which belong together."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scorebridge_lab.benchmarks.evaluation_set import thinned, write_manifest
from scorebridge_lab.errors import LabError

SCAN_FOLDERS = ("mozart_sonatas_AMA1878", "joplin")


@dataclass(frozen=True)
class Documents:
    """Documents of both kinds and which belong together."""

    scores: tuple[str, ...]
    recordings: tuple[str, ...]
    score_of: tuple[int, ...]
    """For each recording, the index of its score."""
    volumes: frozenset[int] = frozenset()
    """Scores that hold many pieces, of which a recording plays one."""

    def subset(self, stride: int = 1, limit: int = 0) -> Documents:
        """Every `stride`-th score, at most `limit` (0: all), and the recordings that play them."""
        if stride == 1 and not limit:
            return self
        chosen = thinned(range(len(self.scores)), stride, limit)
        number = {score: k for k, score in enumerate(chosen)}
        played = [k for k, score in enumerate(self.score_of) if score in number]
        return Documents(
            tuple(self.scores[k] for k in chosen),
            tuple(self.recordings[k] for k in played),
            tuple(number[self.score_of[k]] for k in played),
            frozenset(number[k] for k in self.volumes if k in number),
        )


@dataclass(frozen=True)
class DocumentSet:
    """An `EvaluationSet` of files; its ground truth is the score of each recording."""

    name: str
    version: int
    about: str
    make: Callable[[int, int], Documents]
    """Makes what is missing of every so-many-th score, at most so many (0: all), and of their
    recordings; returns these documents."""

    def build(self, fresh: bool = False) -> None:
        """See `EvaluationSet`."""
        self.make(1, 0)

    def documents(self, stride: int = 1, limit: int = 0) -> Documents:
        """Every `stride`-th score, at most `limit` (0: all), and its recordings."""
        return self.make(stride, limit)

    def scores(self) -> list[Path]:
        """See `EvaluationSet`."""
        return [Path(path) for path in self.make(1, 0).scores]

    def recordings(self) -> list[Path]:
        """See `EvaluationSet`."""
        return [Path(path) for path in self.make(1, 0).recordings]

    def ground_truth(self) -> tuple[int, ...]:
        """For each recording, the index of its score."""
        return self.make(1, 0).score_of

    def describe(self) -> dict[str, Any]:
        """See `EvaluationSet`."""
        found = self.make(1, 0)
        links = [
            [Path(recording).name, Path(found.scores[owner]).name]
            for recording, owner in zip(found.recordings, found.score_of, strict=True)
        ]
        files = [Path(path) for path in (*found.scores, *found.recordings)]
        counts = (len(found.scores), len(found.recordings))
        return write_manifest(self, {p.name: p for p in files}, counts, {"links": links})


def scan_pieces(root: Path) -> list[Path]:
    """The 115 scans (PDF) that have a kern file of the same edition. Raises LabError."""
    found = [
        pdf
        for folder in SCAN_FOLDERS
        for pdf in sorted((root / "scans" / folder).glob("*.pdf"))
        if pdf.with_suffix(".krn").exists()
    ]
    if not found:
        raise LabError(f"{root / 'scans'}: no scans with kern there")
    return found
