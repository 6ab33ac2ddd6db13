"""Which scale serves the encoder: one staff space everywhere, or one page width (the papers).

Trains the compact pair twice with the same settings and pieces, once on strips of
each scale, and judges each on its own scale: rebuilt MSMD (engraved, one staff size
mostly) and 10-second fragments on the real scans (many staff sizes).
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import torch

from scorebridge.encode import is_by_page, load_encoder
from scorebridge.lab.data.msmd import msmd_set, pack_training
from scorebridge.lab.data.pairs import read_pieces
from scorebridge.lab.evaluate.identification import (
    FRAGMENTS,
    cut_fragments,
    document_ranks,
    pair_rows,
)
from scorebridge.lab.home import data, home
from scorebridge.lab.metrics import Row, from_ranks
from scorebridge.lab.ours import SMALL, train
from scorebridge.lab.ship import ship
from scorebridge.lab.truth.kept import encode_recordings, encode_scores
from scorebridge.lab.truth.sets import scans_straight

CANDIDATES = 2000
SECONDS = 10.0


def study(steps: int, seed: int) -> list[Row]:
    """Train and judge both; returns the rows of the table."""
    rows = []
    for name, by_page in (("staff space", False), ("page width", True)):
        ending = "-page-scale" if by_page else ""
        folder = home() / "packed" / f"msmd-train{ending}"
        pack_training(data(), home() / "engraved" / "msmd", folder, page_scale=by_page)
        run = home() / "studies" / f"scale{ending}-{steps}-{seed}"
        settings = replace(SMALL, steps=steps, seed=seed, evaluate_every=steps)
        torch.manual_seed(seed)
        train(read_pieces([folder]), [], run, settings)
        ship(run, run / "model", f"scale{ending}", {"by_page": by_page})
        rows += judge(name, run / "model")
    return rows


def judge(name: str, model: Path) -> list[Row]:
    """Snippets on rebuilt MSMD and fragments on the scans, at the model's own scale."""
    encoder = load_encoder(str(model))
    pieces = read_pieces([msmd_set("test", is_by_page(encoder))])
    rows = pair_rows(encoder, pieces, CANDIDATES, f"{name}, MSMD ")
    linked = scans_straight()
    scores = encode_scores(linked.scores, encoder)
    sounds = encode_recordings(linked.recordings, encoder)
    shares = [SECONDS / r.extent for r in sounds]
    truth = [(k,) for k in range(len(scores)) for _ in range(FRAGMENTS)]
    for direction, asked, documents in (("A2S", sounds, scores), ("S2A", scores, sounds)):
        queries = [f for part in cut_fragments(asked, shares) for f in part]
        ranks = document_ranks(queries, truth, documents, "align")
        rows.append(Row(f"{name}, scans {SECONDS:g} s", direction, from_ranks(ranks)))
    return rows
