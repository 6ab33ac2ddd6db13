"""Training our pair on tiny data: it learns, and a resumed run is the same run."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from packed_pieces import note_pieces  # pyright: ignore[reportMissingImports]

from scorebridge.score.strips import STRIP_HEIGHT
from scorebridge_lab.augment.windows import NONE, audio_windows, sheet_windows
from scorebridge_lab.dataset.pairs import PAIR_COLUMNS, PAIR_FRAMES, sample
from scorebridge_lab.errors import LabError
from scorebridge_lab.nets.compact import Pair
from scorebridge_lab.spectra import SPEC_SCALE
from scorebridge_lab.training.pair import PairSettings, in_parts, train

TINY = PairSettings(
    steps=24,
    batches=((1.0, 16),),
    dim=8,
    channels=(4, 4, 4, 4, 4, 4),
    save_every=12,
    evaluate_every=24,
    candidates=50,
)


def test_no_augmentation_is_the_plain_middle():
    batch = sample(note_pieces(), 8, 0, 0)
    sheet = sheet_windows(torch.from_numpy(batch.sheet), NONE)
    top, left = (STRIP_HEIGHT - 80) // 2, (PAIR_COLUMNS - 180) // 2
    plain = 1 - batch.sheet[:, top : top + 80, left : left + 180] / 255
    np.testing.assert_allclose(sheet.numpy(), plain, atol=1e-3)
    audio = audio_windows(torch.from_numpy(batch.audio), NONE)
    first = (PAIR_FRAMES - 84) // 2
    plain = batch.audio[:, first : first + 84] / SPEC_SCALE
    np.testing.assert_allclose(audio.numpy(), plain, atol=1e-3)


def test_augmentation_changes_but_keeps_range():
    batch = sample(note_pieces(), 32, 0, 0)
    torch.manual_seed(0)
    sheet = sheet_windows(torch.from_numpy(batch.sheet))
    audio = audio_windows(torch.from_numpy(batch.audio))
    assert sheet.shape == (32, 80, 180) and audio.shape == (32, 84, 92)
    assert torch.isfinite(sheet).all() and torch.isfinite(audio).all()
    assert sheet.min() > -1 and sheet.max() < 2 and audio.min() >= 0


@pytest.mark.slow
def test_it_learns_and_resumes_exactly(tmp_path):
    pieces = note_pieces()
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


@pytest.mark.slow
def test_loss_falls(tmp_path):
    settings = replace(TINY, steps=100, channels=(8, 8, 8, 8, 8, 8), learning_rate=1e-2)
    train(note_pieces(), [], tmp_path, settings, NONE)
    log = [json.loads(line)["loss"] for line in (tmp_path / "log.jsonl").read_text().splitlines()]
    assert log[-1] < 0.9 * np.log(16)


def test_a_run_does_not_go_on_with_another_optimiser(tmp_path):
    train(note_pieces(), [], tmp_path, replace(TINY, steps=1))
    with pytest.raises(LabError, match="trained by muon, not by adamw"):
        train(note_pieces(), [], tmp_path, replace(TINY, steps=2, optimiser="adamw"))


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
