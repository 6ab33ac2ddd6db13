"""`scorebridge-lab train`: our pair of encoders, and the networks that read pages."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from functools import partial
from pathlib import Path
from typing import Annotated, Any, Literal

from cyclopts import App, Parameter

from scorebridge.errors import UsageError
from scorebridge_lab.cli.shared import console
from scorebridge_lab.training.packed_sources import PACKED, is_held_out, packed_folders

app = App(name="train", help="Train the pair of encoders, or a network that reads pages.")


@Parameter(name="*")
@dataclass(frozen=True)
class Budget:
    """How long a training runs, and how it begins."""

    steps: int | None = None
    """At most so many batches; a rate that would wait for a flat score falls by half a cosine
    within them. By default the run's own schedule."""
    minutes: float | None = None
    """Stop after so long (the checkpoint stays)."""
    seed: int = 1
    """Of everything that is drawn at random."""
    compiled: Annotated[bool, Parameter(name="--compile", negative=())] = False
    """Compile the networks first, with a C++ compiler; for processors without bfloat16."""

    @property
    def limit_s(self) -> float:
        """Seconds after which training stops."""
        return self.minutes * 60 if self.minutes else math.inf


@Parameter(name="*")
@dataclass(frozen=True)
class NetworkShape:
    """Size of both encoders; by default that of `--start`, else that of what ships."""

    dim: int | None = None
    """Dimensions of a vector."""
    mixing: int | None = None
    """Blocks of self-attention."""
    channels: Annotated[tuple[int, ...], Parameter(consume_multiple=True, negative=())] = ()
    """Widths of the six convolutions."""

    def given(self) -> dict[str, object]:
        """The sizes that are given, by name."""
        return {name: value for name, value in asdict(self).items() if value not in (None, ())}


@app.default
def pair(
    run: Path,
    *,
    start: Path | None = None,
    follow: Annotated[bool, Parameter(negative=())] = False,
    phase: Literal["first", "more", "ensembles", "fine"] = "first",
    data: Annotated[tuple[str, ...], Parameter(consume_multiple=True, negative=())] = PACKED,
    shape: NetworkShape = NetworkShape(),
    budget: Budget = Budget(),
) -> int:
    """Train the pair of encoders on packed data; started again, it goes on where it was.

    On several GPUs: `torchrun --nproc-per-node 4 -m scorebridge_lab train RUN`. The models of the
    papers: `scorebridge-lab papers train NAME`.

    Parameters
    ----------
    run
        Folder of the run.
    start
        A run, or a shipped model (by folder or name), whose weights a new run begins with. It
        may be smaller, but for the last convolution.
    follow
        Read the data again at every validation, while a build is still adding to it.
    phase
        First from nothing; the others, with `start`, go on from what is trained: more for long,
        ensembles on pieces of every scoring (`data ensembles`), fine for a short end that
        separates neighbouring notes.
    data
        Packed sources to train on, by their folders' names in the lab's home or by path.
    """
    from scorebridge.encode.encoder import MODELS
    from scorebridge_lab.dataset.pairs import read_packed
    from scorebridge_lab.nets.checkpoints import load_pair
    from scorebridge_lab.training.pair import PHASES, train

    if phase != "first" and start is None:
        raise UsageError(f"--phase {phase}: name what it goes on from with --start.")
    settings, strength = PHASES[phase]
    settings = replace(settings, seed=budget.seed, compiled=budget.compiled)
    if budget.steps is not None:
        settings = replace(settings, steps=budget.steps)
    folders = packed_folders(data)
    if start is not None and not start.is_dir() and (MODELS / start).is_dir():
        start = MODELS / start
    if start is not None:
        begun = load_pair(start)
        inherited = {name: getattr(begun, name) for name in ("dim", "mixing", "channels")}
        settings = replace(settings, **inherited)
    settings = replace(settings, **shape.given())

    def read(held_out: bool) -> list:
        return [p for p in read_packed(folders) if is_held_out(p.name) == held_out]

    result = train(
        read(False),
        read(True),
        run,
        settings,
        strength,
        budget.limit_s,
        start=start,
        reload=(lambda: read(False)) if follow else None,
    )
    weights = sum(p.numel() for p in result.parameters())
    console.print(f"trained: {run} ({weights:,} weights)", markup=False)
    return 0


@app.command
def barlines(
    target: Path | None = None, *, of: Literal["pair", "staff"] = "pair", seed: int = 1
) -> int:
    """Train a barline classifier on engraved, degraded pages, and ship it.

    Parameters
    ----------
    target
        Folder for the network and its card (default: where pages are read with it).
    of
        Of a pair of staves, as a piano's; or of a single staff, on the stored pages of every
        scoring (`scorebridge-lab data pages`).
    seed
        Of everything that is drawn at random.
    """
    if of == "staff":
        return _staff_barlines(target, seed)
    from scorebridge_lab.export.barline_network import ship
    from scorebridge_lab.home import home
    from scorebridge_lab.training.barline_training import BarlineSettings, run

    settings, cache = BarlineSettings(seed=seed), home() / "page-views"
    return _shipped(ship, run(settings, cache, console.print), target)


@app.command
def digits(target: Path | None = None, *, seed: int = 1) -> int:
    """Train the digit classifier on numbers drawn into engraved, degraded pages, and ship it.

    Parameters
    ----------
    target
        Folder for the network and its card (default: where pages are read with it).
    seed
        Of everything that is drawn at random.
    """
    from scorebridge_lab.export.digit_network import ship
    from scorebridge_lab.home import home
    from scorebridge_lab.training.digit_training import DigitSettings, run

    settings, cache = DigitSettings(seed=seed), home() / "digit-views"
    return _shipped(ship, run(settings, cache, console.print), target)


@app.command
def direction(target: Path | None = None, *, seed: int = 1) -> int:
    """Train the network that distinguishes upright music from music upside down, and ship it.

    It trains on the stored pages of every scoring (`scorebridge-lab data pages`).

    Parameters
    ----------
    target
        Folder for the network and its card (default: where pages are read with it).
    seed
        Of everything that is drawn at random.
    """
    from scorebridge_lab.dataset.engraved_pages import stored
    from scorebridge_lab.export.direction_network import ship
    from scorebridge_lab.home import home
    from scorebridge_lab.training.direction_training import DirectionSettings, run

    settings, cache = DirectionSettings(seed=seed), home() / "direction-views"
    return _shipped(ship, run(settings, stored("train"), cache, console.print), target)


def _staff_barlines(target: Path | None, seed: int) -> int:
    from scorebridge_lab.dataset.engraved_pages import stored
    from scorebridge_lab.export.barline_network import ship
    from scorebridge_lab.home import home
    from scorebridge_lab.training.staff_barline_training import StaffBarlineSettings, run

    settings, cache = StaffBarlineSettings(seed=seed), home() / "staff-views"
    made = run(settings, stored("train"), stored("judge"), cache, console.print)
    named = partial(ship, name="staff_barlines", card_name="staff_barlines.json")
    return _shipped(named, made, target, "judged")


def _shipped(
    ship: Callable[[Any, Path, dict[str, Any]], None],
    made: tuple[Any, dict[str, Any]],
    target: Path | None,
    figures: str = "held out",
) -> int:
    """Ship a network that reads pages, and print `figures` of its card."""
    from scorebridge.score.barline_classifier import NETWORK

    net, card = made
    ship(net, target or NETWORK.parent, card)
    console.print(card[figures])
    return 0
