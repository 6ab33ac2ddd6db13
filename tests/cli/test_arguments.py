"""Texts of options: what they mean, and which ones are refused."""

import numpy as np
import pytest

from scorebridge.alignment.bars import bars_of
from scorebridge.cli.arguments import anchors_of, excerpt_of
from scorebridge.errors import UsageError
from scorebridge.types import Encoded, Place

PLACES = (Place(1, 1, (0.1, 0.1, 0.9, 0.2), 0.1, 0.9, 0, 800),)
PLACES += (Place(1, 2, (0.1, 0.3, 0.9, 0.4), 0.1, 0.9, 800, 1600),)
POSITIONS = np.arange(50, 1600, 100, dtype=np.float32)
VECTORS = np.repeat(POSITIONS[:, None], 4, 1)
SCORE = Encoded("score", VECTORS, POSITIONS, 1600.0, 1, PLACES)


def test_an_excerpt_in_words() -> None:
    assert excerpt_of(SCORE, None, None) == (SCORE, {})
    part, head = excerpt_of(SCORE, None, "1:0.3,0.28,0.5,0.42")
    assert list(part.vectors[:, 0]) == [1050, 1150]
    assert head == {"page": 1, "box": [0.3, 0.28, 0.5, 0.42]}
    recording = Encoded("recording", VECTORS, (POSITIONS / 100).astype(np.float32), 16.0)
    part, head = excerpt_of(recording, "5.0-10", None)
    assert part.start_s == 5 and part.extent == 5 and head == {"start_s": 5.0, "end_s": 10.0}


@pytest.mark.parametrize(
    ("span", "region"),
    [
        *(("5", None), ("a-b", None), ("1-2-3", None), ("3-9", None), ("3-9", "1:0,0,1,1")),
        *((None, "0,0,1,1"), (None, "1:0,0,1"), (None, "x:0,0,1,1"), (None, "")),
    ],
)
def test_excerpts_that_are_not_understood(span: str | None, region: str | None) -> None:
    with pytest.raises(UsageError):
        excerpt_of(SCORE, span, region)


@pytest.mark.parametrize("span", ["nan-5", "0-nan", "inf-inf", "5-2", "16-20", "1e400-2"])
def test_spans_that_lie_nowhere(span: str) -> None:
    recording = Encoded("recording", VECTORS, (POSITIONS / 100).astype(np.float32), 16.0)
    with pytest.raises(UsageError, match="within 0 and 16"):
        excerpt_of(recording, span, None)
    assert excerpt_of(recording, "0-inf", None)[0].extent == 16.0


def test_bars_that_are_no_numbers() -> None:
    bars = bars_of(PLACES)
    for bar in ("nan", "inf", "-inf", "1e300", "0"):
        (anchor,) = anchors_of([f"1={bar}"])
        with pytest.raises(UsageError, match="the score has bars"):
            bars.column(anchor.bar)
