"""Self-supervised pre-training of one encoder (SimCLR, P5 section 3.2) as a `loop.Task`.

Two views of each unlabelled window (`augment.views`), the convolutions, a projection head that
is thrown away afterwards, NT-Xent. `papers train p5-bl-a-s` and the like start from the result.
"""

from __future__ import annotations

import zlib
from dataclasses import asdict
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from scorebridge_lab.augment.views import audio_views, sheet_views
from scorebridge_lab.errors import LabError
from scorebridge_lab.losses.ntxent import ntxent
from scorebridge_lab.nets.vgg import Projection, Vgg
from scorebridge_lab.papers.settings import SimclrRun
from scorebridge_lab.papers.unlabelled import Pool
from scorebridge_lab.training.parallel import Processes, gather
from scorebridge_lab.training.schedule import Loop

VALIDATION_BATCHES = 4  # of held-out windows
HELD_OUT = 20  # one document in so many validates


class Simclr(nn.Module):
    """An encoder and the head that exists during pre-training only."""

    def __init__(self, run: SimclrRun) -> None:
        super().__init__()
        shape = run.shape
        height, width = shape.sheet if run.side == "sheet" else shape.audio
        self.encoder = Vgg(height, width, shape.channels, shape.dim, shape.top)
        self.encoder.top = nn.Identity()  # a new one is trained with the pair
        self.head = Projection(self.encoder.width, run.hidden)

    def forward(self, views: Tensor) -> Tensor:
        """[n, height, width] -> unit vectors [n, 32]."""
        return self.head(self.encoder.hidden(views))


class SimclrTask:
    """One of `settings.PRETRAININGS` on unlabelled documents."""

    def __init__(self, run: SimclrRun, documents: dict[str, NDArray]) -> None:
        torch.manual_seed(run.seed)
        self.run, self.names = run, list(documents)
        self.model: nn.Module = Simclr(run)
        held = [n for n in documents if zlib.crc32(n.encode()) % HELD_OUT == 0]
        training = [n for n in documents if n not in set(held)]
        if not training:
            raise LabError("too few unlabelled documents to train on")
        self.pool = Pool(run.side, [documents[n] for n in training], run.batch, run.seed)
        self.held = None
        if held:
            self.held = Pool(run.side, [documents[n] for n in held], run.batch, run.seed)
        self.documents = documents

    def loop(self) -> Loop:
        """The paper's schedule."""
        return Loop(
            steps=self.run.epochs * self.pool.epoch,
            epoch=self.pool.epoch,
            learning_rate=self.run.learning_rate,
            schedule="flat",
            patience=self.run.patience,
            halvings=self.run.halvings,
            seed=self.run.seed,
        )

    def describe(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """See `loop.Task`."""
        settings = {"kind": "simclr", "run": asdict(self.run), "windows": self.pool.windows}
        return settings, [{"document": n, "length": d.shape[-1]} for n, d in self.documents.items()]

    def draw(self, step: int) -> NDArray:
        """See `loop.Task`."""
        return self.pool.draw(step)

    def _views(self, batch: NDArray, mine: slice, device: torch.device) -> Tensor:
        """Two views of this process's windows, [2 n, height, width], the firsts first."""
        windows = torch.from_numpy(np.ascontiguousarray(batch[mine])).to(device)
        make = sheet_views if self.run.side == "sheet" else audio_views
        with torch.no_grad(), torch.autocast(device.type, enabled=False):
            return torch.cat([make(windows), make(windows)])

    def loss(
        self, model: nn.Module, batch: NDArray, processes: Processes
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """See `loop.Task`: NT-Xent over both views of the whole batch."""
        vectors = model(self._views(batch, processes.share(len(batch)), processes.device)).float()
        with torch.autocast(processes.device.type, enabled=False):
            first, second = (gather(v, processes, len(batch)) for v in vectors.chunk(2))
            loss = ntxent(first, second, self.run.temperature)
        with torch.no_grad():
            hit = (first @ second.T).argmax(1) == torch.arange(len(first), device=first.device)
        return loss, {"hit": hit.float().mean()}

    @torch.no_grad()
    def validate(self, model: nn.Module, device: torch.device) -> dict[str, float]:
        """See `loop.Task`: minus the loss on held-out documents, always the same views."""
        if self.held is None:
            return {}
        alone, losses = Processes(device=device), []
        with torch.random.fork_rng():
            torch.manual_seed(0)
            for step in range(VALIDATION_BATCHES):
                losses.append(self.loss(model, self.held.draw(step), alone)[0].item())
        return {"loss": float(np.mean(losses)), "score": -float(np.mean(losses))}

    def finish(self, model: nn.Module, device: torch.device) -> dict[str, Any]:
        """See `loop.Task`."""
        return {"valid": self.validate(model, device)}
