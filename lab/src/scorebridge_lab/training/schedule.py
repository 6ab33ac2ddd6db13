"""The schedule of a run: how long and how fast it trains, its state and its learning rate."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import Literal

VALIDATIONS = 8  # of a run with a budget


@dataclass(frozen=True)
class Loop:
    """How long, how fast and by which rule."""

    steps: int
    """At most so many batches."""
    epoch: int
    """Batches between two validations."""
    learning_rate: float
    optimiser: Literal["muon", "adamw", "adam", "sgd"] = "adam"
    schedule: Literal["cycle", "flat", "stairs"] = "flat"
    """cycle: warm up, then half a cosine; flat: halve when the score has been flat for
    `patience` epochs; stairs: halve every `patience` epochs."""
    patience: int = 10
    halvings: int = 5
    """`flat` stops when the rate would be halved for this time."""
    warm_up: float = 0.08
    weight_decay: float = 0.0
    momentum: float = 0.9
    clip: float | None = None
    average: float | None = None
    """Decay of an exponential average of the weights, which is then evaluated and shipped."""
    bf16: bool = True
    """Where the device is quick in it."""
    compiled: bool = False
    """Fuse what lies between the convolutions (`compile_features`)."""
    save_every: int = 250
    seed: int = 1


@dataclass
class TrainingState:
    """Position of a run: all that decides how it goes on, beside weights and random numbers."""

    step: int = 0
    seen: int = 0
    best: float = -math.inf
    flat: int = 0
    """Epochs since the best."""
    halved: int = 0
    seconds: float = 0.0


def learning_rate(loop: Loop, state: TrainingState) -> float:
    """The rate of the next step."""
    if loop.schedule == "flat":
        return loop.learning_rate * 0.5**state.halved
    if loop.schedule == "stairs":
        return loop.learning_rate * 0.5 ** (state.step // (loop.epoch * loop.patience))
    share = state.step / loop.steps
    if share < loop.warm_up:
        return loop.learning_rate * (0.02 + 0.98 * share / loop.warm_up)
    down = (share - loop.warm_up) / (1 - loop.warm_up)
    return loop.learning_rate * (0.01 + 0.99 * (1 + math.cos(math.pi * min(1.0, down))) / 2)


def with_score(loop: Loop, state: TrainingState, score: float) -> tuple[TrainingState, bool]:
    """The state after an epoch with this score, and whether the score is the best so far."""
    if score > state.best:
        return replace(state, best=score, flat=0), True
    state = replace(state, flat=state.flat + 1)
    if loop.schedule == "flat" and state.flat >= loop.patience:
        state = replace(state, flat=0, halved=state.halved + 1)
    return state, False


def is_finished(loop: Loop, state: TrainingState) -> bool:
    """Whether the run is finished."""
    stopped = loop.schedule == "flat" and state.halved >= loop.halvings
    return stopped or state.step >= loop.steps


def within_budget(loop: Loop, steps: int | None) -> Loop:
    """The loop cut to a budget of batches, if one is given that is shorter.

    A budget ends long before a score has been flat often enough to halve a rate; so that such a run
    comes to rest in it, its rate warms up and falls by half a cosine instead, and it is validated
    `VALIDATIONS` times, however few pairs an epoch has.
    """
    if steps is None or steps >= loop.steps:
        return loop
    if loop.schedule != "flat":
        return replace(loop, steps=steps)
    return replace(loop, steps=steps, schedule="cycle", epoch=max(1, steps // VALIDATIONS))
