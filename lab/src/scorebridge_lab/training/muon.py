"""Muon: the momentum of a matrix becomes orthogonal before it is a step; AdamW does the rest.

A gradient moves few directions of a weight matrix far and most hardly at all; the orthogonal
matrix nearest to it moves all equally. Jordan et al., "Muon: An optimizer for hidden layers
in neural networks" (2024), filters of a convolution taken as rows; steps as long as those of AdamW,
so that one rate serves both: Liu et al., "Muon is Scalable for LLM Training" (2025), section 2.2.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import torch
from torch import Tensor, nn

MOMENTUM = 0.95
SIZE = 0.2  # root mean square of an AdamW step, in rates of learning
QUINTIC = (3.4445, -4.7750, 2.0315)  # brings singular values from (0, 1] to about 1 in five rounds


def is_matrix(name: str, weights: Tensor) -> bool:
    """Whether weights map one set of features to another; a table of places does not."""
    return weights.ndim > 1 and name.rpartition(".")[2] == "weight"


def orthogonal(matrix: Tensor, rounds: int = 5) -> Tensor:
    """Nearly the nearest (semi-)orthogonal matrix: [m, n] with singular values of .7 to 1.2.

    By Newton-Schulz iteration; directions a thousandth as strong as the strongest stay weaker.
    """
    a, b, c = QUINTIC
    x = matrix.float()
    tall = len(x) > x.shape[1]
    x = x.T if tall else x
    x = x / (x.norm() + 1e-7)
    for _ in range(rounds):
        square = x @ x.T
        x = a * x + (b * square + c * square @ square) @ x
    return x.T if tall else x


class Muon(torch.optim.AdamW):
    """`torch.optim.AdamW` but for the matrices of a network.

    named : names and weights; decay : of weights of two dimensions or more.
    """

    def __init__(self, named: Iterable[tuple[str, nn.Parameter]], lr: float, decay: float) -> None:
        matrices, tables, vectors = [], [], []
        for name, weights in named:
            kind = matrices if is_matrix(name, weights) else tables if weights.ndim > 1 else vectors
            kind.append(weights)
        groups: list[dict[str, Any]] = [
            {"params": matrices, "weight_decay": decay, "matrices": True},
            {"params": tables, "weight_decay": decay, "matrices": False},
            {"params": vectors, "weight_decay": 0.0, "matrices": False},
        ]
        super().__init__([g for g in groups if g["params"]], lr=lr)

    @torch.no_grad()
    def step(self, closure: None = None) -> None:  # pyright: ignore[reportIncompatibleMethodOverride]
        """One step from the gradients that are there; those of matrices are used up."""
        for group in self.param_groups:
            for weights in group["params"] if group["matrices"] else ():
                if weights.grad is not None:
                    self._turn(weights, group["lr"], group["weight_decay"])
                    weights.grad = None  # AdamW passes over what has none
        super().step()

    def _turn(self, weights: Tensor, rate: float, decay: float) -> None:
        gradient, state = weights.grad, self.state[weights]
        assert gradient is not None
        if not state:
            state["momentum"] = torch.zeros_like(weights)
            state["step"] = torch.tensor(0.0)  # which AdamW looks for when it is loaded
        state["momentum"].lerp_(gradient, 1 - MOMENTUM)
        ahead = gradient.lerp(state["momentum"], MOMENTUM).flatten(1)  # Nesterov's
        size = SIZE * max(ahead.shape) ** 0.5
        weights.mul_(1 - rate * decay)
        weights.add_(orthogonal(ahead).reshape(weights.shape), alpha=-rate * size)
