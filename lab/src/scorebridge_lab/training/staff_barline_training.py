"""Trains the barline classifier of single staves.

    scorebridge-lab train barlines --of staff    # examples of all stored pages, training, the files

Examples come from the store of engraved pages (`dataset/engraved_pages.py`): those of its part
`train` are trained on, those of its part `judge` (other composers) judge. They are cached in
`staff-views/` in the lab's home, so a second call goes on where the first ended. Examples take
2 s a page, training ten minutes on a core.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray

from scorebridge_lab.dataset.staff_barline_examples import WEARS, StaffExamples, of_work
from scorebridge_lab.engrave.page_truth import load_meta
from scorebridge_lab.home import save_arrays
from scorebridge_lab.nets.barline_net import (
    STAFF_LAYERS,
    BarlineNet,
    Layers,
    ShippedBarlineNet,
)
from scorebridge_lab.training.barline_training import Fitting, figures, train
from scorebridge_lab.workers import run_isolated

TIME_LIMIT = 240.0  # s for the examples of one work
Classify = Callable[[NDArray[np.uint8]], NDArray]


@dataclass(frozen=True)
class StaffBarlineSettings(Fitting):
    """What decides a run."""

    rounds: int = 6
    easy: float = 0.2
    layers: Layers = STAFF_LAYERS
    odds: float = 0.3
    """Barlines to other candidates in print, about."""
    judged: int = 80
    """Works that judge, evenly drawn."""


def examples(
    stored: Sequence[Path],
    cache: Path,
    seed: int,
    judged: bool = False,
    log: Callable[[str], None] = lambda _: None,
) -> dict[str, list[StaffExamples]]:
    """Examples of stored works by their group; `cache` holds those that are made already."""

    def place(path: Path) -> Path:
        return cache / f"{'judge' if judged else 'train'}-{seed}-{path.name}"

    def one(path: Path) -> StaffExamples:
        return of_work(path, seed, judged)

    todo = [path for path in stored if not place(path).exists()]
    for path, made, error in run_isolated(one, todo, 1, TIME_LIMIT):
        if error is not None:
            log(f"{path.stem}: {error}")
            continue
        save_arrays(place(path), True, **made.__dict__)
        log(f"{path.stem}: {len(made)}")
    found: dict[str, list[StaffExamples]] = {}
    for path in stored:
        if place(path).exists():
            with np.load(place(path)) as data:
                part = StaffExamples(**{name: data[name] for name in data.files})
            found.setdefault(str(load_meta(path)["group"]), []).append(part)
    return found


def judged_figures(
    classify: Classify, unseen: dict[str, list[StaffExamples]]
) -> dict[str, dict[str, Any]]:
    """Figures by group of works and wear of the page.

    `found`: share of the barlines that have a candidate. Of the candidates: `precision` and
    `recall` at a probability of 0.5, and `recall_of_all`, the share of all barlines that are both
    found and taken for barlines. `staff_barlines` is n.
    """
    out: dict[str, dict[str, Any]] = {}
    every = StaffExamples.joined([part for parts in unseen.values() for part in parts])
    groups = {name: StaffExamples.joined(parts) for name, parts in unseen.items()}
    for name, group in {**groups, "all": every}.items():
        likely = np.concatenate(
            [np.zeros(0), *(classify(group.views[k : k + 512]) for k in range(0, len(group), 512))]
        )
        for number, wear in enumerate(WEARS):
            lines = group.line_wear == number
            own = group.wear == number
            if not lines.any():
                continue
            taken = own & (likely >= 0.5)
            met = np.unique(group.line[own & group.is_line])
            right = np.unique(group.line[taken & group.is_line])
            out[f"{name}, {wear}"] = {
                "staff_barlines": int(lines.sum()),
                "candidates": int(own.sum()),
                "found": round(len(met) / int(lines.sum()), 4),
                "recall": round(len(right) / max(1, len(met)), 4),
                "recall_of_all": round(len(right) / int(lines.sum()), 4),
                "precision": round(float(group.is_line[taken].mean()) if taken.any() else 1.0, 4),
            }
    return out


def run(
    settings: StaffBarlineSettings,
    known_works: Sequence[Path],
    unseen_works: Sequence[Path],
    cache: Path,
    log: Callable[[str], None],
) -> tuple[BarlineNet, dict[str, Any]]:
    """Makes examples, trains, evaluates on other composers; returns the network and its card.

    Raises LabError where there are too few examples.
    """
    by_group = examples(known_works, cache, settings.seed, log=log)
    step = max(1, len(unseen_works) // settings.judged)
    unseen = examples(unseen_works[::step], cache, settings.seed, True, log)
    known = StaffExamples.joined([part for parts in by_group.values() for part in parts])
    net = train(settings, known, log)
    classifier = ShippedBarlineNet(net).eval()

    def classify(views: NDArray[np.uint8]) -> NDArray:
        with torch.no_grad():
            return classifier(torch.from_numpy(views)).numpy()

    everything = StaffExamples.joined([part for parts in unseen.values() for part in parts])
    card = {
        "name": "staff-barlines-1",
        "what": "Whether an upright line on a single staff is a barline: views of 72 x 48 px at"
        " 6 px a staff space to a probability.",
        "weights": sum(p.numel() for p in net.parameters()),
        "licence": "Apache-2.0",
        "settings": asdict(settings),
        "works": {name: len(parts) for name, parts in by_group.items()},
        "examples": {"trained on": len(known), "barlines": int(known.is_line.sum())},
        "judging works": {name: len(parts) for name, parts in unseen.items()},
        "judged": figures(classify, everything),
        "judged by group": judged_figures(classify, unseen),
        "data": "pages of the store of engraved pages, part `train`: Polish scores (CC BY 4.0),"
        " OpenScore quartets and Lieder (CC0) and what else it holds; degraded here",
        "never trained on": "any scan, any photograph, the simulator of photographs; the composers"
        " that judge",
    }
    return net, card
