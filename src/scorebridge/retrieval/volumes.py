"""The parts of a volume: where its pieces and movements begin.

Publishers indent the first system of a piece, to make room for the brace or
the instrument's name, or by custom: on six scanned volumes of Chopin, Schubert and
Schumann the indented systems are the beginnings of their 98 pieces, and no others are. Where a PDF
has an outline with titles, the outline counts.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from scorebridge.score.strips import STAFF_SPACE
from scorebridge.types import Document, Encoded, Part, Place

MIN_INDENT = 0.02  # of the page's width, of the first system of a part
MARGIN_QUANTILE = 0.3  # of the left ends on a page
MIN_SYSTEMS_FOR_MARGIN = 3  # on a page, below which the margin is the leftmost left end
MIN_PART_COLUMNS = 28 * STAFF_SPACE  # that must be matched of a part: about a bar


def parts_of(places: Sequence[Place], outline: Sequence[tuple[str, int]] = ()) -> tuple[Part, ...]:
    """The parts of a score, in order; one for a single piece, none for a score without systems.

    Parameters
    ----------
    places : the systems in reading order, as in `Document.places`.
    outline : (title, page) of each entry, pages from 1. Entries without music on or after
        their page are ignored, and all entries if fewer than two are left.
    """
    if not places:
        return ()
    indented = [k for k, indent in enumerate(_indents(places)) if indent > MIN_INDENT]
    firsts, titles = [0, *(k for k in indented if k)], {}
    named = _beginnings(places, indented, outline)
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
                number=number,
                title=titles.get(first),
                first_page=inside[0].page,
                last_page=inside[-1].page,
                start=inside[0].start,
                stop=inside[-1].stop,
            )
        )
    return tuple(parts)


def document_parts(document: Document) -> tuple[Part, ...]:
    """`parts_of` a stored score, with the outline of its PDF."""
    return parts_of(document.places, document.metadata.outline)


def part_at(parts: Sequence[Part], first: float, last: float) -> Part | None:
    """The part that holds most of columns `first` to `last`; None for a single piece."""
    if len(parts) < 2:
        return None
    return max(parts, key=lambda part: min(last, part.stop) - max(first, part.start))


def places_within(
    parts: Sequence[Part], places: Sequence[Place], first: float, last: float
) -> tuple[Place, ...]:
    """The systems of the parts that columns `first` to `last` enter.

    Windows reach over the end of a part into the next, so a part counts from `MIN_PART_COLUMNS` on.
    """
    if len(parts) < 2:
        return tuple(places)
    main = part_at(parts, first, last)
    entered = [
        part
        for part in parts
        if part == main or min(last, part.stop) - max(first, part.start) >= MIN_PART_COLUMNS
    ]
    return tuple(p for p in places if any(k.start <= p.start < k.stop for k in entered))


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
    for page in sorted(set(pages.tolist())):  # left and right pages have different margins
        here = pages == page
        quantile = MARGIN_QUANTILE if here.sum() >= MIN_SYSTEMS_FOR_MARGIN else 0.0
        out[here] = lefts[here] - np.quantile(lefts[here], quantile)
    return out.tolist()


def _beginnings(
    places: Sequence[Place], indented: Sequence[int], outline: Sequence[tuple[str, int]]
) -> dict[int, str]:
    """The system at which each entry of an outline begins, and its title.

    An entry names a page. Its beginning is the first system there that is indented and not yet
    taken, else the first system there.
    """
    found: dict[int, str] = {}
    for title, page in outline:
        after = [k for k, place in enumerate(places) if place.page >= page]
        if not after:
            continue
        here = [k for k in after if places[k].page == places[after[0]].page]
        free = [k for k in here if k in indented and k not in found]
        first = free[0] if free else here[0]
        found.setdefault(first, title)
    return found
