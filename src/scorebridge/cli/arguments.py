"""What people write on the command line about a pair: pins and sections."""

from __future__ import annotations

from collections.abc import Sequence

from scorebridge.errors import UsageError
from scorebridge.types import Anchor, BarRange


def anchors_of(words: Sequence[str]) -> list[Anchor]:
    """Pins written SECONDS=BAR. Raises `UsageError`."""
    anchors = []
    for word in words:
        try:
            time_s, bar = map(float, word.split("="))
        except ValueError:
            raise UsageError(f"--pin {word}: give SECONDS=BAR, such as 12.5=7.") from None
        anchors.append(Anchor(time_s, bar))
    return anchors


def spans_of(words: str | None) -> list[BarRange]:
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
