"""Pages of every scoring, engraved with the truth of their layout: a store that is filled and read.

One file (.npz) a work in `pages/train` and `pages/judge` of the lab's home, see
`engrave/page_truth.py`. Works are engraved in a random style, in a mixed order of their groups.

    for page in load_pages(stored("train", "choir")[0]): ...
"""

from __future__ import annotations

import json
import tempfile
import zlib
from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from scorebridge_lab.dataset.page_works import PageWork, Part, folder
from scorebridge_lab.engrave.mei_edit import MeiEdit, draw_edit, edited, labels_of
from scorebridge_lab.engrave.page_truth import EngravedPage, load_meta, save_pages
from scorebridge_lab.engrave.style import Style
from scorebridge_lab.engrave.verovio import options_of, source_text
from scorebridge_lab.engrave.verovio_layout import measure_numbers, pages_of
from scorebridge_lab.errors import LabError
from scorebridge_lab.workers import run_isolated

STAFF_SPACES = (6.0, 14.0)  # px
MAX_PIXELS = 6e6  # of a page
MAX_PAGES = 4  # of a work
MAX_MEASURES = 90  # longer works are cut
TIME_LIMIT = 240.0  # s for one work


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
    """Up to `MAX_PAGES` pages of a work; they depend on its name and the seed alone."""
    import verovio

    verovio.enableLog(verovio.LOG_OFF)
    rng = np.random.default_rng([seed, zlib.crc32(job.file.name.encode())])
    style, extra = draw_style(job.staves, rng)
    space = float(rng.uniform(*STAFF_SPACES))
    space = min(space, float(np.sqrt(MAX_PIXELS / (style.page_width * style.page_height))))
    with tempfile.TemporaryDirectory() as temporary:
        text = source_text(job.work.unpack(Path(temporary)), job.work.keep)
    toolkit = verovio.toolkit()
    toolkit.setOptions({**options_of(style), **extra})
    if not toolkit.loadData(text):
        raise LabError(f"{job.work.name}: Verovio cannot read it")
    mei = toolkit.getMEI()
    labels = labels_of(mei)
    edit = draw_edit(job.group, len(labels), job.edition != "score", labels, rng)
    if edit.staff is not None and (edit.join_rests or edit.chords):
        style = replace(style, hide=tuple(h for h in style.hide if h != "harm"))
    if edit != MeiEdit() and not toolkit.loadData(edited(mei, edit, rng)):
        raise LabError(f"{job.work.name}: Verovio cannot read the edited MEI")
    count = len(measure_numbers(mei))
    if count > MAX_MEASURES and edit.staff is None:
        start = 1 if rng.random() < 0.4 else int(rng.integers(1, count - MAX_MEASURES))
        toolkit.select({"measureRange": f"{start}-{start + MAX_MEASURES}"})
        toolkit.redoLayout()
    hidden = style.hide + (("mNum",) if style.bar_numbers < 0 else ())
    chosen = [int(k) for k in sorted(rng.permutation(toolkit.getPageCount())[:MAX_PAGES])]
    meta = {
        "name": job.work.name,
        "source": job.work.source,
        "group": job.group,
        "part": job.part,
        "licence": job.work.licence,
        "composer": job.work.composer,
        "engraver": f"verovio {verovio.toolkit().getVersion()}",
        "style": json.loads(json.dumps({**style.__dict__, **extra})),
        "edition": job.edition,
        "edit": asdict(edit),
    }
    return list(pages_of(toolkit, space, chosen, hidden)), meta


def draw_style(staves: int, rng: np.random.Generator) -> tuple[Style, dict[str, Any]]:
    """A random style for systems of so many staves, and further options of Verovio."""
    style = Style.random(rng)
    gap = float(rng.uniform(3.5, 6 if staves > 8 else 8.5))
    needed = staves * (4 + gap + 1.5) + 2 * style.margin_y + 12
    height = max(style.page_height, needed * float(rng.uniform(1.0, 1.15)))
    style = replace(
        style,
        staff_gap=gap,
        page_height=height,
        page_width=max(style.page_width, height / float(rng.uniform(1.25, 1.5))),
        breaks="smart" if rng.random() < 0.5 else "auto",
        bar_numbers=int(rng.choice([-1, 0, 1, 5, 10], p=[0.2, 0.55, 0.1, 0.1, 0.05])),
    )
    extra = {
        "breaksSmartSb": float(rng.uniform(0.3, 0.6)),
        "condense": "auto" if rng.random() < 0.6 else "none",
        "bracketThickness": float(rng.uniform(0.5, 1.6)),
        "multiRestStyle": str(rng.choice(["auto", "block", "symbols"])),
        "useBraceGlyph": bool(rng.random() < 0.3),
        "systemDivider": str(
            rng.choice(["none", "auto", "left", "left-right"], p=[0.6, 0.2, 0.1, 0.1])
        ),
        "barLineSeparation": float(rng.uniform(0.6, 1.2)),
        "justificationStaff": float(rng.uniform(0.3, 2)),
        "spacingBraceGroup": round(2 * gap),
        "spacingBracketGroup": round(2 * gap),
    }
    return style, extra
