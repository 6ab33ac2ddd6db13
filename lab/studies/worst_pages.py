"""A contact sheet of the pages that were read worst, for the eye.

    scorebridge-lab evaluate worst docs/worst_pages.jpg

Reads DiNoScore's pages (scans in the public domain, so pictures of them may be shown), puts
first those that disagree with their boxes, then those whose systems and bars are least sure,
and draws the ten worst with what was found. Half a second a page.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge.export.overlay import draw_systems
from scorebridge.score.pages import read_pages
from scorebridge.score.systems import find_systems
from scorebridge.types import System
from scorebridge_lab.errors import LabError
from scorebridge_lab.evaluate.layout import boxed_pages, judge_boxes

WORST = 10
ACROSS = 5  # tiles in a row
QUALITY = 45  # of the JPEG
TILE = (380, 520)  # px, width and height of a page on the sheet
SURE_SYSTEM, SURE_BAR = 0.6, 0.9  # confidence above which nothing is doubted


@dataclass(frozen=True)
class Read:
    """One page as it was read."""

    name: str
    doubt: float
    """Systems and bars that are doubted, each by how much; 100 more for each that is wrong."""
    picture: NDArray[np.uint8]
    """`TILE` with what was found drawn over it, blue, green, red."""


def doubt_of(systems: Sequence[System], wrong: int) -> float:
    """See `Read.doubt`."""
    doubts = [SURE_SYSTEM - s.confidence for s in systems]
    doubts += [SURE_BAR - c for s in systems for c in s.bar_confidence]
    return 100.0 * wrong + sum(max(0.0, d) for d in doubts)


def read_all(data: Path, every: int = 1) -> Iterator[Read]:
    """DiNoScore's pages, every `every`-th."""
    for tiff, boxes in boxed_pages(data / "scans" / "dinoscore")[::every]:
        (page,) = read_pages(tiff)
        systems = find_systems(page)
        tally = judge_boxes(tiff.stem, systems, boxes)
        wrong = tally.systems - tally.matched + tally.found - tally.matched
        name = f"{tiff.parent.name.split('_')[-1]} {tiff.stem}"
        yield Read(name, doubt_of(systems, wrong), tile(draw_systems(page, systems)))


def tile(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A page scaled into `TILE`."""
    scale = min(TILE[0] / picture.shape[1], TILE[1] / picture.shape[0])
    size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    out = np.full((TILE[1], TILE[0], 3), 255, np.uint8)
    out[: size[1], : size[0]] = small
    return out


def sheet(pages: Sequence[Read]) -> NDArray[np.uint8]:
    """The worst pages side by side, numbered and named, the worst first."""
    tiles = []
    for number, page in enumerate(sorted(pages, key=lambda p: -p.doubt)[:WORST], 1):
        label = np.full((24, TILE[0], 3), 230, np.uint8)
        cv2.putText(label, f"{number}  {page.name}", (4, 17), 0, 0.45, (0, 0, 0), 1)
        tiles.append(np.vstack([label, page.picture]))
    while len(tiles) % ACROSS:
        tiles.append(np.full_like(tiles[0], 255))
    rows = [np.hstack(tiles[k : k + ACROSS]) for k in range(0, len(tiles), ACROSS)]
    return np.vstack(rows)


def write(data: Path, target: Path, every: int = 1) -> list[Read]:
    """Write the contact sheet; returns the pages on it, the worst first."""
    pages = sorted(read_all(data, every), key=lambda p: -p.doubt)[:WORST]
    write_sheet(pages, target)
    return pages


def write_sheet(pages: Sequence[Read], target: Path) -> None:
    """`sheet` as a JPEG of about half a megabyte."""
    data = cv2.imencode(".jpg", sheet(pages), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1]
    try:
        target.write_bytes(data.tobytes())
    except OSError as error:
        raise LabError(f"{target}: cannot be written ({error.strerror}).") from error
