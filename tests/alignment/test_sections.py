"""Repeats, cuts, voltas, anchors and given sections on performances whose order is known."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from scorebridge.alignment.align import align_encoded
from scorebridge.alignment.bars import bars_of
from scorebridge.alignment.baselines import plain_dtw
from scorebridge.errors import UsageError
from scorebridge.types import Alignment, Anchor, BarRange, Encoded, Place
from synthetic import (
    Performance,
    Piece,
    compose,
    noise_only,
    perform,
    recording,
    score,
)

BAR = 150  # columns; four bars a system


def barred(sheet: Encoded, closes: tuple[int, ...] = ()) -> Encoded:
    """The score with barlines every `BAR` columns, and signs that close after bars `closes`."""
    places, number = [], 0
    for place in sheet.places:
        count = (place.stop - place.start) // BAR
        edges = np.linspace(
            place.x0,
            place.x0 + count * BAR / (place.stop - place.start) * (place.x1 - place.x0),
            count + 1,
        )
        bars = tuple((float(a), float(b)) for a, b in pairwise(edges))
        signs = tuple((False, number + k + 1 in closes) for k in range(count))
        number += count
        places.append(replace(place, bars=bars, repeats=signs))
    return replace(sheet, places=tuple(places))


def in_order(played: Performance, spans: list[tuple[int, int]]) -> tuple[Performance, list[float]]:
    """A performance that plays the bars in another order, and when each span begins."""
    parts, begins, at = [], [], 0
    for first, last in spans:
        inside = (played.columns >= (first - 1) * BAR) & (played.columns < last * BAR)
        begins.append(at / 10)
        parts.append(played.columns[inside])
        at += int(inside.sum())
    return Performance(np.concatenate(parts)), begins


def make(
    seed: int, spans: list[tuple[int, int]], closes: tuple[int, ...] = (), bars: int = 48
) -> tuple[Encoded, Encoded, Performance, list[float]]:
    rng = np.random.default_rng(seed)
    piece = compose(rng, bars * BAR // 25)
    played, begins = in_order(perform(rng, piece), spans)
    return barred(score(rng, piece, 0.6), closes), heard(rng, piece, played), played, begins


def heard(rng: np.random.Generator, piece: Piece, played: Performance) -> Encoded:
    """As `synthetic.recording`, but windows at a jump see only what is nearer to their middle."""
    return recording(rng, piece, played, 0.6)


def columns_of(alignment: Alignment, sheet: Encoded) -> np.ndarray:
    places: dict[tuple[int, int], Place] = {(p.page, p.system): p for p in sheet.places}
    out = []
    for point in alignment.points:
        place = places[point.page, point.system]
        share = (point.x - place.x0) / (place.x1 - place.x0)
        out.append(place.start + share * (place.stop - place.start))
    return np.array(out)


def within_a_bar(alignment: Alignment, sheet: Encoded, played: Performance) -> float:
    times = np.array([p.time_s for p in alignment.points])
    true = played.columns[np.clip(np.round(times * 10).astype(int), 0, len(played.columns) - 1)]
    return float((np.abs(columns_of(alignment, sheet) - true) <= BAR).mean())


def order(alignment: Alignment) -> list[tuple[int | None, int | None]]:
    return [(s.first_bar, s.last_bar) for s in alignment.sections]


ORDERS = {
    "repeat": [(1, 16), (1, 32), (17, 48)],
    "da capo": [(1, 48), (1, 16)],
    "cut": [(1, 16), (33, 48)],
    "restart": [(1, 9), (5, 48)],
}


@pytest.mark.parametrize("name", ORDERS)
def test_sections_come_out_in_the_order_they_are_played(name: str) -> None:
    spans = ORDERS[name]
    sheet, sound, played, begins = make(11, spans, closes=(16, 32))
    alignment = align_encoded(sheet, sound)
    assert order(alignment) == spans
    for section, begin in zip(alignment.sections, begins, strict=True):
        assert section.start_s == pytest.approx(begin, abs=1.5)
    assert within_a_bar(alignment, sheet, played) > 0.97
    times = np.array([p.time_s for p in alignment.points])
    assert (np.diff(times) > 0).all() and np.diff(times).max() <= 0.5
    assert alignment.confidence > 0.9
    confidences = [b.confidence for b in alignment.bar_confidence]
    assert len(confidences) == sum(last - first + 1 for first, last in spans)
    assert np.median(confidences) > 0.7


def test_a_first_ending_is_passed_over_the_second_time() -> None:
    spans = [(1, 16), (1, 14), (17, 48)]
    sheet, sound, played, _ = make(12, spans, closes=(16,))
    alignment = align_encoded(sheet, sound)
    assert order(alignment) == spans
    assert within_a_bar(alignment, sheet, played) > 0.97


def test_removing_a_section_removes_it_from_the_path() -> None:
    full, cut = [(1, 16), (1, 32), (17, 48)], [(1, 32), (17, 48)]
    for spans in (full, cut):
        sheet, sound, _, _ = make(13, spans, closes=(16, 32))
        assert order(align_encoded(sheet, sound)) == spans


def test_silence_adds_nothing() -> None:
    spans = [(1, 16), (1, 48)]
    sheet, sound, played, _ = make(14, spans, closes=(16,))
    alone = align_encoded(sheet, sound)
    rng = np.random.default_rng(0)
    before, after = noise_only(rng, 15), noise_only(rng, 12)
    vectors = np.concatenate([before, sound.vectors, after])
    positions = (2.1 + 0.5 * np.arange(len(vectors))).astype(np.float32)
    longer = Encoded("recording", vectors, positions, float(positions[-1] + 2.1))
    alignment = align_encoded(sheet, longer)
    assert order(alignment) == order(alone) == spans
    assert alignment.sections[0].start_s == pytest.approx(15, abs=2.5)
    assert alignment.sections[-1].end_s == pytest.approx(15 + played.duration, abs=2.5)


def test_a_pause_between_sections_is_no_music() -> None:
    spans = [(1, 24), (25, 48)]
    sheet, sound, _, begins = make(15, spans)
    rng = np.random.default_rng(1)
    at = int(begins[1] * 2)
    vectors = np.concatenate([sound.vectors[:at], noise_only(rng, 30), sound.vectors[at:]])
    positions = (2.1 + 0.5 * np.arange(len(vectors))).astype(np.float32)
    longer = Encoded("recording", vectors, positions, float(positions[-1] + 2.1))
    alignment = align_encoded(sheet, longer)
    assert len(alignment.sections) == 2
    quiet = (begins[1] + 5, begins[1] + 25)
    assert not [p for p in alignment.points if quiet[0] < p.time_s < quiet[1]]


@pytest.mark.parametrize("factor", [0.7, 1.4])
def test_scaling_time_scales_the_path(factor: float) -> None:
    """The same windows at other times: the same way at another speed."""
    spans = [(1, 16), (1, 48)]
    sheet, sound, _, begins = make(16, spans, closes=(16,))
    scaled = replace(
        sound, positions=sound.positions * np.float32(factor), extent=sound.extent * factor
    )
    alignment = align_encoded(sheet, scaled)
    assert order(alignment) == spans
    for section, begin in zip(alignment.sections, begins, strict=True):
        assert section.start_s == pytest.approx(begin * factor, abs=1.5)


def test_given_sections_are_followed() -> None:
    spans = [(1, 16), (1, 14), (17, 48)]
    sheet, sound, played, begins = make(17, spans)
    alignment = align_encoded(sheet, sound, sections=[BarRange(*span) for span in spans])
    assert order(alignment) == spans
    for section, begin in zip(alignment.sections, begins, strict=True):
        assert section.start_s == pytest.approx(begin, abs=1.5)
    assert within_a_bar(alignment, sheet, played) > 0.97


def test_the_path_goes_through_anchors() -> None:
    spans = [(1, 16), (1, 48)]
    sheet, sound, _, begins = make(18, spans, closes=(16,))
    bars = bars_of(sheet.places)
    anchors = [Anchor(20.25, 9.5), Anchor(begins[1] + 30, 17.0)]  # neither is where the music is
    alignment = align_encoded(sheet, sound, anchors=anchors)
    columns = dict(
        zip([p.time_s for p in alignment.points], columns_of(alignment, sheet), strict=True)
    )
    for anchor in anchors:
        grid = round(anchor.time_s * 4) / 4
        speed = 60 * abs(grid - anchor.time_s)
        assert columns[grid] == pytest.approx(bars.column(anchor.bar), abs=3 + speed)
    inside = [p.bar for p in alignment.points if abs(p.time_s - 20.25) < 0.1]
    assert inside == [9]


def test_corrections_that_cannot_be_are_refused() -> None:
    sheet, sound, _, _ = make(19, [(1, 48)])
    for anchors, sections, message in [
        ([Anchor(1e4, 3)], [], "recording lasts"),
        ([Anchor(3, 60)], [], "bars 1 to 48"),
        ([], [BarRange(5, 60)], "bars 1 to 48"),
        ([], [BarRange(9, 3)], "bars 1 to 48"),
        ([Anchor(10, 40)], [BarRange(1, 16)], "not played there"),
    ]:
        with pytest.raises(UsageError, match=message):
            align_encoded(sheet, sound, anchors=anchors, sections=sections)


def test_plain_warping_goes_from_corner_to_corner() -> None:
    sheet, sound, played, _ = make(20, [(1, 48)])
    alignment = plain_dtw(sheet, sound)
    assert within_a_bar(alignment, sheet, played) > 0.97
    assert len(alignment.sections) == 1 and alignment.sections[0].last_bar == 48


def test_unreadable_bars_are_doubted() -> None:
    sheet, sound, played, _ = make(21, [(1, 48)])
    rng = np.random.default_rng(2)
    vectors = sound.vectors.copy()
    bad = slice(len(vectors) // 3, 2 * len(vectors) // 3)  # a third of the recording is noise
    noise = rng.normal(size=vectors[bad].shape).astype(np.float32)
    vectors[bad] = noise / np.linalg.norm(noise, axis=1, keepdims=True)
    alignment = align_encoded(sheet, replace(sound, vectors=vectors))
    third = played.duration / 3
    inside = [
        b.confidence for b in alignment.bar_confidence if third + 8 < b.start_s < 2 * third - 8
    ]
    outside = [b.confidence for b in alignment.bar_confidence if b.start_s < third - 8]
    assert np.mean(outside) > 0.8
    assert not inside or np.mean(inside) < 0.6
