"""Pages of every scoring, engraved with the truth of their layout: a store that is filled and read.

One file (.npz) a work in `pages/train` and `pages/judge` of the lab's home, see
`engrave/page_truth.py`. Works are engraved in a random style, in a mixed order of their groups.

    for page in load_pages(stored("train", "choir")[0]): ...
"""

from __future__ import annotations

import tempfile
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from scorebridge_lab.dataset.page_engravers import ENGRAVERS
from scorebridge_lab.dataset.page_works import PageWork, Part, folder
from scorebridge_lab.engrave.page_truth import EngravedPage, load_meta, save_pages
from scorebridge_lab.errors import LabError
from scorebridge_lab.workers import run_isolated

TIME_LIMIT = 600.0  # s for one work


def stored(part: Part, *groups: str) -> list[Path]:
    """Files of a part, sorted by name; only those of `groups`, where any is given."""
    files = sorted((folder() / part).glob("*.npz"))
    return [f for f in files if not groups or load_meta(f)["group"] in groups]


def fill(works: Sequence[PageWork], workers: int = 1) -> Iterator[tuple[PageWork, str | None]]:
    """Engrave what is not stored yet; yields each work with its error, None where it is stored.

    A work that fails is listed in `failed.txt` of the store and not tried again.
    """
    place = folder()
    place.mkdir(parents=True, exist_ok=True)
    log = place / "failed.txt"
    failed = {line.split("\t")[0] for line in log.read_text().splitlines()} if log.exists() else ()
    todo = [w for w in works if not w.file.exists() and w.file.name not in failed]
    for job, _, error in run_isolated(store, todo, workers, TIME_LIMIT):
        if error is not None:
            with log.open("a") as out:
                out.write(f"{job.file.name}\t{' '.join(error.split())[:200]}\n")
        yield job, error


def store(job: PageWork) -> int:
    """Engrave one work and store it; returns its number of pages. Raises LabError."""
    pages, meta = engrave_pages(job)
    if not pages:
        raise LabError(f"{job.work.name}: no page can be engraved")
    save_pages(job.file, pages, meta)
    return len(pages)


def engrave_pages(job: PageWork, seed: int = 0) -> tuple[list[EngravedPage], dict[str, Any]]:
    """Up to `MAX_PAGES` pages of a work, and what is known of it.

    They depend on the name of its file and the seed alone. Raises LabError.
    """
    rng = np.random.default_rng([seed, zlib.crc32(job.file.name.encode())])
    with tempfile.TemporaryDirectory() as temporary:
        pages, facts = ENGRAVERS[job.engraver](job, rng, Path(temporary))
    meta = {
        "name": job.work.name,
        "source": job.work.source,
        "group": job.group,
        "part": job.part,
        "licence": job.work.licence,
        "composer": job.work.composer,
        "edition": job.edition,
        **facts,
    }
    return pages, meta
