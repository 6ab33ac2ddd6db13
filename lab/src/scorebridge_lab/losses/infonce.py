"""Symmetric InfoNCE with a learned temperature.

van den Oord et al., Representation Learning with Contrastive Predictive Coding
(2018); in the two-sided form of CLIP (2021). Every other pair of the batch is a
negative, but for those that `same` marks as the same music.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional

MAX_SCALE = 100.0  # 1 / temperature at most


def infonce(sheet: Tensor, audio: Tensor, log_scale: Tensor, same: Tensor) -> tuple[Tensor, Tensor]:
    """Loss and the share of pairs that rank first in the batch.

    sheet, audio : float [n, dim], unit rows; row k of both belong together.
    same : bool [n, n], True off the diagonal where two pairs show (nearly) the same place.
    """
    logits = sheet @ audio.T * log_scale.exp().clamp(max=MAX_SCALE)
    eye = torch.eye(len(logits), dtype=torch.bool, device=logits.device)
    logits = logits.masked_fill(same & ~eye, float("-inf"))
    target = torch.arange(len(logits), device=logits.device)
    loss = (
        functional.cross_entropy(logits, target) + functional.cross_entropy(logits.T, target)
    ) / 2
    return loss, (logits.argmax(1) == target).float().mean()
