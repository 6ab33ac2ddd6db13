"""`scorebridge-lab evaluate` commands about time: alignment and following."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from cyclopts import Parameter
from rich.table import Table

from scorebridge_lab.cli.options import Options
from scorebridge_lab.cli.shared import console, print_json

DEFAULT = Options()


def alignment(
    *,
    fresh: Annotated[bool, Parameter(negative=())] = False,
    recordings: Annotated[bool, Parameter(negative=())] = False,
    options: Options = DEFAULT,
) -> int:
    """Alignment on the real scans, with and without repeats, by P2's methods and ours.

    Parameters
    ----------
    fresh
        Read the scans again (the page reader changed, the encoder did not).
    recordings
        Print a line for each recording as well.
    """
    from scorebridge_lab.benchmarks import scans_human
    from scorebridge_lab.benchmarks.document_sets import DocumentSet
    from scorebridge_lab.evaluate.alignment import (
        by_confidence,
        evaluate,
        evaluate_human,
        summary,
    )

    options.only("alignment", "sets", "stride", "limit", "model", "as_json")
    one, encoder = options.one("scans-straight", DocumentSet), options.encoder()
    measure = evaluate_human if one is scans_human.SET else evaluate
    rows, causes = measure(encoder, options.stride, options.limit, fresh=fresh)
    lines, name = summary(rows), encoder.info.name
    if options.as_json:
        record = {"encoder": name, "lines": [asdict(line) for line in lines]}
        print_json(record | {"recordings": [asdict(row) for row in rows], "not_judged": causes})
        return 0
    heads = ("n", "min", "in a bar", "worst", "bars", "widths", "found", "right")
    table = Table("method, order, set", *heads, title=name)
    table.columns[0].overflow = "fold"
    for line in lines:
        figures = (f"{line.within:.4f}", f"{line.worst:.3f}", f"{line.bars:.3f}")
        more = (f"{line.widths:.4f}", f"{line.found:.3f}", f"{line.right:.3f}")
        table.add_row(line.what, str(line.recordings), f"{line.minutes:.0f}", *figures, *more)
    console.print(table)
    for row in rows if recordings else ():
        print(
            f"{row.piece} {row.order} {row.method}: {row.within:.3f} {row.bars:.3f}"
            f" {row.widths:.4f}, {row.begun} of {row.stretches} stretches, {row.sections} sections"
        )
    for confidence, right, share in by_confidence(rows):
        print(f"confidence {confidence:.2f}: within a bar {right:.2f} ({share:.3f} of the time)")
    for piece, cause in causes.items():
        print(f"left out: {piece}: {cause}")
    return 0


def following(*, options: Options = DEFAULT) -> int:
    """Follow human performances while they sound: distance from the music, and time needed."""
    from scorebridge_lab.evaluate.following import evaluate

    options.only("following", "stride", "limit", "model", "as_json")
    encoder = options.encoder()
    rows = evaluate(encoder, options.stride, options.limit)
    seconds = sum(r.seconds for r in rows)
    within = sum(r.within_one * r.seconds for r in rows) / seconds
    if options.as_json:
        record = {"encoder": encoder.info.name, "performances": len(rows), "minutes": seconds / 60}
        print_json(record | {"within a bar": within, "recordings": [asdict(row) for row in rows]})
        return 0
    heads = ("performance", "s", "in a bar", "in two", "median bars", "confidence", "99 % ms")
    table = Table(*heads)
    for r in rows:
        shares = (f"{r.within_one:.3f}", f"{r.within_two:.3f}", f"{r.median:.2f}")
        rest = (f"{r.confidence:.2f}", f"{r.slowest_ms:.0f}")
        table.add_row(r.name, f"{r.seconds:.0f}", *shares, *rest)
    console.print(table)
    console.print(f"{len(rows)} performances, {seconds / 60:.0f} min, within a bar {within:.3f}")
    return 0
