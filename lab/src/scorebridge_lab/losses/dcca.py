"""Deep CCA: the trace norm of T, the sum of canonical correlations of both views.

Andrew, Arora, Bilmes, Livescu, "Deep Canonical Correlation Analysis" (ICML 2013); P1
section 2.1. Both covariances get a small ridge. Its value lies between -d and 0.
"""

from __future__ import annotations

import torch
from torch import Tensor

from scorebridge_lab.nets.cca import RIDGE, correlation, covariances


def trace_norm(sheet: Tensor, audio: Tensor, ridge: float = RIDGE) -> Tensor:
    """Minus the sum of singular values of T over a batch of features, [n, d] each, n > d."""
    return -torch.linalg.svdvals(correlation(*covariances(sheet, audio), ridge=ridge)).sum()
