"""Routes of documents: list, upload, remove, pages and their corrections."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from scorebridge.errors import UsageError
from scorebridge.library import corrections
from scorebridge.server import schemas
from scorebridge.server.cache import PAGES
from scorebridge.server.catalogue import Entry
from scorebridge.server.errors import Refused
from scorebridge.server.guard import records as refusals
from scorebridge.server.queue import Job
from scorebridge.server.schemas import DocumentId, GivenPage
from scorebridge.server.state import Hub
from scorebridge.server.uploads import Received, receive
from scorebridge.server.worker import decoding

router = APIRouter(tags=["documents"])

MULTIPART = "multipart/form-data"
NOT_READABLE = (
    "is neither a score nor a recording",
    "Scores: PDF, PNG, JPEG, TIFF; recordings: wav, flac, ogg, mp3, m4a, wma, video.",
)


def hub_of(request: Request) -> Hub:
    """The server that a request came to."""
    return request.app.state.hub


def form_of(field: str, several: bool) -> dict[str, Any]:
    """OpenAPI's description of a multipart body, which is read by `uploads.receive`."""
    file = {"type": "string", "contentMediaType": "application/octet-stream"}
    parts = {field: {"type": "array", "items": file, "minItems": 1} if several else file}
    schema = {"type": "object", "properties": parts, "required": [field]}
    body = {"required": True, "content": {MULTIPART: {"schema": schema}}}
    return {"requestBody": body}


@router.get(
    "/documents", responses={200: {"model": schemas.Documents}}, response_class=JSONResponse
)
async def list_documents(
    request: Request,
    kind: Literal["score", "recording"] | None = None,
    q: Annotated[str, Query(max_length=500)] = "",
    state: Literal["unlinked", "uncertain"] | None = None,
    sort: Literal["title", "added"] = "title",
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    limit: Annotated[int, Query(ge=1, le=5000)] = 100,
) -> Response:
    """Documents whose names hold every word of `q`."""

    def answer() -> dict[str, Any]:
        catalogue = hub_of(request).catalogue()
        found = catalogue.search(kind, q, state, sort)
        shown = [catalogue.record(entry) for entry in found[offset : offset + limit]]
        head = {"total": len(found), "offset": offset, "limit": limit}
        return head | {"version": catalogue.version, "documents": shown}

    return JSONResponse(await asyncio.to_thread(answer))


@router.post(
    "/documents",
    status_code=202,
    response_class=JSONResponse,
    responses={202: {"model": schemas.Accepted}, 415: {"model": schemas.Accepted | schemas.Refusal}}
    | refusals(408, 413, 422, 429),
    openapi_extra=form_of("files", True),
)
async def upload_documents(request: Request) -> Response:
    """Put files into the library: each gets a job."""
    hub = hub_of(request)
    limits = hub.settings.limits
    received = await receive(
        request.stream(),
        request.headers.get("content-type", ""),
        "files",
        hub.settings.incoming,
        limits.files,
    )
    jobs: list[dict[str, Any]] = []
    refused: list[dict[str, str]] = []
    try:
        for file in received:
            if file.ending:
                jobs.append((await _accept(hub, file)).record())
            else:
                detail, remedy = NOT_READABLE if file.size else ("is empty", "Send it again.")
                refused.append({"title": file.title, "detail": detail, "remedy": remedy})
    finally:
        for file in received:
            file.path.unlink(missing_ok=True)
    return JSONResponse({"jobs": jobs, "refused": refused}, 202 if jobs else 415)


async def _accept(hub: Hub, file: Received) -> Job:
    """From now on the file is promised to become a document."""
    target = hub.settings.uploads / file.name
    payload = {"file": file.name, "digest": file.digest, "called": file.called}
    return await hub.submit("add", file.title, payload, before=lambda: file.path.replace(target))


@router.get(
    "/documents/{id}",
    responses={200: {"model": schemas.Document}} | refusals(404),
    response_class=JSONResponse,
)
async def get_document(request: Request, id: DocumentId) -> Response:
    """One document."""
    hub = hub_of(request)
    return JSONResponse(hub.catalogue().record(hub.entry(id)))


@router.delete("/documents/{id}", status_code=204, responses=refusals(404))
async def remove_document(request: Request, id: DocumentId) -> Response:
    """Forget a document; an uploaded file is deleted, another stays where it is."""
    hub = hub_of(request)
    entry = hub.entry(id)
    await hub.patiently(lambda: _remove(hub, entry))
    if hub.catalogue().links:
        await hub.submit("link", "", {}, once=True)
    return Response(status_code=204)


def _remove(hub: Hub, entry: Entry) -> None:
    if entry.id in hub.catalogue().entries:  # else somebody else was faster
        hub.library.remove([entry.id], relink=False)
    with hub.jobs.files_in_use() as used:
        for path in map(Path, entry.paths):
            if path.parent == hub.settings.uploads and path.name not in used:
                path.unlink(missing_ok=True)
                hub.names.forget([path.name])
    hub.cache.forget(entry.id)


@router.get("/documents/{id}/file", response_class=FileResponse, responses=refusals(404))
async def get_file(request: Request, id: DocumentId) -> Response:
    """The file itself, as a download."""
    hub = hub_of(request)
    entry = hub.entry(id)
    path = hub.file(entry)
    return FileResponse(
        path, media_type="application/octet-stream", filename=entry.title + path.suffix
    )


# Pages


@router.get(
    "/documents/{id}/pages",
    responses={200: {"model": schemas.Pages}} | refusals(404),
    response_class=JSONResponse,
)
async def get_pages(request: Request, id: DocumentId) -> Response:
    """Systems, staves and bars of each page."""
    hub = hub_of(request)
    entry = hub.entry(id, "score")
    given = corrections.load(hub.settings.library, id)
    given = given if given.pages else None
    most = hub.settings.limits.pages
    path = await hub.made(entry, PAGES, decoding.write_layout, given, most, seconds=900)
    pages = json.loads(await asyncio.to_thread(path.read_text, "utf-8"))
    pages = [page | {"iiif": f"/api/v1/iiif/{id}-{page['page']}"} for page in pages]
    return JSONResponse({"path": entry.paths[0], "id": id, "pages": pages})


@router.put(
    "/documents/{id}/pages/{n}",
    status_code=202,
    responses={202: {"model": schemas.JobRecord}} | refusals(404, 409, 413, 422, 429),
    response_class=JSONResponse,
)
async def correct_page(request: Request, id: DocumentId, n: int, page: GivenPage) -> Response:
    """Take a page as given here, from now on."""
    systems = [system.model_dump(exclude_none=True) for system in page.systems]
    for system in systems:
        if not system["staves"]:
            del system["staves"]
        if not system["repeats"]:
            del system["repeats"]
    if systems:
        record = {"pages": [{"page": max(n, 1), "systems": systems}]}
        try:
            corrections.parse(record, f"page {n}")
        except UsageError as error:  # told at once, not by the job
            raise Refused(409, str(error), "Give boxes and bars in order.") from error
    return await _correct(request, id, n, systems)


@router.delete(
    "/documents/{id}/pages/{n}",
    status_code=202,
    responses={202: {"model": schemas.JobRecord}} | refusals(404, 422, 429),
    response_class=JSONResponse,
)
async def uncorrect_page(request: Request, id: DocumentId, n: int) -> Response:
    """Read a page again as if nobody had corrected it."""
    return await _correct(request, id, n, None)


async def _correct(
    request: Request, id: DocumentId, n: int, systems: list[dict[str, Any]] | None
) -> Response:
    hub = hub_of(request)
    entry = hub.entry(id, "score")
    if not 1 <= n <= entry.pages:
        raise Refused(404, f"there is no page {n}", f"This score has {entry.pages} pages.")
    payload = {"document": id, "page": n, "systems": systems}
    job = await hub.submit("correct", entry.title, payload)
    return JSONResponse(job.record(), 202)
