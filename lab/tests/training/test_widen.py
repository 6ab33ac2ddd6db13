"""Larger networks begin with the vectors of the trained one."""

from dataclasses import replace

import pytest
import torch
from packed_pieces import note_pieces  # pyright: ignore[reportMissingImports]

from scorebridge_lab.errors import LabError
from scorebridge_lab.nets.compact import Pair
from scorebridge_lab.training.pair import PairSettings, train
from scorebridge_lab.training.widen import can_widen, widened

TINY = PairSettings(
    steps=24,
    batches=((1.0, 16),),
    dim=8,
    channels=(4, 4, 4, 4, 4, 4),
    save_every=12,
    evaluate_every=24,
    candidates=50,
)


@pytest.mark.parametrize("mixing", [0, 1])
def test_larger_networks_begin_with_the_trained_one(tmp_path, mixing):
    train(note_pieces(), [], tmp_path / "run", replace(TINY, steps=2, mixing=0))
    none = replace(TINY, steps=1, learning_rate=0.0, mixing=0)
    first = train(note_pieces(), [], tmp_path / "same", none, start=tmp_path / "run")
    more = replace(none, dim=2 * TINY.dim, mixing=mixing)
    second = train(note_pieces(), [], tmp_path / "more", more, start=tmp_path / "run")
    windows = torch.rand(3, 84, 92)
    with torch.no_grad():
        short, long = first.eval().audio(windows), second.eval().audio(windows)
    part = torch.nn.functional.normalize(long[:, : TINY.dim], dim=1)
    assert long.shape == (3, 2 * TINY.dim)
    torch.testing.assert_close(part, short, atol=1e-2, rtol=1e-2)
    with pytest.raises(LabError, match="another network"):
        train(note_pieces(), [], tmp_path / "fewer", TINY, start=tmp_path / "more")


def test_wider_networks_begin_with_what_the_trained_one_said(tmp_path):
    settings = replace(TINY, steps=3, mixing=1)
    first = train(note_pieces(), [], tmp_path / "run", settings).eval()
    pair = Pair(TINY.dim, (4, 7, 9, 6, 8, 4), 1).eval()
    assert can_widen(first, pair) and not can_widen(pair, first)
    assert not can_widen(first, Pair(TINY.dim, (4, 4, 4, 4, 4, 5), 1))
    pair.load_state_dict(widened(first.state_dict(), pair.state_dict()))
    sheet, audio = torch.rand(3, 80, 180), torch.rand(3, 84, 92)
    with torch.no_grad():
        torch.testing.assert_close(pair.sheet(sheet), first.sheet(sheet), atol=1e-4, rtol=0)
        torch.testing.assert_close(pair.audio(audio), first.audio(audio), atol=1e-4, rtol=0)
    wide = replace(settings, steps=1, channels=(4, 7, 9, 6, 8, 4))
    train(note_pieces(), [], tmp_path / "wide", wide, start=tmp_path / "run")
    weights = dict(pair.sheet.named_parameters())
    second, third = weights["features.3.weight"], weights["features.6.weight"]
    (gradient,) = torch.autograd.grad(pair.sheet(sheet)[:, 0].sum(), third)
    assert third[:4, 4:].abs().max() == 0 and gradient[:4, 4:].abs().max() > 0
    assert second[4:].abs().max() > 0
