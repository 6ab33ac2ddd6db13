"""Connections: a time limit for every request's head and for every response, a limit of numbers.

uvicorn limits the time between two requests, but not the time in which the head of a request
arrives, nor that in which a client takes its response. Both are limited here, for each request of a
connection. The body of a request is limited in `guard.py`.

A response may come before its request's body has arrived (it is too large, or the disk is full).
A connection that is closed with bytes unread loses the response too, so what still arrives is
discarded for a while before such a connection is closed (RFC 9112, section 9.6).
"""

from __future__ import annotations

import asyncio
from collections import Counter
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any, ClassVar, cast

import h11
from uvicorn.protocols.http.h11_impl import H11Protocol

from scorebridge.server.settings import ServerLimits

IPV6_PREFIX = 64  # bits that one customer has to themselves


class LimitedProtocol(H11Protocol):
    """HTTP/1.1 that closes connections which ask or listen too slowly, or are too many."""

    limits: ClassVar[ServerLimits]
    open_by_client: ClassVar[Counter[str]]

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        lingering = _LingeringTransport(transport, self)
        super().connection_made(cast("asyncio.Transport", lingering))
        self._head_timer = self._write_timer = self._linger_timer = None
        self._client = client_of(self.client[0] if self.client else "")
        self.open_by_client[self._client] += 1
        if self._client and self.open_by_client[self._client] > self.limits.max_per_client:
            transport.abort()
            return
        self._watch_head()

    def connection_lost(self, exc: Exception | None) -> None:
        self._head_timer = _cancel(self._head_timer)
        self._write_timer = _cancel(self._write_timer)
        self._linger_timer = _cancel(self._linger_timer)
        self.open_by_client[self._client] -= 1
        if self.open_by_client[self._client] <= 0:
            del self.open_by_client[self._client]
        super().connection_lost(exc)

    def data_received(self, data: bytes) -> None:
        if self.is_lingering:
            return  # the rest of a body whose response is sent
        super().data_received(data)
        self._watch_head()

    @property
    def is_lingering(self) -> bool:
        """Whether the response is sent and the rest of the request is being discarded."""
        return self._linger_timer is not None

    def linger(self, transport: asyncio.Transport) -> bool:
        """Begin to discard what still arrives, if the body of the request is not complete."""
        if self.is_lingering or transport.is_closing():
            return False
        if self.conn.their_state is not h11.SEND_BODY or not transport.can_write_eof():
            return False
        self._head_timer = _cancel(self._head_timer)
        transport.write_eof()
        transport.resume_reading()
        self._linger_timer = self.loop.call_later(self.limits.max_linger_s, transport.close)
        return True

    def on_response_complete(self) -> None:
        super().on_response_complete()
        self._watch_head()

    def pause_writing(self) -> None:
        super().pause_writing()
        if self._write_timer is None:
            self._write_timer = self.loop.call_later(
                self.limits.max_unread_s, self._close, "response"
            )

    def resume_writing(self) -> None:
        super().resume_writing()
        self._write_timer = _cancel(self._write_timer)

    def _watch_head(self) -> None:
        """Begin to wait for the head of a request, or cease to; bytes of it win no time."""
        is_waiting = self.cycle is None or self.cycle.response_complete
        if not is_waiting or self.is_lingering:
            self._head_timer = _cancel(self._head_timer)
        elif self._head_timer is None:
            self._head_timer = self.loop.call_later(self.limits.max_head_s, self._close, "head")

    def _close(self, waited_for: str) -> None:
        if waited_for == "response":  # nobody reads what is written
            self.transport.abort()
        elif not self.transport.is_closing():
            self.transport.close()


class _LingeringTransport:
    """A transport whose `close` waits while the client still sends the body of its request."""

    def __init__(self, transport: asyncio.Transport, owner: LimitedProtocol) -> None:
        self._transport, self._owner = transport, owner

    def __getattr__(self, name: str) -> Any:
        return getattr(self._transport, name)

    def is_closing(self) -> bool:
        return self._owner.is_lingering or self._transport.is_closing()

    def close(self) -> None:
        if not self._owner.linger(self._transport):
            self._transport.close()


def protocol(limits: ServerLimits) -> type[LimitedProtocol]:
    """The protocol of one server."""
    shared = {"limits": limits, "open_by_client": Counter()}
    return type("ServerProtocol", (LimitedProtocol,), shared)


def client_of(address: str) -> str:
    """Whom an address is counted with; empty for this machine, which is not limited.

    Programs on this machine share its address, and so do all clients behind a web server here.
    """
    try:
        ip = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(ip, IPv6Address):
        if ip.ipv4_mapped:
            ip = ip.ipv4_mapped
        elif not ip.is_loopback:
            return str(ip_network((int(ip), IPV6_PREFIX), strict=False))
    return "" if ip.is_loopback else str(ip)


def _cancel(timer: asyncio.TimerHandle | None) -> None:
    if timer is not None:
        timer.cancel()
