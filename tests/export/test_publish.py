"""What `publish` writes: one folder for each score, a collection of all, and the page."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from known_pair import LIST, aligned_pair, write_files

from scorebridge.errors import UsageError
from scorebridge.export.iiif_files import PairFiles
from scorebridge.export.publish import PublishSettings, publish
from standards import presentation_flaws

BASE = "https://example.org/m"
CC0 = "http://creativecommons.org/publicdomain/zero/1.0/"


def told(share: float, text: str) -> None:
    """Progress is not looked at here."""


@pytest.fixture
def pair(tmp_path: Path) -> PairFiles:
    score, recording = write_files(tmp_path)
    return PairFiles(aligned_pair(str(score), str(recording)), score, recording)


def loaded(folder: Path, address: str) -> dict:
    """A record by its address."""
    assert address.startswith(f"{BASE}/")
    return json.loads((folder / address.removeprefix(f"{BASE}/")).read_text("utf-8"))


def test_a_work_has_all_its_recordings(pair, tmp_path):
    other = tmp_path / "again" / pair.recording.name  # of the same name
    other.parent.mkdir()
    other.write_bytes(pair.recording.read_bytes() + b"\0\0")
    out = tmp_path / "site"
    settings = PublishSettings(BASE, "Title", CC0, "Ann")
    publish(told, pair.score, [[pair, replace(pair, recording=other)]], out, settings)
    together = loaded(out, f"{BASE}/collection.json")
    assert presentation_flaws(together) == []
    performance, score = (loaded(out, item["id"]) for item in together["items"])
    for record in (performance, score):
        assert presentation_flaws(record) == []
        assert record["rights"] == CC0
        assert record["requiredStatement"]["value"]["none"][0] == "Ann"
        assert record["partOf"][0]["id"] == together["id"]
    sounds = [c["items"][0]["items"][0]["body"]["id"] for c in performance["items"]]
    assert len(set(sounds)) == 2
    bodies = [item["items"][0]["items"][0]["body"] for item in score["items"]]
    addresses = [*sounds, *(body["id"] for body in bodies)]
    addresses += [file["id"] for file in performance["rendering"] + performance["seeAlso"]]
    for address in addresses:
        name = address.removeprefix(f"{BASE}/").replace("%26", "&").replace("%C3%A4", "ä")
        assert (out / name).is_file(), address
    bars = [i for page in score["items"] for one in page["annotations"] for i in one["items"]]
    assert len(bars) == 2 * len(LIST)
    stretches = {bar["body"][1]["id"].partition("#")[0] for bar in bars}
    assert stretches == {canvas["id"] for canvas in performance["items"]}
    assert (out / "index.html").is_file() and (out / "player.js").is_file()


def test_scores_of_one_name_have_folders_of_their_own(pair, tmp_path):
    out = tmp_path / "site"
    publish(told, pair.score, [[pair], [pair]], out, PublishSettings(f"{BASE}/"))
    folders = sorted(path.name for path in out.iterdir() if path.is_dir())
    assert folders == ["a-b", "a-b-2"]
    assert len(loaded(out, f"{BASE}/collection.json")["items"]) == 4


def test_addresses_must_be_absolute(pair, tmp_path):
    with pytest.raises(UsageError, match="absolute"):
        publish(told, pair.score, [[pair]], tmp_path / "site", PublishSettings("music"))
    assert not (tmp_path / "site").exists()


def test_rights_are_those_that_iiif_knows(pair, tmp_path):
    settings = PublishSettings(BASE, rights=CC0.replace("http:", "https:"))
    publish(told, pair.score, [[pair]], tmp_path / "one", settings)
    assert loaded(tmp_path / "one", f"{BASE}/a-b/score.json")["rights"] == CC0
    with pytest.raises(UsageError, match=r"rightsstatements\.org"):
        settings = PublishSettings(BASE, rights="https://example.org/mine")
        publish(told, pair.score, [[pair]], tmp_path / "two", settings)
