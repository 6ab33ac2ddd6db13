"""Routes of a pair: its alignment, a person's corrections of it, and its exports."""

from __future__ import annotations

import asyncio
import json
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request
from fastapi.responses import FileResponse, JSONResponse, Response

from scorebridge.choices import ExportFormat
from scorebridge.export.formats import ENDINGS, MEDIA_TYPES
from scorebridge.server import pair_files, schemas
from scorebridge.server.dependencies import State, Wait
from scorebridge.server.errors import error_responses
from scorebridge.server.payloads import AlignPair, ExportPair
from scorebridge.server.responses import binary_answer, job_file
from scorebridge.server.schemas import DocumentId
from scorebridge.server.state import ServerState

router = APIRouter(prefix="/alignments/{score}/{recording}", tags=["alignments"])

ANSWERS: dict[int | str, dict[str, Any]] = {
    200: {"model": schemas.AlignmentRecord},
    202: {"model": schemas.JobRecord},
}
EXPORT_ANSWERS: dict[int | str, dict[str, Any]] = {
    200: binary_answer(*MEDIA_TYPES.values()),
    202: {"model": schemas.JobRecord},
}


@router.get(
    "", responses=ANSWERS | error_responses(404, 409, 422, 429), response_class=JSONResponse
)
async def get_alignment(
    state: State, score: DocumentId, recording: DocumentId, wait: Wait = 20
) -> Response:
    """Where in the score every moment of the recording is."""
    return await _alignment(state, score, recording, wait)


async def _alignment(
    state: ServerState,
    score_id: str,
    recording_id: str,
    wait_s: float,
    corrections: dict[str, Any] | None = None,
) -> Response:
    score, recording = state.entry(score_id, "score"), state.entry(recording_id, "recording")
    name = await asyncio.to_thread(
        pair_files.alignment_name, state.settings.library, score_id, recording_id
    )
    path = state.cache.path(score_id, name)
    if corrections is not None or not path.is_file():
        payload = AlignPair(score_id, recording_id, corrections)
        title = f"{score.title} / {recording.title}"
        job = await state.submit(payload, title, lane="quick", once=True)
        made = await job_file(state, job, score_id, wait_s)
        if isinstance(made, Response):
            return made
        path = made
    record = json.loads(await asyncio.to_thread(path.read_text, "utf-8"))
    return JSONResponse(record, headers={"etag": f'"{record["version"]}"'})


@router.get(
    "/corrections",
    responses={200: {"model": schemas.PairCorrectionsRecord}} | error_responses(404),
    response_class=JSONResponse,
)
async def get_corrections(state: State, score: DocumentId, recording: DocumentId) -> Response:
    """The anchors and sections that a person gave for the pair."""
    state.entry(score, "score")
    state.entry(recording, "recording")
    return JSONResponse(pair_files.corrections_record(state.settings.library, score, recording))


@router.put(
    "/corrections",
    responses=ANSWERS | error_responses(404, 409, 413, 422, 429),
    response_class=JSONResponse,
)
async def put_corrections(
    state: State,
    score: DocumentId,
    recording: DocumentId,
    corrections: schemas.PairCorrectionsRecord,
    wait: Wait = 20,
) -> Response:
    """Replace the anchors and sections of the pair; returns the new alignment.

    409, and nothing is stored, if the recording cannot be aligned with them.
    """
    return await _alignment(state, score, recording, wait, corrections.model_dump())


@router.get(
    "/export",
    responses=EXPORT_ANSWERS | error_responses(404, 409, 422, 429),
    response_class=FileResponse,
)
async def export(
    request: Request,
    state: State,
    score: DocumentId,
    recording: DocumentId,
    format: Annotated[ExportFormat, Query()],
    wait: Wait = 20,
) -> Response:
    """The alignment of the pair as a file for other programs."""
    score_entry = state.entry(score, "score")
    recording_entry = state.entry(recording, "recording")
    base_url = f"{request.url.scheme}://{request.url.netloc}/api/v1"
    name = await asyncio.to_thread(
        pair_files.export_name, state.settings.library, score, recording, format, base_url
    )
    path = state.cache.path(score, name)
    if not path.is_file():
        payload = ExportPair(score=score, recording=recording, format=format, base=base_url)
        title = f"{score_entry.title} / {recording_entry.title} ({format})"
        lane = "bulk" if format == "mp4" else "quick"
        job = await state.submit(payload, title, lane, once=True)
        made = await job_file(state, job, score, wait)
        if isinstance(made, Response):
            return made
        path = made
    filename = f"{score_entry.title}_{recording_entry.title}{ENDINGS[format]}"
    return FileResponse(path, media_type=MEDIA_TYPES[format], filename=filename)
