"""Trains the barline classifier.

    scorebridge-lab train barlines           # examples of 94 works, training, the shipped files

Examples of each work are cached in `page-views/` in the lab's home, so a second call goes on
where the first ended. One work in eight is held out. Examples take 15 s a work, training
six minutes on a core.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Protocol

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from scorebridge_lab.dataset.barline_examples import Examples, make
from scorebridge_lab.errors import LabError
from scorebridge_lab.nets.barline_net import LAYERS, BarlineNet, Layers, ShippedBarlineNet
from scorebridge_lab.sources.work import Work
from scorebridge_lab.training.page_examples import cached_examples, chosen, is_held_out, varied

MIN_EXAMPLES = 200
EASY = 0.2  # error of a probability below which an example counts as easy


@dataclass(frozen=True)
class Fitting:
    """How a network is fitted to examples."""

    seed: int = 1
    rounds: int = 5
    """Times that every example is seen."""
    batch: int = 128
    odds: float = 4.0
    """Barlines to other candidates in print, about."""
    rate: float = 3e-3
    weight_decay: float = 0.01
    shift: int = 2
    """px by which views are moved at random, up, down and aside."""
    easy: float = 1.0
    """Share of the easy examples that a round takes, each then weighing more."""
    layers: Layers = LAYERS


@dataclass(frozen=True)
class BarlineSettings(Fitting):
    """What decides a run."""

    works: tuple[tuple[str, int], ...] = (("polish", 45), ("lieder", 45), ("mutopia", 4))
    """Source and number of its works, evenly drawn."""


def examples(
    settings: BarlineSettings,
    cache: Path,
    callback: Callable[[Work, Examples], None] = lambda *_: None,
) -> tuple[Examples, Examples, dict[str, int]]:
    """Examples to train on, those held out, and works by source; `cache` stores them by work."""
    works = chosen(settings.works)
    parts: tuple[list[Examples], list[Examples]] = [], []
    counts: dict[str, int] = {}
    for work, part in cached_examples(works, cache, settings.seed, Examples, make, callback):
        parts[is_held_out(work.name)].append(part)
        counts[work.source] = counts.get(work.source, 0) + 1
    return Examples.joined(parts[0]), Examples.joined(parts[1]), counts


class Labelled(Protocol):
    """Views, uint8 [n, height, width], and whether each is a barline, [n]."""

    @property
    def views(self) -> NDArray[np.uint8]: ...
    @property
    def is_line(self) -> NDArray[np.bool_]: ...
    def __len__(self) -> int: ...


def train(
    settings: Fitting, known: Labelled, log: Callable[[str], None] = lambda _: None
) -> BarlineNet:
    """A network trained on examples. Raises LabError where they are too few."""
    if len(known) < MIN_EXAMPLES:
        raise LabError(f"{len(known)} examples are too few to train on; {MIN_EXAMPLES} are needed.")
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    shape = (known.views.shape[1], known.views.shape[2])
    net = BarlineNet(shape, settings.layers).train()
    steps = settings.rounds * (len(known) // settings.batch)
    optimiser = torch.optim.AdamW(
        net.parameters(), settings.rate, weight_decay=settings.weight_decay
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.rate, max(2, steps))
    # Chords are drawn into the pages, so there are more of them than in print.
    odds = known.is_line.sum() / max(1, (~known.is_line).sum())
    balance = torch.tensor(float(settings.odds / max(odds, 1e-3)))
    started, batches = time.monotonic(), len(known) // settings.batch
    error = np.ones(len(known), np.float32)  # of each example when it was last seen
    for number in range(settings.rounds):
        chance = np.clip(error / EASY, settings.easy, 1)
        chosen = np.flatnonzero(rng.random(len(known)) < chance) if settings.easy < 1 else None
        order = rng.permutation(len(known)) if chosen is None else rng.permutation(chosen)
        total, count = 0.0, max(1, len(order) // settings.batch)
        for k in range(count):
            rows = order[k * settings.batch : (k + 1) * settings.batch]
            views = torch.from_numpy(varied(known.views[rows], settings.shift, rng))
            truth = torch.from_numpy(known.is_line[rows].astype(np.float32))
            said = net(views)
            loss = functional.binary_cross_entropy_with_logits(
                said,
                0.98 * truth + 0.01,
                torch.from_numpy((1 / chance[rows]).astype(np.float32)),
                pos_weight=balance,
            )
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            while schedule.last_epoch < number * batches + (k + 1) * batches // count:
                schedule.step()
            error[rows] = (torch.sigmoid(said.detach()) - truth).abs().numpy()
            total += float(loss.detach())
        taken = f"{len(order)} examples, " if settings.easy < 1 else ""
        mean, lasted = total / count, time.monotonic() - started
        log(f"round {number + 1}: {taken}loss {mean:.4f}, {lasted:.0f} s")
    return net.eval()


def figures(classify: Callable[[NDArray[np.uint8]], NDArray], unseen: Labelled) -> dict[str, Any]:
    """Errors of both kinds on examples, and the calibration error of the probabilities."""
    if not len(unseen):
        return {}
    parts = [classify(unseen.views[k : k + 512]) for k in range(0, len(unseen), 512)]
    likely = np.concatenate(parts)
    positive = likely >= 0.5
    error = 0.0
    for low in np.arange(0, 1, 0.1):
        inside = (likely >= low) & (likely < low + 0.1 + (low > 0.85))
        if inside.any():
            error += inside.mean() * abs(likely[inside].mean() - unseen.is_line[inside].mean())
    return {
        "examples": len(unseen),
        "barlines": int(unseen.is_line.sum()),
        "barlines_missed": int((~positive & unseen.is_line).sum()),
        "taken_for_barlines": int((positive & ~unseen.is_line).sum()),
        "calibration_error": round(float(error), 4),
    }


def run(
    settings: BarlineSettings, cache: Path, log: Callable[[str], None]
) -> tuple[BarlineNet, dict[str, Any]]:
    """Makes examples, trains, evaluates on what was held out; returns the network and its card."""
    known, unseen, counts = examples(
        settings, cache, lambda work, made: log(f"{work.source} {work.name}: {len(made)}")
    )
    net = train(settings, known, log)
    classifier = ShippedBarlineNet(net).eval()

    def classify(views: NDArray[np.uint8]) -> NDArray:
        with torch.no_grad():
            return classifier(torch.from_numpy(views)).numpy()

    card = {
        "name": "barlines-1",
        "what": "Whether an upright line on a page is a barline of a piano system: views of"
        " 96 x 48 px at 6 px a staff space to a probability.",
        "weights": sum(p.numel() for p in net.parameters()),
        "licence": "Apache-2.0",
        "settings": asdict(settings),
        "works": counts,
        "examples": {"trained on": len(known), "barlines": int(known.is_line.sum())},
        "held out": figures(classify, unseen),
        "data": "Polish keyboard scores (CC BY 4.0), OpenScore Lieder (CC0), Mutopia (public"
        " domain, CC BY, CC BY-SA; none reserved for evaluation), engraved and degraded here",
        "never trained on": "any scan, any photograph, the simulator of photographs",
    }
    return net, card
