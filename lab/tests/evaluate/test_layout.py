"""Evaluation of page reading: ground truth in kern files, boxes, and what counts as right."""

import json
from pathlib import Path

import cv2
import pytest

from scorebridge.score.systems import find_systems
from scorebridge.testing import score_page
from scorebridge.types import Page, System
from scorebridge_lab.benchmarks.kern import printed_systems
from scorebridge_lab.benchmarks.page_sets import DINOSCORE, MOZART
from scorebridge_lab.errors import LabError
from scorebridge_lab.evaluate.layout import Tally, compare_boxes, evaluate

KERN = """**kern\t**kern
*M2/4\t*M2/4
8c\t4C
=1\t=1
4c\t2C
=2:|!\t=2:|!
!!LO:LB:g=original
=3!|:\t=3!|:
4d\t4D
=4-\t=4-
4e\t4E
=5:|!|:\t=5:|!|:
4f\t4F
!!LO:LB:g=original
4f\t4F
=6:|!\t=6:|!
*-\t*-
"""


def test_bars_and_signs_of_a_kern_file() -> None:
    """A pickup is a bar, an unprinted barline is none, a break divides a bar."""
    systems = printed_systems(KERN)
    assert systems is not None
    assert [len(system) for system in systems] == [2, 2, 1]
    signs = [[(bar.opens, bar.closes) for bar in system] for system in systems]
    assert signs == [
        [(False, False), (False, True)],
        [(True, True), (True, False)],
        [(False, True)],
    ]
    assert printed_systems(KERN.replace("!!LO:LB:g=original\n", "")) is None


def system(y0: float, y1: float, staves: int = 2) -> System:
    box = (0.1, y0, 0.9, y1)
    return System(1, 1, box, (box,) * staves, 10.0)


def test_a_system_is_found_where_its_box_is() -> None:
    boxes = [(0.1, 0.1, 0.9, 0.2), (0.1, 0.3, 0.9, 0.4)]
    right = compare_boxes("a", [system(0.11, 0.19), system(0.29, 0.41)], boxes)
    assert (right.pages_right, right.matched, right.found) == (1, 2, 2) and not right.wrong
    half = compare_boxes("b", [system(0.11, 0.19), system(0.36, 0.48)], boxes)
    assert (half.pages_right, half.matched, half.found) == (0, 1, 2)
    assert "not found [2], 1 found where none is" in half.wrong[0]
    more = compare_boxes("c", [system(0.1, 0.2), system(0.3, 0.4), system(0.6, 0.7)], boxes)
    assert (more.pages_right, more.matched) == (0, 2)
    assert compare_boxes("d", [system(0.1, 0.2)], boxes[:1], staves=3).matched == 0


def test_reading_compared_with_itself_is_right() -> None:
    page = Page(Path("page.png"), 1, score_page(1))
    systems = find_systems(page)
    tally = compare_boxes("page", systems, [s.box for s in systems])
    assert tally.pages_right == 1 and tally.systems == len(systems)


def test_tallies_add_up_and_print() -> None:
    one = Tally(pieces=1, pages=2, systems=4, found=4, matched=3, bars_compared=2, bars_right=1)
    text = "\n".join((one + one).lines())
    assert "0.7500 of 8 systems" in text and "0.5000 of 4 systems" in text


def test_missing_data_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="SCOREBRIDGE_DATA"):
        next(evaluate(DINOSCORE, tmp_path))
    (tmp_path / "scans").mkdir()
    for one in (DINOSCORE, MOZART):
        with pytest.raises(LabError, match="scans"):
            next(evaluate(one, tmp_path))


def test_boxed_pages_of_a_small_volume(tmp_path: Path) -> None:
    """Labels in page widths, both ways, as DiNoScore has them."""
    volume = tmp_path / "scans" / "dinoscore" / "volume"
    volume.mkdir(parents=True)
    image = score_page(1)
    cv2.imwrite(str(volume / "page_0.tif"), image)
    height, width = image.shape
    entries = [
        {"page": 0, "start": [s.box[0], s.box[1] * height / width - 0.01],
         "end": [s.box[2], s.box[3] * height / width + 0.01]}
        for s in find_systems(Page(volume, 1, image))
    ]  # fmt: skip
    (volume / "staves.json").write_text(json.dumps({"n_pages": 1, "staves": entries}))
    ((name, tally),) = evaluate(DINOSCORE, tmp_path)
    assert name == "dinoscore" and tally.pages_right == tally.pages == 1
    assert tally.matched == len(entries) == 3
