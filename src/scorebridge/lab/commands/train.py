"""The commands of `scorebridge lab` around encoders: papers' data, train, pretrain, ship.

`cli.py` mounts them. Each opens, calls and prints; torch is imported when one is called.
"""

from __future__ import annotations

import json
import math
import zlib
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from scorebridge.errors import UsageError
from scorebridge.lab.commands.shared import console, need_train

PACKED = ("polish", "lieder", "mutopia", "msmd-train")  # packed sources, where they are there
Compiled = Annotated[bool, Parameter(name="--compile", negative=())]


def held_out(name: str) -> bool:
    """Whether a training source's piece is kept for validation (one in 40)."""
    return zlib.crc32(name.encode()) % 40 == 0


def packed_folders(data: tuple[str, ...]) -> list[Path]:
    """Packed sources by their names in the lab's home, or by path. Raises UsageError where one that
    is named is missing; of all by default, those that are there."""
    from scorebridge.lab.home import home

    folders = [Path(name) if Path(name).is_dir() else home() / "packed" / name for name in data]
    missing = [str(f) for f in folders if not f.is_dir()]
    if missing and data != PACKED:
        raise UsageError(
            f"{', '.join(missing)}: no packed source there. `lab data build` makes it."
        )
    return folders


def train(
    what: str,
    run: Path | None = None,
    *,
    steps: int | None = None,
    minutes: float | None = None,
    batch: int | None = None,
    optimiser: Literal["muon", "adamw", "adam", "sgd"] | None = None,
    rate: float | None = None,
    start: Path | None = None,
    follow: bool = False,
    phase: Literal["first", "more", "fine"] = "first",
    seed: int = 1,
    data: Annotated[tuple[str, ...], Parameter(consume_multiple=True)] = PACKED,
    net: Literal["compact", "strip"] = "compact",
    dim: int | None = None,
    mixing: int | None = None,
    channels: Annotated[tuple[int, ...], Parameter(consume_multiple=True)] = (),
    audio: Path | None = None,
    sheet: Path | None = None,
    compiled: Compiled = False,
) -> int:
    """Train one of the papers' models by name, or ours; started again, it goes on where it was.

    `lab train p5-bl-a-s` trains a paper's model (`lab train list` prints the names);
    `lab train FOLDER` trains the compact pair that ships, on all packed data. On several GPUs:
    `torchrun --nproc-per-node 4 -m scorebridge lab train p5-bl-a-s`.

    Parameters
    ----------
    what : a run's name, or for our pair the folder of the run.
    run : folder of a named run; by default runs/NAME in the lab's home.
    steps : at most so many batches (ours: 8000; the papers': their own schedule); a rate that
        would wait for a flat score falls by half a cosine within them.
    minutes : stop after so long (the checkpoint stays).
    batch, optimiser, rate : of a paper's run, for a budget that its own would not use well.
    start : a run (or for ours a shipped model, by folder or name) whose weights a new run
        begins with.
    follow : ours: read the data anew at every evaluation, while a build is still adding to it.
    phase : ours: first from nothing; more and fine, with `start`, go on from what is trained:
        more for long, fine for a short end that tells neighbouring notes apart.
    data : ours: packed sources to train on, by their folders' names in the lab's home or by path.
    net : ours: compact, or strip, whose encoders read a whole strip in one pass.
    dim, mixing, channels : ours: numbers of a vector, blocks of self-attention and widths of the
        six convolutions in each encoder; by default those of `start`, else 128, one and those of
        what ships. `start` may be smaller, but for the last convolution.
    audio, sheet : folders of the pre-trainings that p5-bl-a and its sisters start from; by
        default runs/p5-audio and runs/p5-sheet in the lab's home.
    compiled : compile the networks first, with a C++ compiler; try it where the processor has no
        bfloat16.
    """
    need_train()
    from scorebridge.lab.ours import PHASES
    from scorebridge.lab.papers.settings import RUNS, run_named

    limit_s = minutes * 60 if minutes else math.inf
    if what == "list":
        console.print("\n".join(RUNS), markup=False, highlight=False)
        return 0
    if what in RUNS or run is not None:
        given = {"audio": audio, "sheet": sheet}
        changes = {"batch": batch, "optimiser": optimiser, "learning_rate": rate, "seed": seed}
        given_changes = {name: value for name, value in changes.items() if value is not None}
        settings = replace(run_named(what), **given_changes)
        return _train_paper(settings, run, steps, limit_s, start, given, compiled)
    if phase != "first" and start is None:
        raise UsageError(f"--phase {phase}: name what it goes on from with --start.")
    settings, strength = PHASES[phase]
    settings = replace(settings, seed=seed, net=net, compiled=compiled)
    if net == "strip":
        settings = replace(settings, mixing=0)  # it has no such blocks
    if steps is not None:
        settings = replace(settings, steps=steps)
    shape = {"dim": dim, "mixing": mixing, "channels": channels or None}
    return _train_ours(Path(what), settings, strength, shape, data, limit_s, start, follow)


def _train_paper(settings, run, steps, limit_s, start, given, compiled) -> int:
    from scorebridge.lab.home import home
    from scorebridge.lab.papers.data import read_part
    from scorebridge.lab.papers.task import PaperTask, read_state
    from scorebridge.lab.train import fit, within

    out = run or home() / "runs" / settings.name
    encoders = {s: given[s] or home() / "runs" / f"p5-{s}" for s in settings.pretrained}
    valid = read_part(settings, "valid", (settings.test_performance,))
    task = PaperTask(settings, read_part(settings, "train"), valid, encoders)
    if start is not None:
        task.model.load_state_dict(read_state(start)[1])
    fit(task, out, replace(within(task.loop(), steps), compiled=compiled), limit_s)
    console.print(f"trained: {out}")
    return 0


def _train_ours(run, settings, strength, shape, data, limit_s, start, follow) -> int:
    from scorebridge.encode import MODELS
    from scorebridge.lab.data.pairs import read_pieces
    from scorebridge.lab.ours import train as train_pair
    from scorebridge.lab.ship import load_pair

    folders = packed_folders(data)
    if start is not None and not start.is_dir() and (MODELS / start).is_dir():
        start = MODELS / start
    begun = load_pair(start) if start is not None else None
    inherited = {name: getattr(begun, name) for name in shape} if begun else {}
    given = {name: value for name, value in shape.items() if value is not None}
    settings = replace(settings, **inherited | given)

    def read(want_valid: bool) -> list:
        # One piece in 40 is held out by its name's checksum.
        return [p for p in read_pieces(folders) if held_out(p.name) == want_valid]

    reload = (lambda: read(False)) if follow else None
    result = train_pair(
        read(False), read(True), run, settings, strength, limit_s, start=start, reload=reload
    )
    console.print(f"trained: {run} ({sum(p.numel() for p in result.parameters()):,} weights)")
    return 0


def pretrain(
    name: Literal["p5-audio", "p5-sheet"],
    run: Path | None = None,
    *,
    steps: int | None = None,
    minutes: float | None = None,
    seed: int = 1,
    compiled: Compiled = False,
) -> int:
    """Pre-train one encoder on unlabelled pages or recordings (SimCLR, P5).

    Parameters
    ----------
    run : folder of the run; by default runs/NAME in the lab's home.
    steps : at most so many batches.
    minutes : stop after so long (the checkpoint stays).
    compiled : see `lab train`.
    """
    need_train()
    from scorebridge.lab.home import home
    from scorebridge.lab.papers.settings import pretraining_named
    from scorebridge.lab.papers.unlabelled import read
    from scorebridge.lab.pretrain import SimclrTask
    from scorebridge.lab.train import fit, within

    settings = replace(pretraining_named(name), seed=seed)
    task = SimclrTask(settings, read(settings.side))
    out = run or home() / "runs" / name
    loop = replace(within(task.loop(), steps), compiled=compiled)
    fit(task, out, loop, minutes * 60 if minutes else math.inf)
    console.print(f"pre-trained: {out}")
    return 0


def ship(
    run: Path,
    target: Path,
    *,
    name: str,
    about: Path | None = None,
    also: Annotated[tuple[Path, ...], Parameter(consume_multiple=True)] = (),
    eight_bits: Annotated[bool, Parameter(negative=())] = False,
    data: Annotated[tuple[str, ...], Parameter(consume_multiple=True)] = PACKED,
) -> int:
    """Export a run (its folder, or name) as an encoder that `scorebridge` loads.

    Parameters
    ----------
    about : JSON added to the card.
    also : further runs of our pair; what ships is the mean of all their weights.
    eight_bits : products in whole numbers of 8 bits, two to three times as fast on processors.
    data : packed sources whose windows set the ranges of those, as for `lab train`.
    """
    need_train()
    from scorebridge.lab.eight_bit import training_windows
    from scorebridge.lab.home import run_folder
    from scorebridge.lab.ship import ship as export

    windows = training_windows(packed_folders(data)) if eight_bits else None
    card = json.loads(about.read_text()) if about else {}
    others = [run_folder(other) for other in also]
    export(run_folder(run), target, name, card, windows, others)
    console.print(f"shipped: {target}")
    return 0


def card(model: Path, *files: Path) -> int:
    """Put figures into an encoder's card: what `lab evaluate ... --json` printed, a file each.

    Parameters
    ----------
    model : folder of the encoder.
    files : the card names figures by the file's name without its suffix.
    """
    from scorebridge.lab.card import add_figures

    add_figures(model, files)
    console.print(f"{model / 'card.json'}: {len(files)} evaluations")
    return 0


def papers(*sets: Literal["msmd", "mozart", "nottingham"], workers: int = 2, limit: int = 0) -> int:
    """Play and pack the papers' data sets (after `lab data msmd`; Nottingham engraves itself).

    Parameters
    ----------
    limit : at most so many pieces of each are made (0: all).
    """
    from scorebridge.lab.papers.data import SETS, build, folder_of

    for name in sets or SETS:
        _report(build(name, workers, limit), folder_of(name))
    return 0


def unlabelled(
    *sides: Literal["sheet", "audio"],
    more: Path | None = None,
    workers: int = 2,
    limit: int = 0,
) -> int:
    """Make unlabelled pages and recordings for `lab pretrain`.

    Parameters
    ----------
    more : a folder of your own scans or recordings, added to what is here.
    limit : at most so many documents of each are made (0: all).
    """
    need_train()
    from scorebridge.lab.papers.unlabelled import build, folder_of

    if more is not None and not more.is_dir():
        raise UsageError(f"{more}: no such folder")
    for side in sides or ("sheet", "audio"):
        _report(build(side, more, workers, limit), folder_of(side))
    return 0


def _report(failures: dict[str, str], folder: Path) -> None:
    made = sum(1 for p in folder.glob("*") if p.suffix in (".npz", ".npy"))
    console.print(f"{made} in {folder}, {len(failures)} failed", highlight=False)
    for name, cause in sorted(failures.items()):
        console.print(f"  {name}: {cause[:160]}", markup=False, highlight=False)
