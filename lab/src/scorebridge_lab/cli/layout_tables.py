"""What `evaluate layout` prints of the sets of every scoring: tables, faults, pictures."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.table import Table

from scorebridge_lab.cli.options import Options
from scorebridge_lab.cli.shared import console

if TYPE_CHECKING:
    from scorebridge_lab.benchmarks.layout_sets import LayoutCases, LayoutEnsemble, QuartetPrints
    from scorebridge_lab.evaluate.layout_ensemble import PageResult
    from scorebridge_lab.evaluate.layout_prints import PrintResult

PROGRESS = 20  # pages between two lines of progress


def _share(count: int, of: int) -> str:
    return f"{count / of:.3f}" if of else "-"


def ensemble(
    one: LayoutEnsemble, options: Options, results: Path | None, worst: int, out: Path | None
) -> list[dict[str, Any]]:
    """Read the pages of the ensemble, print figures by group, draw the worst pages."""
    from scorebridge_lab.evaluate import layout_ensemble as ev
    from scorebridge_lab.evaluate.layout_pictures import save_pictures

    read: list[PageResult] = []
    for result in ev.evaluate(one, options.stride, options.limit, results=results):
        read.append(result)
        if not options.as_json and len(read) % PROGRESS == 0:
            console.print(f"{len(read)} pages", style="dim", highlight=False)
    sums = ev.summed(read)
    if not options.as_json:
        print_ensemble(sums)
    if options.failures and not options.as_json:
        for result in read:
            for fault in result.comparison.faults:
                console.print(f"  {result.copy.name}: {fault}", markup=False, highlight=False)
    if worst:
        chosen = ev.worst(read, worst)
        paths = save_pictures(chosen, out or Path("worst-pages"))
        for path, result in zip(paths, chosen, strict=True):
            faults = "; ".join(result.comparison.faults[:4])
            line = f"{path}: {result.copy.name}: {faults}"
            if not options.as_json:
                console.print(line, markup=False, highlight=False)
    return [{"what": one.name, "group": g, "copy": k, **asdict(s)} for g, k, s in sums]


def print_ensemble(sums: Iterable[tuple[str, str, Any]]) -> None:
    """Prints the shares of each group and kind of copy."""
    heads = ("group", "copies", "pages", "systems", "systems right", "bars exact", "groups")
    heads += ("kinds", "direction", "numbered", "numbers right", "numbers wrong", "s/page")
    table = Table(*heads, title="ensemble: shares of n", box=None, padding=(0, 1, 0, 0))
    for group, kind, s in sums:
        table.add_row(
            group,
            kind or "all",
            str(s.pages),
            str(s.systems),
            _share(s.systems_right, s.systems),
            _share(s.bars_right, s.systems),
            _share(s.groups_right, s.systems_right),
            _share(s.kinds_right, s.systems_right),
            _share(s.turned_right, s.turned),
            str(s.numbered),
            _share(s.numbers_right, s.numbered),
            str(s.numbers_wrong),
            f"{s.seconds / max(1, s.pages):.2f}",
        )
    console.print(table)


def prints(one: LayoutCases | QuartetPrints, options: Options) -> list[dict[str, Any]]:
    """Read whole files, print a line for each."""
    from scorebridge_lab.evaluate.layout_prints import evaluate

    read: list[PrintResult] = []
    for result in evaluate(one, options.stride, options.limit):
        read.append(result)
        if not options.as_json and options.failures:
            _print_faults(result)
    if not options.as_json:
        _print_files(one.name, read)
    return [
        {
            "what": one.name,
            "file": r.print.name,
            "right": r.right,
            "systems": r.systems,
            "systems_right": r.systems_right,
            "bars_right": r.bars_right,
            "numbered": r.numbered,
            "numbers_right": r.numbers_right,
            "turn_right": r.turn_right,
            "staves": r.staves,
            "bars": r.bars,
            "numbers": r.numbers,
            "rotations": r.rotations,
            "seconds": r.seconds,
            "fault": r.fault,
        }
        for r in read
    ]


def _print_files(name: str, read: Sequence[PrintResult]) -> None:
    heads = ("file", "right", "systems right", "bars right", "numbers right", "direction", "s/page")
    table = Table(*heads, title=name, box=None, padding=(0, 1, 0, 0))
    for r in read:
        table.add_row(
            r.print.name,
            "yes" if r.right else "no",
            f"{r.systems_right} of {r.systems}",
            f"{r.bars_right} of {r.systems}",
            f"{r.numbers_right} of {r.numbered}",
            "yes" if r.turn_right else f"no: {set(r.rotations) or '-'} for {r.print.turn}",
            f"{r.seconds / max(1, len(r.rotations)):.2f}",
        )
    systems = sum(r.systems for r in read)
    table.add_row(
        "all",
        f"{sum(r.right for r in read)} of {len(read)}",
        f"{sum(r.systems_right for r in read)} of {systems}",
        f"{sum(r.bars_right for r in read)} of {systems}",
        f"{sum(r.numbers_right for r in read)} of {sum(r.numbered for r in read)}",
        f"{sum(r.turn_right for r in read)} of {len(read)}",
        "",
    )
    console.print(table)


def _print_faults(r: PrintResult) -> None:
    """A line for each page that is wrong."""
    if r.fault:
        console.print(f"  {r.print.name}: {r.fault}", markup=False, highlight=False)
    pages = zip(r.print.staves, r.print.bars, r.staves, r.bars, strict=False)
    for k, (staves, bars, had_staves, had_bars) in enumerate(pages, 1):
        if (staves, bars) != (had_staves, had_bars):
            line = f"staves {had_staves} for {staves}, bars {had_bars} for {bars}"
            console.print(f"  {r.print.name} p. {k}: {line}", markup=False, highlight=False)
