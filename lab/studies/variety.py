"""Variety of the training data: short trainings with and without each kind of it.

    python -m studies.variety all sheets sounds --pieces 200 --stride 2

The compact pair is trained from its first weights with the same seed, steps, batch and number of
pieces, each time with one thing changed (`KINDS`), and evaluated on scans it never saw (bars, and
10-second fragments by votes) and on rebuilt MSMD. Runs are short, so the figures rank the changes
and do not predict a whole training. Runs are stored in the lab's home and not made again. With 300
steps of 128 pairs about three minutes of one core a row, and two to evaluate it on every fourth
scan.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from cyclopts import App

from scorebridge.cli.running import run_app
from scorebridge.encode.encoder import load_encoder
from scorebridge.errors import UsageError
from scorebridge_lab.augment.windows import FULL, LIKE_LIFE, Strength
from scorebridge_lab.benchmarks.cached import encode_recordings, encode_scores
from scorebridge_lab.benchmarks.distractors import spread
from scorebridge_lab.benchmarks.evaluation_set import thinned
from scorebridge_lab.benchmarks.packed import MSMD_TEST
from scorebridge_lab.benchmarks.scan_bars import BARS_STRAIGHT
from scorebridge_lab.cli.shared import console, with_interval
from scorebridge_lab.dataset.pack import Packed, load
from scorebridge_lab.dataset.pairs import usable_pairs
from scorebridge_lab.errors import LabError
from scorebridge_lab.evaluate.bar_retrieval import BarRetrieval, evaluate
from scorebridge_lab.evaluate.identification import (
    FRAGMENTS,
    cut_fragments,
    document_ranks,
)
from scorebridge_lab.evaluate.snippets import set_pieces, snippet_rows
from scorebridge_lab.export.weights import ship
from scorebridge_lab.home import home
from scorebridge_lab.metrics import ResultRow, Retrieval, from_ranks
from scorebridge_lab.training.pair import PairSettings, train

app = App(name="studies.variety", result_action="return_value")
SMALL = replace(PairSettings(), dim=64, mixing=0)  # quick to train

LILYPOND, VEROVIO = ("msmd-train", "mutopia"), ("lieder", "polish")
SECONDS = 10.0
CANDIDATES = 2000  # pairs of MSMD's test part
PLAIN_SHEETS = replace(FULL, shift_x=0, shift_y=0, scale=0, turn=0, ink=0)
PLAIN_SOUNDS = replace(FULL, shift_t=0, stretch=0, gain_db=0, equaliser_db=0, detune=0, noise=0)


@dataclass(frozen=True)
class Variety:
    """One thing taken away, added or changed."""

    about: str
    strength: Strength = FULL
    folders: tuple[str, ...] = LILYPOND + VEROVIO
    takes: int = 0
    """Performances of each piece, 0: all."""
    share: float = 1.0
    """Of the pieces."""


KINDS = {
    "all": Variety("everything"),
    "sheets": Variety("no augmentation of sheets", PLAIN_SHEETS),
    "sounds": Variety("no augmentation of sounds", PLAIN_SOUNDS),
    "engravers": Variety("one engraver (Verovio)", folders=VEROVIO),
    "performances": Variety("one performance of each piece", takes=1),
    "pieces": Variety("a tenth of the pieces", share=0.1),
    "life": Variety("most windows as scans and recordings", LIKE_LIFE),
    "press": Variety("sheets as library scans", replace(FULL, press=0.7)),
}


@dataclass(frozen=True)
class ShortTraining:
    """Figures of one short training."""

    kind: str
    pieces: int
    pairs: int
    """Drawn in training."""
    bars: list[BarRetrieval]
    fragments: dict[str, Retrieval]
    """By direction."""
    snippets: list[ResultRow]
    """On rebuilt MSMD, `CANDIDATES` pairs."""


def study(
    names: Sequence[str],
    steps: int = 300,
    batch: int = 128,
    pieces: int = 300,
    stride: int = 4,
    seed: int = 1,
) -> Iterator[ShortTraining]:
    """Trains and evaluates each of `KINDS` that is named, one after the other.

    pieces : at most so many, evenly spaced over each engraver's; half of them from each where
        both engravers are used. stride : evaluate on every so-many-th scan.
    Raises UsageError for an unknown kind, LabError where nothing is packed.
    """
    unknown = sorted(set(names) - set(KINDS))
    if unknown:
        raise UsageError(f"{', '.join(unknown)}: no such kind. There are: {', '.join(KINDS)}")
    for name in names:
        model = make(name, steps, batch, pieces, seed)
        yield figures(name, model, steps * batch, pieces, stride)


def chosen(kind: Variety, pieces: int) -> list[Path]:
    """The packed files that a kind of training sees."""
    count = max(2, round(pieces * kind.share))
    groups = [g for g in (LILYPOND, VEROVIO) if set(g) & set(kind.folders)]
    out = []
    for group in groups:
        files = [p for f in group for p in sorted((home() / "packed" / f).glob("*.npz"))]
        out += spread(files, -(-count // len(groups)))
    if not out:
        raise LabError(
            f"{home() / 'packed'}: no packed pieces. Make them: scorebridge-lab data build"
        )
    return out


def make(name: str, steps: int, batch: int, pieces: int, seed: int) -> Path:
    """Trains one kind, or finds it; returns the folder of its model."""
    kind = KINDS[name]
    run = home() / "studies" / f"variety-{name}-{steps}x{batch}-{pieces}-{seed}"
    model = run / "model"
    if not model.exists():
        settings = replace(
            SMALL,
            steps=steps,
            batches=((1.0, batch),),
            average=0.99,
            seed=seed,
            evaluate_every=steps,
            save_every=max(50, steps),
        )
        read = (usable_pairs(load(p)) for p in chosen(kind, pieces))
        train([cut(p, kind.takes) for p in read if p is not None], [], run, settings, kind.strength)
        ship(run, model, run.name, {})
    return model


def cut(piece: Packed, takes: int) -> Packed:
    """The piece with its first performances only (0: all), and the pairs that those play."""
    if not takes or takes >= len(piece.specs):
        return piece
    frames = piece.frames[:takes]
    played = (frames >= 0).any(0)
    return Packed(
        piece.name, piece.strip, piece.specs[:takes], piece.columns[played], frames[:, played]
    )


def figures(name: str, model: Path, pairs: int, pieces: int, stride: int) -> ShortTraining:
    """Bars, and fragments of 10 s, on every `stride`-th scan; snippets of rebuilt MSMD."""
    encoder, known = load_encoder(str(model)), BARS_STRAIGHT.ground_truth()
    numbers = thinned(range(len(known.documents.scores)), stride)
    scores = encode_scores([known.documents.scores[k] for k in numbers], encoder)
    sounds = encode_recordings([known.documents.recordings[k] for k in numbers], encoder)
    shares = [SECONDS / r.extent for r in sounds]
    truth = [(k,) for k in range(len(scores)) for _ in range(FRAGMENTS)]
    fragments = {}
    for direction, asked, documents in (("A2S", sounds, scores), ("S2A", scores, sounds)):
        queries = [f for part in cut_fragments(asked, shares) for f in part]
        fragments[direction] = from_ranks(document_ranks(queries, truth, documents, "votes"))
    return ShortTraining(
        kind=name,
        pieces=len(chosen(KINDS[name], pieces)),
        pairs=pairs,
        bars=evaluate(encoder, known, stride),
        fragments=fragments,
        snippets=snippet_rows(encoder, set_pieces(encoder, MSMD_TEST), CANDIDATES),
    )


@app.default
def main(
    *kinds: str,
    steps: int = 300,
    batch: int = 128,
    pieces: int = 300,
    stride: int = 4,
    seed: int = 1,
) -> int:
    """What each kind of variety is worth: the same short training with and without it.

    Parameters
    ----------
    kinds
        By default all, sheets, sounds, engravers, performances.
    steps
        Batches of each training.
    batch
        Pairs in a batch.
    pieces
        Packed pieces that each training sees.
    stride
        Evaluate on every so-many-th of the 115 scans.
    seed
        Of the training.
    """
    names = kinds or ("all", "sheets", "sounds", "engravers", "performances")
    title = f"from scratch, {steps} steps of {batch} pairs; evaluated on every {stride}th scan"
    console.print(title, highlight=False)
    for row in study(names, steps, batch, pieces, stride, seed):
        msmd = ", ".join(f"{r.direction} {r.figures.mrr:.3f}" for r in row.snippets)
        found = [(f.row.direction, f.row.figures) for f in row.bars]
        bars = ", ".join(f"{d} {with_interval(f.mrr, f.mrr_95)}" for d, f in found)
        votes = ", ".join(f"{d} {f.r1:.3f}" for d, f in row.fragments.items())
        console.print(
            f"{row.kind} ({KINDS[row.kind].about}; {row.pieces} pieces): bars MRR {bars}"
            f" ({row.bars[0].row.figures.queries} bars, {row.bars[0].candidates}"
            f" windows), 10 s by votes R@1 {votes} ({row.fragments['A2S'].queries}),"
            f" MSMD MRR {msmd} ({CANDIDATES:,})",
            highlight=False,
        )
    return 0


if __name__ == "__main__":
    sys.exit(run_app(app, sys.argv[1:]))
