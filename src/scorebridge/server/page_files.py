"""The stored picture of a page, for the routes that show it whole, in part, or small."""

from __future__ import annotations

from pathlib import Path

from scorebridge.server.cache import page_image_name
from scorebridge.server.catalogue import Entry
from scorebridge.server.decoding.page_images import draw_page
from scorebridge.server.errors import ApiError
from scorebridge.server.state import ServerState
from scorebridge.types import Rotation

CACHE_FOR_EVER = {"cache-control": "private, max-age=31536000, immutable"}
"""Headers of responses that follow from a document's id alone."""
CACHE_SHORTLY = {"cache-control": "private, max-age=600"}
"""Headers of pictures whose rotation a person may correct, and whose address does not state it."""


async def page_file(
    state: ServerState, entry: Entry, page: int, rotation: Rotation | None = None
) -> Path:
    """The JPEG file of a page. Raises `ApiError`, `ScoreError`.

    rotation : of the picture; by default the one that is stored with the score.
    """
    if not 1 <= page <= entry.pages:
        raise ApiError(404, f"there is no page {page}", f"This score has {entry.pages} pages.")
    if rotation is None:
        rotation = (await state.rotations(entry)).get(page, 0)
    return await state.cached_file(
        entry, page_image_name(page, rotation), draw_page, page, rotation
    )
