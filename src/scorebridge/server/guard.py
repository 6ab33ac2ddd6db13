"""Who may ask, and how much and how slowly: around every request, before anything reads it.

Three dangers are met here. A web page of somebody else in the person's browser (its `Origin`, or
a name that it made point to this machine, in `Host`) gets nothing. Somebody on the network
gets nothing without the token. A body too large, or one that trickles in, is
given up. Every answer carries headers that let a browser do with it only what the app needs.
"""

from __future__ import annotations

import asyncio
import hmac
import socket
import time
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from typing import Any
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scorebridge.server.errors import Refused
from scorebridge.server.settings import Settings, is_loopback

COOKIE = "scorebridge_token"
JSON_BYTES = 8 << 20  # of a body that is no upload
UPLOADS = ("/api/v1/documents", "/api/v1/find")
SAFE = ("GET", "HEAD", "OPTIONS")

HEADERS = {
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "x-frame-options": "DENY",
    "permissions-policy": "microphone=(self), camera=(self), fullscreen=(self), autoplay=(self),"
    " screen-wake-lock=(self), geolocation=(), payment=(), usb=()",
    "content-security-policy": "default-src 'none'; frame-ancestors 'none'; sandbox",
}


class Guard:
    """ASGI middleware around the whole application."""

    def __init__(self, app: ASGIApp, settings: Settings) -> None:
        self.app, self.settings = app, settings
        own = {name.lower() for name in settings.allow_hosts}
        if not is_loopback(settings.host):
            own |= {settings.host.lower(), socket.gethostname().lower(), socket.getfqdn().lower()}
        self._hosts = own
        self._origins = {origin.rstrip("/").lower() for origin in settings.allow_origins}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return  # no web sockets here
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        foreign = origin is not None and origin.lower().rstrip("/") in self._origins

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                answer = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    answer.setdefault(name, value)
                if foreign and origin:
                    answer["access-control-allow-origin"] = origin
                    answer["cross-origin-resource-policy"] = "cross-origin"
                    answer.add_vary_header("Origin")
            await send(message)

        try:
            early = self._admit(scope, headers, foreign)
        except Refused as refused:
            early = JSONResponse(refused.record(), refused.status)
            if refused.status == 401:
                early.headers["www-authenticate"] = "Bearer"
        if early is not None:
            await early(scope, receive, guarded)
            return
        await self.app(scope, self._limited(scope, receive), guarded)

    def _admit(self, scope: Scope, headers: Headers, foreign: bool) -> Response | None:
        """An answer that ends it here, None to go on. Raises `Refused`."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_ours(hosts[0]):
            raise Refused(
                403,
                "this server does not go by that name",
                "Use the address it printed, or start it with --allow-host NAME.",
            )
        origin = headers.get("origin")
        if foreign and scope["method"] == "OPTIONS":
            return Response(
                status_code=204,
                headers={
                    "access-control-allow-methods": "GET, POST, PUT, DELETE",
                    "access-control-allow-headers": "authorization, content-type, range",
                    "access-control-max-age": "600",
                },
            )
        if not foreign:
            same = origin is None or urlsplit(origin).netloc.lower() == hosts[0].lower()
            elsewhere = headers.get("sec-fetch-site") in ("cross-site", "same-site")
            opened = headers.get("sec-fetch-mode") == "navigate" and scope["method"] == "GET"
            if not same or (elsewhere and not opened):
                raise Refused(
                    403,
                    "asked by a page of another site",
                    "Open the app itself, or start the server with --allow-origin ORIGIN.",
                )
        most = self.settings.limits.upload_bytes if scope["path"] in UPLOADS else JSON_BYTES
        length = headers.get("content-length", "0")
        if not length.isdecimal():
            raise Refused(400, "the length of the body is no number", "Send it right.")
        if int(length) > most:
            raise _too_large(most)
        return self._check_token(scope, headers) if self.settings.token else None

    def _is_ours(self, host: str) -> bool:
        """An address cannot be made to point elsewhere; a name must be one we know."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        try:
            address = ip_address(name)
        except ValueError:
            return name == "localhost" or name in self._hosts
        return address.is_loopback or not is_loopback(self.settings.host) or name in self._hosts

    def _check_token(self, scope: Scope, headers: Headers) -> Response | None:
        token = self.settings.token or ""
        query = parse_qs(scope["query_string"].decode("latin-1"))
        if scope["path"] == "/" and scope["method"] == "GET" and "token" in query:
            if not _same(query["token"][0], token):
                raise _no_token()
            answer = RedirectResponse("/", 303)
            answer.set_cookie(COOKIE, token, max_age=90 * 86400, httponly=True, samesite="strict")
            return answer
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _same(given.strip(), token):
            return None
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            cookie = None
        if cookie is not None and _same(cookie.value, token):
            return None
        raise _no_token()

    def _limited(self, scope: Scope, receive: Receive) -> Receive:
        """`receive` for a body of limited size that must keep coming."""
        limits = self.settings.limits
        most = limits.upload_bytes if scope["path"] in UPLOADS else JSON_BYTES
        begun, taken, whole = time.monotonic(), 0, False

        async def limited() -> Message:
            nonlocal taken, whole
            if whole:  # what comes now is the end of the connection, whenever
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), limits.stall_s)
            except TimeoutError:
                raise _too_slow() from None
            if message["type"] == "http.request":
                taken += len(message.get("body", b""))
                whole = not message.get("more_body", False)
                if taken > most:
                    raise _too_large(most)
                late = time.monotonic() - begun - limits.stall_s
                if not whole and late > 0 and taken < limits.slowest * late:
                    raise _too_slow()
            return message

        return limited


def _same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


def _no_token() -> Refused:
    return Refused(401, "this server demands its token", "Open the address that it printed.")


def _too_slow() -> Refused:
    return Refused(408, "the body comes too slowly", "Send it again over a better connection.")


def _too_large(most: int) -> Refused:
    remedy = f"Send at most {most // 2**20} MB at once."
    return Refused(413, "the body is too large", remedy)


def records(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """OpenAPI entries of refusals."""
    schema = {"$ref": "#/components/schemas/Refusal"}
    content = {"application/json": {"schema": schema}}
    refused: dict[int | str, dict[str, Any]] = {
        status: {"description": "Refused", "content": content} for status in statuses
    }
    if 416 in refused:  # said by Starlette, which sends files, in its own way
        refused[416] = {"description": "No such range"}
    return refused
