"""The compact pair: level and paper do not matter, mixing begins as the identity."""

import torch

from scorebridge_lab.nets.compact import Mixing, Pair


def test_level_and_paper_do_not_matter():
    pair = Pair(8, (4, 4, 4, 4, 4, 4)).eval()
    window = torch.rand(2, 84, 92)
    with torch.no_grad():
        same = pair.audio(window * 0.3 + 0.5)
        torch.testing.assert_close(pair.audio(window), same, atol=5e-3, rtol=0)


def test_mixing_begins_as_nothing_and_sees_every_place():
    torch.manual_seed(1)
    block, x = Mixing(6, 8, heads=2), torch.rand(3, 6, 8)
    torch.testing.assert_close(block(x), x)
    block(x).square().sum().backward()
    assert all(
        p.grad is not None and p.grad.any() for p in (block.answer.weight, block.narrow.weight)
    )
    with torch.no_grad():
        block.answer.weight.copy_(torch.eye(8))
    far = x.clone()
    far[:, 5] += torch.rand(8)
    assert ((block(far) - block(x))[:, :5].abs().sum(2) > 0).all()
