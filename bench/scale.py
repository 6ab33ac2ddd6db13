"""A library that grows: what an addition, a question, memory and disk cost, and FAISS beside it.

Documents are scores of 200 to 600 windows, random walks around shared centres, and come through
`Library.add`; the encoder costs nothing. Questions are noisy passages of them (`find.py`), and are
asked by a process of their own, so that its first answer is a cold one and its memory is its own.
At each size the run prints

    add     seconds a document of this step, and of one document more (clock; processor time)
    disk    of the library, over the data (2 bytes a dimension, 4 a window); the most while adding
    find    the first answer of a process, then the median (clock; processor time)
    memory  the most that the asking process held, and what it holds before the first question
    found   R@1, the same with the neighbours of an exact search, recall of the short-list of 60
    FAISS   seconds of the neighbours of one question: exact, and IVF with as good a recall; ours

    python bench/scale.py [WINDOWS ...]
    python bench/scale.py --ask LIBRARY QUESTIONS     (what the asking process runs)
"""

from __future__ import annotations

import json
import pickle
import resource
import subprocess
import sys
import tempfile
import threading
import time
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from find import query, unit
from scorebridge import Library
from scorebridge.encode.encoder import Encoder
from scorebridge.library.segments import blocks
from scorebridge.library.shelf import Answers, Shelf
from scorebridge.retrieval.find import answers_to
from scorebridge.retrieval.shortlist import voters_of
from scorebridge.retrieval.two_way import OFFSET_VOTES, DtwSettings
from scorebridge.retrieval.votes import equally_spaced
from scorebridge.search.codes import vectors_of
from scorebridge.search.faiss_library import import_faiss
from scorebridge.search.segments import exact_among, merged
from scorebridge.testing import FakeEncoder
from scorebridge.types import Candidates, Document, Encoded

DIM, WINDOWS = 128, 400  # dimensions; windows of a document, in the mean
CENTRES, PULL, TURN = 300, 0.15, 0.45  # shared; length of the pull to one; length of a step
BATCH = 100  # documents that are made together
QUESTIONS = 20
SIZES = (10_000, 100_000, 1_000_000)
MAX_FAISS = 4_000_000  # windows up to which FAISS, in memory, is compared
K = OFFSET_VOTES.neighbours


@lru_cache(maxsize=3)
def made(batch: int) -> list[Encoded]:
    """`BATCH` documents, the same at each call."""
    rng = np.random.default_rng(batch)
    centres = unit(np.random.default_rng(1 << 40).standard_normal((CENTRES, DIM), np.float32))
    own = centres[rng.integers(CENTRES, size=BATCH)]
    lengths = rng.integers(WINDOWS // 2, WINDOWS * 3 // 2, BATCH)
    here, walks = unit(own + unit(rng.standard_normal((BATCH, DIM)))), []
    for _ in range(lengths.max()):
        step = rng.standard_normal((BATCH, DIM), np.float32) / np.float32(np.sqrt(DIM))
        here = unit(here + np.float32(TURN) * step + np.float32(PULL) * own)
        walks.append(here)
    found = []
    for walk, length in zip(np.stack(walks, 1), lengths, strict=True):
        vectors = walk[:length]
        between = unit(vectors + np.append(vectors[1:], vectors[-1:], 0))
        positions = 25 * np.arange(length, dtype=np.float32)
        found.append(Encoded("score", vectors, positions, 25.0 * length, 5, between=between))
    return found


def document(number: int) -> Encoded:
    """A document by its number."""
    return made(number // BATCH)[number % BATCH]


def encode(path: Path, encoder: Encoder) -> Encoded:
    """The document that a file is named for."""
    return document(int(path.stem))


def files(folder: Path, first: int, stop: int) -> list[Path]:
    """Files that name documents."""
    folder.mkdir(exist_ok=True)
    paths = [folder / f"{number}.png" for number in range(first, stop)]
    for path in paths:
        path.write_bytes(b"\x89PNG\r\n\x1a\n" + path.name.encode())
    return paths


def question(number: int, seconds: int, seed: int) -> Encoded:
    """A noisy passage of a document."""
    own = document(number)
    offsets = np.array([0, len(own.vectors)])
    one = Document("", "", "score", "", own.extent)
    alone = Candidates((one,), own.vectors, own.positions, offsets, between=own.between)
    return query(np.random.default_rng(seed), alone, 0, seconds)


def disk(folder: Path) -> int:
    """Bytes of all files below a folder, but for the megabyte that is kept free."""
    total = 0
    for path in folder.rglob("*"):
        try:
            total += path.stat().st_size if path.is_file() and path.name != "room" else 0
        except FileNotFoundError:
            continue
    return total


class Watch:
    """The most disk that a folder uses while something works."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.most, self._stop = folder, 0, threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        while not self._stop.wait(0.5):
            self.most = max(self.most, disk(self.folder))

    def __enter__(self) -> Watch:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()
        self.most = max(self.most, disk(self.folder))


class Exactly(Shelf):
    """A shelf whose neighbours were found by an exact search."""

    given: Answers

    def neighbours(self, queries: NDArray[np.float32], k: int) -> Answers:
        """Those that are given."""
        return self.given


def voters(asked: Encoded) -> NDArray[np.float32]:
    """The windows of a question that vote."""
    windows = voters_of(asked)[0]
    return windows[equally_spaced(len(windows), OFFSET_VOTES.excerpts)]


def peak_mb() -> float:
    """The most memory that this process held, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3


def ask(folder: Path, questions: Path) -> None:
    """Answer questions and print times, memory and what was found, as JSON."""
    asked: dict[str, list[tuple[int, Encoded]]] = pickle.loads(questions.read_bytes())
    before, library = peak_mb(), Library(folder, FakeEncoder("scale", DIM))
    found: dict[str, Any] = {"memory_before_mb": before}
    for name, those in asked.items():
        times, best = [], []
        for _, one in those:
            start, busy = time.perf_counter(), time.process_time()
            hits = library.find(one, top=1)
            times.append((time.perf_counter() - start, time.process_time() - busy))
            best.append(int(Path(hits[0].path).stem))
        found[name] = {
            "first_s": times[0][0],
            "median_s": float(np.median([clock for clock, _ in times[1:]])),
            "work_s": float(np.median([work for _, work in times[1:]])),
            "right": [b == number for b, (number, _) in zip(best, those, strict=True)],
        }
    found["memory_mb"] = peak_mb()
    print(json.dumps(found))


def exact_neighbours(library: Library, queries: NDArray[np.float32]) -> Answers:
    """Exact neighbours among all windows, read from the disk piece by piece."""
    now = library.snapshot()
    shelves = now.shelves["score"]
    best: Answers | None = None
    everything = blocks(now.documents_table, shelves, np.arange(len(shelves.keys)), DIM)
    for part in exact_among(queries, everything, K):
        best = part if best is None else merged([best, part], K)
    assert best is not None
    return best


def judged(library: Library, asked: dict[str, list[tuple[int, Encoded]]]) -> dict[str, Any]:
    """R@1 with exact neighbours, and the recall of the short-list, ours and theirs."""
    now, settings, found = library.snapshot(), DtwSettings(), {}
    for name, those in asked.items():
        groups = [voters(one) for _, one in those]
        edges = np.cumsum([0, *map(len, groups)])
        exact = exact_neighbours(library, np.concatenate(groups))
        right, listed, ours, common = [], [], [], []
        for k, (number, one) in enumerate(those):
            shelf = library.shelf("score", now)
            theirs = Exactly(now, "score")
            theirs.given = tuple(part[edges[k] : edges[k + 1]] for part in exact)  # type: ignore[assignment]
            first = answers_to(one, theirs, 1)[0].document
            right.append(int(Path(theirs.document(first).path).stem) == number)
            for shelved, into in ((theirs, listed), (shelf, ours)):
                near = shelved.near(one, settings, 60).documents
                paths = [d.path for d in now.documents_at(shelf._shelves.rows[near].tolist())]
                into.append(str(number) in {Path(path).stem for path in paths})
            _, owner, inside = shelf.neighbours(groups[k], K)
            for mine, his in zip(
                owner * (1 << 20) + inside,
                theirs.given[1] * (1 << 20) + theirs.given[2],
                strict=True,
            ):
                common.append(len(set(mine.tolist()) & set(his.tolist())) / len(his))
        found[name] = {
            "R@1 exact": float(np.mean(right)),
            "short-list exact": float(np.mean(listed)),
            "short-list": float(np.mean(ours)),
            "recall": float(np.mean(common)),
        }
    return found


def beside_faiss(library: Library, asked: list[tuple[int, Encoded]], recall: float) -> str:
    """Seconds of the neighbours of one question by FAISS in memory, and by us."""
    faiss = import_faiss()
    now = library.snapshot()
    shelves = now.shelves["score"]
    everything = blocks(now.documents_table, shelves, np.arange(len(shelves.keys)), DIM)
    vectors = vectors_of(np.concatenate([block.codes for block in everything]))
    groups = [voters(one) for _, one in asked[:5]]

    def timed(search: Any) -> tuple[float, list[NDArray[np.int64]]]:
        search(groups[0])
        start = time.process_time()
        rows = [search(group) for group in groups]
        return (time.process_time() - start) / len(groups), rows

    flat = lambda q: faiss.knn(q, vectors, K, metric=faiss.METRIC_INNER_PRODUCT)[1]  # noqa: E731
    exact_s, true = timed(flat)
    clusters = max(1, int(np.sqrt(len(vectors))))
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatIP(DIM),
        DIM,
        clusters,
        faiss.ScalarQuantizer.QT_8bit,
        faiss.METRIC_INNER_PRODUCT,
    )
    index.cp.niter, index.cp.min_points_per_centroid = 8, 1
    start = time.process_time()
    index.train(vectors[np.random.default_rng(1).permutation(len(vectors))[: clusters * 40]])
    index.add(vectors)
    built_s = time.process_time() - start
    ivf_s = reached = 0.0
    probes = 1
    while True:
        index.nprobe = probes
        ivf_s, rows = timed(lambda q: index.search(q, K)[1])
        hits = [
            len(set(a) & set(b)) / K
            for x, y in zip(rows, true, strict=True)
            for a, b in zip(x.tolist(), y.tolist(), strict=True)
        ]
        reached = float(np.mean(hits))
        if reached >= recall or probes >= clusters:
            break
        probes *= 2
    shelf = library.shelf("score", now)
    ours_s, _ = timed(lambda q: shelf.neighbours(q, K)[2])
    return (
        f"exact {exact_s:.3f} s, IVF {ivf_s:.3f} s ({probes} of {clusters} clusters, recall"
        f" {reached:.2f}, built in {built_s:.0f} s), ours {ours_s:.3f} s (recall {recall:.2f});"
        f" processor time; their vectors {len(vectors) * DIM * 5 / 1e6:,.0f} MB in memory"
    )


def main(sizes: tuple[int, ...]) -> None:
    """Grow a library and print what it costs at each size."""
    with tempfile.TemporaryDirectory() as scratch:
        work = Path(scratch)
        library = Library(work / "library", FakeEncoder("scale", DIM))
        count = 0
        for size in sizes:
            first, stop = count, max(size // WINDOWS, count + 1)
            paths = files(work / "music", first, stop)
            start, busy = time.perf_counter(), time.process_time()
            with Watch(library.path) as watch:
                library.add(paths, encode=encode)
            clock, work_s = time.perf_counter() - start, time.process_time() - busy
            making = time.process_time()
            for batch in range(first // BATCH, (stop - 1) // BATCH + 1):
                made.__wrapped__(batch)
            work_s -= time.process_time() - making
            one = files(work / "music", stop, stop + 1)
            document(stop)
            start, busy = time.perf_counter(), time.process_time()
            library.add(one, encode=encode)
            more = time.perf_counter() - start, time.process_time() - busy
            count = stop + 1
            shelves = library.snapshot().shelves["score"]
            windows = int(shelves.windows.sum())
            data, used = windows * (2 * DIM + 4), disk(library.path)
            rng = np.random.default_rng(size)
            numbers = rng.choice(count, min(QUESTIONS, count), replace=False).tolist()
            asked = {
                name: [(n, question(n, seconds, n)) for n in numbers]
                for name, seconds in (("whole", 180), ("10 s", 10))
            }
            (work / "questions").write_bytes(pickle.dumps(asked))
            words = [sys.executable, __file__, "--ask", str(library.path), str(work / "questions")]
            start = time.perf_counter()
            done = subprocess.run(words, capture_output=True, text=True, check=True)
            asking_s = time.perf_counter() - start
            said = json.loads(done.stdout)
            known = judged(library, asked)
            each = stop - first
            print(f"\n{windows:,} windows, {count:,} documents")
            print(f"  add     {clock / each:.4f} s ({work_s / each:.4f} s)", end="")
            print(f", one more {more[0]:.3f} s ({more[1]:.3f} s)")
            print(f"  disk    {used / 1e6:,.1f} MB, {used / data:.2f} of the data", end="")
            print(f"; at most {watch.most / data:.2f}")
            for name in asked:
                mine, judge = said[name], known[name]
                print(f"  find    {name}: first {mine['first_s']:.2f} s", end="")
                print(f", then {mine['median_s']:.3f} s ({mine['work_s']:.3f} s)")
                print(f"  found   {name}: R@1 {np.mean(mine['right']):.3f}", end="")
                print(f", exact {judge['R@1 exact']:.3f}; short-list", end="")
                print(f" {judge['short-list']:.3f}, exact {judge['short-list exact']:.3f}")
            print(f"  memory  {said['memory_mb']:,.0f} MB", end="")
            print(f", {said['memory_before_mb']:,.0f} MB before; process {asking_s:.1f} s")
            if windows <= MAX_FAISS:
                print(
                    f"  FAISS   {beside_faiss(library, asked['whole'], known['whole']['recall'])}"
                )
            sys.stdout.flush()


if __name__ == "__main__":
    if sys.argv[1:2] == ["--ask"]:
        ask(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main(tuple(map(int, sys.argv[1:])) or SIZES)
