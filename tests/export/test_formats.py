"""The one entry for all formats, and the command: files written whole, named, and readable."""

from __future__ import annotations

import csv
import json
import xml.etree.ElementTree as ET
from dataclasses import replace
from pathlib import Path

import av
import cv2
import pytest
import soundfile
from known_pair import DURATION, aligned_pair, write_files

from scorebridge.choices import ExportFormat
from scorebridge.cli.main import run
from scorebridge.errors import ScoreError, UsageError
from scorebridge.export.formats import (
    ENDINGS,
    FORMATS,
    MEDIA_TYPES,
    ExportSettings,
    default_name,
    export_pair,
)
from scorebridge.export.media import PageImage, Sound, pixels, sound_type
from scorebridge.export.video import VideoSettings
from scorebridge.testing import melody, score_page
from scorebridge.types import AlignedPair

SMALL = VideoSettings(64, 64, 2)


@pytest.fixture
def pair(tmp_path: Path) -> AlignedPair:
    score, recording = write_files(tmp_path)
    return aligned_pair(str(score), str(recording))


@pytest.mark.parametrize("format", FORMATS)
def test_every_format_is_written_whole_and_again(pair, tmp_path, format: ExportFormat):
    out = tmp_path / "new" / f"x{ENDINGS[format]}"
    for _ in range(2):
        assert export_pair(pair, format, out, ExportSettings(video=SMALL)) == out
        assert out.stat().st_size > 100
        assert not list(out.parent.glob(".*"))
    assert MEDIA_TYPES[format]


def test_csv_and_json_are_those_of_align(pair, tmp_path):
    table = export_pair(pair, "csv", tmp_path / "a.csv").read_text()
    rows = list(csv.DictReader(table.splitlines()))
    assert len(rows) == len(pair.alignment.points)
    assert rows[0] == {
        "time_s": "0.5",
        "page": "1",
        "system": "1",
        "x": "0.1",
        "bar": "",
        "number": "",
    }
    record = json.loads(export_pair(pair, "json", tmp_path / "a.json").read_text())
    assert record["sections"][1]["first_bar"] == 1
    assert len(record["points"]) == len(rows)


def test_iiif_on_disk_brings_pictures_and_sound_along(pair, tmp_path):
    out = export_pair(
        pair,
        "iiif",
        tmp_path / "o/p.manifest.json",
        ExportSettings(base_url="https://a.org/x/"),
    )
    record = json.loads(out.read_text())
    assert record["id"] == "https://a.org/x/p.manifest.json"
    folder = tmp_path / "o/p_files"
    files = sorted(path.name for path in folder.iterdir())
    pictures = ["page-001-small.jpg", "page-001.jpg", "page-002-small.jpg", "page-002.jpg"]
    shapes = ["collection.json", "score.json"]
    assert files == sorted([*pictures, *shapes, "r&ä.bars.csv", "r&ä.wav", "score.mei"])
    body = record["items"][0]["items"][0]["items"][0]["body"]
    assert body["id"] == "https://a.org/x/p_files/r%26%C3%A4.wav"
    assert body["duration"] == DURATION
    score = json.loads((folder / "score.json").read_text())
    assert score["id"] == "https://a.org/x/p_files/score.json"
    picture = score["items"][0]["items"][0]["items"][0]["body"]
    height, width = cv2.imread(str(folder / "page-001.jpg")).shape[:2]  # pyright: ignore[reportOptionalMemberAccess]
    assert (picture["width"], picture["height"]) == (width, height)
    small = score["thumbnail"][0]
    height, width = cv2.imread(str(folder / "page-001-small.jpg")).shape[:2]  # pyright: ignore[reportOptionalMemberAccess]
    assert (small["width"], small["height"]) == (width, height) == (240, 320)
    together = json.loads((folder / "collection.json").read_text())
    assert [item["id"] for item in together["items"]] == [record["id"], score["id"]]


def test_ids_do_not_depend_on_the_name_of_the_file(pair, tmp_path):
    settings = ExportSettings(base_url="https://a.org")
    ids = {
        json.loads(export_pair(pair, "iiif", tmp_path / name, settings).read_text())["items"][0][
            "id"
        ]
        for name in ("one.json", "other.json")
    }
    assert len(ids) == 1


def test_sound_that_browsers_do_not_play_becomes_flac(pair, tmp_path):
    samples, rate = soundfile.read(pair.alignment.recording)
    soundfile.write(tmp_path / "r.aiff", samples, rate)
    settings = ExportSettings(recording=tmp_path / "r.aiff")
    out = export_pair(pair, "iiif", tmp_path / "o/p.json", settings)
    body = json.loads(out.read_text())["items"][0]["items"][0]["items"][0]["body"]
    assert body["format"] == "audio/flac"
    assert soundfile.info(tmp_path / "o/p_files/r.flac").duration == pytest.approx(DURATION)


def test_given_addresses_leave_nothing_beside_the_file(pair, tmp_path):
    images = tuple(PageImage(n, f"http://h/{n}.jpg", 60, 80) for n in (1, 2))
    for format in ("iiif", "iiif-score", "mei"):
        out = tmp_path / "s" / format
        settings = ExportSettings(
            base_url="http://h",
            images=images,
            sound=Sound("http://h/a", 12.0, "audio/flac"),
            addresses={"performance": "http://h/m", "score": "http://h/s"},
            title="Title",
            recording_title="Take",
        )
        export_pair(pair, format, out, settings)
        text = out.read_text()
        assert "http://h/1.jpg" in text
        assert "Title" in text
        assert format == "iiif-score" or '"http://h/a"' in text
        assert format == "mei" or '"id": "http://h/m"' in text
    names = sorted(path.name for path in (tmp_path / "s").iterdir())
    assert names == ["iiif", "iiif-score", "mei"]


def test_mei_on_disk_refers_to_what_lies_beside_it(pair, tmp_path):
    out = export_pair(pair, "mei", tmp_path / "o" / "p.mei")
    root = ET.parse(out).getroot()
    targets = [e.get("target", "") for e in root.iter() if e.get("target")]
    assert targets == ["p_files/page-001.jpg", "p_files/page-002.jpg", "../r%26%C3%A4.wav"]
    assert (out.parent / targets[0]).is_file()


def test_a_film_shows_only_the_pages_that_are_played(pair, tmp_path):
    whole = pair.alignment
    second = replace(whole, points=whole.points[32:], sections=whole.sections[2:])  # bar 5 on
    late = replace(pair, alignment=second)
    out = export_pair(
        late, "mp4", tmp_path / "x.mp4", ExportSettings(video=VideoSettings(96, 128, 2))
    )
    with av.open(str(out)) as container:
        first = next(container.decode(video=0)).to_ndarray(format="gray")
    assert abs(float(first[60:70].mean()) - 180) < 6  # the grey one


def test_inputs_are_never_written_over(pair):
    with pytest.raises(UsageError, match="another name"):
        export_pair(pair, "mp4", Path(pair.alignment.recording), ExportSettings(video=SMALL))
    with pytest.raises(UsageError, match="another name"):
        export_pair(pair, "csv", Path(pair.alignment.score))
    assert soundfile.info(pair.alignment.recording).duration == DURATION


def test_what_fails_leaves_the_former_file(pair, tmp_path):
    out = tmp_path / "x.mp4"
    out.write_text("former")
    with pytest.raises(UsageError, match="even"):
        export_pair(pair, "mp4", out, ExportSettings(video=VideoSettings(65, 64)))
    Path(pair.alignment.score).write_bytes(b"II*\0 broken")
    with pytest.raises(ScoreError, match=r"a b\.tif"):
        export_pair(pair, "mp4", out, ExportSettings(video=SMALL))
    assert out.read_text() == "former"
    assert not list(tmp_path.glob(".*"))


def test_wrong_formats_and_places_are_told(pair, tmp_path):
    with pytest.raises(UsageError, match="iiif-score, iiif-collection, iiif-combined, mei, mp4"):
        export_pair(pair, "midi", tmp_path / "x")  # pyright: ignore[reportArgumentType]
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="cannot be written"):
        export_pair(pair, "csv", tmp_path / "file" / "x.csv")


def test_names_and_types():
    assert default_name(Path("a/b.c.pdf"), Path("d.mp3"), "iiif") == "b.c_d.manifest.json"
    assert sound_type("X.MP3") == "audio/mpeg"
    assert sound_type("x.xyz") == "application/octet-stream"


def test_boxes_become_pixels_inside_the_page():
    assert pixels((0.1, 0.2, 0.5, 0.6), 100, 50) == (10, 10, 40, 20)
    assert pixels((-0.1, 0.5, 1.2, 0.5), 100, 50) == (0, 25, 100, 1)
    assert pixels((1.0, 1.0, 1.0, 1.0), 100, 50) == (99, 49, 1, 1)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCOREBRIDGE_MODEL", "scorebridge.testing:FakeEncoder")
    monkeypatch.delenv("SCOREBRIDGE_LIBRARY", raising=False)
    cv2.imwrite("s.png", score_page(0))
    soundfile.write("r.wav", melody(6, 0), 22050)
    return tmp_path


@pytest.mark.parametrize("format", FORMATS)
def test_the_command_writes_and_names_the_file(here, capsys, format):
    words = ["export", "r.wav", "s.png", "--format", format]  # in either order, as `align`
    assert run([*words, "--size", "64x64"]) == 0
    name = f"s_r{ENDINGS[format]}"
    assert capsys.readouterr().out == f"{name}\n"
    assert (here / name).stat().st_size > 20
    if format == "mp4":
        with av.open(name) as container:
            assert container.streams.video[0].width == 64


def test_the_command_tells_bad_use(here, capsys):
    assert run(["export", "s.png", "r.wav", "--format", "mp4", "--size", "big"]) == 2
    assert "like 1920x1080" in capsys.readouterr().err
    assert run(["export", "s.png", "r.wav", "--format", "iiif", "--base-url", "x"]) == 2
    assert run(["export", "s.png", "r.wav", "--format", "pdf"]) == 2
    assert run(["export", "s.png", "no.wav", "--format", "csv"]) == 1
    assert "no.wav" in capsys.readouterr().err
