"""`scorebridge-lab evaluate ...`: the figures of an encoder, a page reader, an alignment, a world.

`cli.py` mounts them. Each opens, calls and prints.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import App, Parameter
from rich.table import Table

from scorebridge_lab.cli import evaluate_encoders, evaluate_world
from scorebridge_lab.cli.shared import AsJson, console, print_rows

app = App(name="evaluate", help="Print the figures of an encoder.")
app.command(evaluate_encoders.snippets)
app.command(evaluate_encoders.bars)
app.command(evaluate_encoders.paper)
app.command(evaluate_encoders.robustness)
app.command(evaluate_encoders.vectors)
app.command(evaluate_world.exactness)
app.command(evaluate_world.world)
app.command(evaluate_world.layout)
app.command(evaluate_world.worst)

SetName = Literal["scans-straight", "scans-human", "recordings", "msmd-test"]
Method = Literal["align", "votes", "votes-best", "votes-all", "constellation", "dtw", "sdtw"]
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
    from scorebridge.encode.encoder import load_encoder
    from scorebridge_lab.evaluate.identification import pieces as evaluate

    encoder = load_encoder(model)
    rows, failed = evaluate(encoder, set, methods, lengths, crowd)
    among = "" if crowd is None else f", crowd of {crowd or 'all'}"
    extra = {"encoder": encoder.name, "failures": failed}
    print_rows(f"{set}{among}, {encoder.name}", rows, as_json, extra)
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
    from scorebridge.encode.encoder import load_encoder
    from scorebridge_lab.benchmarks.distractors import crowd as read_crowd
    from scorebridge_lab.evaluate.fragments import figure, table
    from scorebridge_lab.evaluate.identification import encode_set

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
    extra = {"encoder": encoder.name, "sizes": lines, "failures": failed}
    print_rows(f"{set}, {encoder.name}", rows, as_json, extra)
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

    from scorebridge.encode.encoder import load_encoder
    from scorebridge.retrieval.confidence import calibration_of
    from scorebridge_lab.benchmarks.distractors import crowd as read_crowd
    from scorebridge_lab.evaluate.identification import encode_set, questions
    from scorebridge_lab.evaluate.rejection import rejection as evaluate

    encoder = load_encoder(model)
    calibration = calibration_of(encoder)
    others = read_crowd(encoder, crowd)
    found = [
        evaluate(one, others[one.direction == "S2A"], calibration)
        for one in questions(encode_set(encoder, set), lengths)
    ]
    if as_json:
        record = {"encoder": encoder.name, "accept": calibration.accept}
        print(json.dumps(record | {"rows": [asdict(r) for r in found]}, indent=1))
        return 0
    heads = ("", "", "questions", "ROC area", "false accepts", "found", "wrong", "error", "chance")
    table = Table(*heads, title=f"{set}, {encoder.name}, threshold {calibration.accept:.2f}")
    for r in found:
        figures = (r.area, r.false_accepts, r.found, r.wrong, r.error, r.by_chance[0])
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
    from scorebridge.encode.encoder import load_encoder
    from scorebridge.retrieval.confidence import calibration_of
    from scorebridge_lab.benchmarks.distractors import crowd as read_crowd
    from scorebridge_lab.evaluate.identification import encode_set
    from scorebridge_lab.evaluate.links import link_set

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
        print(json.dumps({"encoder": encoder.name, **record}, indent=1))
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
    from scorebridge.encode.encoder import load_encoder
    from scorebridge_lab.benchmarks.cached import encode_scores
    from scorebridge_lab.benchmarks.sets import scan_pieces
    from scorebridge_lab.evaluate.parts import single_parts, volume_parts
    from scorebridge_lab.home import data

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

    from scorebridge.encode.encoder import load_encoder
    from scorebridge_lab.evaluate.alignment import (
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

    from scorebridge.encode.encoder import load_encoder
    from scorebridge_lab.evaluate.following import evaluate

    encoder = load_encoder(model)
    rows = evaluate(encoder, every)
    seconds = sum(r.seconds for r in rows)
    within = sum(r.within_one * r.seconds for r in rows) / seconds
    if as_json:
        record = {"encoder": encoder.name, "performances": len(rows), "minutes": seconds / 60}
        record |= {"within a bar": within, "recordings": [asdict(row) for row in rows]}
        print(json.dumps(record, indent=1))
        return 0
    heads = ("performance", "s", "in a bar", "in two", "median bars", "sure", "99 % ms")
    table = Table(*heads)
    for r in rows:
        shares = (f"{r.within_one:.3f}", f"{r.within_two:.3f}", f"{r.median:.2f}", f"{r.sure:.2f}")
        table.add_row(r.name, f"{r.seconds:.0f}", *shares, f"{r.slowest_ms:.0f}")
    console.print(table)
    console.print(f"{len(rows)} performances, {seconds / 60:.0f} min, within a bar {within:.3f}")
    return 0
