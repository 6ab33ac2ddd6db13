"""Any moment may be the last one of a command, of the server, or of its worker."""

import random
import sys
from pathlib import Path

import pytest
from abuse_kills import kill_commands, kill_servers
from abuse_tally import Tally

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(sys.platform != "linux", reason="looks for processes in /proc"),
]


def test_commands_may_be_killed_at_any_moment(tmp_path: Path) -> None:
    tally = Tally()
    kill_commands(tally, tmp_path, 11, random.Random(1))
    tally.assert_survived()


def test_servers_may_be_killed_at_any_moment(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCOREBRIDGE_MODEL", "scorebridge.testing:FakeEncoder")
    tally = Tally()
    kill_servers(tally, tmp_path, 4, random.Random(1))
    tally.assert_survived()
