"""Batch norm, ELU and max pooling in one pass over bfloat16 maps, on processors that can.

On a processor with matrix units the papers' networks spend two thirds of a step not in
convolutions but in what lies between them, each of which reads and writes every map. `fused.cpp`
does it in one pass forward and two backward. torch builds it once with a C++ compiler (half a
minute) and keeps it. Where there is no compiler, no AVX-512 with bfloat16 or no bfloat16 training,
layers run as they are.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import torch
from torch import Tensor, nn

OFF = "SCOREBRIDGE_PLAIN_LAYERS"
"""Set in the environment: never fuse."""


@cache
def kernels() -> Any:
    """The compiled functions, or None where they cannot be had."""
    able = torch.cpu.get_capabilities()
    if os.environ.get(OFF) or not able.get("avx512_bf16") or not shutil.which("c++"):
        return None
    from torch.utils.cpp_extension import load

    try:
        flags = ["-O3", "-march=native"]
        sources = [str(Path(__file__).with_name(f"{n}.cpp")) for n in ("fused", "fused_first")]
        return load("scorebridge_fused", sources, extra_cflags=flags)
    except (RuntimeError, OSError, ImportError):
        return None


def wanted(x: Tensor) -> bool:
    """Whether a network that starts on `x` is to be fused: bfloat16 training on a processor."""
    return (
        x.device.type == "cpu"
        and torch.is_autocast_enabled("cpu")
        and torch.get_autocast_dtype("cpu") == torch.bfloat16
        and not torch.compiler.is_compiling()
        and kernels() is not None
    )


def able(x: Tensor, norm: nn.BatchNorm2d) -> bool:
    """Whether these maps can be fused: bfloat16, channels last, registers filled."""
    if x.dtype != torch.bfloat16 or not norm.affine:
        return False
    period = x.shape[1]
    while period % 16:
        period += x.shape[1]
    fits = period // 16 in (1, 2, 3, 4, 6) and x.numel() % period == 0
    return fits and x.is_contiguous(memory_format=torch.channels_last)


class _NormElu(torch.autograd.Function):
    """ELU of batch norm in training, pooled or not, of maps in parts."""

    @staticmethod
    def forward(
        ctx: Any, norm: Any, pooled: bool, gamma: Tensor, beta: Tensor, *parts: Tensor
    ) -> tuple[Tensor, ...]:
        built = kernels()
        count = sum(x.numel() for x in parts) // parts[0].shape[1]
        shift = norm.running_mean.clone()
        first, second = _total(built.moments(x, shift) for x in parts) / count
        mean = shift + first
        root = _keep_moments(norm, mean, (second - first**2).clamp_min(0), count)
        a = gamma.double() * root
        b = beta.double() - a * mean
        ctx.save_for_backward(a, b, mean, root, *parts)
        ctx.pooled, ctx.count, ctx.kind = pooled, count, gamma.dtype
        return tuple(built.forward(x, a, b, pooled) for x in parts)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        a, b, mean, root, *parts = ctx.saved_tensors
        built, pooled = kernels(), ctx.pooled
        dys = [_as_maps(g) for g in grads]
        pairs = list(zip(parts, dys, strict=True))
        total, moment = _total(built.backward_sums(x, dy, a, b, mean, pooled) for x, dy in pairs)
        by_gamma = moment * root
        slope = -a * by_gamma * root / ctx.count
        offset = -a * total / ctx.count - slope * mean
        dxs = (built.backward(x, dy, a, b, a, slope, offset, pooled) for x, dy in pairs)
        return None, None, by_gamma.to(ctx.kind), total.to(ctx.kind), *dxs


def _total(sums: Iterable[Tensor]) -> Tensor:
    return torch.stack(list(sums)).sum(0)


def _as_maps(gradient: Tensor) -> Tensor:
    return gradient.to(torch.bfloat16).contiguous(memory_format=torch.channels_last)


def _keep_moments(norm: Any, mean: Tensor, variance: Tensor, count: int) -> Tensor:
    """Update running mean and variance, as batch norm does; returns 1 / standard deviation."""
    norm.running_mean.lerp_(mean.float(), norm.momentum)
    norm.running_var.lerp_((variance * count / max(1, count - 1)).float(), norm.momentum)
    norm.num_batches_tracked += 1
    return (variance + norm.eps).rsqrt()


def norm_elu(parts: Sequence[Tensor], norm: nn.BatchNorm2d, pooled: bool) -> list[Tensor]:
    """What batch norm, ELU and, if `pooled`, 2x2 max pooling make of maps that are `able`.

    parts : one batch, cut into parts that fit the processor's caches.
    """
    if norm.training:
        return list(_NormElu.apply(norm, pooled, norm.weight, norm.bias, *parts))  # pyright: ignore[reportArgumentType]
    a, b = _fixed(norm)
    return [kernels().forward(x, a, b, pooled) for x in parts]


def _fixed(norm: nn.BatchNorm2d) -> tuple[Tensor, Tensor]:
    """Factor and offset of batch norm in use."""
    assert norm.running_mean is not None and norm.running_var is not None
    a = norm.weight * (norm.running_var + norm.eps).rsqrt()
    return a, norm.bias - a * norm.running_mean


def able_first(x: Tensor, layer: nn.Module, norm: nn.BatchNorm2d) -> bool:
    """Whether a network's first convolution can be joined to its batch norm and ELU."""
    return (
        isinstance(layer, nn.Conv2d)
        and layer.in_channels == 1
        and layer.out_channels <= 32
        and layer.kernel_size == (3, 3)
        and layer.padding == (1, 1)
        and layer.bias is None
        and norm.affine
        and x.dtype == torch.float32
        and not x.requires_grad
    )


class _FirstNormElu(torch.autograd.Function):
    """ELU of batch norm of a convolution of one channel, in training, in parts.

    With G the sums of products of the input's patches, mean and variance of the convolution are
    w.m and w'(G / n - m m')w; the gradient of its weights follows from sums of dz alone.
    """

    @staticmethod
    def forward(
        ctx: Any, norm: Any, weight: Tensor, gamma: Tensor, beta: Tensor, *parts: Tensor
    ) -> tuple[Tensor, ...]:
        built, count = kernels(), sum(x.numel() for x in parts)
        w = weight.reshape(len(weight), 9).double()
        sums = _total(built.patch_sums(x) for x in parts)
        middle = sums[9] / count
        mean = w @ middle
        scatter = sums[:9] / count - torch.outer(middle, middle)
        root = _keep_moments(norm, mean, ((w @ scatter) * w).sum(1).clamp_min(0), count)
        a = gamma.double() * root
        ctx.save_for_backward(w, a, beta, mean, root, sums, *parts)
        ctx.count, ctx.shape, ctx.kind = count, weight.shape, gamma.dtype
        scaled, offset = w * a[:, None], beta.double() - a * mean
        return tuple(built.first_forward(x, scaled, offset) for x in parts)

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> Any:  # pyright: ignore[reportIncompatibleMethodOverride]
        w, a, beta, mean, root, sums, *parts = ctx.saved_tensors
        built, count = kernels(), ctx.count
        found = _total(
            built.first_sums(x, _as_maps(g), w, mean, a, beta)
            for x, g in zip(parts, grads, strict=True)
        )
        by_tap, total, moment = found[:9].T, found[9], found[10]
        by_gamma = moment * root
        # dx = a dz + slope (x - mean) + offset, summed with the input of each tap.
        slope, offset = -a * by_gamma * root / count, -a * total / count
        with_input = w @ sums[:9] - torch.outer(mean, sums[9])
        dw = a[:, None] * by_tap + slope[:, None] * with_input + torch.outer(offset, sums[9])
        changes = (dw.reshape(ctx.shape), by_gamma, total)
        return None, *(v.to(ctx.kind) for v in changes), *(None for _ in parts)


def first_norm_elu(parts: Sequence[Tensor], layer: nn.Conv2d, norm: nn.BatchNorm2d) -> list[Tensor]:
    """Convolution, batch norm and ELU of images [n, 1, rows, columns] that are `able_first`."""
    images = [x.reshape(len(x), *x.shape[2:]).contiguous() for x in parts]
    if norm.training:
        given = (norm, layer.weight, norm.weight, norm.bias, *images)
        return list(_FirstNormElu.apply(*given))  # pyright: ignore[reportArgumentType]
    a, b = _fixed(norm)
    w = layer.weight.reshape(len(a), 9) * a[:, None]
    return [kernels().first_forward(x, w, b) for x in images]
