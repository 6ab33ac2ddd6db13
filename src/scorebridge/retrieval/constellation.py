"""Votes with places: count the neighbours that agree on one offset.

P4 section III-A adapts the search of Wang (2003) by taking embeddings for spectral
fingerprints, and does not give the parameters; these are ours. The nearest windows of each query
window in the collection are its matches. A match states that query window i is window
j of document d. Matches of a true answer agree on the offset j - pace * i, so each
document is scored by the fullest bin of its histogram of offsets. In a bin every query
window counts once, by how far its similarity lies above that of its last neighbour.

`SHAZAM` follows the paper: one pace, as fingerprints have no tempo. `OFFSET_VOTES` tries the paces
of real music and makes the short-list of the default method (`shortlist.py`): it misses the right
document far less often than votes without places. The loop is in `kernels/offset_counts.py`; 52
windows x 100 matches take 3 ms after the neighbour search.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from scorebridge.kernels.loading import load

MIN_TABLE = 64  # slots of the hash table of bins, a power of two


@dataclass(frozen=True, slots=True)
class ConstellationSettings:
    """How matches are collected and counted."""

    neighbours: int
    """Matches of each query window."""
    excerpts: int | None
    """Query windows that are searched, evenly spaced; None for all."""
    paces: tuple[float, ...]
    """Document windows per query window that are tried; the best one counts."""
    bin_width: float
    """Document windows a bin of offsets spans. Bins overlap by half."""
    is_unweighted: bool
    """Every match counts 1, not by its similarity."""


SHAZAM = ConstellationSettings(25, None, (1.0,), 4.0, True)
"""Fingerprints of one pace: a hop of 25 columns against one of 0.5 s, 50 columns a second."""

OFFSET_VOTES = ConstellationSettings(100, 100, (0.35, 0.5, 0.71, 1.0, 1.41, 2.0, 2.8), 6.0, False)
"""From 18 to 140 columns a second, in steps of a half octave."""


def constellation(
    similarity: NDArray[np.float32],
    rows: NDArray[np.int64],
    places: NDArray[np.number],
    offsets: NDArray[np.int64],
    settings: ConstellationSettings,
) -> NDArray[np.float64]:
    """Score documents by how many matches agree on one offset.

    Parameters
    ----------
    similarity, rows : [query windows, k], cosine and row of each neighbour, best first; row -1 for
        none.
    places : [query windows], place of each in the query, in windows.
    offsets : int64 [documents + 1], document d owns rows offsets[d] to offsets[d + 1].
    settings : `SHAZAM`, `OFFSET_VOTES` or others.

    Returns
    -------
    float64 [documents], >= 0: number of query windows in the fullest bin, or the sum of their
    weights; 0 for documents without matches.
    """
    owner = np.searchsorted(offsets, rows, side="right") - 1
    inside = rows - offsets[owner] if rows.size else rows
    return fullest_bins(similarity, owner, inside, places, len(offsets) - 1, settings)


def fullest_bins(
    similarity: NDArray[np.float32],
    owner: NDArray[np.int64],
    inside: NDArray[np.int64],
    places: NDArray[np.number],
    documents: int,
    settings: ConstellationSettings,
) -> NDArray[np.float64]:
    """`constellation` of neighbours that are given by document and window, [query windows, k] each.

    owner : document, -1 for none. inside : its window. documents : their number.
    """
    scores = np.zeros(documents)
    if owner.size == 0:
        return scores
    if settings.is_unweighted:
        weight = np.ones(owner.shape, np.float32)
    else:
        minimum = np.where(owner >= 0, similarity, np.inf).min(1, keepdims=True)
        weight = (similarity - minimum + 1e-3).astype(np.float32)
    size = max(MIN_TABLE, 1 << int(2 * owner.size - 1).bit_length())
    keys, sums, latest = np.empty(size, np.int64), np.empty(size, np.float32), np.empty(size, int)
    for pace in settings.paces:
        offset = inside - pace * places[:, None]
        for half in (0.0, 0.5):
            bins = np.floor(offset / settings.bin_width + half).astype(np.int64)
            load("offset_counts").fullest_bins(
                np.ascontiguousarray(owner, np.int64),
                bins,
                np.ascontiguousarray(weight),
                scores,
                keys,
                sums,
                latest,
            )
    return scores
