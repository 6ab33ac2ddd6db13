"""A paper's pair as a `loop.Task`: its batches, its loss, its projection, its figures."""

from __future__ import annotations

import copy
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

from scorebridge_lab.dataset.pack import Packed
from scorebridge_lab.dataset.pairs import listing
from scorebridge_lab.errors import LabError
from scorebridge_lab.losses.dcca import trace_norm
from scorebridge_lab.losses.ranking import ranking
from scorebridge_lab.metrics import from_ranks, paired_ranks
from scorebridge_lab.nets.paper_pair import PaperPair, Shape
from scorebridge_lab.papers.paper_windows import Sampler, Windows
from scorebridge_lab.papers.settings import PaperRun, Side
from scorebridge_lab.spectra import SPEC_SCALE
from scorebridge_lab.training.loop import embed
from scorebridge_lab.training.parallel import Processes, gather
from scorebridge_lab.training.schedule import Loop

VALIDATION_PAIRS = 2000
FIT_PAIRS = 2000  # training pairs on which the projection is fitted to validate an epoch


def sheet_input(windows: Any, device: torch.device) -> Tensor:
    """uint8, 255 white -> float on the device, white 1 (P3's convention)."""
    return torch.as_tensor(windows, device=device).float() / 255


def audio_input(windows: Any, device: torch.device) -> Tensor:
    """Bytes of `pack.quantise` -> float on the device, log10(1 + x)."""
    return torch.as_tensor(windows, device=device).float() / SPEC_SCALE


class PaperTask:
    """One of `settings.RUNS` on packed pieces.

    encoders : for a pre-trained side, the folder of its `papers pretrain` run.
    """

    def __init__(
        self,
        run: PaperRun,
        pieces: Sequence[Packed],
        valid: Sequence[Packed],
        encoders: dict[Side, Path] | None = None,
    ) -> None:
        torch.manual_seed(run.seed)
        self.run, self.encoders = run, encoders or {}
        self.model: nn.Module = PaperPair(run.shape)
        for side, folder in self.encoders.items():
            load_encoder_weights(self.model, side, folder)
        self.sampler = Sampler(
            pieces,
            run.shape,
            run.batch,
            jitter=run.jitter,
            fraction=run.fraction,
            seed=run.seed,
        )
        self.held = Sampler(valid, run.shape, 1).fixed(VALIDATION_PAIRS) if valid else None

    def loop(self) -> Loop:
        """The paper's schedule."""
        run, epoch = self.run, self.sampler.epoch
        return Loop(
            steps=run.epochs * epoch,
            epoch=epoch,
            learning_rate=run.learning_rate,
            optimiser=run.optimiser,
            schedule=run.schedule,
            patience=run.patience,
            halvings=run.halvings,
            seed=run.seed,
        )

    def describe(self) -> tuple[dict[str, Any], list[dict[str, Any]]]:
        """See `loop.Task`."""
        settings = {"kind": "paper", "run": asdict(self.run), "pairs": len(self.sampler)}
        settings["pretrained"] = {side: str(path) for side, path in self.encoders.items()}
        return settings, listing(self.sampler.pieces)

    def draw(self, step: int) -> Windows:
        """See `loop.Task`."""
        return self.sampler.draw(step)

    def loss(
        self, model: nn.Module, batch: Windows, processes: Processes
    ) -> tuple[Tensor, dict[str, Tensor]]:
        """See `loop.Task`: Deep CCA, or ranking behind the projection layer."""
        assert isinstance(model, PaperPair)
        mine = processes.share(len(batch))
        sheet = model.sheet(sheet_input(batch.sheet[mine], processes.device))
        audio = model.audio(audio_input(batch.audio[mine], processes.device))
        with torch.autocast(processes.device.type, enabled=False):
            sheet, audio = (gather(v.float(), processes, len(batch)) for v in (sheet, audio))
            if self.run.loss == "dcca":
                return trace_norm(sheet, audio), {}
            sheet, audio = model.cca(sheet, audio)
            return ranking(sheet, audio, self.run.margin), {}

    def validate(self, model: nn.Module, device: torch.device) -> dict[str, float]:
        """See `loop.Task`: MRR both ways among held-out pairs; their mean is the score.

        They are those of a copy whose projection is fitted on training pairs: the running one
        belongs to the statistics of single batches that batch norm has in training. Deep CCA
        trains without one, so there the fit stays, for runs that are used before they end.
        """
        if self.held is None:
            return {}
        assert isinstance(model, PaperPair)
        fitted = model if self.run.loss == "dcca" else copy.deepcopy(model)
        fit_projection(fitted, self.sampler, FIT_PAIRS, device, exact=False)
        figures = held_out(fitted, self.held, device)
        return {**figures, "score": (figures["a2s"] + figures["s2a"]) / 2}

    def finish(self, model: nn.Module, device: torch.device) -> dict[str, Any]:
        """See `loop.Task`: fits the projection on `refine` training pairs."""
        assert isinstance(model, PaperPair)
        if self.run.refine:
            fit_projection(model, self.sampler, self.run.refine, device)
        return {"valid": held_out(model, self.held, device)} if self.held else {}


def held_out(model: PaperPair, held: Windows, device: torch.device) -> dict[str, float]:
    """MRR both ways among aligned windows."""
    sheet, audio = embed_both(model, held, device)
    a2s, s2a = (from_ranks(paired_ranks(*v)).mrr for v in ((audio, sheet), (sheet, audio)))
    return {"a2s": a2s, "s2a": s2a}


def embed_both(model: PaperPair, windows: Windows, device: torch.device) -> tuple[Any, Any]:
    """Unit vectors of aligned windows by the fixed projections, float32 [n, dim] each."""
    sheet = embed(lambda w: model.embed_sheet(sheet_input(w, device)), windows.sheet, device)
    audio = embed(lambda w: model.embed_audio(audio_input(w, device)), windows.audio, device)
    return sheet, audio


def fit_projection(
    model: PaperPair, sampler: Sampler, count: int, device: torch.device, exact: bool = True
) -> None:
    """Fits the CCA projection on `count` training pairs, not augmented.

    exact : in float32 (`training.loop.embed`). In bfloat16 the figures of a trained pair agree to
        the third digit, in a seventh of the time.
    """
    model.eval()
    windows = sampler.fixed(count)
    sheet = embed(lambda w: model.sheet(sheet_input(w, device)), windows.sheet, device, exact=exact)
    audio = embed(lambda w: model.audio(audio_input(w, device)), windows.audio, device, exact=exact)
    model.cca.fit(*(torch.from_numpy(v).to(device) for v in (sheet, audio)))


def read_state(run: Path) -> tuple[dict[str, Any], dict[str, Tensor]]:
    """Settings and weights of a run: what it ended with, or if it goes on, its best epoch's."""
    try:
        settings = json.loads((run / "settings.json").read_text())
        state = torch.load(run / "checkpoint.pt", map_location="cpu", weights_only=True)
    except FileNotFoundError as error:
        raise LabError(
            f"{error.filename}: no such run. Train first: scorebridge-lab papers train"
        ) from None
    weights = (state.get(k) for k in ("final", "best", "averaged", "model"))
    return settings, next(w for w in weights if w)


def load_paper_pair(run: Path) -> tuple[dict[str, Any], PaperPair]:
    """Settings and pair of a run of one of the papers' models. Raises LabError for others."""
    settings, state = read_state(run)
    if settings.get("kind") != "paper":
        raise LabError(f"{run}: not a run of one of the papers' models")
    stored: dict[str, Any] = settings["run"]["shape"]
    values: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in stored.items()}
    pair = PaperPair(Shape(**values))
    pair.load_state_dict(state)
    return settings, pair.eval()


def load_encoder_weights(pair: nn.Module, side: Side, run: Path) -> None:
    """Loads the convolutions of a pre-trained encoder into a pair; its projection head is dropped.

    Raises LabError where the run is another side's or another network's.
    """
    settings, state = read_state(run)
    if settings.get("kind") != "simclr" or settings["run"]["side"] != side:
        raise LabError(f"{run}: not a pre-training of the {side} encoder")
    prefix = "encoder.features."
    features = {k[len(prefix) :]: v for k, v in state.items() if k.startswith(prefix)}
    try:
        getattr(pair, side).features.load_state_dict(features)
    except RuntimeError as error:
        raise LabError(f"{run}: made for another network ({str(error).splitlines()[0]})") from None
