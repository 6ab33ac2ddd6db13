"""Times of the warping kernels against librosa, and of a whole collection's scan.

    python bench/dtw.py

Every figure is the best of several runs after a warm-up (compiling is not counted). Kernels
run in one thread and are measured in CPU time, which a busy machine distorts least.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from math import inf

import librosa
import numpy as np
from numpy.typing import NDArray
from rich.console import Console
from rich.table import Table

from scorebridge.alignment.dtw import CLASSIC, PACED, match, match_path
from scorebridge.retrieval.rank import rank_documents
from scorebridge.retrieval.two_way import DtwSettings
from scorebridge.types import Candidates, Document, Encoded

SIZES = ((13, 400), (200, 400), (500, 500), (200, 5000))  # query x reference windows
DOCUMENTS = 115
WINDOWS = 400  # of each document
DIM = 128  # as the encoders that ship


def best_ms(call: Callable[[], object], runs: int = 5) -> tuple[float, float]:
    """Milliseconds of the fastest of `runs` calls after one that does not count: (CPU, clock)."""
    call()
    cpu, clock = [], []
    for _ in range(runs):
        begin, begin_clock = time.process_time(), time.perf_counter()
        call()
        cpu.append(time.process_time() - begin)
        clock.append(time.perf_counter() - begin_clock)
    return 1000 * min(cpu), 1000 * min(clock)


def kernels(rng: np.random.Generator) -> Table:
    """One document: ours and librosa's on the same cost matrix, which must agree."""
    table = Table("query x reference", "what", "ours CPU ms", "librosa CPU ms", "times faster")
    for rows, columns in SIZES:
        cost = rng.random((rows, columns), np.float32)
        wide = cost.astype(np.float64)
        cases: list[tuple[str, Callable[[], float], Callable[[], float]]] = [
            (
                "whole, cost",
                lambda c=cost: match(c, CLASSIC, edge=inf).cost,
                lambda w=wide: librosa.sequence.dtw(C=w, backtrack=False)[-1, -1],
            ),
            (
                "subsequence, cost and place",
                lambda c=cost: match(c, CLASSIC).cost,
                lambda w=wide: librosa.sequence.dtw(C=w, subseq=True)[0][-1].min(),
            ),
            (
                "subsequence, path",
                lambda c=cost: match_path(c, CLASSIC)[0],
                lambda w=wide: librosa.sequence.dtw(C=w, subseq=True)[0][-1].min(),
            ),
            (
                "paced subsequence, cost and place",
                lambda c=cost: match(c, PACED).cost,
                lambda w=wide: librosa.sequence.dtw(
                    C=w,
                    subseq=True,
                    step_sizes_sigma=np.array([[1, k] for k in range(5)], np.uint32),
                    weights_add=np.array(PACED.penalties),
                    weights_mul=np.ones(5),
                )[0][-1].min(),
            ),
        ]
        for name, ours, theirs in cases:
            if abs(ours() - theirs()) > 1e-3 * rows:
                raise SystemExit(f"{name} {rows} x {columns}: {ours()} is not {theirs()}")
            a, b = best_ms(ours)[0], best_ms(theirs)[0]
            table.add_row(f"{rows} x {columns}", name, f"{a:.2f}", f"{b:.1f}", f"{b / a:.0f}")
    return table


def unit(rng: np.random.Generator, count: int) -> NDArray[np.float32]:
    vectors = rng.normal(size=(count, DIM)).astype(np.float32)
    return vectors / np.linalg.norm(vectors, axis=1, keepdims=True)


def scans(rng: np.random.Generator) -> Table:
    """A collection: all documents ranked for one query, both readings."""
    table = Table(
        f"query, {DOCUMENTS} documents x {WINDOWS}",
        "votes CPU ms",
        "dtw CPU ms",
        "dtw clock ms, 1 thread",
        "2 threads",
    )
    offsets = np.arange(DOCUMENTS + 1, dtype=np.int64) * WINDOWS
    vectors, between = unit(rng, DOCUMENTS * WINDOWS), unit(rng, DOCUMENTS * WINDOWS)
    positions = np.tile(25 * np.arange(WINDOWS, dtype=np.float32), DOCUMENTS)
    own = tuple(Document(str(k), str(k), "score", str(k), 25.0) for k in range(DOCUMENTS))
    candidates = Candidates(own, vectors, positions, offsets, between=between)
    for name, count in (("10 s", 13), ("30 s", 53), ("200 windows", 200), ("10 minutes", 1200)):
        times = 0.5 * np.arange(count, dtype=np.float32)
        query = Encoded("recording", unit(rng, count), times, 0.5 * count, between=unit(rng, count))
        votes, _ = best_ms(lambda q=query: rank_documents(q, candidates, "votes"), 3)
        row = [votes]
        for threads in (1, 2):
            settings = DtwSettings(threads=threads, shortlist=None)
            cpu, clock = best_ms(
                lambda q=query, s=settings: rank_documents(q, candidates, "align", s), 3
            )
            row += [cpu, clock] if threads == 1 else [clock]
        table.add_row(name, *(f"{x:.0f}" for x in row))
    return table


def main() -> None:
    console = Console()
    load = os.getloadavg()[0]
    console.print(f"{os.cpu_count()} processors, {load:.1f} processes running on average")
    rng = np.random.default_rng(0)
    console.print(kernels(rng))
    console.print(scans(rng))


if __name__ == "__main__":
    main()
