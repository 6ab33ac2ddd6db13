"""Sources: every work has a name, a licence and a file to engrave; folders of one's own too."""

import zipfile

import pytest

from scorebridge.errors import UsageError
from scorebridge_lab import home
from scorebridge_lab.engrave.engravers import engravers_of
from scorebridge_lab.errors import LabError
from scorebridge_lab.sources import folder, lieder, nottingham, polish
from scorebridge_lab.sources.registry import SOURCES, unpack, works_of

ABC = "X: 1\nT:First\nK:G\nGABc|\n\nX: 2\nT:Second\nK:D\nd2e2|\n"


@pytest.fixture
def root(tmp_path):
    """A small copy of the sources' layout."""
    scores = tmp_path / "scores"
    scores.mkdir()
    for name, suffix in (("polish_keyboard", "krn"), ("openscore_lieder", "mxl")):
        with zipfile.ZipFile(scores / f"{name}.zip", "w") as archive:
            for k in (2, 1):
                archive.writestr(f"piece{k}.{suffix}", "x")
    table = "file,composer,title,instruments,measures,licence,source\n"
    rows = "".join(f'piece{k}.krn,"A, B",Title {k},1 piano,9,CC BY 4.0,x\n' for k in (2, 1))
    (scores / "polish_keyboard.csv").write_text(table + rows)
    table = "file,composer,set,title,licence,source\n"
    rows = "".join(f'piece{k}.mxl,"C,_D",_,A_song_{k},CC0 1.0,x\n' for k in (1, 2))
    (scores / "openscore_lieder.csv").write_text(table + rows)
    with zipfile.ZipFile(scores / "nottingham.zip", "w") as archive:
        archive.writestr("jigs.abc", ABC)
    return tmp_path


def test_polish_and_lieder_are_listed_in_order(root, tmp_path):
    works = polish.works(root)
    assert [w.name for w in works] == ["piece1", "piece2"]
    assert works[0].licence == "CC BY 4.0" and works[0].composer == "A, B"
    assert works[0].unpack(tmp_path / "out").read_text() == "x"
    songs = lieder.songs(root)
    assert songs[0].keep == "song" and songs[0].title == "A song 1"
    assert lieder.works(root)[0].keep == "piano"
    assert {w.name for w in songs}.isdisjoint({w.name for w in lieder.works(root)})


def test_tune_books_are_cut_into_tunes(root, tmp_path):
    first, second = nottingham.works(root)
    assert (first.name, second.title) == ("jigs-001", "Second")
    assert not first.train
    assert second.unpack(tmp_path / "out").read_text().startswith("X: 2\nT:Second")
    assert first.unpack(tmp_path / "out").read_text().rstrip().endswith("GABc|")


def test_sources_by_name(root, tmp_path):
    assert len(works_of("polish", root)) == 2 and set(SOURCES) >= {"mutopia", "nottingham"}
    assert len(unpack(root, "lieder", tmp_path / "all")) == 2
    with pytest.raises(UsageError, match="no such source"):
        works_of("bach", root)
    with pytest.raises(LabError, match="not there"):
        polish.works(tmp_path / "nowhere")


def test_a_folder_of_ones_own(tmp_path):
    (tmp_path / "sub").mkdir()
    (tmp_path / "sub" / "a.krn").write_text("**kern")
    (tmp_path / "b.mei").write_text("<mei/>")
    (tmp_path / "main.ly").write_text('\\include "part.ly"\n')
    (tmp_path / "part.ly").write_text("{ c }")
    (tmp_path / "readme.txt").write_text("no score")
    works = folder.works(tmp_path)
    assert [w.name for w in works] == ["b", "main", "sub__a"]
    assert works[2].unpack(tmp_path / "x") == tmp_path / "sub" / "a.krn"
    assert engravers_of(works[1].path) == ("lilypond",)
    with pytest.raises(LabError, match="no score there"):
        folder.works(_empty(tmp_path))
    with pytest.raises(LabError, match="no such folder"):
        folder.works(tmp_path / "nowhere")


def _empty(tmp_path):
    empty = tmp_path / "empty"
    empty.mkdir()
    return empty


def test_the_real_sources_hold_what_the_world_needs():
    try:
        root = home.data()
    except LabError as error:
        pytest.skip(f"source data: {error}")
    counts = {name: len(works_of(name, root)) for name in ("mutopia", "polish", "lieder")}
    assert sum(counts.values()) >= 2500
    names = [w.name for w in works_of("mutopia", root)]
    assert len(set(names)) == len(names)
    everything = {w.name: w.train for w in works_of("mutopia", root, everything=True)}
    assert not all(everything.values())
    assert len(works_of("nottingham", root)) > 1000
