"""`scorebridge lab evaluate ...`: the figures of an encoder, a page reader, an alignment, a world.

`cli.py` mounts them. Each opens, calls and prints.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter
from rich.console import Console
from rich.table import Table

from scorebridge.lab import cli_train
from scorebridge.lab.cli_train import AsJson, need_train
from scorebridge.lab.workers import cause_of

app = App(name="evaluate", help="Print the figures of an encoder.")
app.command(cli_train.paper)
app.command(cli_train.robustness)
app.command(cli_train.vectors)
console = Console()


def _print(title: str, rows: list, as_json: bool, extra: dict | None = None) -> None:
    if as_json:
        lines = [{"what": r.what, "direction": r.direction, **r.figures.asdict()} for r in rows]
        print(json.dumps({"title": title, "rows": lines, **(extra or {})}, indent=1))
        return
    table = Table("set", "", "queries", "R@1", "R@10", "R@25", "MRR", "MR", title=title)
    for r in rows:
        f = r.figures
        figures = [f"{v:.3f}" for v in (f.r1, f.r10, f.r25, f.mrr)]
        table.add_row(r.what, r.direction, str(f.queries), *figures, f"{f.mr:g}")
    console.print(table)


@app.command
def snippets(
    *,
    set: Literal["msmd-test", "msmd-valid"] = "msmd-test",
    candidates: Annotated[tuple[int, ...], Parameter(consume_multiple=True)] = (2000, 10000),
    model: str | None = None,
    as_json: AsJson = False,
) -> int:
    """Snippet retrieval on rebuilt MSMD, both ways, on the piano that training never hears.

    Parameters
    ----------
    model : an encoder, or the folder of a papers' run, which is judged on its own test set with
        its own windows (see `lab evaluate paper`).
    """
    from scorebridge.encode import load_encoder

    if model is not None and cli_train.is_run(model):
        return cli_train.paper(Path(model), candidates=candidates[-1], as_json=as_json)
    from scorebridge.lab.evaluate import snippets as evaluate

    encoder, rows, count = load_encoder(model), [], 0
    for number in candidates:
        count, more = evaluate(encoder, set.removeprefix("msmd-"), number)
        rows += more
    _print(f"{set}, {count} pieces, {encoder.name}", rows, as_json)
    return 0


@app.command
def bars(*, every: int = 1, model: str | None = None, as_json: AsJson = False) -> int:
    """Retrieval bar by bar on the real scans, both ways, with intervals over pieces.

    Parameters
    ----------
    every : only every so-many-th scan, as query and as candidate.
    """
    from dataclasses import asdict

    from scorebridge.encode import load_encoder
    from scorebridge.lab.evaluate_bars import evaluate

    encoder = load_encoder(model)
    found = evaluate(encoder, every)
    if as_json:
        print(json.dumps({"encoder": encoder.name, "rows": [asdict(f) for f in found]}, indent=1))
        return 0
    heads = ("", "bars", "pieces", "candidates", "R@1", "R@10", "R@25", "MRR", "in its piece")
    table = Table(*heads, title=f"bars, {encoder.name}; 95 % intervals over pieces")
    for f in found:
        r, (low, high) = f.row.figures, f.between["r1"]
        mrr = "{:.3f} ({:.3f}-{:.3f})".format(r.mrr, *f.between["mrr"])
        first = f"{r.r1:.3f} ({low:.3f}-{high:.3f})"
        counts = (str(r.queries), str(f.pieces), str(f.candidates))
        rest = (f"{r.r10:.3f}", f"{r.r25:.3f}", mrr, f"{f.in_piece:.3f}")
        table.add_row(f.row.direction, *counts, first, *rest)
    console.print(table)
    return 0


@app.command
def variety(
    *kinds: str,
    steps: int = 300,
    batch: int = 128,
    pieces: int = 300,
    every: int = 4,
    seed: int = 1,
) -> int:
    """What each kind of variety is worth: the same short training with and without it.

    Parameters
    ----------
    kinds : of lab/variety.py; by default all, sheets, sounds, engravers, performances.
    pieces : packed pieces that each training sees.
    every : judge on every so-many-th of the 115 scans.
    """
    need_train()
    from scorebridge.lab.variety import KINDS, study

    names = kinds or ("all", "sheets", "sounds", "engravers", "performances")
    title = f"from scratch, {steps} steps of {batch} pairs; judged on every {every}th scan"
    console.print(title, highlight=False)
    for row in study(names, steps, batch, pieces, every, seed):
        bars = ", ".join(f"{f.row.direction} {f.row.figures.mrr:.3f}" for f in row.bars)
        between = ", ".join("{:.3f}-{:.3f}".format(*f.between["mrr"]) for f in row.bars)
        votes = ", ".join(f"{d} {f.r1:.3f}" for d, f in row.fragments.items())
        console.print(
            f"{row.kind} ({KINDS[row.kind].about}; {row.pieces} pieces): bars MRR {bars}"
            f" ({between}; {row.bars[0].row.figures.queries} bars, {row.bars[0].candidates}"
            f" windows), 10 s by votes R@1 {votes} ({row.fragments['A2S'].queries})",
            highlight=False,
        )
    return 0


SetName = Literal["scans-straight", "scans-human", "recordings"]
Method = Literal["align", "votes", "votes-all", "constellation", "dtw", "sdtw"]
Crowd = Annotated[
    int | None,
    Parameter(help="Packed training pieces among the documents: at most so many, 0 for all."),
]


@app.command
def pieces(
    *,
    set: SetName = "scans-straight",
    methods: Annotated[tuple[Method, ...], Parameter(consume_multiple=True)] = ("votes", "align"),
    lengths: Annotated[tuple[float, ...], Parameter(consume_multiple=True)] = (30.0, 10.0),
    crowd: Crowd = None,
    model: str | None = None,
    as_json: AsJson = False,
    failures: bool = False,
) -> int:
    """Identification of whole documents and of fragments, by any method (P4's table I).

    Parameters
    ----------
    lengths : of the fragments, in seconds.
    """
    from scorebridge.encode import load_encoder
    from scorebridge.lab.evaluate import pieces as evaluate

    encoder = load_encoder(model)
    rows, failed = evaluate(encoder, set, methods, lengths, crowd)
    among = "" if crowd is None else f", crowd of {crowd or 'all'}"
    _print(f"{set}{among}, {encoder.name}", rows, as_json, {"failures": failed})
    if failures and not as_json:
        for line in failed:
            print(line)
    return 0


@app.command
def fragments(
    *,
    set: SetName = "scans-straight",
    method: Method = "align",
    count: int = 300,
    sizes: Annotated[tuple[int, ...], Parameter(consume_multiple=True)] = (100, 300, 1000, 3000),
    crowd: Crowd = None,
    model: str | None = None,
    as_json: AsJson = False,
    failures: bool = False,
) -> int:
    """Fragments of 3-80 s and of 2 bars to 8 systems (P4's table II), sizes (its figure 3).

    Parameters
    ----------
    count : fragments of each length, drawn at random.
    sizes : documents of the collections; what the crowd has not got is left out.
    """
    from scorebridge.encode import load_encoder
    from scorebridge.lab.crowd import crowd as read_crowd
    from scorebridge.lab.evaluate import encode_set
    from scorebridge.lab.evaluate_fragments import figure, table

    encoder = load_encoder(model)
    material = encode_set(encoder, set)
    others = read_crowd(encoder, crowd)
    rows, failed = table(material, others, method, count)
    points = figure(material, others, method, count, sizes) if others[0] else []
    lines = [
        {"direction": p.direction, "documents": p.documents, "seconds": p.seconds}
        | p.figures.asdict()
        for p in points
    ]
    _print(f"{set}, {encoder.name}", rows, as_json, {"sizes": lines, "failures": failed})
    if failures and not as_json:
        for line in failed:
            print(line)
    if points and not as_json:
        shown = Table("", "documents", "queries", "R@1", "MRR", "s a query")
        for p in points:
            figures = (f"{p.figures.r1:.3f}", f"{p.figures.mrr:.3f}", f"{p.seconds:.3f}")
            shown.add_row(p.direction, str(p.documents), str(p.figures.queries), *figures)
        console.print(shown)
    return 0


@app.command
def rejection(
    *,
    set: SetName = "scans-straight",
    lengths: Annotated[tuple[float, ...], Parameter(consume_multiple=True)] = (30.0, 10.0),
    crowd: Crowd = None,
    model: str | None = None,
    as_json: AsJson = False,
    failures: bool = False,
) -> int:
    """Half of the queries have no counterpart: ROC, false accepts, calibration error."""
    from dataclasses import asdict

    from scorebridge.encode import load_encoder
    from scorebridge.lab.crowd import crowd as read_crowd
    from scorebridge.lab.evaluate import encode_set, questions
    from scorebridge.lab.evaluate_rejection import rejection as evaluate
    from scorebridge.match.confidence import calibration_of

    encoder = load_encoder(model)
    calibration = calibration_of(encoder)
    others = read_crowd(encoder, crowd)
    found = [
        evaluate(one, others[one.direction == "S2A"], calibration)
        for one in questions(encode_set(encoder, set), lengths)
    ]
    if as_json:
        print(json.dumps({"accept": calibration.accept, "rows": [asdict(r) for r in found]}))
        return 0
    heads = ("", "", "questions", "ROC area", "false accepts", "found", "wrong", "cal. error")
    table = Table(*heads, title=f"{set}, {encoder.name}, threshold {calibration.accept:.2f}")
    for r in found:
        figures = (r.area, r.false_accepts, r.found, r.wrong, r.error)
        shown = [f"{v:.3f}" for v in figures]
        table.add_row(r.what, r.direction, str(r.questions), *shown)
    console.print(table)
    if failures:
        for r in found:
            for line in r.false:
                print(f"{r.what} {r.direction}: {line}")
    return 0


@app.command
def links(
    *,
    set: SetName = "scans-straight",
    crowd: Crowd = None,
    model: str | None = None,
    as_json: AsJson = False,
    failures: bool = False,
) -> int:
    """Pair all scores and recordings of a set among a crowd: precision and recall of the links."""
    from scorebridge.encode import load_encoder
    from scorebridge.lab.crowd import crowd as read_crowd
    from scorebridge.lab.evaluate import encode_set
    from scorebridge.lab.evaluate_links import link_set
    from scorebridge.match.confidence import calibration_of

    encoder = load_encoder(model)
    calibration = calibration_of(encoder)
    others = read_crowd(encoder, crowd)
    m = encode_set(encoder, set)
    names = (m.score_names, m.recording_names)
    found = link_set(m.scores, m.recordings, m.score_of, others, names, calibration)
    precision, recall = found.at(calibration.accept)
    at = found.precision_at(0.95)
    record = {
        "pairs": found.pairs,
        "crowd": len(others[0]),
        "threshold": calibration.accept,
        "precision": precision,
        "recall": recall,
        "precision at recall .95": at,
    }
    if as_json:
        print(json.dumps(record))
        return 0
    for name, value in record.items():
        console.print(f"{name}: {value:.4f}" if isinstance(value, float) else f"{name}: {value}")
    if failures:
        rows = zip(found.names, found.confidence, found.right, strict=True)
        for name, confidence, right in rows:
            if not right and confidence >= calibration.accept:
                print(f"wrong link at {confidence:.2f}: {name}")
        linked = {
            n for n, c in zip(found.names, found.confidence, strict=True) if c >= calibration.accept
        }
        for r, s in zip(m.recording_names, m.score_of, strict=True):
            if f"recording/{r} - score/{m.score_names[s]}" not in linked:
                print(f"missing: {r} - {m.score_names[s]}")
    return 0


@app.command
def parts(*, scans: bool = False, model: str | None = None) -> int:
    """Pieces found in labelled volumes; with --scans also the scans of one piece each.

    Parameters
    ----------
    scans : reads the scans' pages where that was not done before.
    """
    from scorebridge.encode import load_encoder
    from scorebridge.lab.evaluate_parts import single_parts, volume_parts
    from scorebridge.lab.home import data
    from scorebridge.lab.kept import encode_scores
    from scorebridge.lab.sets import scan_pieces

    found = volume_parts(data())
    if scans:
        files = tuple(map(str, scan_pieces(data())))
        encoded = encode_scores(files, load_encoder(model))
        names = (f"{Path(f).parent.name}/{Path(f).stem}" for f in files)
        found += single_parts({n: e.places for n, e in zip(names, encoded, strict=True)})
    table = Table("score", "systems", "pieces", "parts found", "on pages")
    for p in found:
        if p.pieces > 1 or p.found != p.pieces:
            pages = " ".join(map(str, p.pages))
            table.add_row(p.name, str(p.systems), str(p.pieces), str(p.found), pages)
    console.print(table)
    right = sum(p.found == p.pieces for p in found)
    console.print(f"{right} of {len(found)} scores have as many parts as pieces")
    return 0


@app.command
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
    from scorebridge.lab.data.sources import works_of
    from scorebridge.lab.exactness import causes, check, draw, summary
    from scorebridge.lab.home import data

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


@app.command
def world(
    *,
    look: Annotated[
        tuple[Literal["full", "like-life", "life"], ...], Parameter(consume_multiple=True)
    ] = ("full", "life"),
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
    look : augmentation: training's usual one, the one with most windows near real ones, or those
        windows alone.
    scans : documents to draw real windows from.
    pieces : packed pieces to draw the world's from.
    windows : of each kind.
    runs : trainings of the network, each with another half of the documents.
    measures : plain measures of windows to print, those that differ most (.5: alike).
    pictures : folder for sheets of 30 windows each, world beside real.
    """
    need_train()
    import numpy as np

    from scorebridge.lab import realism
    from scorebridge.lab.augment.windows import FULL, LIKE_LIFE, Strength
    from scorebridge.lab.crowd import packed_files, spread
    from scorebridge.lab.data.pack import load
    from scorebridge.lab.home import data
    from scorebridge.lab.sets import scan_pieces

    rng = np.random.default_rng(0)
    paths = scan_pieces(data()) + sorted((data() / "scans" / "dinoscore").glob("*/page_*.tif"))
    paths = [paths[k] for k in rng.permutation(len(paths))[:scans]]
    endings = {".ogg", ".mp3", ".m4a", ".wav"}
    sounds = sorted(p for p in (data() / "recordings").iterdir() if p.suffix in endings)
    looks = {"full": FULL, "like-life": LIKE_LIFE, "life": Strength(press=1.0, live=1.0)}
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


@app.command
def layout(*sets: str, every: int = 1, sample: int = 0, geometry: bool = False) -> int:
    """Systems, bars and repeat signs found on real scans, engraved songs and photographs.

    Parameters
    ----------
    sets : of mozart, joplin, dinoscore, lieder, photographs; all by default.
    every : judge only every so-many-th piece or page.
    sample : which songs in which styles.
    geometry : without the network that judges barlines.
    """
    from scorebridge.lab.evaluate_layout import SETS, evaluate
    from scorebridge.lab.home import data
    from scorebridge.score.judge import shipped

    judge = None if geometry else shipped
    for name, tally in evaluate(data(), sets or SETS, every, sample, judge):
        console.print(name)
        for line in tally.lines():
            console.print(f"  {line}", markup=False, highlight=False)
    return 0


@app.command
def worst(target: Path, *, every: int = 1) -> int:
    """Write a contact sheet of the ten pages (of DiNoScore's) that were read worst.

    Parameters
    ----------
    every : read only every so-many-th page.
    """
    from scorebridge.lab.home import data
    from scorebridge.lab.worst_pages import write

    for number, page in enumerate(write(data(), target, every), 1):
        console.print(f"{number:2d}  {page.name}: doubt {page.doubt:.2f}", highlight=False)
    return 0


@app.command
def scale(*, steps: int = 1500, seed: int = 1) -> int:
    """Scale by staff space or by page width: the same short training twice, judged the same way."""
    from scorebridge.lab.scale_study import study

    rows = study(steps, seed)
    _print(f"strips scaled two ways, {steps} steps each on MSMD's training pieces", rows, False)
    return 0


@app.command
def alignment(
    *,
    set: Literal["scans-straight", "scans-human"] = "scans-straight",
    every: int = 1,
    model: str | None = None,
    fresh: bool = False,
    pieces: bool = False,
    as_json: AsJson = False,
) -> int:
    """Alignment on the real scans, with and without repeats, by P2's methods and ours.

    Parameters
    ----------
    set : audio of the scans' kern, with and without repeats; or human performances.
    every : judge only every so-many-th piece (of the first).
    fresh : read the scans again (the page reader changed, the encoder did not).
    pieces : a line for each recording as well.
    """
    from dataclasses import asdict

    from scorebridge.encode import load_encoder
    from scorebridge.lab.evaluate_alignment import (
        evaluate,
        evaluate_human,
        summary,
        trusted,
    )

    encoder = load_encoder(model)
    human = set == "scans-human"
    rows, reasons = (
        evaluate_human(encoder, fresh=fresh) if human else evaluate(encoder, every, fresh=fresh)
    )
    lines = summary(rows)
    if as_json:
        record = {"encoder": encoder.name, "lines": [asdict(line) for line in lines]}
        record |= {"recordings": [asdict(row) for row in rows], "not_judged": reasons}
        print(json.dumps(record, indent=1))
        return 0
    heads = ("n", "min", "in a bar", "worst", "bars", "widths", "found", "right")
    table = Table("method, order, set", *heads, title=encoder.name)
    table.columns[0].overflow = "fold"
    for line in lines:
        figures = (f"{line.within:.4f}", f"{line.worst:.3f}", f"{line.bars:.3f}")
        more = (f"{line.widths:.4f}", f"{line.found:.3f}", f"{line.right:.3f}")
        table.add_row(line.what, str(line.recordings), f"{line.minutes:.0f}", *figures, *more)
    console.print(table)
    if pieces:
        for row in rows:
            print(
                f"{row.piece} {row.order} {row.method}: {row.within:.3f} {row.bars:.3f}"
                f" {row.widths:.4f}, {row.begun} of {row.stretches} stretches,"
                f" {row.sections} sections"
            )
    for told, right, share in trusted(rows):
        print(f"bars said {told:.2f}: within a bar {right:.2f} ({share:.3f} of the time)")
    for name, reason in reasons.items():
        print(f"not judged: {name}: {reason}")
    return 0


@app.command
def following(*, every: int = 1, model: str | None = None, as_json: AsJson = False) -> int:
    """Follow human performances while they sound: how far from the music, and how slowly.

    Parameters
    ----------
    every : follow only every so-many-th piece.
    """
    from dataclasses import asdict

    from scorebridge.encode import load_encoder
    from scorebridge.lab.evaluate_following import evaluate

    rows = evaluate(load_encoder(model), every)
    if as_json:
        print(json.dumps([asdict(row) for row in rows], indent=1))
        return 0
    heads = ("performance", "s", "in a bar", "in two", "median bars", "sure", "99 % ms")
    table = Table(*heads)
    for r in rows:
        shares = (f"{r.within_one:.3f}", f"{r.within_two:.3f}", f"{r.median:.2f}", f"{r.sure:.2f}")
        table.add_row(r.name, f"{r.seconds:.0f}", *shares, f"{r.slowest_ms:.0f}")
    console.print(table)
    seconds = sum(r.seconds for r in rows)
    within = sum(r.within_one * r.seconds for r in rows) / seconds
    console.print(f"{len(rows)} performances, {seconds / 60:.0f} min, within a bar {within:.3f}")
    return 0
