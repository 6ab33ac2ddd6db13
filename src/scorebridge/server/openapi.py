"""The OpenAPI description of the API: built from the routes, and shown as a page."""

from __future__ import annotations

import html
import re
from functools import lru_cache
from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi

from scorebridge.server.guard import COOKIE
from scorebridge.server.schemas import ErrorRecord

_COMMON_ERRORS = {
    "400": "Not understood",
    "401": "Token missing",
    "403": "Host or origin refused",
    "503": "Starting, stopping, or the library is busy",
    "507": "The disk of the server is full",
}  # that every operation may answer

_SECURITY_SCHEMES = {
    "token": {
        "type": "http",
        "scheme": "bearer",
        "description": "The token of a server that demands one.",
    },
    "cookie": {
        "type": "apiKey",
        "in": "cookie",
        "name": COOKIE,
        "description": "The same, as the app keeps it.",
    },
}


def describe(app: FastAPI) -> dict[str, Any]:
    """The OpenAPI description of an application; all errors have the body `ErrorRecord`."""
    if app.openapi_schema:
        return app.openapi_schema
    schema = get_openapi(
        title=app.title, version=app.version, description=app.description, routes=app.routes
    )
    schemas = schema.setdefault("components", {}).setdefault("schemas", {})
    schemas["ErrorRecord"] = ErrorRecord.model_json_schema()
    for name in ("HTTPValidationError", "ValidationError"):
        schemas.pop(name, None)
    schema["components"]["securitySchemes"] = _SECURITY_SCHEMES
    schema["security"] = [{}, *({name: []} for name in _SECURITY_SCHEMES)]  # {}: without a token
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/ErrorRecord"}}}
    for operations in schema["paths"].values():
        for operation in operations.values():
            responses = operation["responses"]
            for status, text in _COMMON_ERRORS.items():
                responses.setdefault(status, {"description": text, "content": content})
            if "422" in responses:
                responses["422"] = {"description": "Does not fit", "content": content}
    app.openapi_schema = schema
    return schema


def allowed_methods(schema: dict[str, Any], path: str) -> list[str]:
    """The methods that the API has at a path; HEAD wherever GET is."""
    methods = {
        method.upper()
        for template, operations in schema["paths"].items()
        if _pattern(template).fullmatch(path)
        for method in operations
    }
    return sorted(methods | ({"HEAD"} if "GET" in methods else set()))


@lru_cache(256)
def _pattern(template: str) -> re.Pattern[str]:
    return re.compile(re.sub(r"\\{[^}]*\\}", "[^/]+", re.escape(template)))


def api_page(schema: dict[str, Any], nonce: str) -> str:
    """The description as HTML without scripts; `nonce` is that of its style."""
    parts = [
        "<!doctype html><html lang=en><meta charset=utf-8>",
        "<meta name=viewport content='width=device-width'><title>Scorebridge API</title>",
        f"<style nonce='{nonce}'>{_STYLE}</style>",
        f"<h1>Scorebridge API {html.escape(schema['info']['version'])}</h1>",
        "<p>The readable form of <a href=openapi.json>openapi.json</a>.</p>",
    ]
    for path, operations in schema["paths"].items():
        for method, operation in operations.items():
            parts.append(_operation(path, method, operation))
    for name, record in sorted(schema["components"]["schemas"].items()):
        text = html.escape(record.get("description", ""))
        parts.append(f"<h2 id='{name}'><code>{name}</code></h2><p>{text}</p>{_fields(record)}")
    return "\n".join(parts)


def _operation(path: str, method: str, operation: dict[str, Any]) -> str:
    parameters = "".join(
        f"<tr><td><code>{p['name']}</code><td>{p['in']}<td>{_type(p['schema'])}"
        for p in operation.get("parameters", ())
    )
    content = operation.get("requestBody", {}).get("content", {})
    body = "".join(f"<p>Body: {k} {_type(v.get('schema', {}))}</p>" for k, v in content.items())
    responses = "".join(
        _response(status, response) for status, response in sorted(operation["responses"].items())
    )
    text = html.escape(operation.get("description") or operation.get("summary", ""))
    return (
        f"<h2><code>{method.upper()} {html.escape(path)}</code></h2><p>{text}</p>"
        f"<table>{parameters}</table>{body}<table>{responses}</table>"
    )


def _response(status: str, response: dict[str, Any]) -> str:
    types = ", ".join(
        f"{k} {_type(v.get('schema', {}))}" for k, v in response.get("content", {}).items()
    )
    return f"<tr><td>{status}<td>{html.escape(response['description'])}<td>{types}"


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
    rows = (_field(name, field) for name, field in record.get("properties", {}).items())
    return f"<table>{''.join(rows)}</table>"


def _field(name: str, field: dict[str, Any]) -> str:
    text = html.escape(field.get("description", ""))
    return f"<tr><td><code>{name}</code><td>{_type(field)}<td>{text}"


_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;"
    "color-scheme:light dark}h2{margin-top:2.5rem;font-size:1.1rem}td{padding:.1rem 1rem .1rem 0;"
    "vertical-align:top}table{font-size:.9rem}"
)
