"""What the jobs do. Each may be done twice: a worker killed in its middle leaves nothing half-done.

A file is read in a child process first; only then the library's lock is taken, for the
moment that it takes to write the vectors.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from scorebridge.errors import InputError, UsageError
from scorebridge.export import records
from scorebridge.library import corrections
from scorebridge.retrieval.excerpts import cut_region, cut_span, moved
from scorebridge.sandbox import Cancelled
from scorebridge.server.cache import PAGES, page_picture
from scorebridge.server.catalogue import Entry
from scorebridge.server.worker import decoding, pair_tasks
from scorebridge.server.worker.context import Doing, Work
from scorebridge.types import Encoded

MANY = 300  # documents beyond which a search shows what votes give before it aligns


def do(doing: Doing) -> Any:
    """Do a job; returns its result."""
    return TASKS[doing.job.kind](doing)


def clean(doing: Doing) -> None:
    """Delete what a job that is done no longer needs."""
    if doing.job.kind == "find" and (name := doing.job.payload.get("file")):
        (doing.work.settings.incoming / name).unlink(missing_ok=True)


def give_up(doing: Doing) -> None:
    """Delete the upload of a job that failed or was cancelled, unless something else has it."""
    name = doing.job.payload.get("file")
    if name:
        settings = doing.work.settings
        with doing.work.jobs.files_in_use() as used:
            path = settings.uploads / name
            wanted = sum(job.payload.get("file") == name for job in doing.work.jobs.unfinished())
            if name in used and wanted > 1:
                return
            if str(path) not in doing.work.catalogue.by_path:
                path.unlink(missing_ok=True)
                doing.work.names.forget([name])
            (settings.incoming / name).unlink(missing_ok=True)


def add(doing: Doing) -> dict[str, Any]:
    """An uploaded file becomes a document."""
    work, payload = doing.work, doing.job.payload
    path, digest = work.settings.uploads / payload["file"], payload["digest"]
    known = work.catalogue.entries.get(digest)
    if known and known.file() and str(path) not in known.paths:
        path.unlink(missing_ok=True)
        return {"outcome": "unchanged", "document": work.catalogue.record(known)}
    if known is None or str(path) not in known.paths:
        read = _read(doing, path, digest)

        work.names.keep(path.name, payload.get("called", ""))

        def commit() -> None:
            title = {path: doing.job.title}
            report = work.library.add([path], None, lambda *_: read.encoded, title, relink=False)
            for error in report.failed:
                raise error

        doing.patiently(commit)
        if read.pages:
            work.cache.put(digest, PAGES, records.as_json(read.pages).encode())
        work.jobs.submit("link", "", {}, once=True)
    entry = doing.entry(digest)
    _prepare(doing, entry, path)
    outcome = "added" if entry.added >= doing.job.created - 1 else "unchanged"
    return {"outcome": outcome, "document": work.catalogue.record(entry)}


def _read(doing: Doing, path: Path, digest: str) -> decoding.Read:
    """Encode a file in a child process, with what was corrected of it."""
    work = doing.work
    limits = work.settings.limits
    given = corrections.load(work.settings.library, digest)
    return doing.limited(
        decoding.encode, path, given if given.pages else None, limits.pages, limits.duration_s, None
    )


def _prepare(doing: Doing, entry: Entry, path: Path) -> None:
    """Make what the app shows first of a document."""
    work = doing.work
    limits = work.settings.limits
    doing.report(0.98, "")
    try:
        if entry.kind == "score":
            name = page_picture(1)
            work.cache.made(
                entry.id, name, lambda out: doing.limited(decoding.draw_page, path, 1, out)
            )
        else:
            work.cache.made(
                entry.id,
                "peaks.npy",
                lambda out: doing.limited(decoding.measure_peaks, path, limits.duration_s, out),
            )
    except InputError:
        pass  # the document is in; who asks for the picture learns why there is none


def correct(doing: Doing) -> dict[str, Any]:
    """Pages are taken as a person gives them, or read again; the score is encoded anew."""
    work, payload = doing.work, doing.job.payload
    name = payload["document"]
    path, page = doing.file(name), payload["page"]
    now = corrections.load(work.settings.library, name).without([page])
    if payload["systems"] is not None:
        record = {"pages": [{"page": page, "systems": payload["systems"]}]}
        now = now.merged(corrections.parse(record, f"page {page}"))
    limits = work.settings.limits
    read = doing.limited(
        *(decoding.encode, path, now if now.pages else None),
        *(limits.pages, limits.duration_s, None),
    )
    doing.patiently(lambda: corrections.keep(work.settings.library, name, now, read.encoded))
    work.cache.put(name, PAGES, records.as_json(read.pages).encode())
    work.jobs.submit("link", "", {}, once=True)
    return {"document": work.catalogue.record(doing.entry(name))}


def find(doing: Doing) -> dict[str, Any]:
    """A file, a region of a page or a span of a recording finds documents."""
    work, payload = doing.work, doing.job.payload
    start = time.perf_counter()
    query, shift, head = _query(doing)
    top = payload["top"]
    if not work.catalogue.entries:
        raise UsageError("The library is empty. Add scores and recordings first.")
    method = payload["method"]
    other = "score" if query.kind == "recording" else "recording"
    count = sum(entry.kind == other for entry in work.catalogue.entries.values())

    def answer(method: str) -> dict[str, Any]:
        hits = work.library.find(query, top, method) if count else []
        elapsed = time.perf_counter() - start
        accept = work.library.calibration.accept
        found = records.found(head["path"], query, hits, elapsed, accept)
        record = moved(json.loads(records.as_json(found)), shift)
        return record | {"query": record["query"] | head}

    if method not in ("votes", "votes-best") and count > MANY:
        doing.report(0.6, "aligning", _with_ids(answer("votes-best"), work))
    return _with_ids(answer(method), work)


def _with_ids(record: dict[str, Any], work: Work) -> dict[str, Any]:
    ids = work.catalogue.by_path
    for result in record["results"]:
        result["id"] = ids.get(result["path"], "")
    return record


def _query(doing: Doing) -> tuple[Encoded, float, dict[str, Any]]:
    """The query's vectors, what its times are to be moved by, and what the answer says of it."""
    work, payload = doing.work, doing.job.payload
    if "file" in payload:
        entry = work.catalogue.entries.get(payload["digest"])
        head = {"path": doing.job.title}
        if entry and entry.file():
            return work.library.encode(entry.paths[0]), 0.0, head
        path = work.settings.incoming / payload["file"]
        return _read(doing, path, payload["digest"]).encoded, 0.0, head
    name = payload["document"]
    whole = work.library.encode(doing.file(name))
    head = {"id": name, "path": doing.entry(name).paths[0]}
    if "box" in payload:
        more = {"page": payload["page"], "box": payload["box"]}
        return cut_region(whole, payload["page"], payload["box"]), 0.0, head | more
    span = payload["start_s"], payload["end_s"]
    more = {"start_s": span[0], "end_s": span[1]}
    return cut_span(whole, *span), span[0], head | more


def link(doing: Doing) -> dict[str, Any]:
    """Which recordings play which scores."""

    catalogue = doing.work.catalogue

    def progress(done: int, total: int, path: Path | None) -> None:
        known = catalogue.by_path.get(str(path))
        doing.report(done / max(total, 1), catalogue.entries[known].title if known else "")
        if doing.cancelled():
            raise Cancelled

    report = doing.patiently(lambda: doing.work.library.link(progress))
    counts = {"links": len(report.links), "added": len(report.added)}
    return counts | {"dropped": len(report.dropped)}


TASKS: dict[str, Callable[[Doing], Any]] = {
    "add": add,
    "align": pair_tasks.align,
    "correct": correct,
    "export": pair_tasks.export,
    "find": find,
    "link": link,
}
