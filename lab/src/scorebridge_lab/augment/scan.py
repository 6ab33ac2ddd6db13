"""Degrade a cleanly engraved page to a scan.

The stages are, in this order: ink spreads, breaks and fades (`print_ink`); paper yellows, stains
and shows the other side (`on_paper`); a reprint has halftone dots (`screened`); the page is
rotated, curved and cropped (`bend`, with `bend_points` for places on the page); a shadow, blur,
grain, compression or black and white are added (`capture`). `degrade` runs all stages. `draw_scan`
draws a random `Scan` for training windows, `draw_page_scan` one for whole pages. Lengths are in
staff spaces, so that a setting has the same effect at any resolution.

Cost: about 0.15 s for a page of one megapixel, 0.25 s where the staff space is below `FINE_SPACE`
(such pages are processed at twice their size). Equal seeds give equal pictures.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace

import cv2
import numpy as np
from numpy.typing import NDArray

FINE_SPACE = 12  # px between staff lines below which ink is processed at double size
INK_SIGMA = 0.045  # staff spaces, spread of ink on paper
EDGE = 0.10  # softness of the inked edge, in units of coverage

Grey = NDArray[np.uint8]
Plane = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Scan:
    """How a page is printed and scanned. The defaults give a perfect copy."""

    spread: float = 0.0  # -1 thin and breaking, 0 as engraved, 1 fat and running together
    rough: float = 0.0  # raggedness of edges, 0 to 1
    fade: float = 0.0  # how unevenly the ink took, 0 to 1
    flakes: float = 0.0  # share of the page where ink came off
    ink: float = 0.0  # grey level of the ink
    paper: float = 255.0  # grey level of the paper (yellowed: 200 to 235)
    shade: float = 0.0  # uneven tone of the paper, grey levels
    stains: int = 0  # brown spots
    verso: float = 0.0  # the other side showing through, grey levels
    gutter: float = 0.0  # darkening towards the inner edge, grey levels
    specks: float = 0.0  # specks of dust per 1,000 square staff spaces
    skew: float = 0.0  # degrees, positive turns the page clockwise
    curl: float = 0.0  # staff spaces by which lines sag towards the inner edge
    keystone: float = 0.0  # share of the width by which corners move: a photograph
    backdrop: float | None = None  # grey level of the table around the page: a photograph
    blur: float = 0.0  # staff spaces, standard deviation
    grain: float = 0.0  # sensor noise, grey levels
    quality: int | None = None  # JPEG quality of the stored picture
    bilevel: float | None = None  # black and white: threshold as a share of the local paper
    halftone: float = 0.0  # dots of a reprint's screen per staff space; 0 none
    shadow: float = 0.0  # share of the light that a soft-edged shadow takes
    crop: float = 0.0  # share of the page's sides that is cut off
    crop_x: float = 0.5  # of what is cut off, the share at the left
    crop_y: float = 0.5  # and at the top


def degrade(image: Grey, scan: Scan, rng: np.random.Generator, staff_space: float) -> Grey:
    """Degrade a clean page, uint8 [height, width], 255 white; returns the same shape.

    staff_space : px between staff lines in `image`.
    """
    alpha = print_ink(image, scan, rng, staff_space)
    page = on_paper(alpha, scan, rng, staff_space)
    page = screened(page, scan, staff_space)
    page = bend(page, scan, staff_space)
    return capture(page, scan, rng, staff_space)


def print_ink(image: Grey, scan: Scan, rng: np.random.Generator, staff_space: float) -> Plane:
    """Ink on the page, float32 [height, width], 0 none to 1 full."""
    height, width = image.shape
    cover = 1 - image.astype(np.float32) / 255
    if not (scan.spread or scan.rough or scan.fade or scan.flakes):
        return np.asarray(cover, np.float32)
    scale = 2 if staff_space < FINE_SPACE else 1
    if scale > 1:
        cover = cv2.resize(cover, None, fx=scale, fy=scale, interpolation=cv2.INTER_CUBIC)
    space = staff_space * scale
    # Thresholding a blurred drawing moves its edges: low thresholds fatten, high ones thin out
    # and break fine lines first, as worn plates do. Noise on the threshold makes edges ragged.
    level = np.full(cover.shape, 0.5 - 0.22 * scan.spread, np.float32)
    if scan.rough:
        level += 0.12 * scan.rough * cloud(cover.shape, 0.12 * space, rng)
    if scan.fade:
        level += 0.08 * scan.fade * cloud(cover.shape, 8 * space, rng)
    if scan.flakes:
        scab = cloud(cover.shape, 0.25 * space, rng) + 0.7 * cloud(cover.shape, 3 * space, rng)
        level += np.where(scab > np.quantile(scab[::7, ::7], 1 - scan.flakes), 0.3, 0)
    level = np.clip(level, 0.16, 0.8)  # bare paper stays bare whatever the noise
    soft = cv2.GaussianBlur(cover, (0, 0), max(0.3, INK_SIGMA * space))
    ink = np.clip((soft - level) / (2 * EDGE) + 0.5, 0, 1)
    if scale > 1:
        ink = cv2.resize(ink, (width, height), interpolation=cv2.INTER_AREA)
    return np.asarray(ink, np.float32)


def on_paper(ink: Plane, scan: Scan, rng: np.random.Generator, staff_space: float) -> Plane:
    """Ink laid on aged paper: grey levels, float32 [height, width].

    ink : float32 [height, width], 0 to 1, as `print_ink` returns it.
    """
    width = ink.shape[1]
    paper = np.full(ink.shape, scan.paper, np.float32)
    if scan.shade:
        paper += scan.shade * 0.5 * cloud(ink.shape, width / 3, rng)
        paper += scan.shade * 0.2 * cloud(ink.shape, 0.3 * staff_space, rng)  # fibres
    for _ in range(scan.stains):
        paper -= _stain(ink.shape, rng, staff_space)
    if scan.verso:
        other = cv2.GaussianBlur(ink[:, ::-1], (0, 0), max(0.5, 0.15 * staff_space))
        paper -= scan.verso * np.roll(other, round(1.7 * staff_space), axis=0)
    if scan.gutter:
        reach = np.exp(-np.arange(width, dtype=np.float32) / (0.05 * width))
        paper -= scan.gutter * reach
    black = scan.ink + (8 * cloud(ink.shape, 2 * staff_space, rng) if scan.fade else 0)
    page = paper + (black - paper) * ink
    page = np.asarray(page, np.float32)
    if scan.specks:
        _dust(page, scan, rng, staff_space)
    return page


def screened(page: Plane, scan: Scan, staff_space: float) -> Plane:
    """Grey levels as a reprint's dots, float32 [height, width]; the screen stands at 45 degrees."""
    if not scan.halftone:
        return page
    height, width = page.shape
    turn = np.float32(2 * np.pi * scan.halftone / staff_space / math.sqrt(2))
    x = np.arange(width, dtype=np.float32)[None] * turn
    y = np.arange(height, dtype=np.float32)[:, None] * turn
    level = 128 + 60 * np.cos(x + y) + 60 * np.cos(x - y)
    dots = np.clip((page - level) / 40 + 0.5, 0, 1)
    return np.asarray(scan.ink + (scan.paper - scan.ink) * dots, np.float32)


def bend(page: Plane, scan: Scan, staff_space: float) -> Plane:
    """Rotate, curve and distort a page, float32 [height, width]; returns the same shape."""
    if not (scan.skew or scan.curl or scan.keystone or scan.crop or scan.backdrop is not None):
        return page
    height, width = page.shape
    x, y = np.meshgrid(np.arange(width, dtype=np.float32), np.arange(height, dtype=np.float32))
    source_x, source_y = _unbend(x, y, (height, width), scan, staff_space)
    mode = cv2.BORDER_REPLICATE if scan.backdrop is None else cv2.BORDER_CONSTANT
    bent = cv2.remap(
        src=page,
        map1=source_x,
        map2=source_y,
        interpolation=cv2.INTER_LINEAR,
        borderMode=mode,
        borderValue=(scan.backdrop or 0.0,),
    )
    return np.asarray(bent, np.float32)


def bend_points(
    points: NDArray[np.float64], shape: tuple[int, int], scan: Scan, staff_space: float
) -> NDArray[np.float64]:
    """Places of the clean page after `bend`; float64 [n, 2], x and y in px."""
    # `_unbend` maps back and is close to the identity, so iterating on its error converges.
    x, y = points[:, 0].copy(), points[:, 1].copy()
    for _ in range(12):
        back_x, back_y = _unbend(x, y, shape, scan, staff_space)
        x, y = x + points[:, 0] - back_x, y + points[:, 1] - back_y
    return np.stack([x, y], axis=1)


def capture(page: Plane, scan: Scan, rng: np.random.Generator, staff_space: float) -> Grey:
    """The stored picture of a page of grey levels, uint8 [height, width]."""
    if scan.shadow:
        page = np.asarray(page * _shade(page.shape, scan.shadow, rng), np.float32)
    if scan.blur:
        page = np.asarray(
            cv2.GaussianBlur(page, (0, 0), max(0.2, scan.blur * staff_space)), np.float32
        )
    if scan.grain:
        noise = scan.grain * rng.standard_normal(page.shape, np.float32)
        page = np.asarray(page + noise, np.float32)
    if scan.bilevel is not None:
        # White is the level of the lightest tiles around.
        small = cv2.resize(page, (24, 32), interpolation=cv2.INTER_AREA)
        local = cv2.resize(cv2.dilate(small, np.ones((3, 3))), page.shape[::-1])
        page = np.asarray(255 * (page >= scan.bilevel * local), np.float32)
    out = np.clip(page, 0, 255).round().astype(np.uint8)
    if scan.quality is not None:
        coded = cv2.imencode(".jpg", out, [cv2.IMWRITE_JPEG_QUALITY, scan.quality])[1]
        out = np.asarray(cv2.imdecode(coded, cv2.IMREAD_GRAYSCALE), np.uint8)
    return out


def draw_scan(rng: np.random.Generator, strength: float = 1.0) -> Scan:
    """A random scan; with `strength` 0 pages stay nearly clean, 1 is the whole range."""

    def up_to(maximum: float, chance: float = 1.0) -> float:
        return float(strength * maximum * rng.random() * (rng.random() < chance))

    bilevel = rng.random() < 0.4
    return Scan(
        spread=float(strength * rng.uniform(-0.7, 1.0)),
        rough=up_to(1.0),
        fade=up_to(0.8),
        flakes=up_to(0.03, 0.5),
        ink=up_to(70),
        paper=255 - up_to(60),
        shade=up_to(16),
        stains=int(up_to(5, 0.3)),
        verso=up_to(25, 0.3),
        gutter=up_to(70, 0.4),
        specks=up_to(4, 0.6),
        skew=float(strength * rng.normal(0, 0.7)),
        curl=up_to(1.2, 0.4) * float(rng.choice([-1, 1])),
        keystone=up_to(0.02, 0.2),
        blur=up_to(0.12),
        grain=up_to(8),
        quality=None if bilevel else int(95 - strength * rng.integers(0, 60)),
        bilevel=float(rng.uniform(0.55, 0.8)) if bilevel else None,
    )


def draw_page_scan(rng: np.random.Generator) -> Scan:
    """A random scan of a whole page: `draw_scan` and halftone, shadow, crop, keystone, backdrop."""
    dark_border, table = rng.uniform(0, 50), rng.uniform(60, 200)
    return replace(
        draw_scan(rng),
        halftone=float(rng.uniform(3, 7) * (rng.random() < 0.1)),
        shadow=float(rng.uniform(0.1, 0.5) * (rng.random() < 0.15)),
        crop=float(rng.uniform(0.01, 0.08) * (rng.random() < 0.2)),
        crop_x=float(rng.random()),
        crop_y=float(rng.random()),
        keystone=float(rng.normal(0, 0.015) * (rng.random() < 0.3)),
        backdrop=float(rng.choice([dark_border, table])) if rng.random() < 0.25 else None,
    )


def tint(image: Grey, ink: tuple[int, int, int], paper: tuple[int, int, int]) -> Grey:
    """Colour a grey page between two RGB colours; uint8 [height, width, 3], RGB."""
    share = np.arange(256)[:, None] / 255
    table = np.array(ink) + (np.array(paper) - np.array(ink)) * share
    return table.round().astype(np.uint8)[image]


def cloud(shape: tuple[int, ...], size: float, rng: np.random.Generator) -> Plane:
    """Smooth noise of unit deviation, float32 `shape`, with lumps about `size` px across."""
    height, width = shape[:2]
    cells = max(3, round(height / size) + 2), max(3, round(width / size) + 2)
    coarse = rng.standard_normal(cells, np.float32)
    # Bicubic enlarging keeps about 0.78 of the deviation, whatever the size.
    fine = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
    return np.asarray(fine / np.float32(0.78), np.float32)


def _shade(shape: tuple[int, ...], dark: float, rng: np.random.Generator) -> Plane:
    """The share of light under a soft-edged shadow over part of a page."""
    height, width = shape[:2]
    angle, where = rng.uniform(0, 2 * np.pi), rng.uniform(-0.2, 0.3)
    x = np.linspace(-0.5, 0.5, width, dtype=np.float32)[None]
    y = np.linspace(-0.5, 0.5, height, dtype=np.float32)[:, None]
    inside = (math.cos(angle) * x + math.sin(angle) * y - where) / rng.uniform(0.005, 0.05)
    return np.asarray(1 - dark / (1 + np.exp(-np.clip(inside, -30, 30))), np.float32)


def _stain(shape: tuple[int, ...], rng: np.random.Generator, staff_space: float) -> Plane:
    height, width = shape[:2]
    x0, y0 = rng.uniform(0, width), rng.uniform(0, height)
    radius = staff_space * rng.uniform(1, 6)
    y, x = np.ogrid[:height, :width]
    edge = 0.2 * cloud(shape, radius, rng)
    away = np.hypot(x - x0, y - y0).astype(np.float32) / radius + edge
    return np.asarray(rng.uniform(8, 25) * np.clip(1.5 - away, 0, 1), np.float32)


def _dust(page: Plane, scan: Scan, rng: np.random.Generator, staff_space: float) -> None:
    """Draw specks into `page`: mostly dark, some light as where dust lay on the plate."""
    height, width = page.shape
    count = rng.poisson(scan.specks * height * width / staff_space**2 / 1000)
    for _ in range(count):
        centre = (int(rng.integers(width)), int(rng.integers(height)))
        axes = tuple(int(max(1, staff_space * a)) for a in rng.exponential(0.06, 2) + 0.02)
        level = scan.ink + rng.uniform(0, 60) if rng.random() < 0.8 else scan.paper
        cv2.ellipse(page, centre, axes, rng.uniform(0, 180), 0, 360, float(level), -1)


def _unbend(
    x: NDArray, y: NDArray, shape: tuple[int, int], scan: Scan, staff_space: float
) -> tuple[NDArray, NDArray]:
    """Map places on the scan to places on the clean page (px)."""
    height, width = shape
    middle_x, middle_y = (width - 1) / 2, (height - 1) / 2
    u, v = (x - middle_x) / width, (y - middle_y) / height  # -0.5 to 0.5
    if scan.backdrop is not None:  # the camera stands back a little
        u, v = u * 1.06, v * 1.06
    # A photograph from below: the far edge is shorter.
    if scan.crop:
        u = u * (1 - scan.crop) + scan.crop * (scan.crop_x - 0.5)
        v = v * (1 - scan.crop) + scan.crop * (scan.crop_y - 0.5)
    depth = 1 + 2 * scan.keystone * v
    u, v = u * depth, v * depth
    dx, dy = u * width, v * height
    turn = math.radians(scan.skew)
    sx = middle_x + math.cos(turn) * dx + math.sin(turn) * dy
    sy = middle_y - math.sin(turn) * dx + math.cos(turn) * dy
    sag = np.clip(1 - sx / (0.6 * width), 0, None) ** 2  # the inner edge is on the left
    return sx, sy - scan.curl * staff_space * sag * (0.5 + sy / height)
