"""One training loop for every encoder here: readable in one sitting, exact to resume.

What is trained is a `Task` (our pair in `ours.py`, the papers' pairs in `papers/task.py`,
one encoder in `pretrain.py`): it draws batches, computes the loss, judges. How long and
how fast is a `Loop`. Alone or under `torchrun` (`parallel.py`), on a GPU where there is
one, in bfloat16 where that is quicker. A checkpoint holds everything; a run that is started
again goes on where it was. Beside the weights a run writes settings.json, data.json (what it was
trained on), log.jsonl, tensorboard/ and, when it is finished, result.json.
"""

from __future__ import annotations

import copy
import json
import math
import shutil
import time
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Literal, Protocol

import numpy as np
import torch
from rich.console import Console
from torch import Tensor, nn

from scorebridge.errors import LabError
from scorebridge.lab.muon import Muon
from scorebridge.lab.nets.layers import Convolutions
from scorebridge.lab.parallel import (
    World,
    all_objects,
    average_buffers,
    average_gradients,
    join,
    keep_memory,
    leave,
    quick_in_bf16,
    spread,
)

AHEAD = 4  # batches drawn before they are needed
JUDGED = 8  # validations of a run with a budget


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
    """`flat` stops when the rate would be halved for the so-manieth time."""
    warm_up: float = 0.08
    weight_decay: float = 0.0
    momentum: float = 0.9
    clip: float | None = None
    average: float | None = None
    """Decay of an exponential average of the weights, which is then what is judged and kept."""
    bf16: bool = True
    """Where the device is quick in it."""
    compiled: bool = False
    """Fuse what lies between the convolutions (`compile_features`)."""
    save_every: int = 250
    seed: int = 1


class Task(Protocol):
    """What is trained on what. Figures are plain numbers for the log."""

    model: nn.Module

    def describe(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Settings, and the manifest of the data: one entry a piece."""
        ...

    def draw(self, step: int) -> Any:
        """The batch of a step; depends on seed, step and data alone. Called on a thread."""
        ...

    def loss(self, model: nn.Module, batch: Any, world: World) -> tuple[Tensor, dict[str, Tensor]]:
        """Loss over the whole batch, of which this process encodes `world.share`."""
        ...

    def validate(self, model: nn.Module, device: torch.device) -> dict[str, float]:
        """Figures; `score` (higher is better) rules the schedule. {} where nothing is held out."""
        ...

    def finish(self, model: nn.Module, device: torch.device) -> dict[str, Any]:
        """Last changes to the weights (refining), and what goes into result.json."""
        ...


@dataclass
class Progress:
    """Where a run is: all that decides how it goes on, beside weights and random numbers."""

    step: int = 0
    seen: int = 0
    best: float = -math.inf
    flat: int = 0
    """Epochs since the best."""
    halved: int = 0
    seconds: float = 0.0


def learning_rate(loop: Loop, progress: Progress) -> float:
    """The rate of the next step."""
    if loop.schedule == "flat":
        return loop.learning_rate * 0.5**progress.halved
    if loop.schedule == "stairs":
        return loop.learning_rate * 0.5 ** (progress.step // (loop.epoch * loop.patience))
    share = progress.step / loop.steps
    if share < loop.warm_up:
        return loop.learning_rate * (0.02 + 0.98 * share / loop.warm_up)
    down = (share - loop.warm_up) / (1 - loop.warm_up)
    return loop.learning_rate * (0.01 + 0.99 * (1 + math.cos(math.pi * min(1.0, down))) / 2)


def judge(loop: Loop, progress: Progress, score: float) -> tuple[Progress, bool]:
    """Take note of an epoch's score; also whether it is the best so far."""
    if score > progress.best:
        return replace(progress, best=score, flat=0), True
    progress = replace(progress, flat=progress.flat + 1)
    if loop.schedule == "flat" and progress.flat >= loop.patience:
        progress = replace(progress, flat=0, halved=progress.halved + 1)
    return progress, False


def over(loop: Loop, progress: Progress) -> bool:
    """Whether the run is finished."""
    stopped = loop.schedule == "flat" and progress.halved >= loop.halvings
    return stopped or progress.step >= loop.steps


def within(loop: Loop, steps: int | None) -> Loop:
    """The loop cut to a budget of batches, if one is given that is shorter.

    A budget ends long before a score has been flat often enough to halve a rate; so that such a run
    comes to rest in it, its rate warms up and falls by half a cosine instead, and it is judged
    `JUDGED` times, however few pairs an epoch has.
    """
    if steps is None or steps >= loop.steps:
        return loop
    if loop.schedule != "flat":
        return replace(loop, steps=steps)
    return replace(loop, steps=steps, schedule="cycle", epoch=max(1, steps // JUDGED))


def compile_features(model: nn.Module) -> None:
    """Have torch compile every encoder's convolutions in place; names of weights stay.

    Batch norm, ELU and their gradients, half of a step on a processor, become one pass over the
    maps. The papers' pair was 1.5 times as fast by it on a Xeon without bfloat16, and takes twice
    as long on a Zen 5 with it.
    Raises LabError where there is no C++ compiler.
    """
    if not any(map(shutil.which, ("c++", "g++", "clang++"))):
        raise LabError("--compile needs a C++ compiler: apt-get install g++")
    for part in model.modules():
        if isinstance(part, Convolutions):
            part.compile(dynamic=False)


def make_optimiser(model: nn.Module, loop: Loop) -> torch.optim.Optimizer:
    """Weight decay is for matrices only, not for biases, norms and temperatures."""
    if loop.optimiser == "muon":
        named = ((n, p) for n, p in model.named_parameters() if p.requires_grad)
        return Muon(named, loop.learning_rate, loop.weight_decay)
    wanted = [p for p in model.parameters() if p.requires_grad]
    groups: list[dict[str, Any]] = [
        {"params": [p for p in wanted if p.ndim > 1], "weight_decay": loop.weight_decay},
        {"params": [p for p in wanted if p.ndim <= 1], "weight_decay": 0.0},
    ]
    if loop.optimiser == "sgd":
        return torch.optim.SGD(groups, lr=loop.learning_rate, momentum=loop.momentum)
    kind = torch.optim.AdamW if loop.optimiser == "adamw" else torch.optim.Adam
    return kind(groups, lr=loop.learning_rate)


@dataclass
class _Run:
    """The moving parts, and how they are kept."""

    model: nn.Module
    averaged: nn.Module | None
    optimiser: torch.optim.Optimizer
    world: World
    path: Path
    progress: Progress = field(default_factory=Progress)
    best: dict[str, Tensor] | None = None

    @property
    def judged(self) -> nn.Module:
        return self.model if self.averaged is None else self.averaged

    def save(self) -> None:
        average_buffers(self.model, self.world)
        cuda = self.world.device.type == "cuda"
        noise = (torch.get_rng_state(), torch.cuda.get_rng_state() if cuda else None)
        noises = all_objects(noise, self.world)
        if not self.world.first:
            return
        temporary = self.path.with_suffix(".partial")
        state = {
            "model": self.model.state_dict(),
            "averaged": self.averaged.state_dict() if self.averaged is not None else None,
            "best": self.best,
            "optimiser": self.optimiser.state_dict(),
            "progress": asdict(self.progress),
            "rng": noises,
        }
        torch.save(state, temporary)
        temporary.replace(self.path)

    def save_final(self, model: nn.Module) -> None:
        """Add what is to be used to the checkpoint; a run that is extended drops it again."""
        state = torch.load(self.path, map_location="cpu", weights_only=True)
        torch.save({**state, "final": model.state_dict()}, self.path.with_suffix(".partial"))
        self.path.with_suffix(".partial").replace(self.path)

    def load(self) -> None:
        if not self.path.exists():
            return
        state = torch.load(self.path, map_location="cpu", weights_only=True)
        if "progress" not in state or len(state["rng"]) != self.world.size:
            raise LabError(
                f"{self.path}: made by an older version or by another number of processes."
                " Start a new run; --start takes over the weights."
            )
        self.model.load_state_dict(state["model"])
        if self.averaged is not None:
            self.averaged.load_state_dict(state["averaged"])
        self.optimiser.load_state_dict(state["optimiser"])
        self.best, self.progress = state["best"], Progress(**state["progress"])
        plain, cuda = state["rng"][self.world.rank]
        torch.set_rng_state(plain)
        if cuda is not None and self.world.device.type == "cuda":
            torch.cuda.set_rng_state(cuda)


class _Log:
    """log.jsonl, TensorBoard and the terminal; silent but in the first process."""

    def __init__(self, out: Path, world: World, progress: Progress) -> None:
        self.file = self.board = None
        if world.first:
            from torch.utils.tensorboard import SummaryWriter

            self.file = (out / "log.jsonl").open("a")
            self.board = SummaryWriter(str(out / "tensorboard"), purge_step=progress.step)
        self.console = Console(quiet=not world.first)

    def write(self, progress: Progress, name: str, figures: dict[str, float]) -> None:
        if self.file is None or self.board is None:
            return
        line = {"step": progress.step, "seen": progress.seen, "s": round(progress.seconds, 1)}
        line |= {"valid": figures} if name == "valid" else figures
        self.file.write(json.dumps(line) + "\n")
        self.file.flush()
        for key, value in figures.items():
            self.board.add_scalar(f"{name}/{key}", value, progress.step)

    def close(self) -> None:
        if self.file is not None and self.board is not None:
            self.file.close()
            self.board.close()


def fit(task: Task, out: Path, loop: Loop, limit_s: float = math.inf) -> nn.Module:
    """Train until the loop's rule says so or for `limit_s` seconds; returns the model to use.

    That is the average of the weights where the loop keeps one, else the best of all epochs
    (P5 section 5.3), else the last. Finished runs only get result.json.
    """
    world = join()
    keep_memory()
    torch.manual_seed(loop.seed + 1000 * world.rank)
    # Filters with channels last, as convolutions read them.
    model: nn.Module = task.model.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    model = spread(model.to(world.device), world)
    averaged = copy.deepcopy(model) if loop.average is not None else None
    if loop.compiled:
        compile_features(model)
    out.mkdir(parents=True, exist_ok=True)
    run = _Run(model, averaged, make_optimiser(model, loop), world, out / "checkpoint.pt")
    run.load()
    if world.first:
        settings, manifest = task.describe()
        _write(out / "settings.json", {**settings, "loop": asdict(loop)})
        _write(out / "data.json", manifest)
    log = _Log(out, world, run.progress)
    loop = replace(loop, bf16=loop.bf16 and quick_in_bf16(world.device))
    try:
        _steps(task, run, loop, log, limit_s)
    finally:
        log.close()
    if averaged is None and run.best is not None:
        model.load_state_dict(run.best)
    final = run.judged.eval()
    if over(loop, run.progress) and world.first:
        figures = task.finish(final, world.device)
        run.save_final(final)
        _write(out / "result.json", {**asdict(run.progress), **figures})
    leave(world)
    return final


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n")


def _steps(task: Task, run: _Run, loop: Loop, log: _Log, limit_s: float) -> None:
    """The loop itself."""
    model, world, before = run.model, run.world, run.progress.seconds
    started, recent = time.monotonic(), deque[dict[str, Tensor]](maxlen=50)
    with ThreadPoolExecutor(2) as drawers:
        batches = deque(drawers.submit(task.draw, run.progress.step + k) for k in range(AHEAD))
        while not over(loop, run.progress) and time.monotonic() - started < limit_s:
            batch = batches.popleft().result()
            batches.append(drawers.submit(task.draw, run.progress.step + AHEAD))
            for group in run.optimiser.param_groups:
                group["lr"] = learning_rate(loop, run.progress)
            model.train()
            with torch.autocast(world.device.type, torch.bfloat16, enabled=loop.bf16):
                loss, figures = task.loss(model, batch, world)
            run.optimiser.zero_grad(set_to_none=True)
            loss.backward()
            average_gradients(model.parameters(), world)
            if loop.clip is not None:
                nn.utils.clip_grad_norm_(model.parameters(), loop.clip)
            run.optimiser.step()
            run.progress = replace(
                run.progress,
                step=run.progress.step + 1,
                seen=run.progress.seen + len(batch),
                seconds=before + time.monotonic() - started,
            )
            step = run.progress.step
            if run.averaged is not None and loop.average is not None:
                _follow(run.averaged, model, min(loop.average, step / (step + 20)))
            recent.append({"loss": loss.detach(), **figures})
            if step % 50 == 0:
                means = {k: float(np.mean([r[k].item() for r in recent])) for k in recent[0]}
                rate = run.optimiser.param_groups[0]["lr"]
                log.write(run.progress, "train", {**means, "rate": rate})
            judged = step % loop.epoch == 0 or step == loop.steps
            if judged:
                _validate(task, run, loop, log)
            if judged or step % loop.save_every == 0:
                run.save()
        for batch in batches:
            batch.cancel()
    run.save()


def _validate(task: Task, run: _Run, loop: Loop, log: _Log) -> None:
    """Judge the model; every process does the same, so that all stay together."""
    average_buffers(run.judged, run.world)
    figures = task.validate(run.judged.eval(), run.world.device)
    if not figures:
        return
    score = all_objects(figures["score"], run.world)[0]
    run.progress, best = judge(loop, run.progress, score)
    if best and run.averaged is None:
        run.best = {k: v.detach().cpu().clone() for k, v in run.model.state_dict().items()}
    log.write(run.progress, "valid", figures)
    text = " ".join(f"{k} {v:.3f}" for k, v in figures.items())
    log.console.print(
        f"step {run.progress.step} pairs {run.progress.seen} {text}"
        f" ({run.progress.seconds:.0f} s, halved {run.progress.halved})"
    )


@torch.no_grad()
def _follow(averaged: nn.Module, model: nn.Module, decay: float) -> None:
    """Move the average a little towards the model, batch-norm statistics along with it."""
    for mean, now in zip(averaged.parameters(), model.parameters(), strict=True):
        mean.lerp_(now, 1 - decay)
    for mean, now in zip(averaged.buffers(), model.buffers(), strict=True):
        if mean.is_floating_point():
            mean.lerp_(now, 1 - decay)
        else:
            mean.copy_(now)


@torch.no_grad()
def embed(
    encode: Any, windows: Any, device: torch.device, size: int = 250, exact: bool = False
) -> np.ndarray:
    """Encode windows, in bfloat16 where that is quicker, float32 [n, dim].

    encode : a module or method in evaluation mode; windows : array [n, ...] of any dtype.
    exact : in float32, for what is fitted on features: those that scatter little about a large mean
        lose both in bfloat16.
    """
    bf16 = quick_in_bf16(device) and not exact
    out = []
    # What is compiled was so for training's batches; other sizes would be compiled anew.
    with torch.compiler.set_stance("force_eager"):
        for k in range(0, len(windows), size):
            part = torch.from_numpy(np.ascontiguousarray(windows[k : k + size])).to(device)
            with torch.autocast(device.type, torch.bfloat16, enabled=bf16):
                out.append(encode(part).float().cpu().numpy())
    return np.concatenate(out)
