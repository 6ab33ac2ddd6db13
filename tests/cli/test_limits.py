"""Every command reads every file in a child with limits; what fails by them fails once."""

import json
import sys
import time
from pathlib import Path
from typing import Any

import cv2
import pytest
import soundfile

import bombs
from scorebridge import Library
from scorebridge.cli.main import run
from scorebridge.errors import LimitError
from scorebridge.library.renewing import RenewReport
from scorebridge.sandbox import Allowance
from scorebridge.testing import FakeEncoder, melody, score_page

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="no limits of memory there")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Two good files and three bombs in the current folder; short limits."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCOREBRIDGE_MODEL", "scorebridge.testing:FakeEncoder")
    monkeypatch.setenv("SCOREBRIDGE_FILE_SECONDS", "6")
    monkeypatch.setenv("SCOREBRIDGE_FILE_MEMORY_MB", "1000")
    monkeypatch.delenv("SCOREBRIDGE_LIBRARY", raising=False)
    Path("in").mkdir()
    cv2.imwrite("in/a.png", score_page(1, systems=1))
    soundfile.write("in/b.wav", melody(5), 22050)
    Path("in/forms.pdf").write_bytes(bombs.tiling())
    Path("in/thin.png").write_bytes(bombs.png(17, 4_000_000))
    Path("in/slow.wav").write_bytes(bombs.wav(rate=1))
    Path("in/loud.wav").write_bytes(bombs.wav(22050, 100_000, 1e38))
    return tmp_path


def added(words: list[str], capsys: pytest.CaptureFixture[str]) -> tuple[dict[str, Any], float]:
    start = time.monotonic()
    code = run(["add", *words, "--json"])
    record = json.loads(capsys.readouterr().out)
    assert code == bool(record["failed"])
    return record, time.monotonic() - start


def test_bombs_cost_themselves_and_only_once(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record, _ = added(["in"], capsys)
    assert {Path(one["path"]).name for one in record["added"]} == {"a.png", "b.wav", "loud.wav"}
    reasons = {Path(one["path"]).name: one["reason"] for one in record["failed"]}
    assert reasons.keys() == {"forms.pdf", "thin.png", "slow.wav"}
    assert reasons["forms.pdf"] == "takes too long to read (more than 6 s)"
    assert "too narrow" in reasons["thin.png"] and "rate of 1 Hz" in reasons["slow.wav"]

    again, seconds = added(["in"], capsys)
    assert len(again["skipped"]) == 3 and seconds < 6
    (known,) = (one for one in again["failed"] if one["path"].endswith("forms.pdf"))
    assert known["reason"] == reasons["forms.pdf"] and "--retry" in known["remedy"]

    _, seconds = added(["in", "--retry"], capsys)
    assert seconds > 6

    Path("in/forms.pdf").write_bytes(Path("in/a.png").read_bytes())  # mended
    record, _ = added(["in"], capsys)
    assert [Path(one["path"]).name for one in record["moved"]] == ["forms.pdf"]
    assert "forms.pdf" not in Path("scorebridge.library/failures.json").read_text()


def test_every_command_has_limits(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["add", "in/a.png", "in/b.wav"]) == 0
    commands = [
        ["find", "in/forms.pdf"],
        ["align", "in/forms.pdf", "in/b.wav"],
        ["pages", "in/forms.pdf", "--out", "drawn"],
        ["export", "in/forms.pdf", "in/b.wav", "--format", "iiif"],
    ]
    for words in commands:
        capsys.readouterr()
        assert run(words) == 1
        err = capsys.readouterr().err
        assert "forms.pdf: takes too long to read" in err and err.count("\n") == 1
    assert not list(Path("drawn").iterdir()) and not list(Path.cwd().glob("*forms*"))


def test_the_demonstration_has_limits(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder, names in (("scores", ("a.png", "forms.pdf")), ("recordings", ("b.wav",))):
        Path("shown", folder).mkdir(parents=True)
        for name in names:
            Path("in", name).rename(Path("shown", folder, name))
    pair = {"score": "scores/a.png", "recording": "recordings/b.wav", "title": "", "composer": ""}
    truth = {"pairs": [pair], "excerpt": {"recording": "recordings/b.wav", "start_s": 0}}
    Path("shown/truth.json").write_text(json.dumps(truth))
    assert run(["demo", "--collection", "shown", "--out", "out"]) == 1
    out = capsys.readouterr().out
    assert "forms.pdf: takes too long to read" in out and "report.html" in out
    assert Path("out/report.html").is_file() and Path("out/alignment.png").is_file()


def test_renewing_has_limits(here: Path) -> None:
    def renewed(encoder: FakeEncoder) -> RenewReport:
        return Library("library", encoder, allowance=Allowance(1 << 30, 6)).renew()

    Library("library", FakeEncoder("old")).add(["in/a.png", "in/b.wav"])
    right = Path("in/a.png").read_bytes()
    Path("in/a.png").write_bytes(bombs.tiling())
    (error,) = renewed(FakeEncoder("new", 8)).failed
    assert isinstance(error, LimitError) and "takes too long" in error.reason
    Path("in/a.png").write_bytes(right)
    assert renewed(FakeEncoder("new", 8)).documents == 2


def test_limits_are_numbers(
    here: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    for bad in ("much", "0", "-1", "nan", "inf"):
        monkeypatch.setenv("SCOREBRIDGE_FILE_SECONDS", bad)
        assert run(["find", "in/a.png"]) == 2
        assert "give a number of 1 or more" in capsys.readouterr().err
