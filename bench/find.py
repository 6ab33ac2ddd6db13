"""Short-list against exhaustive scan: seconds of a search and R@1 in a made-up collection.

Documents are smooth random walks on the sphere, as encoders' vectors are; a query follows a
document at some pace. As with real windows, most are near their place and some are lost: of ten
windows three are mostly noise.
Processor time is printed beside the clock, for machines that do other things too.

    python bench/find.py [DOCUMENTS] [QUERIES]
"""

from __future__ import annotations

import sys
import time

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio.spectrogram import FRAME_RATE, window_centers
from scorebridge.retrieval.find import answers_to
from scorebridge.retrieval.rank import rank_documents
from scorebridge.retrieval.two_way import DtwSettings
from scorebridge.types import Candidates, Document, Encoded
from scorebridge.windows import woven

DIM = 128  # as the encoders that ship
WINDOWS = 400  # of a document: a score of five pages
TURN = 0.45  # of a step of the walk; neighbouring windows come out at cosine 0.9
NOISE, LOST, LOST_SHARE = 1.8, 8.0, 0.3  # length of the noise on a unit vector; when lost
LENGTHS = {"5 s": (5, 1), "10 s": (10, 1), "30 s": (30, 1), "5 minutes": (300, 5)}
"""Seconds of a query, and of how many queries one is asked."""


def unit(x: NDArray[np.floating]) -> NDArray[np.float32]:
    """Rows of unit length."""
    return (x / np.linalg.norm(x, axis=-1, keepdims=True)).astype(np.float32)


def collection(rng: np.random.Generator, documents: int) -> Candidates:
    """`documents` walks of 200 to 600 windows, in memory."""
    lengths = rng.integers(WINDOWS // 2, WINDOWS * 3 // 2, documents)
    offsets = np.concatenate([[0], np.cumsum(lengths)]).astype(np.int64)
    here = unit(rng.standard_normal((documents, DIM), np.float32))
    walks = np.empty((documents, lengths.max(), DIM), np.float32)
    for k in range(lengths.max()):
        step = rng.standard_normal((documents, DIM), np.float32) / np.float32(np.sqrt(DIM))
        here = unit(here + np.float32(TURN) * step)
        walks[:, k] = here
    vectors = walks[np.arange(lengths.max()) < lengths[:, None]]
    names = [str(k) for k in range(documents)]
    kept = tuple(
        Document(n, n, "score", n, 25.0 * length) for n, length in zip(names, lengths, strict=True)
    )
    positions = np.concatenate([25.0 * np.arange(n) for n in lengths]).astype(np.float32)
    nexts = np.minimum(np.arange(len(vectors)) + 1, np.repeat(offsets[1:] - 1, lengths))
    between = unit(vectors + vectors[nexts])
    return Candidates(kept, vectors, positions, offsets, between=between)


def query(rng: np.random.Generator, candidates: Candidates, document: int, seconds: int) -> Encoded:
    """A passage of a document at a pace of its own; one that is too short is played over again."""
    positions = (window_centers(seconds * FRAME_RATE) / FRAME_RATE).astype(np.float32)
    windows = len(positions)
    start, stop = candidates.offsets[document : document + 2]
    pace = float(np.exp(rng.uniform(np.log(0.5), np.log(2.0))))
    length = stop - start
    first = rng.uniform(0, max(1.0, length - windows * pace))
    assert candidates.between is not None
    music = woven(candidates.vectors[start:stop], candidates.between[start:stop])
    rows = (2 * first + pace * np.arange(2 * windows)).astype(np.int64) % len(music)
    hum = rng.standard_normal((2 * windows, DIM)).astype(np.float32) / np.float32(np.sqrt(DIM))
    noise = np.where(rng.random((2 * windows, 1)) < LOST_SHARE, LOST, NOISE).astype(np.float32)
    heard = unit(music[rows] + noise * hum)
    return Encoded("recording", heard[::2], positions, float(seconds), between=heard[1::2])


def main() -> None:
    """Print the table."""
    documents, queries = (int(a) for a in (*sys.argv[1:], *("3000", "20")[len(sys.argv) - 1 :]))
    rng = np.random.default_rng(1)
    start = time.perf_counter()
    candidates = collection(rng, documents)
    print(f"{documents} documents, {len(candidates.vectors):,} windows", end=", ")
    print(f"made in {time.perf_counter() - start:.0f} s")
    print(f"{'query':10} {'n':>3}  exhaustive s (CPU)  short-list s (CPU)  faster (CPU)", end="")
    print("  R@1 exhaustive  short-list  whole answer s (CPU)")
    methods = {"all": DtwSettings(shortlist=None), "short": DtwSettings()}
    for name, (seconds, one_of) in LENGTHS.items():
        count = max(1, queries // one_of)
        truth = rng.integers(documents, size=count)
        asked = [query(rng, candidates, int(d), seconds) for d in truth]
        clock, work, right = {}, {}, {}
        for method, settings in methods.items():
            if name == next(iter(LENGTHS)):
                rank_documents(asked[0], candidates, settings=settings)  # compiles
            begin, busy = time.perf_counter(), time.process_time()
            best = [int(np.argmax(rank_documents(q, candidates, settings=settings))) for q in asked]
            clock[method] = (time.perf_counter() - begin) / count
            work[method] = (time.process_time() - busy) / count
            right[method] = float(np.mean(np.array(best) == truth))
        answers_to(asked[0], candidates)
        begin, busy = time.perf_counter(), time.process_time()
        for q in asked:
            answers_to(q, candidates)
        answer = (time.perf_counter() - begin) / count, (time.process_time() - busy) / count
        print(
            f"{name:10} {count:3d}  {clock['all']:10.3f} ({work['all']:.3f})"
            f"  {clock['short']:10.4f} ({work['short']:.4f})"
            f"  {clock['all'] / clock['short']:6.1f} ({work['all'] / work['short']:.1f})"
            f"  {right['all']:14.3f}  {right['short']:10.3f}  {answer[0]:12.3f} ({answer[1]:.3f})",
            flush=True,
        )


if __name__ == "__main__":
    main()
