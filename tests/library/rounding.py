"""Vectors as a library gives them back: rounded to codes of 8 bits."""

import numpy as np
from numpy.typing import NDArray

from scorebridge.search.codes import codes_of, vectors_of


def rounded(vectors: NDArray[np.float32]) -> NDArray[np.float32]:
    """What a library gives back of vectors that it was given."""
    return vectors_of(codes_of(vectors))
