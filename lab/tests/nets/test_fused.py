"""Batch norm, ELU and pooling in one pass: held against torch's own layers."""

from __future__ import annotations

import copy

import pytest
import torch
from torch import Tensor, nn
from torch.nn import functional

from scorebridge_lab.nets import fused
from scorebridge_lab.nets.layers import PART, Convolutions

pytestmark = pytest.mark.slow
CLOSE = 0.004  # of the norm: rounding to bfloat16 alone is .0017


@pytest.fixture(autouse=True)
def built() -> None:
    """Builds the layers when the first test runs, not when tests are collected."""
    if fused.kernels() is None:
        pytest.skip("no C++ compiler, or a processor without AVX-512 bfloat16")


def apart(x: Tensor, y: Tensor) -> float:
    x, y = x.detach().float(), y.detach().float()
    return float((x - y).norm() / y.norm())


def shuffled(norm: nn.BatchNorm2d) -> nn.BatchNorm2d:
    nn.init.uniform_(norm.weight, -1, 1.5)  # negative factors too
    nn.init.normal_(norm.bias)
    return norm


@pytest.mark.parametrize(
    ("channels", "rows", "columns", "pooled"),
    [(24, 8, 10, False), (24, 9, 11, True), (48, 8, 7, True), (96, 5, 7, True), (12, 8, 8, False)],
)
def test_norm_elu_and_its_gradients_are_torchs(channels, rows, columns, pooled):
    torch.manual_seed(0)
    maps = torch.randn(6, channels, rows, columns) * 2 + 3
    maps = maps.to(torch.bfloat16).contiguous(memory_format=torch.channels_last)
    norm = shuffled(nn.BatchNorm2d(channels))
    plain = copy.deepcopy(norm)
    parts = [part.requires_grad_() for part in maps.clone().split(2)]
    whole = maps.float().requires_grad_()
    assert all(fused.able(part, norm) for part in parts)
    mine = torch.cat(fused.norm_elu(parts, norm, pooled))
    theirs = functional.elu(plain(whole))
    theirs = functional.max_pool2d(theirs, 2) if pooled else theirs
    gradient = torch.randn_like(theirs).to(torch.bfloat16)
    mine.backward(gradient)
    theirs.backward(gradient.float())
    assert apart(mine, theirs) < CLOSE
    assert whole.grad is not None
    assert apart(torch.cat([p.grad for p in parts if p.grad is not None]), whole.grad) < CLOSE
    for own, other in zip(norm.parameters(), plain.parameters(), strict=True):
        assert own.grad is not None and other.grad is not None
        assert apart(own.grad, other.grad) < 1e-4
    for own, other in zip(norm.buffers(), plain.buffers(), strict=True):
        assert torch.allclose(own, other, rtol=1e-4)
    mine = torch.cat(fused.norm_elu(parts, norm.eval(), pooled))
    theirs = functional.elu(plain.eval()(whole))
    assert apart(mine, functional.max_pool2d(theirs, 2) if pooled else theirs) < CLOSE


@pytest.mark.parametrize("channels", [12, 24])
def test_the_first_convolution_and_its_gradients_are_torchs(channels):
    torch.manual_seed(0)
    layers = Convolutions(
        nn.Conv2d(1, channels, 3, padding=1, bias=False),
        shuffled(nn.BatchNorm2d(channels)),
        nn.ELU(inplace=True),
    )
    plain = copy.deepcopy(layers)
    images = 1 - torch.rand(PART + 3, 1, 13, 21) ** 6  # mostly paper, as pages are
    with torch.autocast("cpu", torch.bfloat16):
        mine = layers(images)
    theirs = plain(images)
    assert mine.dtype == torch.bfloat16 and theirs.dtype == torch.float32
    gradient = torch.randn_like(theirs).to(torch.bfloat16)
    mine.backward(gradient)
    theirs.backward(gradient.float())
    assert apart(mine, theirs) < CLOSE
    for own, other in zip(layers.parameters(), plain.parameters(), strict=True):
        assert own.grad is not None and other.grad is not None
        assert apart(own.grad, other.grad) < 1e-4
    for own, other in zip(layers.buffers(), plain.buffers(), strict=True):
        assert torch.allclose(own, other, rtol=1e-4)
    with torch.autocast("cpu", torch.bfloat16), torch.no_grad():
        mine = layers.eval()(images)
    assert apart(mine, plain.eval()(images)) < CLOSE


def test_in_float32_layers_run_as_they_are():
    layers = Convolutions(nn.Conv2d(1, 24, 3), nn.BatchNorm2d(24), nn.ELU())
    images = torch.rand(4, 1, 12, 12)
    assert not fused.wanted(images)
    plain = functional.elu(copy.deepcopy(layers[1])(layers[0](images)))
    assert torch.equal(layers(images), plain)
