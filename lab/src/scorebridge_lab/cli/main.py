"""`scorebridge-lab ...`: make data, train, evaluate, ship. Needs the extra `train`."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Literal, get_args

import rich
from cyclopts import App
from rich.console import Console
from rich.table import Table

from scorebridge_lab.cli import evaluate as cli_evaluate
from scorebridge_lab.cli import train as cli_train
from scorebridge_lab.cli.shared import need_train
from scorebridge_lab.errors import LabError
from scorebridge_lab.workers import cause_of

app = App(name="lab", help="Make data, train encoders, evaluate them (extra: train).")
data_app = App(name="data", help="Build data sets from public sources.")
app.command(data_app)
app.command(cli_evaluate.app)
for command in (cli_train.train, cli_train.pretrain, cli_train.ship, cli_train.card):
    app.command(command)
data_app.command(cli_train.papers)
data_app.command(cli_train.unlabelled)
console = Console()
rich.reconfigure(stderr=True)  # progress, so that --json prints JSON alone
SetName = Literal["msmd-test", "scans-straight", "scans-human", "recordings", "bars", "crowd"]


def _report(failures: dict[str, str], made: int, folder: Path) -> int:
    console.print(f"{made} pieces in {folder}, {len(failures)} failed")
    for cause, count in Counter(cause_of(text) for text in failures.values()).most_common():
        console.print(f"  {count:4d} x {cause}", markup=False)
    return 0


@data_app.command(name="build")
def build_data(
    *sources: Literal["mutopia", "polish", "lieder", "songs", "nottingham"],
    folder: Path | None = None,
    workers: int = 2,
    limit: int = 0,
    performances: int = 3,
    editions: int = 1,
    lilypond: float = 0.0,
    library: float = 0.0,
    seed: int = 1,
    out: Path | None = None,
) -> int:
    """Engrave, play, record and pack the training world, one folder a source; goes on where it was.

    Parameters
    ----------
    sources : by default mutopia, polish and lieder. `songs` is the Lieder with their voice, on
        three staves; `nottingham` serves paper 1 alone.
    folder : instead, a folder of your own MusicXML, MEI, kern or LilyPond files.
    limit : only so many works of each.
    performances : of each edition.
    editions : engravings of each work, each in its own style; what is there already stays.
    lilypond : share of MusicXML works that LilyPond sets.
    library : share of works printed as libraries scan them, black and white and broad.
    out : folder of packed sources (default: `packed` in the lab's home).
    """
    from scorebridge_lab.dataset.world import World, build
    from scorebridge_lab.home import data, home
    from scorebridge_lab.sources.folder import works as works_in
    from scorebridge_lab.sources.registry import WORLD, works_of

    world = World(seed, performances, lilypond=lilypond, library=library)
    target = out or home() / "packed"
    jobs = [works_in(folder)] if folder else [works_of(n) for n in sources or WORLD]
    for works in jobs:
        place = target / works[0].source
        manifest = build(works, place, data() / "pianos", world, workers, limit, editions)
        console.print(
            f"{place}: {manifest['pieces']} of {manifest['works']} pieces, {manifest['pairs']:,}"
            f" pairs, {manifest['hours']} h of audio, {manifest['failed']} failed"
        )
        for cause, count in manifest["causes"].items():
            console.print(f"  {count:4d} x {cause}", markup=False)
    return 0


@data_app.command(name="figures")
def print_figures(*folders: Path) -> int:
    """Count what is packed: pieces, pages, notes, pairs, hours, failures by cause.

    Parameters
    ----------
    folders : of packed pieces; by default all in the lab's home but MSMD's evaluation parts.
    """
    from scorebridge_lab.dataset.figures import all_figures
    from scorebridge_lab.home import home

    chosen = list(folders) or sorted(
        p
        for p in (home() / "packed").glob("*")
        if p.is_dir() and not p.name.startswith(("msmd-test", "msmd-valid"))
    )
    rows = all_figures(chosen)
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0))
    table.add_column("")
    for head in ("pieces", "files", "pages", "notes", "places", "pairs", "hours", "failed"):
        table.add_column(head, justify="right")
    for row in rows:
        known = "" if row.counted == row.files else "+"
        shown = [f"{n:,}{known}" if row.counted else "-" for n in (row.pages, row.notes)]
        counts = (f"{row.pieces:,}", f"{row.files:,}", *shown, f"{row.places:,}", f"{row.pairs:,}")
        table.add_row(row.name, *counts, f"{row.hours:.1f}", str(row.failures.total()))
    console.print(table)
    total = rows[-1]
    if total.counted < total.files:
        console.print(f"pages and notes are known of {total.counted} files")
    if total.counted:
        pages = total.pages / total.engraving_s
        sound = total.counted_hours * 3600 / total.sound_s
        console.print(
            f"{pages:.2f} pages a second, {sound:.0f} h of audio an hour, of processor time"
        )
    for cause, count in total.failures.most_common():
        console.print(f"  {count:4d} x {cause}", markup=False)
    return 0


@data_app.command(name="store")
def write_store(out: Path, *folders: Path) -> int:
    """Put packed pieces into one memory-mapped store (by default all that are packed)."""
    from scorebridge_lab.dataset.store import write_store as write
    from scorebridge_lab.home import home

    chosen = list(folders) or sorted(p for p in (home() / "packed").iterdir() if p.is_dir())
    manifest = write(chosen, out)
    console.print(f"{out}: {manifest['pieces']} pieces, {manifest['pairs']} pairs")
    return 0


@data_app.command(name="sets")
def build_sets(*names: SetName, fresh: bool = False) -> int:
    """Build the named evaluation sets (all by default) and say what is in them.

    Parameters
    ----------
    fresh : take the crowd anew from all that is packed by now.
    """
    from scorebridge_lab.benchmarks import packed, scan_bars, sets

    for name in names or get_args(SetName):
        if name == "bars":
            about = scan_bars.describe()
        elif name in packed.SETS:
            about = packed.describe(name, fresh)
        else:
            about = sets.describe(name)
        console.print(
            f"{name} version {about['version']}: {about['scores']} scores,"
            f" {about['recordings']} recordings, hash {about['hash'][:12]}"
        )
        for what in ("bars", "works", "further editions", "sources", "engravers"):
            if what in about:
                console.print(f"  {what}: {about[what]}", markup=False)
    return 0


@data_app.command(name="performers")
def print_performers(*, pieces: int = 40, manner: str = "human", seed: int = 0) -> int:
    """Tempo and timing of ASAP's human performances, with our performers' beside them.

    Parameters
    ----------
    pieces : of ASAP, evenly spaced; each is played once by a person and once by ours.
    """
    from scorebridge_lab.home import data
    from scorebridge_lab.perform.statistics import compare

    rows, count = compare(data() / "performances" / "asap.zip", pieces, manner, seed)
    table = Table("", "unit", "people", "ours", title=f"{count} pieces: median (5 % to 95 %)")
    for row in rows:
        table.add_row(row.what, row.unit, row.people, row.ours)
    console.print(table)
    return 0


@data_app.command(name="msmd")
def build_msmd(
    *parts: Literal["train", "valid", "test"], workers: int = 2, engrave: bool = True
) -> int:
    """Rebuild MSMD from Mutopia with LilyPond: engrave, play, pack parts of the `all` split.

    Training pieces are packed in varied performances, and only those that may train what
    ships; the others straight, on the piano that training never hears.
    """
    from scorebridge_lab.dataset.msmd import msmd_set, pack_training
    from scorebridge_lab.engrave.lilypond import build
    from scorebridge_lab.home import data, home
    from scorebridge_lab.sources.mutopia import read_pieces

    engraved = home() / "engraved" / "msmd"
    for part in parts or ("test", "valid", "train"):
        failures = {}
        if engrave:
            failures = build([p for p in read_pieces(data()) if p.part == part], engraved, workers)
        if part == "train":
            folder = home() / "packed" / "msmd-train"
            failures |= pack_training(data(), engraved, folder, workers)
        else:
            folder = msmd_set(part)
        _report(failures, len(list(folder.glob("*.npz"))), folder)
    return 0


@app.command
def calibrate(
    *, model: str | None = None, pieces: int = 240, seed: int = 0, same: float | None = None
) -> int:
    """Fit the confidences of an encoder on packed training pieces; minutes on one core.

    Writes `confidence.json` beside its networks.

    Parameters
    ----------
    model : folder of the encoder, by default the one that ships.
    pieces : at most so many, evenly spaced over all that are packed.
    same : likeness from which two documents are of one work; where it is not given, measured on
        half as many packed pieces that have two performances.
    """
    need_train()
    from scorebridge.encode.encoder import load_encoder
    from scorebridge.encode.runtime import OpenVinoEncoder
    from scorebridge.retrieval.confidence import save_calibration
    from scorebridge_lab.export.calibrate import calibrate as fit
    from scorebridge_lab.export.calibrate import subjects

    encoder = load_encoder(model)
    if not isinstance(encoder, OpenVinoEncoder):
        raise LabError(f"{encoder.name}: only encoders that lie in a folder can be calibrated.")
    twice = subjects(encoder, pieces // 2, seed, performances=2) if same is None else ()
    calibration = fit(subjects(encoder, pieces, seed), seed, same, twice)
    path = save_calibration(calibration, encoder.folder)
    console.print(f"calibrated: {path}, accept {calibration.accept}, same {calibration.same}")
    for name, value in calibration.about.items():
        console.print(f"  {name}: {value}", markup=False, highlight=False)
    return 0


@app.command(name="train-pages")
def train_pages(target: Path | None = None, *, seed: int = 1) -> int:
    """Train the network that tells barlines from chords on engraved, degraded pages, and ship it.

    Parameters
    ----------
    target : folder for the network and its card (default: where pages are read with it).
    """
    need_train()
    from scorebridge.score.barline_classifier import NETWORK
    from scorebridge_lab.home import home
    from scorebridge_lab.training.barlines import Settings, run

    card = run(Settings(seed=seed), home() / "page-views", target or NETWORK.parent, console.print)
    console.print(card["held out"])
    return 0
