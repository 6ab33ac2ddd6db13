"""`--out` spares inputs, libraries and what they hold, and other files without `--force`."""

import os
from pathlib import Path

import cv2
import pytest
import soundfile

from scorebridge.cli.main import run
from scorebridge.testing import melody, score_page


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A score, its recording, and a library that holds both, in the current folder."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCOREBRIDGE_MODEL", "scorebridge.testing:FakeEncoder")
    monkeypatch.delenv("SCOREBRIDGE_LIBRARY", raising=False)
    cv2.imwrite("s.png", score_page(1, systems=1))
    soundfile.write("r.wav", melody(6), 22050)
    Path("kept").mkdir()
    cv2.imwrite("kept/other.png", score_page(2, systems=1))
    assert run(["add", "s.png", "r.wav", "kept"]) == 0
    return tmp_path


def contents(folder: Path) -> dict[str, bytes]:
    """The files below a folder, but those of which only the time counts."""
    files = sorted(p for p in folder.rglob("*") if p.is_file() and p.name != "lock.pid")
    return {str(path): path.read_bytes() for path in files}


COMMANDS = {
    "align": ["align", "s.png", "r.wav"],
    "link": ["link"],
    "export csv": ["export", "s.png", "r.wav", "--format", "csv"],
    "export mei": ["export", "s.png", "r.wav", "--format", "mei"],
}


TARGETS = (
    "s.png",
    "r.wav",
    "link to score.png",
    "hard link to score.png",
    "kept/../s.png",
    "kept/other.png",
    "scorebridge.library/library.json",
    "scorebridge.library/links.csv",
    "library link/new.csv",
)


def test_inputs_and_libraries_are_never_written(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("link to score.png").symlink_to("s.png")
    os.link("s.png", "hard link to score.png")
    Path("library link").symlink_to("scorebridge.library")
    before = contents(here)
    for words in COMMANDS.values():
        for out in TARGETS:
            for force in ([], ["--force"]):
                capsys.readouterr()
                assert run([*words, "--out", out, *force]) == 2, (words, out)
                assert capsys.readouterr().err.count("\n") == 1
    assert contents(here) == before


def test_other_files_are_replaced_only_with_force(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    Path("mine.txt").write_text("mine")
    for k, words in enumerate(COMMANDS.values()):
        Path(f"{k}.txt").symlink_to("mine.txt")
        assert run([*words, "--out", "mine.txt"]) == 2
        assert "give --force" in capsys.readouterr().err
        assert run([*words, "--out", f"{k}.txt", "--force"]) == 0
        assert Path("mine.txt").read_text() == "mine", "a link was followed"
        assert Path(f"{k}.txt").read_text() != "mine"


@pytest.mark.skipif(os.name == "nt", reason="no FIFOs")
def test_only_regular_files_are_replaced(here: Path) -> None:
    os.mkfifo("pipe")
    Path("folder").mkdir()
    Path("nowhere").symlink_to("gone")
    for words in COMMANDS.values():
        for out in ("pipe", "folder", "nowhere"):
            assert run([*words, "--out", out, "--force"]) == 2
    assert Path("pipe").is_fifo() and Path("folder").is_dir() and Path("nowhere").is_symlink()


def test_exports_spare_files_beside_them(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    words = ["export", "--format", "iiif", "--out", "pair.json"]
    Path("pair_files").mkdir()
    Path("s.png").rename("pair_files/page-001.jpg")
    before = contents(here)
    assert run([*words, "pair_files/page-001.jpg", "r.wav"]) == 2
    assert "--force" in capsys.readouterr().err
    assert run([*words, "pair_files/page-001.jpg", "r.wav", "--force"]) == 2
    assert "holds what is to be exported" in capsys.readouterr().err
    assert contents(here) == before


def test_pictures_of_pages_spare_files(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    Path("s.png").rename("s-001.png")
    assert run(["pages", "s-001.png", "--out", "drawn"]) == 0
    Path("drawn/s-001-001.png").write_text("mine")
    assert run(["pages", "s-001.png", "--out", "drawn"]) == 2
    assert Path("drawn/s-001-001.png").read_text() == "mine"
    assert run(["pages", "s-001.png", "--out", "drawn", "--force"]) == 0
    assert run(["pages", "s-001.png", "--out", "scorebridge.library"]) == 2
    assert run(["pages", "s-001.png", "--out", "r.wav"]) == 2
    assert "is not a folder" in capsys.readouterr().err
    cv2.imwrite("drawn/x.png", score_page(3, systems=1))
    os.link("drawn/x.png", "drawn/x-001.png")
    before = contents(here)
    assert run(["pages", "drawn/x.png", "--out", "drawn", "--force"]) == 2
    assert contents(here) == before
