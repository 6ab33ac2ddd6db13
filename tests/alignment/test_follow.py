"""Following made-up music, with an encoder under which score and sound look alike."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from numpy.typing import NDArray

from scorebridge.alignment.follow import Follower, Position
from scorebridge.audio.spectrogram import BANDS, SAMPLE_RATE
from scorebridge.encode.encoder import paces_for
from scorebridge.encode.info import EncoderInfo
from scorebridge.errors import UsageError
from scorebridge.types import Encoded, Place

WIDTH, SPEED = 500, 50.0  # columns of a system, columns a second
SECONDS = 120.0
NOTE = 0.5  # s
DIM = 64


def pitches() -> NDArray[np.int64]:
    """The piece: one of 30 pitches for every half second."""
    return np.random.default_rng(3).integers(0, 30, int(SECONDS / NOTE))


def sound(first_s: float, last_s: float) -> NDArray[np.float32]:
    """The piece played from one of its seconds to another."""
    out = []
    for pitch in pitches()[int(first_s / NOTE) : int(last_s / NOTE)]:
        times = np.arange(int(NOTE * SAMPLE_RATE)) / SAMPLE_RATE
        out.append(0.3 * np.sin(2 * np.pi * 220 * 2 ** (pitch / 12) * times) * np.exp(-3 * times))
    return np.concatenate(out).astype(np.float32)


class Ear:
    """Vectors of audio windows: eight stretches of the window, projected by a fixed matrix."""

    def __init__(self, paced: bool = False) -> None:
        self.info = EncoderInfo("ear", DIM, paced)
        self._matrix = np.random.default_rng(1).normal(size=(8 * BANDS, DIM))

    def audio(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        coarse = windows[:, 2:82].reshape(len(windows), 8, 10, BANDS).mean(2)
        coarse = coarse.reshape(len(windows), -1) @ self._matrix
        return (coarse / np.linalg.norm(coarse, axis=1, keepdims=True)).astype(np.float32)

    def sheet(
        self, windows: NDArray[np.uint8], owner: NDArray[np.int64] | None = None
    ) -> NDArray[np.float32]:
        raise AssertionError("the score is encoded already")


def score(ear: Ear, speed: float = SPEED) -> Encoded:
    """A score whose windows look as the piece sounds there, two bars a system."""
    from scorebridge.audio.spectrogram import cut_windows, spectrogram

    spectrum = spectrogram(sound(0, SECONDS))
    systems = round(SECONDS * speed) // WIDTH
    columns = np.arange(50, systems * WIDTH - 25, 12.5)
    frames = np.round(columns / speed * 20).astype(int)
    vectors = ear.audio(cut_windows(spectrum, frames, pace=paces_for(ear, spectrum)[frames]))
    assert len(vectors) % 2 == 0
    places = tuple(
        Place(
            k // 6 + 1,
            k % 6 + 1,
            (0.1, 0.1, 0.9, 0.2),
            0.1,
            0.9,
            k * WIDTH,
            (k + 1) * WIDTH,
            ((0.1, 0.5), (0.5, 0.9)),
        )
        for k in range(systems)
    )
    return Encoded(
        "score",
        vectors[::2],
        columns[::2].astype(np.float32),
        float(systems * WIDTH),
        places[-1].page,
        places,
        vectors[1::2],
    )


def column(position: Position) -> float:
    system = (position.page - 1) * 6 + position.system - 1
    return (system + (position.x - 0.1) / 0.8) * WIDTH


def follow(follower: Follower, samples: NDArray[np.float32], piece: int = 2205) -> list[Position]:
    fed = (follower.feed(samples[k : k + piece]) for k in range(0, len(samples), piece))
    return [position for position in fed if position]


@pytest.fixture(scope="module")
def ear() -> Ear:
    return Ear()


@pytest.fixture(scope="module")
def sheet(ear: Ear) -> Encoded:
    return score(ear)


def test_follows_from_the_beginning(ear: Ear, sheet: Encoded) -> None:
    positions = follow(Follower(sheet, ear), sound(0, 40))
    assert positions[0].time_s == pytest.approx(3.25, abs=0.2)
    errors = [abs(column(p) - p.time_s * SPEED) for p in positions if p.time_s > 8]
    assert np.median(errors) < 40 and np.quantile(errors, 0.95) < 120
    late = [p for p in positions if p.time_s > 10]
    assert np.mean([p.confidence for p in late]) > 0.8
    assert late[-1].bar == int(40 * SPEED // 250) + 1 or late[-1].bar == int(40 * SPEED // 250)


def test_follows_with_windows_that_hear_longer_in_slow_music() -> None:
    ear = Ear(paced=True)
    sheet = score(ear)
    positions = follow(Follower(sheet, ear), sound(0, 40))
    errors = [abs(column(p) - p.time_s * SPEED) for p in positions if p.time_s > 8]
    assert np.median(errors) < 40 and np.quantile(errors, 0.95) < 120


@pytest.mark.parametrize("speed", [16.0, 110.0])
def test_follows_slow_and_fast_music(ear: Ear, speed: float) -> None:
    positions = follow(Follower(score(ear, speed), ear), sound(0, 60))
    errors = [abs(column(p) - p.time_s * speed) for p in positions if p.time_s > 8]
    assert np.median(errors) < 0.5 * speed and np.quantile(errors, 0.95) < 2 * speed


def test_finds_its_way_after_a_jump_and_from_a_wrong_page(ear: Ear, sheet: Encoded) -> None:
    jumped = np.concatenate([sound(0, 20), sound(80, 110)])
    positions = follow(Follower(sheet, ear), jumped)
    for begin, shift in ((8, 0.0), (32, 60.0)):
        part = [p for p in positions if begin < p.time_s < begin + 11]
        errors = [abs(column(p) - (p.time_s + shift) * SPEED) for p in part]
        assert np.median(errors) < 60
    positions = follow(Follower(sheet, ear), sound(70, 100))
    errors = [abs(column(p) - (p.time_s + 70) * SPEED) for p in positions if p.time_s > 12]
    assert np.median(errors) < 60


def test_silence_holds_and_pieces_of_any_length_give_the_same(ear: Ear, sheet: Encoded) -> None:
    played = sound(0, 15)
    follower = Follower(sheet, ear)
    before = follow(follower, played)[-1]
    after = follow(follower, np.zeros(8 * SAMPLE_RATE, np.float32))[-1]
    # A window (4.2 s) must be silent before silence is heard, no more than that is led on.
    assert abs(column(after) - column(before)) < 4.2 * SPEED + 40
    other = follow(Follower(sheet, ear), played, piece=1000)[-1]
    assert column(other) == pytest.approx(column(before), abs=1)
    follower.restart()
    assert follower.feed(played[:2205]) is None


def test_level_does_not_matter(ear: Ear, sheet: Encoded) -> None:
    loud, soft = (follow(Follower(sheet, ear), g * sound(0, 15))[-1] for g in (1.0, 0.02))
    assert column(soft) == pytest.approx(column(loud), abs=2)


def test_only_scores_are_followed(ear: Ear, sheet: Encoded) -> None:
    nothing = Encoded("recording", sheet.vectors, sheet.positions, 10.0)
    with pytest.raises(UsageError, match="score"):
        Follower(nothing, ear)


def test_positions_carry_the_editors_number(ear: Ear, sheet: Encoded) -> None:
    """Two bars a system, the first a pickup."""
    numbered = [
        replace(place, numbers=(str(2 * k), str(2 * k + 1))) for k, place in enumerate(sheet.places)
    ]
    positions = follow(Follower(replace(sheet, places=tuple(numbered)), ear), sound(0, 12))
    assert {(p.bar or 0) - int(p.number or -1) for p in positions} == {1}
