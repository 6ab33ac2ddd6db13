"""Which MSMD piece is which file, on a small archive made here and on the real one."""

import zipfile
from pathlib import Path

import pytest

from scorebridge_lab.errors import LabError
from scorebridge_lab.sources.mutopia import find_main, papers_test, read_pieces, read_split

TABLE = """file,n_files,composer,title,licence,msmd_names,reserved
mutopia/A/one/one.ly,1,A,One,Public Domain,A__one__one,
mutopia/A/suite,3,A,Suite,CC BY 4.0,A__suite__first;A__suite__second,yes
mutopia/A/suite2,1,A,Other,CC BY 4.0,,
"""


@pytest.fixture
def root(tmp_path: Path) -> Path:
    scores = tmp_path / "scores"
    (scores / "splits").mkdir(parents=True)
    with zipfile.ZipFile(scores / "mutopia.zip", "w") as archive:
        for name in ("one/one.ly", "suite/x/first.ly", "suite/x/second.ly", "suite/h.ily"):
            archive.writestr(f"mutopia/A/{name}", f"% {name}")
        archive.writestr("mutopia/A/suite2/first.ly", "% another")
    (scores / "mutopia.csv").write_text(TABLE)
    for split, part in (("all", "train"), ("bach", "valid"), ("bach_out", "test")):
        (scores / "splits" / f"{split}_split.yaml").write_text(f"{part}:\n- A__suite__first\n")
    return tmp_path


def test_pieces_know_file_split_and_reserve(root: Path, tmp_path: Path) -> None:
    one, first, second = read_pieces(root)
    assert (one.name, one.part, one.reserved) == ("A__one__one", None, False)
    assert first.splits == {"all": "train", "bach": "valid", "bach_out": "test"}
    assert first.reserved and second.part is None
    main = second.extract(tmp_path / "out")
    assert main.read_text() == "% suite/x/second.ly"
    assert not (tmp_path / "out/mutopia/A/suite2").exists()
    assert (tmp_path / "out/mutopia/A/suite/h.ily").exists()


def test_missing_data_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="SCOREBRIDGE_DATA"):
        read_pieces(tmp_path)


def test_a_file_that_is_no_split(tmp_path: Path) -> None:
    (tmp_path / "s.yaml").write_text("test:\n- a\nwhat\n")
    with pytest.raises(LabError, match="not a split file"):
        read_split(tmp_path / "s.yaml")


def test_main_is_found_by_stem_only() -> None:
    assert find_main("A__b__c", ("m/b/c.ily", "m/b/d.ly", "m/b/c.ly")) == "m/b/c.ly"
    assert find_main("A__b__c", ("m/b/d.ly", "m/b/e.ly")) is None


def test_the_papers_hundred_test_pieces_are_all_there() -> None:
    try:
        pieces = read_pieces()
    except LabError:
        pytest.skip("needs the Mutopia archive (SCOREBRIDGE_DATA)")
    assert len(papers_test(pieces)) == 100
    assert sum(p.splits.get("all") == "test" for p in pieces) == 94
    assert sum(p.splits.get("bach") == "train" for p in pieces) == 100
    assert sum("all" in p.splits for p in pieces) == 467
