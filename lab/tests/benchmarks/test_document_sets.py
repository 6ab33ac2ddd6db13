"""The registry of evaluation sets, and sets of documents made by hand."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from scorebridge.errors import UsageError
from scorebridge_lab.benchmarks.document_sets import Documents, DocumentSet
from scorebridge_lab.benchmarks.evaluation_set import manifest_path, thinned
from scorebridge_lab.benchmarks.registry import REGISTRY, SETS, evaluation_set, sets_named


@pytest.fixture
def documents(tmp_path: Path) -> Documents:
    """Three scores, the last a volume, with one, two and no recordings."""
    names = ("a.pdf", "b.pdf", "c.pdf", "a.flac", "b1.flac", "b2.flac")
    for name in names:
        (tmp_path / name).write_text(name)
    paths = [str(tmp_path / name) for name in names]
    return Documents(tuple(paths[:3]), tuple(paths[3:]), (0, 1, 1), frozenset({2}))


def test_names_are_unique_and_found() -> None:
    assert len(REGISTRY) == len(SETS)
    for one in SETS:
        assert evaluation_set(one.name) is one and one.version >= 1 and one.about
    with pytest.raises(UsageError, match="no evaluation set 'music'"):
        evaluation_set("music")
    with pytest.raises(UsageError, match="scans-straight, scans-human, recordings"):
        sets_named(["lieder"], DocumentSet)


def test_a_subset_keeps_scores_and_their_recordings(documents: Documents) -> None:
    assert documents.subset() is documents
    every_second = documents.subset(stride=2)
    assert [Path(p).name for p in every_second.scores] == ["a.pdf", "c.pdf"]
    assert [Path(p).name for p in every_second.recordings] == ["a.flac"]
    assert every_second.score_of == (0,) and every_second.volumes == {1}
    two = documents.subset(limit=2)
    assert two.score_of == (0, 1, 1) and not two.volumes
    assert thinned([1, 2, 3, 4, 5], 2, 2) == [1, 3]


def test_the_hash_changes_with_the_files(
    documents: Documents, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SCOREBRIDGE_LAB", str(tmp_path / "lab"))
    one = DocumentSet("toy", 3, "for a test", documents.subset)
    about = one.describe()
    assert (about["version"], about["scores"], about["recordings"]) == (3, 3, 3)
    assert ["b2.flac", "b.pdf"] in about["links"]
    assert json.loads(manifest_path("toy").read_text()) == about
    assert one.describe()["hash"] == about["hash"]
    (tmp_path / "a.pdf").write_text("another scan")
    assert one.describe()["hash"] != about["hash"]
