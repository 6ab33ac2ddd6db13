"""Every run of the five papers by name, with the settings that the papers give.

    p1
    p2-none, p2-1synth-tempo, p2-3synths, p2-3synths-tempo, p2-scale, p2-dy, p2-dx, p2-sheet,
    p2-full
    p3-SPLIT-AUGMENTATION    all, bach-only, bach-out; none, sheet, audio, full
    p3-all-full-PERCENT      10, 25, 50, 75 per cent of the training pairs (figure 7)
    p4-42, p4-84, p4-126, p4-168   frames of audio; attention from 84 on
    p5-bl, p5-bl-a, p5-bl-s, p5-bl-a-s

and the pre-trainings `p5-audio` and `p5-sheet` (`papers pretrain`). Where a paper is silent, a
comment marks the field. An epoch is one pass over the training pairs.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from scorebridge.errors import UsageError
from scorebridge_lab.nets.paper_shape import Shape

# Performances of a packed piece (`data.PLAN`), by index: three training pianos at the written
# tempo, the same at varied tempo, again; the last is the unseen piano at the written tempo.
ONE_SYNTH, ONE_VARIED = (0,), (0, 3, 6)
THREE_SYNTHS, THREE_VARIED = (0, 1, 2), tuple(range(9))
UNSEEN = 9

Side = Literal["sheet", "audio"]


@dataclass(frozen=True)
class Jitter:
    """Sheet augmentation of P2 and P3: largest changes, in px of the 835 px page."""

    scale: float = 0.0
    dx: float = 0.0
    dy: float = 0.0


NO_JITTER = Jitter()
FULL_JITTER = Jitter(0.05, 5.0, 5.0)


@dataclass(frozen=True)
class PaperRun:
    """One line of a paper's table: all that decides it."""

    name: str
    data: Literal["nottingham", "mozart", "msmd"]
    shape: Shape
    loss: Literal["ranking", "dcca"] = "ranking"
    margin: float = 0.7
    split: str = "all"
    fraction: float = 1.0
    """Share of the training pairs that is used (P3 figure 7)."""
    performances: tuple[int, ...] = ONE_SYNTH
    jitter: Jitter = NO_JITTER
    batch: int = 100
    optimiser: Literal["muon", "adamw", "adam", "sgd"] = "adam"
    schedule: Literal["flat", "stairs"] = "flat"
    learning_rate: float = 2e-3
    patience: int = 30
    halvings: int = 5
    epochs: int = 1000
    """At most so many, whatever the schedule says."""
    pretrained: tuple[Side, ...] = ()
    candidates: int = 2000
    """Pairs of the test set among which the paper searches."""
    refine: int = 25_000
    """Training pairs on which the CCA projection is fitted at the end (0: the running one stays);
    the authors' code of P3 and P5 refines on many pairs, how many the papers do not say."""
    test_performance: int = UNSEEN
    excerpts: int | None = None
    """Windows of a query that vote in identification; None: all."""
    seed: int = 1


@dataclass(frozen=True)
class SimclrRun:
    """Pre-training of one encoder (P5 sections 3.2 and 5.3)."""

    name: str
    side: Side
    shape: Shape
    batch: int = 256
    temperature: float = 0.5
    learning_rate: float = 1e-3
    patience: int = 10
    halvings: int = 5
    epochs: int = 1000
    hidden: int = 512
    """Width of the projection head's hidden layer; the paper does not give it."""
    seed: int = 1


P1 = PaperRun(
    name="p1",
    data="nottingham",
    shape=Shape((40, 100), (100, 136), (16, 32, 64, 64), top="pool"),
    loss="dcca",
    optimiser="sgd",
    schedule="stairs",
    learning_rate=0.1,
    patience=25,
    epochs=100,  # the paper does not say when it stops
    candidates=16_000,
    refine=10_000,  # pairs on which CCA is fitted after training; the paper: all
    test_performance=0,  # P1 has one synthesiser
)
P2 = PaperRun(
    name="p2",
    data="mozart",
    shape=Shape((180, 200), (42, 92), (12, 24, 48, 48), top="pool"),
    margin=0.7,  # P2 does not give it; P3's
    halvings=10,
    candidates=11_821,
)
P3 = PaperRun(
    name="p3", data="msmd", shape=Shape((80, 100), (42, 92), (24, 48, 96, 96), top="pool")
)
P4 = replace(P3, name="p4", performances=THREE_VARIED, jitter=FULL_JITTER)
P5 = PaperRun(
    name="p5",
    data="msmd",
    shape=Shape((80, 100), (84, 92), (24, 48, 96, 96), top="flat", momentum=0.2),
    margin=0.6,
    performances=THREE_VARIED,  # the baseline is P3's method, with its full augmentation
    jitter=FULL_JITTER,
    batch=128,
    learning_rate=4e-4,
    patience=10,
    candidates=10_000,
    excerpts=100,
)


def _runs() -> dict[str, PaperRun]:
    runs = [P1]
    for name, performances, jitter in (
        ("none", ONE_SYNTH, NO_JITTER),
        ("1synth-tempo", ONE_VARIED, NO_JITTER),
        ("3synths", THREE_SYNTHS, NO_JITTER),
        ("3synths-tempo", THREE_VARIED, NO_JITTER),
        ("scale", ONE_SYNTH, Jitter(scale=0.05)),
        ("dy", ONE_SYNTH, Jitter(dy=5.0)),
        ("dx", ONE_SYNTH, Jitter(dx=5.0)),
        ("sheet", ONE_SYNTH, FULL_JITTER),
        ("full", THREE_VARIED, FULL_JITTER),
    ):
        runs.append(replace(P2, name=f"p2-{name}", performances=performances, jitter=jitter))
    for split in ("all", "bach-only", "bach-out"):
        for name, performances, jitter in (
            ("none", ONE_SYNTH, NO_JITTER),
            ("sheet", ONE_SYNTH, FULL_JITTER),
            ("audio", THREE_VARIED, NO_JITTER),
            ("full", THREE_VARIED, FULL_JITTER),
        ):
            run = replace(P3, name=f"p3-{split}-{name}", split=split)
            runs.append(replace(run, performances=performances, jitter=jitter))
    for percent in (10, 25, 50, 75):
        full = replace(P3, performances=THREE_VARIED, jitter=FULL_JITTER)
        runs.append(replace(full, name=f"p3-all-full-{percent}", fraction=percent / 100))
    for frames in (42, 84, 126, 168):
        shape = replace(P4.shape, audio=(frames, 92), attention=frames > 42)
        runs.append(replace(P4, name=f"p4-{frames}", shape=shape))
    for ending, sides in (
        ("", ()),
        ("-a", ("audio",)),
        ("-s", ("sheet",)),
        ("-a-s", ("audio", "sheet")),
    ):
        runs.append(replace(P5, name=f"p5-bl{ending}", pretrained=sides))
    return {run.name: run for run in runs}


RUNS = _runs()
PRETRAININGS = {
    "p5-audio": SimclrRun("p5-audio", "audio", P5.shape),
    "p5-sheet": SimclrRun("p5-sheet", "sheet", P5.shape),
}


def run_named(name: str) -> PaperRun:
    """Settings of a run. Raises UsageError for a name that none has."""
    if name not in RUNS:
        raise UsageError(f"{name}: no such run. There are: {', '.join(RUNS)}")
    return RUNS[name]


def pretraining_named(name: str) -> SimclrRun:
    """Settings of a pre-training. Raises UsageError for a name that none has."""
    if name not in PRETRAININGS:
        raise UsageError(f"{name}: no such pre-training. There are: {', '.join(PRETRAININGS)}")
    return PRETRAININGS[name]
