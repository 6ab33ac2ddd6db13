"""Hostile names of files act neither on the terminal nor in what the commands write."""

import csv
import json
import os
import sys
from pathlib import Path

import cv2
import pytest
import soundfile

from scorebridge.cli.main import run
from scorebridge.shown import shown, shown_lines
from scorebridge.testing import melody, score_page

NAMES = (
    "a\x1b]0;owned\x07\x1b[2J",
    "b\nscorebridge: all is well",
    "c\x9b31m\u202egpj",
    "=cmd|'calc'!A1",
    "<img src=x onerror=alert(1)>",
    "[red]d[bold]",
)

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")


def test_no_command_prints_a_name_raw(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCOREBRIDGE_MODEL", "scorebridge.testing:FakeEncoder")
    monkeypatch.delenv("SCOREBRIDGE_LIBRARY", raising=False)
    Path("in").mkdir()
    for k, name in enumerate(NAMES):
        cv2.imwrite("x.png", score_page(k, systems=1))
        Path("x.png").rename(f"in/{name}.png")
        soundfile.write("x.wav", melody(4, k), 22050)
        Path("x.wav").rename(f"in/{name}.wav")
        Path(f"in/{name}.pdf").write_bytes(b"%PDF-1.4 nothing")
    score, sound = f"in/{NAMES[0]}.png", f"in/{NAMES[0]}.wav"
    commands = [
        ["add", "in"],
        ["add", os.fsdecode(b"in/\xff.wav")],
        ["list"],
        ["list", "--json"],
        ["find", sound],
        ["find", score, "--json"],
        ["find", os.fsdecode(b"in/\xff\x1b.wav")],
        ["link", "--out", "links.csv"],
        ["align", score, sound],
        ["align", score, sound, "--json"],
        ["align", score, score],
        ["export", score, sound, "--format", "json"],
        ["pages", score, "--json"],
        ["verify"],
        ["remove", "no\x1b[2J\nsuch"],
        ["no\x1b[2J\nsuch command"],
        ["list", "--kind", "\x1b[2J"],
    ]
    for words in commands:
        run(words)
        for text in capsys.readouterr():
            assert text.rstrip("\n") == shown_lines(text), words
            text.encode()
            assert not any(line.startswith("scorebridge: all is") for line in text.splitlines())
    run(["list", "--json"])
    listed = {Path(one["path"]).name for one in json.loads(capsys.readouterr().out)}
    assert listed == {name + end for name in NAMES for end in (".png", ".wav")}
    with Path("links.csv").open(newline="", encoding="utf-8") as file:
        for row in csv.reader(file):
            assert all((cell == shown(cell) and cell[:1] not in "=+-@") or not cell for cell in row)


def test_progress_shows_names_escaped(capsys: pytest.CaptureFixture[str]) -> None:
    from scorebridge.cli import terminal

    assert sys.stderr is not None
    with terminal.progress() as update:
        update(0, 1, Path(NAMES[0]))
    assert "\x1b]0" not in capsys.readouterr().err
