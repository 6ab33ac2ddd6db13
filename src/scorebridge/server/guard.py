"""Access control around every request: host, origin, token, size and speed of the body.

It averts three dangers. Web pages of other sites in the user's browser are refused, by `Origin`
and, against DNS rebinding, by `Host`. Other machines are refused without the token. Bodies that
are too large or too slow are refused. The headers of every response restrict what a browser
does with it to what the app needs.

Viewers of other sites load pictures and sound in `img` and `audio`, without an `Origin`. For GET
and HEAD of pictures, sound and manifests, and for nothing else, the site is then known by
`Referer`; and a server with `public_iiif` answers every site.
"""

from __future__ import annotations

import asyncio
import hmac
import re
import socket
import time
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import parse_qs, urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from scorebridge.server.errors import ApiError
from scorebridge.server.settings import ServerSettings, is_loopback

COOKIE = "scorebridge_token"
MAX_JSON_BYTES = 8 << 20  # maximum size of a body that is not an upload
READING = ("GET", "HEAD")
UPLOAD_PATHS = ("/api/v1/documents", "/api/v1/find")

_ID = "[0-9a-f]{64}"
MEDIA = re.compile(
    rf"/api/v1/(iiif/.+|documents/{_ID}/(audio|thumbnail)|alignments/{_ID}/{_ID}/export)"
)
"""Paths of pictures, sound and manifests."""
MANIFESTS = ("iiif", "iiif-score", "iiif-collection", "iiif-combined")
"""The formats of the last of these paths that are manifests."""
READABLE = "accept-ranges, content-length, content-range, etag"
"""Headers of media that scripts of other sites may read."""

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

    def __init__(self, app: ASGIApp, settings: ServerSettings) -> None:
        self.app, self.settings = app, settings
        hosts = {name.lower() for name in settings.allow_hosts}
        if not is_loopback(settings.host):
            hosts |= {settings.host.lower(), socket.gethostname().lower(), socket.getfqdn().lower()}
        self._hosts = hosts
        self._origins = {origin.rstrip("/").lower() for origin in settings.allow_origins}

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return  # there are no web sockets
        headers = Headers(scope=scope)
        origin = headers.get("origin")
        is_allowed_origin = origin is not None and origin.lower().rstrip("/") in self._origins
        is_media = is_media_request(scope)
        is_public = is_media and self.settings.public_iiif
        is_embedded = is_media and self._embeds(headers)

        async def guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                response_headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    response_headers.setdefault(name, value)
                if is_public or is_embedded or is_allowed_origin:
                    response_headers["cross-origin-resource-policy"] = "cross-origin"
                if is_public or is_allowed_origin:
                    allowed = "*" if is_public else origin or ""
                    response_headers["access-control-allow-origin"] = allowed
                    response_headers["access-control-expose-headers"] = READABLE
                if self._origins and not is_public:  # else a cache would mix the two kinds
                    response_headers.add_vary_header("Origin")
            await send(message)

        try:
            early = self._check(scope, headers, is_allowed_origin, is_public, is_embedded)
        except ApiError as error:
            early = JSONResponse(error.as_record(), error.status)
            if error.status == 401:
                early.headers["www-authenticate"] = "Bearer"
        if early is not None:
            await early(scope, receive, guarded)
            return
        await self.app(scope, self._limited(scope, receive), guarded)

    def _embeds(self, headers: Headers) -> bool:
        """Whether a page of an allowed origin loads this as a picture or sound, without CORS."""
        site = urlsplit(headers.get("referer", ""))
        return headers.get("origin") is None and f"{site.scheme}://{site.netloc}" in self._origins

    def _check(
        self,
        scope: Scope,
        headers: Headers,
        is_allowed_origin: bool,
        is_public: bool,
        is_embedded: bool,
    ) -> Response | None:
        """A response that ends the request, `None` to let it pass. Raises `ApiError`."""
        hosts = headers.getlist("host")
        if len(hosts) != 1 or not self._is_own_host(hosts[0]):
            raise ApiError(
                403,
                "this server is not known by that host name",
                "Use the address that it printed, or start it with --allow-host NAME.",
            )
        origin = headers.get("origin")
        if is_allowed_origin and scope["method"] == "OPTIONS":
            return _preflight("GET, HEAD, POST, PUT, DELETE", "authorization, content-type, range")
        if is_public and scope["method"] == "OPTIONS":
            return _preflight("GET, HEAD", "range")
        if not (is_allowed_origin or is_public or is_embedded):
            same_origin = origin is None or urlsplit(origin).netloc.lower() == hosts[0].lower()
            other_site = headers.get("sec-fetch-site") in ("cross-site", "same-site")
            followed_link = (
                headers.get("sec-fetch-mode") == "navigate" and scope["method"] in READING
            )
            if not same_origin or (other_site and not followed_link):
                raise ApiError(
                    403,
                    "the request comes from a page of another site",
                    "Open the app itself, or start the server with --allow-origin ORIGIN.",
                )
        max_bytes = self._max_bytes(scope)
        length = headers.get("content-length", "0")
        if not length.isdecimal():
            raise ApiError(400, "content-length is not a number", "Send the size in bytes.")
        if int(length) > max_bytes:
            raise _too_large(max_bytes)
        needs_token = self.settings.token and not is_public
        return self._check_token(scope, headers) if needs_token else None

    def _max_bytes(self, scope: Scope) -> int:
        """Maximum size of the body of a request, in bytes."""
        is_upload = scope["path"] in UPLOAD_PATHS
        return self.settings.limits.max_upload_bytes if is_upload else MAX_JSON_BYTES

    def _is_own_host(self, host: str) -> bool:
        """Whether `host` names this server: any IP address that fits, or a known name.

        A name of another site can be made to point here; an IP address cannot.
        """
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
            if not _is_same(query["token"][0], token):
                raise _no_token()
            response = RedirectResponse("/", 303)
            response.set_cookie(COOKIE, token, max_age=90 * 86400, httponly=True, samesite="strict")
            return response
        scheme, _, given = headers.get("authorization", "").partition(" ")
        if scheme.lower() == "bearer" and _is_same(given.strip(), token):
            return None
        try:
            cookie = SimpleCookie(headers.get("cookie", "")).get(COOKIE)
        except CookieError:
            cookie = None
        if cookie is not None and _is_same(cookie.value, token):
            return None
        raise _no_token()

    def _limited(self, scope: Scope, receive: Receive) -> Receive:
        """`receive` with limits of size and speed. The result raises `ApiError`."""
        limits, max_bytes = self.settings.limits, self._max_bytes(scope)
        start, received, complete = time.monotonic(), 0, False

        async def limited() -> Message:
            nonlocal received, complete
            if complete:  # the next message is the end of the connection, at any time
                return await receive()
            try:
                message = await asyncio.wait_for(receive(), limits.max_stall_s)
            except TimeoutError:
                raise _too_slow() from None
            if message["type"] == "http.request":
                received += len(message.get("body", b""))
                complete = not message.get("more_body", False)
                if received > max_bytes:
                    raise _too_large(max_bytes)
                elapsed = time.monotonic() - start - limits.max_stall_s
                if not complete and elapsed > 0 and received < limits.min_bytes_per_s * elapsed:
                    raise _too_slow()
            return message

        return limited


def is_media_request(scope: Scope) -> bool:
    """Whether a request reads a picture, sound or a manifest, or asks whether it may."""
    found = MEDIA.fullmatch(scope["path"])
    if not found or scope["method"] not in (*READING, "OPTIONS"):
        return False
    if not scope["path"].endswith("/export"):
        return True
    query = parse_qs(scope["query_string"].decode("latin-1"))
    return len(query.get("format", ())) == 1 and query["format"][0] in MANIFESTS


def _preflight(methods: str, headers: str) -> Response:
    allowed = {
        "access-control-allow-methods": methods,
        "access-control-allow-headers": headers,
        "access-control-max-age": "600",
    }
    return Response(status_code=204, headers=allowed)


def _is_same(given: str, token: str) -> bool:
    return hmac.compare_digest(given.encode("utf-8", "replace"), token.encode())


def _no_token() -> ApiError:
    return ApiError(
        401, "the access token is missing or wrong", "Open the address that the server printed."
    )


def _too_slow() -> ApiError:
    return ApiError(408, "the upload is too slow", "Upload it again over a better connection.")


def _too_large(max_bytes: int) -> ApiError:
    remedy = f"Send at most {max_bytes // 2**20} MB at once."
    return ApiError(413, "the request is too large", remedy)
