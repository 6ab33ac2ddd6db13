"""Parameters that many routes have."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Query, Request

from scorebridge.server.state import ServerState


async def _state_of(request: Request) -> ServerState:
    return request.app.state.server


State = Annotated[ServerState, Depends(_state_of)]
"""The server that the request came to."""
Wait = Annotated[float, Query(ge=0, le=60, allow_inf_nan=False)]
"""Seconds until the answer is the unfinished job instead of its result."""
