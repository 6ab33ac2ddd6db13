"""`scorebridge-lab evaluate` commands about windows: snippets, bars and robustness."""

from __future__ import annotations

from dataclasses import asdict, replace
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter
from rich.table import Table

from scorebridge_lab.cli.options import Options
from scorebridge_lab.cli.shared import console, print_json, print_rows, with_interval
from scorebridge_lab.errors import LabError

DEFAULT = Options()
MAX_ROBUSTNESS_PIECES = 40
Disturbance = Literal[
    "tempo",
    "noise",
    "reverberation",
    "detuning",
    "gain",
    "skew",
    "blur",
    "resolution",
    "staff size",
]


def snippets(
    *,
    candidates: Annotated[tuple[int, ...], Parameter(consume_multiple=True, negative=())] = (
        2000,
        10000,
    ),
    options: Options = DEFAULT,
) -> int:
    """Snippet retrieval on rebuilt MSMD, both ways, on the piano that training never hears.

    Parameters
    ----------
    candidates
        Pairs among which snippets are searched.
    """
    from scorebridge_lab.benchmarks.packed import PackedSet
    from scorebridge_lab.evaluate.snippets import set_pieces, snippet_rows

    options.only("snippets", "sets", "stride", "limit", "model", "seed", "as_json")
    sets, encoder = options.chosen("msmd-test", PackedSet), options.encoder()
    rows, counts = [], []
    for one in sets:
        pieces = set_pieces(encoder, one, options.stride, options.limit)
        counts.append(f"{one.name}, {len(pieces)} pieces")
        label = f"{one.name}: " if len(sets) > 1 else ""
        for number in candidates:
            rows += snippet_rows(encoder, pieces, number, label, options.seed)
    name = encoder.info.name
    print_rows(f"{', '.join(counts)}, {name}", rows, options.as_json, {"encoder": name})
    return 0


def bars(*, options: Options = DEFAULT) -> int:
    """Retrieval bar by bar on the real scans, both ways, with intervals over pieces."""
    from scorebridge_lab.benchmarks.scan_bars import BarSet
    from scorebridge_lab.evaluate.bar_retrieval import evaluate

    options.only("bars", "sets", "stride", "limit", "model", "as_json")
    sets, encoder = options.chosen("bars", BarSet), options.encoder()
    found = []
    for one in sets:
        known = one.ground_truth(encoder.info.by_page)
        for line in evaluate(encoder, known, options.stride, options.limit):
            what = f"{one.name}: {line.row.what}" if len(sets) > 1 else line.row.what
            found.append(replace(line, row=replace(line.row, what=what)))
    name = encoder.info.name
    if options.as_json:
        print_json({"encoder": name, "rows": [asdict(f) for f in found]})
        return 0
    heads = ("", "bars", "pieces", "candidates", "R@1", "R@10", "R@25", "MRR", "in its piece")
    names = ", ".join(one.name for one in sets)
    table = Table(*heads, title=f"{names}, {name}; 95 % intervals over pieces")
    for f in found:
        r = f.row.figures
        first, mrr = with_interval(r.r1, r.r1_95), with_interval(r.mrr, r.mrr_95)
        counts = (str(r.queries), str(f.pieces), str(f.candidates))
        rest = (f"{r.r10:.3f}", f"{r.r25:.3f}", mrr, f"{f.in_piece:.3f}")
        table.add_row(f"{f.row.what} {f.row.direction}", *counts, first, *rest)
    console.print(table)
    return 0


def robustness(
    *disturbances: Disturbance, out: Path | None = None, options: Options = DEFAULT
) -> int:
    """MRR against one disturbance of sound or page at a time (40 pieces of MSMD's test part).

    Parameters
    ----------
    disturbances
        All by default.
    out
        Folder for a picture of each curve.
    """
    from scorebridge_lab.engrave.engraving import Engraving
    from scorebridge_lab.evaluate.robustness import SWEEPS, draw, measure
    from scorebridge_lab.home import home
    from scorebridge_lab.sources.mutopia import msmd_pieces, papers_test

    options.only("robustness", "limit", "model", "seed", "as_json")
    folder = home() / "engraved" / "msmd"
    paths = [folder / f"{p.name}.npz" for p in papers_test(msmd_pieces())]
    paths = [p for p in paths if p.exists()]
    if not paths:
        raise LabError(f"{folder}: no test pieces engraved. First: scorebridge-lab data msmd test")
    limit = options.limit or MAX_ROBUSTNESS_PIECES
    pieces = [Engraving.load(p) for p in paths[:: max(1, len(paths) // limit)][:limit]]
    encoder = options.encoder()
    curves = {
        name: measure(encoder, pieces, name, seed=options.seed) for name in disturbances or SWEEPS
    }
    if out is not None:
        draw(curves, out)
    name = encoder.info.name
    title = f"{name}, {len(pieces)} pieces"
    if options.as_json:
        rows = {which: [p.asdict() for p in points] for which, points in curves.items()}
        print_json({"encoder": name, "title": title, "curves": rows})
        return 0
    table = Table("disturbance", "value", "queries", "found", "A2S", "S2A", title=title)
    for which, points in curves.items():
        for p in points:
            figures = (str(p.queries), f"{p.found:.2f}", f"{p.a2s:.3f}", f"{p.s2a:.3f}")
            table.add_row(which, f"{p.value:g} {SWEEPS[which].unit}", *figures)
    console.print(table)
    return 0
