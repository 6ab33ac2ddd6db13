"""The built web app and the readable form of the API's description.

The app's addresses are its own: what is no file gets `index.html`, with a fresh nonce for
the styles that its parts put into the page.
"""

from __future__ import annotations

import html
import mimetypes
import re
import secrets
from functools import lru_cache
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, Response

router = APIRouter(include_in_schema=False)

STATIC = Path(__file__).parents[1] / "static"
NONCE = "__CSP_NONCE__"
POLICY = (
    "default-src 'self'; img-src 'self' blob: data:; media-src 'self' blob:;"
    " worker-src 'self' blob:; style-src 'self' 'nonce-{}'; object-src 'none';"
    " base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)
DOCS_POLICY = "default-src 'none'; style-src 'nonce-{}'; base-uri 'none'; frame-ancestors 'none'"


@router.get("/api/v1/docs")
async def documentation(request: Request) -> Response:
    """The OpenAPI description as a page, without scripts."""
    nonce = secrets.token_urlsafe(16)
    text = _readable(request.app.openapi(), nonce)
    return HTMLResponse(text, headers={"content-security-policy": DOCS_POLICY.format(nonce)})


@router.get("/{path:path}")
async def app_file(request: Request, path: str) -> Response:
    """A file of the app, else its first page."""
    if path == "api" or path.startswith("api/"):
        if methods := allowed(request):
            headers = {"allow": ", ".join(methods)}
            record = {"detail": "Method Not Allowed", "remedy": "See /api/v1/docs."}
            return JSONResponse(record, 405, headers)
        record = {"detail": "there is nothing at this address", "remedy": "See /api/v1/docs."}
        return JSONResponse(record, 404)
    known = _files()
    if path in known and path != "index.html":
        kept = "public, max-age=31536000, immutable" if "assets/" in path else "no-cache"
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        if path.endswith(".js"):
            kind = "text/javascript"
        return FileResponse(known[path], media_type=kind, headers={"cache-control": kept})
    if "." in path.rpartition("/")[2]:
        return Response("Not found", 404, media_type="text/plain")
    if "index.html" not in known:
        return HTMLResponse(_WITHOUT_APP, 200)
    nonce = secrets.token_urlsafe(16)
    text = known["index.html"].read_text("utf-8").replace(NONCE, nonce)
    headers = {"content-security-policy": POLICY.format(nonce), "cache-control": "no-store"}
    return HTMLResponse(text, headers=headers)


def allowed(request: Request) -> list[str]:
    """The methods that the API has at the address of a request."""
    path = request.url.path
    templates = request.app.openapi()["paths"]
    return sorted(
        {
            method.upper()
            for template, operations in templates.items()
            if _pattern(template).fullmatch(path)
            for method in operations
        }
    )


@lru_cache(256)
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(template)))


_WITHOUT_APP = (
    "<!doctype html><title>Scorebridge</title><p>The server runs, but this installation has no web"
    " app: build it with <code>npm run build</code> in <code>web/</code>. The API is described at"
    ' <a href="/api/v1/docs">/api/v1/docs</a>.'
)


def _files() -> dict[str, Path]:
    """The app's files by their addresses: only these are ever read, whatever is asked for."""
    modified = STATIC.stat().st_mtime_ns if STATIC.is_dir() else 0
    return _listed(modified)


@lru_cache(2)
def _listed(modified: int) -> dict[str, Path]:
    found = (path for path in STATIC.rglob("*") if path.is_file()) if modified else ()
    return {path.relative_to(STATIC).as_posix(): path for path in found}


def _readable(schema: dict[str, Any], nonce: str) -> str:
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8>",
        "<meta name=viewport content='width=device-width'><title>Scorebridge API</title>",
        f"<style nonce='{nonce}'>{_STYLE}</style>",
        f"<h1>Scorebridge API {html.escape(schema['info']['version'])}</h1>",
        "<p>The same as <a href=openapi.json>openapi.json</a>, to read.</p>",
    ]
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            parts.append(_operation(path, method, operation))
    for name, record in sorted(schema["components"]["schemas"].items()):
        parts.append(f"<h2 id='{name}'><code>{name}</code></h2>{_fields(record)}")
    return "\n".join(parts)


def _operation(path: str, method: str, operation: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{p['name']}</code><td>{p['in']}<td>{_type(p['schema'])}"
        for p in operation.get("parameters", ())
    )
    body = operation.get("requestBody", {}).get("content", {})
    sent = "".join(f"<p>Body: {k} {_type(v.get('schema', {}))}</p>" for k, v in body.items())
    answers = "".join(
        f"<tr><td>{status}<td>{html.escape(answer['description'])}<td>"
        + ", ".join(f"{k} {_type(v.get('schema', {}))}" for k, v in answer["content"].items())
        if answer.get("content")
        else f"<tr><td>{status}<td>{html.escape(answer['description'])}<td>"
        for status, answer in sorted(operation["responses"].items())
    )
    text = html.escape(operation.get("description") or operation.get("summary", ""))
    return (
        f"<h2><code>{method.upper()} {html.escape(path)}</code></h2><p>{text}</p>"
        f"<table>{rows}</table>{sent}<table>{answers}</table>"
    )


def _type(schema: dict[str, Any]) -> str:
    if "$ref" in schema:
        name = schema["$ref"].rpartition("/")[2]
        return f"<a href='#{name}'>{name}</a>"
    if "anyOf" in schema:
        return " or ".join(_type(one) for one in schema["anyOf"])
    if "enum" in schema:
        return ", ".join(f"<code>{html.escape(str(value))}</code>" for value in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return html.escape(str(schema.get("type", "")))


def _fields(record: dict[str, Any]) -> str:
    rows = "".join(
        f"<tr><td><code>{name}</code><td>{_type(field)}"
        for name, field in record.get("properties", {}).items()
    )
    return f"<table>{rows}</table>"


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color-scheme:light dark}h2{margin-top:2.5rem;font-size:1.1rem}td{padding:.1rem 1rem .1rem 0;"
    "vertical-align:top}table{font-size:.9rem}"
)
