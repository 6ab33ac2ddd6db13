"""Pieces of volumes: every page is used once, and cuts fall between systems."""

import json
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image

from scorebridge_lab import home
from scorebridge_lab.benchmarks.document_sets import scan_pieces
from scorebridge_lab.benchmarks.labelled_volumes import OP10, PIECES, VolumePiece, write_piece
from scorebridge_lab.benchmarks.recordings import engrave_missing
from scorebridge_lab.benchmarks.scans_human import MAX_PER_PIECE, performances
from scorebridge_lab.errors import LabError


def test_parts_follow_each_other_without_gaps():
    for volume in {p.volume for p in PIECES}:
        mine = [p for p in PIECES if p.volume == volume]
        assert mine[0].first == (0, 1)
        for before, after in pairwise(mine):
            page, system = before.last
            assert after.first == ((page, system + 1) if system else (page + 1, 1))
    assert len(PIECES) == 28


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
    write_piece(VolumePiece("volume", "x", (0, 2), (0, 3)), tmp_path, tmp_path / "out.tif")
    with Image.open(tmp_path / "out.tif") as out:
        assert getattr(out, "n_frames", 1) == 1 and out.size == (500, 400)
        assert 0.35 < 1 - np.asarray(out).mean() < 0.45
    with pytest.raises(LabError, match="no such volume"):
        write_piece(VolumePiece("other", "x", (0, 1), (0, 0)), tmp_path, tmp_path / "out.tif")


def test_the_real_performances_belong_to_scans():
    try:
        root = home.data()
    except LabError as error:
        pytest.skip(f"source data: {error}")
    found = performances(root)
    assert len(found) == 26 and sum(min(MAX_PER_PIECE, len(v)) for v in found.values()) == 69
    names = {p.stem for p in scan_pieces(root)} | {p.name for p in PIECES}
    assert set(found) <= names
    for part in PIECES:
        pages = len(list((root / "scans" / "dinoscore" / part.volume).glob("*.tif")))
        assert part.last[0] < pages
    assert [p.name for p in PIECES if p.volume == OP10][11] == "Chopin/Etudes_op_10/12"


def test_recordings_are_engraved_or_the_set_is_an_error(tmp_path):
    asked = []

    def engrave(pieces, folder):
        asked.extend(p.name for p in pieces)
        (folder / "b.npz").touch()

    def missing(*names):
        engrave_missing(names, tmp_path, lambda: [_Named(n) for n in "abcd"], engrave)  # type: ignore

    (tmp_path / "a.npz").touch()
    missing("a")
    assert asked == []
    missing("a", "b")
    assert asked == ["b"]
    with pytest.raises(LabError, match="not engraved: c"):
        missing("a", "b", "c")


@dataclass(frozen=True)
class _Named:
    name: str
