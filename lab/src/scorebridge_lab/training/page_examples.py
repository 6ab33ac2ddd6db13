"""What the trainings of the networks for pages share: their works, cached examples, moved views."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.home import save_arrays
from scorebridge_lab.sources.registry import works_of
from scorebridge_lab.sources.work import Work

HELD_OUT = 8  # one work in so many
E = TypeVar("E")


def chosen(counts: Sequence[tuple[str, int]], root: Path | None = None) -> list[Work]:
    """Works of the sources, so many of each, evenly drawn and mixed. Only such as may train what
    ships."""
    lists = []
    for source, count in counts:
        works = works_of(source, root)
        lists.append(works[:: max(1, len(works) // count)][:count])
    ranked = [((k + 0.5) / len(works), w) for works in lists for k, w in enumerate(works)]
    return [work for _, work in sorted(ranked, key=lambda pair: pair[0])]


def is_held_out(name: str) -> bool:
    """Whether the examples of a work of this name are kept back from training."""
    return zlib.crc32(name.encode()) % HELD_OUT == 0


def cached_examples(
    works: Sequence[Work],
    cache: Path,
    seed: int,
    kind: Callable[..., E],
    make: Callable[[Sequence[Work], int], Iterable[tuple[Work, E]]],
    callback: Callable[[Work, E], None],
) -> Iterator[tuple[Work, E]]:
    """Yield each work that has examples, and them; `cache` stores them by work.

    kind : a dataclass of arrays. make : the examples of works that are not stored yet.
    """

    def place(work: Work) -> Path:
        return cache / f"{seed}-{work.source}-{zlib.crc32(work.name.encode()):08x}.npz"

    for work, made in make([w for w in works if not place(w).exists()], seed):
        save_arrays(place(work), True, **arrays(made))
        callback(work, made)
    for work in works:
        if place(work).exists():
            yield work, loaded(place(work), kind)


def arrays(examples: Any) -> dict[str, NDArray]:
    """The arrays of examples by name, as `loaded` expects them."""
    return {field.name: getattr(examples, field.name) for field in fields(examples)}


def loaded(path: Path, kind: Callable[..., E]) -> E:
    """Examples that were stored."""
    with np.load(path) as data:
        return kind(**data)


def varied(views: NDArray[np.uint8], max_shift: int, rng: np.random.Generator) -> NDArray[np.uint8]:
    """Views moved at random by up to `max_shift` px; uint8 [n, height, width]."""
    padded = np.pad(views, ((0, 0), (max_shift, max_shift), (max_shift, max_shift)), mode="edge")
    down, aside = rng.integers(0, 2 * max_shift + 1, (2, len(views)))
    rows = down[:, None, None] + np.arange(views.shape[1])[None, :, None]
    columns = aside[:, None, None] + np.arange(views.shape[2])[None, None]
    return padded[np.arange(len(views))[:, None, None], rows, columns]
