"""The looks of library scans and recordings: what gets stronger, and that nothing moves."""

import pytest

torch = pytest.importorskip("torch")

from scorebridge.score.strips import STRIP_HEIGHT  # noqa: E402
from scorebridge_lab.augment.windows import (  # noqa: E402
    FULL,
    NONE,
    Strength,
    _grid,
    _warp,
    audio_windows,
    sheet_windows,
)
from scorebridge_lab.dataset.pairs import PAIR_COLUMNS, PAIR_FRAMES  # noqa: E402

PRESS = Strength(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, press=1.0, edge=0)


def _page(count=8):
    """Staff lines a third as dark as their heads, as an engraving's are at this size."""
    page = torch.full((count, STRIP_HEIGHT, PAIR_COLUMNS), 255.0)
    page[:, 40:55:4] = 170
    page[:, 46:50, PAIR_COLUMNS // 2 - 2 : PAIR_COLUMNS // 2 + 2] = 0
    return page.to(torch.uint8)


def test_lines_get_nearer_to_heads_and_paper_stays_white():
    torch.manual_seed(0)
    plain, pressed = sheet_windows(_page(), NONE), sheet_windows(_page(), PRESS)
    rows = plain.mean((0, 2)) > 0.2
    assert pressed[:, rows].mean() > 1.4 * plain[:, rows].mean()
    assert pressed[:, :20].max() == 0 and pressed.min() >= 0 and pressed.max() <= 1
    heavy = lambda x: (x * torch.arange(x.shape[2])).sum((1, 2)) / x.sum((1, 2))  # noqa: E731
    assert (heavy(pressed) - heavy(plain)).abs().max() < 0.5


def test_seeds_mean_what_they_meant():
    torch.manual_seed(3)
    one = sheet_windows(_page(), FULL)
    torch.manual_seed(3)
    assert torch.equal(one, sheet_windows(_page(), Strength(press=0.0)))
    torch.manual_seed(3)
    one = audio_windows(_sound(), FULL)
    torch.manual_seed(3)
    assert torch.equal(one, audio_windows(_sound(), Strength(live=0.0)))
    mixed = sheet_windows(_page(64), Strength(press=0.5))
    assert 0.2 < (mixed[:, :14].amax((1, 2)) == 0).float().mean() < 1


def _sound(count=32):
    """A note that begins in the middle and dies away, with overtones."""
    sound = torch.zeros(count, PAIR_FRAMES, 92)
    decay = torch.exp(-torch.arange(PAIR_FRAMES - PAIR_FRAMES // 2) / 10.0)[:, None]
    sound[:, PAIR_FRAMES // 2 :, 20:80:12] = 150 * decay
    return sound.to(torch.uint8)


def test_attacks_stay_crisp_and_where_they_were():
    torch.manual_seed(0)
    still = {"stretch": 0.0, "detune": 0.0, "equaliser_db": 0.0, "gain_db": 0.0, "noise": 1e-9}
    torch.manual_seed(0)
    grain = torch.randint(0, 200, (16, PAIR_FRAMES, 92), dtype=torch.uint8)
    kept = {}
    for live in (0.0, 1.0):
        heard = audio_windows(_sound(), Strength(shift_t=0.7, live=live, **still))
        assert heard.shape == (32, 84, 92) and heard.min() >= 0
        rise = heard[:, :, 20].diff(dim=1)
        assert ((rise.argmax(1) - 41).abs() <= 1).all()
        grainy = audio_windows(grain, Strength(shift_t=0.7, live=live, **still))
        kept[live] = float(grainy[:, :, :40].diff(dim=1).square().mean())
    assert kept[1.0] > 1.1 * kept[0.0]  # half a frame's shift blurs less


@pytest.mark.parametrize("mode", ["bilinear", "bicubic"])
def test_both_ways_to_resample_agree(mode):
    """OpenCV's on processors, torch's elsewhere: scaled, turned, moved; the border goes on."""
    smooth = torch.nn.functional.avg_pool2d(torch.rand(3, 104, 204), 5, 1, 2)
    theta = torch.tensor([[1.05, -0.02, 1.3], [0.02, 1.05, -0.7]]).repeat(3, 1, 1)
    theta[1] = torch.tensor([[1.0, 0.0, 30.0], [0.0, 1.0, 0.0]])
    got, wanted = _warp(smooth, theta, 80, 180, mode), _grid(smooth, theta, 80, 180, mode)
    torch.testing.assert_close(got, wanted, atol=1e-3, rtol=0)


def test_a_paced_window_shows_more_of_the_sound():
    ramp = torch.arange(PAIR_FRAMES)[None, :, None].expand(2, PAIR_FRAMES, 92).to(torch.uint8)
    plain = audio_windows(ramp, NONE)
    slow = audio_windows(ramp, NONE, torch.tensor([1.0, 1.5]))
    torch.testing.assert_close(slow[0], plain[0])
    grows = slow[1].diff(dim=0).mean() / plain[1].diff(dim=0).mean()
    assert grows == pytest.approx(1.5, rel=0.02)
