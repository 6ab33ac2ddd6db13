"""Errors of snippet retrieval: other pieces, neighbouring places, or music that sounds the same.

    python -m studies.snippet_errors --candidates 10000

Audio windows are the queries, on the same pairs as `scorebridge-lab evaluate snippets` draws.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

import numpy as np
from cyclopts import App
from numpy.typing import NDArray

from scorebridge.cli.running import run_app
from scorebridge.encode.encoder import Encoder, load_encoder
from scorebridge_lab.benchmarks.packed import MSMD_TEST
from scorebridge_lab.cli.shared import AsJson, console, print_json
from scorebridge_lab.dataset.pack import Packed
from scorebridge_lab.dataset.pairs import drawn_pairs, fixed_pairs
from scorebridge_lab.evaluate.snippets import set_pieces

app = App(name="studies.snippet_errors", result_action="return_value")
MAX_COLUMNS = 20  # within which a wrong place is a neighbour: a note or two
MIN_CORRELATION = 0.97  # of spectrograms from which two windows sound the same
PIECES_SHOWN = 5


@dataclass(frozen=True)
class SnippetErrors:
    """What the first answers that are wrong have in common."""

    queries: int
    errors: int
    in_piece: float
    """Share of the errors whose first answer lies in the right piece."""
    near: float
    """Share of those within `MAX_COLUMNS` of the right place."""
    alike: float
    """Share of all errors whose first answer sounds the same."""
    bound: float
    """MRR of an encoder that fails only where windows of a piece sound the same."""
    worst: tuple[tuple[str, int, int], ...]
    """Pieces with most errors, their errors, their queries."""


def snippet_errors(
    encoder: Encoder, pieces: Sequence[Packed], count: int, seed: int = 0
) -> SnippetErrors:
    """Searches the sheet windows of `count` audio windows and classifies the errors."""
    held = fixed_pairs(pieces, count, seed, paced=encoder.info.paced)
    audio, owner = held.audio, held.piece
    column = np.array([int(pieces[k].columns[j]) for k, j in drawn_pairs(pieces, count, seed)])
    queries, answers = encoder.audio(audio), encoder.sheet(held.sheet, held.strips_of)
    parts = np.array_split(queries, max(1, len(queries) // 500))
    first = np.concatenate([(part @ answers.T).argmax(1) for part in parts])
    wrong = first != np.arange(len(first))
    inside = wrong & (owner[first] == owner)
    near = inside & (np.abs(column[first] - column) <= MAX_COLUMNS)
    same, copies = np.zeros(len(first), bool), np.zeros(len(first), np.int64)
    for k in np.unique(owner):
        rows = np.flatnonzero(owner == k)
        alike = sounds_alike(audio[rows])
        copies[rows] = alike.sum(1)
        mine = np.flatnonzero(inside[rows])
        same[rows[mine]] = alike[mine, np.searchsorted(rows, first[rows[mine]])]
    errors = np.bincount(owner[wrong], minlength=len(pieces))
    total = np.bincount(owner, minlength=len(pieces))
    return SnippetErrors(
        queries=len(first),
        errors=int(wrong.sum()),
        in_piece=float(inside.sum() / max(1, wrong.sum())),
        near=float(near.sum() / max(1, inside.sum())),
        alike=float(same.sum() / max(1, wrong.sum())),
        bound=float(np.mean([np.mean(1 / np.arange(1, n + 2)) for n in copies])),
        worst=tuple(
            (pieces[k].name, int(errors[k]), int(total[k]))
            for k in np.argsort(-errors, kind="stable")[:PIECES_SHOWN]
        ),
    )


def sounds_alike(audio: NDArray[np.float32]) -> NDArray[np.bool_]:
    """Which windows of a piece, float [n, frames, bands], sound like which others; bool [n, n]."""
    flat = audio.reshape(len(audio), -1)
    flat = flat - flat.mean(1, keepdims=True)
    flat /= np.maximum(np.linalg.norm(flat, axis=1, keepdims=True), 1e-9)
    alike = flat @ flat.T >= MIN_CORRELATION
    np.fill_diagonal(alike, False)
    return alike


@app.default
def main(
    *, model: str | None = None, candidates: int = 10_000, seed: int = 0, as_json: AsJson = False
) -> int:
    """Kinds of errors of snippet retrieval, audio to sheet, on rebuilt MSMD.

    Parameters
    ----------
    model
        Encoder, by default the one that ships.
    candidates
        Pairs among which snippets are searched.
    seed
        Of the pairs.
    """
    encoder = load_encoder(model)
    found = snippet_errors(encoder, set_pieces(encoder, MSMD_TEST), candidates, seed)
    if as_json:
        print_json({"encoder": encoder.info.name, **asdict(found)})
        return 0
    for name, value in asdict(found).items():
        console.print(f"{name}: {value:.3f}" if isinstance(value, float) else f"{name}: {value}")
    return 0


if __name__ == "__main__":
    sys.exit(run_app(app, sys.argv[1:]))
