"""The papers' runs on tiny data: settings, windows, training, pre-training, figures, export."""

import json
from dataclasses import replace

import numpy as np
import pytest
from rich.progress import track

torch = pytest.importorskip("torch")

from scorebridge.cli.main import run as command  # noqa: E402
from scorebridge.errors import UsageError  # noqa: E402
from scorebridge_lab.dataset.pack import Packed, save, sheet_side  # noqa: E402
from scorebridge_lab.errors import LabError
from scorebridge_lab.export.weights import ship  # noqa: E402
from scorebridge_lab.nets.paper_pair import PaperPair, Shape  # noqa: E402
from scorebridge_lab.papers import unlabelled  # noqa: E402
from scorebridge_lab.papers.data import PLAN, full_strip, load_some  # noqa: E402
from scorebridge_lab.papers.evaluate import alignment, load_run, pieces, separation, snippets  # noqa: E402
from scorebridge_lab.papers.pretrain import SimclrTask  # noqa: E402
from scorebridge_lab.papers.settings import (  # noqa: E402
    FULL_JITTER,
    PRETRAININGS,
    RUNS,
    UNSEEN,
    Jitter,
    run_named,
)
from scorebridge_lab.papers.task import PaperTask, read_state, sheet_input  # noqa: E402
from scorebridge_lab.papers.windows import Sampler, cut_sheet  # noqa: E402
from scorebridge_lab.training.loop import fit, within  # noqa: E402

SMALL = (2, 2, 4, 4)
P5 = Shape(channels=SMALL)


def _melodies(count=3, rows=104, bands=92, length=60, frames=12):
    """Pieces whose both sides show the same random melody."""
    out, size = [], rows // 104
    for k in range(count):
        rng = np.random.default_rng(k)
        strip = np.full((rows, (length * 8 + 100) * size), 255, np.uint8)
        spec = np.zeros((length * frames + 200, bands), np.uint8)
        for j, note in enumerate(rng.integers(0, 20, length)):
            y, x = (40 + note) * size, (50 + 8 * j) * size
            strip[y : y + 4 * size, x : x + 4 * size] = 0
            spec[100 + frames * j : 104 + frames * j, 80 - 3 * note] = 150
        columns = ((52 + 8 * np.arange(length)) * size).astype(np.int32)
        onsets = (100 + frames * np.arange(length)).astype(np.int32)
        out.append(Packed(f"p{k}", strip, (spec, spec), columns, np.stack([onsets, onsets])))
    return out


def _small(name, shape, **changes):
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


def test_an_epoch_sees_every_pair_once_and_batches_repeat():
    sampler = Sampler(_melodies(), P5, 20, FULL_JITTER, seed=3)
    seen = np.concatenate([sampler._order(0)[: sampler.epoch * 20], sampler._order(1)[:0]])
    assert len(set(seen.tolist())) == sampler.epoch * 20
    assert len(sampler) - sampler.epoch * 20 < 20
    a, b = sampler.draw(7), Sampler(_melodies(), P5, 20, FULL_JITTER, seed=3).draw(7)
    np.testing.assert_array_equal(a.sheet, b.sheet)
    np.testing.assert_array_equal(a.audio, b.audio)
    part = Sampler(_melodies(), P5, 20, fraction=0.25)
    assert len(part) == round(0.25 * len(sampler))


def test_windows_show_the_pair_in_their_middle():
    for shape, rows in ((P5, 104), (Shape((180, 200), (42, 92), SMALL), 208)):
        windows = Sampler(_melodies(rows=rows), shape, 1).fixed(20)
        height, width = shape.sheet
        middle = windows.sheet[:, :, width // 2]
        assert (middle.min(1) == 0).all()  # the note's own column
        frames = windows.audio[:, shape.audio[0] // 2]
        assert (frames.max(1) == 150).all()
        size = rows // 104
        ink = (middle == 0).argmax(1) + (rows - height) // 2
        np.testing.assert_array_equal((ink // size - 40), (80 - frames.argmax(1)) // 3)


def test_jitter_moves_and_scales_as_far_as_it_says():
    strip = np.full((104, 400), 255, np.uint8)
    strip[50:54, 198:202] = 0
    rng, places = np.random.default_rng(0), []
    for _ in range(200):
        window = 255.0 - cut_sheet(strip, 200, P5, Jitter(0, 5, 5), rng)
        y, x = (window.sum(axis) @ np.arange(n) for axis, n in ((1, 80), (0, 100)))
        places.append((x / window.sum() - 49.5, y / window.sum() - 39.5))
    far = np.abs(places).max(0)
    assert ((far > 2.3) & (far < 2.55)).all()  # 5 px of the page are 2.5 of the strip
    areas = [(255.0 - cut_sheet(strip, 200, P5, Jitter(scale=0.05), rng)).sum() for _ in range(200)]
    assert max(areas) / min(areas) == pytest.approx((1.05 / 0.95) ** 2, rel=0.03)
    plain = cut_sheet(strip, 200, P5, Jitter(), rng)
    tiny = cut_sheet(strip, 200, P5, Jitter(1e-9), rng)
    np.testing.assert_array_equal(plain, tiny)


def test_full_strip_is_the_half_strip_twice_as_large(scale_piece):
    half, columns, _ = sheet_side(scale_piece, page_scale=True)
    full = full_strip(scale_piece, half.shape[1])
    assert full.shape == (208, 2 * half.shape[1])
    small = full.reshape(104, 2, -1, 2).mean((1, 3))
    assert np.abs(small - half.astype(float)).mean() < 6
    assert full[:, 2 * columns].min(0).max() == 0  # every note stands where its pair says


@pytest.mark.parametrize(
    "run",
    [
        _small("p1", Shape((40, 100), (100, 136), SMALL, top="pool"), refine=60),
        _small("p2-full", Shape((180, 200), (42, 92), SMALL, top="pool"), performances=(0, 1)),
        _small("p4-126", Shape((80, 100), (126, 92), SMALL, top="pool", attention=True)),
    ],
    ids=lambda run: run.name,
)
def test_runs_train_and_are_judged(run, tmp_path):
    material = _melodies(rows=2 * 104 if run.data == "mozart" else 104, bands=run.shape.audio[1])
    task = PaperTask(run, material, material)
    fit(task, tmp_path, within(task.loop(), 5))
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
    run = _small("p1", Shape((40, 100), (100, 136), SMALL, top="pool"), refine=60)
    task = PaperTask(run, _melodies(bands=136), _melodies(bands=136))
    pair = task.model.eval()
    assert isinstance(pair, PaperPair)
    before = pair.cca.sheet_projection.clone()
    task.validate(pair, torch.device("cpu"))
    assert not torch.equal(pair.cca.sheet_projection, before)


def test_a_run_that_goes_on_is_the_same_run(tmp_path):
    run = _small("p3-all-full", Shape((80, 100), (42, 92), SMALL, top="pool"), performances=(0, 1))
    material, weights = _melodies(), []
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


def test_ranking_learns_to_tell_melodies_apart(tmp_path):
    run = _small("p5-bl", Shape(channels=(8, 8, 8, 8)), learning_rate=3e-3, refine=150)
    material = _melodies(frames=4)
    task = PaperTask(run, material, material)
    fit(task, tmp_path, replace(within(task.loop(), 40), epoch=40))
    lines = [json.loads(x) for x in (tmp_path / "log.jsonl").read_text().splitlines()]
    scores = [x["valid"]["score"] for x in lines if "valid" in x]
    chance = float((1 / np.arange(1, 151)).mean())
    assert scores[-1] > 5 * chance
    _, pair = load_run(tmp_path)
    error = alignment(pair, material)
    assert error.places > 100 and error.linear < 0.2


def test_pretrained_encoders_are_taken_over_and_heads_are_not(tmp_path):
    strips = {f"s{k}": p.strip for k, p in enumerate(_melodies(30))}
    rng = np.random.default_rng(0)
    sounds = {f"a{k}": rng.standard_normal(300_000).astype(np.float16) for k in range(30)}
    folders = {}
    for side, documents in (("sheet", strips), ("audio", sounds)):
        run = replace(PRETRAININGS[f"p5-{side}"], shape=P5, batch=4, hidden=16)
        task = SimclrTask(run, documents)
        before = task.model.state_dict()["encoder.features.0.weight"].clone()
        fit(task, tmp_path / side, replace(within(task.loop(), 2), epoch=2))
        assert not torch.equal(before, task.model.state_dict()["encoder.features.0.weight"])
        valid = json.loads((tmp_path / side / "result.json").read_text())["valid"]
        assert valid["score"] == pytest.approx(-valid["loss"])
        folders[side] = tmp_path / side
    run = _small("p5-bl-a-s", P5)
    task = PaperTask(run, _melodies(), [], folders)
    plain = PaperTask(run, _melodies(), [])
    for side in ("sheet", "audio"):
        trained = read_state(folders[side])[1]
        for key, value in getattr(task.model, side).features.state_dict().items():
            torch.testing.assert_close(value, trained[f"encoder.features.{key}"])
        same = getattr(plain.model, side).top.state_dict()
        for key, value in getattr(task.model, side).top.state_dict().items():
            torch.testing.assert_close(value, same[key])
    with pytest.raises(LabError, match="not a pre-training of the audio encoder"):
        PaperTask(run, _melodies(), [], {"audio": folders["sheet"]})


def test_pretraining_reads_scans_and_training_strips_only(tmp_path, monkeypatch):
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path))
    with pytest.raises(LabError, match="lab data unlabelled sheet"):
        unlabelled.read("sheet")
    folder = unlabelled.folder_of("sheet")
    folder.mkdir(parents=True)
    np.save(folder / "scan.npy", np.full((104, 300), 255, np.uint8))
    parts = {"p0": "train", "p1": "valid", "p2": "test", "p9": "train"}
    monkeypatch.setattr("scorebridge_lab.papers.data.parts_of", lambda run: parts)
    for piece in _melodies():
        save(piece, tmp_path / "papers" / "msmd" / f"{piece.name}.npz")
    found = unlabelled.read("sheet")
    assert set(found) == {"scan", "msmd__p0"}
    np.testing.assert_array_equal(found["msmd__p0"], _melodies()[0].strip)


def test_papers_pairs_ship_where_their_windows_fit(tmp_path):
    from scorebridge.encode.encoder import load_encoder

    material = _melodies()
    run = _small("p3-all-none", Shape((80, 100), (42, 92), SMALL, top="pool"))
    task = PaperTask(run, material, [])
    fit(task, tmp_path / "p3", within(task.loop(), 1))
    ship(tmp_path / "p3", tmp_path / "model", "p3", {})
    encoder = load_encoder(str(tmp_path / "model"))
    spec = np.random.default_rng(0).random((2, 84, 92)).astype(np.float32)
    other = spec.copy()
    other[:, :21] = other[:, 63:] = 0  # frames that 42 do not see
    np.testing.assert_allclose(encoder.audio(spec), encoder.audio(other), atol=1e-6)
    run = _small("p1", Shape((40, 100), (100, 136), SMALL, top="pool"), refine=0)
    task = PaperTask(run, _melodies(bands=136), [])
    fit(task, tmp_path / "p1", within(task.loop(), 1))
    with pytest.raises(LabError, match="lab evaluate paper"):
        ship(tmp_path / "p1", tmp_path / "none", "p1", {})


def test_progress_stays_out_of_what_commands_print(capsys):
    assert command(["lab", "train", "list"]) == 0
    assert "p5-bl-a-s" in capsys.readouterr().out
    assert list(track(range(3), "building")) == [0, 1, 2]
    shown = capsys.readouterr()
    assert shown.out == "" and "building" in shown.err


def test_a_named_run_by_one_command(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path))
    assert command(["lab", "train", "p1", "--steps", "1"]) == 1
    assert "lab data papers nottingham" in capsys.readouterr().err
    for piece in _melodies(12, bands=136, length=20):
        one = replace(piece, specs=piece.specs[:1], frames=piece.frames[:1])
        save(one, tmp_path / "papers" / "nottingham" / f"{piece.name}.npz")
    kept = load_some(tmp_path / "papers" / "nottingham" / "p3.npz", (0,))
    assert kept.frames.shape[0] == len(kept.specs) == 1
    assert command(["lab", "train", "p1", "--steps", "1"]) == 0
    run = tmp_path / "runs" / "p1"
    assert json.loads((run / "settings.json").read_text())["run"]["loss"] == "dcca"
    capsys.readouterr()
    assert command(["lab", "evaluate", "snippets", "--model", str(run), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert {r["direction"] for r in shown["rows"]} == {"A2S", "S2A"}
    assert len(shown["rows"][0]["mrr_95"]) == 2
    assert command(["lab", "evaluate", "paper", "p1", "--json"]) == 0  # by its name
    assert json.loads(capsys.readouterr().out)["rows"] == shown["rows"]
    assert command(["lab", "evaluate", "paper", "p7"]) == 1
    assert "p7" in capsys.readouterr().err


def test_own_data_by_one_command(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path))
    for piece in _melodies(2, frames=5):
        save(piece, tmp_path / "packed" / "mine" / f"{piece.name}.npz")
    run = str(tmp_path / "run")
    assert command(["lab", "train", run, "--data", "other", "--steps", "1"]) == 2
    assert "no packed source" in capsys.readouterr().err
    assert command(["lab", "train", run, "--data", "mine", "--steps", "1", "--dim", "16"]) == 0
    settings = json.loads((tmp_path / "run" / "settings.json").read_text())
    assert settings["dim"] == 16 and settings["net"] == "compact"
    assert command(["lab", "train", run + "2", "--data", "mine", "--start", "no-such"]) == 1
    more = ["lab", "train", run + "3", "--data", "mine", "--steps", "1", "--dim", "16"]
    assert command([*more, "--phase", "fine"]) == 2  # goes on from what?
    assert command([*more, "--phase", "fine", "--start", run]) == 0
