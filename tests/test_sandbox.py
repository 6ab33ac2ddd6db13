"""Children that crash, hang or take too much cost their file and nothing else."""

import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

import misbehaving
from scorebridge.errors import InputError
from scorebridge.sandbox import Allowance, Cancelled, run_limited

FILE = Path("/somewhere/étude.pdf")
ROOMY = Allowance(1 << 30, 100)


def test_gives_what_the_function_gives_and_passes_on_its_reports() -> None:
    said = []
    report = lambda share, text: said.append((share, text))  # noqa: E731
    assert run_limited(misbehaving.good, FILE, 41, allowance=ROOMY, report=report) == 42
    assert said == [(0.5, "half")]


@pytest.mark.parametrize(
    ("function", "args", "allowance", "reason"),
    [
        (misbehaving.named, (), ROOMY, "is a bad file"),
        (misbehaving.buggy, (), ROOMY, "ZeroDivisionError: oops"),
        (misbehaving.crash, (), ROOMY, "makes the decoder crash"),
        (misbehaving.hang, (), Allowance(1 << 30, 1), "takes too long"),
        (misbehaving.hang, (), Allowance(1 << 30, 100, silence_s=1), "takes too long"),
        (misbehaving.hungry, (3 << 30,), ROOMY, "more than 1.0 GB of memory"),
        (misbehaving.talkative, ("/tmp/x",), Allowance(1 << 30, 100, file_bytes=1000), "too large"),
    ],
)
def test_names_the_file_and_what_it_did(function, args, allowance, reason, tmp_path) -> None:
    args = tuple(tmp_path / "out" if a == "/tmp/x" else a for a in args)
    with pytest.raises(InputError, match=reason) as caught:
        run_limited(function, FILE, *args, allowance=allowance)
    assert caught.value.path == FILE


def test_memory_within_the_allowance_is_given() -> None:
    assert run_limited(misbehaving.hungry, FILE, 1 << 28, allowance=ROOMY) == 1 << 28


def test_ends_when_nobody_wants_it_any_more() -> None:
    with pytest.raises(Cancelled):
        run_limited(misbehaving.hang, FILE, allowance=ROOMY, cancelled=lambda: True)


def test_without_a_fork_server_children_are_spawned(tmp_path: Path) -> None:
    """As on Windows, where only the time of a child is limited."""
    program = tmp_path / "program.py"
    program.write_text("""
import multiprocessing
from contextlib import suppress
from pathlib import Path

import misbehaving
from scorebridge.errors import InputError
from scorebridge.sandbox import Allowance, run_limited

if __name__ == "__main__":
    multiprocessing.get_all_start_methods = lambda: ["spawn"]
    path, roomy = Path("a.pdf"), Allowance(1 << 30, 100)
    print(run_limited(misbehaving.good, path, 41, allowance=roomy))
    try:
        run_limited(misbehaving.hang, path, allowance=Allowance(1 << 30, 3))
    except InputError as error:
        print(error.reason)
""")
    here = {**os.environ, "PYTHONPATH": str(Path(__file__).parent)}
    out = subprocess.check_output([sys.executable, str(program)], text=True, env=here)
    assert out == "42\ntakes too long to read (more than 3 s)\n"


@pytest.mark.skipif(sys.platform != "linux", reason="a fork server, and SIGKILL")
def test_a_killed_fork_server_costs_one_file() -> None:
    """The system kills it where memory runs out."""
    from multiprocessing import forkserver

    assert run_limited(misbehaving.good, FILE, 41, allowance=ROOMY) == 42
    pid = forkserver._forkserver._forkserver_pid  # pyright: ignore[reportAttributeAccessIssue]
    os.kill(pid, signal.SIGKILL)
    for _ in range(50):
        with suppress(InputError):
            assert run_limited(misbehaving.good, FILE, 41, allowance=ROOMY) == 42
            return
    raise AssertionError("it does not start again")
