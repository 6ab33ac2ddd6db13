"""Distractors: one edition of each work first, none from other sets, named by their hash."""

from __future__ import annotations

import json
from pathlib import Path

from scorebridge_lab.benchmarks.evaluation_set import manifest_path
from scorebridge_lab.benchmarks.packed import PackedSet, choose, editions, is_reserved
from scorebridge_lab.dataset import pack as packing


def _paths(*names):
    return [Path("packed", n) for n in names]


def test_second_editions_come_after_all_works():
    files = _paths("lieder/a.npz", "lieder/a@2.npz", "mutopia/m.npz", "msmd-train/m.npz")
    files += _paths("polish/p.npz")
    first, second = editions(files)
    assert [p.stem for p in first] == ["a", "m", "p"]
    assert [str(p) for p in second] == ["packed/lieder/a@2.npz", "packed/mutopia/m.npz"]
    assert [p.stem for p in choose(files, 4)] == ["a", "m", "p", "a@2"]
    assert choose(files, 2) == first[:2] and len(choose(files)) == 5


def test_what_other_sets_hold_is_known_by_name():
    for reserved in (
        "ChopinFF Etude ChopinFF__O25__chopin-op-25-09",
        "SchubertF Impromptu SchubertF__D899__x",
        "W. A. Mozart Sonata KV331",
        "Scott Joplin The Entertainer",
        "BachJS__BWV846__wtk1-prelude1",
    ):
        assert is_reserved(reserved), reserved
    for free in (
        "ChopinFF Nocturne op-9",
        "Chopin Mazurka op. 256",
        "Mozart KV 3310",
        "Schubert D8",
    ):
        assert not is_reserved(free), free


def _hum(events, rng, pianos):
    return rng.standard_normal(int((events["onset"].max() + 3) * 22050)).astype("float32")


def test_a_fixed_set_stays_what_it_was(scale_piece, tmp_path, monkeypatch):
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path))
    packed = tmp_path / "packed" / "lieder"
    for name in ("a", "b"):
        packing.save(packing.pack(scale_piece, 0, 1, player=_hum), packed / f"{name}.npz")
    others = PackedSet("others", 1, "for a test", lambda _: sorted(packed.glob("*.npz")), True)
    about = others.describe()
    assert about["scores"] == 2 and about["engravers"] == {"Verovio": 2} and about["works"] == 2
    packing.save(packing.pack(scale_piece, 1, 1, player=_hum), packed / "c.npz")
    others.build()
    assert others.describe()["hash"] == about["hash"]
    assert [p.stem for p in others.files()] == ["a", "b"]
    others.build(fresh=True)
    assert others.describe()["scores"] == 3 and others.ground_truth() == (0, 1, 2)
    assert len(json.loads(manifest_path("others").read_text())["sha256"]) == 3
