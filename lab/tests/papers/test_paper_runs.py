"""The papers' runs on tiny data: settings, training, pre-training, figures, export."""

import json
from dataclasses import replace

import numpy as np
import pytest
import torch
from packed_pieces import melodies  # pyright: ignore[reportMissingImports]

from scorebridge.encode.encoder import load_encoder
from scorebridge.errors import UsageError
from scorebridge_lab.dataset.pack import save
from scorebridge_lab.errors import LabError
from scorebridge_lab.nets.paper_pair import PaperPair, Shape
from scorebridge_lab.papers import unlabelled
from scorebridge_lab.papers.data import PLAN
from scorebridge_lab.papers.evaluate import alignment, load_run, pieces, separation, snippets
from scorebridge_lab.papers.pretrain import SimclrTask
from scorebridge_lab.papers.settings import PRETRAININGS, RUNS, UNSEEN, run_named
from scorebridge_lab.papers.ship import ship
from scorebridge_lab.papers.task import PaperTask, read_state, sheet_input
from scorebridge_lab.training.loop import fit
from scorebridge_lab.training.schedule import within_budget

SMALL = (2, 2, 4, 4)
P5 = Shape(channels=SMALL)


def small_run(name, shape, **changes):
    return replace(RUNS[name], shape=shape, batch=40, candidates=60, **changes)


def test_the_settings_are_the_papers():
    assert len(RUNS) == 1 + 9 + 12 + 4 + 4 + 4
    p1, p2, p3, p5 = (RUNS[n] for n in ("p1", "p2-full", "p3-all-full", "p5-bl-a-s"))
    assert (p1.shape.sheet, p1.shape.audio, p1.loss, p1.batch) == (
        (40, 100),
        (100, 136),
        "dcca",
        100,
    )
    assert (p1.optimiser, p1.learning_rate, p1.schedule, p1.patience) == ("sgd", 0.1, "stairs", 25)
    assert (p2.shape.sheet, p2.shape.audio, p2.shape.channels) == (
        (180, 200),
        (42, 92),
        (12, 24, 48, 48),
    )
    assert (p2.learning_rate, p2.patience, p2.halvings) == (2e-3, 30, 10)
    assert (p3.shape.sheet, p3.margin, p3.batch, p3.halvings) == ((80, 100), 0.7, 100, 5)
    assert (p5.shape.audio, p5.margin, p5.batch, p5.learning_rate) == ((84, 92), 0.6, 128, 4e-4)
    assert (p5.patience, p5.halvings, p5.pretrained) == (10, 5, ("audio", "sheet"))
    simclr = PRETRAININGS["p5-audio"]
    assert (simclr.batch, simclr.temperature, simclr.learning_rate) == (256, 0.5, 1e-3)
    assert RUNS["p4-84"].shape.attention and not RUNS["p4-42"].shape.attention
    assert PLAN[UNSEEN] == ("unseen", False) and PLAN[0] == ("font", False)
    trained = {k for r in RUNS.values() for k in r.performances}
    assert UNSEEN not in trained  # training never hears the piano that judges
    with pytest.raises(UsageError, match="p5-bl-a-s"):
        run_named("p6")


@pytest.mark.slow
@pytest.mark.parametrize(
    "run",
    [
        small_run("p1", Shape((40, 100), (100, 136), SMALL, top="pool"), refine=60),
        small_run("p2-full", Shape((180, 200), (42, 92), SMALL, top="pool"), performances=(0, 1)),
        small_run("p4-126", Shape((80, 100), (126, 92), SMALL, top="pool", attention=True)),
    ],
    ids=lambda run: run.name,
)
def test_runs_train_and_are_evaluated(run, tmp_path):
    material = melodies(rows=2 * 104 if run.data == "mozart" else 104, bands=run.shape.audio[1])
    task = PaperTask(run, material, material)
    fit(task, tmp_path, within_budget(task.loop(), 5))
    result = json.loads((tmp_path / "result.json").read_text())
    assert result["step"] == 5 and result["seen"] == 200
    assert 0 < result["valid"]["a2s"] <= 1
    _, pair = load_run(tmp_path)
    # In use the projection is that of the encoders in use: what it projects has no mean left.
    sheet = sheet_input(task.sampler.fixed(run.refine).sheet, torch.device("cpu"))
    projected = pair.cca.sheet(pair.sheet(sheet))
    assert projected.mean(0).norm() < 0.1 * projected.norm(dim=1).mean()
    judged = snippets(run, pair, material, 60)
    assert [f.direction for f in judged] == ["A2S", "S2A"]
    assert judged[0].figures.queries == 60
    interval = judged[0].figures.mrr_95
    assert interval is not None
    assert interval[0] <= judged[0].figures.mrr <= interval[1]
    assert pieces(run, pair, material)[0].figures.queries == 3


def test_an_unfinished_run_of_deep_cca_has_a_projection():
    run = small_run("p1", Shape((40, 100), (100, 136), SMALL, top="pool"), refine=60)
    task = PaperTask(run, melodies(bands=136), melodies(bands=136))
    pair = task.model.eval()
    assert isinstance(pair, PaperPair)
    before = pair.cca.sheet_projection.clone()
    task.validate(pair, torch.device("cpu"))
    assert not torch.equal(pair.cca.sheet_projection, before)


@pytest.mark.slow
def test_a_run_that_goes_on_is_the_same_run(tmp_path):
    run = small_run(
        "p3-all-full", Shape((80, 100), (42, 92), SMALL, top="pool"), performances=(0, 1)
    )
    material, weights = melodies(), []
    for name, stops in (("whole", (6,)), ("parts", (4, 6))):
        for stop in stops:
            task = PaperTask(run, material, material)
            loop = replace(task.loop(), steps=stop, epoch=2, patience=1, halvings=9)
            fit(task, tmp_path / name, loop)
        weights.append(read_state(tmp_path / name)[1])
    for a, b in zip(weights[0].values(), weights[1].values(), strict=True):
        torch.testing.assert_close(a, b, atol=0, rtol=0)


def test_separation_is_the_papers_ratio():
    votes = np.array([10.0, 40.0, 20.0])
    assert separation(votes, 1) == 0.5  # found: second over first
    assert separation(votes, 0) == 4.0  # not found: first over right
    assert separation(np.array([0.0, 3.0]), 0) == np.inf


@pytest.mark.slow
def test_ranking_learns_to_tell_melodies_apart(tmp_path):
    run = small_run("p5-bl", Shape(channels=(8, 8, 8, 8)), learning_rate=3e-3, refine=150)
    material = melodies(frames=4)
    task = PaperTask(run, material, material)
    fit(task, tmp_path, replace(within_budget(task.loop(), 40), epoch=40))
    lines = [json.loads(x) for x in (tmp_path / "log.jsonl").read_text().splitlines()]
    scores = [x["valid"]["score"] for x in lines if "valid" in x]
    chance = float((1 / np.arange(1, 151)).mean())
    assert scores[-1] > 5 * chance
    _, pair = load_run(tmp_path)
    error = alignment(pair, material)
    assert error.places > 100 and error.linear < 0.2


@pytest.mark.slow
def test_pretrained_encoders_are_taken_over_and_heads_are_not(tmp_path):
    strips = {f"s{k}": p.strip for k, p in enumerate(melodies(30))}
    rng = np.random.default_rng(0)
    sounds = {f"a{k}": rng.standard_normal(300_000).astype(np.float16) for k in range(30)}
    folders = {}
    for side, documents in (("sheet", strips), ("audio", sounds)):
        run = replace(PRETRAININGS[f"p5-{side}"], shape=P5, batch=4, hidden=16)
        task = SimclrTask(run, documents)
        before = task.model.state_dict()["encoder.features.0.weight"].clone()
        fit(task, tmp_path / side, replace(within_budget(task.loop(), 2), epoch=2))
        assert not torch.equal(before, task.model.state_dict()["encoder.features.0.weight"])
        valid = json.loads((tmp_path / side / "result.json").read_text())["valid"]
        assert valid["score"] == pytest.approx(-valid["loss"])
        folders[side] = tmp_path / side
    run = small_run("p5-bl-a-s", P5)
    task = PaperTask(run, melodies(), [], folders)
    plain = PaperTask(run, melodies(), [])
    for side in ("sheet", "audio"):
        trained = read_state(folders[side])[1]
        for key, value in getattr(task.model, side).features.state_dict().items():
            torch.testing.assert_close(value, trained[f"encoder.features.{key}"])
        same = getattr(plain.model, side).top.state_dict()
        for key, value in getattr(task.model, side).top.state_dict().items():
            torch.testing.assert_close(value, same[key])
    with pytest.raises(LabError, match="not a pre-training of the audio encoder"):
        PaperTask(run, melodies(), [], {"audio": folders["sheet"]})


def test_pretraining_reads_scans_and_training_strips_only(tmp_path, monkeypatch):
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path))
    with pytest.raises(LabError, match="papers unlabelled sheet"):
        unlabelled.read("sheet")
    folder = unlabelled.folder_of("sheet")
    folder.mkdir(parents=True)
    np.save(folder / "scan.npy", np.full((104, 300), 255, np.uint8))
    for piece in melodies():
        save(piece, tmp_path / "papers" / "msmd" / f"{piece.name}.npz")
    strips = [tmp_path / "papers" / "msmd" / "p0.npz"]
    found = unlabelled.read("sheet", strips)
    assert set(found) == {"scan", "msmd__p0"}
    np.testing.assert_array_equal(found["msmd__p0"], melodies()[0].strip)


@pytest.mark.slow
def test_papers_pairs_ship_where_their_windows_fit(tmp_path):
    material = melodies()
    run = small_run("p3-all-none", Shape((80, 100), (42, 92), SMALL, top="pool"))
    task = PaperTask(run, material, [])
    fit(task, tmp_path / "p3", within_budget(task.loop(), 1))
    ship(tmp_path / "p3", tmp_path / "model", "p3", {})
    encoder = load_encoder(str(tmp_path / "model"))
    spec = np.random.default_rng(0).random((2, 84, 92)).astype(np.float32)
    other = spec.copy()
    other[:, :21] = other[:, 63:] = 0  # frames that 42 do not see
    np.testing.assert_allclose(encoder.audio(spec), encoder.audio(other), atol=1e-6)
    run = small_run("p1", Shape((40, 100), (100, 136), SMALL, top="pool"), refine=0)
    task = PaperTask(run, melodies(bands=136), [])
    fit(task, tmp_path / "p1", within_budget(task.loop(), 1))
    with pytest.raises(LabError, match="papers evaluate"):
        ship(tmp_path / "p1", tmp_path / "none", "p1", {})
