"""`scorebridge-lab papers`: data, training, evaluation and shipping of the papers' models.

Each command opens, calls and prints; torch is imported when one is called.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter

from scorebridge.errors import UsageError
from scorebridge_lab.cli.shared import AsJson, console, print_json, print_made, print_rows
from scorebridge_lab.cli.train import Budget
from scorebridge_lab.training.packed_sources import PACKED, packed_folders

app = App(name="papers", help="Train and evaluate the models of the five papers.")
DEFAULT = Budget()
SetName = Literal["msmd", "mozart", "nottingham"]


@app.command(name="list")
def list_() -> int:
    """Print the names of all runs and pre-trainings."""
    from scorebridge_lab.papers.settings import PRETRAININGS, RUNS

    console.print("\n".join([*RUNS, *PRETRAININGS]), markup=False, highlight=False)
    return 0


@app.command
def data(*sets: SetName, workers: int = 2, limit: int = 0) -> int:
    """Play and pack the papers' data sets (after `data msmd`; Nottingham engraves itself).

    Parameters
    ----------
    sets
        By default all.
    workers
        Processes.
    limit
        At most so many pieces of each are made; 0 for all.
    """
    from scorebridge_lab.papers.data import SETS, build, folder_of

    for name in sets or SETS:
        failures, folder = build(name, workers, limit), folder_of(name)
        print_made(len(list(folder.glob("*.npz"))), failures, folder)
    return 0


@app.command
def unlabelled(
    *sides: Literal["sheet", "audio"],
    more: Path | None = None,
    workers: int = 2,
    limit: int = 0,
) -> int:
    """Make unlabelled pages and recordings for `papers pretrain`.

    Parameters
    ----------
    sides
        By default both.
    more
        A folder of your own scans or recordings, added to what is here.
    workers
        Processes.
    limit
        At most so many documents of each are made; 0 for all.
    """
    from scorebridge_lab.papers.unlabelled import build, folder_of

    if more is not None and not more.is_dir():
        raise UsageError(f"{more}: no such folder")
    for side in sides or ("sheet", "audio"):
        failures, folder = build(side, more, workers, limit), folder_of(side)
        print_made(len(list(folder.glob("*.npy"))), failures, folder)
    return 0


@app.command
def pretrain(
    name: Literal["p5-audio", "p5-sheet"],
    run: Path | None = None,
    *,
    budget: Budget = DEFAULT,
) -> int:
    """Pre-train one encoder on unlabelled pages or recordings (SimCLR, P5).

    Parameters
    ----------
    name
        Of the pre-training.
    run
        Folder of the run; by default runs/NAME in the lab's home.
    """
    from scorebridge_lab.home import home
    from scorebridge_lab.papers.pretrain import SimclrTask
    from scorebridge_lab.papers.settings import pretraining_named
    from scorebridge_lab.papers.unlabelled import read
    from scorebridge_lab.training.loop import fit
    from scorebridge_lab.training.schedule import within_budget

    settings = replace(pretraining_named(name), seed=budget.seed)
    task = SimclrTask(settings, read(settings.side))
    out = run or home() / "runs" / name
    loop = replace(within_budget(task.loop(), budget.steps), compiled=budget.compiled)
    fit(task, out, loop, budget.limit_s)
    console.print(f"pre-trained: {out}", markup=False)
    return 0


@app.command
def train(
    name: str,
    run: Path | None = None,
    *,
    start: Path | None = None,
    audio: Path | None = None,
    sheet: Path | None = None,
    batch: int | None = None,
    optimiser: Literal["muon", "adamw", "adam", "sgd"] | None = None,
    rate: float | None = None,
    budget: Budget = DEFAULT,
) -> int:
    """Train a paper's model; started again, it goes on where it was.

    On several GPUs: `torchrun --nproc-per-node 4 -m scorebridge_lab papers train p5-bl-a-s`.

    Parameters
    ----------
    name
        Of the run, see `papers list`.
    run
        Folder of the run; by default runs/NAME in the lab's home.
    start
        A run whose weights a new run begins with.
    audio
        Folder of the audio encoder's pre-training, for p5-bl-a and the like; by default
        runs/p5-audio in the lab's home.
    sheet
        Folder of the sheet encoder's pre-training; by default runs/p5-sheet.
    batch
        Pairs in a batch, in place of the paper's.
    optimiser
        In place of the paper's. Muon at a rate of 0.015 needs a small part of the pairs.
    rate
        Peak learning rate, in place of the paper's.
    """
    from scorebridge_lab.home import home
    from scorebridge_lab.papers.data import read_part
    from scorebridge_lab.papers.settings import Side, run_named
    from scorebridge_lab.papers.task import PaperTask, read_state
    from scorebridge_lab.training.loop import fit
    from scorebridge_lab.training.schedule import within_budget

    changes = {"batch": batch, "optimiser": optimiser, "learning_rate": rate, "seed": budget.seed}
    given_changes = {key: value for key, value in changes.items() if value is not None}
    settings = replace(run_named(name), **given_changes)
    out = run or home() / "runs" / name
    given: dict[Side, Path | None] = {"audio": audio, "sheet": sheet}
    encoders: dict[Side, Path] = {
        s: given[s] or home() / "runs" / f"p5-{s}" for s in settings.pretrained
    }
    valid = read_part(settings, "valid", (settings.test_performance,))
    task = PaperTask(settings, read_part(settings, "train"), valid, encoders)
    if start is not None:
        task.model.load_state_dict(read_state(start)[1])
    loop = replace(within_budget(task.loop(), budget.steps), compiled=budget.compiled)
    fit(task, out, loop, budget.limit_s)
    console.print(f"trained: {out}", markup=False)
    return 0


@app.command
def evaluate(
    run: Path,
    *,
    table: Literal["snippets", "pieces", "alignment"] = "snippets",
    candidates: int | None = None,
    as_json: AsJson = False,
) -> int:
    """Evaluate a run on its own test set with its own windows: the table that its paper prints.

    Parameters
    ----------
    run
        Its folder, or its name.
    table
        Snippets (P1 2, P2 2, P3 3, P5 1), pieces (P2 3, P3 4, P5 2), alignment (P2 figure 7).
    candidates
        Pairs among which snippets are searched; by default the paper's number.
    """
    from scorebridge_lab.home import run_folder
    from scorebridge_lab.papers import evaluate as figures

    settings, pair = figures.load_run(run_folder(run))
    test = figures.test_pieces(settings)
    title = f"{settings.name}, {len(test)} test pieces"
    if table == "alignment":
        error = figures.alignment(pair, test)
        if as_json:
            print_json({"title": title, **vars(error)})
        else:
            console.print(
                f"{title}: median error in page widths, linear {error.linear:.3f},"
                f" DTW {error.dtw:.3f} ({error.places} places)"
            )
        return 0
    if table == "pieces":
        rows = figures.pieces(settings, pair, test)
    else:
        rows = figures.snippets(settings, pair, test, candidates)
    print_rows(title, rows, as_json)
    return 0


@app.command
def ship(
    run: Path,
    target: Path,
    *,
    name: str,
    about: Path | None = None,
    eight_bits: Annotated[bool, Parameter(negative=())] = False,
    data: Annotated[tuple[str, ...], Parameter(consume_multiple=True, negative=())] = PACKED,
) -> int:
    """Export a run whose windows fit ours as an encoder that the product loads.

    Parameters
    ----------
    run
        Its folder, or its name.
    target
        Folder of the encoder.
    name
        Of the encoder.
    about
        JSON added to the card.
    eight_bits
        Products in whole numbers of 8 bits.
    data
        Packed sources whose windows set the ranges of those.
    """
    from scorebridge_lab.export.eight_bit import training_windows
    from scorebridge_lab.home import run_folder
    from scorebridge_lab.papers.ship import ship as export

    windows = training_windows(packed_folders(data)) if eight_bits else None
    facts = json.loads(about.read_text()) if about else {}
    export(run_folder(run), target, name, facts, windows)
    console.print(f"shipped: {target}", markup=False)
    return 0
