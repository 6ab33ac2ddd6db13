"""Degraded copies of engraved pages, the truth of their layout moved along.

copy = degraded(page, rng)                    # printed and scanned
copy = degraded(page, rng, "photo", turn=90)  # for judging only, see `photo.py`
"""

from __future__ import annotations

from dataclasses import replace
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from scorebridge_lab.augment.photo import draw_photo, photograph
from scorebridge_lab.augment.scan import Scan, bend_points, cloud, degrade, draw_page_scan
from scorebridge_lab.engrave.page_truth import EngravedPage, Grey, Move, Points

Kind = Literal["clean", "scan", "photo"]
TRIES = 6  # drawings of a scan until it shows all staves
COPY_WIDTHS = (1240, 2000)  # px of an A4 page at 150 to 240 dpi; larger pages keep their size
SCANNED_SPACES = (14.0, 20.0)  # px between staff lines at which a page is scanned
THIN_LINES = 2.2  # times the darkness of an enlarged page: lines thinner than a pixel were grey
LEGIBLE = 0.6  # `legibility` below which a scan is drawn again with stronger ink
DARKER = 0.88  # of the paper's level: ink is below
HAND = 0.2  # share of scans whose lines waver, as in old and handwritten scores
MAX_MEGAPIXELS = 12.0  # of a photograph


def degraded(
    page: EngravedPage,
    rng: np.random.Generator,
    kind: Kind = "scan",
    turn: Literal[0, 90, 180, 270] = 0,
) -> EngravedPage:
    """A copy of a page and its truth.

    Parameters
    ----------
    turn : degrees clockwise by which the picture is turned at the end. The truth stays that of the
        upright page; `meta["turned"]` has the turn, and a reader that undoes it turns the
        picture by `360 - turn`.

    Pages are stored small. A copy is as wide as `COPY_WIDTHS`, which is what a scanner or a PDF
    gives, or as the page where that is wider. Equal generators give equal copies.
    """
    image, move = copied(page, rng, kind)
    copy = page.moved(image, move, kind=kind, turned=turn)
    if turn:
        copy = replace(copy, image=np.ascontiguousarray(np.rot90(image, -turn // 90)))
    return copy


def copied(page: EngravedPage, rng: np.random.Generator, kind: Kind) -> tuple[Grey, Move]:
    """The degraded picture, and the map of places of the page to places of it."""
    grow = max(1.0, float(rng.uniform(*COPY_WIDTHS)) / page.image.shape[1])
    if kind == "clean":
        return enlarged(page.image, grow), lambda points: grow * points
    if kind == "photo":
        print_ = enlarged(page.image, grow)
        pixels = float(np.prod(print_.shape)) / 1e6 * rng.uniform(1.3, 2.2)
        photo = replace(draw_photo(rng), megapixels=min(MAX_MEGAPIXELS, pixels))
        image, view = photograph(print_, photo, rng)
        return image, lambda points: view.project(grow * points)
    image, waver = (
        wavering(page.image, page.space, rng) if rng.random() < HAND else (page.image, None)
    )
    scan = _scan_of(page, rng)
    # Scanners see more than a reader does: lines that are a pixel wide here are several there.
    fine = max(grow, float(rng.uniform(*SCANNED_SPACES)) / page.space)
    image = enlarged(image, fine)
    size = (round(grow * page.image.shape[1]), round(grow * page.image.shape[0]))
    shape, space = (image.shape[0], image.shape[1]), fine * page.space

    def move(points: Points) -> Points:
        on_page = points if waver is None else waver(points)
        return bend_points(fine * on_page, shape, scan, space) * (grow / fine)

    def scanned(scan: Scan) -> Grey:
        worn = degrade(image, scan, rng, space)
        if fine > grow:
            worn = cv2.resize(worn, size, interpolation=cv2.INTER_AREA)
        return np.asarray(worn, np.uint8)

    copy = scanned(scan)
    if legibility(copy, page, move) < LEGIBLE:  # its lines are gone: no one could read it
        copy = scanned(replace(scan, spread=abs(scan.spread), fade=0.0, flakes=0.0, bilevel=None))
    return copy, move


def enlarged(image: Grey, times: float) -> Grey:
    """A page at a larger size. Lines that were grey, thinner than a pixel, become dark."""
    if times <= 1:
        return image.copy()
    ink = cv2.resize(255 - image, None, fx=times, fy=times, interpolation=cv2.INTER_CUBIC)
    return np.asarray(255 - cv2.convertScaleAbs(ink, alpha=THIN_LINES), np.uint8)


def legibility(image: Grey, page: EngravedPage, move: Move) -> float:
    """Share of the places on staff lines that are darker than the paper around, the worst staff's.

    image : a picture of `page`, whose places `move` maps.
    """
    space = page.space * image.shape[1] / page.image.shape[1]
    around, reach = max(3, round(space)), 2 * max(1, round(space / 10)) + 1
    small = cv2.resize(image, None, fx=1 / around, fy=1 / around, interpolation=cv2.INTER_AREA)
    paper = cv2.resize(cv2.dilate(small, np.ones((5, 5), np.uint8)), image.shape[::-1])
    dark = cv2.erode(image, np.ones((reach, reach), np.uint8)) < DARKER * paper
    shares = []
    for staff in page.staves:
        x = np.linspace(staff["x0"], staff["x1"], 60)
        lines = np.linspace(staff["y0"], staff["y1"], staff["lines"])
        places = move(np.array([[a, b] for b in lines for a in x], float)).round().astype(int)
        at = places[(places >= 0).all(1) & (places < image.shape[::-1]).all(1)]
        shares.append(float(dark[at[:, 1], at[:, 0]].mean()) if len(at) else 0.0)
    return min(shares, default=1.0)


def _scan_of(page: EngravedPage, rng: np.random.Generator) -> Scan:
    """A random scan that shows all staves."""
    s = page.staves
    rim = np.concatenate([np.stack([s[x], s[y]], 1) for x in ("x0", "x1") for y in ("y0", "y1")])
    height, width = page.image.shape
    scan = draw_page_scan(rng)
    for _ in range(TRIES):
        seen = bend_points(rim.astype(float), (height, width), scan, page.space)
        low, high = seen.min(0), seen.max(0)
        if low.min() >= 0 and high[0] < width and high[1] < height:
            return scan
        scan = replace(draw_page_scan(rng), crop=0.0)
    return replace(scan, crop=0.0, skew=0.0, curl=0.0, keystone=0.0)


def wavering(image: Grey, space: float, rng: np.random.Generator) -> tuple[Grey, Move]:
    """A page with lines that waver a little, as if drawn by hand; and the map of its places.

    space : px between staff lines.
    """
    height, width = image.shape
    strength = space * float(rng.uniform(0.04, 0.22))
    lumps = space * float(np.exp(rng.uniform(np.log(3), np.log(16))))
    fields = [strength * cloud((height, width), lumps, rng) for _ in range(2)]
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    bent = cv2.remap(
        image, x + fields[0], y + fields[1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )

    def move(points: Points) -> Points:
        at = points.copy()
        for _ in range(6):
            at = points - np.stack([_sampled(field, at) for field in fields], 1)
        return at

    return np.asarray(bent, np.uint8), move


def _sampled(field: NDArray[np.float32], points: Points) -> NDArray[np.float64]:
    """Values of a plane at places, [n]."""
    if not len(points):
        return np.zeros(0)
    height, width = field.shape
    x = np.clip(points[:, 0], 0, width - 1).astype(np.float32)
    y = np.clip(points[:, 1], 0, height - 1).astype(np.float32)
    # cv2.remap takes at most 32,767 places a row.
    parts = [
        cv2.remap(field, a[None], b[None], cv2.INTER_LINEAR)[0]
        for a, b in zip(
            np.array_split(x, len(x) // 30_000 + 1),
            np.array_split(y, len(y) // 30_000 + 1),
            strict=True,
        )
    ]
    return np.concatenate(parts).astype(float)
