"""The papers' layers and losses against numpy, scipy and their formulas."""

import copy
import shutil
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context

import numpy as np
import pytest
import torch
from scipy import linalg

from scorebridge_lab.errors import LabError
from scorebridge_lab.losses.dcca import trace_norm
from scorebridge_lab.losses.ntxent import ntxent
from scorebridge_lab.losses.ranking import ranking
from scorebridge_lab.nets.cca import RIDGE, Cca, covariances, inverse_root, projections
from scorebridge_lab.nets.paper_pair import PaperPair, Shape
from scorebridge_lab.nets.vgg import Projection, SoftAttention, Vgg
from scorebridge_lab.training.loop import compile_features


def _views(n=200, d=6, seed=0):
    """Two correlated views with means, double precision."""
    rng = np.random.default_rng(seed)
    common = rng.standard_normal((n, d))
    x = common @ rng.standard_normal((d, d)) + 0.3 * rng.standard_normal((n, d)) + 2
    y = common @ rng.standard_normal((d, d)) + 0.5 * rng.standard_normal((n, d)) - 1
    return x, y


def _numpy_cca(x, y, ridge):
    """Textbook CCA by scipy: projections of full rank and canonical correlations."""
    x, y = x - x.mean(0), y - y.mean(0)
    n = len(x) - 1
    eye = ridge * np.eye(x.shape[1])
    wx = linalg.inv(linalg.sqrtm(x.T @ x / n + eye)).real
    wy = linalg.inv(linalg.sqrtm(y.T @ y / n + eye)).real
    u, d, v = linalg.svd(wx @ (x.T @ y / n) @ wy)
    return wx @ u, wy @ v.T, d


def _cosines(a, b):
    a, b = (v / np.linalg.norm(v, axis=1, keepdims=True) for v in (a, b))
    return a @ b.T


def test_trace_norm_is_the_sum_of_canonical_correlations():
    x, y = _views()
    wanted = _numpy_cca(x, y, RIDGE)[2].sum()
    got = trace_norm(torch.from_numpy(x), torch.from_numpy(y)).item()
    assert got == pytest.approx(-wanted, rel=1e-9)
    strangers = trace_norm(torch.from_numpy(x), torch.from_numpy(y[::-1].copy())).item()
    assert got < strangers < 0  # related views correlate more


def test_trace_norm_and_inverse_root_have_true_gradients():
    x, y = (torch.from_numpy(v[:20, :3]).requires_grad_() for v in _views())
    assert torch.autograd.gradcheck(trace_norm, (x, y))
    # At equal eigenvalues eigenvectors have no derivative; S^-1/2 has.
    root = torch.eye(3, dtype=torch.double, requires_grad=True)
    assert torch.autograd.gradcheck(lambda m: inverse_root(m @ m.T + torch.eye(3)), (root,))


def test_projections_give_the_cosines_of_textbook_cca():
    x, y = _views()
    px, py, _ = _numpy_cca(x, y, RIDGE)
    wanted = _cosines((x - x.mean(0)) @ px, (y - y.mean(0)) @ py)
    cca = Cca(6).double()
    cca.fit(torch.from_numpy(x), torch.from_numpy(y))
    sheet = ((torch.from_numpy(x) - cca.sheet_mean) @ cca.sheet_projection).numpy()
    audio = ((torch.from_numpy(y) - cca.audio_mean) @ cca.audio_projection).numpy()
    np.testing.assert_allclose(_cosines(sheet, audio), wanted, atol=1e-4)


def test_cca_layer_learns_running_covariances_and_then_holds_still():
    x, y = (torch.from_numpy(v).float() for v in _views(n=4000))
    cca = Cca(6, momentum=0.05)
    for k in range(0, 4000, 100):
        a, b = cca(x[k : k + 100], y[k : k + 100])
    fitted = Cca(6)
    fitted.fit(x, y)
    torch.testing.assert_close(cca.sheet_mean, fitted.sheet_mean, atol=0.2, rtol=0.1)
    assert a.shape == b.shape == (100, 6)
    cosine = torch.nn.functional.cosine_similarity
    kept = cosine(cca.sheet(x), cca.audio(y)).mean()
    assert kept == pytest.approx(cosine(fitted.sheet(x), fitted.audio(y)).mean().item(), abs=0.02)
    before = cca.sheet(x[:3])
    cca.eval()
    torch.testing.assert_close(cca.sheet(x[:3]), before, atol=0, rtol=0)


def test_gradients_through_the_layer_are_true():
    x, y = (torch.from_numpy(v[:20, :3]).requires_grad_() for v in _views())

    def loss(x, y):
        px, py = projections(*covariances(x, y))
        return ranking((x - x.mean(0)) @ px, (y - y.mean(0)) @ py, 0.7)

    assert torch.autograd.gradcheck(loss, (x, y))


def test_ranking_by_hand():
    x = torch.tensor([[1.0, 0.0], [0.0, 2.0]])
    y = torch.tensor([[3.0, 0.0], [1.0, 1.0]])
    half = 2**-0.5  # cosines: 1, .707 / 0, .707
    wanted = (max(0, 0.7 - 1 + half) + max(0, 0.7 - half + 0)) / 2
    assert ranking(x, y, 0.7).item() == pytest.approx(wanted)


def test_ntxent_is_the_formula_with_its_minus_sign():
    rng = np.random.default_rng(3)
    a, b = (v / np.linalg.norm(v, axis=1, keepdims=True) for v in rng.standard_normal((2, 5, 4)))
    z, total = np.concatenate([a, b]), 0.0
    for i in range(10):
        j = (i + 5) % 10
        others = [np.exp(z[i] @ z[v] / 0.5) for v in range(10) if v != i]
        total -= np.log(np.exp(z[i] @ z[j] / 0.5) / sum(others))
    got = ntxent(torch.from_numpy(a), torch.from_numpy(b)).item()
    assert got == pytest.approx(total / 10)
    assert ntxent(torch.from_numpy(a), torch.from_numpy(a)).item() < got  # pulls together


@pytest.mark.parametrize(
    "shape",
    [
        Shape((40, 100), (100, 136), (2, 2, 4, 4), top="pool"),  # P1
        Shape((180, 200), (42, 92), (2, 2, 4, 4), top="pool"),  # P2
        Shape((80, 100), (168, 92), (2, 2, 4, 4), top="pool", attention=True),  # P4
        Shape((80, 100), (84, 92), (2, 2, 4, 4)),  # P5
    ],
)
def test_pairs_of_all_sizes_give_unit_vectors(shape):
    pair = PaperPair(shape).eval()
    with torch.no_grad():
        sheet = pair.embed_sheet(torch.rand(3, *shape.sheet))
        audio = pair.embed_audio(torch.rand(3, *shape.audio))
    assert sheet.shape == audio.shape == (3, 32)
    torch.testing.assert_close(sheet.norm(dim=1), torch.ones(3))
    torch.testing.assert_close(audio.norm(dim=1), torch.ones(3))


def test_p3_has_the_weights_of_its_table():
    count = sum(p.numel() for p in Vgg(80, 100, (24, 48, 96, 96)).parameters())
    convolutions = 9 * (24 + 24 * 24 + 24 * 48 + 48 * 48 + 48 * 96 + 3 * 96 * 96) + 96 * 32
    norms = 2 * (2 * (24 + 48 + 96 + 96) + 32)
    assert count == convolutions + norms


def test_attention_weighs_frames_and_even_attention_changes_nothing():
    attention = SoftAttention(92).eval()
    windows = torch.rand(2, 84, 92)
    with torch.no_grad():
        weights = attention.weights(windows)
        torch.testing.assert_close(weights.sum(1), torch.ones(2))
        torch.testing.assert_close(
            attention(windows), windows * weights[:, :, None] * 84, atol=1e-6, rtol=1e-5
        )
        attention.score.weight.zero_()
        torch.testing.assert_close(attention(windows), windows)


def test_projection_head_gives_unit_rows():
    out = Projection(20, 8)(torch.rand(6, 20))
    torch.testing.assert_close(out.norm(dim=1), torch.ones(6))


@pytest.mark.slow
@pytest.mark.filterwarnings("ignore::DeprecationWarning")  # of torch, about itself
@pytest.mark.skipif(shutil.which("g++") is None, reason="no C++ compiler here")
def test_compiled_convolutions_have_the_same_gradients_and_names():
    # In a process of its own: what other tests have compiled changes how torch splits frames.
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as pool:
        pool.submit(compare_compiled_with_plain).result()


def compare_compiled_with_plain() -> None:
    from torch._dynamo.utils import counters

    torch.manual_seed(0)
    plain = Vgg(16, 16, (4, 6), dim=5)
    compiled = copy.deepcopy(plain)
    compile_features(compiled)
    counters.clear()
    windows, target = torch.rand(8, 16, 16), torch.randn(8, 5)
    for net in (plain, compiled):
        (net(windows) * target).sum().backward()
    assert counters["frames"]["ok"] == 1  # torch takes some modules and compiles nothing
    assert list(plain.state_dict()) == list(compiled.state_dict())
    for (name, mine), theirs in zip(plain.named_parameters(), compiled.parameters(), strict=True):
        torch.testing.assert_close(theirs.grad, mine.grad, atol=1e-4, rtol=1e-3, msg=name)
    for name, mean in plain.named_buffers():
        torch.testing.assert_close(compiled.get_buffer(name), mean, atol=1e-5, rtol=1e-4)


def test_compiling_needs_a_compiler():
    with pytest.raises(LabError, match="needs a C"):
        compile_features(Vgg(16, 16, (4, 6)), compilers=("no-such-compiler",))
