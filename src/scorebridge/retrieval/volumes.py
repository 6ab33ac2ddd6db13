"""The parts of a volume: where its pieces and movements begin.

A publisher who begins a piece sets its first system in, to make room for the brace or
the instrument's name (or for habit's sake): on the six scanned volumes of Chopin, Schubert and
Schumann the systems set in are the beginnings of their 98 pieces, and nothing else is. A PDF
may also say it in its outline, with titles; then the outline counts.

Parts are read off the places of the systems and the outline, which the library holds. No cost to
speak of.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scorebridge.score.strips import STAFF_SPACE
from scorebridge.types import Document, Encoded, Part, Place

INDENT = 0.02  # of the page's width by which a first system is set in, at least
USUAL = 0.3  # quantile of a page's left ends that is its margin
FEW = 3  # systems on a page below which the margin is the leftmost
ENTERED = 28 * STAFF_SPACE  # columns of a part that must be matched: about a bar


def parts_of(places: Sequence[Place], outline: Sequence[tuple[str, int]] = ()) -> tuple[Part, ...]:
    """The parts of a score, in order; a single one for a piece by itself.

    Parameters
    ----------
    places : the systems in reading order, as in `Document.places`.
    outline : (title, page) of each entry, pages from 1; entries without music on or after
        their page are passed over, and so are all if fewer than two are left.
    """
    if not places:
        return ()
    set_in = [k for k, indent in enumerate(_indents(places)) if indent > INDENT]
    firsts, titles = [0, *(k for k in set_in if k)], {}
    named = _beginnings(places, set_in, outline)
    if len(named) > 1:
        titles = named
        firsts = sorted({0, *named})
    parts = []
    for number, (first, stop) in enumerate(
        zip(firsts, [*firsts[1:], len(places)], strict=True), start=1
    ):
        inside = places[first:stop]
        parts.append(
            Part(
                number,
                titles.get(first),
                inside[0].page,
                inside[-1].page,
                inside[0].start,
                inside[-1].stop,
            )
        )
    return tuple(parts)


def document_parts(document: Document) -> tuple[Part, ...]:
    """`parts_of` a stored score, with the outline of its PDF."""
    return parts_of(document.places, document.metadata.outline)


def part_at(parts: Sequence[Part], first: float, last: float) -> Part | None:
    """The part that holds most of columns `first` to `last`; `None` where there is but one."""
    if len(parts) < 2:
        return None
    return max(parts, key=lambda part: min(last, part.stop) - max(first, part.start))


def within(
    parts: Sequence[Part], places: Sequence[Place], first: float, last: float
) -> tuple[Place, ...]:
    """The systems of the parts that columns `first` to `last` truly enter.

    Windows see over the end of a part into the next, so less than `ENTERED` of it is none.
    """
    if len(parts) < 2:
        return tuple(places)
    main = part_at(parts, first, last)
    kept = [
        part
        for part in parts
        if part == main or min(last, part.stop) - max(first, part.start) >= ENTERED
    ]
    return tuple(p for p in places if any(k.start <= p.start < k.stop for k in kept))


def cut_part(score: Encoded, part: Part) -> Encoded:
    """The windows and systems of one part, columns as in the whole score."""
    inside = (score.positions >= part.start) & (score.positions < part.stop)
    places = tuple(p for p in score.places if part.start <= p.start < part.stop)
    return replace(score.where(inside), places=places)


def _indents(places: Sequence[Place]) -> list[float]:
    """How far each system's left end lies to the right of its page's margin."""
    lefts = np.array([place.box[0] for place in places])
    pages = np.array([place.page for place in places])
    out = np.zeros(len(places))
    for page in np.unique(pages):  # left and right pages of a book have margins of their own
        here = pages == page
        usual = USUAL if here.sum() >= FEW else 0.0
        out[here] = lefts[here] - np.quantile(lefts[here], usual)
    return out.tolist()


def _beginnings(
    places: Sequence[Place], set_in: Sequence[int], outline: Sequence[tuple[str, int]]
) -> dict[int, str]:
    """The system at which each entry of an outline begins, and its title.

    An entry names a page. Of its systems the first that is set in and not yet taken is the
    beginning, else the first at all.
    """
    found: dict[int, str] = {}
    for title, page in outline:
        after = [k for k, place in enumerate(places) if place.page >= page]
        if not after:
            continue
        here = [k for k in after if places[k].page == places[after[0]].page]
        free = [k for k in here if k in set_in and k not in found]
        first = free[0] if free else here[0]
        found.setdefault(first, title)
    return found
