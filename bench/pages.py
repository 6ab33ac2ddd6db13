"""What reading a page costs, from its picture to the strips, and the memory it takes.

Reads the files named as arguments (scans, photographs), or else the demonstration scores; the
first page is not counted, as it warms up. Two threads at most, as on the two cores that the
project is measured on. Prints seconds of wall clock and of processor time a page.
"""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path

import cv2
import numpy as np

from scorebridge.files import detect_kind
from scorebridge.library.walk import walk
from scorebridge.score.pages import read_pages
from scorebridge.score.strips import strip_of
from scorebridge.score.systems import find_systems

THREADS = 2


def main() -> None:
    """Print the table."""
    cv2.setNumThreads(THREADS)
    named = [Path(a) for a in sys.argv[1:]] or [Path(__file__).parents[1] / "demo" / "scores"]
    files = [f for f in walk(named) if isinstance(f, Path) and detect_kind(f) == "score"]
    rows: dict[str, list[tuple[float, float]]] = {"decode": [], "find": [], "cut": []}
    bent, warm = 0, False

    def clocks() -> np.ndarray:
        return np.array([time.perf_counter(), time.process_time()])

    for file in files:
        start = clocks()
        for page in read_pages(file):
            decoded = clocks()
            systems = find_systems(page)
            found = clocks()
            for system in systems:
                strip_of(page, system)
            cut = clocks()
            if warm:
                bent += any(system.bend for system in systems)
                steps = ("decode", decoded - start), ("find", found - decoded), ("cut", cut - found)
                for name, step in steps:
                    rows[name].append((float(step[0]), float(step[1])))
            warm = True
            start = clocks()
    table = np.array([rows[name] for name in rows])  # [steps, pages, clocks]
    if not table.size:
        sys.exit("no pages there")
    print(f"{table.shape[1]} pages of {len(files)} files, {bent} of them straightened")
    print(f"{'':14}{'median s':>10}{'95 %':>8}{'CPU s':>8}")
    for name, step in [*zip(rows, table, strict=True), ("picture-strips", table[1:].sum(0))]:
        wall, cpu = step.T
        print(
            f"{name:14}{np.median(wall):10.3f}{np.quantile(wall, 0.95):8.3f}{np.median(cpu):8.3f}"
        )
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at most {peak:.0f} MB")


if __name__ == "__main__":
    main()
