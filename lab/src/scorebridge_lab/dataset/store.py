"""Packed pieces in one memory-mapped store, for training on more data than fits into memory.

A store has four files: `strips.u8` (all strips, column after column), `specs.u8` (all
spectrograms, frame after frame), `pairs.npz` (columns, frames and the extent of each piece) and
`manifest.json`. Pieces are read as `Packed` records whose arrays are views of the files: they cost
no memory until their windows are read, and several processes share the pages that are read. The
manifest is written last; a store without one is incomplete and is written again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio.spectrogram import BANDS
from scorebridge.score.strips import STRIP_HEIGHT
from scorebridge_lab.dataset.pack import Packed
from scorebridge_lab.dataset.pairs import read_packed
from scorebridge_lab.errors import LabError

FORMAT = 1


def write_store(folders: Sequence[Path], out: Path) -> dict[str, int | str]:
    """Write all packed pieces of `folders` into one store; returns its manifest.

    Raises LabError where there are none.
    """
    out.mkdir(parents=True, exist_ok=True)
    (out / "manifest.json").unlink(missing_ok=True)
    names: list[str] = []
    columns: list[NDArray[np.int32]] = []
    frames: list[NDArray[np.int32]] = []
    widths, lengths, performances = [], [], []
    digest = hashlib.sha256()
    with (out / "strips.u8").open("wb") as strips, (out / "specs.u8").open("wb") as specs:
        for folder in folders:
            for piece in read_packed([folder]):
                parts = [np.ascontiguousarray(piece.strip.T), *piece.specs]
                for file, part in zip([strips] + [specs] * len(piece.specs), parts, strict=True):
                    data = part.tobytes()
                    file.write(data)
                    digest.update(data)
                names.append(piece.name)
                widths.append(piece.strip.shape[1])
                lengths += [len(s) for s in piece.specs]
                performances.append(len(piece.specs))
                columns.append(piece.columns)
                frames.append(piece.frames.ravel())
    if not names:
        raise LabError(
            f"{', '.join(map(str, folders))}: no packed pieces. scorebridge-lab data build"
        )
    temporary = out / "pairs.partial"
    with temporary.open("wb") as file:
        np.savez_compressed(
            file,
            names=np.array(names),
            widths=np.array(widths, np.int64),
            lengths=np.array(lengths, np.int64),
            performances=np.array(performances, np.int64),
            pairs=np.array([len(c) for c in columns], np.int64),
            columns=np.concatenate(columns),
            frames=np.concatenate(frames),
        )
    temporary.replace(out / "pairs.npz")
    manifest: dict[str, int | str] = {
        "form": FORMAT,
        "pieces": len(names),
        "pairs": int(sum(len(c) for c in columns)),
        "frames": int(sum(lengths)),
        "strip_px": int(sum(widths)),
        "bytes": sum((out / f).stat().st_size for f in ("strips.u8", "specs.u8", "pairs.npz")),
        "hash": digest.hexdigest(),
    }
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1))
    return manifest


def open_store(folder: Path) -> list[Packed]:
    """All pieces of a store; strips and spectrograms are read when they are used.

    Raises LabError where there is no complete store.
    """
    if not (folder / "manifest.json").exists():
        raise LabError(f"{folder}: no complete store. Write it: scorebridge-lab data store")
    if json.loads((folder / "manifest.json").read_text()).get("form") != FORMAT:
        raise LabError(
            f"{folder}: a store of another version. Write it again: scorebridge-lab data store"
        )
    strips = np.memmap(folder / "strips.u8", np.uint8, "r").reshape(-1, STRIP_HEIGHT)
    specs = np.memmap(folder / "specs.u8", np.uint8, "r").reshape(-1, BANDS)
    pieces, at_strip, at_spec, at_pair, at_frame, take = [], 0, 0, 0, 0, 0
    with np.load(folder / "pairs.npz") as table:
        columns, frames, lengths = table["columns"], table["frames"], table["lengths"].tolist()
        rows = zip(
            table["names"].tolist(),
            table["widths"].tolist(),
            table["performances"].tolist(),
            table["pairs"].tolist(),
            strict=True,
        )
        for name, width, count, pairs in rows:
            sounds = []
            for _ in range(count):
                sounds.append(specs[at_spec : at_spec + lengths[take]])
                at_spec += lengths[take]
                take += 1
            grid = frames[at_frame : at_frame + count * pairs].reshape(count, pairs)
            place = columns[at_pair : at_pair + pairs]
            strip = strips[at_strip : at_strip + width].T
            pieces.append(Packed(name, strip, tuple(sounds), place, grid))
            at_strip, at_pair, at_frame = (
                at_strip + width,
                at_pair + pairs,
                at_frame + count * pairs,
            )
    return pieces
