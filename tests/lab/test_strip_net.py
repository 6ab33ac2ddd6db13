"""Windows cut singly and windows of one pass: the same vectors."""

import pytest

torch = pytest.importorskip("torch")

from torch import nn  # noqa: E402

from scorebridge.lab.nets.strip import AUDIO, SHEET, StripTower, normalised  # noqa: E402


def _used(shape):
    """A tower as after training: batch-norm statistics away from 0 and 1."""
    torch.manual_seed(0)
    tower = StripTower(shape).eval()
    for layer in tower.modules():
        if isinstance(layer, nn.BatchNorm2d):
            nn.init.uniform_(layer.get_buffer("running_mean"), -0.3, 0.3)
            nn.init.uniform_(layer.get_buffer("running_var"), 0.5, 1.5)
            nn.init.uniform_(layer.weight, 0.5, 1.5)
    return tower


@pytest.mark.parametrize(("shape", "hop"), [(SHEET, 24), (AUDIO, 10)])
def test_one_pass_gives_what_single_windows_give(shape, hop):
    tower = _used(shape)
    assert hop % tower.step == 0
    whole = torch.rand(shape.across, shape.along + 7 * hop + 3)
    with torch.no_grad():
        once = tower.strip(whole[None], hop)[0]
        windows = torch.stack([whole[:, k * hop : k * hop + shape.along] for k in range(8)])
        single = tower(windows)
    assert once.shape == single.shape == (8, 64)
    assert (once - single).abs().max() < 1e-4
    spread = (single - single.mean(0)).norm(dim=1)
    assert spread.min() > 1e-3  # and the windows are told apart


def test_hops_off_the_grid_are_refused():
    with pytest.raises(ValueError, match="no multiple"):
        StripTower(SHEET).strip(torch.rand(1, 80, 300), 25)


def test_level_and_paper_do_not_matter():
    tower, window = _used(AUDIO), torch.rand(2, 92, 84)
    with torch.no_grad():
        torch.testing.assert_close(tower(window), tower(0.8 * window + 0.4), atol=0.02, rtol=0)


def test_normalisation_is_local():
    x = torch.rand(1, 8, 60)
    other = x.clone()
    other[..., 40:] += 5
    a, b = normalised(x, 11), normalised(other, 11)
    assert a.shape == (1, 8, 50)
    torch.testing.assert_close(a[..., :30], b[..., :30])  # column 30 is 35 +- 5 of the input
    around = x[0, :, 10:21]
    wanted = (x[0, :, 15] - around.mean()) / (around.std(correction=0) + 0.02)
    torch.testing.assert_close(a[0, :, 10], wanted, atol=1e-4, rtol=1e-4)
