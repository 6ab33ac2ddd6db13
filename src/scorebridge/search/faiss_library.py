"""FAISS, imported when the first search needs it."""

from __future__ import annotations

import os
from functools import cache
from typing import Any


@cache
def import_faiss() -> Any:
    """The module `faiss`, with threads that sleep between searches.

    By default they spin for milliseconds after a search, on cores that warping uses by then (a
    tenth of the time of an answer). OpenMP's runtime reads the variable once, while FAISS loads it,
    so it is set only for the import.
    """
    before = os.environ.get("OMP_WAIT_POLICY")
    os.environ.setdefault("OMP_WAIT_POLICY", "passive")
    import faiss

    if before is None:
        del os.environ["OMP_WAIT_POLICY"]
    return faiss
