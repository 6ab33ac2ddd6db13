"""What the lab's commands share: what they need, and how they print figures."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Annotated, Any

from cyclopts import Parameter
from rich.console import Console
from rich.table import Table

from scorebridge_lab.errors import LabError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from scorebridge_lab.evaluate.metrics import Row

AsJson = Annotated[bool, Parameter(name="--json", negative=(), help="Print JSON.")]
console = Console()


def need_train() -> None:
    """Raise LabError where the extra is missing."""
    try:
        import torch  # noqa: F401
    except ImportError:
        raise LabError(
            "The lab needs the extra `train`: pip install 'scorebridge[train]'"
        ) from None


def with_interval(value: float, edges: tuple[float, float] | None) -> str:
    """A figure with its interval, where it has one."""
    return f"{value:.3f}" + (" ({:.3f}-{:.3f})".format(*edges) if edges else "")


def print_rows(
    title: str, rows: Sequence[Row], as_json: bool, extra: dict[str, Any] | None = None
) -> None:
    """Print rows of retrieval figures as a table, or as JSON with `extra` beside them."""
    if as_json:
        lines = [r.asdict() for r in rows]
        print(json.dumps({"title": title, "rows": lines, **(extra or {})}, indent=1))
        return
    heads = ("set", "", "queries", "R@1 (95 %)", "R@5", "R@10", "R@25", "MRR (95 %)", "MR")
    table = Table(*heads, title=title)
    for r in rows:
        f = r.figures
        first, mrr = with_interval(f.r1, f.r1_95), with_interval(f.mrr, f.mrr_95)
        figures = (first, f"{f.r5:.3f}", f"{f.r10:.3f}", f"{f.r25:.3f}", mrr, f"{f.mr:g}")
        table.add_row(r.what, r.direction, str(f.queries), *figures)
    console.print(table)
