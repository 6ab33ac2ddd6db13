"""Pieces of volumes: every page is used once, and cuts fall between systems."""

import json
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from scorebridge_lab import home
from scorebridge_lab.benchmarks import sets
from scorebridge_lab.benchmarks.labelled_volumes import OP10, PARTS, Part, write_part
from scorebridge_lab.errors import LabError


def test_parts_follow_each_other_without_gaps():
    for volume in {p.volume for p in PARTS}:
        mine = [p for p in PARTS if p.volume == volume]
        assert mine[0].first == (0, 1)
        for before, after in pairwise(mine):
            page, system = before.last
            assert after.first == ((page, system + 1) if system else (page + 1, 1))
    assert len(PARTS) == 28


def test_a_shared_page_is_cut_between_its_systems(tmp_path):
    folder = tmp_path / "volume"
    folder.mkdir()
    page = np.full((1000, 500), 255, np.uint8)
    rows = []
    for top in (100, 300, 500, 700):
        page[top : top + 100, 50:450] = 0
        rows.append({"page": 0, "start": [0.1, top / 500], "end": [0.9, (top + 100) / 500]})
    Image.fromarray(page).save(folder / "page_0.tif")
    (folder / "staves.json").write_text(json.dumps({"n_pages": 1, "staves": rows}))
    write_part(Part("volume", "x", (0, 2), (0, 3)), tmp_path, tmp_path / "out.tif")
    with Image.open(tmp_path / "out.tif") as out:
        assert getattr(out, "n_frames", 1) == 1 and out.size == (500, 400)
        assert 0.35 < 1 - np.asarray(out).mean() < 0.45
    with pytest.raises(LabError, match="no such volume"):
        write_part(Part("other", "x", (0, 1), (0, 0)), tmp_path, tmp_path / "out.tif")


def test_the_real_performances_belong_to_scans():
    try:
        root = home.data()
    except LabError as error:
        pytest.skip(f"source data: {error}")
    found = sets.performances(root)
    assert len(found) == 26 and sum(min(sets.PER_PIECE, len(v)) for v in found.values()) == 69
    names = {p.stem for p in sets.scan_pieces(root)} | {p.name for p in PARTS}
    assert set(found) <= names
    for part in PARTS:
        pages = len(list((root / "scans" / "dinoscore" / part.volume).glob("*.tif")))
        assert part.last[0] < pages
    assert [p.name for p in PARTS if p.volume == OP10][11] == "Chopin/Etudes_op_10/12"


def test_recordings_are_engraved_or_the_set_is_an_error(tmp_path, monkeypatch, capsys):
    asked = []

    def build(pieces, out, say):
        say(f"{len(pieces)} pieces")
        asked.extend(p.name for p in pieces)
        (out / "b.npz").touch()

    monkeypatch.setattr(sets, "read_pieces", lambda root: [_Named(n) for n in "abcd"])
    monkeypatch.setattr(sets, "build", build)
    (tmp_path / "a.npz").touch()
    sets._engrave(tmp_path, ["a"], tmp_path)
    assert asked == []
    sets._engrave(tmp_path, ["a", "b"], tmp_path)
    assert asked == ["b"]
    with pytest.raises(LabError, match="not engraved: c"):
        sets._engrave(tmp_path, ["a", "b", "c"], tmp_path)
    assert capsys.readouterr().out == ""


@dataclass(frozen=True)
class _Named:
    name: str
