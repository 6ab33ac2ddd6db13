"""Alignment against performances whose every tenth of a second is known."""

from __future__ import annotations

import numpy as np
import pytest

from scorebridge.alignment.align import POINT_SPACING, AlignSettings, align_encoded
from scorebridge.alignment.baselines import linear_baseline
from scorebridge.errors import UsageError
from scorebridge.types import Alignment, Encoded
from synthetic import Performance, compose, excerpt, noise_only, perform, recording, score


def errors(
    alignment: Alignment, sheet: Encoded, played: Performance, lead: float = 0
) -> np.ndarray:
    """Distance in columns from the truth at every point."""
    places = {(p.page, p.system): p for p in sheet.places}
    out = []
    for point in alignment.points:
        place = places[point.page, point.system]
        share = (point.x - place.x0) / (place.x1 - place.x0)
        column = place.start + share * (place.stop - place.start)
        out.append(column - played.at(np.array([point.time_s - lead]))[0])
    return np.abs(out)


@pytest.mark.parametrize("speed", [18.0, 45.0, 120.0])
def test_follows_the_tempo(speed: float) -> None:
    rng = np.random.default_rng(int(speed))
    piece = compose(rng, 200)
    played = perform(rng, piece, speed)
    sheet, sound = score(rng, piece, 0.8), recording(rng, piece, played, 0.8)
    alignment = align_encoded(sheet, sound)
    error = errors(alignment, sheet, played)
    straight = errors(linear_baseline(sheet, sound), sheet, played)
    # Columns; windows come every 25, a system has 600. Of fast music a fifth of a second.
    assert np.median(error) < max(12, 0.2 * speed)
    assert np.quantile(error, 0.95) < max(50, 0.5 * speed)
    assert np.median(error) < np.median(straight) / 3
    times = np.array([p.time_s for p in alignment.points])
    np.testing.assert_allclose(np.diff(times), POINT_SPACING)
    np.testing.assert_allclose(times / POINT_SPACING, np.round(times / POINT_SPACING))
    assert times[0] < 1.0 and times[-1] > played.duration - 1.0
    where = [(p.page, p.system, p.x) for p in alignment.points]
    assert where == sorted(where)
    assert all(0 <= x <= 1 for _, _, x in where)
    assert alignment.confidence > 0.8


def test_windows_halfway_tell_places_more_exactly() -> None:
    rng = np.random.default_rng(11)
    plain, fine = [], []
    for _ in range(6):
        piece = compose(rng, 120)
        played = perform(rng, piece)
        sheet = score(rng, piece, 3.0, between=True)
        sound = recording(rng, piece, played, 3.0, between=True)
        without = AlignSettings(max_dense_cells=len(sheet.vectors) * len(sound.vectors) - 1)
        for found, settings in ((fine, None), (plain, without)):
            alignment = align_encoded(sheet, sound, settings)
            found.append(np.median(errors(alignment, sheet, played)))
    assert np.mean(fine) < 0.75 * np.mean(plain)


def test_finer_documents_hold_what_lies_between_in_order() -> None:
    rng = np.random.default_rng(12)
    piece = compose(rng, 40)
    sheet = score(rng, piece, between=True)
    finer = sheet.finer
    assert sheet.between is not None
    np.testing.assert_array_equal(finer.vectors[::2], sheet.vectors)
    np.testing.assert_array_equal(finer.vectors[1::2], sheet.between[:-1])
    np.testing.assert_allclose(np.diff(finer.positions), 12.5)
    assert (finer.places, finer.extent) == (sheet.places, sheet.extent)
    assert finer.finer is finer


def test_silence_and_applause_are_left_out() -> None:
    rng = np.random.default_rng(5)
    piece = compose(rng, 160)
    played = perform(rng, piece)
    sheet, sound = score(rng, piece, 0.8), recording(rng, piece, played, 0.8)
    before, after = noise_only(rng, 20), noise_only(rng, 10)
    vectors = np.concatenate([before, sound.vectors, after])
    positions = (2.1 + 0.5 * np.arange(len(vectors))).astype(np.float32)
    longer = Encoded("recording", vectors, positions, float(positions[-1] + 2.1))
    alignment = align_encoded(sheet, longer)
    (section,) = alignment.sections
    assert section.start_s == pytest.approx(20, abs=2)
    assert section.end_s == pytest.approx(20 + played.duration, abs=2.5)
    assert (section.first_bar, section.last_bar) == (None, None)
    assert np.quantile(errors(alignment, sheet, played, lead=20), 0.9) < 40
    assert np.abs(alignment.points[0].time_s - section.start_s) <= POINT_SPACING


def test_a_fragment_lies_where_it_was_taken() -> None:
    rng = np.random.default_rng(6)
    piece = compose(rng, 200)
    played = perform(rng, piece)
    sheet = score(rng, piece, 0.8)
    part = excerpt(recording(rng, piece, played, 0.8), 60, 75)
    alignment = align_encoded(sheet, part)
    error = errors(alignment, sheet, played, lead=-60)
    assert np.median(error) < 30 and error.max() < 75
    assert alignment.points[-1].time_s - alignment.points[0].time_s > 13


def test_unrelated_files_have_no_confidence() -> None:
    rng = np.random.default_rng(7)
    trust = []
    for _ in range(8):
        piece, other = compose(rng, 120), compose(rng, 120)
        sound = recording(rng, other, perform(rng, other), 0.8)
        trust.append(align_encoded(score(rng, piece, 0.8), sound).confidence)
    assert np.mean(trust) < 0.1 and max(trust) < 0.5


def test_straight_line() -> None:
    rng = np.random.default_rng(8)
    piece = compose(rng, 100)
    sheet, sound = score(rng, piece), recording(rng, piece, perform(rng, piece))
    line = linear_baseline(sheet, sound)
    assert line.points[0].time_s == 0
    middle = line.points[len(line.points) // 2]
    column = middle.time_s / sound.extent * sheet.extent
    place = next(p for p in sheet.places if p.start <= column < p.stop)
    assert (middle.page, middle.system) == (place.page, place.system)
    assert middle.x == pytest.approx(0.1 + 0.8 * (column - place.start) / 600)


def test_edges() -> None:
    rng = np.random.default_rng(9)
    piece = compose(rng, 40)
    sheet, sound = score(rng, piece), recording(rng, piece, perform(rng, piece))
    with pytest.raises(UsageError):
        align_encoded(sound, sheet)
    nothing = Encoded("recording", np.zeros((0, 64), np.float32), np.zeros(0, np.float32), 0.0)
    assert align_encoded(sheet, nothing).points == ()
    one = excerpt(sound, 3, 7.2)
    assert len(one.vectors) == 1
    assert len(align_encoded(sheet, one).points) > 4
