"""The commands: exit codes, the JSON contract, and messages that name file and reason."""

import csv
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
import soundfile

import scorebridge
from scorebridge.cli.main import run
from scorebridge.score.rotations import rotations_of
from scorebridge.testing import FakeEncoder, melody, score_page

NOISY = {  # files whose decoders write to standard error
    "noisy.mp3": b"\xff\xfb\x90\0" * 2000,
    "noisy.tif": b"II*\0\x08\0\0\0\x02\0" + b"\xff" * 60,
    "noisy.jpg": b"\xff\xd8\xff\xe0\0\x10JFIF\0\1\1" + bytes(300),
    "noisy.png": b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\1\0\0\0\1\0\x08\0\0\0\0" + bytes(99),
    "noisy.pdf": b"%PDF-1.4 nothing",
}


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty current folder, the fake encoder, no library named."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCOREBRIDGE_MODEL", "scorebridge.testing:FakeEncoder")
    monkeypatch.delenv("SCOREBRIDGE_LIBRARY", raising=False)
    return tmp_path


@pytest.fixture
def filled(here: Path, capsys: pytest.CaptureFixture[str]) -> Path:
    """Two recordings and two scores, added to ./scorebridge.library."""
    (here / "music").mkdir()
    for k in range(2):
        soundfile.write(here / f"music/тема {k}.wav", melody(6, k), 22050)
        cv2.imwrite(str(here / f"music/page {k}.png"), score_page(k))
    assert run(["add", "music"]) == 0
    assert capsys.readouterr().out == "4 added, 0 unchanged\n"
    return here


def json_of(words: list[str], capsys: pytest.CaptureFixture[str], code: int = 0) -> Any:
    assert run([*words, "--json"]) == code
    return json.loads(capsys.readouterr().out)


def is_box(box: Any) -> bool:
    x0, y0, x1, y1 = box
    return 0 <= x0 < x1 <= 1 and 0 <= y0 < y1 <= 1


def test_add_again_says_what_it_did(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = json_of(["add", "music"], capsys)
    assert {key: len(value) for key, value in record.items()} == {
        "added": 0,
        "moved": 0,
        "skipped": 4,
        "failed": 0,
    }


def test_add_names_each_failing_file_and_does_the_others(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    soundfile.write("good.wav", melody(3), 8000)
    soundfile.write("six channels.wav", melody(3)[:, None].repeat(6, 1), 192000)
    soundfile.write("silent.wav", np.zeros(22050), 22050)
    Path("empty.pdf").touch()
    names = ["good.wav", "six channels.wav", "silent.wav", "empty.pdf", "missing.wav"]
    assert run(["add", *names]) == 1
    out, err = capsys.readouterr()
    assert out == "2 added, 0 unchanged, 3 failed\n"
    lines = err.strip().splitlines()
    assert len(lines) == 3
    assert "missing.wav: does not exist. Check the path." in err
    assert "silent.wav: is silent throughout." in err and "empty.pdf:" in err


def test_find_a_score_prints_the_contract(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = json_of(["find", "music/тема 0.wav"], capsys)
    assert set(record) == {"query", "found", "threshold", "results", "elapsed_s"}
    assert record["query"] == {"path": "music/тема 0.wav", "kind": "recording", "duration_s": 6.0}
    assert [hit["rank"] for hit in record["results"]] == [1, 2]
    for hit in record["results"]:
        names = {"rank", "path", "kind", "title", "score", "confidence", "passages"}
        assert set(hit) == names | {"work", "part"}
        assert hit["kind"] == "score" and 0 <= hit["confidence"] <= 1
        assert hit["path"] == str(filled / "music" / f"{hit['title']}.png")
        for passage in hit["passages"]:
            assert {"query_start_s", "query_end_s", "page", "system", "box"} <= set(passage)
            assert 0 <= passage["query_start_s"] <= passage["query_end_s"] <= 6
            assert passage["page"] == 1 and 1 <= passage["system"] <= 3 and is_box(passage["box"])


def test_find_a_recording_prints_the_contract(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = json_of(["find", "music/page 0.png", "--top", "1", "--method", "votes"], capsys)
    assert record["query"] == {"path": "music/page 0.png", "kind": "score", "pages": 1}
    (hit,) = record["results"]
    assert hit["kind"] == "recording"
    for passage in hit["passages"]:
        assert {"start_s", "end_s", "page", "system", "box"} == set(passage)
        assert 0 <= passage["start_s"] <= passage["end_s"] <= 6


def test_find_with_a_span_and_with_a_region(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    record = json_of(["find", "music/тема 0.wav", "--span", "1.5-5"], capsys)
    span = {"duration_s": 3.5, "start_s": 1.5, "end_s": 5.0}
    assert record["query"] == {"path": "music/тема 0.wav", "kind": "recording"} | span
    times = [p[name] for p in record["results"][0]["passages"] for name in ("query_start_s",)]
    assert times and all(1.5 <= time <= 5 for time in times)  # counted in the whole recording
    region = "1:0.0,0.0,1.0,0.5"
    record = json_of(["find", "music/page 0.png", "--region", region], capsys)
    assert (record["query"]["page"], record["query"]["box"]) == (1, [0.0, 0.0, 1.0, 0.5])
    assert record["results"][0]["kind"] == "recording"
    assert run(["find", "music/page 0.png", "--region", "1:0,0,1"]) == 2
    assert "--region 1:0,0,1: give the page" in capsys.readouterr().err


def test_find_a_file_from_outside_and_print_a_table(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    soundfile.write("other [take 2].wav", melody(4, 9), 44100)
    assert run(["find", "other [take 2].wav"]) == 0
    out = capsys.readouterr().out
    assert "page 0" in out and "page 1" in out and "%" in out


def test_find_fails_with_one_line(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["find", "missing.wav"]) == 1
    assert capsys.readouterr().err == "scorebridge: missing.wav: does not exist. Check the path.\n"
    assert run(["--version"]) == 0
    assert capsys.readouterr().out.strip() == scorebridge.__version__
    assert run(["find", "music/page 0.png", "--library", "elsewhere"]) == 1
    assert "elsewhere: no library there" in capsys.readouterr().err


def test_library_by_environment_and_by_option(
    filled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCOREBRIDGE_LIBRARY", "second lib")
    assert len(json_of(["add", "music/page 0.png"], capsys)["added"]) == 1
    assert len(json_of(["list"], capsys)) == 1
    assert len(json_of(["list", "--library", "scorebridge.library"], capsys)) == 4


def test_list_has_the_titles_that_files_state(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with soundfile.SoundFile("a.wav", "w", 22050, 1) as file:
        file.title = "Étude"
        file.write(melody(3))
    soundfile.write("b.wav", melody(3, 1), 22050)
    assert run(["add", "a.wav", "b.wav"]) == 0
    capsys.readouterr()
    first, second = json_of(["list"], capsys)
    assert (first["title"], first["stated_title"]) == ("a", "Étude")
    assert "stated_title" not in second


def test_list(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (first, _) = json_of(["list", "--kind", "recording"], capsys)
    assert {key: first[key] for key in ("kind", "title", "duration_s")} == {
        "kind": "recording",
        "title": "тема 0",
        "duration_s": 6.0,
    }
    assert run(["list"]) == 0
    out = capsys.readouterr().out
    assert "0:06.0" in out and "1 p." in out and "тема 1.wav" in out


def test_align_without_a_library(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    soundfile.write("a.wav", melody(8), 22050)
    cv2.imwrite("a.png", score_page())
    record = json_of(["align", "a.png", "a.wav"], capsys)
    named = {"score", "recording", "points", "sections", "confidence", "bar_confidence"}
    assert set(record) == named
    assert (record["score"], record["recording"]) == ("a.png", "a.wav")
    assert 0 <= record["confidence"] <= 1
    times = [point["time_s"] for point in record["points"]]
    assert len(times) > 1 and max(np.diff(times)) <= 0.5 and min(np.diff(times)) > 0
    for point in record["points"]:
        assert set(point) == {"time_s", "page", "system", "x", "bar", "number"}
        assert 0 <= point["x"] <= 1
    for section in record["sections"]:
        bars = {"first_bar", "last_bar", "first_number", "last_number"}
        assert set(section) == {"start_s", "end_s"} | bars
    assert not Path("scorebridge.library").exists()


def test_align_into_files(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    soundfile.write("a.wav", melody(8), 22050)
    cv2.imwrite("a.png", score_page())
    assert run(["align", "a.png", "a.wav", "--out", "a.csv"]) == 0
    assert "confidence" in capsys.readouterr().out
    assert run(["align", "a.png", "a.wav", "--out", "a.json", "--format", "json"]) == 0
    record = json.loads(Path("a.json").read_text("utf-8"))
    with Path("a.csv").open(newline="") as file:
        rows = list(csv.DictReader(file))
    assert [float(row["time_s"]) for row in rows] == [p["time_s"] for p in record["points"]]
    assert [row["bar"] for row in rows] == [str(p["bar"] or "") for p in record["points"]]
    assert run(["align", "a.png", "a.wav", "--out", "no/such/folder/a.csv"]) == 2


def test_pages(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cv2.imwrite("a b.png", score_page(systems=2))
    record = json_of(["pages", "a b.png", "--out", "drawn"], capsys)
    (page,) = record["pages"]
    assert record["path"] == "a b.png" and page["page"] == 1 and page["rotation"] == 0
    assert [system["system"] for system in page["systems"]] == [1, 2]
    for system in page["systems"]:
        names = {"system", "box", "staves", "bars", "confidence", "bar_confidence", "repeats"}
        names |= {"staff_kinds", "groups", "printed_number", "numbers"}
        assert set(system) == names
        assert system["staff_kinds"] == ["standard", "standard"]
        assert all(set(group) == {"kind", "first", "last"} for group in system["groups"])
        assert len(system["numbers"]) == len(system["bars"])
        assert len(system["bars"]) == len(system["bar_confidence"]) == len(system["repeats"])
        assert is_box(system["box"]) and all(is_box(staff) for staff in system["staves"])
        assert len(system["staves"]) == 2
    picture = cv2.imread("drawn/a b-001.png")
    assert picture is not None and picture.shape == (page["height"], page["width"], 3)
    assert (picture[..., 2] != picture[..., 0]).any()  # something is drawn in colour


def test_add_names_pages_whose_direction_is_undecided(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Drawn pages have no clef: nothing shows which way is up, until a person decides it."""
    cv2.imwritemulti("two.tif", [score_page(0), np.full((400, 300), 255, np.uint8), score_page(1)])
    assert run(["add", "two.tif", "--json"]) == 0
    out, note = capsys.readouterr()
    (added,) = json.loads(out)["added"]
    assert added["undecided_pages"] == [1, 3]
    assert "two.tif: which way is up is undecided on pages 1, 3." in note and "--correct" in note
    assert run(["pages", "two.tif"]) == 0 and note == capsys.readouterr().err
    decided = [{"page": 1, "rotation": 0}, {"page": 3, "rotation": 180}]
    Path("decided.json").write_text(json.dumps({"pages": decided}))
    assert run(["pages", "two.tif", "--correct", "decided.json"]) == 0
    assert "undecided" not in capsys.readouterr().err
    assert run(["pages", "two.tif"]) == 0 and capsys.readouterr().err == ""


def test_a_title_page_is_turned_as_the_music_after_it(
    here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    title = np.full((1200, 1000), 255, np.uint8)
    cv2.putText(title, "SONATA", (250, 300), cv2.FONT_HERSHEY_TRIPLEX, 3.0, 0, 6)
    music = score_page(0)
    cv2.imwritemulti("book.tif", [np.rot90(page) for page in (title, music, music)])
    turns = [{"page": page, "rotation": 90} for page in (2, 3)]
    Path("turns.json").write_text(json.dumps({"pages": turns}))
    assert len(json_of(["add", "book.tif"], capsys)["added"]) == 1
    words = ["pages", "book.tif", "--correct", "turns.json", "--out", "drawn"]
    pages = json_of(words, capsys)["pages"]
    assert [(page["rotation"], page["music"]) for page in pages] == [(90, n > 0) for n in range(3)]
    assert (pages[0]["width"], pages[0]["height"]) == (1000, 1200)
    drawn = cv2.imread("drawn/book-001.png", cv2.IMREAD_GRAYSCALE)
    assert drawn is not None and np.array_equal(drawn, title)
    document = scorebridge.Library("scorebridge.library").document("book.tif")
    assert document and rotations_of(document.places, document.pages) == {1: 90, 2: 90, 3: 90}


def test_corrected_pages_are_remembered(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    record = json_of(["pages", "music/page 0.png"], capsys)
    assert record["pages"][0]["music"] and not record["pages"][0]["corrected"]
    del record["pages"][0]["systems"][0]
    Path("fixed.json").write_text(json.dumps(record))
    fixed = json_of(["pages", "music/page 0.png", "--correct", "fixed.json"], capsys)
    assert fixed["pages"][0]["corrected"] and len(fixed["pages"][0]["systems"]) == 2
    assert json_of(["add", "music"], capsys)["added"] == []
    again = json_of(["pages", "music/page 0.png"], capsys)
    assert again["pages"][0]["systems"] == fixed["pages"][0]["systems"]
    Path("turned.json").write_text(json.dumps({"pages": [{"page": 1, "rotation": 180}]}))
    turned = json_of(["pages", "music/page 0.png", "--correct", "turned.json"], capsys)
    assert turned["pages"][0]["rotation"] == 180 and turned["pages"][0]["corrected"]
    Path("fixed.json").write_text("{}")
    assert run(["pages", "music/page 0.png", "--correct", "fixed.json"]) == 2
    assert "fixed.json" in capsys.readouterr().err


def test_pages_without_music_say_so(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    cv2.imwrite("blank.png", np.full((400, 300), 255, np.uint8))
    assert run(["pages", "blank.png"]) == 0
    assert "no music" in capsys.readouterr().out
    (page,) = json_of(["pages", "blank.png"], capsys)["pages"]
    assert page["systems"] == [] and page["music"] is False


def test_remove_and_verify(filled: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["verify"]) == 0 and capsys.readouterr().out == "All is well.\n"
    assert len(json_of(["remove", "music/page 0.png"], capsys)["removed"]) == 1
    Path("music/page 1.png").unlink()
    record = json_of(["verify"], capsys, code=1)
    (problem,) = record["problems"]
    assert problem["subject"].endswith("page 1.png") and problem["what"] == "does not exist"
    assert run(["remove", "music"]) == 0 and capsys.readouterr().out == "3 removed\n"
    assert json_of(["list"], capsys) == []


def test_renew(
    filled: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert json_of(["renew"], capsys) == {"documents": 4, "failed": []}
    other = FakeEncoder("other", 24)
    monkeypatch.setattr("scorebridge.testing.FakeEncoder", lambda: other)
    assert run(["add", "music"]) == 1 and "scorebridge renew" in capsys.readouterr().err
    assert run(["serve", "--port", "0", "--no-open"]) == 1
    assert "scorebridge renew" in capsys.readouterr().err
    Path("music/page 1.png").rename("away.png")
    record = json_of(["renew"], capsys, code=1)
    assert [Path(gone["path"]).name for gone in record["failed"]] == ["page 1.png"]
    Path("away.png").rename("music/page 1.png")
    assert run(["renew"]) == 0
    assert "All 4 documents" in capsys.readouterr().out
    assert len(json_of(["find", "music/page 0.png"], capsys)["results"]) == 2


@pytest.mark.parametrize(
    "words",
    [
        ["no-such-command"],
        ["add"],
        ["find"],
        ["find", "a.wav", "--top", "0"],
        ["find", "a.wav", "--top", "many"],
        ["find", "a.wav", "--method", "guess"],
        ["align", "a.png"],
        ["align", "a.png", "a.wav", "--format", "pdf"],
        ["remove"],
        ["list", "--no-such-option"],
    ],
)
def test_bad_use_exits_with_2(
    words: list[str], here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(words) == 2
    out, err = capsys.readouterr()
    assert err and not out


def test_encoder_that_is_not_there(
    here: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCOREBRIDGE_MODEL", "no-such-model")
    soundfile.write("a.wav", melody(3), 22050)
    assert run(["add", "a.wav"]) == 1
    assert "no encoder there" in capsys.readouterr().err


@pytest.mark.parametrize("module", ["scorebridge", "scorebridge.cli", "scorebridge.cli.main"])
def test_commands_run_as_a_program(here: Path, module: str) -> None:
    words = [sys.executable, "-m", module, "list"]
    done = subprocess.run(words, capture_output=True, text=True, check=False)
    assert done.returncode == 1 and "no library there" in done.stderr and not done.stdout
    assert "Traceback" not in done.stderr


def test_the_lab_says_where_it_went(here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["lab", "train", "--steps", "3", "-h"]) == 2
    out, err = capsys.readouterr()
    told = "scorebridge: lab: this is now the command `scorebridge-lab train --steps 3 -h`"
    assert err.startswith(told) and err.count("\n") == 1 and not out


def test_options_keep_their_former_spelling(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert json_of(["link"], capsys)["asked"] == 4
    assert json_of(["link"], capsys)["asked"] == 0
    for option in ("--rebuild", "--anew"):
        assert json_of(["link", option], capsys)["asked"] == 4
    for option in ("--max-mb", "--most-mb", "--max-pages", "--most-pages", "--most-minutes"):
        assert run(["serve", option, "0"]) == 2
        assert "limits are above 0" in capsys.readouterr().err


def test_pins_stay_with_the_pair_until_they_are_forgotten(
    filled: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    pair = ["align", "music/page 0.png", "music/тема 0.wav"]
    free = json_of(pair, capsys)
    pinned = json_of([*pair, "--pin", "4=5"], capsys)
    assert pinned["points"] != free["points"]
    assert json_of(pair, capsys)["points"] == pinned["points"]
    assert json_of([*pair, "--forget"], capsys)["points"] == free["points"]
    assert json_of(pair, capsys)["points"] == free["points"]


def test_find_without_a_home_and_with_broken_files_says_one_line(filled: Path) -> None:
    """Nothing is stored where nothing may be written; decoders' own noise reaches nobody."""
    homeless = {"HOME": "/proc/nowhere", "SCOREBRIDGE_KERNEL_CACHE": "/proc/nowhere"}
    environment = {k: v for k, v in os.environ.items() if k != "XDG_CACHE_HOME"} | homeless
    for name, content in NOISY.items():
        Path(name).write_bytes(content)
    for name in ("music/тема 0.wav", *NOISY):
        command = [sys.executable, "-m", "scorebridge", "find", name]
        done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
        if name in NOISY:
            assert done.returncode == 1 and done.stdout == ""
            assert done.stderr.startswith(f"scorebridge: {name}: ") and done.stderr.count("\n") == 1
        else:
            assert (done.returncode, done.stderr) == (0, "") and done.stdout


def test_a_damaged_table_is_told_in_one_line(filled: Path) -> None:
    """Lance panics, which its native code reports with the places of its source."""
    for manifest in filled.glob("scorebridge.library/*.lance/_versions/*"):
        manifest.write_bytes(manifest.read_bytes().replace(b"string", b"strIng"))
    for words in (["verify"], ["find", "music/page 0.png"], ["add", "music"]):
        command = [sys.executable, "-m", "scorebridge", *words]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 1 and done.stderr.count("\n") == 1, done.stderr
        assert "damaged" in done.stderr and ".rs" not in done.stderr
