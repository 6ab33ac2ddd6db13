"""The server answers as its OpenAPI description says: schemathesis asks for existing documents.

The long form asks a server of your own (see `schemathesis.toml`), with more examples and links.
"""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import cv2
import pytest
import soundfile

from live_server import LiveServer
from scorebridge.testing import melody, score_page

MAX_SECONDS = 100
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")


@pytest.fixture
def live(tmp_path: Path) -> Iterator[LiveServer]:
    """A server of an empty library."""
    with LiveServer(tmp_path / "library") as server:
        yield server


@pytest.mark.slow
def test_answers_are_as_described(live: LiveServer, tmp_path: Path) -> None:
    cv2.imwrite(str(tmp_path / "page.png"), score_page(0, systems=2))
    soundfile.write(tmp_path / "take.wav", melody(4, 1), 22050)
    jobs = live.upload(tmp_path / "page.png", tmp_path / "take.wav")
    score, recording = (job["result"]["document"]["id"] for job in jobs)
    config = Path(__file__).with_name("schemathesis.toml")
    command = [SCHEMATHESIS, "--config-file", config, "run"]
    options = (
        f"--phases coverage,fuzzing -n 1 --max-time {MAX_SECONDS} --request-timeout 60 --no-color"
    )
    asked = subprocess.run(
        [*command, f"{live.address}api/v1/openapi.json", *options.split()],
        cwd=tmp_path,
        env=os.environ | {"SCORE": score, "RECORDING": recording},
        capture_output=True,
        text=True,
    )
    assert asked.returncode == 0, asked.stdout[-5000:] + asked.stderr[-2000:]
    selected, tested = (
        re.search(pattern, asked.stdout) for pattern in (r"Selected: (\d+)/", r"Tested: (\d+)")
    )
    assert selected and tested and int(selected[1]) == int(tested[1]) > 20, asked.stdout[-2000:]
