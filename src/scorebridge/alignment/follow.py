"""Follow a score while the music sounds: samples come in blocks, positions come out.

The model is that of the whole alignment (`jumps.py`), run forward only. After every audio
window each place of the score has a probability, which moves on with the music, jumps at
barlines at a cost, and is weighed by how well the window fits. So a repeat, a skipped
page or a wrong start is found after some seconds, as soon as the music speaks for it.
Probability moves on at about the tempo of the last seconds, since with one cost for all music slow
pieces run ahead and fast ones lag.

A window reaches 1 s into the silence of what has not sounded yet, so its middle is 1.1 s in the
past, up to half as much again where music is slow and windows are longer. The most probable place
is where the music was then; the present place is extrapolated at the tempo of the last seconds.

Cost: one encoder's window every 0.5 s, 5-10 ms of processor time with a score of 1,000 windows; see
`bench/align.py`.
"""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from scorebridge.alignment.align import TYPICAL_GAIN, centered
from scorebridge.alignment.bars import bar_numbers, bars_of
from scorebridge.alignment.curves import place_at
from scorebridge.alignment.dtw import Steps
from scorebridge.alignment.jump_penalties import CostScale, JumpPenalties, jump_costs
from scorebridge.alignment.jumps import advance
from scorebridge.alignment.path_confidence import SAME_PLACE
from scorebridge.audio.spectrogram import (
    FFT_SIZE,
    FRAME_RATE,
    HOP,
    LOUD_QUANTILE,
    LOUDNESS,
    PACE_REACH,
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

MIN_LOUDNESS = 0.03  # of the typical loudness, below which nothing sounds (30 dB down)
PRIOR_WINDOWS = 16  # windows that the mean of the audio counts as, before the first
FUTURE_FRAMES = 20  # frames by which windows reach into what has not sounded yet
PAST_FRAMES = WINDOW_FRAMES - FUTURE_FRAMES  # frames of a window that have sounded
LAG_FRAMES = WINDOW_FRAMES // 2 - FUTURE_FRAMES  # frames from a window's middle to the present
TYPICAL_TEMPO = 55.0  # columns a second, before a tempo is known
MIN_TEMPO, MAX_TEMPO = 7.5, 225.0  # columns a second
MAX_STEP = 140.0  # columns by which the music may move on from one window to the next
STEP_SPREAD = 24.0  # columns, standard deviation of a step at the present tempo
ANY_STEP_SHARE = 0.05  # probability of a step that no tempo explains
BEGINNING = 100.0  # columns after the first window that are the beginning
LOUDNESS_MEMORY = 120  # s of frames from which the typical loudness is taken


@dataclass(frozen=True, slots=True)
class FollowSettings:
    """How the probabilities of a score's places move."""

    jumps: JumpPenalties = field(default_factory=lambda: JumpPenalties(repeat_sign=0.3))
    """A sign must be cheap here: there is no time to wait for evidence of a repeat."""
    temperature: float = 0.13
    """Seconds of evidence by which a rival place must be worse to weigh 1/e."""
    start: float = 0.999
    """Prior probability that the music starts at the beginning; the rest is spread evenly. It must
    be high, since what returns later in the piece looks like its beginning. A start in the middle
    is found some two seconds later than with .5."""
    tempo_s: float = 5.0
    """Seconds of positions from which the tempo is taken."""


@dataclass(frozen=True, slots=True)
class Position:
    """Where the music is at `time_s` of what has sounded."""

    time_s: float
    page: int
    system: int
    x: float
    """Fraction of the page width."""
    bar: int | None
    confidence: float
    """0 to 1: the probability of the places near this one."""
    number: str | None = None
    """The bar's editor's number, as in `System.numbers`."""


class Follower:
    """Follows one score. Raises `UsageError` for a score without music.

    Parameters
    ----------
    score : with its `places`.
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
        self._bars, self._numbers = bars_of(score.places), bar_numbers(score.places)
        self._sheet = centered(self._score.vectors)
        positions = self._score.positions
        hop = spacing(positions, MAX_STEP)
        self._step_columns = hop * np.arange(max(1.0, MAX_STEP / hop))  # columns of each step
        scale = CostScale(TYPICAL_GAIN / (WINDOW_HOP / FRAME_RATE))
        self._temperature = self._settings.temperature * scale.per_second
        self._costs = jump_costs(self._bars, positions, self._settings.jumps, scale)
        self.restart()

    def restart(self) -> None:
        """Forget all samples: the next ones are the beginning of a recording."""
        self._reset_shares()
        self._pending = np.zeros(0, np.float32)
        self._frames: deque[NDArray[np.float32]] = deque(maxlen=PACE_REACH)
        self._powers: deque[float] = deque(maxlen=FRAME_RATE * LOUDNESS_MEMORY)
        self._sample_count = 0
        self._frame_count = 0
        self._lag_s = LAG_FRAMES / FRAME_RATE  # s between the middle of the last window and now

    def _reset_shares(self) -> None:
        """Set the prior: the music has not begun, and may at the beginning or anywhere."""
        count = len(self._sheet)
        first = self._score.positions <= self._score.positions[0] + BEGINNING
        self._shares = np.full(count, (1 - self._settings.start) / count)
        self._shares[first] += self._settings.start / first.sum()
        self._mean = np.zeros(self._sheet.shape[1])
        self._window_count = 0
        self._track: deque[tuple[float, float]] = deque()  # (s, column) of the last places
        self._confidence = 0.0

    def feed(self, samples: NDArray[np.float32]) -> Position | None:
        """Take the next samples.

        samples : float32 [n], mono at 22,050 Hz, any level and any n.

        Returns the position at the end of them; None until a first window is complete (3.2 s) whose
        middle is music.
        """
        self._pending = np.concatenate([self._pending, np.asarray(samples, np.float32)])
        self._sample_count += len(samples)
        while True:
            start = round(self._frame_count * HOP) - (self._sample_count - len(self._pending))
            if start + FFT_SIZE > len(self._pending):
                break
            frame = self._pending[start : start + FFT_SIZE]
            self._frames.append(magnitudes(frame)[0])
            self._powers.append(float(np.mean(np.square(frame, dtype=np.float64))))
            self._frame_count += 1
            ready = self._frame_count >= PAST_FRAMES
            if ready and (self._frame_count - PAST_FRAMES) % WINDOW_HOP == 0:
                self._take_window()
            dropped = self._sample_count - len(self._pending)
            drop = min(round(self._frame_count * HOP) - dropped, start + 1)
            self._pending = self._pending[max(0, drop) :]
        return self._position()

    def _take_window(self) -> None:
        """Update the probabilities by the window that is complete now."""
        powers = np.array(self._powers)
        sounding = powers[powers > max(powers.max() * 1e-6, 1e-30)]
        if not len(sounding):
            return
        loud = float(np.sqrt(np.quantile(sounding, LOUD_QUANTILE)))
        if np.sqrt(powers[-PAST_FRAMES:].mean()) < MIN_LOUDNESS * loud:
            self._rest()
            return
        # By the loudness known now, all that came before the first sound was noise.
        silent = int(np.argmax(powers > (MIN_LOUDNESS * loud) ** 2))
        if self._frame_count <= len(powers) and self._frame_count - LAG_FRAMES < silent:
            self._reset_shares()
            return
        spectrum = np.log10(1 + np.stack(self._frames) * np.float32(LOUDNESS / loud))
        pace = paces_for(self._encoder, spectrum)[-1:]
        lag = round(LAG_FRAMES * float(pace[0]))
        window = cut_windows(spectrum, np.array([len(spectrum) - lag]), pace=pace)
        self._lag_s = lag / FRAME_RATE
        self._update(self._encoder.audio(window)[0])

    def _rest(self) -> None:
        """A pause: the music stays where it is."""
        if self._track:
            self._track = deque([(self._frame_count / FRAME_RATE, self._extrapolated())])

    def _update(self, vector: NDArray[np.float32]) -> None:
        """Move the probabilities on by one window and weigh them by its vector, float32 [dim]."""
        self._window_count += 1
        self._mean += (vector - self._mean) / self._window_count
        others = self._window_count - 1
        rest = vector - self._mean * others / (others + PRIOR_WINDOWS)
        rest = rest / max(float(np.linalg.norm(rest)), 1e-6)
        cost = (1 - self._sheet @ rest.astype(np.float32)).astype(np.float32)
        self._shares = advance(self._shares, cost, self._steps(), self._costs, self._temperature)
        self._locate()

    def _steps(self) -> Steps:
        """Costs of moving on, lowest for the step of one window at the present tempo."""
        known = len(self._track)
        tempo = TYPICAL_TEMPO
        if known > 2:
            now = float(np.clip(self._tempo_line()[0], MIN_TEMPO, MAX_TEMPO))
            tempo *= (now / TYPICAL_TEMPO) ** (known / (known + 1))
        expected = tempo * WINDOW_HOP / FRAME_RATE
        share = np.exp(-np.square((self._step_columns - expected) / STEP_SPREAD) / 2)
        share = (1 - ANY_STEP_SHARE) * share / share.sum() + ANY_STEP_SHARE / len(share)
        penalties = -self._temperature * np.log(share / share.max())
        return Steps((1.0,) * len(penalties), tuple(penalties.tolist()))

    def _locate(self) -> None:
        """Find the most probable place, and the probability of its surroundings."""
        where = self._score.positions.astype(np.float64)
        summed = np.concatenate([[0.0], np.cumsum(self._shares)])
        low = np.searchsorted(where, where - SAME_PLACE, side="left")
        high = np.searchsorted(where, where + SAME_PLACE, side="right")
        mass = summed[high] - summed[low]
        best = int(mass.argmax())
        near = slice(low[best], high[best])
        share = self._shares[near]
        column = float(share @ where[near] / share.sum())
        self._confidence = float(np.clip(mass[best], 0, 1))
        time = self._frame_count / FRAME_RATE - self._lag_s
        if self._track and not -SAME_PLACE < column - self._track[-1][1] < 3 * SAME_PLACE:
            self._track.clear()  # after a jump the tempo before does not count
        self._track.append((time, column))
        while self._track[-1][0] - self._track[0][0] > self._settings.tempo_s:
            self._track.popleft()

    def _extrapolated(self) -> float:
        """The present column, from that of the last window and the tempo before it."""
        time, column = self._track[-1]
        if len(self._track) > 2:
            tempo, level = self._tempo_line()
            behind = min(self._sample_count / SAMPLE_RATE - time, 2 * self._lag_s)
            column = level + max(0.0, tempo) * behind
        return float(np.clip(column, 0, self._score.extent - 1))

    def _tempo_line(self) -> tuple[float, float]:
        """Tempo (columns a second) and last column of the line fitted to the track."""
        times, columns = np.array(self._track).T
        tempo, level = np.polyfit(times - times[-1], columns, 1)
        return float(tempo), float(level)

    def _position(self) -> Position | None:
        if not self._track:
            return None
        column = self._extrapolated()
        place, x = place_at(self._score.places, column)
        known = len(self._bars) and place.bars
        bar = int(self._bars.at(np.array([column]))[0]) if known else None
        number = self._numbers[bar - 1] if bar else None
        now, x = self._sample_count / SAMPLE_RATE, min(max(x, 0.0), 1.0)
        return Position(now, place.page, place.system, x, bar, self._confidence, number)
