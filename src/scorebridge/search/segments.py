"""A segment: the windows of many documents in one index on disk, which is never changed.

The index is Lance's own: clusters, and in them a few bits a dimension (RaBitQ). It holds all that a
search reads. The vectors that Lance builds it from lie in the library's table of documents, so the
copy that it was built from is deleted. A search reads the nearest clusters only.

    SEGMENT/
        windows.lance/   the index; its rows are the windows, in the order of the documents
        documents.npz    `keys` int64 [documents], `offsets` int64 [documents + 1]
        checksums.json   SHA-256 of every other file

A segment is made beside its place and moved there when it is whole.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from functools import cached_property
from pathlib import Path

import lance
import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from scorebridge.files import PART
from scorebridge.search.codes import vectors_of

WINDOWS_PER_CLUSTER = 1000
PROBED_CLUSTERS = 32  # read for each query vector
BITS = 4  # of a dimension in the index
SAMPLED_WINDOWS = 64  # of a cluster, from which k-means learns
ROWS_PER_FILE = 1 << 18  # while it is built
INDEX_CACHE_BYTES = 256 << 20  # of clusters that a process keeps in memory, all segments together
METADATA_CACHE_BYTES = 64 << 20
CHECKSUMS = "checksums.json"


@dataclass(frozen=True)
class Block:
    """The windows of one document, on their way into a segment."""

    key: int
    codes: NDArray[np.int8]
    """[windows, dim]."""


def build_segment(target: Path, blocks: Iterable[Block], dim: int) -> int:
    """Make the segment `target` of documents that have windows; returns the number of windows.

    What an interruption left at the same place goes. Needs 2 bytes a dimension of disk while it
    works.
    """
    part = target.with_name(f".{target.name}{PART}")
    shutil.rmtree(part, ignore_errors=True)
    part.mkdir(parents=True)
    keys: list[int] = []
    counts: list[int] = []
    schema = pa.schema([("vector", pa.list_(pa.float16(), dim))])

    def batches() -> Iterator[pa.RecordBatch]:
        for block in blocks:
            keys.append(block.key)
            counts.append(len(block.codes))
            flat = pa.array(block.codes.astype(np.float16).ravel())
            rows = pa.FixedSizeListArray.from_arrays(flat, dim)
            yield pa.RecordBatch.from_arrays([rows], schema=schema)

    where = part / "windows.lance"
    table = lance.write_dataset(
        pa.RecordBatchReader.from_batches(schema, batches()),
        str(where),
        max_rows_per_file=ROWS_PER_FILE,
        enable_stable_row_ids=True,
    )
    windows = sum(counts)
    table.create_index(
        "vector",
        "IVF_RQ",
        metric="cosine",
        num_partitions=max(1, windows // WINDOWS_PER_CLUSTER),
        num_bits=BITS,
        sample_rate=SAMPLED_WINDOWS,
    )
    lance.dataset(str(where)).cleanup_old_versions(older_than=timedelta(0))
    shutil.rmtree(where / "data")  # the table of documents has it
    offsets = np.concatenate([[0], np.cumsum(counts)]).astype(np.int64)
    np.savez(part / "documents.npz", keys=np.array(keys, np.int64), offsets=offsets)
    sums = {str(p.relative_to(part)): _sum(p) for p in sorted(part.rglob("*")) if p.is_file()}
    (part / CHECKSUMS).write_text(json.dumps(sums, indent=0))
    part.rename(target)
    return windows


def is_intact(segment: Path) -> bool:
    """Whether all files of a segment are there and fit their checksums."""
    with suppress(OSError, ValueError, AttributeError):
        sums = json.loads((segment / CHECKSUMS).read_bytes())
        return all(_sum(segment / name) == known for name, known in sums.items())
    return False


class Segment:
    """An open segment. Opening reads its documents: 16 bytes each."""

    def __init__(self, folder: Path, session: lance.Session | None = None) -> None:
        self.folder = folder
        with np.load(folder / "documents.npz") as stored:
            self.keys: NDArray[np.int64] = stored["keys"]
            self.offsets: NDArray[np.int64] = stored["offsets"]
        self._session = session

    @cached_property
    def _table(self) -> lance.LanceDataset:
        return lance.dataset(str(self.folder / "windows.lance"), session=self._session)

    def neighbours(
        self, queries: NDArray[np.float32], k: int, probed: int = PROBED_CLUSTERS
    ) -> tuple[NDArray[np.float32], NDArray[np.int64]]:
        """The nearest windows of each query, float32 [q, dim], about as `exact.neighbours`.

        Where the clusters hold fewer than `k`, rows end with -1, and similarities with -1.
        """
        nearest = {"column": "vector", "q": queries, "k": k, "nprobes": probed}
        scanner = self._table.scanner(
            columns=["query_index", "_distance"],
            nearest=nearest,
            with_row_id=True,
            fast_search=True,
        )
        found = scanner.to_table()
        query = found["query_index"].to_numpy()
        similarity = np.full((len(queries), k), -1, np.float32)
        rows = np.full((len(queries), k), -1, np.int64)
        order = np.lexsort((found["_distance"].to_numpy(), query))
        query = query[order]
        place = np.arange(len(query)) - np.searchsorted(query, query)
        # RaBitQ answers with the squared distance of the unit vectors, 2 - 2 cosines.
        similarity[query, place] = 1 - found["_distance"].to_numpy()[order] / 2
        rows[query, place] = found["_rowid"].to_numpy()[order].astype(np.int64)
        return similarity, rows


def new_session() -> lance.Session:
    """What bounds the memory of the segments that are opened with it."""
    return lance.Session(
        index_cache_size_bytes=INDEX_CACHE_BYTES, metadata_cache_size_bytes=METADATA_CACHE_BYTES
    )


def merged(
    parts: list[tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]], k: int
) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]:
    """The best `k` of each query from several answers of (similarity, owner, window), [q, any].

    Owners of -1 come last.
    """
    similarity, owner, window = (np.concatenate(part, axis=1) for part in zip(*parts, strict=True))
    order = np.argsort(np.where(owner >= 0, -similarity, np.inf), axis=1, kind="stable")[:, :k]
    return (
        np.take_along_axis(similarity, order, 1),
        np.take_along_axis(owner, order, 1),
        np.take_along_axis(window, order, 1),
    )


def exact_among(
    queries: NDArray[np.float32], blocks: Iterable[Block], k: int, batch: int = 1 << 15
) -> Iterator[tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]]:
    """Exact neighbours among documents, `batch` windows at a time: similarity, key's place, window.

    The place counts the blocks from 0.
    """
    from scorebridge.search.exact import neighbours

    waiting: list[Block] = []
    first = count = 0

    def answer() -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.int64]]:
        offsets = np.cumsum([0, *(len(block.codes) for block in waiting)])
        vectors = vectors_of(np.concatenate([block.codes for block in waiting]))
        similarity, rows = neighbours(queries, vectors, k)
        owner = np.searchsorted(offsets, rows, side="right") - 1
        return similarity, owner + first, rows - offsets[owner]

    for block in blocks:
        waiting.append(block)
        count += len(block.codes)
        if count >= batch:
            yield answer()
            first, count, waiting = first + len(waiting), 0, []
    if waiting:
        yield answer()


def _sum(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
