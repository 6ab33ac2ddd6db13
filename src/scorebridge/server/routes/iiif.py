"""Routes of page pictures: the IIIF Image API 3 (see `images.py`)."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Request
from fastapi import Path as PathParameter
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse, Response

from scorebridge.server import images
from scorebridge.server.dependencies import State
from scorebridge.server.errors import error_responses
from scorebridge.server.page_files import CACHE_FOR_EVER, CACHE_SHORTLY, page_file
from scorebridge.server.responses import binary_answer
from scorebridge.server.schemas import ImageInfo
from scorebridge.server.state import ServerState
from scorebridge.types import Rotation

router = APIRouter(tags=["page pictures"])

JSON_LD = 'application/ld+json;profile="http://iiif.io/api/image/3/context.json"'
ROTATIONS: dict[str, Rotation] = {"90": 90, "180": 180, "270": 270}
IMAGE_TYPES: dict[int | str, dict[str, Any]] = {200: binary_answer(*images.MEDIA_TYPES.values())}
PageName = Annotated[
    str,
    PathParameter(pattern=r"^[0-9a-f]{64}-[1-9][0-9]{0,5}(-(90|180|270))?$", max_length=75),
]
"""A document id, "-" and a page number, and where the page is turned "-" and its rotation.

Without one the page is as the library has turned it, which a person may correct.
"""


@router.get("/iiif/{name}", response_class=RedirectResponse, status_code=303)
async def iiif_base(name: PageName) -> Response:
    """Redirects to the description of the picture."""
    return RedirectResponse(f"{name}/info.json", 303)


@router.get(
    "/iiif/{name}/info.json",
    response_class=JSONResponse,
    responses={200: {"model": ImageInfo}} | error_responses(404),
)
async def iiif_info(request: Request, state: State, name: PageName) -> Response:
    """The IIIF description of a page's picture."""
    path = await _page_file(state, name)
    address = str(request.url.replace(query="")).removesuffix("/info.json")
    record = images.info(address, *images.size_of(path))
    accepts_json_ld = "ld+json" in request.headers.get("accept", "")
    media_type = JSON_LD if accepts_json_ld else "application/json"
    headers = _cached(name) | {"vary": "Accept"}
    return JSONResponse(record, media_type=media_type, headers=headers)


@router.get(
    "/iiif/{name}/{region}/{size}/{rotation}/{quality}.{format}",
    response_class=Response,
    responses=IMAGE_TYPES | error_responses(404),
)
async def iiif_image(
    state: State,
    name: PageName,
    region: str,
    size: str,
    rotation: str,
    quality: str,
    format: str,
) -> Response:
    """A region of a page in a size, rotation, quality and format."""
    path = await _page_file(state, name)
    width, height = images.size_of(path)
    request = images.parse(region, size, rotation, quality, format, width, height)
    if request.is_whole(width, height):
        return FileResponse(path, media_type="image/jpeg", headers=_cached(name))
    content = await asyncio.to_thread(images.render, path, request)
    return Response(content, media_type=images.MEDIA_TYPES[format], headers=_cached(name))


async def _page_file(state: ServerState, name: str) -> Path:
    document_id, page, *turn = name.split("-")
    rotation = ROTATIONS[turn[0]] if turn else None
    return await page_file(state, state.entry(document_id, "score"), int(page), rotation)


def _cached(name: str) -> dict[str, str]:
    """Headers of a picture's response: for ever where its name states its rotation."""
    return CACHE_FOR_EVER if name.count("-") > 1 else CACHE_SHORTLY
