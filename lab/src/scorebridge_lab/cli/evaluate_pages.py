"""`scorebridge-lab evaluate` commands about the reading of pages: layout and parts."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

from cyclopts import Parameter
from rich.table import Table

from scorebridge_lab.cli.options import Options
from scorebridge_lab.cli.shared import console, print_json

DEFAULT = Options()


def layout(
    *, geometry: Annotated[bool, Parameter(negative=())] = False, options: Options = DEFAULT
) -> int:
    """Systems, bars and repeat signs found on real scans, engraved songs and photographs.

    Parameters
    ----------
    geometry
        Without the barline classifier.
    """
    from scorebridge.score.barline_classifier import shipped_classifier
    from scorebridge_lab.benchmarks.page_sets import (
        BoxedPages,
        EngravedSongs,
        KernScans,
        Photographs,
    )
    from scorebridge_lab.evaluate.layout import evaluate

    options.only("layout", "sets", "stride", "limit", "seed", "as_json", "failures")
    kinds = (KernScans, BoxedPages, EngravedSongs, Photographs)
    classifier = None if geometry else shipped_classifier
    rows = []
    for one in options.chosen(None, *kinds):
        found = evaluate(
            one,
            stride=options.stride,
            limit=options.limit,
            seed=options.seed,
            classifier=classifier,
        )
        for name, tally in found:
            rows.append({"what": name, **asdict(tally)})
            if not options.as_json:
                console.print(name)
                for line in tally.lines(options.failures):
                    console.print(f"  {line}", markup=False, highlight=False)
    if options.as_json:
        print_json({"rows": rows})
    return 0


def parts(*, options: Options = DEFAULT) -> int:
    """Pieces found in labelled volumes, and scans of one piece taken for one."""
    from scorebridge_lab.benchmarks.labelled_volumes import VolumeSet
    from scorebridge_lab.benchmarks.page_sets import KernScans
    from scorebridge_lab.evaluate.parts import evaluate

    options.only("parts", "sets", "stride", "limit", "as_json")
    found = [
        row
        for one in options.chosen("volumes", VolumeSet, KernScans)
        for row in evaluate(one, options.stride, options.limit)
    ]
    right = sum(row.found == row.pieces for row in found)
    if options.as_json:
        print_json({"scores": len(found), "right": right, "rows": [asdict(row) for row in found]})
        return 0
    table = Table("score", "systems", "pieces", "parts found", "on pages")
    for row in found:
        if row.pieces > 1 or row.found != row.pieces:
            pages = " ".join(map(str, row.pages))
            table.add_row(row.name, str(row.systems), str(row.pieces), str(row.found), pages)
    console.print(table)
    console.print(f"{right} of {len(found)} scores have as many parts as pieces")
    return 0
