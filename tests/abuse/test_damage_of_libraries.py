"""Flipped bits, in all that a library stores."""

import random
from pathlib import Path

import pytest
from abuse_flips import flip_bits
from abuse_tally import Tally

pytestmark = pytest.mark.slow


def test_flipped_bits_are_seen_or_mean_nothing(tmp_path: Path) -> None:
    tally = Tally()
    flip_bits(tally, tmp_path, 40, random.Random(1))
    tally.assert_survived()
