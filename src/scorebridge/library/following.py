"""A score followed while the music sounds, at any sample rate."""

from __future__ import annotations

import numpy as np
import soxr
from numpy.typing import NDArray

from scorebridge.alignment.follow import Follower, Position
from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge.encode.encoder import Encoder
from scorebridge.types import Encoded


class ScoreFollower:
    """Answers where the music is after every block of samples (`Library.follow` makes it).

    Parameters
    ----------
    score : as `Library.encode` gives it.
    encoder : the one that encoded it.
    rate : sample rate in Hz of the blocks; by default 22,050.

    Raises `UsageError` where the score holds no music.

    ```
    follower = library.follow("sonata.pdf", rate=48_000)
    for samples in microphone():          # float32, mono
        position = follower.feed(samples)
    ```
    """

    def __init__(self, score: Encoded, encoder: Encoder, rate: int | None = None) -> None:
        self._follower = Follower(score, encoder)
        self._rate = rate or SAMPLE_RATE
        self._stream = self._new_stream()

    def feed(self, samples: NDArray[np.float32]) -> Position | None:
        """Listen to the next samples.

        samples : float32 [n], mono at the given rate, any level.

        Returns the position at their end; `None` until a first window (3.2 s) was heard.
        """
        samples = np.asarray(samples, np.float32)
        if self._stream:
            samples = self._stream.resample_chunk(samples)
        return self._follower.feed(samples)

    def restart(self) -> None:
        """Forget what was heard: the next samples begin a new recording."""
        self._follower.restart()
        self._stream = self._new_stream()

    def _new_stream(self) -> soxr.ResampleStream | None:
        if self._rate == SAMPLE_RATE:
            return None
        return soxr.ResampleStream(self._rate, SAMPLE_RATE, 1)
