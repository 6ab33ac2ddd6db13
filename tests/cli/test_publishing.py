"""`publish`, and `export` of works and libraries: which pairs are meant, and bad use."""

import csv
import json
from pathlib import Path

import cv2
import pytest
import soundfile

from scorebridge import Library
from scorebridge.cli import pairs
from scorebridge.cli.main import run
from scorebridge.errors import UsageError
from scorebridge.testing import melody, score_page
from scorebridge.types import Link


@pytest.fixture
def files(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[str, str]:
    """A score and a recording in the current folder, without a library."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SCOREBRIDGE_MODEL", "scorebridge.testing:FakeEncoder")
    cv2.imwrite("s.png", score_page(0, systems=2))
    soundfile.write("r.wav", melody(8, 1), 22050)
    return "s.png", "r.wav"


def test_a_pair_is_published_in_either_order(files: tuple[str, str], capsys) -> None:
    assert run(["publish", *files[::-1], "site", "--base-url", "https://e.org/x"]) == 0
    assert capsys.readouterr().out.strip() == "site"
    record = json.loads(Path("site/collection.json").read_text())
    assert [item["id"] for item in record["items"]] == [
        "https://e.org/x/s/performance.json",
        "https://e.org/x/s/score.json",
    ]
    assert Path("site/s/r.wav").is_file()


def test_bad_use_is_told(files: tuple[str, str], capsys) -> None:
    Library("scorebridge.library").create()
    Path("full").mkdir()
    Path("full/file").write_text("")
    for words, said in [
        ([], "name a score"),
        (["nothing"], "only for --serve"),
        (["nothing", "--serve"], "only for --serve"),
        ([*files, "third", "site"], "one file or two"),
        ([*files, "full"], "holds files already"),
        ([*files, "."], "holds"),
        ([*files, "site", "--base-url", "music"], "absolute"),
        ([*files, "site", "--port", "0"], "ports"),
        (["s.png", "site"], "has no links"),
    ]:
        assert run(["publish", *words]) == 2, words
        assert said in capsys.readouterr().err
    assert not Path("site").exists()


class Linked(Library):
    """A library whose links are given."""

    def __init__(self, *links: Link) -> None:
        self._links = list(links)

    def links(self, source=None) -> list[Link]:
        return list(self._links)


def test_a_work_is_what_a_file_is_linked_with() -> None:
    def link(recording: str, score: str) -> Link:
        return Link(recording, score, 0.9, 0.0, 1.0, 1, 1)

    library = Linked(link("/r2", "/s1"), link("/r1", "/s1"), link("/r1", "/s2"))
    one, two, three = (
        (Path("/s1"), Path("/r1")),
        (Path("/s1"), Path("/r2")),
        (Path("/s2"), Path("/r1")),
    )
    assert pairs.pairs_of(library, []) == [one, two, three]
    assert pairs.pairs_of(library, [Path("/s1")]) == [one, two]
    assert pairs.pairs_of(library, [Path("/r1")]) == [one, three]
    with pytest.raises(UsageError, match="has no links"):
        pairs.pairs_of(library, [Path("/r9")])
    with pytest.raises(UsageError, match="library has no links"):
        pairs.pairs_of(Linked(), [])


@pytest.mark.slow
def test_the_demo_collection_as_one_table(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    demo = Path(__file__).parents[2] / "demo"
    truth = json.loads((demo / "truth.json").read_text())["pairs"][:2]
    monkeypatch.chdir(tmp_path)
    names = [str(demo / pair[side]) for pair in truth for side in ("score", "recording")]
    assert run(["add", *names]) == 0 and run(["link"]) == 0
    assert run(["export", "--format", "bars", "--out", "all.csv"]) == 0
    with Path("all.csv").open() as file:
        rows = list(csv.DictReader(file))
    found = {(row["score"], row["recording"]) for row in rows}
    assert found == {(str(demo / p["score"]), str(demo / p["recording"])) for p in truth}
    assert run(["export", names[0], "--format", "audacity", "--out", "labels"]) == 0
    (labels,) = Path("labels").iterdir()
    assert len(labels.read_text().splitlines()) == sum(row["score"] == names[0] for row in rows)
