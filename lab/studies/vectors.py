"""Vectors after training: fewer dimensions, fewer bits, and corrections against hubs.

    python -m studies.vectors --candidates 10000

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

import sys
from collections.abc import Callable

import numpy as np
from cyclopts import App
from numpy.typing import NDArray

from scorebridge.cli.running import run_app
from scorebridge.encode.encoder import load_encoder
from scorebridge_lab.benchmarks.packed import MSMD_TEST
from scorebridge_lab.cli.shared import AsJson, print_rows
from scorebridge_lab.dataset.pairs import fixed_pairs, read_packed
from scorebridge_lab.errors import LabError
from scorebridge_lab.evaluate.snippets import set_pieces
from scorebridge_lab.home import home
from scorebridge_lab.metrics import ResultRow, from_ranks

app = App(name="studies.vectors", result_action="return_value")

Vectors = NDArray[np.float32]
NEAR = 10  # of the bank, for csls
SOFTMAX_SCALE = 30.0  # of the inverted softmax


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
    share = SOFTMAX_SCALE * (bank_queries @ candidates.T)
    top = share.max(0)
    total = top + np.log(np.exp(share - top).sum(0))
    out["softmax"] = ranks_of(
        lambda rows: SOFTMAX_SCALE * queries[rows] @ candidates.T - total, count
    )
    return out


def study(
    sheet: Vectors, audio: Vectors, owner: NDArray[np.int64], bank: tuple[Vectors, Vectors]
) -> list[ResultRow]:
    """Both directions of every way; `bank` holds sheet and audio vectors of other pieces."""
    rows = []
    for direction, q, c, bq, bc in (
        ("A2S", audio, sheet, bank[1], bank[0]),
        ("S2A", sheet, audio, bank[0], bank[1]),
    ):
        for name, ranks in compare(q, c, bq, bc).items():
            what = f"{name}, {len(q)} candidates"
            rows.append(ResultRow(what, direction, from_ranks(ranks, owner)))
    return rows


@app.default
def main(
    *,
    model: str | None = None,
    candidates: int = 10_000,
    bank: str = "polish",
    as_json: AsJson = False,
) -> int:
    """What 8 bits, fewer axes and corrections against hubs do to snippet retrieval (MSMD test).

    Parameters
    ----------
    model
        Encoder, by default the one that ships.
    candidates
        Pairs among which snippets are searched.
    bank
        Packed source in the lab's home from which means, axes and hubs are learned.
    """
    encoder = load_encoder(model)
    others = read_packed([home() / "packed" / bank])
    if not others:
        raise LabError(
            f"{home() / 'packed' / bank}: nothing packed there. First: scorebridge-lab data build"
        )
    test, paced = set_pieces(encoder, MSMD_TEST), encoder.info.paced
    known = fixed_pairs(others, 2000, paced=paced)
    held = fixed_pairs(test, candidates, paced=paced)
    rows = study(
        encoder.sheet(held.sheet, held.strips_of),
        encoder.audio(held.audio),
        held.piece,
        (encoder.sheet(known.sheet, known.strips_of), encoder.audio(known.audio)),
    )
    name = encoder.info.name
    print_rows(f"{name}, {len(test)} pieces, bank {bank}", rows, as_json, {"encoder": name})
    return 0


if __name__ == "__main__":
    sys.exit(run_app(app, sys.argv[1:]))
