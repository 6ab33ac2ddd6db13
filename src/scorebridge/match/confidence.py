"""How far an answer may be trusted, until it is calibrated on real collections.

The yardstick is the query played backwards: its windows are the same, only their
order is wrong, so what it scores in the same documents is what chance and likeness
of style alone bring. That works even with a single document in the collection.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

SPREAD = 0.02  # least standard deviation of a chance score: means over few windows scatter
SURPLUS = 3.0  # standard deviations above the best expected by chance that make confidence 1/2


def confidences(
    scores: NDArray[np.float64], chance: NDArray[np.float64], documents: int
) -> NDArray[np.float64]:
    """Confidence 0 to 1 of each hit.

    Parameters
    ----------
    scores : [hits], best first: mean similarity along the path.
    chance : [n], scores of the reversed query in the best documents, n >= 1.
    documents : how many documents were tried.

    With m and s the mean and standard deviation of the chance scores, z = (score - m) / s is
    compared with the best of so many chances, e = sqrt(2 ln documents):
    confidence = logistic(z - e - SURPLUS) times the hit's share of exp(score / s) among
    all hits. So it falls with the margin to the next (two editions of one piece share
    it), and with the margin to chance (what is not in the collection).
    """
    mean = float(chance.mean())
    spread = max(float(chance.std()), SPREAD)
    z = (scores - mean) / spread
    expected = np.sqrt(2 * np.log(max(documents, 1)))
    absolute = 0.5 * (1 + np.tanh((z - expected - SURPLUS) / 2))
    weight = np.exp(z - z.max())
    return absolute * weight / weight.sum()
