"""Following a score while the music sounds: audio comes in pieces, places come out.

The model is that of the whole alignment (`jumps.py`), run forward only: after every new audio
window each place of the score has a share of belief, which moves on with the music, jumps at
barlines for a price, and is weighed by how well the window fits. So a repeat, a skipped
page or a wrong start is found again after some seconds, as soon as the music speaks for it.

Belief moves on at about the tempo of the last seconds: with the same prices for all music slow
pieces ran ahead and fast ones lagged (.81 of the time within a bar on 26 performances, then .87).

A window reaches 1 s into the silence of what is not heard yet, so its middle lies 1.1 s behind
(with windows fully heard, 2.1 s behind, .76 of the time was within a bar on five performances and
not .79), up to half as much again where music is slow and windows hear longer. What is believed
is where the music was then; the place now is led on at the tempo of the last seconds. Cost: one
encoder's window every 0.5 s, 5-10 ms of processor time with a score of 1,000 windows (all that lies
halfway between windows is a place of its own); see
`bench/align.py`.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scorebridge.alignment.align import USUAL_GAIN, own_mean_off
from scorebridge.alignment.bar_confidence import CLOSE
from scorebridge.alignment.bars import bars_of
from scorebridge.alignment.curves import place_at
from scorebridge.alignment.dtw import Steps
from scorebridge.alignment.jumps import advance
from scorebridge.alignment.structure import JumpPrices, price_jumps
from scorebridge.audio.spectrogram import (
    FFT_SIZE,
    FRAME_RATE,
    HOP,
    LOUD_QUANTILE,
    LOUDNESS,
    NEARBY,
    SAMPLE_RATE,
    WINDOW_FRAMES,
    WINDOW_HOP,
    cut_windows,
    magnitudes,
)
from scorebridge.encode.encoder import Encoder, paces_for
from scorebridge.errors import UsageError
from scorebridge.types import Encoded
from scorebridge.windows import spacing

QUIET = 0.03  # of the usual loudness, below which nothing is heard (30 dB down)
BELIEVED = 16  # windows by which the mean of what was heard is trusted
AHEAD = 20  # frames by which windows reach into the silence of what is not heard yet
HEARD = WINDOW_FRAMES - AHEAD  # frames of a window that were
LEAD = WINDOW_FRAMES // 2 - AHEAD  # frames between a window's middle and now
USUAL = 55.0  # columns a second, before a tempo is known
SLOWEST, FASTEST = 7.5, 225.0  # columns a second that are followed
FURTHEST = 140.0  # columns that belief may move on from one window to the next
SPREAD = 24.0  # columns around the way at the present tempo within which the music may well be
BEGIN = 100.0  # columns after the first window that are the beginning
LEAPS = 0.05  # share of belief that any way at all has


@dataclass(frozen=True, slots=True)
class FollowSettings:
    """How belief moves."""

    jumps: JumpPrices = field(default_factory=lambda: JumpPrices(sign=0.3))
    """A sign must be cheap here: there is no time to wait for what speaks for a repeat."""
    heat: float = 0.13
    """Seconds of evidence by which a rival place must be worse to count 1/e."""
    start: float = 0.999
    """Belief, to begin with, that the music starts at the beginning; the rest lies anywhere. That
    must be much: what returns later in the piece looks like its beginning. A start in the middle is
    found some two seconds later than with .5."""
    tempo_s: float = 5.0
    """Seconds of belief from which the tempo is taken."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where the music is at `time_s` of what was heard."""

    time_s: float
    page: int
    system: int
    x: float
    """Fraction of the page width."""
    bar: int | None
    confidence: float
    """0 to 1: the belief near this place."""


class Follower:
    """Follows one score.

    Parameters
    ----------
    score : with its `places`; raises `UsageError` where there is no music in it.
    encoder : the one that encoded the score.

    ```
    follower = Follower(library.encode("sonata.pdf"), library.encoder)
    for samples in microphone():          # float32, mono, 22,050 Hz, any length
        position = follower.feed(samples)
    ```
    """

    def __init__(
        self, score: Encoded, encoder: Encoder, settings: FollowSettings | None = None
    ) -> None:
        if score.kind != "score" or not len(score.vectors) or not score.places:
            raise UsageError("only a score with music in it can be followed")
        self._score, self._encoder = score.finer, encoder
        self._settings = settings or FollowSettings()
        self._bars = bars_of(score.places)
        self._sheet = own_mean_off(self._score.vectors)
        positions = self._score.positions
        hop = spacing(positions, FURTHEST)
        self._ways = hop * np.arange(max(1.0, FURTHEST / hop))  # columns of each step
        second = USUAL_GAIN / (WINDOW_HOP / FRAME_RATE)
        self._heat = self._settings.heat * second
        self._prices = price_jumps(self._bars, positions, self._settings.jumps, second, np.inf, 0.0)
        self.restart()

    def restart(self) -> None:
        """Forget what was heard: the next samples are the beginning of a recording."""
        self._begin()
        self._pending = np.zeros(0, np.float32)
        self._frames: deque[NDArray[np.float32]] = deque(maxlen=NEARBY)
        self._powers: deque[float] = deque(maxlen=FRAME_RATE * 120)
        self._heard = 0  # samples
        self._framed = 0  # frames
        self._lead = LEAD / FRAME_RATE  # s between the middle of the last window and now

    def _begin(self) -> None:
        """The music has not begun: it will at the beginning, or anywhere."""
        count = len(self._sheet)
        first = self._score.positions <= self._score.positions[0] + BEGIN
        self._belief = np.full(count, (1 - self._settings.start) / count)
        self._belief[first] += self._settings.start / first.sum()
        self._mean = np.zeros(self._sheet.shape[1])
        self._windows = 0
        self._track: deque[tuple[float, float]] = deque()  # (s, column) of the last beliefs
        self._sure = 0.0

    def feed(self, samples: NDArray[np.float32]) -> Position | None:
        """Hear the next samples.

        samples : float32 [n], mono at 22,050 Hz, any level.

        Returns the position at the end of them; None until a first window (3.2 s, its middle music)
        was heard.
        """
        self._pending = np.concatenate([self._pending, np.asarray(samples, np.float32)])
        self._heard += len(samples)
        while True:
            start = round(self._framed * HOP) - (self._heard - len(self._pending))
            if start + FFT_SIZE > len(self._pending):
                break
            frame = self._pending[start : start + FFT_SIZE]
            self._frames.append(magnitudes(frame)[0])
            self._powers.append(float(np.mean(np.square(frame, dtype=np.float64))))
            self._framed += 1
            ready = self._framed >= HEARD
            if ready and (self._framed - HEARD) % WINDOW_HOP == 0:
                self._hear_window()
            drop = min(round(self._framed * HOP) - (self._heard - len(self._pending)), start + 1)
            self._pending = self._pending[max(0, drop) :]
        return self._position()

    def _hear_window(self) -> None:
        """Weigh belief by the window that has just been completed."""
        powers = np.array(self._powers)
        sounding = powers[powers > max(powers.max() * 1e-6, 1e-30)]
        if not len(sounding):
            return
        loud = float(np.sqrt(np.quantile(sounding, LOUD_QUANTILE)))
        if np.sqrt(powers[-HEARD:].mean()) < QUIET * loud:
            self._rest()
            return
        # What came before the first sound was noise, by the loudness that is known now.
        silent = int(np.argmax(powers > (QUIET * loud) ** 2))
        if self._framed <= len(powers) and self._framed - LEAD < silent:
            self._begin()
            return
        heard = np.log10(1 + np.stack(self._frames) * np.float32(LOUDNESS / loud))
        pace = paces_for(self._encoder, heard)[-1:]
        lead = round(LEAD * float(pace[0]))
        window = cut_windows(heard, np.array([len(heard) - lead]), pace=pace)
        self._lead = lead / FRAME_RATE
        self._weigh(self._encoder.audio(window)[0])

    def _rest(self) -> None:
        """A pause: the music stays where it had come to."""
        if self._track:
            self._track = deque([(self._framed / FRAME_RATE, self._led_on())])

    def _weigh(self, vector: NDArray[np.float32]) -> None:
        """Move belief on by one window and weigh it by what that one heard: float32 [dim]."""
        self._windows += 1
        self._mean += (vector - self._mean) / self._windows
        rest = vector - self._mean * (self._windows - 1) / (self._windows - 1 + BELIEVED)
        rest = rest / max(float(np.linalg.norm(rest)), 1e-6)
        cost = (1 - self._sheet @ rest.astype(np.float32)).astype(np.float32)
        self._belief = advance(self._belief, cost, self._steps(), self._prices, self._heat)
        self._look()

    def _steps(self) -> Steps:
        """Prices of moving on, least for what the tempo of the last seconds makes of a window."""
        known = len(self._track)
        tempo = USUAL
        if known > 2:
            now = float(np.clip(self._line()[0], SLOWEST, FASTEST))
            tempo *= (now / USUAL) ** (known / (known + 1))
        way = tempo * WINDOW_HOP / FRAME_RATE
        share = np.exp(-np.square((self._ways - way) / SPREAD) / 2)
        share = (1 - LEAPS) * share / share.sum() + LEAPS / len(share)
        prices = -self._heat * np.log(share / share.max())
        return Steps((1.0,) * len(prices), tuple(prices.tolist()))

    def _look(self) -> None:
        """Where belief is greatest, and how much of it lies there."""
        where = self._score.positions.astype(np.float64)
        summed = np.concatenate([[0.0], np.cumsum(self._belief)])
        low = np.searchsorted(where, where - CLOSE, side="left")
        high = np.searchsorted(where, where + CLOSE, side="right")
        mass = summed[high] - summed[low]
        best = int(mass.argmax())
        near = slice(low[best], high[best])
        share = self._belief[near]
        column = float(share @ where[near] / share.sum())
        self._sure = float(np.clip(mass[best], 0, 1))
        time = self._framed / FRAME_RATE - self._lead
        if self._track and not -CLOSE < column - self._track[-1][1] < 3 * CLOSE:
            self._track.clear()  # it jumped: the tempo before says nothing of here
        self._track.append((time, column))
        while self._track[-1][0] - self._track[0][0] > self._settings.tempo_s:
            self._track.popleft()

    def _led_on(self) -> float:
        """The column now, from that of the last belief and the tempo before it."""
        time, column = self._track[-1]
        if len(self._track) > 2:
            tempo, level = self._line()
            behind = min(self._heard / SAMPLE_RATE - time, 2 * self._lead)
            column = level + max(0.0, tempo) * behind
        return float(np.clip(column, 0, self._score.extent - 1))

    def _line(self) -> tuple[float, float]:
        """Tempo (columns a second) and last column of the straight line through the track."""
        times, columns = np.array(self._track).T
        tempo, level = np.polyfit(times - times[-1], columns, 1)
        return float(tempo), float(level)

    def _position(self) -> Position | None:
        if not self._track:
            return None
        column = self._led_on()
        place, x = place_at(self._score.places, column)
        known = len(self._bars) and place.bars
        bar = int(self._bars.at(np.array([column]))[0]) if known else None
        now = self._heard / SAMPLE_RATE
        return Position(now, place.page, place.system, min(max(x, 0.0), 1.0), bar, self._sure)
