"""A server under clients that are slow, many, or change things below it."""

import random
import sys
from pathlib import Path

import pytest
from abuse_connections import slow_and_half_open
from abuse_memory import hours_of_work
from abuse_serving import clock_set_back, exchanged_files, first_requests
from abuse_tally import Tally

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks at processes in /proc"),
]


def test_slow_and_half_open_connections(tmp_path: Path) -> None:
    tally = Tally()
    slow_and_half_open(tally, tmp_path, 80, random.Random(1))
    tally.assert_survived()


def test_first_requests_at_once(tmp_path: Path) -> None:
    tally = Tally()
    first_requests(tally, tmp_path, 60)
    tally.assert_survived()


def test_files_exchanged_under_the_server(tmp_path: Path) -> None:
    tally = Tally()
    exchanged_files(tally, tmp_path, 40, random.Random(1))
    tally.assert_survived()


def test_a_clock_that_is_set_back(tmp_path: Path) -> None:
    tally = Tally()
    if not clock_set_back(tally, tmp_path):
        pytest.skip("no C compiler")
    tally.assert_survived()


def test_memory_does_not_grow_with_work(tmp_path: Path) -> None:
    tally = Tally()
    hours_of_work(tally, tmp_path, 60, 60)
    tally.assert_survived()
