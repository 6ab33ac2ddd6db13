"""Distractors: packed training pieces as further documents of a large library.

What a library of thousands does to identification cannot be measured among 115 pieces. The
training world has thousands, so each packed piece gives a score (its strip's windows) and a
recording (its first performance). Which pieces, the set `distractors` decides (`packed.py`): none
that another set asks for. Encoders that were trained on them place them well, so they distract no
less than strangers would; but how well *they* are found proves nothing, and no figure counts them
as queries. They are clean engravings, where the pieces that are looked for are scans: that makes
them easier to distinguish than scans would be.

Vectors are stored in the lab's home by encoder; encoding costs about 0.2 ms a window (4 min a
thousand pieces on a free core with AVX-512, 25 min with AVX2 alone).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from rich.progress import track

from scorebridge.encode.encoder import Encoder
from scorebridge.types import Encoded
from scorebridge_lab.benchmarks.cached import restore, save
from scorebridge_lab.benchmarks.encoded import recording_of, score_of
from scorebridge_lab.benchmarks.packed import DISTRACTORS
from scorebridge_lab.dataset.pack import load
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import home

FOLDERS = ("lieder", "polish", "mutopia", "msmd-train")
MIN_WINDOWS = 4  # of a document


@dataclass(frozen=True)
class Distractors:
    """Encoded scores and recordings of the same pieces, in the same order."""

    scores: list[Encoded]
    recordings: list[Encoded]

    def among(self, direction: str) -> list[Encoded]:
        """Those that stand among the candidates: scores for A2S, recordings for S2A."""
        return self.scores if direction == "A2S" else self.recordings

    def __len__(self) -> int:
        return len(self.scores)


def packed_files(folders: Sequence[str] = FOLDERS) -> list[Path]:
    """All packed training pieces, folder by folder in order of name. Raises LabError."""
    found = [p for f in folders for p in sorted((home() / "packed" / f).glob("*.npz"))]
    if not found:
        raise LabError(
            f"{home() / 'packed'}: no packed pieces there. Make them: scorebridge-lab data build"
        )
    return found


def spread(files: Sequence[Path], limit: int) -> list[Path]:
    """At most `limit` of them, evenly spaced (all with 0)."""
    if limit <= 0 or len(files) <= limit:
        return list(files)
    return [files[k] for k in np.linspace(0, len(files) - 1, limit).round().astype(int)]


def encode_distractors(
    encoder: Encoder, limit: int | None = 0, files: Sequence[Path] | None = None
) -> Distractors:
    """Encodes the distractors, or reads them where they are stored.

    limit : at most so many pieces, evenly spaced; 0 for the whole set, None for no distractor.
    files : packed pieces, by default the set `distractors`, which is built where it is missing.
    """
    if limit is None:
        return Distractors([], [])
    folder = home() / "vectors" / encoder.info.name
    scores, recordings = [], []
    chosen = DISTRACTORS.files() if files is None else files
    for path in track(spread(chosen, limit), "distractors"):
        both = []
        for kind, encode in (("score", score_of), ("recording", recording_of)):
            stored = folder / kind / f"{path.parent.name}__{path.stem}.npz"
            if not stored.exists():
                save(encode(load(path), encoder), stored)
            both.append(restore(stored))
        if min(len(e.vectors) for e in both) >= MIN_WINDOWS:
            scores.append(both[0])
            recordings.append(both[1])
    return Distractors(scores, recordings)
