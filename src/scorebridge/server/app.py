"""The application: routes, error responses, and the guard around all of it."""

from __future__ import annotations

import sqlite3
import sys
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from scorebridge import __version__
from scorebridge.errors import ScorebridgeError, is_disk_full
from scorebridge.server.errors import ApiError, api_error_from, disk_full
from scorebridge.server.guard import Guard
from scorebridge.server.head import HeadAsGet
from scorebridge.server.openapi import allowed_methods, describe
from scorebridge.server.routes import (
    alignments,
    documents,
    find,
    health,
    iiif,
    jobs,
    links,
    media,
    webapp,
)
from scorebridge.server.settings import ServerSettings
from scorebridge.server.state import ServerState
from scorebridge.shown import shown_lines

ROOT = "/api/v1"
_REMEDY = f"See {ROOT}/docs."


def create_app(settings: ServerSettings, rebuild: bool = False) -> FastAPI:
    """The application for one library.

    rebuild : make damaged databases of the server anew. Raises `UsageError` if the library has a
    server already, `LibraryError` where it cannot be written or a database is damaged.
    """
    state = ServerState(settings, rebuild)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with state.running():
            yield

    app = FastAPI(
        title="Scorebridge",
        version=__version__,
        description="Links recordings and scores, and shows where in the score the music is."
        " HEAD is answered wherever GET is.",
        lifespan=lifespan,
        openapi_url=f"{ROOT}/openapi.json",
        docs_url=None,  # FastAPI's pages load scripts from other sites
        redoc_url=None,
        generate_unique_id_function=lambda route: route.name,  # names of methods of clients
    )
    app.state.server = state
    for module in (documents, media, iiif, find, links, alignments, jobs, health):
        app.include_router(module.router, prefix=ROOT)
    app.include_router(webapp.router)
    app.add_exception_handler(ApiError, _api_error)
    app.add_exception_handler(ScorebridgeError, _library_error)
    app.add_exception_handler(RequestValidationError, _validation_error)
    app.add_exception_handler(HTTPException, _http_error)
    app.add_exception_handler(ClientDisconnect, _disconnected)
    app.add_exception_handler(OSError, _system_error)
    app.add_exception_handler(sqlite3.Error, _system_error)
    app.add_exception_handler(Exception, _internal_error)
    app.add_middleware(HeadAsGet)
    app.add_middleware(Guard, settings=settings)  # pyright: ignore[reportArgumentType]
    app.openapi = lambda: describe(app)  # pyright: ignore[reportAttributeAccessIssue]
    return app


async def _api_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ApiError)
    headers = {"connection": "close"} if error.status in (408, 413, 507) else None
    return JSONResponse(error.as_record(), error.status, headers)


async def _library_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, ScorebridgeError)
    return await _api_error(request, api_error_from(error))


async def _validation_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    field = ".".join(str(part) for part in first["loc"])
    record = {"detail": f"{field}: {first['msg']}", "remedy": _REMEDY}
    return JSONResponse(record, 400 if first["type"] == "json_invalid" else 422)


async def _http_error(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if isinstance(error.__context__, ApiError):  # the guard raised it while FastAPI read the body
        return await _api_error(request, error.__context__)
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    if error.status_code == 405:  # the router names the methods of the first matching route only
        methods = allowed_methods(request.app.openapi(), request.url.path)
        headers["allow"] = ", ".join(methods)
    record = {"detail": str(error.detail), "remedy": _REMEDY}
    return JSONResponse(record, error.status_code, headers)


async def _disconnected(request: Request, error: Exception) -> Response:
    return Response(status_code=400)  # nobody receives it


async def _system_error(request: Request, error: Exception) -> Response:
    if is_disk_full(error):
        return await _api_error(request, disk_full())
    print(shown_lines("".join(traceback.format_exception(error))), file=sys.stderr)
    return await _internal_error(request, error)


async def _internal_error(request: Request, error: Exception) -> Response:
    record = {"detail": "something went wrong in the server", "remedy": "Please report it."}
    return JSONResponse(record, 500)
