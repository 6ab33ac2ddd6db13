"""Examples from works that are engraved in a random style, for the networks that read pages."""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Callable, Iterator, Sequence, Sized
from pathlib import Path
from typing import TypeVar

import numpy as np

from scorebridge_lab.engrave.engravers import engrave, engravers_of
from scorebridge_lab.engrave.engraving import Engraving
from scorebridge_lab.engrave.style import Style
from scorebridge_lab.sources.work import Work
from scorebridge_lab.workers import run_isolated

Examples = TypeVar("Examples", bound=Sized)

TIME_LIMIT = 240.0  # s for engraving and degrading one work


def examples_of(
    of_work: Callable[[Work], Examples], works: Sequence[Work], workers: int = 1
) -> Iterator[tuple[Work, Examples]]:
    """Yield the examples of each work that can be engraved, as they are finished."""
    for work, examples, error in run_isolated(of_work, works, workers, TIME_LIMIT):
        if error is None and len(examples):
            yield work, examples


def engraved(
    work: Work,
    seed: int,
    spaces: tuple[float, float],
    restyled: Callable[[Style], Style] = lambda style: style,
) -> tuple[Engraving, np.random.Generator]:
    """A work in a random style, and the generator that goes on; of its name and the seed alone.

    spaces : range of px between staff lines.
    """
    rng = np.random.default_rng([seed, zlib.crc32(work.name.encode())])
    style, space = restyled(Style.random(rng)), float(rng.uniform(*spaces))
    with tempfile.TemporaryDirectory() as folder:
        path = work.unpack(Path(folder))
        width = round(style.page_width * space)
        engraving = engrave(path, style, engravers_of(path)[0], work.name, width, work.keep)
    return engraving, rng


def chosen_pages(
    engraving: Engraving, count: int, copies: int, rng: np.random.Generator
) -> list[int]:
    """Up to `count` pages of a work, each `copies` times."""
    pages = rng.permutation(len(engraving.pages))[:count]
    return [int(page) for page in np.repeat(pages, copies)]
