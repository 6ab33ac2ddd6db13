"""`scorebridge-lab data`: sources, packed data sets, evaluation sets, and counts of them."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter
from rich.table import Table

from scorebridge_lab.cli import data_sources
from scorebridge_lab.cli.shared import console, print_made

app = App(name="data", help="Download the sources; build, pack and count data sets.")
data_sources.mount(app)


@Parameter(name="*")
@dataclass(frozen=True)
class Recipe:
    """How pieces are engraved and played."""

    performances: int = 3
    """Of each edition."""
    editions: int = 1
    """Engravings of each work, each in its own style; what is there already stays."""
    lilypond: float = 0.0
    """Share of MusicXML works that LilyPond sets."""
    library: float = 0.0
    """Share of works printed as libraries scan them, black and white and broad."""
    seed: int = 1
    """Of everything that is drawn at random."""


@app.command
def build(
    *sources: Literal["mutopia", "polish", "lieder", "songs", "nottingham"],
    folder: Path | None = None,
    workers: int = 2,
    limit: int = 0,
    out: Path | None = None,
    recipe: Recipe = Recipe(),
) -> int:
    """Engrave, play, record and pack training data, one folder a source; goes on where it was.

    Parameters
    ----------
    sources
        By default mutopia, polish and lieder. `songs` is the Lieder with their voice, on
        three staves; `nottingham` serves paper 1 alone.
    folder
        Instead, a folder of your own MusicXML, MEI, kern or LilyPond files.
    workers
        Processes.
    limit
        Only so many works of each source; 0 for all.
    out
        Folder of packed sources (default: `packed` in the lab's home).
    """
    from scorebridge_lab.dataset.build import BuildSettings, build_works
    from scorebridge_lab.home import data, home
    from scorebridge_lab.sources import folder as own
    from scorebridge_lab.sources.registry import DEFAULT_SOURCES, works_of

    settings = BuildSettings(
        recipe.seed, recipe.performances, lilypond=recipe.lilypond, library=recipe.library
    )
    pianos, target = data() / "pianos", out or home() / "packed"
    jobs = [own.works(folder)] if folder else [works_of(n) for n in sources or DEFAULT_SOURCES]
    for works in jobs:
        place = target / works[0].source
        manifest = build_works(works, place, pianos, settings, workers, limit, recipe.editions)
        console.print(
            f"{place}: {manifest['pieces']} of {manifest['works']} pieces, {manifest['pairs']:,}"
            f" pairs, {manifest['hours']} h of audio, {manifest['failed']} failed"
        )
        for cause, count in manifest["causes"].items():
            console.print(f"  {count:4d} x {cause}", markup=False)
    return 0


@app.command
def msmd(
    *parts: Literal["train", "valid", "test"],
    workers: int = 2,
    engrave: bool = True,
) -> int:
    """Rebuild MSMD from Mutopia with LilyPond: engrave, play, pack parts of the `all` split.

    Training pieces are packed in varied performances, and only those that may train weights that
    ship; the others straight, on the piano that training never hears.

    Parameters
    ----------
    parts
        By default all three.
    workers
        Processes.
    engrave
        Engrave what is missing; without it only pack.
    """
    from scorebridge_lab.dataset.msmd import engrave_pieces, msmd_set, pack_training
    from scorebridge_lab.home import data, home
    from scorebridge_lab.sources.mutopia import msmd_pieces

    engraved = home() / "engraved" / "msmd"
    for part in parts or ("test", "valid", "train"):
        failures = {}
        if engrave:
            pieces = [p for p in msmd_pieces(data()) if p.part == part]
            failures = engrave_pieces(pieces, engraved, workers)
        if part == "train":
            folder = home() / "packed" / "msmd-train"
            failures |= pack_training(data(), engraved, folder, workers)
        else:
            folder = msmd_set(part)
        print_made(len(list(folder.glob("*.npz"))), failures, folder)
    return 0


@app.command
def ensembles(
    *,
    part: Literal["train", "judge"] = "train",
    performances: int = 2,
    limit: int = 0,
    workers: int = 1,
) -> int:
    """Engrave, play and pack pieces of every scoring, staff by staff; goes on where it was.

    Parameters
    ----------
    part
        Works that train, or works that judge.
    performances
        Of each work, each on instruments of its own.
    limit
        Only so many works; 0 for all.
    workers
        Processes.
    """
    from scorebridge_lab.dataset import ensembles as built
    from scorebridge_lab.home import data

    jobs = [w for w in built.works() if w.part == part]
    failures = {}
    runs = built.build(jobs[:limit] if limit else jobs, data() / "pianos", performances, workers)
    for job, error in runs:
        if error is not None:
            failures[job.file.stem] = error
            built.write_failures(failures, built.folder(part))
    print_made(len(list(built.folder(part).glob("*.npz"))), failures, built.folder(part))
    return 0


@app.command
def pages(
    *,
    sets: Annotated[tuple[str, ...], Parameter(consume_multiple=True, negative=())] = (),
    part: Literal["train", "judge", "all"] = "train",
    limit: int = 0,
    workers: int = 1,
) -> int:
    """Engrave pages of every scoring with the truth of their layout; goes on where it was.

    Parameters
    ----------
    sets
        Sources by name, by default all.
    part
        Works that train, works that judge, or all.
    limit
        Only so many works; 0 for all.
    workers
        Processes.
    """
    from scorebridge_lab.dataset.engraved_pages import fill, folder
    from scorebridge_lab.dataset.page_works import works_of_pages

    works = [w for w in works_of_pages(sets) if part in (w.part, "all")]
    made, failures = 0, {}
    for work, error in fill(works[:limit] if limit else works, workers):
        if error is None:
            made += 1
            console.print(f"{work.group}: {work.work.name}", markup=False, highlight=False)
        else:
            failures[work.file.name] = error
    print_made(made, failures, folder())
    return 0


@app.command
def sets(*names: str, fresh: Annotated[bool, Parameter(negative=())] = False) -> int:
    """List the evaluation sets; with names, build these and print what is in them.

    Parameters
    ----------
    names
        Of sets.
    fresh
        Make again what depends on other data, such as the choice of distractors.
    """
    from scorebridge_lab.benchmarks.evaluation_set import manifest_path
    from scorebridge_lab.benchmarks.registry import REGISTRY, evaluation_set

    if not names:
        table = Table("set", "version", "described", "what it holds", box=None)
        for name, one in REGISTRY.items():
            described = "yes" if manifest_path(name).exists() else "no"
            table.add_row(name, str(one.version), described, one.about)
        console.print(table)
        return 0
    for one in [evaluation_set(name) for name in names]:
        one.build(fresh)
        about = one.describe()
        console.print(
            f"{one.name} version {about['version']}: {about['scores']} scores,"
            f" {about['recordings']} recordings, hash {about['hash'][:12]}"
        )
        for what in ("bars", "works", "further editions", "sources", "engravers"):
            if what in about:
                console.print(f"  {what}: {about[what]}", markup=False)
    return 0


@app.command
def store(out: Path, *folders: Path) -> int:
    """Put packed pieces into one memory-mapped store.

    Parameters
    ----------
    out
        Folder of the store.
    folders
        Of packed pieces; by default all that are packed.
    """
    from scorebridge_lab.dataset.store import write_store
    from scorebridge_lab.home import home

    chosen = list(folders) or sorted(p for p in (home() / "packed").glob("*") if p.is_dir())
    manifest = write_store(chosen, out)
    console.print(f"{out}: {manifest['pieces']} pieces, {manifest['pairs']} pairs", markup=False)
    return 0


@app.command
def figures(*folders: Path) -> int:
    """Count what is packed: pieces, pages, notes, pairs, hours, failures by cause.

    Parameters
    ----------
    folders
        Of packed pieces; by default all in the lab's home but MSMD's evaluation parts.
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
        partly = "" if row.counted == row.files else "+"
        shown = [f"{n:,}{partly}" if row.counted else "-" for n in (row.pages, row.notes)]
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


@app.command
def performers(*, pieces: int = 40, manner: str = "human", seed: int = 0) -> int:
    """Tempo and timing of ASAP's human performances, and of our performers beside them.

    Parameters
    ----------
    pieces
        Of ASAP, evenly spaced; each is played once by a person and once by ours.
    manner
        Of our performers.
    seed
        Of everything that is drawn at random.
    """
    from scorebridge_lab.home import data
    from scorebridge_lab.perform.statistics import compare

    rows, count = compare(data(), pieces, manner, seed)
    table = Table("", "unit", "people", "ours", title=f"{count} pieces: median (5 % to 95 %)")
    for row in rows:
        table.add_row(row.what, row.unit, row.people, row.ours)
    console.print(table)
    return 0
