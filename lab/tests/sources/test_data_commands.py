"""`data list`, `download` and `validate` as a user calls them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from cyclopts import App
from public_server import Public  # pyright: ignore[reportMissingImports]

from scorebridge.errors import UsageError
from scorebridge_lab.cli.data_sources import mount
from scorebridge_lab.errors import LabError
from scorebridge_lab.sources import msmd


@pytest.fixture
def data(tmp_path, monkeypatch) -> Path:
    monkeypatch.setenv("SCOREBRIDGE_DATA", str(tmp_path / "data"))
    return tmp_path / "data"


@pytest.fixture
def app() -> App:
    app = App(name="data", result_action="return_value")
    mount(app)
    return app


def test_list_shows_every_source(app: App, data: Path, capsys):
    assert app(["list", "--json"]) == 0
    rows = {row["source"]: row for row in json.loads(capsys.readouterr().out)["sources"]}
    assert rows["openscore_quartets"]["files"] == 109 and rows["lieder"]["state"] == "missing"
    assert rows["pianos"]["downloadable"] == 0 and rows["asap"]["use"] == "evaluation"
    assert app(["list"]) == 0
    shown = capsys.readouterr().out
    assert "mutopia_other" in shown and "14,963 files" in shown and "CC0 1.0" in shown


def test_download_and_validate(app: App, data: Path, public: Public, capsys, tmp_path):
    """The lists of MSMD's splits: wrong ones from a mirror, as they are not the real ones."""
    files = msmd.LISTS.files()
    repository = msmd.LISTS.repositories[0]
    for file in files:
        address = f"/{repository.name}/{repository.commit}/{file.path}"
        public.files[address] = b"not the real list"
    assert app(["download", "msmd", "--base-url", public.url]) == 1
    output = capsys.readouterr()
    assert "3 failed" in output.out and output.err.count("wrong checksum") == 3
    assert list(data.rglob("*.partial")) == [] and list(data.rglob("*.yaml")) == []

    assert app(["validate"]) == 0, "nothing is there, nothing is wrong"
    assert app(["validate", "msmd"]) == 1
    folder = data / "scores/splits"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / files[0].name).write_text("wrong")
    capsys.readouterr()
    assert app(["validate", "--json"]) == 1
    rows = {row["files"]: row for row in json.loads(capsys.readouterr().out)["sources"]}
    assert rows["msmd_splits"]["wrong"] == [files[0].name]
    assert rows["msmd_splits"]["missing"] == [f.name for f in files[1:]]


def test_what_cannot_be_downloaded_is_named(app: App, data: Path, capsys):
    assert app(["download", "pianos"]) == 0
    shown = capsys.readouterr().out
    assert "151 not downloadable" in shown and "freepats/upright-piano-KW" in shown
    assert "and 56 more" in shown and not data.exists()


def test_unknown_names(app: App, data: Path):
    with pytest.raises(UsageError, match="no such source"):
        app(["download", "bach"])
    data.write_text("a file")
    with pytest.raises(LabError, match="cannot be written"):
        app(["download", "msmd", "--base-url", "http://127.0.0.1:9"])


def test_real_data_is_valid(app: App, capsys):
    from scorebridge_lab import home

    try:
        home.data()
    except LabError as error:
        pytest.skip(f"source data: {error}")
    assert app(["validate", "msmd", "polish_keyboard", "mozart"]) == 0
    assert "1023 files valid, 0 wrong, 0 missing" in capsys.readouterr().out
