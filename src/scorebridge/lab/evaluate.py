"""Figures: snippet retrieval as in P2, P3 and P5, and identification of whole files and fragments.

Each function returns plain rows for printing; nothing is trained or tuned here.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from scorebridge.encode import Encoder
from scorebridge.errors import LabError
from scorebridge.lab.data import pack as packing
from scorebridge.lab.data.pack import Packed
from scorebridge.lab.data.pairs import fixed_pairs, read_pieces
from scorebridge.lab.engrave.engraving import Engraving
from scorebridge.lab.home import home
from scorebridge.lab.metrics import Retrieval, from_ranks, paired_ranks
from scorebridge.lab.perform import STRAIGHT
from scorebridge.lab.sets import SETS, encode_recordings, encode_scores, fragment
from scorebridge.match.rank import DtwSettings, rank_documents
from scorebridge.types import Encoded

FRAGMENTS = 3  # taken from each piece, evenly spaced


@dataclass(frozen=True)
class Row:
    """One line of a result table."""

    what: str
    direction: str
    figures: Retrieval


def msmd_set(part: str, page_scale: bool = False) -> Path:
    """The folder of packed MSMD pieces of one part of the `all` split, made where missing.

    One performance at the written tempo on the unseen piano. `test` holds the paper's 100
    pieces (94 of the revised list and the six dropped ones).
    """
    from scorebridge.lab.data.mutopia import papers_test
    from scorebridge.lab.data.mutopia import read_pieces as list_pieces

    pieces = list_pieces()
    if part == "test":
        names = [p.name for p in papers_test(pieces)]
    else:
        names = [p.name for p in pieces if p.splits.get("all") == part]
    folder = home() / "packed" / f"msmd-{part}{'-page-scale' if page_scale else ''}"
    made = 0
    for name in names:
        source, target = home() / "engraved" / "msmd" / f"{name}.npz", folder / f"{name}.npz"
        if source.exists() and not target.exists():
            packed = packing.pack(
                Engraving.load(source),
                seed=0,
                performances=1,
                manner=STRAIGHT,
                player=packing.render_unseen,
                page_scale=page_scale,
            )
            packing.save(packed, target)
        made += target.exists()
    if not made:
        raise LabError(
            f"no engraved MSMD {part} pieces in {home() / 'engraved' / 'msmd'}."
            " Make them: scorebridge lab data msmd"
        )
    return folder


def snippets(encoder: Encoder, part: str, candidates: int, seed: int = 0) -> tuple[int, list[Row]]:
    """Snippet retrieval among `candidates` pairs, both ways (P3 section 5.2, P5 section 5.1).

    Returns the number of pieces and the rows.
    """
    pieces = read_pieces([msmd_set(part)])
    return len(pieces), pair_rows(encoder, pieces, candidates, "", seed)


def pair_rows(
    encoder: Encoder, pieces: Sequence[Packed], candidates: int, label: str = "", seed: int = 0
) -> list[Row]:
    """Both ways of snippet retrieval among pairs of packed pieces; `label` opens the row's name."""
    sheet, audio, _ = fixed_pairs(pieces, candidates, seed)
    s, a = encoder.sheet(sheet), encoder.audio(audio)
    what = f"{label}{len(s)} candidates"
    return [
        Row(what, "A2S", from_ranks(paired_ranks(a, s))),
        Row(what, "S2A", from_ranks(paired_ranks(s, a))),
    ]


def document_ranks(
    queries: Sequence[Encoded],
    truth: Sequence[int],
    documents: Sequence[Encoded],
    method: str,
    settings: DtwSettings | None = None,
) -> NDArray[np.int64]:
    """Rank of the right document for each query, 1 = first; ties count against it."""
    vectors = np.concatenate([d.vectors for d in documents])
    offsets = np.concatenate([[0], np.cumsum([len(d.vectors) for d in documents])])
    ranks = np.empty(len(queries), np.int64)
    for k, (query, right) in enumerate(zip(queries, truth, strict=True)):
        scores = rank_documents(query.vectors, vectors, offsets, method, settings)
        ranks[k] = (scores >= scores[right]).sum()
    return ranks


def cut_fragments(whole: Sequence[Encoded], shares: Sequence[float]) -> list[list[Encoded]]:
    """`FRAGMENTS` evenly spaced fragments of each document, each of the given share of it."""
    out = []
    for document, share in zip(whole, shares, strict=True):
        share = min(1.0, share)
        starts = np.linspace(0.1, 0.9, FRAGMENTS) * (1 - share)
        out.append([fragment(document, start, start + share) for start in starts])
    return out


def pieces(
    encoder: Encoder,
    name: str,
    methods: Sequence[str] = ("votes", "align"),
    lengths: Sequence[float] = (30.0, 10.0),
    settings: DtwSettings | None = None,
) -> tuple[list[Row], list[str]]:
    """Identification on a set of `lab.sets`, whole documents and fragments of so many seconds.

    A score's fragment of 10 s is the stretch that takes 10 s in its recording, on average.
    Returns the rows and the failures, one line each.
    """
    linked = SETS[name]()
    scores = encode_scores(linked.scores, encoder)
    sounds = encode_recordings(linked.recordings, encoder)
    owner = list(linked.score_of)
    # Several recordings may share a score: S2A asks for the score's own first recording.
    asked = sorted({s: r for r, s in reversed(list(enumerate(owner)))}.items())
    rows, failures = [], []

    def judge(what: str, direction: str, queries, truth, documents, names) -> None:
        for method in methods:
            ranks = document_ranks(queries, truth, documents, method, settings)
            rows.append(Row(f"{what}, {method}", direction, from_ranks(ranks)))
            failures.extend(
                f"{what} {method} {direction}: {names[k]} at rank {rank}"
                for k, rank in enumerate(ranks)
                if rank > 1
            )

    sound_names = [Path(p).stem for p in linked.recordings]
    score_names = [Path(linked.scores[s]).stem for s, _ in asked]
    judge("whole", "A2S", sounds, owner, scores, sound_names)
    judge("whole", "S2A", [scores[s] for s, _ in asked], [r for _, r in asked], sounds, score_names)
    for seconds in lengths:
        shares = [seconds / s.extent for s in sounds]
        parts = cut_fragments(sounds, shares)
        what = f"{seconds:g} s"
        judge(
            what,
            "A2S",
            [f for part in parts for f in part],
            [o for o in owner for _ in range(FRAGMENTS)],
            scores,
            [f"{n}[{k}]" for n in sound_names for k in range(FRAGMENTS)],
        )
        # A volume's share of music that one recording plays is unknown: no fragments of volumes.
        single = [(s, r) for s, r in asked if s not in linked.volumes]
        parts = cut_fragments([scores[s] for s, _ in single], [shares[r] for _, r in single])
        judge(
            what,
            "S2A",
            [f for part in parts for f in part],
            [r for _, r in single for _ in range(FRAGMENTS)],
            sounds,
            [f"{Path(linked.scores[s]).stem}[{k}]" for s, _ in single for k in range(FRAGMENTS)],
        )
    return rows, failures
