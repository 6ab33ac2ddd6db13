"""The lab's commands on tiny data: exit codes, JSON alone on standard output, help."""

import json
from dataclasses import replace

from packed_pieces import melodies  # pyright: ignore[reportMissingImports]
from rich.progress import track

from scorebridge_lab.cli.main import run as command
from scorebridge_lab.dataset.pack import save
from scorebridge_lab.papers.data import load_some


def test_progress_stays_out_of_what_commands_print(capsys):
    assert command(["papers", "list"]) == 0
    assert "p5-bl-a-s" in capsys.readouterr().out
    assert list(track(range(3), "building")) == [0, 1, 2]
    shown = capsys.readouterr()
    assert shown.out == "" and "building" in shown.err


def test_a_named_run_by_one_command(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path))
    assert command(["papers", "train", "p1", "--steps", "1"]) == 1
    assert "papers data nottingham" in capsys.readouterr().err
    for piece in melodies(12, bands=136, length=20):
        one = replace(piece, specs=piece.specs[:1], frames=piece.frames[:1])
        save(one, tmp_path / "papers" / "nottingham" / f"{piece.name}.npz")
    kept = load_some(tmp_path / "papers" / "nottingham" / "p3.npz", (0,))
    assert kept.frames.shape[0] == len(kept.specs) == 1
    assert command(["papers", "train", "p1", "--steps", "1"]) == 0
    run = tmp_path / "runs" / "p1"
    assert json.loads((run / "settings.json").read_text())["run"]["loss"] == "dcca"
    capsys.readouterr()
    assert command(["papers", "evaluate", str(run), "--json"]) == 0
    shown = json.loads(capsys.readouterr().out)
    assert {r["direction"] for r in shown["rows"]} == {"A2S", "S2A"}
    assert len(shown["rows"][0]["mrr_95"]) == 2
    assert command(["papers", "evaluate", "p1", "--json"]) == 0  # by its name
    assert json.loads(capsys.readouterr().out)["rows"] == shown["rows"]
    assert command(["papers", "evaluate", "p7"]) == 1
    assert "p7" in capsys.readouterr().err


def test_own_data_by_one_command(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path))
    for piece in melodies(2, frames=5):
        save(piece, tmp_path / "packed" / "mine" / f"{piece.name}.npz")
    run = str(tmp_path / "run")
    assert command(["train", run, "--data", "other", "--steps", "1"]) == 2
    assert "no packed source" in capsys.readouterr().err
    assert command(["train", run, "--data", "mine", "--steps", "1", "--dim", "16"]) == 0
    settings = json.loads((tmp_path / "run" / "settings.json").read_text())
    assert settings["dim"] == 16 and settings["net"] == "compact"
    assert command(["train", run + "2", "--data", "mine", "--start", "no-such"]) == 1
    more = ["train", run + "3", "--data", "mine", "--steps", "1", "--dim", "16"]
    assert command([*more, "--phase", "fine"]) == 2  # goes on from what?
    assert command([*more, "--phase", "fine", "--start", run]) == 0
