"""A crowd of other pieces: packed training pieces as documents of a large library.

What a library of thousands does to identification cannot be seen among 115 pieces. The
training world has thousands, so each packed piece gives a score (its strip's windows) and a
recording (its first performance). Which pieces stand in the crowd, the set `crowd` says
(`packed.py`): none that another set asks for. Encoders that were trained on them place them
well, so they are no worse distractors than strangers would be; but how well *they* are found says
nothing, and no figure counts them as queries. They are clean engravings, where
the pieces that are looked for are scans: that makes them easier to tell apart than a
crowd of scans would be.

Vectors are kept in the lab's home by encoder; encoding costs about 0.2 ms a window (4 min a
thousand pieces on a free core with AVX-512, 25 min with AVX2 alone).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from rich.progress import track

from scorebridge.encode.documents import encode_spectrum, encode_strip
from scorebridge.encode.encoder import Encoder
from scorebridge.search.clusters import search_of
from scorebridge.types import Candidates, Document, Encoded
from scorebridge_lab.benchmarks.cached import restore, save
from scorebridge_lab.benchmarks.packed import crowd_files
from scorebridge_lab.dataset.pack import Packed, load, restored
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import home

FOLDERS = ("lieder", "polish", "mutopia", "msmd-train")
FEWEST = 4  # windows of a document of the crowd


def packed_files(folders: Sequence[str] = FOLDERS) -> list[Path]:
    """All packed training pieces, folder by folder in order of name. Raises `LabError`."""
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


def crowd(
    encoder: Encoder, limit: int | None = 0, files: Sequence[Path] | None = None
) -> tuple[list[Encoded], list[Encoded]]:
    """Scores and recordings of the packed pieces, in the same order.

    limit : at most so many pieces, evenly spaced; 0 for the whole set, None for no crowd.
    files : packed pieces, by default the set `crowd`, which is built where it was not.
    """
    if limit is None:
        return [], []
    folder = home() / "vectors" / encoder.name
    scores, recordings = [], []
    chosen = crowd_files() if files is None else files
    for path in track(spread(chosen, limit), "crowd"):
        both = []
        for kind, encode in (("score", score_of), ("recording", recording_of)):
            kept = folder / kind / f"{path.parent.name}__{path.stem}.npz"
            if not kept.exists():
                save(encode(load(path), encoder), kept)
            both.append(restore(kept))
        if min(len(e.vectors) for e in both) >= FEWEST:
            scores.append(both[0])
            recordings.append(both[1])
    return scores, recordings


def score_of(piece: Packed, encoder: Encoder) -> Encoded:
    """The unrolled strip of a packed piece, encoded as a library would."""
    return encode_strip(piece.strip, encoder)


def recording_of(piece: Packed, encoder: Encoder, performance: int = 0) -> Encoded:
    """One performance of a packed piece, encoded as a library would."""
    return encode_spectrum(restored(piece.specs[performance]), encoder)


def library_of(documents: Sequence[Encoded], names: Sequence[str] | None = None) -> Candidates:
    """Documents in memory as a library hands them to the matchers, with its search."""
    names = names or [f"{d.kind} {k}" for k, d in enumerate(documents)]
    offsets = np.cumsum([0, *(len(d.vectors) for d in documents)], dtype=np.int64)
    found = Candidates(
        tuple(
            Document(n, n, d.kind, Path(n).stem, d.extent, d.pages, d.places)
            for n, d in zip(names, documents, strict=True)
        ),
        np.concatenate([d.vectors for d in documents]),
        np.concatenate([d.positions for d in documents]),
        offsets,
        between=np.concatenate([d.halfway for d in documents]),
    )
    return replace(found, search=search_of(found))
