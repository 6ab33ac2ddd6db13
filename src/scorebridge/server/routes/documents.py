"""Routes of documents: list, upload, remove, pages and their corrections."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from scorebridge.errors import UsageError
from scorebridge.library.page_corrections import load_page_corrections, parse_page_corrections
from scorebridge.server import schemas
from scorebridge.server.cache import PAGES, page_name
from scorebridge.server.decoding.encoding import write_page_records
from scorebridge.server.dependencies import State
from scorebridge.server.errors import ApiError, error_responses
from scorebridge.server.originals import OriginalResponse
from scorebridge.server.payloads import AddUpload, CorrectPage
from scorebridge.server.queue import Job
from scorebridge.server.responses import binary_answer, multipart_body, not_readable
from scorebridge.server.schemas import CorrectedPageRecord, DocumentId
from scorebridge.server.state import ServerState
from scorebridge.server.uploads import ReceivedFile, announced_size, receive

router = APIRouter(tags=["documents"])

READ_PAGES_TIMEOUT_S = 900.0


@router.get(
    "/documents", responses={200: {"model": schemas.DocumentList}}, response_class=JSONResponse
)
async def list_documents(
    state: State,
    kind: Literal["score", "recording"] | None = None,
    q: Annotated[str, Query(max_length=500)] = "",
    link_state: Annotated[Literal["unlinked", "uncertain"] | None, Query(alias="state")] = None,
    sort: Literal["title", "added"] = "title",
    offset: Annotated[int, Query(ge=0, le=10**9)] = 0,
    limit: Annotated[int, Query(ge=1, le=5000)] = 100,
) -> Response:
    """Documents whose title or name has every word of `q`, case and accents ignored.

    `state=unlinked`: documents without links. `state=uncertain`: documents whose best link has
    a confidence below 0.9. `sort=added`: newest first.
    """

    def find() -> dict[str, Any]:
        catalogue = state.catalogue()
        found = catalogue.search(kind, q, link_state, sort)
        return {
            "total": len(found),
            "offset": offset,
            "limit": limit,
            "version": catalogue.version,
            "documents": [catalogue.as_record(entry) for entry in found[offset : offset + limit]],
        }

    return JSONResponse(await asyncio.to_thread(find))


@router.post(
    "/documents",
    status_code=202,
    response_class=JSONResponse,
    responses={
        202: {"model": schemas.UploadRecord},
        415: {"model": schemas.UploadRecord | schemas.ErrorRecord},
    }
    | error_responses(408, 413, 422, 429),
    openapi_extra=multipart_body("files", several=True),
)
async def upload_documents(request: Request, state: State) -> Response:
    """Add files to the library; each accepted file gets a job. 415 if all are refused."""
    state.check_room(announced_size(request))
    received = await receive(
        request.stream(),
        request.headers.get("content-type", ""),
        "files",
        state.settings.incoming,
        state.settings.limits.max_files,
    )
    jobs: list[dict[str, Any]] = []
    refused: list[dict[str, str]] = []
    try:
        for file in received:
            if file.extension:
                jobs.append((await _accept(state, file)).as_record())
            else:
                refused.append({"title": file.title} | not_readable(file))
    finally:
        for file in received:
            file.path.unlink(missing_ok=True)
    return JSONResponse({"jobs": jobs, "refused": refused}, 202 if jobs else 415)


async def _accept(state: ServerState, file: ReceivedFile) -> Job:
    """Move the file to `uploads/` and queue its job, both or neither."""
    target = state.settings.uploads / file.name
    payload = AddUpload(file=file.name, digest=file.digest, called=file.original_name)
    try:
        return await state.submit(payload, file.title, before=lambda: file.path.replace(target))
    except sqlite3.Error:  # a full disk: the file was moved, and has no job
        state.uploads.discard(file.name, state.catalogue().by_path)
        raise


@router.get(
    "/documents/{id}",
    responses={200: {"model": schemas.DocumentRecord}} | error_responses(404),
    response_class=JSONResponse,
)
async def get_document(state: State, id: DocumentId) -> Response:
    """One document."""
    return JSONResponse(state.catalogue().as_record(state.entry(id)))


@router.delete("/documents/{id}", status_code=204, responses=error_responses(404))
async def remove_document(state: State, id: DocumentId) -> Response:
    """Remove a document. An uploaded file is deleted; any other file stays where it is."""
    await state.remove(state.entry(id))
    return Response(status_code=204)


@router.get(
    "/documents/{id}/file",
    response_class=FileResponse,
    responses={
        200: binary_answer("application/octet-stream"),
        206: binary_answer("application/octet-stream") | {"description": "A range of its bytes"},
    }
    | error_responses(404, 416),
)
async def get_file(state: State, id: DocumentId) -> Response:
    """The file itself, as a download."""
    entry = state.entry(id)
    path, file = await state.open_file(entry)
    name = entry.title + path.suffix
    return OriginalResponse(path, file, media_type="application/octet-stream", filename=name)


# Pages


@router.get(
    "/documents/{id}/pages",
    responses={200: {"model": schemas.PageList}} | error_responses(404),
    response_class=JSONResponse,
)
async def get_pages(state: State, id: DocumentId) -> Response:
    """The systems, staves and bars of each page of a score."""
    entry = state.entry(id, "score")
    corrections = load_page_corrections(state.settings.library, id)
    rotations = await state.rotations(entry)
    path = await state.cached_file(
        entry,
        PAGES,
        write_page_records,
        corrections or None,
        rotations,
        state.settings.limits.max_pages,
        timeout_s=READ_PAGES_TIMEOUT_S,
    )
    pages = json.loads(await asyncio.to_thread(path.read_text, "utf-8"))
    for page in pages:
        page.setdefault("rotation", 0)  # a cached file may be older
        page.setdefault("rotation_confidence", 1.0)
        name = page_name(page["page"], page["rotation"])
        page["iiif"] = f"/api/v1/iiif/{id}-{name}"
    return JSONResponse({"path": entry.paths[0], "id": id, "pages": pages})


@router.put(
    "/documents/{id}/pages/{n}",
    status_code=202,
    responses={202: {"model": schemas.JobRecord}} | error_responses(404, 409, 413, 422, 429),
    response_class=JSONResponse,
)
async def correct_page(state: State, id: DocumentId, n: int, page: CorrectedPageRecord) -> Response:
    """Turn a page, replace its systems, or both; a job encodes the score again."""
    given = page.model_dump(exclude_defaults=True)  # bars = [] means: no bars
    if not given:
        raise ApiError(422, "the page has neither systems nor a rotation", "Give one of them.")
    rotation = given.get("rotation")
    if rotation is None:  # the boxes are those of the page as it is shown
        rotation = (await state.rotations(state.entry(id, "score"))).get(n)
    payload = CorrectPage(id, max(n, 1), given.get("systems"), rotation)
    try:
        parse_page_corrections({"pages": [payload.as_record()]}, f"page {n}")
    except UsageError as error:  # refused now, not by the job
        raise ApiError(409, str(error), "Give boxes and bars in order.") from error
    return await _submit_correction(state, id, n, payload)


@router.delete(
    "/documents/{id}/pages/{n}",
    status_code=202,
    responses={202: {"model": schemas.JobRecord}} | error_responses(404, 422, 429),
    response_class=JSONResponse,
)
async def uncorrect_page(state: State, id: DocumentId, n: int) -> Response:
    """Take the correction of a page back; a job reads the page and encodes the score again."""
    return await _submit_correction(state, id, n, CorrectPage(id, n, None))


async def _submit_correction(
    state: ServerState, document_id: str, page: int, payload: CorrectPage
) -> Response:
    entry = state.entry(document_id, "score")
    if not 1 <= page <= entry.pages:
        raise ApiError(404, f"there is no page {page}", f"This score has {entry.pages} pages.")
    job = await state.submit(payload, entry.title)
    return JSONResponse(job.as_record(), 202)
