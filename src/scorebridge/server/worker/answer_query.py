"""The job "find": a file, a region of a page or a span of a recording finds documents."""

from __future__ import annotations

import json
import time
from typing import Any

from scorebridge.errors import UsageError
from scorebridge.export import records
from scorebridge.retrieval.excerpts import cut_region, cut_span
from scorebridge.server.payloads import FindByFile, FindByRegion, FindBySpan, FindQuery
from scorebridge.server.worker.add_upload import encode_in_child
from scorebridge.server.worker.context import JobContext
from scorebridge.types import Encoded

PREVIEW_MIN_DOCUMENTS = 300  # above which the hits by votes are shown before the aligned ones
VOTE_METHODS = ("votes", "votes-best")  # quick themselves


def answer_query(context: JobContext, payload: FindQuery) -> dict[str, Any]:
    """Search the library; returns the `FindRecord`."""
    worker = context.worker
    start = time.perf_counter()
    query, head = _query(context, payload)
    if not worker.catalogue.entries:
        raise UsageError("The library is empty. Add scores and recordings first.")
    other_kind = "score" if query.kind == "recording" else "recording"
    count = sum(entry.kind == other_kind for entry in worker.catalogue.entries.values())

    def search(method: str) -> dict[str, Any]:
        hits = worker.library.find(query, payload.top, method) if count else []
        elapsed_s = time.perf_counter() - start
        accept = worker.library.calibration.accept
        record = json.loads(
            records.as_json(records.found(head["path"], query, hits, elapsed_s, accept))
        )
        record["query"] |= head
        ids = worker.catalogue.by_path
        for result in record["results"]:
            result["id"] = ids.get(result["path"], "")
        return record

    if payload.method not in VOTE_METHODS and count > PREVIEW_MIN_DOCUMENTS:
        context.report(0.6, "aligning", search("votes-best"))
    return search(payload.method)


def _query(context: JobContext, payload: FindQuery) -> tuple[Encoded, dict[str, Any]]:
    """The encoded query, and what its record adds to that of the file."""
    worker = context.worker
    if isinstance(payload, FindByFile):
        head: dict[str, Any] = {"path": context.job.title}
        known = worker.library.snapshot().get(payload.digest)
        if known:
            return worker.library.encode(known), head
        path = worker.settings.incoming / payload.file
        return encode_in_child(context, path, payload.digest).encoded, head
    document_id = payload.document
    document = context.document(document_id)
    encoded = worker.library.encode(document)
    head = {"id": document_id, "path": document.path}
    match payload:
        case FindByRegion(page=page, box=(x0, y0, x1, y1)):
            head |= {"page": page, "box": payload.box}
            return cut_region(encoded, page, (x0, y0, x1, y1)), head
        case FindBySpan(start_s=start_s, end_s=end_s):
            head |= {"start_s": start_s, "end_s": end_s}
            return cut_span(encoded, start_s, end_s), head
    raise UsageError("A region is [x0, y0, x1, y1].")
