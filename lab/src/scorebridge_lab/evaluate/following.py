"""Following: how far the follower is from the music while it sounds.

Performances of `scans-human` are fed in tenths of a second; every half second of music, after the
first `WARM_UP_S`, the follower's place is compared with the place that the downbeats give for that
very moment.
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
from scorebridge_lab.benchmarks.evaluation_set import thinned
from scorebridge_lab.benchmarks.scans_human import Performed, human_performances, make_performances
from scorebridge_lab.evaluate.alignment import human_pair

CHUNK = SAMPLE_RATE // 10
WARM_UP_S = 8.0  # until a place is expected
STRIDE = 5  # chunks between the moments that are compared


@dataclass(frozen=True)
class Followed:
    """Figures of one performance."""

    name: str
    seconds: float
    within_one: float
    """Share of the moments at most one bar from the ground truth."""
    within_two: float
    median: float
    """Bars."""
    confidence: float
    """Mean of the follower's confidences."""
    slowest_ms: float
    """99 of 100 chunks took less processor time than this, encoder included."""


def followed(one: Performed, encoder: Encoder, settings: FollowSettings | None = None) -> Followed:
    """Follows one performance of `scans-human`."""
    score, played, truth = human_pair(one, encoder)
    follower = Follower(score, encoder, settings)
    samples = decode(one.recording)
    distances, confidences, took = [], [], []
    begin, end = float(played.stretches[0][0][0]), played.duration
    for number, start in enumerate(range(0, len(samples), CHUNK), 1):
        clock = time.thread_time()
        position = follower.feed(samples[start : start + CHUNK])
        took.append(time.thread_time() - clock)
        now = number * CHUNK / SAMPLE_RATE
        if number % STRIDE or not begin + WARM_UP_S <= now <= end:
            continue
        if position is None:
            distances.append(np.inf)
            continue
        place = truth.offset[position.page, position.system] + position.x
        here = truth.bar(np.array([place])) - played.bar_at(np.array([now]))
        distances.append(abs(float(here[0])))
        confidences.append(position.confidence)
    bars = np.array(distances)
    return Followed(
        one.recording.stem,
        end - begin,
        float((bars <= 1).mean()),
        float((bars <= 2).mean()),
        float(np.median(bars)),
        float(np.mean(confidences)),
        1000 * float(np.quantile(took, 0.99)),
    )


def evaluate(
    encoder: Encoder,
    stride: int = 1,
    limit: int = 0,
    chosen: Callable[[Performed], bool] = lambda one: True,
    settings: FollowSettings | None = None,
) -> list[Followed]:
    """The first performance of every `stride`-th piece, of at most `limit` (0: all)."""
    firsts: dict[str, Performed] = {}
    for one in human_performances():
        if chosen(one):
            firsts.setdefault(one.piece, one)
    asked = thinned(list(firsts.values()), stride, limit)
    make_performances(asked)
    return [followed(one, encoder, settings) for one in track(asked, "following")]
