"""Our pair's training: symmetric InfoNCE on random pairs, one cycle of the learning rate.

Muon, batches that grow over the run, augmentation on the device, an exponential average
of the weights that is what gets evaluated and shipped. 320 pairs a second on two cores with
bfloat16, 180 without.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from functools import partial
from pathlib import Path
from typing import Any, Literal

import numpy as np
import torch
from torch import Tensor, nn
from torch.utils.checkpoint import checkpoint

from scorebridge_lab.augment.windows import MIXED, PRECISE, Strength, audio_windows, sheet_windows
from scorebridge_lab.dataset.pack import Packed
from scorebridge_lab.dataset.pairs import (
    PER_PIECE,
    SAME_PLACE,
    Batch,
    Held,
    fixed_pairs,
    listing,
    paces_of,
    sample,
)
from scorebridge_lab.errors import LabError
from scorebridge_lab.losses.infonce import infonce
from scorebridge_lab.metrics import from_ranks, paired_ranks
from scorebridge_lab.nets.checkpoints import load_pair
from scorebridge_lab.nets.compact import CHANNELS, Pair
from scorebridge_lab.training.loop import embed, fit
from scorebridge_lab.training.parallel import Processes, gather
from scorebridge_lab.training.schedule import Loop
from scorebridge_lab.training.widen import can_widen, widened


@dataclass(frozen=True)
class PairSettings:
    """Everything that decides a run, saved beside its weights."""

    steps: int = 8000
    batches: tuple[tuple[float, int], ...] = ((0.1, 64), (0.35, 128), (1.0, 256))
    """(up to this share of the steps, pairs in a batch)."""
    learning_rate: float = 8e-3
    optimiser: Literal["muon", "adamw"] = "muon"
    warm_up: float = 0.08
    weight_decay: float = 0.02
    average: float = 0.998
    """Decay of the exponential average of the weights, per step."""
    part: int = 0
    """Windows whose activations stay in memory at a time, 0: all. Smaller parts are encoded again
    in the backward pass (gradient caching): batches of any size, a third more time."""
    compiled: bool = False
    """See `schedule.Loop`."""
    per_piece: tuple[int, ...] = PER_PIECE
    """A batch draws one of these numbers of pairs from each piece it meets."""
    same_place: int = SAME_PLACE
    """Columns within which two pairs of a piece are not held against each other."""
    paced: bool = True
    """Audio windows are longer where music is slow (`audio.spectrogram.paces`)."""
    dim: int = 128
    channels: tuple[int, ...] = CHANNELS
    mixing: int = 1
    """Blocks of self-attention (`nets.compact.Mixing`)."""
    seed: int = 1
    save_every: int = 250
    evaluate_every: int = 1000
    candidates: int = 2000

    def loop(self) -> Loop:
        """For `loop.fit`."""
        return Loop(
            steps=self.steps,
            epoch=self.evaluate_every,
            learning_rate=self.learning_rate,
            optimiser=self.optimiser,
            schedule="cycle",
            warm_up=self.warm_up,
            weight_decay=self.weight_decay,
            clip=1.0,
            average=self.average,
            compiled=self.compiled,
            save_every=self.save_every,
            seed=self.seed,
        )


PHASES: dict[str, tuple[PairSettings, Strength]] = {
    "first": (PairSettings(same_place=3), MIXED),
    "more": (
        PairSettings(
            steps=5000,
            batches=((1.0, 256),),
            learning_rate=4e-3,
            per_piece=(4, 16, 64, 128),
            same_place=3,
        ),
        MIXED,
    ),
    "ensembles": (
        PairSettings(
            steps=2000,
            batches=((1.0, 256),),
            learning_rate=4e-3,
            per_piece=(4, 16, 64, 128),
            same_place=3,
            save_every=100,
            evaluate_every=250,
        ),
        MIXED,
    ),
    "fine": (
        PairSettings(
            steps=700,
            batches=((1.0, 256),),
            learning_rate=8e-4,
            average=0.995,
            per_piece=(32, 64, 128),
            same_place=2,
            save_every=100,
            evaluate_every=300,
        ),
        PRECISE,
    ),
}
"""first: from nothing; more: on from trained weights, with more data; ensembles: the same on
pieces of every scoring (`dataset.ensembles`), whose windows have several strips; fine: a short end
with small shifts and many pairs of few pieces, since nine errors of ten lie in the right piece."""


def batch_size(settings: PairSettings, step: int) -> int:
    """Pairs in the batch of this step."""
    share = step / settings.steps
    return next(size for until, size in settings.batches if share < until or until >= 1)


@dataclass(frozen=True)
class Sized:
    """A batch whose length is its number of pairs."""

    pairs: Batch

    def __len__(self) -> int:
        return len(self.pairs.audio)


class PairTask:
    """A `loop.Task`: the compact pair on packed pieces.

    reload : reads the pieces again at every validation, while a data build is still going on
        (such a run cannot be repeated exactly).
    """

    def __init__(
        self,
        pair: Pair,
        pieces: Sequence[Packed],
        valid: Sequence[Packed],
        settings: PairSettings,
        strength: Strength,
        reload: Callable[[], Sequence[Packed]] | None = None,
    ) -> None:
        self.model: nn.Module = pair
        self.pieces, self.settings, self.strength = pieces, settings, strength
        self.held = fixed_pairs(valid, settings.candidates, paced=settings.paced) if valid else None
        self.reload = reload
        self.paces = paces_of(pieces) if settings.paced else None

    def describe(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """See `loop.Task`."""
        settings = {"kind": "compact", "net": "compact", **asdict(self.settings)}
        return {**settings, "augmentation": asdict(self.strength)}, listing(self.pieces)

    def draw(self, step: int) -> Sized:
        """See `loop.Task`."""
        size = batch_size(self.settings, step)
        s = self.settings
        pairs = sample(self.pieces, size, s.seed, step, s.per_piece, s.same_place, self.paces)
        return Sized(pairs)

    def loss(
        self, model: nn.Module, batch: Sized, processes: Processes
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """See `loop.Task`: symmetric InfoNCE on augmented windows."""
        mine, pairs = processes.share(len(batch)), batch.pairs
        with torch.no_grad(), torch.autocast(processes.device.type, enabled=False):
            strips = (pairs.owner >= mine.start) & (pairs.owner < mine.stop)
            owner = torch.from_numpy(pairs.owner[strips] - mine.start).to(processes.device)
            sheet = torch.from_numpy(pairs.sheet[strips]).to(processes.device)
            audio = torch.from_numpy(pairs.audio[mine]).to(processes.device)
            pace = torch.from_numpy(pairs.pace[mine]).to(processes.device)
            sheet = sheet_windows(sheet, self.strength)
            audio = audio_windows(audio, self.strength, pace)
        part = self.settings.part
        s = in_parts(model.sheet, sheet, part, owner)
        a = in_parts(model.audio, audio, part)
        with torch.autocast(processes.device.type, enabled=False):
            s, a = (gather(v.float(), processes, len(batch)) for v in (s, a))
            same = torch.from_numpy(pairs.same).to(processes.device)
            loss, hit = infonce(s, a, model.log_scale, same)  # pyright: ignore[reportArgumentType]
        return loss, {"hit": hit}

    def validate(self, model: nn.Module, device: torch.device) -> dict[str, float]:
        """See `loop.Task`: MRR both ways among held-out pairs."""
        figures = {}
        if self.held is not None:
            s = embed_sheet(model.sheet, self.held, device)
            a = embed(model.audio, self.held.audio, device)
            figures = {
                "a2s": from_ranks(paired_ranks(a, s)).mrr,
                "s2a": from_ranks(paired_ranks(s, a)).mrr,
            }
            figures["score"] = (figures["a2s"] + figures["s2a"]) / 2
        if self.reload is not None:
            self.pieces = self.reload()
            self.paces = paces_of(self.pieces) if self.settings.paced else None
        return figures

    def finish(self, model: nn.Module, device: torch.device) -> dict[str, Any]:
        """See `loop.Task`."""
        return {"valid": self.validate(model, device), "pieces": len(self.pieces)}


def embed_sheet(tower: Any, held: Held, device: torch.device, size: int = 250) -> np.ndarray:
    """`loop.embed` for the strips of fixed pairs, float32 [n, dim]."""
    out = []
    for start in range(0, len(held.audio), size):
        mine = (held.strips_of >= start) & (held.strips_of < start + size)
        owner = torch.from_numpy(held.strips_of[mine] - start).to(device)
        encode = partial(tower, owner=owner)
        out.append(embed(encode, sheet_input(held.sheet[mine]), device, int(mine.sum())))
    return np.concatenate(out)


def in_parts(tower: Any, windows: Tensor, part: int, owner: Tensor | None = None) -> Tensor:
    """Encode windows `part` at a time, keeping one part's activations only (0: all at once).

    owner : the window of each strip, where windows are strips that are pooled.

    Gao, Zhang, Han, Callan, "Scaling Deep Contrastive Learning Batch Size under Memory Limited
    Setup" (2021). Batch norm sees parts, not the batch.
    """
    if not part or len(windows) <= part:
        return tower(windows) if owner is None else tower(windows, owner)
    if owner is None:
        vectors = [checkpoint(tower, w, use_reentrant=False) for w in windows.split(part)]
    else:
        edges = torch.arange(0, int(owner[-1]) + 1 + part, part, device=owner.device)
        cuts = torch.diff(torch.searchsorted(owner, edges)).tolist()
        strips, owners = windows.split(cuts), owner.split(cuts)
        vectors = [
            checkpoint(tower, w, o - o[0], use_reentrant=False)
            for w, o in zip(strips, owners, strict=True)
        ]
    return torch.cat(vectors)  # pyright: ignore[reportArgumentType, reportCallIssue]


def sheet_input(raw: np.ndarray) -> np.ndarray:
    """Sheet windows uint8, 255 white, as the towers take them: float32, ink 1."""
    return 1 - raw.astype(np.float32) / 255


def train(
    pieces: Sequence[Packed],
    valid: Sequence[Packed],
    out: Path,
    settings: PairSettings | None = None,
    strength: Strength | None = None,
    limit_s: float = math.inf,
    start: Path | None = None,
    reload: Callable[[], Sequence[Packed]] | None = None,
) -> Pair:
    """Trains until `settings.steps` or for `limit_s` seconds, then returns the averaged pair.

    Raises LabError where there is nothing to train on, or `start` is another network.

    pieces, valid : packed pieces; a batch depends on seed, step and pieces alone.
    out : folder of the run.
    start : a run or a shipped model whose weights a new run begins with; it may be smaller
        (`widen`).
    reload : see `PairTask`.
    """
    settings, strength = settings or PairSettings(), strength or Strength()
    if not pieces:
        raise LabError("no training pieces. Build a data set first: scorebridge-lab data build")
    torch.manual_seed(settings.seed)
    pair = Pair(settings.dim, settings.channels, settings.mixing)
    if start is not None:
        begun = load_pair(start)
        if not can_widen(begun, pair):
            raise LabError(
                f"{start}: another network or a larger one ({begun.dim} dimensions,"
                f" channels {begun.channels}, {begun.mixing} blocks)"
            )
        pair.load_state_dict(widened(begun.state_dict(), pair.state_dict()))
    task = PairTask(pair, pieces, valid, settings, strength, reload)
    return fit(task, out, settings.loop(), limit_s)  # pyright: ignore[reportReturnType]
