"""The texts of options as values: pins, sections, spans of a recording, regions of a page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from scorebridge.errors import UsageError
from scorebridge.types import Anchor, BarRange

if TYPE_CHECKING:
    from scorebridge.types import Encoded


def anchors_of(words: Sequence[str]) -> list[Anchor]:
    """Anchors written SECONDS=BAR. Raises `UsageError`."""
    anchors = []
    for word in words:
        try:
            time_s, bar = map(float, word.split("="))
        except ValueError:
            raise UsageError(f"--pin {word}: give SECONDS=BAR, such as 12.5=7.") from None
        anchors.append(Anchor(time_s, bar))
    return anchors


def sections_of(words: str | None) -> list[BarRange]:
    """Sections as bars in the order they are played: 1-16,1-16,17-40. Raises `UsageError`."""
    spans = []
    for word in words.split(",") if words else ():
        first, _, last = word.strip().partition("-")
        try:
            spans.append(BarRange(int(first), int(last or first)))
        except ValueError:
            raise UsageError(
                f"--sections {word.strip()}: give bars in the order they are played,"
                " such as 1-16,1-16,17-40."
            ) from None
    return spans


def excerpt_of(
    whole: Encoded, span: str | None, region: str | None
) -> tuple[Encoded, dict[str, Any]]:
    """Cut a span ("30-45", seconds) or a region ("2:0.1,0.3,0.9,0.5", page and box) from a file.

    Returns the query and what its record adds to that of the file; the whole file and {} where
    neither is given. Raises `UsageError`.
    """
    from scorebridge.retrieval.excerpts import cut_region, cut_span

    if span is None and region is None:
        return whole, {}
    if span is not None:
        try:
            start_s, end_s = map(float, span.split("-"))
        except ValueError:
            raise UsageError(f"--span {span}: give seconds, such as 30-45.") from None
        if whole.kind != "recording" or region is not None:
            raise UsageError("--span is for a recording, --region for a score.")
        return cut_span(whole, start_s, end_s), {"start_s": start_s, "end_s": end_s}
    page, _, corners = (region or "").partition(":")
    try:
        number = int(page)
        x0, y0, x1, y1 = map(float, corners.split(","))
    except ValueError:
        remedy = "give the page and fractions of it, left, top, right, bottom: 2:0.1,0.3,0.9,0.5"
        raise UsageError(f"--region {region}: {remedy}.") from None
    if whole.kind != "score":
        raise UsageError("--region is for a score, --span for a recording.")
    box = (x0, y0, x1, y1)
    return cut_region(whole, number, box), {"page": number, "box": list(box)}
