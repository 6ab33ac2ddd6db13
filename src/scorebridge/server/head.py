"""HEAD wherever GET works: the same request, of which only the head of the response is sent."""

from __future__ import annotations

import asyncio

from starlette.types import ASGIApp, Message, Receive, Scope, Send


class HeadAsGet:
    """ASGI middleware around the routes. What would be sent after the head is not made."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["method"] != "HEAD":
            await self.app(scope, receive, send)
            return
        heads: asyncio.Queue[Message] = asyncio.Queue()

        async def send_head(message: Message) -> None:
            if message["type"] == "http.response.start":
                heads.put_nowait(message)
                await asyncio.Event().wait()  # until it is cancelled: no body is made

        answering = asyncio.ensure_future(self.app({**scope, "method": "GET"}, receive, send_head))
        first = asyncio.ensure_future(heads.get())
        try:
            await asyncio.wait((answering, first), return_when=asyncio.FIRST_COMPLETED)
            if not first.done():
                await answering  # raises why there is no response
                return
        finally:
            first.cancel()
            answering.cancel()
            await asyncio.gather(answering, return_exceptions=True)
        await send(first.result())
        await send({"type": "http.response.body", "body": b""})
