"""Nearest neighbours among unit vectors, by FAISS."""

import os

# FAISS's threads would spin for milliseconds after a search, on cores that warping wants by then
# (a tenth of an answer). Its runtime reads this once, while it is loaded; nobody else is to.
_before = os.environ.get("OMP_WAIT_POLICY")
os.environ.setdefault("OMP_WAIT_POLICY", "passive")
import faiss  # noqa: E402, F401

if _before is None:
    del os.environ["OMP_WAIT_POLICY"]
