"""One training loop for pairs of encoders: readable in one sitting, exact to resume.

Symmetric InfoNCE on random pairs, AdamW with one cycle of the learning rate, batch
growing over the run, bfloat16 and channels-last, an exponential average of the
weights that is what gets evaluated and shipped. A checkpoint holds everything; a
run that is started again goes on where it was.
"""

from __future__ import annotations

import copy
import json
import math
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from rich.console import Console
from torch import Tensor, nn

from scorebridge.errors import LabError
from scorebridge.lab.augment.windows import Strength, audio_windows, sheet_windows
from scorebridge.lab.data.pack import Packed
from scorebridge.lab.data.pairs import Batch, fixed_pairs, sample
from scorebridge.lab.losses.infonce import infonce
from scorebridge.lab.metrics import from_ranks, paired_ranks
from scorebridge.lab.nets.compact import CHANNELS, Pair
from scorebridge.lab.ship import load_pair


@dataclass(frozen=True)
class Settings:
    """Everything that decides a run, saved beside its weights."""

    steps: int = 8000
    batches: tuple[tuple[float, int], ...] = ((0.15, 64), (0.45, 128), (1.0, 256))
    """(up to this share of the steps, pairs in a batch)."""
    learning_rate: float = 3e-3
    warm_up: float = 0.08
    weight_decay: float = 0.02
    average: float = 0.998
    """Decay of the exponential average of the weights, per step."""
    dim: int = 64
    channels: tuple[int, ...] = CHANNELS
    seed: int = 1
    save_every: int = 250
    evaluate_every: int = 1000
    candidates: int = 2000


def batch_size(settings: Settings, step: int) -> int:
    """Pairs in the batch of this step."""
    share = step / settings.steps
    return next(size for until, size in settings.batches if share < until or until >= 1)


def learning_rate(settings: Settings, step: int) -> float:
    """Linear warm-up, then half a cosine down to a hundredth."""
    share = step / settings.steps
    if share < settings.warm_up:
        return settings.learning_rate * (0.02 + 0.98 * share / settings.warm_up)
    down = (share - settings.warm_up) / (1 - settings.warm_up)
    return settings.learning_rate * (0.01 + 0.99 * (1 + math.cos(math.pi * min(1.0, down))) / 2)


@torch.no_grad()
def embed(
    tower: nn.Module, windows: np.ndarray, device: torch.device, size: int = 256
) -> np.ndarray:
    """Encode windows in evaluation mode, float32 [n, dim]."""
    tower.eval()
    out = []
    for k in range(0, len(windows), size):
        part = torch.from_numpy(np.ascontiguousarray(windows[k : k + size])).to(device)
        with torch.autocast(device.type, torch.bfloat16):
            out.append(tower(part).float().cpu().numpy())
    return np.concatenate(out)


def validate(
    pair: Pair, sheet: np.ndarray, audio: np.ndarray, device: torch.device
) -> dict[str, float]:
    """MRR both ways among the given pairs."""
    s, a = embed(pair.sheet, sheet, device), embed(pair.audio, audio, device)
    return {
        "a2s": from_ranks(paired_ranks(a, s)).mrr,
        "s2a": from_ranks(paired_ranks(s, a)).mrr,
    }


def sheet_input(raw: np.ndarray) -> np.ndarray:
    """Sheet windows uint8, 255 white, as the towers take them: float32, ink 1."""
    return 1 - raw.astype(np.float32) / 255


def train(
    pieces: Sequence[Packed],
    valid: Sequence[Packed],
    out: Path,
    settings: Settings | None = None,
    strength: Strength | None = None,
    limit_s: float = math.inf,
    start: Path | None = None,
    reload: Callable[[], Sequence[Packed]] | None = None,
) -> Pair:
    """Train until `settings.steps` or for `limit_s` seconds, then return the averaged pair.

    pieces, valid : packed pieces; a batch depends on seed, step and pieces alone.
    out : folder of the run: settings.json, log.jsonl, checkpoint.pt, best weights.
    start : a run or a shipped model whose weights a new run begins with.
    reload : gives the pieces anew at every evaluation while a data build is still going on
        (such a run cannot be repeated exactly).
    """
    settings, strength = settings or Settings(), strength or Strength()
    if not pieces:
        raise LabError("no training pieces. Build a data set first: scorebridge lab data build")
    console = Console()
    device = torch.device("cuda" if torch.cuda.is_available() else "cpu")
    torch.manual_seed(settings.seed)
    pair = Pair(settings.dim, settings.channels).to(device)
    pair = pair.to(memory_format=torch.channels_last)  # pyright: ignore[reportCallIssue]
    if start is not None:
        pair.load_state_dict(load_pair(start).state_dict())
    averaged = copy.deepcopy(pair)
    decayed = [p for p in pair.parameters() if p.ndim > 1]
    plain = [p for p in pair.parameters() if p.ndim <= 1]
    optimiser = torch.optim.AdamW(
        [
            {"params": decayed, "weight_decay": settings.weight_decay},
            {"params": plain, "weight_decay": 0.0},
        ],
        lr=settings.learning_rate,
    )
    out.mkdir(parents=True, exist_ok=True)
    (out / "settings.json").write_text(
        json.dumps({**asdict(settings), "augmentation": asdict(strength)}, indent=1)
    )
    checkpoint = out / "checkpoint.pt"
    step, seen = 0, 0
    if checkpoint.exists():
        state = torch.load(checkpoint, map_location=device, weights_only=True)
        pair.load_state_dict(state["pair"])
        averaged.load_state_dict(state["averaged"])
        optimiser.load_state_dict(state["optimiser"])
        step, seen = state["step"], state["seen"]
        torch.set_rng_state(state["rng"].cpu())
    held = fixed_pairs(valid, settings.candidates) if valid else None

    def draw(at: int) -> Batch:
        return sample(pieces, batch_size(settings, at), settings.seed, at)

    def save() -> None:
        temporary = checkpoint.with_suffix(".partial")
        torch.save(
            {
                "pair": pair.state_dict(),
                "averaged": averaged.state_dict(),
                "optimiser": optimiser.state_dict(),
                "step": step,
                "seen": seen,
                "rng": torch.get_rng_state(),
            },
            temporary,
        )
        temporary.replace(checkpoint)

    started, losses, hits = time.monotonic(), [], []
    with ThreadPoolExecutor(1) as loader, (out / "log.jsonl").open("a") as log:
        ahead = loader.submit(draw, step)
        while step < settings.steps and time.monotonic() - started < limit_s:
            batch = ahead.result()
            ahead = loader.submit(draw, step + 1)
            loss, hit = _step(pair, batch, strength, device)
            for group in optimiser.param_groups:
                group["lr"] = learning_rate(settings, step)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            nn.utils.clip_grad_norm_(pair.parameters(), 1.0)
            optimiser.step()
            step += 1
            seen += len(batch.sheet)
            _follow(averaged, pair, min(settings.average, step / (step + 20)))
            losses.append(loss.item())
            hits.append(hit.item())
            if step % settings.save_every == 0:
                save()
            if step % 50 == 0:
                pace = {"step": step, "seen": seen, "loss": float(np.mean(losses[-50:]))}
                pace |= {"hit": float(np.mean(hits[-50:])), "s": time.monotonic() - started}
                log.write(json.dumps(pace) + "\n")
                log.flush()
            if held and (step % settings.evaluate_every == 0 or step == settings.steps):
                result = validate(averaged, sheet_input(held[0]), held[1], device)
                log.write(json.dumps({"step": step, "seen": seen, "valid": result}) + "\n")
                log.flush()
                console.print(
                    f"step {step} pairs {seen} loss {np.mean(losses[-200:]):.3f} "
                    f"MRR A2S {result['a2s']:.3f} S2A {result['s2a']:.3f} of {len(held[0])} "
                    f"({time.monotonic() - started:.0f} s, {len(pieces)} pieces)"
                )
                if reload is not None:
                    pieces = reload()
                averaged.train()
        ahead.result()
    save()
    return averaged.eval()


def _step(
    pair: Pair, batch: Batch, strength: Strength, device: torch.device
) -> tuple[Tensor, Tensor]:
    """One forward pass on augmented windows: loss and share of hits."""
    pair.train()
    same = torch.from_numpy(batch.same).to(device)
    with torch.no_grad():
        sheet = sheet_windows(torch.from_numpy(batch.sheet).to(device), strength)
        audio = audio_windows(torch.from_numpy(batch.audio).to(device), strength)
    with torch.autocast(device.type, torch.bfloat16):
        s, a = pair.sheet(sheet), pair.audio(audio)
    return infonce(s.float(), a.float(), pair.log_scale, same)


@torch.no_grad()
def _follow(averaged: nn.Module, model: nn.Module, decay: float) -> None:
    """Move the average a little towards the model; batch-norm statistics are copied along."""
    for mean, now in zip(averaged.parameters(), model.parameters(), strict=True):
        mean.lerp_(now, 1 - decay)
    for mean, now in zip(averaged.buffers(), model.buffers(), strict=True):
        if mean.is_floating_point():
            mean.lerp_(now, 1 - decay)
        else:
            mean.copy_(now)
