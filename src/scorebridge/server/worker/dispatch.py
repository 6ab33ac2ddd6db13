"""Which function runs which kind of job.

Each may run twice: a worker that is killed in the middle of a job leaves nothing half done.
"""

from __future__ import annotations

from typing import Any

from scorebridge.server import payloads
from scorebridge.server.worker.add_upload import add_upload
from scorebridge.server.worker.answer_query import answer_query
from scorebridge.server.worker.context import JobContext
from scorebridge.server.worker.link_library import link_library
from scorebridge.server.worker.store_alignment import store_alignment
from scorebridge.server.worker.store_page_correction import store_page_correction
from scorebridge.server.worker.write_export import write_export


def run_job(context: JobContext) -> Any:
    """Run a job; returns its result. Raises `ScorebridgeError`, `Cancelled`."""
    payload = payloads.from_record(context.job.kind, context.job.payload)
    match payload:
        case payloads.AddUpload():
            return add_upload(context, payload)
        case payloads.CorrectPage():
            return store_page_correction(context, payload)
        case payloads.FindByFile() | payloads.FindByRegion() | payloads.FindBySpan():
            return answer_query(context, payload)
        case payloads.UpdateLinks():
            return link_library(context)
        case payloads.AlignPair():
            return store_alignment(context, payload)
        case payloads.ExportPair():
            return write_export(context, payload)
