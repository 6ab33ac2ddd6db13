"""A contact sheet of the pages that were read worst, for the eye.

    python -m studies.worst_pages ../docs/pictures/worst_pages.jpg

Reads DiNoScore's pages (scans in the public domain, so pictures of them may be shown), puts
first those that disagree with their boxes, then those whose systems and bars have the lowest
confidence, and draws the ten worst with what was found. Half a second a page.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import cv2
import numpy as np
from cyclopts import App
from numpy.typing import NDArray

from scorebridge.cli.running import run_app
from scorebridge.export.overlay import draw_systems
from scorebridge.score.pages import read_pages
from scorebridge.score.systems import find_systems
from scorebridge.types import System
from scorebridge_lab.benchmarks.evaluation_set import thinned
from scorebridge_lab.benchmarks.page_sets import DINOSCORE
from scorebridge_lab.cli.shared import console
from scorebridge_lab.errors import LabError
from scorebridge_lab.evaluate.layout import compare_boxes
from scorebridge_lab.home import data

app = App(name="studies.worst_pages", result_action="return_value")

MAX_PAGES = 10
COLUMNS = 5  # tiles in a row
QUALITY = 45  # of the JPEG
TILE = (380, 520)  # px, width and height of a page on the sheet
SYSTEM_CONFIDENCE, BAR_CONFIDENCE = 0.6, 0.9  # above which nothing is doubted


@dataclass(frozen=True)
class ReadPage:
    """One page as it was read."""

    name: str
    doubt: float
    """Systems and bars that are doubted, each by how much; 100 more for each that is wrong."""
    picture: NDArray[np.uint8]
    """`TILE` with what was found drawn over it, blue, green, red."""


def doubt_of(systems: Sequence[System], wrong: int) -> float:
    """See `ReadPage.doubt`."""
    doubts = [SYSTEM_CONFIDENCE - s.confidence for s in systems]
    doubts += [BAR_CONFIDENCE - c for s in systems for c in s.bar_confidence]
    return 100.0 * wrong + sum(max(0.0, d) for d in doubts)


def read_all(root: Path, stride: int = 1) -> Iterator[ReadPage]:
    """DiNoScore's pages, every `stride`-th."""
    for tiff, boxes in thinned(DINOSCORE.ground_truth(root), stride):
        (page,) = read_pages(tiff)
        systems = find_systems(page)
        tally = compare_boxes(tiff.stem, systems, boxes)
        wrong = tally.systems - tally.matched + tally.found - tally.matched
        name = f"{tiff.parent.name.split('_')[-1]} {tiff.stem}"
        yield ReadPage(name, doubt_of(systems, wrong), tile(draw_systems(page, systems)))


def tile(picture: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """A page scaled into `TILE`."""
    scale = min(TILE[0] / picture.shape[1], TILE[1] / picture.shape[0])
    size = (round(picture.shape[1] * scale), round(picture.shape[0] * scale))
    small = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
    out = np.full((TILE[1], TILE[0], 3), 255, np.uint8)
    out[: size[1], : size[0]] = small
    return out


def sheet(pages: Sequence[ReadPage]) -> NDArray[np.uint8]:
    """The worst pages side by side, numbered and named, the worst first."""
    tiles = []
    for number, page in enumerate(sorted(pages, key=lambda p: -p.doubt)[:MAX_PAGES], 1):
        label = np.full((24, TILE[0], 3), 230, np.uint8)
        cv2.putText(label, f"{number}  {page.name}", (4, 17), 0, 0.45, (0, 0, 0), 1)
        tiles.append(np.vstack([label, page.picture]))
    while len(tiles) % COLUMNS:
        tiles.append(np.full_like(tiles[0], 255))
    rows = [np.hstack(tiles[k : k + COLUMNS]) for k in range(0, len(tiles), COLUMNS)]
    return np.vstack(rows)


def write(root: Path, target: Path, stride: int = 1) -> list[ReadPage]:
    """Write the contact sheet; returns the pages on it, the worst first."""
    pages = sorted(read_all(root, stride), key=lambda p: -p.doubt)[:MAX_PAGES]
    write_sheet(pages, target)
    return pages


def write_sheet(pages: Sequence[ReadPage], target: Path) -> None:
    """`sheet` as a JPEG of about half a megabyte."""
    data = cv2.imencode(".jpg", sheet(pages), [cv2.IMWRITE_JPEG_QUALITY, QUALITY])[1]
    try:
        target.write_bytes(data.tobytes())
    except OSError as error:
        raise LabError(f"{target}: cannot be written ({error.strerror}).") from error


@app.default
def main(target: Path, *, stride: int = 1) -> int:
    """Write a contact sheet of the ten pages of DiNoScore that were read worst.

    Parameters
    ----------
    target
        JPEG to write.
    stride
        Read only every so-many-th page.
    """
    for number, page in enumerate(write(data(), target, stride), 1):
        console.print(f"{number:2d}  {page.name}: doubt {page.doubt:.2f}", highlight=False)
    return 0


if __name__ == "__main__":
    sys.exit(run_app(app, sys.argv[1:]))
