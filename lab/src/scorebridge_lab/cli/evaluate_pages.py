"""`scorebridge-lab evaluate` commands about the reading of pages: layout and parts."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import Annotated

from cyclopts import Parameter
from rich.table import Table

from scorebridge_lab.cli.options import Options
from scorebridge_lab.cli.shared import console, print_json

DEFAULT = Options()


def layout(
    *,
    geometry: Annotated[bool, Parameter(negative=())] = False,
    results: Path | None = None,
    worst: int = 0,
    out: Path | None = None,
    options: Options = DEFAULT,
) -> int:
    """Systems, staves, bars and repeat signs found on scans, engraved pages and photographs.

    Parameters
    ----------
    geometry
        Without the barline classifier.
    results
        Of `ensemble`: file of the pages that are read, to go on from and to add to.
    worst
        Of `ensemble`: draw so many of the worst pages, with the truth and what was found.
    out
        Folder of these pictures (default: `worst-pages`).
    """
    from scorebridge.score.barlines import SHIPPED
    from scorebridge_lab.benchmarks.layout_sets import (
        LayoutCases,
        LayoutEnsemble,
        QuartetPrints,
    )
    from scorebridge_lab.benchmarks.page_sets import (
        BoxedPages,
        EngravedSongs,
        KernScans,
        Photographs,
    )
    from scorebridge_lab.cli import layout_tables
    from scorebridge_lab.evaluate.layout import evaluate

    options.only("layout", "sets", "stride", "limit", "seed", "as_json", "failures")
    kinds = (KernScans, BoxedPages, EngravedSongs, Photographs)
    scored = (LayoutEnsemble, LayoutCases, QuartetPrints)
    classifiers = None if geometry else SHIPPED
    rows = []
    # Those of every scoring take hours, or need pages that are engraved first: by name alone.
    for one in options.chosen(None, *kinds, *(scored if options.sets else ())):
        if isinstance(one, LayoutEnsemble):
            rows += layout_tables.ensemble(one, options, results, worst, out)
            continue
        if isinstance(one, (LayoutCases, QuartetPrints)):
            rows += layout_tables.prints(one, options)
            continue
        found = evaluate(
            one,
            stride=options.stride,
            limit=options.limit,
            seed=options.seed,
            classifiers=classifiers,
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
