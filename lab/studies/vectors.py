"""What can be done to vectors after training: fewer numbers, fewer bits, and against hubs.

Snippet retrieval on rebuilt MSMD with the same vectors compared in several ways. What has to be
learned (means, axes, how near a candidate lies to everything) comes from a bank of packed
training pieces, so that a search could do the same. A minute for 2,000 pairs.

plain      cosine
8 bit      each number rounded to 1/127 of the row's largest
d axes     the first d principal axes of the bank
mean off   the bank's mean of each side taken off, rows made unit again
csls       2 cos(q, c) - r(q) - r(c), r the mean cosine to the 10 nearest of the bank's other
           side (Conneau et al., Word Translation Without Parallel Data, 2018)
softmax    log of the candidate's share against the bank's queries (inverted softmax, Smith et
           al. 2017, temperature 1/30)
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.evaluate.metrics import Row, from_ranks

Vectors = NDArray[np.float32]
NEAR = 10  # of the bank, for csls
SHARPNESS = 30.0  # of the inverted softmax


def unit(x: Vectors) -> Vectors:
    """Rows of unit length."""
    return x / np.maximum(np.linalg.norm(x, axis=1, keepdims=True), 1e-12)


def eight_bit(x: Vectors) -> Vectors:
    """Each row as it comes back from 8 bits a number and one scale."""
    scale = np.abs(x).max(1, keepdims=True) / 127
    return (np.round(x / np.maximum(scale, 1e-12)) * scale).astype(np.float32)


def principal(bank: Vectors, count: int) -> Vectors:
    """The first `count` principal axes of the bank (not centred: cosines have an origin)."""
    _, _, axes = np.linalg.svd(bank, full_matrices=False)
    return axes[:count].T


def nearness(x: Vectors, bank: Vectors, near: int = NEAR) -> NDArray[np.float32]:
    """Mean cosine of each row to its nearest rows of the bank."""
    similarity = x @ bank.T
    return np.partition(similarity, -near, axis=1)[:, -near:].mean(1)


def ranks_of(score: Callable[[slice], NDArray], count: int) -> NDArray[np.int64]:
    """Rank of candidate k for query k; `score` gives rows of the matrix queries x candidates."""
    ranks = np.empty(count, np.int64)
    for k in range(0, count, 1024):
        block = score(slice(k, k + 1024))
        own = block[np.arange(len(block)), np.arange(len(block)) + k]
        ranks[k : k + 1024] = (block >= own[:, None]).sum(1)
    return ranks


def compare(
    queries: Vectors, candidates: Vectors, bank_queries: Vectors, bank_candidates: Vectors
) -> dict[str, NDArray[np.int64]]:
    """Ranks by each way of comparing.

    queries, candidates : float32 [n, dim], unit rows, row k of both belongs together.
    bank_queries, bank_candidates : float32 [m, dim], unit rows of the queries' and of the
        candidates' side, of other pieces.
    """
    count = len(queries)

    def cosine(q: Vectors, c: Vectors) -> NDArray[np.int64]:
        return ranks_of(lambda rows: q[rows] @ c.T, count)

    out = {"plain": cosine(queries, candidates)}
    out["8 bit"] = cosine(unit(eight_bit(queries)), unit(eight_bit(candidates)))
    bank = np.concatenate([bank_queries, bank_candidates])
    for axes in (8, 16, 32, 64):
        if axes < queries.shape[1]:
            turn = principal(bank, axes)
            out[f"{axes} axes"] = cosine(unit(queries @ turn), unit(candidates @ turn))
    out["mean off"] = cosine(
        unit(queries - bank_queries.mean(0)), unit(candidates - bank_candidates.mean(0))
    )
    hubs = nearness(candidates, bank_queries)  # r(q) is the same for all candidates
    out["csls"] = ranks_of(lambda rows: 2 * queries[rows] @ candidates.T - hubs, count)
    share = SHARPNESS * (bank_queries @ candidates.T)
    most = share.max(0)
    crowd = most + np.log(np.exp(share - most).sum(0))
    out["softmax"] = ranks_of(lambda rows: SHARPNESS * queries[rows] @ candidates.T - crowd, count)
    return out


def study(
    sheet: Vectors, audio: Vectors, owner: NDArray[np.int64], bank: tuple[Vectors, Vectors]
) -> list[Row]:
    """Both directions of every way; `bank` holds sheet and audio vectors of other pieces."""
    rows = []
    for direction, q, c, bq, bc in (
        ("A2S", audio, sheet, bank[1], bank[0]),
        ("S2A", sheet, audio, bank[0], bank[1]),
    ):
        for name, ranks in compare(q, c, bq, bc).items():
            what = f"{name}, {len(q)} candidates"
            rows.append(Row(what, direction, from_ranks(ranks, owner)))
    return rows
