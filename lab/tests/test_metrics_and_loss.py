"""Retrieval figures by hand, InfoNCE against its formula."""

import numpy as np
import pytest

from scorebridge_lab.evaluate.metrics import from_ranks, paired_ranks

torch = pytest.importorskip("torch")


def test_figures_of_known_ranks():
    figures = from_ranks(np.array([1, 2, 4, 50]))
    assert figures.queries == 4
    assert (figures.r1, figures.r10, figures.r25) == (0.25, 0.75, 0.75)
    assert figures.mrr == pytest.approx((1 + 0.5 + 0.25 + 0.02) / 4)
    assert figures.mr == 3


def test_ranks_against_sorting():
    rng = np.random.default_rng(0)
    queries = rng.random((40, 8), np.float32) - np.float32(0.5)
    candidates = rng.random((40, 8), np.float32) - np.float32(0.5)
    order = np.argsort(-(queries @ candidates.T), axis=1)
    wanted = [list(row).index(k) + 1 for k, row in enumerate(order)]
    np.testing.assert_array_equal(paired_ranks(queries, candidates), wanted)


def test_constant_vectors_rank_last():
    same = np.full((10, 4), 0.5, np.float32)
    assert (paired_ranks(same, same) == 10).all()


def test_infonce_is_the_mean_of_both_cross_entropies():
    from scorebridge_lab.losses.infonce import infonce

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
    from scorebridge_lab.losses.infonce import infonce

    vectors = torch.eye(3)[[0, 0, 1]]  # pairs 0 and 1 show the same music
    same = torch.eye(3, dtype=torch.bool)
    scale = torch.tensor(3.0)
    strict, _ = infonce(vectors, vectors, scale, same)
    same[0, 1] = same[1, 0] = True
    kind, _ = infonce(vectors, vectors, scale, same)
    assert kind < 0.01 < strict
