"""The compact pair: level and paper do not matter, mixing begins as the identity."""

import torch

from scorebridge_lab.nets.compact import Mixing, Pair, pooled


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


def test_strips_of_a_window_are_pooled_in_no_order():
    torch.manual_seed(0)
    pair = Pair(8, (4, 4, 4, 4, 4, 4), mixing=1).eval()
    strips = torch.rand(5, 80, 180)
    owner = torch.tensor([0, 1, 1, 1, 2])
    with torch.no_grad():
        vectors = pair.sheet(strips, owner)
        turned = pair.sheet(strips[[0, 3, 1, 2, 4]], owner)
        alone = pair.sheet(strips)
        twice = pair.sheet(strips[[0, 0]], torch.tensor([0, 0]))
    torch.testing.assert_close(vectors, turned)
    torch.testing.assert_close(vectors[[0, 2]], alone[[0, 4]])
    torch.testing.assert_close(twice, alone[:1])
    assert (vectors[1] - alone[1]).abs().max() > 1e-3


def test_pooling_hands_gradients_to_every_window():
    features = torch.rand(4, 3, 2, requires_grad=True)
    pooled(features, torch.tensor([0, 0, 1, 2])).square().sum().backward()
    assert features.grad is not None
    assert (features.grad[2:] > 0).all()
    assert ((features.grad[:2] > 0).sum(0) == 1).all()  # of two strips, the larger one's
