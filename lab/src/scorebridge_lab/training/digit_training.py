"""Trains the digit classifier.

    scorebridge-lab train digits             # examples of 42 works, training, the shipped files

It needs the typefaces of `dataset/typefaces.py`. Examples of each work are cached in `digit-views/`
in the lab's home, so a second call goes on where the first ended. One work in eight is held out.
Examples take 8 s a work, training three minutes on a core.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch.nn import functional

from scorebridge.score.digits import NO_DIGIT
from scorebridge_lab.dataset.digit_examples import Examples, make, of_sheet
from scorebridge_lab.dataset.typefaces import PACKAGES, typefaces
from scorebridge_lab.errors import LabError
from scorebridge_lab.nets.digit_net import DigitNet, ShippedDigitNet
from scorebridge_lab.sources.work import Work
from scorebridge_lab.training.page_examples import (
    HELD_OUT,
    cached_examples,
    chosen,
    is_held_out,
    varied,
)

MIN_EXAMPLES = 500


@dataclass(frozen=True)
class DigitSettings:
    """What decides a run."""

    seed: int = 1
    works: tuple[tuple[str, int], ...] = (("polish", 28), ("lieder", 14))
    """Source and number of its works, evenly drawn."""
    sheets: int = 110
    """Sheets of numbers without music."""
    others: float = 1.0
    """Blobs that are no digit, for each digit; the rest is left out."""
    ones: int = 2
    """Times that each 1 is taken: many numbers begin with it, and it looks like a stem."""
    rounds: int = 5
    """Times that every example is seen."""
    batch: int = 192
    rate: float = 4e-3
    weight_decay: float = 0.01
    shift: int = 2
    """px by which views are moved at random, up, down and aside."""


def examples(
    settings: DigitSettings,
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
    for number in range(settings.sheets):
        parts[number % HELD_OUT == 0].append(of_sheet(settings.seed, number))
    return Examples.joined(parts[0]), Examples.joined(parts[1]), counts


def balanced(known: Examples, others: float, rng: np.random.Generator, ones: int = 1) -> Examples:
    """All digits of the examples, and up to `others` times as many blobs that are none.

    ones : times that each 1 is taken.
    """
    is_digit = known.labels != NO_DIGIT
    digits, rest = np.flatnonzero(is_digit), np.flatnonzero(~is_digit)
    digits = np.concatenate([digits, *[np.flatnonzero(known.labels == 1)] * (ones - 1)])
    rows = np.concatenate([digits, rng.permutation(rest)[: round(others * len(digits))]])
    return Examples(known.views[rows], known.labels[rows])


def train(
    settings: DigitSettings, known: Examples, log: Callable[[str], None] = lambda _: None
) -> DigitNet:
    """A network trained on examples. Raises LabError where they are too few."""
    if len(known) < MIN_EXAMPLES:
        raise LabError(f"{len(known)} examples are too few to train on; {MIN_EXAMPLES} are needed.")
    torch.manual_seed(settings.seed)
    rng = np.random.default_rng(settings.seed)
    known = balanced(known, settings.others, rng, settings.ones)
    net = DigitNet().train()
    steps = settings.rounds * (len(known) // settings.batch)
    optimiser = torch.optim.AdamW(
        net.parameters(), settings.rate, weight_decay=settings.weight_decay
    )
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, settings.rate, max(2, steps))
    started = time.monotonic()
    for number in range(settings.rounds):
        order = rng.permutation(len(known))
        total = 0.0
        for k in range(len(known) // settings.batch):
            rows = order[k * settings.batch : (k + 1) * settings.batch]
            views = torch.from_numpy(varied(known.views[rows], settings.shift, rng))
            truth = torch.from_numpy(known.labels[rows].astype(np.int64))
            loss = functional.cross_entropy(net(views), truth, label_smoothing=0.02)
            optimiser.zero_grad(set_to_none=True)
            loss.backward()
            optimiser.step()
            schedule.step()
            total += float(loss.detach())
        mean = total / (len(known) // settings.batch)
        log(f"round {number + 1}: loss {mean:.4f}, {time.monotonic() - started:.0f} s")
    return net.eval()


def figures(classify: Callable[[NDArray[np.uint8]], NDArray], unseen: Examples) -> dict[str, Any]:
    """Errors of each kind on examples."""
    if not len(unseen):
        return {}
    parts = [classify(unseen.views[k : k + 512]) for k in range(0, len(unseen), 512)]
    read = np.concatenate(parts).argmax(1)
    is_digit, taken = unseen.labels != NO_DIGIT, read != NO_DIGIT
    return {
        "examples": len(unseen),
        "digits": int(is_digit.sum()),
        "digits_missed": int((is_digit & ~taken).sum()),
        "digits_misread": int((is_digit & taken & (read != unseen.labels)).sum()),
        "taken_for_digits": int((~is_digit & taken).sum()),
    }


def run(
    settings: DigitSettings, cache: Path, log: Callable[[str], None]
) -> tuple[DigitNet, dict[str, Any]]:
    """Makes examples, trains, evaluates on what was held out; returns the network and its card."""
    known, unseen, counts = examples(
        settings, cache, lambda work, made: log(f"{work.source} {work.name}: {len(made)}")
    )
    net = train(settings, known, log)
    classifier = ShippedDigitNet(net).eval()

    def classify(views: NDArray[np.uint8]) -> NDArray:
        with torch.no_grad():
            return classifier(torch.from_numpy(views)).numpy()

    card = {
        "name": "digits-2",
        "what": "Which digit a blob of ink is, or none: views of 48 x 32 px, the blob 20 px high,"
        " to probabilities of 0 to 9 and of no digit.",
        "weights": sum(p.numel() for p in net.parameters()),
        "licence": "Apache-2.0",
        "settings": asdict(settings),
        "works": counts,
        "typefaces": {"files": len(typefaces()), "packages": list(PACKAGES)},
        "examples": {
            "trained on": len(known),
            "digits": int((known.labels != NO_DIGIT).sum()),
        },
        "held out": figures(classify, unseen),
        "data": "numbers in free typefaces, drawn here into Polish keyboard scores (CC BY 4.0) and"
        " OpenScore Lieder (CC0), engraved and degraded here",
        "never trained on": "any scan, any photograph, the simulator of photographs",
    }
    return net, card
