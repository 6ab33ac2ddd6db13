"""What each kind of variety and each idea is worth: short trainings with and without it.

The compact pair is trained from its first weights with the same seed, steps, batch and number of
pieces, each time with one thing changed (`KINDS`: the data; `IDEAS`: the training), and judged on
scans it never saw (`bars.py`, and 10-second fragments by votes) and on rebuilt MSMD. Runs are
short, so the figures rank what was changed and say nothing about what a whole training reaches.
Runs are kept in the lab's home and not made again. With 300 steps of 128 pairs about three
minutes of one core a row, and two to judge it on every fourth scan.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from scorebridge.encode.encoder import load_encoder
from scorebridge.errors import UsageError
from scorebridge_lab.augment.windows import FINE, FULL, LIKE_LIFE, MIXED, Strength
from scorebridge_lab.benchmarks.cached import encode_recordings, encode_scores
from scorebridge_lab.benchmarks.distractors import spread
from scorebridge_lab.benchmarks.scan_bars import bars
from scorebridge_lab.dataset.pack import Packed, load
from scorebridge_lab.dataset.pairs import usable
from scorebridge_lab.errors import LabError
from scorebridge_lab.evaluate.bar_retrieval import Found, evaluate
from scorebridge_lab.evaluate.identification import (
    FRAGMENTS,
    cut_fragments,
    document_ranks,
    snippets,
)
from scorebridge_lab.evaluate.metrics import Retrieval, Row, from_ranks
from scorebridge_lab.export.weights import ship
from scorebridge_lab.home import home
from scorebridge_lab.training.pair import SMALL, train

LILYPOND, VEROVIO = ("msmd-train", "mutopia"), ("lieder", "polish")
SECONDS = 10.0
CANDIDATES = 2000  # pairs of MSMD's test part
PLAIN_SHEETS = replace(FULL, shift_x=0, shift_y=0, scale=0, turn=0, ink=0)
PLAIN_SOUNDS = replace(FULL, shift_t=0, stretch=0, gain_db=0, equaliser_db=0, detune=0, noise=0)


@dataclass(frozen=True)
class Kind:
    """One thing taken away, added or changed."""

    about: str
    strength: Strength = FULL
    folders: tuple[str, ...] = LILYPOND + VEROVIO
    takes: int = 0
    """Performances of each piece, 0: all."""
    share: float = 1.0
    """Of the pieces."""
    changes: Mapping[str, Any] = field(default_factory=dict)
    """Fields of `ours.Settings`."""


KINDS = {
    "all": Kind("everything"),
    "sheets": Kind("no augmentation of sheets", PLAIN_SHEETS),
    "sounds": Kind("no augmentation of sounds", PLAIN_SOUNDS),
    "engravers": Kind("one engraver (Verovio)", folders=VEROVIO),
    "performances": Kind("one performance of each piece", takes=1),
    "pieces": Kind("a tenth of the pieces", share=0.1),
    "life": Kind("most windows as scans and recordings", LIKE_LIFE),
    "press": Kind("sheets as library scans", replace(FULL, press=0.7)),
}
IDEAS = {
    "baseline": Kind("what all others are held against", MIXED),
    "mixing": Kind(
        "128 dimensions, a block of self-attention", MIXED, changes={"dim": 128, "mixing": 1}
    ),
    "dim-32": Kind("32 dimensions for 64", MIXED, changes={"dim": 32}),
    "dim-128": Kind("128 dimensions", MIXED, changes={"dim": 128}),
    "wider": Kind(
        "half as many channels again", MIXED, changes={"channels": (24, 48, 96, 96, 144, 192)}
    ),
    "one-pass": Kind("features once a strip, pooled by window", MIXED, changes={"net": "strip"}),
    "adamw": Kind("AdamW for Muon", MIXED, changes={"optimiser": "adamw", "learning_rate": 3e-3}),
    "strangers": Kind("every pair of another piece", MIXED, changes={"per_piece": (1,)}),
    "siblings": Kind("32 pairs of a piece", MIXED, changes={"per_piece": (32,)}),
    "no-average": Kind("weights as they are, no average", MIXED, changes={"average": 0.0}),
    "no-edges": Kind("no windows that end in blank", replace(MIXED, edge=0)),
    "fine-shifts": Kind(
        "small shifts, 2 px told apart",
        replace(FINE, edge=MIXED.edge),
        changes={"same_place": 2},
    ),
}
ALL = KINDS | IDEAS


@dataclass(frozen=True)
class Judged:
    """One short training."""

    kind: str
    pieces: int
    pairs: int
    """Drawn in training."""
    bars: list[Found]
    fragments: dict[str, Retrieval]
    """By direction."""
    snippets: list[Row]
    """On rebuilt MSMD, `CANDIDATES` pairs."""


def study(
    names: Sequence[str],
    steps: int = 300,
    batch: int = 128,
    pieces: int = 300,
    every: int = 4,
    seed: int = 1,
) -> Iterator[Judged]:
    """Train and judge each of `KINDS` and `IDEAS` that is named, one after the other.

    pieces : at most so many, evenly spaced over each engraver's; half of them from each where
        both engravers are used. every : judge on every so-many-th scan.
    Raises UsageError for an unknown kind, LabError where nothing is packed.
    """
    unknown = sorted(set(names) - set(ALL))
    if unknown:
        raise UsageError(f"{', '.join(unknown)}: no such kind. There are: {', '.join(ALL)}")
    for name in names:
        model = make(name, steps, batch, pieces, seed)
        yield judge(name, model, steps * batch, pieces, every)


def chosen(kind: Kind, pieces: int) -> list[Path]:
    """The packed files that a kind of training sees."""
    count = max(2, round(pieces * kind.share))
    groups = [g for g in (LILYPOND, VEROVIO) if set(g) & set(kind.folders)]
    out = []
    for group in groups:
        files = [p for f in group for p in sorted((home() / "packed" / f).glob("*.npz"))]
        out += spread(files, -(-count // len(groups)))
    if not out:
        raise LabError(
            f"{home() / 'packed'}: no packed pieces. Make them: lab data build, lab data msmd"
        )
    return out


def make(name: str, steps: int, batch: int, pieces: int, seed: int) -> Path:
    """Train one kind, or find it; returns the folder of its model."""
    kind = ALL[name]
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
        settings = replace(settings, **kind.changes)
        read = (usable(load(p)) for p in chosen(kind, pieces))
        train([cut(p, kind.takes) for p in read if p is not None], [], run, settings, kind.strength)
        ship(run, model, run.name, {})
    return model


def cut(piece: Packed, takes: int) -> Packed:
    """The piece with its first performances only (0: all), and the pairs that those play."""
    if not takes or takes >= len(piece.specs):
        return piece
    frames = piece.frames[:takes]
    kept = (frames >= 0).any(0)
    return Packed(
        piece.name, piece.strip, piece.specs[:takes], piece.columns[kept], frames[:, kept]
    )


def judge(name: str, model: Path, pairs: int, pieces: int, every: int) -> Judged:
    """Bars, and fragments of 10 s, on every so-many-th scan."""
    encoder, material = load_encoder(str(model)), bars()
    numbers = range(0, len(material.linked.scores), every)
    scores = encode_scores([material.linked.scores[k] for k in numbers], encoder)
    sounds = encode_recordings([material.linked.recordings[k] for k in numbers], encoder)
    shares = [SECONDS / r.extent for r in sounds]
    truth = [(k,) for k in range(len(scores)) for _ in range(FRAGMENTS)]
    fragments = {}
    for direction, asked, documents in (("A2S", sounds, scores), ("S2A", scores, sounds)):
        queries = [f for part in cut_fragments(asked, shares) for f in part]
        fragments[direction] = from_ranks(document_ranks(queries, truth, documents, "votes"))
    found = evaluate(encoder, every, material)
    seen = len(chosen(ALL[name], pieces))
    return Judged(name, seen, pairs, found, fragments, snippets(encoder, "test", CANDIDATES)[1])
