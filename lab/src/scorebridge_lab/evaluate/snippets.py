"""Snippet retrieval: which window of a page shows a window of sound, and back.

The protocol of P3 (section 5.2) and P5 (section 5.1): aligned pairs of windows, each the query for
the other side, ranked by cosine among all.
"""

from __future__ import annotations

from collections.abc import Sequence

from scorebridge.encode.encoder import Encoder
from scorebridge_lab.benchmarks.evaluation_set import thinned
from scorebridge_lab.benchmarks.packed import PackedSet
from scorebridge_lab.dataset.pack import Packed, load
from scorebridge_lab.dataset.pairs import fixed_pairs, usable_pairs
from scorebridge_lab.metrics import ResultRow, from_ranks, paired_ranks


def set_pieces(encoder: Encoder, of: PackedSet, stride: int = 1, limit: int = 0) -> list[Packed]:
    """The pieces of a packed set that have usable pairs, as this encoder takes them."""
    pieces = (
        usable_pairs(load(path)) for path in thinned(of.files(encoder.info.by_page), stride, limit)
    )
    return [piece for piece in pieces if piece is not None]


def snippet_rows(
    encoder: Encoder, pieces: Sequence[Packed], candidates: int, label: str = "", seed: int = 0
) -> list[ResultRow]:
    """Both directions of retrieval among at most `candidates` pairs drawn by `seed`.

    label : opens the rows' names.
    """
    held = fixed_pairs(pieces, candidates, seed, paced=encoder.info.paced)
    s, a = encoder.sheet(held.sheet, held.strips_of), encoder.audio(held.audio)
    what = f"{label}{len(s)} candidates"
    return [
        ResultRow(what, "A2S", from_ranks(paired_ranks(a, s), held.piece)),
        ResultRow(what, "S2A", from_ranks(paired_ranks(s, a), held.piece)),
    ]
