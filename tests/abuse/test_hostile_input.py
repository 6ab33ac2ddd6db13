"""Malformed files, bombs, devices, names and paths; the longer form is `bench/abuse.py`."""

import random
import sys
from pathlib import Path

import pytest
from abuse_files import bomb_files, by_command_line, by_upload, irregular_files
from abuse_names import names_of_files, names_of_requests
from abuse_tally import Tally

sys.path.append(str(Path(__file__).parents[2] / "bench"))
from malformed import malformed_files

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="limits, names and devices of Linux"),
]


def test_bombs_and_malformed_files(tmp_path: Path) -> None:
    tally, rng = Tally(), random.Random(1)
    files = [*bomb_files(8, rng), *rng.sample(malformed_files(120, rng), 24)]
    by_command_line(tally, "by command line", tmp_path / "files", files)
    by_upload(tally, "by upload", tmp_path / "library", files)
    tally.assert_survived()


def test_pipes_and_devices(tmp_path: Path) -> None:
    tally = Tally()
    irregular_files(tally, tmp_path / "files", ["pipe", "zero"])
    tally.assert_survived()


def test_names_and_paths(tmp_path: Path) -> None:
    tally = Tally()
    names_of_files(tally, tmp_path / "files", 60, random.Random(1))
    names_of_requests(tally, tmp_path, 80, random.Random(1))
    tally.assert_survived()
