"""What commands print: progress and errors on standard error, tables on standard output."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from scorebridge.shown import shown

if TYPE_CHECKING:
    from scorebridge.errors import ScorebridgeError
    from scorebridge.types import Alignment, Document, Hit, Link, Part, Progress


def print_error(error: ScorebridgeError) -> None:
    """Print an error's message on standard error."""
    print(f"scorebridge: {error}", file=sys.stderr)


@contextmanager
def progress(what: str = "") -> Iterator[Progress]:
    """A progress bar on standard error, where that is a terminal.

    what : shown beside it where no file is at work.
    """
    from rich import progress as bars
    from rich.console import Console
    from rich.markup import escape

    columns = (bars.BarColumn(), bars.TaskProgressColumn(), bars.TimeRemainingColumn())
    text = bars.TextColumn("{task.description}")
    console = Console(stderr=True)
    with bars.Progress(*columns, text, console=console, disable=not console.is_terminal) as bar:
        task = bar.add_task(what, total=None)

        def update(done: float, total: float, path: Path | None) -> None:
            name = escape(shown(path.name)) if path else what
            bar.update(task, completed=done, total=total, description=name)

        yield update


def print_table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
    """Print a plain table; cells are text, not markup."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE_HEAD)
    for head in heads:
        table.add_column(head, overflow="fold")
    for row in rows:
        table.add_row(*(Text(shown(cell)) for cell in row))  # Text: brackets in names are no markup
    console = Console()
    if not console.is_terminal:
        console.width = 160  # a pipe has no width; do not fold for it
    console.print(table)


def print_links(links: Sequence[Link]) -> None:
    """Print which recording plays which score."""
    rows = []
    for link in links:
        pages = f"p. {link.first_page}-{link.last_page}"
        where = f"{pages} ({part(link.part)})" if link.part else pages
        rows.append((f"{link.confidence:.0%}", short(link.recording), short(link.score), where))
    if rows:
        print_table(("confidence", "recording", "score", "pages"), rows)


def print_documents(documents: Sequence[Document]) -> None:
    """Print kind, size and path of documents."""
    rows = []
    for document in documents:
        size = f"{document.pages} p." if document.kind == "score" else format_time(document.extent)
        rows.append((document.kind, size, short(document.path)))
    print_table(("kind", "size", "path"), rows)


def print_pages(found: Sequence[dict[str, Any]]) -> None:
    """Print what was found on each page."""
    heads = ("page", "systems", "staves", "bars", "min. confidence", "")
    print_table(heads, map(_page_row, found))


def print_undecided(file: str, pages: Sequence[int]) -> None:
    """Name on standard error the pages of which it is undecided whether they are upside down."""
    if pages:
        where = f"page{'s' * (len(pages) > 1)} {', '.join(map(str, pages))}"
        text = (
            f"{shown(file)}: which way is up is undecided on {where}."
            " Look there; turn a page that is upside down in the app under Correct, or give its"
            " `rotation` to `scorebridge pages --correct`."
        )
        print(f"scorebridge: {text}", file=sys.stderr)


def _page_row(record: dict[str, Any]) -> tuple[str, ...]:
    systems = record["systems"]
    staves, bars = (sum(len(s[name]) for s in systems) for name in ("staves", "bars"))
    lowest = min(
        (c for s in systems for c in (s["confidence"], *s["bar_confidence"])), default=None
    )
    note = "corrected" if record["corrected"] else "" if systems else "no music"
    if record["rotation"]:
        note = ", ".join(filter(None, (note, f"turned by {record['rotation']} degrees")))
    confidence = "" if lowest is None else f"{lowest:.0%}"
    return str(record["page"]), str(len(systems)), str(staves), str(bars), confidence, note


def print_hits(hits: Sequence[Hit], kind: str) -> None:
    """Print the answers to a query of this kind, best first."""
    rows, first = [], {}
    for hit in hits:
        where = ""
        if hit.passages and kind == "recording":
            where = f"p. {hit.passages[0].page}, system {hit.passages[0].system}"
        elif hit.passages and hit.passages[0].start_s is not None:
            where = (
                f"{format_time(hit.passages[0].start_s)}-{format_time(hit.passages[-1].end_s or 0)}"
            )
        if hit.part:
            where += f" ({part(hit.part)})"
        if hit.work and first.setdefault(hit.work, hit.rank) != hit.rank:
            where += f", same work as {first[hit.work]}"
        rows.append((str(hit.rank), f"{hit.confidence:.0%}", hit.title, where, short(hit.path)))
    print_table(("", "confidence", "title", "where", "path"), rows)


def part(part: Part) -> str:
    """A part of a volume in words."""
    return f"part {part.number}: {part.title}" if part.title else f"part {part.number}"


def print_alignment(alignment: Alignment) -> None:
    """Print when each system begins, and which bars are played."""
    rows, before = [], None
    for point in alignment.points:
        if (place := (point.page, point.system)) != before:
            bar = point.number or str(point.bar or "")
            rows.append((format_time(point.time_s), str(point.page), str(point.system), bar))
        before = place
    print_table(("from", "page", "system", "bar"), rows)
    if len(alignment.sections) > 1:
        played = (
            f"{section.first_number}-{section.last_number}" if section.first_number else "?"
            for section in alignment.sections
        )
        print(f"bars played: {', '.join(played)}")
    print(f"confidence {alignment.confidence:.0%}, {len(alignment.points)} points")


def short(path: str) -> str:
    """A path relative to the current folder, where it lies below it."""
    return (
        str(Path(path).relative_to(Path.cwd())) if Path(path).is_relative_to(Path.cwd()) else path
    )


def format_time(seconds: float) -> str:
    """Minutes and seconds, as players show them."""
    return f"{int(seconds // 60)}:{seconds % 60:04.1f}"
