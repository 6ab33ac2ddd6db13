"""Muon: orthogonal steps for matrices, AdamW for the rest."""

import copy

import torch

from scorebridge_lab.training.muon import Muon, orthogonal


def test_muon_turns_matrices_and_leaves_the_rest_to_adamw():
    torch.manual_seed(0)
    for shape in ((24, 60), (60, 24), (30, 30)):
        values = torch.linalg.svdvals(orthogonal(torch.randn(shape)))
        assert values.min() > 0.5 and values.max() < 1.3
    net = torch.nn.Sequential(torch.nn.Conv2d(3, 5, 3), torch.nn.Flatten(), torch.nn.Linear(20, 2))
    other = copy.deepcopy(net)
    muon = Muon(net.named_parameters(), lr=0.01, decay=0.1)
    adamw = torch.optim.AdamW([p for p in other.parameters() if p.ndim == 1], 0.01, weight_decay=0)
    before = [p.detach().clone() for p in net.parameters()]
    data = torch.randn(4, 3, 4, 4)
    for each in (net, other):
        each(data).square().mean().backward()
    muon.step()
    adamw.step()
    for was, now, beside in zip(before, net.parameters(), other.parameters(), strict=True):
        if now.ndim == 1:
            torch.testing.assert_close(now, beside)
            continue
        moved = (now - was * (1 - 0.01 * 0.1)).flatten(1) / 0.01
        size = 0.2 * max(moved.shape) ** 0.5
        values = torch.linalg.svdvals(moved) / size
        assert values.max() < 1.3 and values.median() > 0.3
