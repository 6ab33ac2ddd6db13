"""One process or many: what a training loop needs to run under plain `torchrun`.

Every process draws the same batch and encodes its own share of it; features are
gathered, so that the loss sees the whole batch (contrastive losses need it), and the
gradients are averaged. Started without `torchrun` all of this does nothing.
"""

from __future__ import annotations

import ctypes
import os
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import torch
from torch import Tensor, distributed, nn

TRIM_THRESHOLD, TOP_PAD, MMAP_MAX = -1, -2, -4  # numbers of glibc's mallopt(3)


@dataclass(frozen=True)
class World:
    """This process among all."""

    rank: int = 0
    size: int = 1
    device: torch.device = field(default_factory=lambda: torch.device("cpu"))

    @property
    def first(self) -> bool:
        """Whether this process writes files and prints."""
        return self.rank == 0

    def share(self, count: int) -> slice:
        """The rows of a batch of `count` that this process encodes."""
        return slice(self.rank * count // self.size, (self.rank + 1) * count // self.size)


def join() -> World:
    """Join the other processes that `torchrun` started, or stay alone."""
    size, rank = int(os.environ.get("WORLD_SIZE", "1")), int(os.environ.get("RANK", "0"))
    gpus = torch.cuda.device_count()
    device = torch.device("cpu")
    if gpus:
        device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")) % gpus)
        torch.cuda.set_device(device)
    if size > 1 and not distributed.is_initialized():
        distributed.init_process_group("nccl" if gpus else "gloo")
    return World(rank, size, device)


def quick_in_bf16(device: torch.device) -> bool:
    """Whether bfloat16 is quicker than float32 there; most processors only emulate it.

    On an AMD Zen 3 (AVX2) our pair trains on 82 pairs a second in float32, on 6 in bfloat16; on a
    Xeon with AVX-512 but without its bfloat16 the papers' on 40 and 21.
    """
    if device.type == "cuda":
        return torch.cuda.is_bf16_supported()
    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def keep_memory() -> None:
    """Have glibc keep what is freed: maps of a batch are tens of megabytes, and getting their pages
    from the system again for each costs as long as a convolution. Elsewhere nothing happens."""
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return
    for name, value in ((MMAP_MAX, 0), (TRIM_THRESHOLD, 2**31 - 1), (TOP_PAD, 2**26)):
        mallopt(name, value)


def leave(world: World) -> None:
    """End what `join` began."""
    if world.size > 1 and distributed.is_initialized():
        distributed.barrier()
        distributed.destroy_process_group()


class _Gather(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, part: Tensor, world: World, count: int) -> Tensor:
        ctx.world, ctx.count = world, count
        whole = part.new_zeros(count, *part.shape[1:])
        whole[world.share(count)] = part
        distributed.all_reduce(whole)
        return whole

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, None, None]:
        # Times the number of processes, because `average_gradients` divides by it again.
        return grads[0][ctx.world.share(ctx.count)] * ctx.world.size, None, None


def gather(part: Tensor, world: World, count: int) -> Tensor:
    """All `count` rows of a batch from every process's share, with gradients."""
    if world.size == 1:
        return part
    return _Gather.apply(part.contiguous(), world, count)  # pyright: ignore[reportReturnType]


def average_gradients(parameters: Iterable[nn.Parameter], world: World) -> None:
    """Make every process's gradients the mean over processes."""
    if world.size == 1:
        return
    for parameter in parameters:
        if parameter.grad is None:
            parameter.grad = torch.zeros_like(parameter)
        distributed.all_reduce(parameter.grad)
        parameter.grad /= world.size


@torch.no_grad()
def average_buffers(model: nn.Module, world: World) -> None:
    """Make batch-norm statistics the mean over processes (before evaluating and saving)."""
    if world.size == 1:
        return
    for buffer in model.buffers():
        if buffer.is_floating_point():
            distributed.all_reduce(buffer)
            buffer /= world.size


def spread(model: nn.Module, world: World) -> nn.Module:
    """Batch norm over all processes where the devices allow it (GPUs)."""
    if world.size > 1 and world.device.type == "cuda":
        return nn.SyncBatchNorm.convert_sync_batchnorm(model)
    return model


def all_objects(value: Any, world: World) -> list[Any]:
    """Every process's `value`, in the order of ranks."""
    if world.size == 1:
        return [value]
    values: list[Any] = [None] * world.size
    distributed.all_gather_object(values, value)
    return values
