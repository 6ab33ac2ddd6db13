"""`scorebridge-lab evaluate direction`: pages that are stored on their side or upside down."""

from __future__ import annotations

from typing import Annotated

from cyclopts import Parameter

from scorebridge_lab.cli.options import Options
from scorebridge_lab.cli.shared import console, print_json

DEFAULT = Options()


def direction(
    *,
    upright: Annotated[bool, Parameter(negative=())] = False,
    options: Options = DEFAULT,
) -> int:
    """Pages of scans, each stored in four directions, that are turned upright.

    Parameters
    ----------
    upright
        Read each page as it is stored alone: which upright pages are turned wrongly.
    """
    from scorebridge_lab.benchmarks.page_sets import BoxedPages, KernScans
    from scorebridge_lab.evaluate.direction import TURNS, evaluate

    options.only("direction", "sets", "stride", "limit", "as_json", "failures")
    rows = []
    for one in options.chosen(None, KernScans, BoxedPages):
        paths = one.scores()[: options.limit or None]
        found = list(evaluate(paths, TURNS[:1] if upright else TURNS, options.stride))
        row = {
            "set": one.name,
            "pages": len({t.name for t in found}),
            "read": len(found),
            "right": sum(t.is_right for t in found),
            "undecided": sum(t.is_undecided for t in found),
        }
        rows.append(row)
        if not options.as_json:
            text = ", ".join(f"{value} {name}" for name, value in row.items() if name != "set")
            console.print(f"{one.name}: {text}", markup=False)
            for t in found if options.failures else ():
                if not t.is_right or t.is_undecided:
                    what = f"stored at {t.stored}, turned by {t.found}, {t.confidence:.2f}"
                    console.print(f"  {t.name}: {what}", markup=False, highlight=False)
    if options.as_json:
        print_json({"rows": rows})
    return 0
