"""Tables of bars played: against a pair known by hand, mir_eval and jams as they read them."""

from __future__ import annotations

import csv
import json
from dataclasses import replace
from pathlib import Path

import pytest
from known_pair import DURATION, LIST, PLACES, START, aligned_pair

from scorebridge.export import tables
from scorebridge.types import AlignedPair, BarConfidence

NAMES = [f"bar {bar + 1}" if bar < 6 else "page 2, system 2" for bar in LIST]


@pytest.fixture
def pair() -> AlignedPair:
    """With the confidence of the first two bars each time they are played."""
    known = aligned_pair("=s.pdf", "r.wav")
    sure = (BarConfidence(1, 0.4, 0.9), BarConfidence(2, 1.5, 0.8), BarConfidence(1, 4.6, 0.3))
    return replace(known, alignment=replace(known.alignment, bar_confidence=sure))


def test_one_row_for_each_bar_played(pair):
    rows = list(csv.DictReader(tables.bars_csv([pair, pair]).splitlines()))
    assert len(rows) == 2 * len(LIST)
    assert rows[4] == {
        "score": "'=s.pdf",  # what a spreadsheet would compute is text
        "recording": "r.wav",
        "start_s": "4.500",
        "end_s": "5.500",
        "bar": "1",
        "number": "1",
        "page": "1",
        "system": "1",
        "x0": "0.1",
        "y0": "0.1",
        "x1": "0.5",
        "y1": "0.3",
        "confidence": "0.3",
    }
    assert [row["confidence"] for row in rows[:3]] == ["0.9", "0.8", ""]
    assert (rows[10]["bar"], rows[10]["number"], rows[10]["system"]) == ("", "", "2")


def test_mir_eval_reads_labels_and_times(pair, tmp_path):
    io = pytest.importorskip("mir_eval.io", reason="mir_eval is not installed")
    (tmp_path / "a.txt").write_text(tables.audacity(pair))
    intervals, labels = io.load_labeled_intervals(str(tmp_path / "a.txt"), delimiter="\t")
    assert labels == NAMES
    assert intervals[:, 0].tolist() == [START + k for k in range(len(LIST))]
    assert intervals[:, 1].tolist() == [START + k + 1 for k in range(len(LIST))]
    (tmp_path / "t.txt").write_text(tables.times(pair))
    times, labels = io.load_labeled_events(str(tmp_path / "t.txt"), delimiter="\t")
    assert times.tolist() == [START + k for k in range(len(LIST))]
    assert labels == NAMES


def test_labels_stay_on_their_line(pair):
    named = replace(PLACES[0], numbers=("1\n2\t3", "2"))
    text = tables.times(replace(pair, places=(named, *PLACES[1:])))
    assert len(text.splitlines()) == len(LIST)
    assert all(line.count("\t") == 1 for line in text.splitlines())


@pytest.mark.filterwarnings("ignore")  # jams has warnings of its own
def test_jams_follows_its_schema(pair, tmp_path: Path):
    jams = pytest.importorskip("jams", reason="jams is not installed")
    path = tmp_path / "a.jams"
    path.write_text(tables.jams_text(pair), "utf-8")
    loaded = jams.load(str(path), validate=True, strict=True)
    assert loaded.file_metadata.duration == DURATION
    beats, bars, sections = loaded.annotations
    assert [o.time for o in beats.data] == [START + k for k in range(len(LIST))]
    assert [o.value for o in bars.data][:5] == ["1", "2", "3", "4", "1"]
    assert [o.value for o in sections.data] == ["bars 1-4", "bars 1-4", "bars 5-6"]
    assert bars.sandbox.places[4]["box"] == [0.1, 0.1, 0.5, 0.3]
    record = json.loads(path.read_text())
    record["annotations"][1]["data"][0]["value"] = 7  # so the check above can fail
    path.write_text(json.dumps(record))
    with pytest.raises(jams.SchemaError):
        jams.load(str(path), validate=True, strict=True)
