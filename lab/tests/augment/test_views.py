"""P5's transforms: none is the plain window; each does what its name says."""

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from scorebridge.audio.spectrogram import magnitudes as reference  # noqa: E402
from scorebridge.testing import melody  # noqa: E402
from scorebridge_lab.augment import views  # noqa: E402
from scorebridge_lab.augment.views import AUDIO_CHANCES, SHEET_CHANCES  # noqa: E402


def _only(chances, *names):
    return {name: float(name in names) for name in chances}


def _strips(n=6):
    rng = np.random.default_rng(0)
    strips = np.full((n, 104, views.SHEET_COLUMNS), 255, np.uint8)
    for k, x, y in zip(*(rng.integers(0, m, 60 * n) for m in (n, 150, 90)), strict=True):
        strips[k, y : y + 3, x : x + 4] = 0
    return torch.from_numpy(strips)


def _sounds(n=3):
    return torch.from_numpy(np.stack([melody(12, k)[: views.SAMPLES] for k in range(n)]))


def test_there_are_nine_and_eight():
    assert len(SHEET_CHANCES) == 9 and len(AUDIO_CHANCES) == 8


def test_no_transform_is_the_plain_middle():
    strips = _strips()
    view = views.sheet_views(strips, _only(SHEET_CHANCES))
    torch.testing.assert_close(view, strips[:, 12:92, 30:130] / 255, atol=1e-3, rtol=0)
    sounds = _sounds()
    view = views.audio_views(sounds, _only(AUDIO_CHANCES))
    first = (views.SOURCE_FRAMES - 84) // 2
    for row, sound in zip(view, sounds, strict=True):
        wanted = np.log10(1 + reference(sound.numpy()))[first : first + 84]
        np.testing.assert_allclose(row.numpy(), wanted, atol=2e-3)


@pytest.mark.parametrize("name", SHEET_CHANCES)
def test_each_sheet_transform_changes_the_window_and_keeps_its_range(name):
    torch.manual_seed(1)
    strips = _strips()
    plain = views.sheet_views(strips, _only(SHEET_CHANCES))
    view = views.sheet_views(strips, _only(SHEET_CHANCES, name))
    assert view.shape == (6, 80, 100) and view.min() >= 0 and view.max() <= 1
    assert ((view - plain).abs().mean((1, 2)) > 1e-4).all()


def test_shifted_views_share_what_the_paper_says():
    torch.manual_seed(2)
    strips = torch.full((300, 104, views.SHEET_COLUMNS), 255, dtype=torch.uint8)
    strips[:, 50:54, 78:82] = 0  # a dot in the middle
    moved = 1 - views.sheet_views(strips, _only(SHEET_CHANCES, "shift x", "shift y"))
    mass = moved.sum((1, 2))
    x = (moved.sum(1) @ torch.arange(100.0)) / mass - 49.5
    y = (moved.sum(2) @ torch.arange(80.0)) / mass - 39.5
    assert 9 < x.abs().max() <= 10.05  # two views: at most 20 of 100 px apart
    assert 9 < y.abs().max() <= 10.05  # and 20 of 80


def test_polarity_and_gain_by_what_they_leave():
    torch.manual_seed(3)
    sounds = _sounds()
    plain = views.audio_views(sounds, _only(AUDIO_CHANCES))
    flipped = views.audio_views(sounds, _only(AUDIO_CHANCES, "polarity"))
    torch.testing.assert_close(flipped, plain)
    louder = views.audio_views(sounds, _only(AUDIO_CHANCES, "gain"))
    ratio = (10**louder - 1).sum((1, 2)) / (10**plain - 1).sum((1, 2))
    assert (20 * ratio.log10()).abs().max() <= 12.1 and (ratio - 1).abs().min() > 1e-3


def test_stretch_and_shift_move_an_onset_by_the_known_amount():
    spectra = torch.zeros(2, views.SOURCE_FRAMES, 92)
    middle = views.SOURCE_FRAMES // 2
    spectra[:, middle + 20 : middle + 22] = 1.0
    out = views._stretch(spectra, torch.tensor([1.0, 2.0]), torch.tensor([5.0, 0.0]))
    times = torch.arange(84.0) - 42 + 0.5
    centre = (out[..., 0] * times).sum(1) / out[..., 0].sum(1)
    torch.testing.assert_close(centre, torch.tensor([16.0, 10.5]), atol=0.1, rtol=0)


def test_masks_silence_at_most_a_fifth():
    torch.manual_seed(4)
    x = torch.ones(50, 84, 92)
    for axis, length in ((1, 84), (2, 92)):
        silent = (views._mask(x, axis) == 0).float().mean((1, 2)) * length
        assert 0 < silent.max() <= 0.2 * length + 1


def test_white_noise_keeps_the_ratio():
    torch.manual_seed(5)
    x = _sounds()
    noise = views._noise(x) - x
    ratio = 10 * (x.square().mean(1) / noise.square().mean(1)).log10()
    assert ((ratio > 4.5) & (ratio < 20.5)).all()
