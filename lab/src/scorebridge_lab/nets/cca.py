"""Canonical correlation: its matrices, and the projection layer that sits on both encoders.

P1 section 2; Dorfer, Schlüter, Vall, Korzeniowski, Widmer, "End-to-end cross-modality
retrieval with CCA projections and pairwise ranking loss" (IJMIR 2018), used by P2 to P5.

CCA whitens both views and rotates them by the singular vectors of
T = Sx^-1/2 Sxy Sy^-1/2 = U D V'. Where all dimensions are kept (32 of 32, as in all
papers) cosines do not change if both views are rotated together, so whitening both and
rotating one by the orthogonal factor of T (V U', which is T's polar factor turned
round) gives the very same similarities. That factor and the whitening have gradients
that stay finite where singular values meet; singular vectors' do not.
"""

from __future__ import annotations

from typing import Any

import torch
from torch import Tensor, nn

from scorebridge_lab.nets.paper_shape import MOMENTUM

RIDGE = 1e-3  # added to the diagonals of both covariances (P1: "regularised")


class _InverseRoot(torch.autograd.Function):
    """S^-1/2 of a symmetric positive matrix.

    Its derivative in the basis of S is -1 / (ab(a + b)), a and b the roots of two eigenvalues
    (Daleckii and Krein): finite where eigenvalues are equal.
    """

    @staticmethod
    def forward(ctx: Any, matrix: Tensor) -> Tensor:
        values, basis = torch.linalg.eigh(matrix)
        roots = values.clamp_min(torch.finfo(values.dtype).eps).sqrt()
        ctx.save_for_backward(roots, basis)
        return basis / roots @ basis.T

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> Tensor:
        roots, basis = ctx.saved_tensors
        a, b = roots[:, None], roots[None]
        inner = basis.T @ grads[0] @ basis / (-a * b * (a + b))
        result = basis @ inner @ basis.T
        return (result + result.T) / 2


def inverse_root(matrix: Tensor) -> Tensor:
    """S^-1/2 of a symmetric positive definite matrix [d, d], with a gradient."""
    return _InverseRoot.apply(matrix)  # pyright: ignore[reportReturnType]


def covariances(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor, Tensor]:
    """Sx, Sy, Sxy of two views [n, d], each [d, d] (P1 equations 1 and 2); no ridge."""
    x, y = x - x.mean(0), y - y.mean(0)
    share = 1 / (len(x) - 1)
    return x.T @ x * share, y.T @ y * share, x.T @ y * share


def correlation(sx: Tensor, sy: Tensor, sxy: Tensor, ridge: float = RIDGE) -> Tensor:
    """T = (Sx + r)^-1/2 Sxy (Sy + r)^-1/2; its singular values are the canonical correlations."""
    eye = ridge * torch.eye(len(sx), dtype=sx.dtype, device=sx.device)
    return inverse_root(sx + eye) @ sxy @ inverse_root(sy + eye)


def projections(sx: Tensor, sy: Tensor, sxy: Tensor, ridge: float = RIDGE) -> tuple[Tensor, Tensor]:
    """Matrices [d, d] that take each view's centred rows into the common space."""
    eye = torch.eye(len(sx), dtype=sx.dtype, device=sx.device)
    wx, wy = inverse_root(sx + ridge * eye), inverse_root(sy + ridge * eye)
    t = wx @ sxy @ wy
    # The polar factor U V' = T (T'T)^-1/2; the small ridge keeps dead directions finite.
    turn = t @ inverse_root(t.T @ t + 1e-6 * eye)
    return wx, wy @ turn.T


class Cca(nn.Module):
    """The projection layer: running covariances in training, fixed projections in use.

    momentum : share of the running estimates that a batch replaces; gradients flow through it. A
        hundred pairs correlate in 32 dimensions by chance, and correlation that a batch's own share
        explains teaches nothing, so a small share learns faster than 1 (the authors' code).
    """

    sheet_mean: Tensor
    sheet_covariance: Tensor
    sheet_projection: Tensor
    audio_mean: Tensor
    audio_covariance: Tensor
    audio_projection: Tensor
    cross_covariance: Tensor
    batches: Tensor

    def __init__(self, dim: int = 32, momentum: float = MOMENTUM, ridge: float = RIDGE) -> None:
        super().__init__()
        self.momentum, self.ridge = momentum, ridge
        for name in ("sheet", "audio"):
            self.register_buffer(f"{name}_mean", torch.zeros(dim))
            self.register_buffer(f"{name}_covariance", torch.eye(dim))
            self.register_buffer(f"{name}_projection", torch.eye(dim))
        self.register_buffer("cross_covariance", torch.zeros(dim, dim))
        self.register_buffer("batches", torch.zeros((), dtype=torch.long))

    def forward(self, sheet: Tensor, audio: Tensor) -> tuple[Tensor, Tensor]:
        """Project a training batch of both views, [n, d] each; updates the running estimates."""
        sheet, audio = sheet.float(), audio.float()
        # A true mean over the first batches, then an exponential one.
        share = max(self.momentum, 1 / (1 + int(self.batches)))
        now = (sheet.mean(0), audio.mean(0), *covariances(sheet, audio))
        mixed = [
            (1 - share) * old + share * new for old, new in zip(self._running(), now, strict=True)
        ]
        with torch.no_grad():
            for old, new in zip(self._running(), mixed, strict=True):
                old.copy_(new)
            self.batches += 1
        px, py = projections(*mixed[2:], ridge=self.ridge)
        self._fix(px, py)
        return (sheet - mixed[0]) @ px, (audio - mixed[1]) @ py

    @torch.no_grad()
    def fit(self, sheet: Tensor, audio: Tensor) -> None:
        """Fix the projections from many pairs at once, [n, d] each, in double precision.

        After Deep CCA (P1 section 2.2), and to refine the running estimates of a trained pair
        (the authors of P5 do so).
        """
        sheet, audio = sheet.double(), audio.double()
        fitted = (sheet.mean(0), audio.mean(0), *covariances(sheet, audio))
        for old, new in zip(self._running(), fitted, strict=True):
            old.copy_(new)
        self._fix(*projections(*fitted[2:], ridge=self.ridge))

    def sheet(self, features: Tensor) -> Tensor:
        """[n, d] -> [n, d] by the fixed projection."""
        return (features.float() - self.sheet_mean) @ self.sheet_projection

    def audio(self, features: Tensor) -> Tensor:
        """[n, d] -> [n, d] by the fixed projection."""
        return (features.float() - self.audio_mean) @ self.audio_projection

    def _running(self) -> tuple[Tensor, ...]:
        return (
            self.sheet_mean,
            self.audio_mean,
            self.sheet_covariance,
            self.audio_covariance,
            self.cross_covariance,
        )

    @torch.no_grad()
    def _fix(self, sheet: Tensor, audio: Tensor) -> None:
        self.sheet_projection.copy_(sheet)
        self.audio_projection.copy_(audio)
