"""Figures of a papers' run with its own windows: snippets, pieces by votes, alignment.

P2 to P5 cut other windows than ours (and P1 another spectrogram), so their runs are evaluated on
their own packed sets. Runs whose windows fit ours (P3, P4 with 42 or 84 frames, P5) can also be
shipped (`papers ship`) and evaluated by everything in `scorebridge-lab evaluate`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import inf
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

from scorebridge.alignment.dtw import CLASSIC, match_path
from scorebridge.audio.spectrogram import WINDOW_HOP as AUDIO_HOP
from scorebridge.retrieval.votes import count_votes
from scorebridge.score.strips import PAGE_WIDTH, STRIP_HEIGHT
from scorebridge_lab.dataset.pack import Packed
from scorebridge_lab.metrics import ResultRow, from_ranks, paired_ranks
from scorebridge_lab.nets.paper_pair import PaperPair
from scorebridge_lab.papers.data import read_part
from scorebridge_lab.papers.paper_windows import Sampler
from scorebridge_lab.papers.settings import RUNS, PaperRun
from scorebridge_lab.papers.task import audio_input, embed_both, load_paper_pair, sheet_input
from scorebridge_lab.training.loop import embed

PAPER_PAGE_WIDTH = 2 * PAGE_WIDTH  # px across the papers' page
SHEET_HOP = 50  # px of that page (P5 section 5.5)
ALIGN_SHEET_HOP = 10  # px; P2 does not give its own
ALIGN_AUDIO_HOP = 2  # frames


def separation(scores: NDArray[np.float64], right: int) -> float:
    """P5's separation indicator (equation 3) of one query; below 1 where it was found first.

    scores : float [documents], votes. Infinite where the right document has none.
    """
    first, second = np.sort(scores)[::-1][:2]
    if scores[right] == first:
        return float(second / first) if first else float("inf")
    return float(first / scores[right]) if scores[right] else float("inf")


def load_run(folder: Path) -> tuple[PaperRun, PaperPair]:
    """A run's settings and its pair, ready to encode. Raises LabError for any other folder."""
    settings, pair = load_paper_pair(folder)
    return RUNS[settings["run"]["name"]], pair


def test_pieces(run: PaperRun) -> list[Packed]:
    """The test pieces of a run, with the performance that tests."""
    return read_part(run, "test", (run.test_performance,))


def snippets(
    run: PaperRun, pair: PaperPair, pieces: Sequence[Packed], candidates: int | None = None
) -> list[ResultRow]:
    """Two-way snippet retrieval among `candidates` test pairs (P1 table 2, P2 2, P3 3, P5 1)."""
    windows = Sampler(pieces, run.shape, 1).fixed(candidates or run.candidates)
    sheet, audio = embed_both(pair, windows, torch.device("cpu"))
    what = f"{len(windows)} candidates"
    quarters = np.quantile(1 - (sheet * audio).sum(1), (0.25, 0.5, 0.75))  # P5 figure 5
    names = ("distance_q25", "distance_median", "distance_q75")
    apart: dict[str, float] = dict(zip(names, map(float, quarters), strict=True))
    return [
        ResultRow(what, direction, from_ranks(paired_ranks(query, found), windows.owner), apart)
        for direction, query, found in (("A2S", audio, sheet), ("S2A", sheet, audio))
    ]


def encode_piece(
    pair: PaperPair, piece: Packed, sheet_hop: int, audio_hop: int
) -> tuple[NDArray[np.float32], NDArray[np.int64], NDArray[np.float32], NDArray[np.int64]]:
    """Sheet vectors and their columns, audio vectors and their frames, at these hops.

    sheet_hop : px of the papers' page. Short pieces are padded to one window.
    """
    shape, device = pair.shape, torch.device("cpu")
    hop = max(1, sheet_hop * piece.strip.shape[0] // (2 * STRIP_HEIGHT))
    top = (piece.strip.shape[0] - shape.sheet[0]) // 2
    strip = _padded(piece.strip[top : top + shape.sheet[0]].T, shape.sheet[1], 255)
    spec = _padded(piece.specs[0], shape.audio[0], 0)
    # [places, rows or bands, columns or frames]: a view, nothing is copied yet
    sheet = np.lib.stride_tricks.sliding_window_view(strip, shape.sheet[1], axis=0)[::hop]
    audio = np.lib.stride_tricks.sliding_window_view(spec, shape.audio[0], axis=0)[::audio_hop]
    s = embed(lambda w: pair.embed_sheet(sheet_input(w, device)), sheet, device)
    a = embed(lambda w: pair.embed_audio(audio_input(w, device)), audio.transpose(0, 2, 1), device)
    columns = np.arange(len(s)) * hop + shape.sheet[1] // 2
    frames = np.arange(len(a)) * audio_hop + shape.audio[0] // 2
    return s, columns, a, frames


def _padded(array: NDArray[np.uint8], length: int, fill: int) -> NDArray[np.uint8]:
    short = max(0, length - len(array))
    return np.pad(array, ((0, short), (0, 0)), constant_values=fill)


def pieces(run: PaperRun, pair: PaperPair, test: Sequence[Packed]) -> list[ResultRow]:
    """Identification of whole pieces by votes, both ways (P2 table 3, P3 table 4, P5 table 2)."""
    encoded = [encode_piece(pair, p, SHEET_HOP, AUDIO_HOP) for p in test]
    what = f"{len(test)} pieces, votes of {run.excerpts or 'all'} excerpts"
    out = []
    sheets, audios = [e[0] for e in encoded], [e[2] for e in encoded]
    for direction, queries, searched in (("A2S", audios, sheets), ("S2A", sheets, audios)):
        vectors = np.concatenate(searched)
        offsets = np.cumsum([0, *(len(v) for v in searched)])
        ranks, apart = [], []
        for k, query in enumerate(queries):
            votes, similarity = count_votes(query, vectors, offsets, run.excerpts)
            score = votes + np.minimum(similarity, 0.999)  # similarity settles ties
            ranks.append(int((score >= score[k]).sum()))
            apart.append(separation(votes.astype(np.float64), k))
        middle = float(np.median(apart))
        found = np.array(ranks)
        near = {f"r{k}": float((found <= k).mean()) for k in (2, 3)}  # P2 table 3
        figures = from_ranks(found, np.arange(len(found)))
        out.append(ResultRow(what, direction, figures, near | {"separation": middle}))
    return out


@dataclass(frozen=True)
class AlignmentFigures:
    """Median absolute errors in widths of the page (P2 figure 7)."""

    pieces: int
    places: int
    linear: float
    dtw: float


def alignment(pair: PaperPair, test: Sequence[Packed]) -> AlignmentFigures:
    """Audio to sheet by DTW over cosine distances, against the straight line (P2 section 6)."""
    linear, warped = [], []
    for piece in test:
        s, columns, a, frames = encode_piece(pair, piece, ALIGN_SHEET_HOP, ALIGN_AUDIO_HOP)
        _, path = match_path(1 - a @ s.T, CLASSIC, edge=inf)
        rows = path[:, 0]  # every audio window is on the path, some more than once
        found = np.bincount(rows, columns[path[:, 1]]) / np.bincount(rows)
        order = np.argsort(piece.frames[0], kind="stable")
        truth_f, truth_c = piece.frames[0][order], piece.columns[order]
        inside = (frames >= truth_f[0]) & (frames <= truth_f[-1])
        wanted = np.interp(frames[inside], truth_f, truth_c)
        straight = np.interp(frames, [frames[0], frames[-1]], [columns[0], columns[-1]])
        width = PAPER_PAGE_WIDTH * piece.strip.shape[0] / (2 * STRIP_HEIGHT)
        warped.append(np.abs(found[inside] - wanted) / width)
        linear.append(np.abs(straight[inside] - wanted) / width)
    flat = [np.concatenate(v) for v in (linear, warped)]
    return AlignmentFigures(
        pieces=len(test),
        places=len(flat[0]),
        linear=float(np.median(flat[0])),
        dtw=float(np.median(flat[1])),
    )
