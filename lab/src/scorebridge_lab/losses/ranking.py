"""Pairwise ranking: the matching pair must be nearer than every other by a margin.

Kiros, Salakhutdinov, Zemel, "Unifying Visual-Semantic Embeddings with Multimodal Neural
Language Models" (2014); P2 equation 1, P3 equation 1, P5 equation 1. All other pairs of
the batch are negatives; a sheet window is held against the audio windows. The papers write a sum;
the mean over all terms differs by a constant that Adam does not see.
"""

from __future__ import annotations

import torch
from torch import Tensor
from torch.nn import functional


def ranking(sheet: Tensor, audio: Tensor, margin: float) -> Tensor:
    """Mean hinge over sheet windows and their negatives.

    sheet, audio : float [n, d], any length; row k of both belong together.
    """
    similarity = functional.normalize(sheet, dim=1) @ functional.normalize(audio, dim=1).T
    short = (margin - similarity.diagonal()[:, None] + similarity).clamp_min(0)
    others = ~torch.eye(len(short), dtype=torch.bool, device=short.device)
    return short[others].mean()
