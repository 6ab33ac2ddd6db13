"""One process or many: collective operations of a training loop under plain `torchrun`.

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
class Processes:
    """This process among all that train."""

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


def join() -> Processes:
    """Joins the other processes that `torchrun` started; without it there is one."""
    size, rank = int(os.environ.get("WORLD_SIZE", "1")), int(os.environ.get("RANK", "0"))
    gpus = torch.cuda.device_count()
    device = torch.device("cpu")
    if gpus:
        device = torch.device("cuda", int(os.environ.get("LOCAL_RANK", "0")) % gpus)
        torch.cuda.set_device(device)
    if size > 1 and not distributed.is_initialized():
        distributed.init_process_group("nccl" if gpus else "gloo")
    return Processes(rank, size, device)


def quick_in_bf16(device: torch.device) -> bool:
    """Whether bfloat16 is quicker than float32 there; most processors only emulate it."""
    if device.type == "cuda":
        return torch.cuda.is_bf16_supported()
    able = torch.cpu.get_capabilities()
    return bool(able.get("avx512_bf16") or able.get("amx_bf16"))


def keep_memory() -> None:
    """Makes glibc keep freed memory; does nothing where there is another C library.

    The maps of a batch take tens of megabytes, and fetching their pages from the system again costs
    as much time as a convolution.
    """
    try:
        mallopt = ctypes.CDLL(None).mallopt
    except (OSError, AttributeError):
        return
    for name, value in ((MMAP_MAX, 0), (TRIM_THRESHOLD, 2**31 - 1), (TOP_PAD, 2**26)):
        mallopt(name, value)


def leave(processes: Processes) -> None:
    """End what `join` began."""
    if processes.size > 1 and distributed.is_initialized():
        distributed.barrier()
        distributed.destroy_process_group()


class _Gather(torch.autograd.Function):
    @staticmethod
    def forward(ctx: Any, part: Tensor, processes: Processes, count: int) -> Tensor:
        ctx.processes, ctx.count = processes, count
        whole = part.new_zeros(count, *part.shape[1:])
        whole[processes.share(count)] = part
        distributed.all_reduce(whole)
        return whole

    @staticmethod
    def backward(ctx: Any, *grads: Tensor) -> tuple[Tensor, None, None]:
        # Times the number of processes, because `average_gradients` divides by it again.
        return grads[0][ctx.processes.share(ctx.count)] * ctx.processes.size, None, None


def gather(part: Tensor, processes: Processes, count: int) -> Tensor:
    """All `count` rows of a batch from every process's share, with gradients."""
    if processes.size == 1:
        return part
    return _Gather.apply(part.contiguous(), processes, count)  # pyright: ignore[reportReturnType]


def average_gradients(parameters: Iterable[nn.Parameter], processes: Processes) -> None:
    """Make every process's gradients the mean over processes."""
    if processes.size == 1:
        return
    for parameter in parameters:
        if parameter.grad is None:
            parameter.grad = torch.zeros_like(parameter)
        distributed.all_reduce(parameter.grad)
        parameter.grad /= processes.size


@torch.no_grad()
def average_buffers(model: nn.Module, processes: Processes) -> None:
    """Make batch-norm statistics the mean over processes (before evaluating and saving)."""
    if processes.size == 1:
        return
    for buffer in model.buffers():
        if buffer.is_floating_point():
            distributed.all_reduce(buffer)
            buffer /= processes.size


def spread(model: nn.Module, processes: Processes) -> nn.Module:
    """Batch norm over all processes where the devices allow it (GPUs)."""
    if processes.size > 1 and processes.device.type == "cuda":
        return nn.SyncBatchNorm.convert_sync_batchnorm(model)
    return model


def all_objects(value: Any, processes: Processes) -> list[Any]:
    """Every process's `value`, in the order of ranks."""
    if processes.size == 1:
        return [value]
    values: list[Any] = [None] * processes.size
    distributed.all_gather_object(values, value)
    return values
