"""Ways to compare vectors against naive formulas, and hubs made to order."""

import numpy as np
import pytest

from studies.vectors import compare, eight_bit, nearness, principal, study, unit


def _pairs(n, d=12, noise=0.5, seed=0):
    rng = np.random.default_rng(seed)
    common = rng.standard_normal((n, d))
    views = (common + noise * rng.standard_normal((n, d)) for _ in range(2))
    return tuple(unit(v.astype(np.float32)) for v in views)


def test_eight_bits_are_near_and_axes_are_orthogonal():
    x, y = _pairs(200)
    assert np.abs(eight_bit(x) - x).max() <= np.abs(x).max() / 254 + 1e-6
    axes = principal(np.concatenate([x, y]), 5)
    np.testing.assert_allclose(axes.T @ axes, np.eye(5), atol=1e-5)


def test_nearness_by_sorting():
    x, bank = _pairs(30)
    wanted = [np.sort(row)[-4:].mean() for row in x @ bank.T]
    np.testing.assert_allclose(nearness(x, bank, 4), wanted, rtol=1e-5)


def test_csls_and_softmax_against_their_formulas():
    (q, c), (bq, bc) = _pairs(40), _pairs(60, seed=1)
    found = compare(q, c, bq, bc)
    r_c = np.array([np.sort(row)[-10:].mean() for row in c @ bq.T])
    r_q = np.array([np.sort(row)[-10:].mean() for row in q @ bc.T])
    csls = 2 * q @ c.T - r_q[:, None] - r_c
    share = np.exp(30 * q @ c.T) / np.exp(30 * bq @ c.T).sum(0)
    for name, score in (("csls", csls), ("softmax", share)):
        wanted = (score >= np.diag(score)[:, None] - 1e-6).sum(1)
        assert (found[name] == wanted).mean() > 0.95  # ties by rounding aside


def test_correction_helps_against_hubs():
    (q, c), (bq, bc) = _pairs(300, noise=0.8), _pairs(300, noise=0.8, seed=1)
    shift = 2 * np.eye(1, 12, dtype=np.float32)  # all lean one way, some candidates more
    lean = np.random.default_rng(2).random((300, 1)).astype(np.float32)
    q, bq, c, bc = (unit(v + k * shift) for v, k in ((q, 1), (bq, 1), (c, lean), (bc, lean)))
    found = {name: (1 / r).mean() for name, r in compare(q, c, bq, bc).items()}
    assert found["csls"] > found["plain"] + 0.02 and found["softmax"] > found["plain"] + 0.02
    assert found["8 bit"] == pytest.approx(found["plain"], abs=0.02)


def test_the_study_has_both_directions():
    sheet, audio = _pairs(50)
    rows = study(sheet, audio, np.arange(50) // 10, (sheet[::-1], audio[::-1]))
    assert {r.direction for r in rows} == {"A2S", "S2A"} and len(rows) == 2 * 6
