"""Unit vectors as codes of 8 bits, one byte a dimension.

The largest component of a vector becomes 127, the others follow. Only the direction counts, so no
scale is stored. The cosine between a vector of 128 dimensions and its code is .9999 and more.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

LEVELS = 127  # of the largest component


def codes_of(vectors: NDArray[np.float32]) -> NDArray[np.int8]:
    """float32 [n, dim], rows of unit length -> int8 [n, dim]."""
    peak = np.abs(vectors).max(axis=1, keepdims=True, initial=0.0)
    return np.rint(vectors * (LEVELS / np.maximum(peak, 1e-12))).astype(np.int8)


def vectors_of(codes: NDArray[np.int8]) -> NDArray[np.float32]:
    """int8 [n, dim] -> float32 [n, dim], rows of unit length (a row of zeros stays)."""
    vectors = codes.astype(np.float32)
    lengths = np.sqrt(np.einsum("nd,nd->n", vectors, vectors))[:, None]
    vectors /= np.maximum(lengths, np.float32(1e-12))
    return vectors
