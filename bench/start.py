"""What a command costs before it does its work: the first run, later runs, and imports.

    python bench/start.py

A library of the demonstration is made in a temporary folder, then each command runs in a process
of its own: once with an empty folder for compiled kernels (as after an installation), then
`ROUNDS` times with a filled one, of which the least counts. `add` makes a new library of one file
each time; the line below it does the same without a child process that reads the file. Figures are
seconds of user time, of all processes of a command, which a busy machine distorts least. The second
table holds the modules that each command imports (not its children) and what importing one of them
costs in a process that has NumPy.
"""

from __future__ import annotations

import ctypes
import os
import resource
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from rich.console import Console
from rich.table import Table

DEMO = Path(__file__).parents[1] / "demo"
RECORDING, SCORE = DEMO / "recordings" / "track_05.ogg", DEMO / "scores" / "scan_01.pdf"
ROUNDS = 3
PR_SET_CHILD_SUBREAPER = 36
IN_ONE_PROCESS = (
    "import sys; from scorebridge import Library; Library(sys.argv[2]).add(sys.argv[1])"
)
MODULES = (
    *("numba", "llvmlite", "faiss", "openvino", "cv2", "lance", "pydantic", "soundfile", "soxr"),
    *("av", "pypdfium2", "PIL", "scipy", "cyclopts", "rich", "fastapi"),
)


def user_seconds(command: Sequence[str], environment: Mapping[str, str]) -> tuple[float, str]:
    """User time of a command and its children, in s, and its standard error. Exits if it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    run = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(f"{' '.join(command)}: {run.stderr}")
    with suppress(ChildProcessError):  # those that a fork server has left to us
        while True:
            os.wait()
    return resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, run.stderr


def imported(stderr: str) -> set[str]:
    """Those of `MODULES` that the report of `python -X importtime` names."""
    names = {line.rpartition("|")[2].strip().partition(".")[0] for line in stderr.splitlines()}
    return names & set(MODULES)


def main() -> None:
    """Print both tables."""
    console = Console()
    load = os.getloadavg()[0]
    console.print(f"{os.cpu_count()} processors, {load:.1f} processes running on average")
    program = [sys.executable, "-m", "scorebridge"]
    if sys.platform == "linux":  # processes whose parent has ended become ours, to be counted
        ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1)
    with tempfile.TemporaryDirectory() as folder:
        library = ["--library", f"{folder}/library"]
        empty, filled = (
            {**os.environ, "OMP_NUM_THREADS": "1", "SCOREBRIDGE_KERNEL_CACHE": f"{folder}/{name}"}
            for name in ("none", "kernels")
        )
        user_seconds([*program, "add", f"{DEMO}/recordings", f"{DEMO}/scores", *library], filled)
        new = f"{folder}/new"
        commands = {
            "--help": ["--help"],
            "add RECORDING": ["add", str(RECORDING), "--library", new],
            "add RECORDING, one process": [str(RECORDING), new],
            "add SCORE": ["add", str(SCORE), "--library", new],
            "add SCORE, one process": [str(SCORE), new],
            "list": ["list", *library],
            "find RECORDING": ["find", str(RECORDING), *library, "--json"],
            "find SCORE": ["find", str(SCORE), *library, "--json"],
            "align": ["align", str(SCORE), str(RECORDING), *library],
        }
        table = Table("command", "first run s", "later runs s")
        using: dict[str, set[str]] = {}

        def run(start: list[str], environment: dict[str, str]) -> tuple[float, str]:
            shutil.rmtree(new, ignore_errors=True)
            return user_seconds([sys.executable, *start], environment)

        for k, (name, words) in enumerate(commands.items()):
            fresh = {**empty, "SCOREBRIDGE_KERNEL_CACHE": f"{folder}/none{k}"}
            is_one = name.endswith("one process")
            start = ["-c", IN_ONE_PROCESS, *words] if is_one else ["-m", "scorebridge", *words]
            first, _ = run(start, fresh)
            later = min(run(start, filled)[0] for _ in range(ROUNDS + 1))
            using[name] = imported(run(["-X", "importtime", *start], filled)[1])
            table.add_row(name, f"{first:.2f}", f"{later:.2f}")
        console.print(table)

        def importing(names: str) -> float:
            code = [sys.executable, "-c", f"import {names}"]
            return min(user_seconds(code, filled)[0] for _ in range(ROUNDS))

        base = importing("numpy")
        table = Table("module", "import s", *commands)
        for name in MODULES:
            marks = ["x" if name in using[command] else "" for command in commands]
            try:
                cost = f"{max(0.0, importing(f'numpy, {name}') - base):.2f}"
            except SystemExit:
                cost = "not installed"
            table.add_row(name, cost, *marks)
        console.print(table)


if __name__ == "__main__":
    main()
