"""Functions for child processes: what a decoder may do on a bad day."""

import os
import time
from pathlib import Path

from scorebridge.errors import ScoreError


def good(report, path: Path, number: int) -> int:
    report(0.5, "half")
    return number + 1


def named(report, path: Path) -> None:
    raise ScoreError(path, "is a bad file", "Mend it.")


def buggy(report, path: Path) -> None:
    raise ZeroDivisionError("oops")


def hang(report, path: Path) -> None:
    time.sleep(1000)


def hungry(report, path: Path, size: int) -> int:
    return len(bytearray(size))


def crash(report, path: Path) -> None:
    os.abort()


def talkative(report, path: Path, out: Path) -> None:
    print("on standard output")
    out.write_bytes(bytes(10_000_000))
