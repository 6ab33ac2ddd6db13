"""Routes of the built web app and of the readable form of the API's description.

Paths that are not files get `index.html`, deeper ones lead there. Each
copy of `index.html` has a fresh nonce, which lets the app's components insert styles.
"""

from __future__ import annotations

import mimetypes
import secrets
from functools import lru_cache
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse, Response

from scorebridge.server.openapi import allowed_methods, api_page

router = APIRouter(include_in_schema=False)

STATIC = Path(__file__).parents[1] / "static"
NONCE_PLACEHOLDER = "__CSP_NONCE__"
APP_POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:;"
    " worker-src 'self' blob:; style-src 'self' 'nonce-{}'; object-src 'none';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
DOCS_POLICY = "default-src 'none'; style-src 'nonce-{}'; base-uri 'none'; frame-ancestors 'none'"
_REMEDY = "See /api/v1/docs."


@router.get("/api/v1/docs")
async def documentation(request: Request) -> Response:
    """The OpenAPI description as a page without scripts."""
    nonce = secrets.token_urlsafe(16)
    text = api_page(request.app.openapi(), nonce)
    return HTMLResponse(text, headers={"content-security-policy": DOCS_POLICY.format(nonce)})


@router.get("/{path:path}")
async def app_file(request: Request, path: str) -> Response:
    """A file of the app, or its `index.html`."""
    if path == "api" or path.startswith("api/"):
        return _unknown_api_path(request)
    files = _app_files()
    if path in files and path != "index.html":
        has_hash = "assets/" in path  # in its name: another content has another name
        cache_control = "public, max-age=31536000, immutable" if has_hash else "no-cache"
        media_type = mimetypes.guess_type(path)[0] or "application/octet-stream"
        if path.endswith(".js"):  # some systems register another type
            media_type = "text/javascript"
        headers = {"cache-control": cache_control}
        return FileResponse(files[path], media_type=media_type, headers=headers)
    if "." in path.rpartition("/")[2]:
        return Response("Not found", 404, media_type="text/plain")
    if "/" in path:  # its parts are named relative to the root
        return RedirectResponse("../" * path.count("/"), 307)
    if "index.html" not in files:
        return HTMLResponse(_NO_APP, 200)
    nonce = secrets.token_urlsafe(16)
    text = files["index.html"].read_text("utf-8").replace(NONCE_PLACEHOLDER, nonce)
    headers = {"content-security-policy": APP_POLICY.format(nonce), "cache-control": "no-store"}
    return HTMLResponse(text, headers=headers)


def _unknown_api_path(request: Request) -> Response:
    if methods := allowed_methods(request.app.openapi(), request.url.path):
        headers = {"allow": ", ".join(methods)}
        record = {"detail": "Method Not Allowed", "remedy": _REMEDY}
        return JSONResponse(record, 405, headers)
    return JSONResponse({"detail": "there is nothing at this address", "remedy": _REMEDY}, 404)


def _app_files() -> dict[str, Path]:
    """The app's files by path. Only these are ever read, whatever path is requested."""
    return _app_files_at(STATIC.stat().st_mtime_ns if STATIC.is_dir() else 0)


@lru_cache(2)
def _app_files_at(modified_ns: int) -> dict[str, Path]:
    files = (path for path in STATIC.rglob("*") if path.is_file()) if modified_ns else ()
    return {path.relative_to(STATIC).as_posix(): path for path in files}


_NO_APP = (
    "<!doctype html><title>Scorebridge</title><p>The server runs, but this installation has no web"
    " app: build it with <code>npm run build</code> in <code>web/</code>. The API is described at"
    ' <a href="/api/v1/docs">/api/v1/docs</a>.'
)
