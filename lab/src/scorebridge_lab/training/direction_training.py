"""Trains the direction classifier.

    scorebridge-lab train direction          # examples of all stored pages, training, the files

Examples of each work are cached in `direction-views/` in the lab's home, so a second call goes on
where the first ended. They come from the part `train` of the store of engraved pages; one work in
eight is held out. Examples take half a second a page, training four minutes on a core.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from scorebridge.score.direction_classifier import VIEW_SIZE
from scorebridge_lab.dataset.direction_examples import KINDS, Examples, of_work
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import save_arrays
from scorebridge_lab.nets.direction_net import DirectionNet
from scorebridge_lab.training import page_examples

MIN_EXAMPLES = 200


@dataclass(frozen=True)
class DirectionSettings:
    """What decides a run."""

    seed: int = 1
    steps: int = 1000
    batch: int = 64
    """Views; each is also seen turned by 180 degrees."""
    between: float = 0.4
    """Share of the views that are from between the ends of staves."""
    bare: float = 0.08
    """Share of the views whose left or right part is blank, as where a staff begins without a
    clef."""
    smoothing: float = 0.02
    """Share of the truth that is withheld, so that no view is certain."""
    rate: float = 3e-3
    weight_decay: float = 0.01
    shift: int = 3
    """px by which views are moved at random, up, down and aside."""


def examples(
    stored: Sequence[Path],
    cache: Path,
    seed: int,
    log: Callable[[str], None] = lambda _: None,
) -> tuple[Examples, Examples]:
    """Examples to train on, and those held out; `cache` stores them by work."""
    parts: tuple[list[Examples], list[Examples]] = [], []
    for path in stored:
        place = cache / f"{seed}-{path.name}"
        if not place.exists():
            made = of_work(path, seed)
            save_arrays(place, True, **page_examples.arrays(made))
            log(f"{path.stem}: {len(made)}")
        part = page_examples.loaded(place, Examples)
        parts[page_examples.is_held_out(path.stem)].append(part)
    return Examples.joined(parts[0]), Examples.joined(parts[1])


def train(
    settings: DirectionSettings, known: Examples, log: Callable[[str], None] = lambda _: None
) -> DirectionNet:
    """A network trained on examples. Raises LabError where they are too few."""
    if len(known) < MIN_EXAMPLES:
        raise LabError(f"{len(known)} examples are too few to train on; {MIN_EXAMPLES} are needed.")
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    net = DirectionNet().train()
    optimiser = torch.optim.AdamW(
        net.parameters(), settings.rate, weight_decay=settings.weight_decay
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.rate, max(2, settings.steps))
    is_between = known.kind == KINDS.index("between")
    pools = [
        pool for pool in (np.flatnonzero(~is_between), np.flatnonzero(is_between)) if len(pool)
    ]
    started, total = time.monotonic(), 0.0
    for step in range(1, settings.steps + 1):
        inside = int((rng.random(settings.batch) < settings.between).sum())
        counts = (settings.batch - inside, inside) if len(pools) == 2 else (settings.batch,)
        rows = np.concatenate([rng.choice(p, n) for p, n in zip(pools, counts, strict=True)])
        views = torch.from_numpy(varied(known.views[rows], settings, rng))
        upright = torch.full((len(rows),), 1 - settings.smoothing)
        loss = functional.binary_cross_entropy_with_logits(net.log_odds(views), upright)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        schedule.step()
        total += float(loss.detach())
        if step % 250 == 0:
            log(f"step {step}: loss {total / 250:.4f}, {time.monotonic() - started:.0f} s")
            total = 0.0
    return net.eval()


def varied(
    views: NDArray[np.uint8], settings: DirectionSettings, rng: np.random.Generator
) -> NDArray[np.uint8]:
    """Views moved at random, some with a blank part; uint8 [n, VIEW_SIZE, VIEW_SIZE]."""
    moved = page_examples.varied(views, settings.shift, rng)
    for k in np.flatnonzero(rng.random(len(views)) < settings.bare):
        wide = int(rng.integers(5, VIEW_SIZE // 2))
        moved[k, :, :wide] = 0
        if rng.random() < 0.5:
            moved[k] = np.roll(moved[k], -wide, axis=1)
    return moved


def figures(
    log_odds: Callable[[NDArray[np.uint8]], NDArray[np.float32]], unseen: Examples
) -> dict[str, Any]:
    """Share of upright views that are known as such, by kind, and of pages by the sum of all."""
    if not len(unseen):
        return {}
    said = np.concatenate([log_odds(unseen.views[k : k + 512]) for k in range(0, len(unseen), 512)])
    pages = np.bincount(unseen.page, said)
    pages = pages[np.bincount(unseen.page) > 0]
    return {
        "views": len(unseen),
        "pages": len(pages),
        **{
            name: round(float((said[unseen.kind == k] > 0).mean()), 4)
            for k, name in enumerate(KINDS)
            if (unseen.kind == k).any()
        },
        "pages_wrong": int((pages <= 0).sum()),
    }


def run(
    settings: DirectionSettings,
    stored: Sequence[Path],
    cache: Path,
    log: Callable[[str], None],
) -> tuple[DirectionNet, dict[str, Any]]:
    """Makes examples, trains, evaluates on what was held out; returns the network and its card."""
    known, unseen = examples(stored, cache, settings.seed, log)
    net = train(settings, known, log)

    def log_odds(views: NDArray[np.uint8]) -> NDArray[np.float32]:
        with torch.no_grad():
            return net.log_odds(torch.from_numpy(views)).numpy()

    card = {
        "name": "direction-1",
        "what": "Whether music is upright or upside down: views of 60 x 60 px at 5 px a staff space"
        " to a score; the score less that of the turned view is the log-odds of upright.",
        "weights": sum(p.numel() for p in net.parameters()),
        "licence": "Apache-2.0",
        "settings": asdict(settings),
        "works": len(stored),
        "examples": len(known),
        "held out": figures(log_odds, unseen),
        "data": "The store of engraved pages, part train: Polish scores of all scorings (CC BY 4.0)"
        " and others that may train, engraved and degraded here",
        "never trained on": "any scan, any photograph, the simulator of photographs, composers set"
        " aside",
    }
    return net, card
