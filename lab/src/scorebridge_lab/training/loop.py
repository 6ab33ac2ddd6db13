"""One training loop for every encoder here: readable in one sitting, exact to resume.

A `Task` (our pair in `pair.py`, the papers' in the wing `papers/`) draws batches, computes the loss
and validates. A `Loop` (`schedule.py`) decides how long and how fast. Alone or under `torchrun`
(`parallel.py`), on a GPU where there is one, in bfloat16 where that is quicker. A checkpoint holds
everything; a run that is started again goes on where it was. Beside the weights a run writes
settings.json, data.json (what it was trained on), log.jsonl, tensorboard/ and, when it is finished,
result.json.
"""

from __future__ import annotations

import copy
import json
import math
import shutil
import time
from collections import deque
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from rich.console import Console
from torch import Tensor, nn

from scorebridge_lab.errors import LabError
from scorebridge_lab.nets.layers import Convolutions
from scorebridge_lab.training.muon import Muon
from scorebridge_lab.training.parallel import (
    Processes,
    all_objects,
    average_buffers,
    average_gradients,
    join,
    keep_memory,
    leave,
    quick_in_bf16,
    spread,
)
from scorebridge_lab.training.schedule import (
    Loop,
    TrainingState,
    is_finished,
    learning_rate,
    with_score,
)

PREFETCH = 4  # batches drawn before they are needed


class Task(Protocol):
    """A model, its data and its loss. Figures are plain numbers for the log."""

    model: nn.Module

    def describe(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """Settings, and the manifest of the data: one entry a piece."""
        ...

    def draw(self, step: int) -> Any:
        """The batch of a step; depends on seed, step and data alone. Called on a thread."""
        ...

    def loss(
        self, model: nn.Module, batch: Any, processes: Processes
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """Loss over the whole batch, of which this process encodes `world.share`."""
        ...

    def validate(self, model: nn.Module, device: torch.device) -> dict[str, float]:
        """Figures; `score` (higher is better) drives the schedule. {} where nothing is held out."""
        ...

    def finish(self, model: nn.Module, device: torch.device) -> dict[str, Any]:
        """Last changes to the weights (refining), and what goes into result.json."""
        ...


def compile_features(
    model: nn.Module, compilers: Sequence[str] = ("c++", "g++", "clang++")
) -> None:
    """Compiles every encoder's convolutions in place with torch; names of weights stay.

    Batch norm, ELU and their gradients, half of a step on a processor, become one pass over the
    maps. It helps on processors without bfloat16, and slows down those that have it.

    compilers : names of C++ compilers, one of which must be there; else raises LabError.
    """
    if not any(map(shutil.which, compilers)):
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
    """The moving parts of a run, and its checkpoint."""

    model: nn.Module
    averaged: nn.Module | None
    optimiser: torch.optim.Optimizer
    processes: Processes
    path: Path
    state: TrainingState = field(default_factory=TrainingState)
    best: dict[str, Tensor] | None = None

    @property
    def evaluated(self) -> nn.Module:
        return self.model if self.averaged is None else self.averaged

    def save(self) -> None:
        average_buffers(self.model, self.processes)
        cuda = self.processes.device.type == "cuda"
        noise = (torch.get_rng_state(), torch.cuda.get_rng_state() if cuda else None)
        noises = all_objects(noise, self.processes)
        if not self.processes.first:
            return
        temporary = self.path.with_suffix(".partial")
        saved = {
            "model": self.model.state_dict(),
            "averaged": self.averaged.state_dict() if self.averaged is not None else None,
            "best": self.best,
            "optimiser": self.optimiser.state_dict(),
            "progress": asdict(self.state),
            "rng": noises,
        }
        torch.save(saved, temporary)
        temporary.replace(self.path)

    def save_final(self, model: nn.Module) -> None:
        """Adds the final weights to the checkpoint; a run that is extended drops them again."""
        saved = torch.load(self.path, map_location="cpu", weights_only=True)
        torch.save({**saved, "final": model.state_dict()}, self.path.with_suffix(".partial"))
        self.path.with_suffix(".partial").replace(self.path)

    def load(self, optimiser: str | None, loop: Loop) -> None:
        """Reads the checkpoint, where there is one. optimiser : that of the run until now."""
        if not self.path.exists():
            return
        if optimiser not in (None, loop.optimiser):
            raise LabError(
                f"{self.path}: trained by {optimiser}, not by {loop.optimiser}."
                " Start a new run; --start takes over the weights."
            )
        saved = torch.load(self.path, map_location="cpu", weights_only=True)
        if "progress" not in saved or len(saved["rng"]) != self.processes.size:
            raise LabError(
                f"{self.path}: made by an older version or by another number of processes."
                " Start a new run; --start takes over the weights."
            )
        self.model.load_state_dict(saved["model"])
        if self.averaged is not None:
            self.averaged.load_state_dict(saved["averaged"])
        self.optimiser.load_state_dict(saved["optimiser"])
        self.best, self.state = saved["best"], TrainingState(**saved["progress"])
        plain, cuda = saved["rng"][self.processes.rank]
        torch.set_rng_state(plain)
        if cuda is not None and self.processes.device.type == "cuda":
            torch.cuda.set_rng_state(cuda)


class _Log:
    """log.jsonl, TensorBoard and the terminal; silent but in the first process."""

    def __init__(self, out: Path, processes: Processes, state: TrainingState) -> None:
        self.file = self.board = None
        if processes.first:
            from torch.utils.tensorboard import SummaryWriter

            self.file = (out / "log.jsonl").open("a")
            self.board = SummaryWriter(str(out / "tensorboard"), purge_step=state.step)
        self.console = Console(quiet=not processes.first)

    def write(self, state: TrainingState, name: str, figures: dict[str, float]) -> None:
        if self.file is None or self.board is None:
            return
        line = {"step": state.step, "seen": state.seen, "s": round(state.seconds, 1)}
        line |= {"valid": figures} if name == "valid" else figures
        self.file.write(json.dumps(line) + "\n")
        self.file.flush()
        for key, value in figures.items():
            self.board.add_scalar(f"{name}/{key}", value, state.step)

    def close(self) -> None:
        if self.file is not None and self.board is not None:
            self.file.close()
            self.board.close()


def fit(task: Task, out: Path, loop: Loop, limit_s: float = math.inf) -> nn.Module:
    """Trains until the loop's rule ends it or for `limit_s` seconds; returns the model to use.

    That is the average of the weights where the loop keeps one, else the best of all epochs
    (P5 section 5.3), else the last. Finished runs only get result.json.
    """
    processes = join()
    keep_memory()
    torch.manual_seed(loop.seed + 1000 * processes.rank)
    # Filters with channels last, as convolutions read them.
    model: nn.Module = task.model.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    model = spread(model.to(processes.device), processes)
    averaged = copy.deepcopy(model) if loop.average is not None else None
    if loop.compiled:
        compile_features(model)
    out.mkdir(parents=True, exist_ok=True)
    run = _Run(model, averaged, make_optimiser(model, loop), processes, out / "checkpoint.pt")
    run.load(_stored_optimiser(out), loop)
    if processes.first:
        settings, manifest = task.describe()
        _write(out / "settings.json", {**settings, "loop": asdict(loop)})
        _write(out / "data.json", manifest)
    log = _Log(out, processes, run.state)
    loop = replace(loop, bf16=loop.bf16 and quick_in_bf16(processes.device))
    try:
        _steps(task, run, loop, log, limit_s)
    finally:
        log.close()
    if averaged is None and run.best is not None:
        model.load_state_dict(run.best)
    final = run.evaluated.eval()
    if is_finished(loop, run.state) and processes.first:
        figures = task.finish(final, processes.device)
        run.save_final(final)
        _write(out / "result.json", {**asdict(run.state), **figures})
    leave(processes)
    return final


def _stored_optimiser(out: Path) -> str | None:
    """The optimiser in the settings of a run; None where they do not give one."""
    try:
        return json.loads((out / "settings.json").read_text())["loop"]["optimiser"]
    except (FileNotFoundError, KeyError):
        return None


def _write(path: Path, value: Any) -> None:
    path.write_text(json.dumps(value, indent=1) + "\n")


def _steps(task: Task, run: _Run, loop: Loop, log: _Log, limit_s: float) -> None:
    """The loop itself."""
    model, processes, before = run.model, run.processes, run.state.seconds
    started, recent = time.monotonic(), deque[dict[str, Tensor]](maxlen=50)
    with ThreadPoolExecutor(2) as drawers:
        batches = deque(drawers.submit(task.draw, run.state.step + k) for k in range(PREFETCH))
        while not is_finished(loop, run.state) and time.monotonic() - started < limit_s:
            batch = batches.popleft().result()
            batches.append(drawers.submit(task.draw, run.state.step + PREFETCH))
            for group in run.optimiser.param_groups:
                group["lr"] = learning_rate(loop, run.state)
            model.train()
            with torch.autocast(processes.device.type, torch.bfloat16, enabled=loop.bf16):
                loss, figures = task.loss(model, batch, processes)
            run.optimiser.zero_grad(set_to_none=True)
            loss.backward()
            average_gradients(model.parameters(), processes)
            if loop.clip is not None:
                nn.utils.clip_grad_norm_(model.parameters(), loop.clip)
            run.optimiser.step()
            run.state = replace(
                run.state,
                step=run.state.step + 1,
                seen=run.state.seen + len(batch),
                seconds=before + time.monotonic() - started,
            )
            step = run.state.step
            if run.averaged is not None and loop.average is not None:
                _follow(run.averaged, model, min(loop.average, step / (step + 20)))
            recent.append({"loss": loss.detach(), **figures})
            if step % 50 == 0:
                means = {k: float(np.mean([r[k].item() for r in recent])) for k in recent[0]}
                rate = run.optimiser.param_groups[0]["lr"]
                log.write(run.state, "train", {**means, "rate": rate})
            at_epoch = step % loop.epoch == 0 or step == loop.steps
            if at_epoch:
                _validate(task, run, loop, log)
            if at_epoch or step % loop.save_every == 0:
                run.save()
        for batch in batches:
            batch.cancel()
    run.save()


def _validate(task: Task, run: _Run, loop: Loop, log: _Log) -> None:
    """Evaluates the model; every process does the same, so that all stay together."""
    average_buffers(run.evaluated, run.processes)
    figures = task.validate(run.evaluated.eval(), run.processes.device)
    if not figures:
        return
    score = all_objects(figures["score"], run.processes)[0]
    run.state, best = with_score(loop, run.state, score)
    if best and run.averaged is None:
        run.best = {k: v.detach().cpu().clone() for k, v in run.model.state_dict().items()}
    log.write(run.state, "valid", figures)
    text = " ".join(f"{k} {v:.3f}" for k, v in figures.items())
    log.console.print(
        f"step {run.state.step} pairs {run.state.seen} {text}"
        f" ({run.state.seconds:.0f} s, halved {run.state.halved})"
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
    """Encodes windows, in bfloat16 where that is quicker, float32 [n, dim].

    encode : a module or method in evaluation mode; windows : array [n, ...] of any dtype.
    exact : in float32, for what is fitted on features: those that scatter little about a large mean
        lose both in bfloat16.
    """
    bf16 = quick_in_bf16(device) and not exact
    out = []
    # Compiled code fits training's batches; other sizes would be compiled again.
    with torch.compiler.set_stance("force_eager"):
        for k in range(0, len(windows), size):
            part = torch.from_numpy(np.ascontiguousarray(windows[k : k + size])).to(device)
            with torch.autocast(device.type, torch.bfloat16, enabled=bf16):
                out.append(encode(part).float().cpu().numpy())
    return np.concatenate(out)
