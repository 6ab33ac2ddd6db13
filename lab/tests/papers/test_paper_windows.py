"""Windows of the papers' sizes: epochs, jitter, strips of full size."""

import numpy as np
import pytest
from packed_pieces import melodies  # pyright: ignore[reportMissingImports]

from scorebridge_lab.dataset.pack import sheet_side
from scorebridge_lab.nets.paper_pair import Shape
from scorebridge_lab.papers.data import full_strip
from scorebridge_lab.papers.paper_windows import Sampler, cut_sheet
from scorebridge_lab.papers.settings import FULL_JITTER, Jitter

SMALL = (2, 2, 4, 4)
P5 = Shape(channels=SMALL)


def test_an_epoch_sees_every_pair_once_and_batches_repeat():
    sampler = Sampler(melodies(), P5, 20, FULL_JITTER, seed=3)
    seen = np.concatenate([sampler._order(0)[: sampler.epoch * 20], sampler._order(1)[:0]])
    assert len(set(seen.tolist())) == sampler.epoch * 20
    assert len(sampler) - sampler.epoch * 20 < 20
    a, b = sampler.draw(7), Sampler(melodies(), P5, 20, FULL_JITTER, seed=3).draw(7)
    np.testing.assert_array_equal(a.sheet, b.sheet)
    np.testing.assert_array_equal(a.audio, b.audio)
    part = Sampler(melodies(), P5, 20, fraction=0.25)
    assert len(part) == round(0.25 * len(sampler))


def test_windows_show_the_pair_in_their_middle():
    for shape, rows in ((P5, 104), (Shape((180, 200), (42, 92), SMALL), 208)):
        windows = Sampler(melodies(rows=rows), shape, 1).fixed(20)
        height, width = shape.sheet
        middle = windows.sheet[:, :, width // 2]
        assert (middle.min(1) == 0).all()  # the note's own column
        frames = windows.audio[:, shape.audio[0] // 2]
        assert (frames.max(1) == 150).all()
        size = rows // 104
        ink = (middle == 0).argmax(1) + (rows - height) // 2
        np.testing.assert_array_equal((ink // size - 40), (80 - frames.argmax(1)) // 3)


def test_jitter_moves_and_scales_as_far_as_it_says():
    strip = np.full((104, 400), 255, np.uint8)
    strip[50:54, 198:202] = 0
    rng, places = np.random.default_rng(0), []
    for _ in range(200):
        window = 255.0 - cut_sheet(strip, 200, P5, Jitter(0, 5, 5), rng)
        y, x = (window.sum(axis) @ np.arange(n) for axis, n in ((1, 80), (0, 100)))
        places.append((x / window.sum() - 49.5, y / window.sum() - 39.5))
    far = np.abs(places).max(0)
    assert ((far > 2.3) & (far < 2.55)).all()  # 5 px of the page are 2.5 of the strip
    areas = [(255.0 - cut_sheet(strip, 200, P5, Jitter(scale=0.05), rng)).sum() for _ in range(200)]
    assert max(areas) / min(areas) == pytest.approx((1.05 / 0.95) ** 2, rel=0.03)
    plain = cut_sheet(strip, 200, P5, Jitter(), rng)
    tiny = cut_sheet(strip, 200, P5, Jitter(1e-9), rng)
    np.testing.assert_array_equal(plain, tiny)


def test_full_strip_is_the_half_strip_twice_as_large(scale_piece):
    half, columns, _ = sheet_side(scale_piece, page_scale=True)
    full = full_strip(scale_piece, half.shape[1])
    assert full.shape == (208, 2 * half.shape[1])
    small = full.reshape(104, 2, -1, 2).mean((1, 3))
    assert np.abs(small - half.astype(float)).mean() < 6
    assert full[:, 2 * columns].min(0).max() == 0  # every note stands where its pair says
