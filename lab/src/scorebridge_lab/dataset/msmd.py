"""MSMD rebuilt from Mutopia: engraved by LilyPond, played and packed (see `sources.msmd`)."""

from __future__ import annotations

import json
import tempfile
import time
import zlib
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from rich.progress import track

from scorebridge_lab.dataset import pack as packing
from scorebridge_lab.engrave.engraving import Engraving
from scorebridge_lab.engrave.lilypond import CPU_LIMIT, WALL_FACTOR, engrave_lilypond
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


def engrave_piece(piece: MsmdPiece, limit_s: float = CPU_LIMIT) -> Engraving:
    """Engrave one piece in the layout of its source.

    limit_s : maximum processor time, s.
    Raises EngravingError as `engrave.lilypond.engrave_lilypond` does.
    """
    meta = {
        "source": piece.main,
        "licence": piece.licence,
        "composer": piece.composer,
        "title": piece.title,
        "reserved": piece.reserved,
        "splits": piece.splits,
        "part": piece.part,
    }
    with tempfile.TemporaryDirectory() as folder:
        main = piece.extract(Path(folder))
        return engrave_lilypond(main, Path(folder), piece.name, meta, limit_s)


def engrave_pieces(
    pieces: Sequence[MsmdPiece],
    folder: Path,
    workers: int = 2,
    limit_s: float = CPU_LIMIT,
    log: Callable[[str], None] = print,
) -> dict[str, str]:
    """Engrave `pieces` into `folder`/<name>.npz; returns the failures, name to cause.

    A file that exists is not engraved again. Failures are stored in `folder`/failures.json, and the
    next call tries them again.

    limit_s : maximum processor time of one piece, s.
    """
    folder.mkdir(parents=True, exist_ok=True)
    waiting = [p for p in pieces if not (folder / f"{p.name}.npz").exists()]
    log(f"{len(pieces)} pieces, {len(pieces) - len(waiting)} of them already engraved")
    ledger = folder / "failures.json"
    failures: dict[str, str] = {}

    def one(piece: MsmdPiece) -> str:
        start = time.monotonic()
        engraving = engrave_piece(piece, limit_s)
        engraving.save(folder / f"{piece.name}.npz")
        m = engraving.meta
        return (
            f"{len(engraving.pages)} pages, {len(engraving.systems)} systems, "
            f"{m['noteheads']} noteheads, {m['events']} events, {m['aligned']} aligned, "
            f"share {m['share']:.3f}, played {m['played']:.3f}, {time.monotonic() - start:.0f} s"
        )

    for piece, report, error in run_isolated(one, waiting, workers, limit_s * WALL_FACTOR + 240):
        # Read each time: another run may write to the same folder.
        failures = json.loads(ledger.read_text()) if ledger.exists() else {}
        if error is None:
            failures.pop(piece.name, None)
            log(f"{piece.name}: {report}")
        else:
            failures[piece.name] = error.removeprefix("EngravingError: ")
            log(f"{piece.name}: FAILED {failures[piece.name]}")
        ledger.write_text(json.dumps(failures, indent=1, sort_keys=True))
    failed = {p.name: failures[p.name] for p in waiting if p.name in failures}
    causes = Counter(cause.split(":")[0] for cause in failed.values())
    log(f"{len(pieces) - len(failed)} of {len(pieces)} engraved; failed by cause: {dict(causes)}")
    return failed


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
