"""InfoNCE against its formula."""

import numpy as np
import pytest
import torch

from scorebridge_lab.losses.infonce import infonce


def test_infonce_is_the_mean_of_both_cross_entropies():
    rng = np.random.default_rng(1)
    s, a = rng.standard_normal((2, 6, 5))
    scale = 7.0
    logits = s @ a.T * scale
    rows = -np.diag(logits - np.log(np.exp(logits).sum(1, keepdims=True))).mean()
    columns = -np.diag(logits - np.log(np.exp(logits).sum(0, keepdims=True))).mean()
    loss, hit = infonce(
        torch.from_numpy(s),
        torch.from_numpy(a),
        torch.log(torch.tensor(scale, dtype=torch.float64)),
        torch.eye(6, dtype=torch.bool),
    )
    assert loss.item() == pytest.approx((rows + columns) / 2)
    assert hit.item() == pytest.approx((logits.argmax(1) == np.arange(6)).mean())


def test_infonce_leaves_out_pairs_of_the_same_place():
    vectors = torch.eye(3)[[0, 0, 1]]  # pairs 0 and 1 show the same music
    same = torch.eye(3, dtype=torch.bool)
    scale = torch.tensor(3.0)
    strict, _ = infonce(vectors, vectors, scale, same)
    same[0, 1] = same[1, 0] = True
    kind, _ = infonce(vectors, vectors, scale, same)
    assert kind < 0.01 < strict
