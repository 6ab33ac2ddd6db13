"""Regions and spans as queries, on a score of two systems whose columns are counted by hand."""

import numpy as np
import pytest

from scorebridge.errors import UsageError
from scorebridge.retrieval.excerpts import cut_region, cut_span
from scorebridge.types import Encoded, Place

PLACES = (
    Place(1, 1, (0.1, 0.1, 0.9, 0.2), 0.1, 0.9, 0, 800),
    Place(1, 2, (0.1, 0.3, 0.9, 0.4), 0.1, 0.9, 800, 1600),
    Place(2, 1, (0.1, 0.1, 0.9, 0.2), 0.1, 0.9, 1600, 2400),
)
POSITIONS = np.arange(50, 2400, 100, dtype=np.float32)
VECTORS = np.repeat(POSITIONS[:, None], 4, 1)
SCORE = Encoded("score", VECTORS, POSITIONS, 2400.0, 2, PLACES)


def test_a_region_of_one_system_is_cut_at_its_edges() -> None:
    part = cut_region(SCORE, 1, (0.3, 0.28, 0.5, 0.42))
    assert list(part.vectors[:, 0]) == [1050, 1150]  # columns 1000 to 1200
    assert list(part.positions) == [50, 150] and part.extent == 200
    (place,) = part.places
    assert (place.page, place.system, place.start) == (1, 2, 0)


def test_a_region_over_several_systems_takes_them_whole() -> None:
    part = cut_region(SCORE, 1, (0.3, 0.05, 0.5, 0.45))
    assert len(part.vectors) == 16 and part.extent == 1600
    assert [(p.start, p.stop) for p in part.places] == [(0, 800), (800, 1600)]
    second = cut_region(SCORE, 2, (0.0, 0.0, 1.0, 1.0))
    assert list(second.vectors[:, 0]) == list(POSITIONS[16:])
    assert [(p.start, p.stop) for p in second.places] == [(0, 800)]


@pytest.mark.parametrize(
    ("page", "box"),
    [(1, (0.1, 0.5, 0.9, 0.9)), (3, (0, 0, 1, 1)), (1, (0.3, 0.1, 0.301, 0.2))],
)
def test_a_region_without_music_is_refused(page: int, box: tuple) -> None:
    with pytest.raises(UsageError, match="region"):
        cut_region(SCORE, page, box)


def test_a_span_is_a_clip_that_knows_its_start() -> None:
    times = np.arange(2, 60, 0.5, dtype=np.float32)
    recording = Encoded("recording", np.repeat(times[:, None], 4, 1), times, 60.0)
    part = cut_span(recording, 10.25, 20.25)
    assert part.vectors[0, 0] == 10.5 and part.positions[0] == 0.25
    assert part.vectors[-1, 0] == 20.0 and part.extent == 10
    assert cut_span(recording, 50, 1000).extent == 10
    for start, end in [(60, 70), (5, 5), (0, 1), (-1, 5)]:
        with pytest.raises(UsageError, match="span"):
            cut_span(recording, start, end)
    assert part.start_s == 10.25 and cut_span(part, 2, 6).start_s == 12.25
