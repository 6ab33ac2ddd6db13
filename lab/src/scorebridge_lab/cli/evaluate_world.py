"""The commands of `scorebridge-lab evaluate` that judge data and the reading of pages.

`evaluate.py` mounts them; those that judge finding and aligning stand there.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from scorebridge_lab.cli.shared import console, need_train
from scorebridge_lab.workers import cause_of


def exactness(
    *,
    notes: int = 500,
    each: int = 10,
    sources: tuple[str, ...] = ("mutopia", "polish", "lieder"),
    seed: int = 0,
    workers: int = 2,
    picture: Path | None = None,
) -> int:
    """Random notes of the whole pipeline, found again in the sound and on the page by other means.

    Parameters
    ----------
    each : notes of one work.
    picture : a sheet of 40 of them to look at, and beside it (`-missed`) one of those missed.
    """
    from scorebridge_lab.home import data
    from scorebridge_lab.sources.registry import works_of
    from studies.exactness import causes, check, draw, summary

    works = [w for name in sources for w in works_of(name)]
    rows, failed = check(works, data() / "pianos", notes, each, seed, workers)
    for what, value in summary(rows).items():
        console.print(
            f"{what:>26}  {value:.3f}" if isinstance(value, float) else f"{what:>26}  {value}"
        )
    for engraver, count in Counter(r.engraver for r in rows).most_common():
        console.print(f"{engraver:>26}  {count} notes")
    for cause, count in causes(rows).items():
        console.print(f"  missed: {count:4d} x {cause}", markup=False)
    console.print(f"{len(failed)} works failed")
    for name, cause in failed.items():
        console.print(f"  {name}: {cause_of(cause)}", markup=False)
    if picture is not None:
        draw(rows[:: max(1, len(rows) // 40)][:40], picture)
        if missed := [r for r in rows if r.cause]:
            draw(missed[:60], picture.with_stem(f"{picture.stem}-missed"))
    return 0


def world(
    *,
    look: Annotated[
        tuple[Literal["full", "like-life", "life", "plain"], ...], Parameter(consume_multiple=True)
    ] = ("full", "life", "plain"),
    scans: int = 48,
    pieces: int = 180,
    windows: int = 1200,
    steps: int = 250,
    runs: int = 3,
    measures: int = 6,
    pictures: Path | None = None,
) -> int:
    """How well a small network tells the packed world from real scans and recordings.

    Parameters
    ----------
    look : augmentation: training's usual one, the one with most windows near real ones, those
        windows alone, or none.
    scans : documents to draw real windows from.
    pieces : packed pieces to draw the world's from.
    windows : of each kind.
    runs : trainings of the network, each with another half of the documents.
    measures : plain measures of windows to print, those that differ most (.5: alike).
    pictures : folder for sheets of 30 windows each, world beside real.
    """
    need_train()
    import numpy as np

    from scorebridge_lab.augment.windows import FULL, LIKE_LIFE, NONE, Strength
    from scorebridge_lab.benchmarks.distractors import packed_files, spread
    from scorebridge_lab.benchmarks.sets import scan_pieces
    from scorebridge_lab.dataset.pack import load
    from scorebridge_lab.home import data
    from studies import realism

    rng = np.random.default_rng(0)
    paths = scan_pieces(data()) + sorted((data() / "scans" / "dinoscore").glob("*/page_*.tif"))
    paths = [paths[k] for k in rng.permutation(len(paths))[:scans]]
    endings = {".ogg", ".mp3", ".m4a", ".wav"}
    sounds = sorted(p for p in (data() / "recordings").iterdir() if p.suffix in endings)
    life = Strength(press=1.0, live=1.0)
    looks = {"full": FULL, "like-life": LIKE_LIFE, "life": life, "plain": NONE}
    packed = [load(p) for p in spread(packed_files(), pieces)]
    made = {name: realism.world_windows(packed, windows, 0, looks[name]) for name in look}
    real = (realism.real_sheets(paths, windows, rng), realism.real_sounds(sounds, windows, rng))
    kinds = (
        (
            "Joplin's scans against Mozart's",
            [p.parent.name == "joplin" for p in paths],
            [p.parent.name.startswith("mozart") for p in paths],
        ),
        (
            "one pianist's recordings against others'",
            ["ishizaka" in p.name for p in sounds],
            ["ishizaka" not in p.name for p in sounds],
        ),
    )

    def tell(what: str, one: realism.Windows, other: realism.Windows) -> None:
        found = [realism.tell_apart(one, other, steps, seed) for seed in range(runs)]
        names = ("accuracy", "area under ROC")
        figures = (f"{n} {np.mean([f[n] for f in found]):.3f}" for n in names)
        between = f"{min(f['accuracy'] for f in found):.3f}-{max(f['accuracy'] for f in found):.3f}"
        count = np.mean([f["windows judged"] for f in found])
        console.print(f"{what}: {', '.join(figures)} ({between}; {count:.0f} windows judged)")

    for side, (name, theirs, (both, ones, others)) in enumerate(
        zip(("sheet", "sound"), real, kinds, strict=True)
    ):
        halves = (realism.part_of(theirs, np.flatnonzero(k).tolist()) for k in (ones, others))
        tell(f"{name}, real alone, {both}", *halves)
        for which in look:
            mine = made[which][side]
            tell(f"{name}, real against {which}", theirs, mine)
            for measure, more in realism.differences(theirs, mine)[:measures]:
                console.print(f"  {measure}: real more than world {more:.2f}", highlight=False)
            if pictures is not None:
                realism.draw(theirs, mine, pictures / f"{name}-{which}.png")
    return 0


def layout(*sets: str, every: int = 1, sample: int = 0, geometry: bool = False) -> int:
    """Systems, bars and repeat signs found on real scans, engraved songs and photographs.

    Parameters
    ----------
    sets : of mozart, joplin, dinoscore, lieder, photographs; all by default.
    every : judge only every so-many-th piece or page.
    sample : which songs in which styles.
    geometry : without the network that judges barlines.
    """
    from scorebridge.score.barline_classifier import shipped
    from scorebridge_lab.evaluate.layout import SETS, evaluate
    from scorebridge_lab.home import data

    judge = None if geometry else shipped
    for name, tally in evaluate(data(), sets or SETS, every, sample, judge):
        console.print(name)
        for line in tally.lines():
            console.print(f"  {line}", markup=False, highlight=False)
    return 0


def worst(target: Path, *, every: int = 1) -> int:
    """Write a contact sheet of the ten pages (of DiNoScore's) that were read worst.

    Parameters
    ----------
    every : read only every so-many-th page.
    """
    from scorebridge_lab.home import data
    from studies.worst_pages import write

    for number, page in enumerate(write(data(), target, every), 1):
        console.print(f"{number:2d}  {page.name}: doubt {page.doubt:.2f}", highlight=False)
    return 0
