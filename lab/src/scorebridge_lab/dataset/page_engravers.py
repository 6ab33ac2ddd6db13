"""Engrave a work as pages in a random style, by Verovio, MuseScore or LilyPond."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np

from scorebridge_lab.dataset.page_works import EngraverName, PageWork
from scorebridge_lab.engrave import lilypond_layout, musescore, musescore_layout
from scorebridge_lab.engrave.lilypond_layout import LilypondLayout
from scorebridge_lab.engrave.mei_edit import MeiEdit, draw_edit, edited, labels_of
from scorebridge_lab.engrave.musescore import MuseScoreStyle
from scorebridge_lab.engrave.musicxml_edit import (
    add_chords,
    cut_measures,
    keep_part,
    measure_count,
    part_staves,
)
from scorebridge_lab.engrave.page_truth import EngravedPage
from scorebridge_lab.engrave.style import Style
from scorebridge_lab.engrave.verovio import options_of, source_text
from scorebridge_lab.engrave.verovio_layout import measure_numbers, pages_of
from scorebridge_lab.errors import LabError

STAFF_SPACES = (6.0, 14.0)  # px
MAX_PIXELS = 6e6  # of a page
MAX_PAGES = 4  # of a work
MAX_MEASURES = 90  # longer works are cut
LILYPOND_LIMIT = 120.0  # s of processor time for one piece
TABLATURE = 0.35  # share of the guitar pieces by LilyPond with a staff of tablature
FROM_START = 0.4  # share of cut works that begin at their beginning
Engraved = tuple[list[EngravedPage], dict[str, Any]]
"""Pages, and facts for their `meta`."""


def _shortened(text: str, rng: np.random.Generator) -> str:
    """MusicXML of at most `MAX_MEASURES`, from the beginning or from within."""
    count = measure_count(text)
    if count <= MAX_MEASURES:
        return text
    inside = rng.random() >= FROM_START
    first = int(rng.integers(1, count - MAX_MEASURES + 1)) if inside else 0
    return cut_measures(text, first, MAX_MEASURES)


def _space(width: float, height: float, rng: np.random.Generator) -> float:
    """px of a staff space for a page of so many staff spaces."""
    return min(float(rng.uniform(*STAFF_SPACES)), float(np.sqrt(MAX_PIXELS / (width * height))))


def _some_pages(count: int, rng: np.random.Generator) -> list[int]:
    return [int(k) for k in sorted(rng.permutation(count)[:MAX_PAGES])]


def by_verovio(job: PageWork, rng: np.random.Generator, folder: Path) -> Engraved:
    """Any source that Verovio reads, edited as MEI. Raises LabError."""
    import verovio

    verovio.enableLog(verovio.LOG_OFF)
    style, extra = draw_style(job.staves, rng)
    space = _space(style.page_width, style.page_height, rng)
    path = job.work.unpack(folder)
    text = source_text(path, job.work.keep)
    if path.suffix in (".mxl", ".musicxml", ".xml") and job.edition == "score":
        text = _shortened(text, rng)
    toolkit = verovio.toolkit()
    toolkit.setOptions({**options_of(style), **extra})
    if not toolkit.loadData(text):
        raise LabError(f"{job.work.name}: Verovio cannot read it")
    mei = toolkit.getMEI()
    labels = labels_of(mei)
    edit = draw_edit(job.group, len(labels), job.edition != "score", labels, rng)
    if edit != MeiEdit() and not toolkit.loadData(edited(mei, edit, rng)):
        raise LabError(f"{job.work.name}: Verovio cannot read the edited MEI")
    count = len(measure_numbers(mei))
    if count > MAX_MEASURES + 1 and edit.staff is None:
        inside = rng.random() >= FROM_START
        start = int(rng.integers(1, count - MAX_MEASURES)) if inside else 1
        toolkit.select({"measureRange": f"{start}-{start + MAX_MEASURES}"})
        toolkit.redoLayout()
    hidden = style.hide + (("mNum",) if style.bar_numbers < 0 else ())
    chosen = _some_pages(toolkit.getPageCount(), rng)
    facts = {
        "engraver": f"verovio {toolkit.getVersion()}",
        "style": json.loads(json.dumps({**asdict(style), **extra})),
        "edit": asdict(edit),
    }
    return list(pages_of(toolkit, space, chosen, hidden)), facts


def by_musescore(job: PageWork, rng: np.random.Generator, folder: Path) -> Engraved:
    """MusicXML; a part of it where the edition is one. Raises LabError."""
    text = source_text(job.work.unpack(folder), job.work.keep)
    part = job.edition == "part"
    if part:
        single = [k for k, staves in enumerate(part_staves(text)) if staves == 1]
        if not single:
            raise LabError(f"{job.work.name}: no part of one staff")
        text = keep_part(text, int(rng.choice(single)))
        if job.group == "lead sheet":
            text = add_chords(text, rng)
    else:
        text = _shortened(text, rng)
    style = draw_musescore(sum(part_staves(text)), job, rng)
    space = _space(style.page_width, style.page_height, rng)
    svgs, shown, ids, names = musescore.export(text, style, folder)
    measures = [(str(k), n, m) for k, ((_, n), m) in enumerate(zip(ids, shown, strict=True))]
    numbers = musescore.names_of(ids, names)
    pages = []
    for k in _some_pages(len(svgs), rng):
        try:
            page = musescore_layout.page_of(svgs[k], k, measures, numbers, space)
        except LabError:
            continue
        page.meta["page"] = k + 1
        pages.append(page)
    return pages, {"engraver": "musescore 3", "style": asdict(style), "edit": {}}


def by_lilypond(job: PageWork, rng: np.random.Generator, folder: Path) -> Engraved:
    """A LilyPond source as it stands, in another style. Raises LabError."""
    style, _ = draw_style(job.staves, rng)
    space = _space(style.page_width, style.page_height, rng)
    tablature = job.group == "solo" and job.work.group == "guitar/lute"
    layout = LilypondLayout(
        unjoined=bool(rng.random() < 0.25),
        hide_empty=bool(rng.random() < 0.5),
        left_line=bool(rng.random() < 0.25),
        indent=bool(rng.random() < 0.7),
        tablature=tablature and bool(rng.random() < TABLATURE),
        ragged=bool(rng.random() < 0.1),
    )
    main = job.work.unpack(folder)
    svgs = lilypond_layout.engrave(main, folder, style, layout, LILYPOND_LIMIT)
    pages = []
    for k in _some_pages(len(svgs), rng):
        try:
            page = lilypond_layout.page_of(svgs[k], space)
        except LabError:
            continue
        page.meta["page"] = k + 1
        pages.append(page)
    facts = {"engraver": "lilypond", "style": asdict(style), "edit": asdict(layout)}
    return pages, facts


ENGRAVERS: dict[EngraverName, Callable[[PageWork, np.random.Generator, Path], Engraved]] = {
    "verovio": by_verovio,
    "musescore": by_musescore,
    "lilypond": by_lilypond,
}


def draw_musescore(staves: int, job: PageWork, rng: np.random.Generator) -> MuseScoreStyle:
    """A random style of MuseScore for systems of so many staves."""
    gap = float(rng.uniform(4.5, 6.5 if staves > 8 else 8.5))
    width = float(rng.uniform(92, 148))
    margin = float(rng.uniform(4, 12))
    needed = staves * (4 + gap + 1.5) + 2 * margin + 25
    height = max(width * float(rng.uniform(1.2, 1.5)), needed)
    lead = job.group == "lead sheet"
    many = job.group in ("choir", "chamber", "orchestra")
    return MuseScoreStyle(
        page_width=max(width, height / 1.5),
        page_height=height,
        margin=margin,
        font=str(rng.choice(musescore.FONTS, p=_LEAD if lead else _OTHER)),
        staff_distance=gap,
        system_distance=gap + float(rng.uniform(1, 5)),
        spacing=float(rng.uniform(1.0, 1.6)),
        barline=float(np.clip(rng.normal(0.17, 0.05), 0.08, 0.35)),
        staff_line=float(np.clip(rng.normal(0.09, 0.02), 0.06, 0.15)),
        stem=float(np.clip(rng.normal(0.12, 0.03), 0.07, 0.2)),
        bracket=float(rng.uniform(0.3, 0.7)),
        number_interval=int(rng.choice([-1, 0, 1, 5], p=[0.25, 0.55, 0.1, 0.1])),
        hide_empty=bool(rng.random() < 0.5),
        rests=job.edition == "part",
        unjoined=many and bool(rng.random() < 0.35),
        brackets=bool(rng.random() > 0.1),
    )


_LEAD, _OTHER = (0.2, 0.1, 0.1, 0.6), (0.4, 0.25, 0.3, 0.05)  # of `musescore.FONTS`


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
