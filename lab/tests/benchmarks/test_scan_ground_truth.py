"""Ground truth and distances on a scan of two systems, by hand."""

from __future__ import annotations

import numpy as np
import pytest

from scorebridge.types import Alignment, Place, Point
from scorebridge_lab.benchmarks.kern import Print, PrintedBar
from scorebridge_lab.benchmarks.played import KernSource, play
from scorebridge_lab.benchmarks.scan_ground_truth import scan_ground_truth
from scorebridge_lab.engrave.engraving import EVENT
from scorebridge_lab.errors import LabError
from scorebridge_lab.evaluate.alignment import distances

BOX = (0.1, 0.1, 0.9, 0.2)
PLACES = (
    Place(1, 1, BOX, 0.1, 0.9, 0, 400, ((0.1, 0.5), (0.5, 0.9))),
    Place(2, 1, BOX, 0.1, 0.9, 400, 800),  # its bars were not found: equal widths
)
BARS = tuple(PrintedBar(4.0 * k, 4.0 * k + 4, k // 2) for k in range(4))
PRINT = Print(BARS, 16.0, True, {"A": (0.0, 8.0), "B": (8.0, 16.0)}, {"": ("A", "A", "B")})


def test_places_and_bars_are_each_others_way_back() -> None:
    inside = {1: (np.array([0.0, 0.5, 1.0]), np.array([0.2, 0.8, 1.0]))}
    truth = scan_ground_truth(PRINT, PLACES, inside)
    assert truth.counted == 1
    bars = np.array([0.5, 1.25, 2.0, 3.75])
    places = truth.place(bars)
    np.testing.assert_allclose(places, [0.2, 0.4 + 0.4 * 0.5, 0.8, 0.8 + 0.7], atol=1e-6)
    np.testing.assert_allclose(truth.bar(places), bars, atol=1e-6)
    with pytest.raises(LabError, match="systems"):
        scan_ground_truth(PRINT, PLACES[:1], {})


def test_distances_know_the_repeat() -> None:
    events = np.array([(0.0, 1.0, 60, 80)], EVENT)
    clock = np.linspace(0, 16, 33)
    played = play(KernSource(PRINT, events, clock, clock / 2), "")  # 2 s a bar: bars 1 2 1 2 3 4
    truth = scan_ground_truth(PRINT, PLACES, {})
    times = np.arange(0.25, 12, 0.5)
    right = [Point(float(t), 1, 1, 0.1 + 0.2 * float(t % 4)) for t in times[times < 8]]
    right += [Point(float(t), 2, 1, 0.1 + 0.2 * float(t - 8)) for t in times[times >= 8]]
    bars, widths = distances(Alignment(tuple(right)), played, truth, times)
    np.testing.assert_allclose(bars, 0, atol=1e-6)
    np.testing.assert_allclose(widths, 0, atol=1e-6)
    once = tuple(p for p in right if not 4 <= p.time_s < 8)  # the repeat is left out
    bars, _ = distances(Alignment(once), played, truth, times)
    assert np.isinf(bars[(times > 4.6) & (times < 7.4)]).all()
    late = [Point(p.time_s, p.page, p.system, p.x) for p in right[8:16]]  # one bar behind
    shifted = Alignment(tuple(Point(p.time_s + 2, p.page, p.system, p.x) for p in late[:4]))
    bars, widths = distances(shifted, played, truth, np.array([6.25, 6.75]))
    np.testing.assert_allclose(bars, 1, atol=1e-6)
    np.testing.assert_allclose(widths, 0.4, atol=1e-6)
