"""Pages of an engraving as old prints, or as library scans in black and white.

The ink changes and nothing moves: the places of the engraving stay valid.
"""

from __future__ import annotations

from dataclasses import replace

import cv2
import numpy as np

from scorebridge_lab.augment.scan import Grey, Scan, degrade, draw_scan
from scorebridge_lab.engrave.engraving import Engraving

PRINT_SCALE = 2  # factor on the page size, so that black and white keeps thin lines
LINE_GAIN = 0.07  # staff spaces by which horizontal lines print broader than drawn


def old_print(engraving: Engraving, rng: np.random.Generator) -> Engraving:
    """The same pages in worn ink on old paper.

    Staff lines of real scans have twice the ink of those of an engraving (`studies.realism`), so
    lines are printed broader.
    """
    strength = float(rng.uniform(0.3, 1))
    scan = replace(draw_scan(rng, strength), skew=0, curl=0, keystone=0)
    scan = replace(scan, spread=strength * float(rng.uniform(0, 1)), flakes=scan.flakes / 2)
    fat = float(rng.uniform(1.2, 2.2))
    pages = []
    for number, page in enumerate(engraving.pages):
        space = PRINT_SCALE * _staff_space(engraving, number)
        size = (PRINT_SCALE * page.shape[1], PRINT_SCALE * page.shape[0])
        fine = cv2.resize(_fatter(page, fat), size, interpolation=cv2.INTER_CUBIC)
        stored = degrade(np.asarray(fine, np.uint8), scan, rng, space)
        small = cv2.resize(stored, page.shape[::-1], interpolation=cv2.INTER_AREA)
        pages.append(small.astype(np.uint8))
    return replace(engraving, pages=pages)


def library_print(engraving: Engraving, rng: np.random.Generator) -> Engraving:
    """The same pages with broad lines, scanned black and white, as most public scans are.

    Pages must be `PRINT_SCALE` times as wide as usual. A classifier distinguishes strips of them
    from strips of real scans less well than strips of other prints (`studies.realism`).
    """
    scan = Scan(
        spread=float(rng.uniform(0, 1)),
        rough=float(rng.uniform(0, 1)),
        fade=float(rng.uniform(0, 0.5)),
        blur=float(rng.uniform(0, 0.03)),
        bilevel=float(rng.uniform(0.5, 0.75)),
    )
    fat = float(rng.uniform(1, 1.3))
    pages = []
    for number, page in enumerate(engraving.pages):
        space = _staff_space(engraving, number)
        broad = np.ones((1 + max(1, round(LINE_GAIN * space)), 1), np.uint8)
        inked = np.asarray(cv2.erode(_fatter(page, fat), broad), np.uint8)
        pages.append(degrade(inked, scan, rng, space))
    return replace(engraving, pages=pages)


def _staff_space(engraving: Engraving, page: int) -> float:
    on = engraving.systems[engraving.systems["page"] == page]
    return float(np.median(on["staff_space"])) if len(on) else 7.0


def _fatter(page: Grey, times: float) -> Grey:
    """Multiply the ink by `times`; thin, grey lines gain most."""
    ink = np.minimum(255, times * (255 - page.astype(np.float32)))
    return (255 - ink).astype(np.uint8)
