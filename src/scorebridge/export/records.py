"""Answers as plain records: the JSON and CSV that people script against.

Their shape is a contract from the first release on; add fields, never rename or
drop one. Boxes and x are fractions of the page, origin top left; pages,
systems and bars count from 1; times are seconds.
"""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import Any

from scorebridge.errors import InputError
from scorebridge.shown import shown_json, table_cell
from scorebridge.types import (
    MIN_ROTATION_CONFIDENCE,
    Alignment,
    Document,
    Encoded,
    Hit,
    Link,
    Page,
    System,
)


def found(
    path: Path | str,
    query: Encoded,
    hits: Sequence[Hit],
    elapsed_s: float,
    accept: float | None = None,
) -> dict[str, Any]:
    """The record of `find`. Passages of score queries also carry the recording's times.

    accept : minimum confidence of an answer that counts; with it the record has "found", whether
        there is one. Hits of one "work" are alternatives of each other.
    "rotations" of the query has the pages that were turned; their boxes are those of the turned
    page.
    """
    head: dict[str, Any] = {"path": str(path), "kind": query.kind}
    head |= _size(query.kind, query.extent, query.pages)
    if rotations := {str(p.page): p.rotation for p in query.places if p.rotation}:
        head["rotations"] = rotations
    results = []
    for hit in hits:
        record = asdict(hit)
        record["passages"] = [
            {name: value for name, value in asdict(passage).items() if value is not None}
            for passage in hit.passages
        ]
        results.append(record)
    verdict: dict[str, Any] = {}
    if accept is not None:
        is_found = any(hit.confidence >= accept for hit in hits)
        verdict = {"found": is_found, "threshold": accept}
    return {"query": head, **verdict, "results": results, "elapsed_s": round(elapsed_s, 3)}


def linked(links: Sequence[Link], added: int, dropped: int, asked: int) -> dict[str, Any]:
    """The record of `link`: all links, and how many are new, are gone, were asked for."""
    return {
        "links": [asdict(link) for link in links],
        "added": added,
        "dropped": dropped,
        "asked": asked,
    }


def linked_csv(links: Sequence[Link]) -> str:
    """Links as CSV with a header line; `part` is empty for scores of a single piece."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = ("recording", "score", "confidence", "start_s", "end_s", "first_page", "last_page")
    writer.writerow((*names, "part"))
    for link in links:
        part = link.part.number if link.part else ""
        writer.writerow(_cells([*(getattr(link, name) for name in names), part]))
    return out.getvalue()


def aligned(alignment: Alignment) -> dict[str, Any]:
    """The record of `align`; its files come first."""
    return {"score": alignment.score, "recording": alignment.recording} | asdict(alignment)


def aligned_csv(alignment: Alignment) -> str:
    """The points of an alignment as CSV with a header line; an unknown bar is empty.

    `number` is the bar's editor's number.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    names = ("time_s", "page", "system", "x", "bar", "number")
    writer.writerow(names)
    for point in alignment.points:
        writer.writerow(_cells([getattr(point, name) for name in names]))
    return out.getvalue()


def listed(document: Document) -> dict[str, Any]:
    """One record of `list`; "stated_title" is what the file itself states, if it does."""
    record = {name: getattr(document, name) for name in ("id", "path", "kind", "title")}
    stated = {"stated_title": document.metadata.title} if document.metadata.title else {}
    size = _size(document.kind, document.extent, document.pages)
    return record | stated | size


def added(document: Document) -> dict[str, Any]:
    """One record of `add`: that of `list`, and "undecided_pages" where there are any.

    They are pages of which it is undecided which way is up.
    """
    undecided = {"undecided_pages": document.undecided_pages} if document.undecided_pages else {}
    return listed(document) | undecided


def failed(errors: Sequence[InputError]) -> list[dict[str, str]]:
    """Files of a batch that could not be processed."""
    return [{"path": str(e.path), "reason": e.reason, "remedy": e.remedy} for e in errors]


def page(page: Page, systems: Sequence[System], corrected: bool = False) -> dict[str, Any]:
    """One record of `pages`; width and height are the pixels of the turned page, as looked at.

    `rotation` is that of the stored page, clockwise; `staff_kinds` names the kind of each staff,
    `groups` the braces and brackets, `numbers` the editor's number of each bar.
    `core` (in systems of more than two staves) is what the strip shows; `bend` (where the page
    is tilted or curved) follows it from left to right; see `types.System`.
    """
    height, width = page.image.shape
    return {
        "page": page.number,
        "width": width,
        "height": height,
        "music": bool(systems),
        "corrected": corrected,
        "rotation": page.rotation,
        "rotation_confidence": page.rotation_confidence,
        "systems": [
            {
                "system": system.number,
                "box": system.box,
                "staves": system.staves,
                "bars": system.bars,
                "confidence": system.confidence,
                "bar_confidence": system.bar_confidence,
                "repeats": system.repeats,
                "staff_kinds": system.staff_kinds or ("standard",) * len(system.staves),
                "groups": [asdict(group) for group in system.groups],
                "printed_number": system.printed_number,
                "numbers": system.numbers,
                **({"core": system.core} if system.core else {}),
                **({"bend": system.bend} if system.bend else {}),
            }
            for system in systems
        ],
    }


def number_pages(pages: Sequence[dict[str, Any]], systems: Sequence[System]) -> None:
    """Write the bar numbers into the records of all pages of a score: it takes all to know them.

    systems : those of `pages`, in the same order.
    """
    from scorebridge.score.numbers import number_bars  # OpenCV: a search needs none of it

    numbered = iter(number_bars(systems))
    for record in pages:
        for one, system in zip(record["systems"], numbered, strict=False):
            one["printed_number"], one["numbers"] = system.printed_number, system.numbers


def undecided_pages(pages: Sequence[dict[str, Any]]) -> list[int]:
    """The pages with music of which it is undecided which way is up, from their records."""
    return [
        record["page"]
        for record in pages
        if record["systems"] and record["rotation_confidence"] < MIN_ROTATION_CONFIDENCE
    ]


def turn_pages_without_music(pages: Sequence[dict[str, Any]]) -> None:
    """Write the rotations of pages without music into their records: it takes all to know them.

    What a person corrected stays.
    """
    from scorebridge.score.rotations import rotation_beside

    known = {record["page"]: record["rotation"] for record in pages if record["systems"]}
    for record in pages:
        if record["page"] not in known and not record["corrected"]:
            rotation = rotation_beside(record["page"], known)
            if (rotation - record["rotation"]) % 180:
                record["width"], record["height"] = record["height"], record["width"]
            record["rotation"] = rotation


def as_json(record: Any) -> str:
    """Readable JSON: names in their own letters, numbers to five places (0.01 mm of a page)."""
    return shown_json(json.dumps(_rounded(record), ensure_ascii=False, indent=1))


def _cells(values: Sequence[Any]) -> list[Any]:
    return [table_cell(v) if isinstance(v, str) else _rounded(v) for v in values]


def _rounded(record: Any) -> Any:
    if isinstance(record, float):
        return round(record, 5)
    if isinstance(record, dict):
        return {name: _rounded(value) for name, value in record.items()}
    return [_rounded(value) for value in record] if isinstance(record, list | tuple) else record


def _size(kind: str, extent: float, pages: int) -> dict[str, Any]:
    return {"duration_s": round(extent, 3)} if kind == "recording" else {"pages": pages}
