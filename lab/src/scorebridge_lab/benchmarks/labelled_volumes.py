"""Pieces of scanned volumes: their pages, labelled by eye, and their number in each volume.

DiNoScore's volumes are whole books. Titles and numbers above the systems mark where a piece
begins; where two share a page, the page is cut between two systems (by DiNoScore's own boxes).
Pages count from 0 as in the files' names (`page_0.tif`), systems from 1 on their page.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from PIL import Image

from scorebridge.types import Place
from scorebridge_lab.benchmarks.evaluation_set import write_manifest
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import atomic_path, data

OP10 = "Chopin_Frdric_tudes_Op.10"
OP25 = "Chopin_Frdric_tudes_Op.25"
D899 = "Schubert_Franz_4_Impromptus_D.899"
MAX_PAGE_PIXELS = 120_000_000  # the largest page here has 41 million


@dataclass(frozen=True)
class VolumePiece:
    """One piece of a volume and its place."""

    volume: str
    name: str
    """Also the piece's folder in ASAP, below the composer's, where there is one."""
    first: tuple[int, int]
    """Page from 0 and system from 1 with which it begins."""
    last: tuple[int, int]
    """Page and system with which it ends; system 0: the last one of that page."""


def _pieces(volume: str, folder: str, rows: list[tuple[int, int, int, int]]) -> list[VolumePiece]:
    return [
        VolumePiece(volume, f"{folder}/{number}", (a, b), (c, d))
        for number, (a, b, c, d) in enumerate(rows, 1)
    ]


PIECES = (
    *_pieces(
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
    *_pieces(
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
    *_pieces(
        D899,
        "Schubert/Impromptu_op.90_D.899",
        [(0, 1, 5, 0), (6, 1, 13, 0), (14, 1, 19, 0), (20, 1, 29, 0)],
    ),
)
PIECE_COUNTS = {
    "Chopin_Frdric_Preludes_Op.28": 24,
    "Chopin_Frdric_Waltzes_Op.64": 3,
    OP10: 12,
    OP25: 12,
    D899: 4,
    "Schumann_Robert_Album_fr_die_Jugend_Op.68": 43,
}
"""Pieces in each labelled volume."""


@dataclass(frozen=True)
class VolumeSet:
    """An `EvaluationSet` of DiNoScore's volumes; its ground truth is the number of pieces."""

    name: str
    version: int
    about: str

    def build(self, fresh: bool = False) -> None:
        """See `EvaluationSet`; nothing is made."""

    def scores(self, root: Path | None = None) -> list[Path]:
        """Folders of the volumes."""
        return [(root or data()) / "scans" / "dinoscore" / name for name in PIECE_COUNTS]

    def recordings(self) -> list[Path]:
        """None."""
        return []

    def ground_truth(self) -> dict[str, int]:
        """Pieces in each volume, by its folder's name."""
        return dict(PIECE_COUNTS)

    def describe(self) -> dict[str, Any]:
        """See `EvaluationSet`."""
        files = {folder.name: folder / "staves.json" for folder in self.scores()}
        truth = json.dumps(PIECE_COUNTS).encode()
        return write_manifest(self, files, (len(files), 0), ground_truth=truth)


VOLUMES = VolumeSet("volumes", 1, "six labelled volumes and the number of pieces in each")


def read_places(volume: Path) -> tuple[Place, ...]:
    """The labelled systems of a volume in reading order; columns only number them.

    Raises LabError where the folder has no labels.
    """
    try:
        staves = json.loads((volume / "staves.json").read_text("utf-8"))["staves"]
    except OSError as error:
        raise LabError(f"{volume}: no staves.json there ({error.strerror}).") from error
    rows = sorted((s["page"], *s["start"][::-1], *s["end"][::-1]) for s in staves)
    return tuple(
        Place(page + 1, 1, (x0, y0, x1, y1), x0, x1, k, k + 1)
        for k, (page, y0, x0, y1, x1) in enumerate(rows)
    )


def write_piece(piece: VolumePiece, root: Path, target: Path) -> None:
    """Writes a piece's pages as one TIFF.

    root : folder of the volumes (`scans/dinoscore`). Raises LabError where it lacks the volume.
    """
    folder = root / piece.volume
    if not folder.is_dir():
        raise LabError(f"{folder}: no such volume. Set SCOREBRIDGE_DATA to the folder with scans/.")
    pages = []
    limit, Image.MAX_IMAGE_PIXELS = Image.MAX_IMAGE_PIXELS, MAX_PAGE_PIXELS
    try:
        for number in range(piece.first[0], piece.last[0] + 1):
            with Image.open(folder / f"page_{number}.tif") as file:
                page = np.asarray(file.convert("L"))
            spans, cut = _boxes(folder, number, page.shape), 0
            if number == piece.first[0] and piece.first[1] > 1:
                cut = _between(spans, piece.first[1] - 1)
            if number == piece.last[0] and piece.last[1]:
                page = page[: _between(spans, piece.last[1])]
            pages.append(Image.fromarray(page[cut:]).convert("1"))
    finally:
        Image.MAX_IMAGE_PIXELS = limit
    more = {"save_all": True, "append_images": pages[1:], "compression": "group4"}
    with atomic_path(target) as temporary:
        pages[0].save(temporary, "TIFF", **more)


def _between(spans: list[tuple[float, float]], system: int) -> int:
    """Row in the middle of the gap below a system, which counts from 1."""
    return round((spans[system - 1][1] + spans[system][0]) / 2)


def _boxes(folder: Path, number: int, shape: tuple[int, ...]) -> list[tuple[float, float]]:
    """Rows of top and bottom of a page's systems, in px, from the top."""
    listing = json.loads((folder / "staves.json").read_text())["staves"]
    width = shape[1]  # the labels are in page widths, both ways
    found = [(box["start"][1], box["end"][1]) for box in listing if box["page"] == number]
    return sorted((top * width, bottom * width) for top, bottom in found)
