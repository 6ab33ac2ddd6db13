"""The job "link": which recordings of the library play which scores."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scorebridge.sandbox import Cancelled
from scorebridge.server.worker.context import JobContext


def link_library(context: JobContext) -> dict[str, Any]:
    """Link the library; returns the numbers of links, of new and of dropped ones."""
    catalogue = context.worker.catalogue

    def progress(done: float, total: float, path: Path | None) -> None:
        document_id = catalogue.by_path.get(str(path))
        title = catalogue.entries[document_id].title if document_id else ""
        context.report(done / max(total, 1), title)
        if context.is_cancelled():
            raise Cancelled

    report = context.retry_while_busy(lambda: context.worker.library.link(progress))
    return {
        "links": len(report.links),
        "added": len(report.added),
        "dropped": len(report.dropped),
    }
