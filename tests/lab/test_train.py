"""The loop on tiny data: it learns, and a resumed run is the same run."""

import copy
import json
from dataclasses import replace

import numpy as np
import pytest

torch = pytest.importorskip("torch")

from scorebridge.errors import LabError  # noqa: E402
from scorebridge.lab.augment.windows import NONE, audio_windows, sheet_windows  # noqa: E402
from scorebridge.lab.data.pack import SPEC_SCALE, Packed, save  # noqa: E402
from scorebridge.lab.data.pairs import LONG, WIDE, sample  # noqa: E402
from scorebridge.lab.eight_bit import training_windows  # noqa: E402
from scorebridge.lab.muon import Muon, orthogonal  # noqa: E402
from scorebridge.lab.nets.compact import Mixing, Pair  # noqa: E402
from scorebridge.lab.ours import Settings, batch_size, in_parts, train  # noqa: E402
from scorebridge.lab.ship import load_pair, ship  # noqa: E402
from scorebridge.lab.train import Loop, Progress, judge, learning_rate, over, within  # noqa: E402
from scorebridge.lab.widen import can_widen, widened  # noqa: E402
from scorebridge.score.strips import STRIP_HEIGHT  # noqa: E402

TINY = Settings(
    steps=24,
    batches=((1.0, 16),),
    dim=8,
    channels=(4, 4, 4, 4, 4, 4),
    save_every=12,
    evaluate_every=24,
    candidates=50,
)


def _pieces(count=3):
    """Pieces whose both sides show the same random melody."""
    out = []
    for k in range(count):
        rng = np.random.default_rng(k)
        notes = rng.integers(0, 20, 60)
        strip = np.full((STRIP_HEIGHT, 60 * 8 + 100), 255, np.uint8)
        spec = np.zeros((60 * 5 + 100, 92), np.uint8)
        for j, note in enumerate(notes):
            strip[20 + 3 * note : 24 + 3 * note, 50 + 8 * j : 54 + 8 * j] = 0
            spec[50 + 5 * j : 54 + 5 * j, 80 - 3 * note] = 150
        columns = (52 + 8 * np.arange(60)).astype(np.int32)
        frames = (50 + 5 * np.arange(60)).astype(np.int32)[None]
        out.append(Packed(f"p{k}", strip, (spec,), columns, frames))
    return out


def test_the_cycle_of_our_own_runs():
    settings = Settings(steps=1000)
    sizes = [batch_size(settings, k) for k in range(1000)]
    assert sizes == sorted(sizes) and sizes[0] == 64 and sizes[-1] == 256
    rates = [learning_rate(settings.loop(), Progress(step=k)) for k in range(1000)]
    assert np.argmax(rates) == 80 and max(rates) == pytest.approx(8e-3)
    assert rates[-1] < 1e-4


def test_flat_scores_halve_the_rate_and_then_stop():
    loop = Loop(steps=10_000, epoch=10, learning_rate=1.0, patience=3, halvings=2)
    progress, rates, best = Progress(), [], []
    for score in (0.1, 0.3, 0.2, 0.3, 0.3, 0.4, 0.4, 0.4, 0.4):
        assert not over(loop, progress)
        progress, better = judge(loop, progress, score)
        rates.append(learning_rate(loop, progress))
        best.append(better)
    assert rates == [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25]
    assert [k for k, better in enumerate(best) if better] == [0, 1, 5]
    assert over(loop, progress) and progress.best == 0.4


def test_a_run_with_a_budget_comes_to_rest_within_it():
    whole = Loop(steps=10_000, epoch=10, learning_rate=1.0, schedule="flat")
    assert within(whole, None) == within(whole, 10_000) == whole
    short = within(whole, 200)
    assert short.epoch == 25  # judged eight times
    rates = [learning_rate(short, Progress(step=k, halved=3)) for k in range(200)]
    assert np.argmax(rates) == 16 and max(rates) == 1.0 and rates[-1] < 0.02
    assert over(short, Progress(step=200)) and not over(short, Progress(step=199))
    assert within(replace(whole, schedule="stairs"), 200).schedule == "stairs"  # known beforehand


def test_stairs_halve_every_so_many_epochs():
    loop = Loop(steps=300, epoch=2, learning_rate=0.1, schedule="stairs", patience=25)
    rates = [learning_rate(loop, Progress(step=k)) for k in (0, 49, 50, 100)]
    assert rates == pytest.approx([0.1, 0.1, 0.05, 0.025])


def test_no_augmentation_is_the_plain_middle():
    batch = sample(_pieces(), 8, 0, 0)
    sheet = sheet_windows(torch.from_numpy(batch.sheet), NONE)
    top, left = (STRIP_HEIGHT - 80) // 2, (WIDE - 180) // 2
    plain = 1 - batch.sheet[:, top : top + 80, left : left + 180] / 255
    np.testing.assert_allclose(sheet.numpy(), plain, atol=1e-3)
    audio = audio_windows(torch.from_numpy(batch.audio), NONE)
    first = (LONG - 84) // 2
    plain = batch.audio[:, first : first + 84] / SPEC_SCALE
    np.testing.assert_allclose(audio.numpy(), plain, atol=1e-3)


def test_augmentation_changes_but_keeps_range():
    batch = sample(_pieces(), 32, 0, 0)
    torch.manual_seed(0)
    sheet = sheet_windows(torch.from_numpy(batch.sheet))
    audio = audio_windows(torch.from_numpy(batch.audio))
    assert sheet.shape == (32, 80, 180) and audio.shape == (32, 84, 92)
    assert torch.isfinite(sheet).all() and torch.isfinite(audio).all()
    assert sheet.min() > -1 and sheet.max() < 2 and audio.min() >= 0


def test_level_and_paper_do_not_matter():
    pair = Pair(8, (4, 4, 4, 4, 4, 4)).eval()
    window = torch.rand(2, 84, 92)
    with torch.no_grad():
        same = pair.audio(window * 0.3 + 0.5)
        torch.testing.assert_close(pair.audio(window), same, atol=5e-3, rtol=0)


def test_it_learns_and_resumes_exactly(tmp_path):
    pieces = _pieces()
    whole = train(pieces, pieces, tmp_path / "whole", TINY)
    losses = [
        json.loads(line) for line in (tmp_path / "whole" / "log.jsonl").read_text().splitlines()
    ]
    assert losses[-1]["valid"]["a2s"] > 0
    written = {p.name for p in (tmp_path / "whole").iterdir()}
    assert written >= {"settings.json", "data.json", "result.json", "checkpoint.pt", "tensorboard"}
    result = json.loads((tmp_path / "whole" / "result.json").read_text())
    assert result["seen"] == 24 * 16 and result["valid"]["a2s"] == losses[-1]["valid"]["a2s"]
    assert json.loads((tmp_path / "whole" / "data.json").read_text())[0]["pairs"] == 60
    cut = replace(TINY, save_every=1)
    calls = iter(range(10_000))

    class Interrupted(Exception):
        pass

    def stop():
        if next(calls) == 0:
            raise Interrupted
        return pieces

    with pytest.raises(Interrupted):  # a kill in the middle, at the first evaluation
        train(pieces, pieces, tmp_path / "cut", replace(cut, evaluate_every=12), reload=stop)
    resumed = train(pieces, pieces, tmp_path / "cut", cut)
    for a, b in zip(whole.parameters(), resumed.parameters(), strict=True):
        torch.testing.assert_close(a, b)


def test_loss_falls(tmp_path):
    settings = replace(TINY, steps=100, channels=(8, 8, 8, 8, 8, 8), learning_rate=1e-2)
    train(_pieces(), [], tmp_path, settings, NONE)
    log = [json.loads(line)["loss"] for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert log[-1] < 0.9 * np.log(16)


@pytest.mark.parametrize("mixing", [0, 2])
def test_shipped_files_load_and_agree(tmp_path, mixing):
    from scorebridge.encode import load_encoder

    train(_pieces(), [], tmp_path / "run", replace(TINY, steps=2, mixing=mixing))
    ship(tmp_path / "run", tmp_path / "model", "tiny", {"data": "made up"})
    encoder = load_encoder(str(tmp_path / "model"))
    windows = np.random.default_rng(0).integers(0, 256, (3, 80, 180)).astype(np.uint8)
    pair = load_pair(tmp_path / "model")
    with torch.no_grad():
        wanted = pair.sheet(1 - torch.from_numpy(windows).float() / 255).numpy()
    assert ((encoder.sheet(windows) * wanted).sum(1) > 0.99).all()
    assert json.loads((tmp_path / "model" / "card.json").read_text())["data"] == "made up"


def test_networks_of_8_bits_agree_and_say_so(tmp_path):
    from scorebridge.encode import load_encoder

    for piece in _pieces():
        save(piece, tmp_path / "packed" / f"{piece.name}.npz")
    run = tmp_path / "run"
    train(_pieces(), [], run, replace(TINY, steps=20, channels=(8,) * 6, mixing=1))
    windows = training_windows([tmp_path / "packed"])
    ship(run, tmp_path / "whole", "tiny", {})
    ship(run, tmp_path / "bits", "tiny", {}, windows)
    whole, bits = (load_encoder(str(tmp_path / name)) for name in ("whole", "bits"))
    for side in ("sheet", "audio"):
        cosines = (getattr(whole, side)(windows[side]) * getattr(bits, side)(windows[side])).sum(1)
        assert 0.99 < cosines.mean() < 0.999999, side
        assert "FakeQuantize" in (tmp_path / "bits" / f"{side}.xml").read_text()
    assert whole.name != bits.name
    assert json.loads((tmp_path / "bits" / "card.json").read_text())["bits"] == 8
    with pytest.raises(LabError, match="no packed pieces"):
        training_windows([tmp_path])


def test_what_ships_can_be_the_mean_of_two_ends(tmp_path):
    ends = [
        train(_pieces(), [], tmp_path / f"{seed}", replace(TINY, steps=2, seed=seed))
        for seed in (1, 2)
    ]
    ship(tmp_path / "1", tmp_path / "model", "mean", {}, also=[tmp_path / "2"])
    shipped = load_pair(tmp_path / "model")
    for mean, a, b in zip(shipped.parameters(), *(e.parameters() for e in ends), strict=True):
        torch.testing.assert_close(mean, (a + b) / 2, atol=1e-3, rtol=1e-3)
    train(_pieces(), [], tmp_path / "other", replace(TINY, steps=1, dim=2 * TINY.dim))
    with pytest.raises(LabError, match="no mean"):
        ship(tmp_path / "1", tmp_path / "never", "mean", {}, also=[tmp_path / "other"])


def test_a_run_can_begin_with_shipped_weights(tmp_path):
    first = train(_pieces(), [], tmp_path / "run", replace(TINY, steps=2))
    ship(tmp_path / "run", tmp_path / "model", "tiny", {})
    none = replace(TINY, steps=1, learning_rate=0.0)
    second = train(_pieces(), [], tmp_path / "next", none, start=tmp_path / "model")
    for a, b in zip(first.parameters(), second.parameters(), strict=True):
        torch.testing.assert_close(a, b, atol=1e-3, rtol=1e-3)  # shipped as 16-bit numbers


@pytest.mark.parametrize("mixing", [0, 1])
def test_larger_networks_begin_with_the_trained_one(tmp_path, mixing):
    train(_pieces(), [], tmp_path / "run", replace(TINY, steps=2, mixing=0))
    none = replace(TINY, steps=1, learning_rate=0.0, mixing=0)
    first = train(_pieces(), [], tmp_path / "same", none, start=tmp_path / "run")
    more = replace(none, dim=2 * TINY.dim, mixing=mixing)
    second = train(_pieces(), [], tmp_path / "more", more, start=tmp_path / "run")
    windows = torch.rand(3, 84, 92)
    with torch.no_grad():
        short, long = first.eval().audio(windows), second.eval().audio(windows)
    part = torch.nn.functional.normalize(long[:, : TINY.dim], dim=1)
    assert long.shape == (3, 2 * TINY.dim)
    torch.testing.assert_close(part, short, atol=1e-2, rtol=1e-2)
    with pytest.raises(LabError, match="another network"):
        train(_pieces(), [], tmp_path / "fewer", TINY, start=tmp_path / "more")


def test_wider_networks_begin_with_what_the_trained_one_said(tmp_path):
    settings = replace(TINY, steps=3, mixing=1)
    first = train(_pieces(), [], tmp_path / "run", settings).eval()
    pair = Pair(TINY.dim, (4, 7, 9, 6, 8, 4), 1).eval()
    assert can_widen(first, pair) and not can_widen(pair, first)
    assert not can_widen(first, Pair(TINY.dim, (4, 4, 4, 4, 4, 5), 1))
    pair.load_state_dict(widened(first.state_dict(), pair.state_dict()))
    sheet, audio = torch.rand(3, 80, 180), torch.rand(3, 84, 92)
    with torch.no_grad():
        torch.testing.assert_close(pair.sheet(sheet), first.sheet(sheet), atol=1e-4, rtol=0)
        torch.testing.assert_close(pair.audio(audio), first.audio(audio), atol=1e-4, rtol=0)
    wide = replace(settings, steps=1, channels=(4, 7, 9, 6, 8, 4))
    train(_pieces(), [], tmp_path / "wide", wide, start=tmp_path / "run")
    weights = dict(pair.sheet.named_parameters())
    second, third = weights["features.3.weight"], weights["features.6.weight"]
    (gradient,) = torch.autograd.grad(pair.sheet(sheet)[:, 0].sum(), third)
    assert third[:4, 4:].abs().max() == 0 and gradient[:4, 4:].abs().max() > 0
    assert second[4:].abs().max() > 0


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


def test_weights_of_other_windows_are_told(tmp_path, monkeypatch):
    train(_pieces(), [], tmp_path / "run", replace(TINY, steps=1))
    ship(tmp_path / "run", tmp_path / "model", "tiny", {})
    monkeypatch.setattr("scorebridge.lab.nets.compact.WINDOW_WIDTH", 260)
    for old in ("run", "model"):
        with pytest.raises(LabError, match=f"{old}: weights of another network, or of windows"):
            train(_pieces(), [], tmp_path / f"from {old}", TINY, start=tmp_path / old)


def test_gradient_caching_changes_no_gradient():
    pair = Pair(8, (4, 4, 4, 4, 4, 4)).eval()  # no dropout, fixed batch norm: parts are alike
    windows, target = torch.rand(10, 84, 92), torch.randn(10, 8)
    grads = []
    for part in (0, 4):
        pair.zero_grad(set_to_none=True)
        (in_parts(pair.audio, windows, part) * target).sum().backward()
        grads.append([p.grad for p in pair.audio.parameters()])
    for a, b in zip(*grads, strict=True):
        torch.testing.assert_close(a, b, atol=1e-5, rtol=1e-4)


def test_the_strip_pair_trains_ships_and_starts_a_run(tmp_path):
    from scorebridge.encode import load_encoder

    settings = replace(TINY, steps=2, net="strip", mixing=0, part=8)
    first = train(_pieces(), [], tmp_path / "run", settings)
    ship(tmp_path / "run", tmp_path / "model", "strip", {})
    windows = np.random.default_rng(0).random((2, 84, 92)).astype(np.float32)
    with torch.no_grad():
        wanted = first.audio(torch.from_numpy(windows)).numpy()
    got = load_encoder(str(tmp_path / "model")).audio(windows)
    assert ((got * wanted).sum(1) > 0.99).all()
    train(_pieces(), [], tmp_path / "next", replace(settings, steps=1), start=tmp_path / "model")
    with pytest.raises(LabError, match="another network"):
        train(_pieces(), [], tmp_path / "other", TINY, start=tmp_path / "model")


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
