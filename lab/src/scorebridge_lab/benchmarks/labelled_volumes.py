"""Which pages of the scanned volumes hold which piece, found by eye, and the pieces as documents.

DiNoScore's volumes are whole books. Titles and numbers over the systems say where a piece begins;
where two share a page, the page is cut between two systems (by DiNoScore's own boxes). Pages
count from 0 as in the files' names (`page_0.tif`), systems from 1 on their page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image

from scorebridge_lab.errors import LabError
from scorebridge_lab.home import in_one_step

OP10 = "Chopin_Frdric_tudes_Op.10"
OP25 = "Chopin_Frdric_tudes_Op.25"
D899 = "Schubert_Franz_4_Impromptus_D.899"
LARGEST = 120_000_000  # pixels of a page: the largest here has 41 million


@dataclass(frozen=True)
class Part:
    """One piece of a volume."""

    volume: str
    name: str
    """Also the piece's folder in ASAP, below the composer's, where there is one."""
    first: tuple[int, int]
    """Page from 0 and system from 1 with which it begins."""
    last: tuple[int, int]
    """Page and system with which it ends; system 0: the last one of that page."""


def _parts(volume: str, folder: str, rows: list[tuple[int, int, int, int]]) -> list[Part]:
    return [
        Part(volume, f"{folder}/{number}", (a, b), (c, d))
        for number, (a, b, c, d) in enumerate(rows, 1)
    ]


PARTS = (
    *_parts(
        OP10,
        "Chopin/Etudes_op_10",
        [
            (0, 1, 3, 0),
            (4, 1, 6, 0),
            (7, 1, 9, 3),
            (9, 4, 13, 4),
            (13, 5, 16, 0),
            (17, 1, 18, 0),
            (19, 1, 21, 4),
            (21, 5, 26, 2),
            (26, 3, 28, 0),
            (29, 1, 32, 0),
            (33, 1, 34, 0),
            (35, 1, 38, 0),
        ],
    ),
    *_parts(
        OP25,
        "Chopin/Etudes_op_25",
        [
            (0, 1, 2, 0),
            (3, 1, 5, 4),
            (5, 5, 8, 0),
            (9, 1, 11, 4),
            (11, 5, 15, 0),
            (16, 1, 19, 0),
            (20, 1, 22, 0),
            (23, 1, 24, 0),
            (25, 1, 26, 0),
            (27, 1, 31, 0),
            (32, 1, 39, 3),
            (39, 4, 44, 0),
        ],
    ),
    *_parts(
        D899,
        "Schubert/Impromptu_op.90_D.899",
        [(0, 1, 5, 0), (6, 1, 13, 0), (14, 1, 19, 0), (20, 1, 29, 0)],
    ),
)


def write_part(part: Part, root: Path, target: Path) -> None:
    """Write a piece's pages as one TIFF. root : folder of the volumes (`scans/dinoscore`)."""
    folder = root / part.volume
    if not folder.is_dir():
        raise LabError(f"{folder}: no such volume. Set SCOREBRIDGE_DATA to the folder with scans/.")
    pages = []
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, LARGEST
    try:
        for number in range(part.first[0], part.last[0] + 1):
            with Image.open(folder / f"page_{number}.tif") as file:
                page = np.asarray(file.convert("L"))
            spans, cut = _boxes(folder, number, page.shape), 0
            if number == part.first[0] and part.first[1] > 1:
                cut = _between(spans, part.first[1] - 1)
            if number == part.last[0] and part.last[1]:
                page = page[: _between(spans, part.last[1])]
            pages.append(Image.fromarray(page[cut:]).convert("1"))
    finally:
        Image.MAX_IMAGE_PIXELS = limit
    more = {"save_all": True, "append_images": pages[1:], "compression": "group4"}
    with in_one_step(target) as temporary:
        pages[0].save(temporary, "TIFF", **more)


def _between(spans: list[tuple[float, float]], system: int) -> int:
    """Row in the middle of the gap after the so-many-th system of a page."""
    return round((spans[system - 1][1] + spans[system][0]) / 2)


def _boxes(folder: Path, number: int, shape: tuple[int, ...]) -> list[tuple[float, float]]:
    """Rows of top and bottom of a page's systems, in px, from the top."""
    listing = json.loads((folder / "staves.json").read_text())["staves"]
    width = shape[1]  # the labels are in page widths, both ways
    found = [(box["start"][1], box["end"][1]) for box in listing if box["page"] == number]
    return sorted((top * width, bottom * width) for top, bottom in found)
