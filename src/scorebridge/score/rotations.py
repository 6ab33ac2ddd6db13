"""Which pages of a score are turned, from those whose music shows which way is up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from scorebridge.types import Place, Rotation


def rotations_of(places: Iterable[Place], pages: int) -> dict[int, Rotation]:
    """Page number to its rotation, of those of a score's `pages` that are turned."""
    known: dict[int, Rotation] = {place.page: place.rotation for place in places}
    return {n: r for n in range(1, pages + 1) if (r := rotation_beside(n, known))}


def rotation_beside(number: int, known: Mapping[int, Rotation]) -> Rotation:
    """The rotation of page `number`, from those of the pages with music.

    A title page has no music that shows which way is up. It is turned as the nearest pages with
    music before and after it are, and stays as it is stored where these two differ.
    """
    if number in known:
        return known[number]
    before = max((n for n in known if n < number), default=None)
    after = min((n for n in known if n > number), default=None)
    beside: set[Rotation] = {known[n] for n in (before, after) if n is not None}
    return next(iter(beside)) if len(beside) == 1 else 0
