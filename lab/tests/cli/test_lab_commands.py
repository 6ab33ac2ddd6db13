"""The lab's commands on tiny data: exit codes, JSON alone on standard output, help."""

import json
import subprocess
import sys
from dataclasses import replace

import pytest
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


@pytest.mark.slow
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


@pytest.mark.slow
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


def test_help_lists_the_commands(capsys):
    assert command(["--help"]) == 0
    shown = capsys.readouterr().out
    for name in ("data", "train", "ship", "card", "calibrate", "evaluate", "papers"):
        assert f" {name} " in shown


def test_the_package_runs_as_a_module():
    done = subprocess.run(
        [sys.executable, "-m", "scorebridge_lab", "papers", "list"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert "p3-all-full" in done.stdout.split()


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["layout", "--distractors", "5"], "no use for --distractors"),
        (["pieces", "--seed", "5"], "no use for --seed"),
        (["parts", "--sets", "recordings"], "Those that can: mozart, joplin, volumes"),
        (["bars", "--sets", "music"], "no evaluation set 'music'"),
        (["links", "--sets", "recordings", "scans-human"], "one set at a time"),
        (["snippets", "--stride", "0"], "--stride counts from 1"),
    ],
)
def test_options_that_mean_nothing_are_refused(words, message, capsys):
    assert command(["evaluate", *words]) == 2
    assert message in " ".join(capsys.readouterr().err.split())


def test_missing_data_is_one_sentence(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path / "lab"))
    monkeypatch.setenv("SCOREBRIDGE_DATA", str(tmp_path))
    for words in (["parts"], ["layout", "--sets", "dinoscore"], ["pieces", "--distractors", "0"]):
        assert command(["evaluate", *words]) == 1
        shown = capsys.readouterr()
        assert shown.out == "" and shown.err.startswith("scorebridge-lab: ")
        assert len(shown.err.splitlines()) == 1


def test_sets_are_listed(tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path))
    assert command(["data", "sets"]) == 0
    shown = capsys.readouterr().out
    assert "scans-straight" in shown and "distractors" in shown
    assert command(["data", "sets", "music"]) == 2
