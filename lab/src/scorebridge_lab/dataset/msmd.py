"""MSMD rebuilt from Mutopia: engraved by LilyPond, played and packed (see `sources.msmd`)."""

from __future__ import annotations

import zlib
from pathlib import Path

from rich.progress import track

from scorebridge_lab.dataset import pack as packing
from scorebridge_lab.engrave.engraving import Engraving
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import home
from scorebridge_lab.perform.performance import STRAIGHT
from scorebridge_lab.perform.synthesize import preload
from scorebridge_lab.sources.msmd import DROPPED
from scorebridge_lab.sources.mutopia import MsmdPiece, msmd_pieces, papers_test
from scorebridge_lab.workers import run_isolated


def may_train(piece: MsmdPiece) -> bool:
    """Whether a shipped model may train on a piece: it overlaps with no evaluation piece."""
    return piece.splits.get("all") == "train" and not piece.reserved and piece.name not in DROPPED


def pack_training(
    data: Path, engraved: Path, out: Path, workers: int = 2, page_scale: bool = False
) -> dict[str, str]:
    """Pack the engraved training pieces in varied performances; returns failures, name to cause."""

    def make(piece: MsmdPiece) -> int:
        engraving = Engraving.load(engraved / f"{piece.name}.npz")
        packed = packing.pack(
            engraving,
            zlib.crc32(piece.name.encode()),
            player=packing.render_plain,
            pianos=data / "pianos",
            page_scale=page_scale,
        )
        packing.save(packed, out / f"{piece.name}.npz")
        return len(packed.columns)

    jobs = [
        p
        for p in msmd_pieces(data)
        if may_train(p)
        and (engraved / f"{p.name}.npz").exists()
        and not (out / f"{p.name}.npz").exists()
    ]
    preload(data / "pianos")
    failures = {}
    for piece, _, error in track(run_isolated(make, jobs, workers), "msmd-train", len(jobs)):
        if error is not None:
            failures[piece.name] = error
    return failures


def msmd_set(part: str, page_scale: bool = False) -> Path:
    """The folder of packed MSMD pieces of one part of the `all` split; packs what is missing.

    Each piece has one performance at the written tempo, on the piano that training never uses.
    `test` holds the 100 pieces of the paper (94 of the revised list and the six dropped ones).
    Raises LabError where no piece of the part is engraved.
    """
    pieces = msmd_pieces()
    if part == "test":
        names = [p.name for p in papers_test(pieces)]
    else:
        names = [p.name for p in pieces if p.splits.get("all") == part]
    folder = home() / "packed" / f"msmd-{part}{'-page-scale' if page_scale else ''}"
    made = 0
    for name in names:
        source, target = home() / "engraved" / "msmd" / f"{name}.npz", folder / f"{name}.npz"
        if source.exists() and not target.exists():
            packed = packing.pack(
                Engraving.load(source),
                seed=0,
                performances=1,
                manner=STRAIGHT,
                player=packing.render_unseen,
                page_scale=page_scale,
            )
            packing.save(packed, target)
        made += target.exists()
    if not made:
        raise LabError(
            f"no engraved MSMD {part} pieces in {home() / 'engraved' / 'msmd'}."
            " Engrave them: scorebridge-lab data msmd"
        )
    return folder
