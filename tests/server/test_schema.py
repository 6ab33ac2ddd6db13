"""The server against its own description, asked by schemathesis for a while.

The long form asks a server of your own:
schemathesis --config-file tests/server/schemathesis.toml run http://127.0.0.1:8765/api/v1/openapi.json
"""

import subprocess
import sys
from pathlib import Path

from conftest import Live

SECONDS = 20
SCHEMATHESIS = Path(sys.executable).with_name("schemathesis")


def test_answers_are_as_described(live: Live, tmp_path: Path) -> None:
    config = Path(__file__).with_name("schemathesis.toml")
    command = [SCHEMATHESIS, "--config-file", config, "run"]
    options = f"--phases coverage,fuzzing -n 3 --max-time {SECONDS} --request-timeout 60 --no-color"
    asked = subprocess.run(
        [*command, f"{live.address}api/v1/openapi.json", *options.split()],
        cwd=tmp_path,
        capture_output=True,
        text=True,
    )
    assert asked.returncode == 0, asked.stdout[-5000:] + asked.stderr[-2000:]
    assert "Tested:" in asked.stdout
