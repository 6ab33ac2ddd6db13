"""What the commands share: the console, the JSON switch, and tables of retrieval figures."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from scorebridge_lab.workers import cause_of

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from scorebridge_lab.metrics import ResultRow

AsJson = Annotated[bool, Parameter(name="--json", negative=(), help="Print JSON.")]
MIN_WIDTH = 120  # characters, where standard output is no terminal: no figure is cut off
console = Console(width=None if sys.stdout.isatty() else MIN_WIDTH)


def with_interval(value: float, edges: tuple[float, float] | None) -> str:
    """A figure with its interval, where it has one."""
    return f"{value:.3f}" + (" ({:.3f}-{:.3f})".format(*edges) if edges else "")


def print_json(record: dict[str, Any]) -> None:
    """Prints a record as JSON."""
    print(json.dumps(record, indent=1))


def print_rows(
    title: str, rows: Sequence[ResultRow], as_json: bool, extra: dict[str, Any] | None = None
) -> None:
    """Prints rows of retrieval figures as a table, or as JSON with `extra` beside them."""
    if as_json:
        print_json({"title": title, "rows": [r.asdict() for r in rows], **(extra or {})})
        return
    heads = ("set", "", "queries", "R@1 (95 %)", "R@5", "R@10", "R@25", "MRR (95 %)", "MR")
    table = Table(*heads, title=title)
    for r in rows:
        f = r.figures
        first, mrr = with_interval(f.r1, f.r1_95), with_interval(f.mrr, f.mrr_95)
        figures = (first, f"{f.r5:.3f}", f"{f.r10:.3f}", f"{f.r25:.3f}", mrr, f"{f.mr:g}")
        table.add_row(r.what, r.direction, str(f.queries), *figures)
    console.print(table)


def print_made(made: int, failures: Mapping[str, str], folder: Path) -> None:
    """Prints how many files a build has, and the causes of its failures, most frequent first."""
    console.print(f"{made} in {folder}, {len(failures)} failed", markup=False, highlight=False)
    for cause, count in Counter(cause_of(text) for text in failures.values()).most_common():
        console.print(f"  {count:4d} x {cause}", markup=False, highlight=False)
