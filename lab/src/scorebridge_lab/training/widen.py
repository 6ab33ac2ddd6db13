"""Trained weights for a larger network, which at first gives the vectors of the trained one.

New weights of a layer begin as drawn, and old ones do not depend on them yet. (Copies of trained
channels, as Net2Net has them, stay equal for ever, since their gradients are.)
"""

from __future__ import annotations

from torch import Tensor

from scorebridge_lab.nets.compact import Pair


def can_widen(begun: Pair, pair: Pair) -> bool:
    """Whether `widened` can fill `pair`: larger or alike in all; the last convolution, which the
    head reads by channel, as wide as it was."""
    if begun.dim > pair.dim or begun.mixing > pair.mixing:
        return False
    if begun.channels == pair.channels:
        return True
    widths = zip(begun.channels, pair.channels, strict=False)
    same = len(begun.channels) == len(pair.channels) and begun.channels[-1] == pair.channels[-1]
    return same and all(old <= new for old, new in widths)


def widened(trained: dict[str, Tensor], fresh: dict[str, Tensor]) -> dict[str, Tensor]:
    """The state of the pair `fresh`, filled with a smaller one's."""
    return {
        name: _filled(trained[name], new) if name in trained else new for name, new in fresh.items()
    }


def _filled(old: Tensor, new: Tensor) -> Tensor:
    """`new` with `old` in its first corner; its first rows depend on nothing new."""
    if not old.ndim:
        return old
    out = new.clone()
    rows = out[: len(old)]
    rows.zero_()
    rows[tuple(slice(n) for n in old.shape)] = old
    return out
