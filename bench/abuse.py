"""Every attack that the program withstands, with counts: the long form of `tests/abuse`.

    python bench/abuse.py
    python bench/abuse.py --only kills disk --share 0.1

Prints a row for each attack: how often it was tried and how often it was not survived, which it
says at once. Exit code 1 if there was any. `--share` takes that part of every number. The encoder
is the one without training: this tests reading, storing and serving. Needs Linux, and for the full
disk the right to mount a file system. Takes about an hour on two cores.
"""

from __future__ import annotations

import argparse
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from rich.console import Console
from rich.table import Table

from malformed import malformed_files

TESTS = Path(__file__).parents[1] / "tests"
sys.path += [str(TESTS), str(TESTS / "abuse")]
from abuse_connections import slow_and_half_open  # noqa: E402
from abuse_disk import every_step, small_disk, uploads  # noqa: E402
from abuse_files import bomb_files, by_command_line, by_upload, irregular_files  # noqa: E402
from abuse_flips import flip_bits  # noqa: E402
from abuse_kills import kill_commands, kill_servers  # noqa: E402
from abuse_memory import hours_of_work  # noqa: E402
from abuse_names import names_of_files, names_of_requests  # noqa: E402
from abuse_serving import clock_set_back, exchanged_files, first_requests  # noqa: E402
from abuse_tally import Tally  # noqa: E402

MODEL = "scorebridge.testing:FakeEncoder"
LEAVES = (0, 1, 2, 4, 8, 16, 40, 80, 120, 200, 400)  # kB that are free on a full disk


def attacks(share: float, rng: random.Random) -> dict[str, Callable[[Tally, Path], object]]:
    """The attacks by name; each gets an empty folder."""

    def part(count: int) -> int:
        return max(1, round(count * share))

    def disk(tally: Tally, folder: Path) -> None:
        with small_disk(folder / "disk") as mounted:
            if mounted is None:
                print("disk: no right to mount a file system, passed over")
            else:
                leaves = [kb << 10 for kb in rng.sample(LEAVES, part(len(LEAVES)))]
                every_step(tally, mounted, folder / "music", leaves)
                uploads(tally, mounted, [kb << 10 for kb in range(0, part(1000), 25)])

    def files(tally: Tally, folder: Path) -> None:
        for name, made in (
            ("malformed files", malformed_files(part(300), rng)),
            ("bombs", bomb_files(part(60), rng)),
        ):
            by_command_line(tally, f"{name} by command line", folder / f"{name} files", made)
            by_upload(tally, f"{name} by upload", folder / f"{name} library", made)

    def names(tally: Tally, folder: Path) -> None:
        names_of_files(tally, folder / "files", part(400), rng)
        names_of_requests(tally, folder, part(600), rng)

    def clock(tally: Tally, folder: Path) -> None:
        if not clock_set_back(tally, folder):
            print("clock: no C compiler, passed over")

    def memory(tally: Tally, folder: Path) -> None:
        for name, values in hours_of_work(tally, folder, part(1000), part(2000)).items():
            listed = ", ".join(f"{value:.0f}" for value in values)
            print(f"memory of the {name}, MB, at the start, after adds, after finds: {listed}")

    return {
        "kills": lambda tally, folder: kill_commands(tally, folder, part(132), rng),
        "server-kills": lambda tally, folder: kill_servers(tally, folder, part(68), rng),
        "disk": disk,
        "flips": lambda tally, folder: flip_bits(tally, folder, part(200), rng),
        "files": files,
        "devices": lambda tally, folder: irregular_files(tally, folder / "files"),
        "names": names,
        "connections": lambda tally, folder: slow_and_half_open(tally, folder, part(200), rng),
        "first": lambda tally, folder: first_requests(tally, folder, part(200)),
        "exchanges": lambda tally, folder: exchanged_files(tally, folder, part(200), rng),
        "clock": clock,
        "memory": memory,
    }


def main() -> None:
    """Attack, print."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    names = list(attacks(1, random.Random()))
    parser.add_argument("--only", nargs="+", choices=names, default=names)
    parser.add_argument("--share", type=float, default=1.0)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    os.environ |= {"SCOREBRIDGE_MODEL": MODEL, "OMP_NUM_THREADS": "1"}
    os.environ.pop("SCOREBRIDGE_LIBRARY", None)
    tally, table = Tally(), Table("attack", "tried", "not survived")
    for name in options.only:
        start, known = time.monotonic(), len(tally.failures)
        attack = attacks(options.share, random.Random(f"{options.seed} {name}"))[name]
        with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
            attack(tally, Path(folder))
        for failure in tally.failures[known:]:
            print("NOT SURVIVED", failure[:600], flush=True)
        print(f"{name}: {time.monotonic() - start:.0f} s", flush=True)
    for attack, tried in tally.tried.items():
        failed = sum(failure.startswith(f"{attack}: ") for failure in tally.failures)
        table.add_row(attack, f"{tried}", f"{failed}")
    Console().print(table)
    sys.exit(bool(tally.failures))


if __name__ == "__main__":
    main()
