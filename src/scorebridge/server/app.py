"""The application: routes put together, errors turned into answers, everything behind the guard."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.openapi.utils import get_openapi
from fastapi.responses import JSONResponse, Response
from starlette.exceptions import HTTPException
from starlette.requests import ClientDisconnect

from scorebridge import __version__
from scorebridge.errors import ScorebridgeError
from scorebridge.server.errors import Refused, refusal
from scorebridge.server.guard import Guard
from scorebridge.server.routes import alignments, documents, finding, jobs, media, webapp
from scorebridge.server.routes.webapp import allowed
from scorebridge.server.schemas import Refusal
from scorebridge.server.settings import Settings
from scorebridge.server.state import Hub

ROOT = "/api/v1"


def create_app(settings: Settings) -> FastAPI:
    """The application for one library. Raises `UsageError` if the library has a server already."""
    hub = Hub(settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with hub.running():
            yield

    app = FastAPI(
        title="Scorebridge",
        version=__version__,
        description="Links recordings and scores, and says where the music is. See `docs/api.md`.",
        lifespan=lifespan,
        openapi_url=f"{ROOT}/openapi.json",
        docs_url=None,  # their pages load scripts from elsewhere
        redoc_url=None,
    )
    app.state.hub = hub
    for module in (documents, media, finding, alignments, jobs):
        app.include_router(module.router, prefix=ROOT)
    app.include_router(webapp.router)
    app.add_exception_handler(Refused, _refused)
    app.add_exception_handler(ScorebridgeError, _failed)
    app.add_exception_handler(RequestValidationError, _invalid)
    app.add_exception_handler(HTTPException, _http)
    app.add_exception_handler(ClientDisconnect, _gone)
    app.add_exception_handler(Exception, _bug)
    app.add_middleware(Guard, settings=settings)  # pyright: ignore[reportArgumentType]
    app.openapi = lambda: _described(app)  # pyright: ignore[reportAttributeAccessIssue]
    return app


def _described(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description; refusals look the same everywhere."""
    if not app.openapi_schema:
        schema = get_openapi(
            title=app.title, version=app.version, description=app.description, routes=app.routes
        )
        schemas = schema.setdefault("components", {}).setdefault("schemas", {})
        schemas["Refusal"] = Refusal.model_json_schema()
        for name in ("HTTPValidationError", "ValidationError"):
            schemas.pop(name, None)
        content = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
        usual = {"400": "Not understood", "401": "Token missing", "403": "Host or origin refused"}
        usual |= {"503": "Starting, stopping, or the library is busy"}
        for operations in schema["paths"].values():
            for operation in operations.values():
                answers = operation["responses"]
                for status, text in usual.items():
                    answers.setdefault(status, {"description": text, "content": content})
                if "422" in answers:
                    answers["422"] = {"description": "Does not fit", "content": content}
        app.openapi_schema = schema
    return app.openapi_schema


async def _refused(request: Request, error: Exception) -> Response:
    assert isinstance(error, Refused)
    headers = {"connection": "close"} if error.status in (408, 413) else None
    return JSONResponse(error.record(), error.status, headers)


async def _failed(request: Request, error: Exception) -> Response:
    assert isinstance(error, ScorebridgeError)
    return await _refused(request, refusal(error))


async def _invalid(request: Request, error: Exception) -> Response:
    assert isinstance(error, RequestValidationError)
    first = error.errors()[0]
    where = ".".join(str(part) for part in first["loc"])
    detail = f"{where}: {first['msg']}"
    remedy = f"See {ROOT}/docs."
    status = 400 if first["type"] == "json_invalid" else 422
    return JSONResponse({"detail": detail, "remedy": remedy}, status)


async def _http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    if isinstance(error.__context__, Refused):  # met while FastAPI read the body
        return await _refused(request, error.__context__)
    record = {"detail": str(error.detail), "remedy": f"See {ROOT}/docs."}
    headers = {name.lower(): value for name, value in (error.headers or {}).items()}
    if error.status_code == 405:  # the router names those of the first route that fits
        headers["allow"] = ", ".join(allowed(request))
    return JSONResponse(record, error.status_code, headers)


async def _gone(request: Request, error: Exception) -> Response:
    return Response(status_code=400)  # nobody reads it


async def _bug(request: Request, error: Exception) -> Response:
    record = {"detail": "something went wrong in the server", "remedy": "Please report it."}
    return JSONResponse(record, 500)
