"""`scorebridge-lab evaluate following`: is the follower where the music is, while it sounds?

Performances of `scans-human` are fed in tenths of a second; every half second of music, after the
first `WARM` s, the place told is compared with where the downbeats say the music is at that very
moment.
Cost: the encoder's two windows a second and the follower's; a minute of sound takes about a second.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from rich.progress import track

from scorebridge.alignment.follow import Follower, FollowSettings
from scorebridge.audio.decode import decode
from scorebridge.audio.spectrogram import SAMPLE_RATE
from scorebridge.encode.encoder import Encoder
from scorebridge_lab.benchmarks.sets import Performed, human_performances, scans_human
from scorebridge_lab.evaluate.alignment import human_pair

CHUNK = SAMPLE_RATE // 10
WARM = 8.0  # s until a place is expected
EVERY = 5  # chunks between the moments that are judged


@dataclass(frozen=True)
class Followed:
    """One performance."""

    name: str
    seconds: float
    within_one: float
    """Share of the moments at most one bar from the truth."""
    within_two: float
    median: float
    """Bars."""
    sure: float
    """Mean confidence told."""
    slowest_ms: float
    """99 of 100 chunks took less processor time than this, encoder included."""


def followed(one: Performed, encoder: Encoder, settings: FollowSettings | None = None) -> Followed:
    """Follow one performance of `scans-human`."""
    score, played, truth = human_pair(one, encoder)
    follower = Follower(score, encoder, settings)
    samples = decode(one.recording)
    distances, sure, took = [], [], []
    begin, end = float(played.stretches[0][0][0]), played.duration
    for number, start in enumerate(range(0, len(samples), CHUNK), 1):
        clock = time.thread_time()
        position = follower.feed(samples[start : start + CHUNK])
        took.append(time.thread_time() - clock)
        now = number * CHUNK / SAMPLE_RATE
        if number % EVERY or not begin + WARM <= now <= end:
            continue
        if position is None:
            distances.append(np.inf)
            continue
        place = truth.offset[position.page, position.system] + position.x
        here = truth.bar(np.array([place])) - played.bar_at(np.array([now]))
        distances.append(abs(float(here[0])))
        sure.append(position.confidence)
    bars = np.array(distances)
    return Followed(
        one.recording.stem,
        end - begin,
        float((bars <= 1).mean()),
        float((bars <= 2).mean()),
        float(np.median(bars)),
        float(np.mean(sure)),
        1000 * float(np.quantile(took, 0.99)),
    )


def evaluate(
    encoder: Encoder,
    every: int = 1,
    chosen: Callable[[Performed], bool] = lambda one: True,
    settings: FollowSettings | None = None,
) -> list[Followed]:
    """The first performance of every `every`-th piece."""
    scans_human()
    firsts: dict[str, Performed] = {}
    for one in human_performances():
        if chosen(one):
            firsts.setdefault(one.piece, one)
    asked = list(firsts.values())[::every]
    return [followed(one, encoder, settings) for one in track(asked, "following")]
