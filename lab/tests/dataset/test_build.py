"""The build is deterministic, resumable and counted."""

import json
from dataclasses import replace

import numpy as np
import pytest

pytest.importorskip("verovio")
pytest.importorskip("resvg_py")

from scorebridge.errors import UsageError
from scorebridge_lab.dataset import pack as packing
from scorebridge_lab.dataset.build import BuildSettings, build_one, build_works
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


@pytest.mark.slow
@pytest.mark.skipif(not TRAINING_FONT.exists(), reason="needs fluid-soundfont-gm (Debian package)")
def test_a_build_counts_fails_and_goes_on(source, tmp_path):
    settings = BuildSettings(performances=1, width=(835, 836))
    out = tmp_path / "packed"
    manifest = build_works(works(source), out, _pianos(tmp_path), settings, 1)
    assert manifest["pieces"] == 1 and manifest["failed"] == 1 and manifest["pairs"] > 20
    assert manifest["licences"] == {"your own": 1} and list(manifest["causes"].values()) == [1]
    before = (out / "good.npz").stat().st_mtime_ns
    (source / "bad.krn").write_text(KERN)
    again = build_works(works(source), out, _pianos(tmp_path), settings, 1)
    assert again["pieces"] == 2 and again["failed"] == 0
    assert (out / "good.npz").stat().st_mtime_ns == before
    with pytest.raises(UsageError, match="other settings"):
        build_works(works(source), out, _pianos(tmp_path), replace(settings, seed=2), 1)
    with pytest.raises(UsageError, match="other settings"):
        build_works(works(source), out, _pianos(tmp_path), replace(settings, library=0.5), 1)
    older = json.loads((out / "settings.json").read_text())
    del older["library"]  # built before there were such prints
    (out / "settings.json").write_text(json.dumps(older))
    manifested = json.loads((out / "manifest.json").read_text())
    assert manifested["sha256"]["good.npz"] == manifest["sha256"]["good.npz"]
    more = build_works(works(source), out, _pianos(tmp_path), settings, 1, editions=2)
    assert more["pieces"] == 2 and more["files"] == 4
    assert more["sha256"]["good.npz"] == manifest["sha256"]["good.npz"]
    fewer = build_works(works(source), out, _pianos(tmp_path), settings, 1, limit=1)
    assert fewer["files"] == 4 and fewer["hash"] == more["hash"]


@pytest.mark.slow
@pytest.mark.skipif(not TRAINING_FONT.exists(), reason="needs fluid-soundfont-gm (Debian package)")
def test_equal_seeds_give_equal_bytes(source, tmp_path):
    work = next(w for w in works(source) if w.name == "good")
    settings = BuildSettings(performances=1, width=(835, 836))
    for name in ("one", "two"):
        build_one(work, 0, settings, _pianos(tmp_path), tmp_path / name)
    one, two = ((tmp_path / n / "good.npz").read_bytes() for n in ("one", "two"))
    assert one == two
    library = replace(settings, library=1.0)
    build_one(work, 0, library, _pianos(tmp_path), tmp_path / "three")
    three = packing.load(tmp_path / "three" / "good.npz")
    assert np.abs(three.columns - packing.load(tmp_path / "one" / "good.npz").columns).max() <= 1
    build_one(work, 1, settings, _pianos(tmp_path), tmp_path / "one")
    assert (tmp_path / "one" / "good@2.npz").read_bytes() != one
