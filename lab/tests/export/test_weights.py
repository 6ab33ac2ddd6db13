"""Runs as model folders: both forms agree, 8 bits too, and a run can begin with them."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from packed_pieces import note_pieces  # pyright: ignore[reportMissingImports]
from safetensors.torch import load_file, save_file

from scorebridge.encode.encoder import load_encoder
from scorebridge_lab.dataset.pack import save
from scorebridge_lab.errors import LabError
from scorebridge_lab.export.eight_bit import training_windows
from scorebridge_lab.export.weights import ship
from scorebridge_lab.nets.checkpoints import load_pair
from scorebridge_lab.training.pair import PairSettings, train

TINY = PairSettings(
    steps=24,
    batches=((1.0, 16),),
    dim=8,
    channels=(4, 4, 4, 4, 4, 4),
    save_every=12,
    evaluate_every=24,
    candidates=50,
)


@pytest.mark.slow
@pytest.mark.parametrize("mixing", [0, 2])
def test_shipped_files_load_and_agree(tmp_path, mixing):
    train(note_pieces(), [], tmp_path / "run", replace(TINY, steps=2, mixing=mixing))
    ship(tmp_path / "run", tmp_path / "model", "tiny", {"data": "made up"})
    encoder = load_encoder(str(tmp_path / "model"))
    windows = np.random.default_rng(0).integers(0, 256, (3, 80, 180)).astype(np.uint8)
    pair = load_pair(tmp_path / "model")
    with torch.no_grad():
        wanted = pair.sheet(1 - torch.from_numpy(windows).float() / 255).numpy()
    assert ((encoder.sheet(windows) * wanted).sum(1) > 0.99).all()
    owner = np.array([0, 1, 1])
    with torch.no_grad():
        ink = 1 - torch.from_numpy(windows).float() / 255
        wanted = pair.sheet(ink, torch.from_numpy(owner)).numpy()
    pooled = encoder.sheet(windows, owner)
    assert pooled.shape == wanted.shape and ((pooled * wanted).sum(1) > 0.99).all()
    assert json.loads((tmp_path / "model" / "card.json").read_text())["data"] == "made up"


@pytest.mark.slow
def test_networks_of_8_bits_agree_and_say_so(tmp_path):
    for piece in note_pieces():
        save(piece, tmp_path / "packed" / f"{piece.name}.npz")
    run = tmp_path / "run"
    train(note_pieces(), [], run, replace(TINY, steps=20, channels=(8,) * 6, mixing=1))
    windows = training_windows([tmp_path / "packed"], 64)
    ship(run, tmp_path / "whole", "tiny", {})
    ship(run, tmp_path / "bits", "tiny", {}, windows)
    whole, bits = (load_encoder(str(tmp_path / name)) for name in ("whole", "bits"))
    for side in ("sheet", "audio"):
        cosines = (getattr(whole, side)(windows[side]) * getattr(bits, side)(windows[side])).sum(1)
        assert 0.99 < cosines.mean() < 0.999999, side
        assert "FakeQuantize" in (tmp_path / "bits" / f"{side}.xml").read_text()
    assert whole.info.name != bits.info.name
    assert json.loads((tmp_path / "bits" / "card.json").read_text())["bits"] == 8
    with pytest.raises(LabError, match="no packed pieces"):
        training_windows([tmp_path])


@pytest.mark.slow
def test_what_ships_can_be_the_mean_of_two_ends(tmp_path):
    ends = [
        train(note_pieces(), [], tmp_path / f"{seed}", replace(TINY, steps=2, seed=seed))
        for seed in (1, 2)
    ]
    ship(tmp_path / "1", tmp_path / "model", "mean", {}, also=[tmp_path / "2"])
    shipped = load_pair(tmp_path / "model")
    for mean, a, b in zip(shipped.parameters(), *(e.parameters() for e in ends), strict=True):
        torch.testing.assert_close(mean, (a + b) / 2, atol=1e-3, rtol=1e-3)
    train(note_pieces(), [], tmp_path / "other", replace(TINY, steps=1, dim=2 * TINY.dim))
    with pytest.raises(LabError, match="no mean"):
        ship(tmp_path / "1", tmp_path / "never", "mean", {}, also=[tmp_path / "other"])


def test_a_run_can_begin_with_shipped_weights(tmp_path):
    first = train(note_pieces(), [], tmp_path / "run", replace(TINY, steps=2))
    ship(tmp_path / "run", tmp_path / "model", "tiny", {})
    none = replace(TINY, steps=1, learning_rate=0.0)
    second = train(note_pieces(), [], tmp_path / "next", none, start=tmp_path / "model")
    for a, b in zip(first.parameters(), second.parameters(), strict=True):
        torch.testing.assert_close(a, b, atol=1e-3, rtol=1e-3)  # shipped as 16-bit numbers


def test_weights_of_other_windows_are_refused(tmp_path):
    train(note_pieces(), [], tmp_path / "run", replace(TINY, steps=1))
    ship(tmp_path / "run", tmp_path / "model", "tiny", {})
    head = "sheet.head.2.weight"
    saved = torch.load(tmp_path / "run" / "checkpoint.pt", weights_only=True)
    saved["averaged"][head] = torch.zeros(TINY.dim, 999)  # as of wider windows
    torch.save(saved, tmp_path / "run" / "checkpoint.pt")
    state = load_file(tmp_path / "model" / "pair.safetensors")
    save_file({**state, head: torch.zeros(TINY.dim, 999)}, tmp_path / "model" / "pair.safetensors")
    for old in ("run", "model"):
        with pytest.raises(LabError, match=f"{old}: weights of another network, or of windows"):
            train(note_pieces(), [], tmp_path / f"from {old}", TINY, start=tmp_path / old)
