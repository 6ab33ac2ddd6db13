"""The evaluation of engraved pages: copies are fixed by their names, runs go on, worst pages."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scorebridge.types import Page, System
from scorebridge_lab.benchmarks.layout_sets import ENSEMBLE
from scorebridge_lab.engrave.page_truth import TABLES, EngravedPage, save_pages
from scorebridge_lab.errors import LabError
from scorebridge_lab.evaluate.layout_ensemble import evaluate, page_of, shown, summed, worst
from scorebridge_lab.evaluate.layout_pictures import save_pictures

SPACE = 8.0


def engraved(number: int) -> EngravedPage:
    """One system of one staff with two bars."""
    image = np.full((500, 400), 255, np.uint8)
    for line in range(5):
        image[200 + 8 * line, 50:350] = 0
    image[200:233, 198:202] = 0
    tables = {name: np.zeros(0, kind) for name, kind in TABLES.items()}
    tables["staves"] = np.array([(0, 0, 5, 50, 350, 200, 232, SPACE)], TABLES["staves"])
    bars = [(0, "1", 1, 50, 200, 200, 232), (0, "2", 1, 200, 350, 200, 232)]
    tables["bars"] = np.array(bars, TABLES["bars"])
    return EngravedPage(image=image, meta={"page": number}, **tables)


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two works that judge, of three pages each."""
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path))
    for name, group in (("a", "solo"), ("b", "choir")):
        pages = [engraved(k) for k in range(1, 4)]
        meta = {"name": name, "group": group, "engraver": "own"}
        save_pages(tmp_path / "pages" / "judge" / f"{name}.npz", pages, meta)
    return tmp_path


class Reader:
    """Reads the truth itself, or a bar too few, or a page as it is stored."""

    def __init__(self, bars: int = 2, turn: bool = True) -> None:
        self.bars, self.turn, self.read = bars, turn, 0

    def __call__(self, page: Page) -> tuple[Page, list[System]]:
        self.read += 1
        copy = next(c for c in ENSEMBLE.ground_truth() if (c.path, c.page + 1) == _key(page))
        (true,) = shown(page_of(copy), copy).truth
        height, width = shown(page_of(copy), copy).upright.shape
        box = np.divide(true.staves[0].box, (width, height, width, height))
        x0, y0, x1, y1 = (float(v) for v in box)
        middle = sum(true.barlines[0]) / 2 / width
        bars = ((x0, middle), (middle, x1)) if self.bars == 2 else ((x0, x1),)
        system = System(1, 1, (x0, y0, x1, y1), ((x0, y0, x1, y1),), SPACE, bars=bars)
        rotation = (360 - copy.turn) % 360 if self.turn else 0
        return replace(page, rotation=rotation), [system]  # pyright: ignore


def _key(page: Page) -> tuple[Path, int]:
    return page.path, page.number


def test_without_pages_it_says_what_to_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path))
    with pytest.raises(LabError, match="data pages --part judge"):
        list(evaluate(ENSEMBLE))


def test_every_page_once_the_same_copy_each_time(store: Path) -> None:
    copies = ENSEMBLE.ground_truth()
    assert len(copies) == 6 and copies == ENSEMBLE.ground_truth()
    for name in ("a", "b"):
        assert {c.kind for c in copies if c.path.stem == name} == {"clean", "scan", "photo"}
    one, other = (shown(page_of(copies[0]), copies[0]) for _ in range(2))
    assert np.array_equal(one.page.image, other.page.image)


def test_a_reader_of_the_truth_is_right_and_a_run_goes_on(store: Path) -> None:
    reader, results = Reader(), store / "run.jsonl"
    first = list(evaluate(ENSEMBLE, limit=4, read=reader, results=results))
    assert all(not r.comparison.faults for r in first) and reader.read == 4
    every = list(evaluate(ENSEMBLE, read=reader, results=results))
    assert reader.read == 4 + 3 and len(every) == 6  # a work that was begun is read again
    sums = {(g, k): s for g, k, s in summed(every)}
    total = sums["all", ""]
    assert (total.pages, total.systems_right, total.bars_right, total.turned_right) == (6, 6, 6, 6)
    assert sums["solo", ""].pages == sums["choir", ""].pages == 3


def test_a_wrong_direction_counts_once_and_the_upright_page_is_judged(store: Path) -> None:
    results = list(evaluate(ENSEMBLE, read=Reader(turn=False)))
    turned = sum(c.turn != 0 for c in ENSEMBLE.ground_truth())
    total = next(s for g, k, s in summed(results) if (g, k) == ("all", ""))
    assert total.turned - total.turned_right == turned
    assert total.systems_right == total.bars_right == 6


def test_the_worst_pages_are_drawn(store: Path) -> None:
    reader = Reader(bars=1)
    results = list(evaluate(ENSEMBLE, limit=3, read=reader))
    chosen = worst(results, 2)
    assert [r.loss for r in chosen] == [1.0, 1.0]
    paths = save_pictures(chosen, store / "out", reader)
    assert [p.exists() for p in paths] == [True, True]
    assert not worst(list(evaluate(ENSEMBLE, limit=3, read=Reader())), 2)
