"""NT-Xent, SimCLR's loss between two augmented views of the same windows.

Chen, Kornblith, Norouzi, Hinton, "A Simple Framework for Contrastive Learning of Visual
Representations" (ICML 2020); P5 equation 2, which lacks its minus sign: as printed it
would push the two views apart. Each of the 2n views must find its partner
among the 2n - 1 others.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional


def ntxent(first: Tensor, second: Tensor, temperature: float = 0.5) -> Tensor:
    """Mean over both orders of all pairs.

    first, second : float [n, d], unit rows; row k of both are views of window k.
    """
    views = torch.cat([first, second])
    logits = (views @ views.T / temperature).fill_diagonal_(float("-inf"))
    partner = torch.arange(len(views), device=views.device).roll(len(first))
    return functional.cross_entropy(logits, partner)
