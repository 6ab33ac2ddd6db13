"""The commands of `scorebridge lab` around encoders: papers' data, train, pretrain, ship, judge.

`cli.py` mounts them. Each opens, calls and prints; torch is imported when one is called.
"""

from __future__ import annotations

import json
import math
import zlib
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from scorebridge.errors import LabError, UsageError

if TYPE_CHECKING:
    from scorebridge.lab.evaluate.model import Figure

PACKED = ("polish", "lieder", "mutopia", "msmd-train")  # packed sources, where they are there
console = Console()
Compiled = Annotated[bool, Parameter(name="--compile", negative=())]
AsJson = Annotated[bool, Parameter(name="--json", negative=(), help="Print JSON.")]


def need_train() -> None:
    """Raise LabError where the extra is missing."""
    try:
        import torch  # noqa: F401
    except ImportError:
        raise LabError(
            "The lab needs the extra `train`: pip install 'scorebridge[train]'"
        ) from None


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
        settings = replace(run_named(what), seed=seed)
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


def is_run(model: str) -> bool:
    """Whether `--model` names the folder of a papers' run."""
    settings = Path(model) / "settings.json"
    try:
        return json.loads(settings.read_text()).get("kind") == "paper"
    except (OSError, ValueError):
        return False


def paper(
    run: Path,
    *,
    table: Literal["snippets", "pieces", "alignment"] = "snippets",
    candidates: int | None = None,
    as_json: AsJson = False,
) -> int:
    """A papers' run on its own test set with its own windows: the table that its paper prints.

    Parameters
    ----------
    run : its folder, or its name.
    table : snippets (P1 2, P2 2, P3 3, P5 1), pieces (P2 3, P3 4, P5 2), alignment (P2 figure 7).
    candidates : pairs among which snippets are searched; by default the paper's number.
    """
    need_train()
    from scorebridge.lab.evaluate import model as evaluate_model
    from scorebridge.lab.home import run_folder

    settings, pair = evaluate_model.load_run(run_folder(run))
    test = evaluate_model.judged_pieces(settings)
    title = f"{settings.name}, {len(test)} test pieces"
    if table == "alignment":
        error = evaluate_model.alignment(pair, test)
        if as_json:
            print(json.dumps({"title": title, **vars(error)}, indent=1))
        else:
            console.print(
                f"{title}: median error in page widths, linear {error.linear:.3f},"
                f" DTW {error.dtw:.3f} ({error.places} places)"
            )
        return 0
    if table == "pieces":
        rows = evaluate_model.pieces(settings, pair, test)
    else:
        rows = evaluate_model.snippets(settings, pair, test, candidates)
    print_figures(title, rows, as_json)
    return 0


def with_interval(value: float, edges: tuple[float, float] | None) -> str:
    """A figure with its interval, where it has one."""
    return f"{value:.3f}" + (" ({:.3f}-{:.3f})".format(*edges) if edges else "")


def print_figures(
    title: str, rows: list[Figure], as_json: bool, extra: dict[str, str] | None = None
) -> None:
    """A table, or JSON with `extra` beside, of figures with their intervals."""
    if as_json:
        record = {"title": title, "rows": [r.asdict() for r in rows]}
        print(json.dumps(record | (extra or {}), indent=1))
        return
    table = Table("set", "", "queries", "R@1 / 5 / 10 / 25", "MRR (95 %)", "MR", title=title)
    for row in rows:
        f = row.figures
        recalls = " / ".join(f"{f[k]:.2f}" for k in ("r1", "r5", "r10", "r25"))
        mrr = with_interval(f["mrr"], f["mrr_95"])
        table.add_row(row.what, row.direction, f"{f['queries']}", recalls, mrr, f"{f['mr']:g}")
    console.print(table)


def robustness(
    *sweeps: Literal[
        "tempo",
        "noise",
        "reverberation",
        "detuning",
        "gain",
        "skew",
        "blur",
        "resolution",
        "staff size",
    ],
    model: str | None = None,
    pieces: int = 40,
    out: Path | None = None,
    as_json: AsJson = False,
) -> int:
    """MRR of an encoder against one disturbance of sound or page at a time (rebuilt MSMD test).

    Parameters
    ----------
    sweeps : all by default.
    pieces : so many of the 100 test pieces, evenly spaced.
    out : folder for a picture of each curve.
    """
    from scorebridge.encode import load_encoder
    from scorebridge.lab.data.mutopia import papers_test, read_pieces
    from scorebridge.lab.engrave.engraving import Engraving
    from scorebridge.lab.evaluate.robustness import SWEEPS, draw, measure
    from scorebridge.lab.home import home

    folder = home() / "engraved" / "msmd"
    paths = [folder / f"{p.name}.npz" for p in papers_test(read_pieces())]
    paths = [p for p in paths if p.exists()]
    if not paths:
        raise LabError(f"{folder}: no test pieces engraved. First: scorebridge lab data msmd test")
    step = max(1, len(paths) // pieces)
    material, encoder = [Engraving.load(p) for p in paths[::step][:pieces]], load_encoder(model)
    curves = {name: measure(encoder, material, name) for name in sweeps or SWEEPS}
    if out is not None:
        draw(curves, out)
    title = f"{encoder.name}, {len(material)} pieces"
    if as_json:
        rows = {name: [p.asdict() for p in points] for name, points in curves.items()}
        print(json.dumps({"encoder": encoder.name, "title": title, "curves": rows}, indent=1))
        return 0
    table = Table("disturbance", "value", "queries", "found", "A2S", "S2A", title=title)
    for name, points in curves.items():
        for p in points:
            unit = f"{p.value:g} {SWEEPS[name].unit}"
            table.add_row(
                *(name, unit, str(p.queries), f"{p.found:.2f}", f"{p.a2s:.3f}", f"{p.s2a:.3f}")
            )
    console.print(table)
    return 0


def vectors(
    *,
    model: str | None = None,
    candidates: int = 10_000,
    bank: str = "polish",
    as_json: AsJson = False,
) -> int:
    """What 8 bits, fewer axes and corrections against hubs do to snippet retrieval (MSMD test).

    Parameters
    ----------
    bank : packed source in the lab's home from which means, axes and hubs are learned.
    """
    from scorebridge.encode import is_paced, load_encoder
    from scorebridge.lab.data.msmd import msmd_set
    from scorebridge.lab.data.pairs import fixed_pairs, read_pieces
    from scorebridge.lab.evaluate.vectors import study
    from scorebridge.lab.home import home

    encoder, test = load_encoder(model), read_pieces([msmd_set("test")])
    others = read_pieces([home() / "packed" / bank])
    if not others:
        raise LabError(f"{home() / 'packed' / bank}: nothing packed there. First: lab data build")
    paced = is_paced(encoder)
    known_sheet, known_audio, _ = fixed_pairs(others, 2000, paced=paced)
    sheet, audio, owner = fixed_pairs(test, candidates, paced=paced)
    rows = study(
        encoder.sheet(sheet),
        encoder.audio(audio),
        owner,
        (encoder.sheet(known_sheet), encoder.audio(known_audio)),
    )
    title, extra = f"{encoder.name}, {len(test)} pieces, bank {bank}", {"encoder": encoder.name}
    print_figures(title, rows, as_json, extra)
    return 0
