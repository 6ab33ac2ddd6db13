"""A score of the demo followed while its recording plays."""

from pathlib import Path

import numpy as np
import pytest
import soundfile
import soxr

from scorebridge import Library
from scorebridge.errors import UsageError
from scorebridge.testing import FakeEncoder, melody

DEMO = Path(__file__).parents[2] / "demo"
SCORE, RECORDING = DEMO / "scores/scan_12.pdf", DEMO / "recordings/track_03.mp3"


@pytest.mark.slow
def test_it_goes_where_the_alignment_goes(tmp_path: Path) -> None:
    library = Library(tmp_path / "none")
    alignment = library.align(SCORE, RECORDING)
    samples, rate = soundfile.read(RECORDING, dtype="float32", always_2d=True)
    samples = soxr.resample(samples.mean(1), rate, 48_000).astype(np.float32)
    follower = library.follow(SCORE, rate=48_000)
    found = [follower.feed(block) for block in np.array_split(samples, 200)]
    known = [position for position in found if position]
    assert len(known) > 180 and known[-1].time_s == pytest.approx(len(samples) / 48_000, abs=0.1)
    near = 0
    for position in known:
        assert position.bar is not None and 0 <= position.confidence <= 1
        point = min(alignment.points, key=lambda p: abs(p.time_s - position.time_s))
        near += point.bar is not None and abs(point.bar - position.bar) <= 1
    assert near / len(known) > 0.7  # .80 when this was written
    follower.restart()
    assert follower.feed(np.zeros(100, np.float32)) is None


def test_a_recording_cannot_be_followed(tmp_path: Path) -> None:
    soundfile.write(tmp_path / "a.wav", melody(5), 22050)
    with pytest.raises(UsageError, match="only a score"):
        Library(tmp_path / "none", FakeEncoder()).follow(tmp_path / "a.wav")
