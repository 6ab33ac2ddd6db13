"""The classifier separates what differs, and fails on what does not."""

import numpy as np
import pytest

from scorebridge_lab.dataset import pack as packing
from scorebridge_lab.dataset.pairs import usable_pairs
from scorebridge_lab.errors import LabError
from studies.realism import (
    OwnedWindows,
    classify,
    differences,
    draw,
    packed_windows,
    part_of,
    real_sheets,
)


def _noise(seed: int, stripes: float = 0.0) -> OwnedWindows:
    rng = np.random.default_rng(seed)
    images = rng.standard_normal((96, 40, 48)).astype(np.float32)
    images[:, ::4] += stripes
    return OwnedWindows(images, np.repeat(np.arange(8), 12))


def test_a_difference_is_found_and_none_is_not():
    same = classify(_noise(0), _noise(1), steps=40)
    assert 0.3 < same["accuracy"] < 0.7
    other = classify(_noise(0), _noise(1, stripes=2.0), steps=40)
    assert other["accuracy"] > 0.9
    assert other["windows tested"] == 96


def test_one_document_is_too_few():
    with pytest.raises(LabError, match="too few"):
        classify(OwnedWindows(_noise(0).images, np.zeros(96, np.int64)), _noise(1), steps=1)


def test_windows_of_both_worlds_have_one_shape(scale_piece, tmp_path):
    from PIL import Image

    page = np.repeat(np.repeat(scale_piece.pages[0], 2, 0), 2, 1)
    Image.fromarray(page).save(tmp_path / "page.png")
    real = real_sheets([tmp_path / "page.png"], 6, np.random.default_rng(0))

    def hum(events, rng, pianos):
        return rng.standard_normal(int((events["onset"].max() + 3) * 22050)).astype(np.float32)

    pieces = [usable_pairs(packing.pack(scale_piece, k, 1, player=hum)) for k in range(2)]
    sheet, sound = packed_windows([p for p in pieces if p], 8, 0)
    assert real.images.shape[1:] == sheet.images.shape[1:] and len(sheet.images) == 8
    assert real.images.min() >= 0 and real.images.max() <= 1 and real.images.mean() < 0.5
    draw(real, sheet, tmp_path / "sheet.png", 5)
    draw(sound, sound, tmp_path / "sound.png", 5)
    assert (tmp_path / "sound.png").stat().st_size > 1000


def test_what_differs_is_named():
    plain, striped = _noise(0), _noise(1, stripes=2.0)
    assert all(abs(more - 0.5) < 0.2 for _, more in differences(plain, _noise(2)))
    name, more = differences(striped, plain)[0]
    assert abs(more - 0.5) > 0.49
    assert dict(differences(striped, plain))["darkest rows"] > 0.99, name
    sound = OwnedWindows(
        np.random.default_rng(0).random((9, 84, 92)).astype(np.float32), np.arange(9)
    )
    louder = OwnedWindows(sound.images * np.linspace(1, 3, 92, dtype=np.float32), sound.owner)
    assert dict(differences(louder, sound))["bands 77-91"] > 0.99
    assert part_of(sound, [2, 5]).owner.tolist() == [2, 5]
