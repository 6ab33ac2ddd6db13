"""The look of library scans: blacker lines, white paper, and nothing moves."""

import pytest

torch = pytest.importorskip("torch")

from scorebridge.lab.augment.windows import FULL, NONE, Strength, sheet_windows  # noqa: E402
from scorebridge.lab.data.pairs import WIDE  # noqa: E402
from scorebridge.score.strips import STRIP_HEIGHT  # noqa: E402

PRESS = Strength(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, press=1.0)


def _page(count=8):
    """Staff lines a third as dark as their heads, as an engraving's are at this size."""
    page = torch.full((count, STRIP_HEIGHT, WIDE), 255.0)
    page[:, 40:55:4] = 170
    page[:, 46:50, 60:64] = 0
    return page.to(torch.uint8)


def test_lines_get_nearer_to_heads_and_paper_stays_white():
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
    mixed = sheet_windows(_page(64), Strength(press=0.5))
    assert 0.2 < (mixed[:, :14].amax((1, 2)) == 0).float().mean() < 1
