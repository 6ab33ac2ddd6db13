"""The build: deterministic, resumable, counted; store and travelling world hold the same."""

import json
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("verovio")
pytest.importorskip("resvg_py")

from scorebridge_lab.data import travel

from scorebridge.errors import UsageError
from scorebridge.score.strips import STRIP_HEIGHT
from scorebridge_lab.augment.prints import library_print, old_print
from scorebridge_lab.dataset import pack as packing
from scorebridge_lab.dataset.pairs import read_pieces, sample, usable
from scorebridge_lab.dataset.store import open_store, write_store
from scorebridge_lab.dataset.world import World, build, make_one
from scorebridge_lab.engrave.engraving import BAR, MARK, MARKS
from scorebridge_lab.errors import LabError
from scorebridge_lab.perform.synthesize import TRAINING_FONT
from scorebridge_lab.sources.folder import works

HEAD = "**kern\t**kern\n*staff2\t*staff1\n*clefF4\t*clefG2\n*M4/4\t*M4/4\n*MM90\t*MM90\n"
BAR_LINES = [
    f"={k}\t={k}\n4C\t4c\n4E\t4{'defgab'[k % 6]}\n4G\t4e\n4E\t4{'gabdef'[k % 6]}\n"
    for k in range(1, 9)
]
KERN = HEAD + "".join(BAR_LINES) + "==:|!\t==:|!\n*-\t*-\n"


@pytest.fixture
def source(tmp_path):
    folder = tmp_path / "mine"
    folder.mkdir()
    (folder / "good.krn").write_text(KERN)
    (folder / "bad.krn").write_text("no kern at all")
    return folder


def _pianos(tmp_path):
    """No sampled piano: a folder without any."""
    folder = tmp_path / "pianos"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.mark.skipif(not TRAINING_FONT.exists(), reason="needs fluid-soundfont-gm (Debian package)")
def test_a_build_counts_fails_and_goes_on(source, tmp_path):
    world = World(performances=1, width=(835, 836))
    out = tmp_path / "packed"
    manifest = build(works(source), out, _pianos(tmp_path), world, 1)
    assert manifest["pieces"] == 1 and manifest["failed"] == 1 and manifest["pairs"] > 20
    assert manifest["licences"] == {"your own": 1} and list(manifest["causes"].values()) == [1]
    before = (out / "good.npz").stat().st_mtime_ns
    (source / "bad.krn").write_text(KERN)
    again = build(works(source), out, _pianos(tmp_path), world, 1)
    assert again["pieces"] == 2 and again["failed"] == 0
    assert (out / "good.npz").stat().st_mtime_ns == before
    with pytest.raises(UsageError, match="other settings"):
        build(works(source), out, _pianos(tmp_path), replace(world, seed=2), 1)
    with pytest.raises(UsageError, match="other settings"):
        build(works(source), out, _pianos(tmp_path), replace(world, library=0.5), 1)
    older = json.loads((out / "settings.json").read_text())
    del older["library"]  # built before there were such prints
    (out / "settings.json").write_text(json.dumps(older))
    kept = json.loads((out / "manifest.json").read_text())
    assert kept["sha256"]["good.npz"] == manifest["sha256"]["good.npz"]
    more = build(works(source), out, _pianos(tmp_path), world, 1, editions=2)
    assert more["pieces"] == 2 and more["files"] == 4
    assert more["sha256"]["good.npz"] == manifest["sha256"]["good.npz"]
    fewer = build(works(source), out, _pianos(tmp_path), world, 1, limit=1)
    assert fewer["files"] == 4 and fewer["hash"] == more["hash"]


@pytest.mark.skipif(not TRAINING_FONT.exists(), reason="needs fluid-soundfont-gm (Debian package)")
def test_equal_seeds_give_equal_bytes(source, tmp_path):
    work = next(w for w in works(source) if w.name == "good")
    world = World(performances=1, width=(835, 836))
    for name in ("one", "two"):
        make_one(work, 0, world, _pianos(tmp_path), tmp_path / name)
    one, two = ((tmp_path / n / "good.npz").read_bytes() for n in ("one", "two"))
    assert one == two
    library = replace(world, library=1.0)
    make_one(work, 0, library, _pianos(tmp_path), tmp_path / "three")
    three = packing.load(tmp_path / "three" / "good.npz")
    assert np.abs(three.columns - packing.load(tmp_path / "one" / "good.npz").columns).max() <= 1
    make_one(work, 1, world, _pianos(tmp_path), tmp_path / "one")
    assert (tmp_path / "one" / "good@2.npz").read_bytes() != one


@pytest.mark.parametrize("printed", [old_print, library_print])
def test_print_moves_nothing(scale_piece, printed):
    changed = 0
    for seed in range(4):
        page = printed(scale_piece, np.random.default_rng(seed)).pages[0].astype(int)
        changed += (page != scale_piece.pages[0]).mean() > 0.02
        for note in scale_piece.notes:
            x, y = round(float(note["x"])), round(float(note["y"]))
            head, beside = page[y - 1 : y + 2, x - 2 : x + 3], page[y - 1 : y + 2, x + 9 : x + 14]
            assert head.mean() < beside.mean()
    assert changed  # some prints are as clean as the page


def _hum(events, rng, pianos):
    samples = np.zeros(int((events["onset"].max() + 3) * 22050), np.float32)
    for onset, pitch in zip(events["onset"].tolist(), events["pitch"].tolist(), strict=True):
        start, t = int(onset * 22050), np.arange(4000) / 22050
        tone = np.sin(2 * np.pi * 440 * 2 ** ((pitch - 69) / 12) * t) * np.exp(-t * 20)
        samples[start : start + 4000] += tone.astype(np.float32)
    return samples


def test_a_store_reads_the_same_pairs(scale_piece, tmp_path):
    for k in range(3):
        piece = replace(scale_piece, name=f"p{k}")
        packing.save(packing.pack(piece, k, 2, player=_hum), tmp_path / "a" / f"p{k}.npz")
    manifest = write_store([tmp_path / "a"], tmp_path / "store")
    assert manifest["pieces"] == 3
    plain, stored = read_pieces([tmp_path / "a"]), open_store(tmp_path / "store")
    for step in range(3):
        one, two = sample(plain, 32, 7, step), sample(stored, 32, 7, step)
        np.testing.assert_array_equal(one.sheet, two.sheet)
        np.testing.assert_array_equal(one.audio, two.audio)
    (tmp_path / "store" / "manifest.json").unlink()
    with pytest.raises(LabError, match="no finished store"):
        open_store(tmp_path / "store")
    with pytest.raises(LabError, match="no packed pieces"):
        write_store([tmp_path / "nothing"], tmp_path / "other")


def test_what_travels_arrives(scale_piece):
    piece = replace(
        scale_piece,
        bars=np.array([(0, 10, 0, 0), (10, 20.1, 2, 0)], BAR),
        marks=np.array([(MARKS.index("trill"), 5.0, 5.0, 0, 60)], MARK),
    )
    data = travel.pack_light(piece)
    engraving, strip, columns, onsets = travel.unpack_light(data)
    full, wanted_columns, wanted_onsets = packing.sheet_side(piece)
    np.testing.assert_array_equal(columns, wanted_columns)
    np.testing.assert_allclose(onsets, wanted_onsets, atol=1e-3)
    assert np.abs(strip.astype(int) - full).max() <= 43 and strip.shape[0] == STRIP_HEIGHT
    np.testing.assert_allclose(engraving.events["onset"], piece.events["onset"], atol=1e-3)
    assert engraving.bars.tolist() == piece.bars.tolist()
    assert engraving.marks.tolist() == piece.marks.tolist()
    assert len(data) < 0.12 * full.nbytes


def test_a_travelling_world_is_played_without_fonts(source, tmp_path):
    chosen = [w for w in works(source) if w.name == "good"]
    target = tmp_path / "world.zip"
    manifest = travel.depart(chosen, target, _pianos(tmp_path), workers=1)
    assert manifest["pieces"] == 1 and manifest["bytes"] < 40_000
    assert not travel.arrive(target, tmp_path / "there", performances=1, workers=1)
    piece = usable(packing.load(tmp_path / "there" / "mine" / "good.npz"))
    assert piece is not None and len(piece.columns) > 10
    again = tmp_path / "again.zip"
    travel.depart(chosen, again, _pianos(tmp_path), workers=1)
    assert again.read_bytes() == target.read_bytes()
    with pytest.raises(LabError, match="no such file"):
        travel.arrive(tmp_path / "nothing.zip", tmp_path)
