"""The job "correct": a person's page replaces what was read on it, or is taken back."""

from __future__ import annotations

from typing import Any

from scorebridge.export import records
from scorebridge.library.page_corrections import load_page_corrections, parse_page_corrections
from scorebridge.server.cache import PAGES
from scorebridge.server.decoding.encoding import encode_document
from scorebridge.server.payloads import CorrectPage
from scorebridge.server.worker.context import JobContext


def store_page_correction(context: JobContext, payload: CorrectPage) -> dict[str, Any]:
    """Store the correction and encode the score again; returns the document's record."""
    worker, document_id = context.worker, payload.document
    limits = worker.settings.limits
    corrected = load_page_corrections(worker.settings.library, document_id).without([payload.page])
    if payload.systems is not None or payload.rotation is not None:
        record = {"pages": [payload.as_record()]}
        corrected = corrected.merged(parse_page_corrections(record, f"page {payload.page}"))
    encoded_file = context.run_in_child(
        encode_document,
        context.file(document_id),
        corrected or None,
        limits.max_pages,
        limits.max_duration_s,
    )
    context.retry_while_busy(
        lambda: worker.library.replace_corrections(document_id, corrected, encoded_file.encoded)
    )
    worker.cache.put(document_id, PAGES, records.as_json(encoded_file.pages).encode())
    context.queue_linking()
    return {"document": worker.catalogue.as_record(context.entry(document_id))}
