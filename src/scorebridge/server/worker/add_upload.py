"""The job "add": an uploaded file becomes a document.

The file is encoded in a child process first. The library is locked only while its vectors are
written.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from scorebridge.errors import InputError
from scorebridge.export import records
from scorebridge.library.page_corrections import load_page_corrections
from scorebridge.server.cache import PAGES, PEAKS, page_image_name
from scorebridge.server.catalogue import Entry
from scorebridge.server.decoding.encoding import EncodedFile, encode_document
from scorebridge.server.decoding.page_images import draw_page
from scorebridge.server.decoding.sound import measure_peaks
from scorebridge.server.payloads import AddUpload
from scorebridge.server.worker.context import JobContext


def add_upload(context: JobContext, payload: AddUpload) -> dict[str, Any]:
    """Add an uploaded file; returns the outcome and the document's record."""
    worker, document_id = context.worker, payload.digest
    path = worker.settings.uploads / payload.file
    known = worker.catalogue.entries.get(document_id)
    if known and worker.originals.find(known) and str(path) not in known.paths:
        path.unlink(missing_ok=True)
        return {"outcome": "unchanged", "document": worker.catalogue.as_record(known)}
    if known is None or str(path) not in known.paths:
        encoded_file = encode_in_child(context, path, document_id)
        worker.uploads.names.put(path.name, payload.called)
        context.retry_while_busy(lambda: _add_to_library(context, path, encoded_file))
        if encoded_file.pages:
            worker.cache.put(document_id, PAGES, records.as_json(encoded_file.pages).encode())
        context.queue_linking()
    entry = context.entry(document_id)
    _make_preview(context, entry, path)
    outcome = "added" if entry.added >= context.job.created else "unchanged"
    return {"outcome": outcome, "document": worker.catalogue.as_record(entry)}


def encode_in_child(context: JobContext, path: Path, document_id: str) -> EncodedFile:
    """Encode a file with its page corrections. Raises `InputError`, `Cancelled`."""
    worker = context.worker
    limits = worker.settings.limits
    corrections = load_page_corrections(worker.settings.library, document_id)
    return context.run_in_child(
        encode_document,
        path,
        corrections or None,
        limits.max_pages,
        limits.max_duration_s,
    )


def _add_to_library(context: JobContext, path: Path, encoded_file: EncodedFile) -> None:
    report = context.worker.library.add(
        [path],
        encode=lambda *_: encoded_file.encoded,
        titles={path: context.job.title},
        relink=False,
    )
    for error in report.failed:
        raise error


def _make_preview(context: JobContext, entry: Entry, path: Path) -> None:
    """Make the picture or the waveform that the app shows first."""
    cache, max_duration_s = context.worker.cache, context.worker.settings.limits.max_duration_s
    context.report(0.98, "")
    try:
        if entry.kind == "score":
            given = load_page_corrections(context.worker.settings.library, entry.id)
            rotation = given.rotations(context.document(entry.id)).get(1, 0)
            cache.get_or_make(
                entry.id,
                page_image_name(1, rotation),
                lambda out: context.run_in_child(draw_page, path, 1, rotation, out),
            )
        else:
            cache.get_or_make(
                entry.id,
                PEAKS,
                lambda out: context.run_in_child(measure_peaks, path, max_duration_s, out),
            )
    except InputError:
        pass  # the document is in the library; a request for the picture reports the reason
