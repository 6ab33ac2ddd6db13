"""Damaged databases and folders that cannot be written: one sentence, and a way on."""

from pathlib import Path

import pytest

from scorebridge.cli.main import run
from scorebridge.errors import LibraryError
from scorebridge.server.queue import JobQueue
from scorebridge.server.rebuilding import check_databases, damaged_databases, rebuild_databases
from scorebridge.server.settings import ServerSettings
from scorebridge.server.upload_store import UploadNames


@pytest.fixture
def settings(tmp_path: Path) -> ServerSettings:
    """A server's folder with an upload that waits, one that is a document, and both names."""
    found = ServerSettings(tmp_path / "library")
    found.uploads.mkdir(parents=True)
    names, queue = UploadNames(found.upload_names), JobQueue(found.queue)
    for file, name in (("ab.flac", "Étude.flac"), ("cd.flac", "take.flac")):
        (found.uploads / file).write_bytes(b"x")
        names.put(file, name)
    queue.submit("add", "Étude", {"file": "ab.flac", "digest": "ab", "called": "Étude.flac"})
    queue._database().execute("pragma wal_checkpoint(truncate)")
    queue._database().close()
    return found


def spoil(path: Path) -> None:
    path.write_bytes(b"no database at all".ljust(8192, b"\xff"))


def test_sound_databases_stay(settings: ServerSettings) -> None:
    check_databases(settings)
    assert rebuild_databases(settings, ()) == 0
    assert len(JobQueue(settings.queue).list()) == 1


def test_a_new_queue_has_every_upload_that_is_no_document(settings: ServerSettings) -> None:
    spoil(settings.queue)
    with pytest.raises(LibraryError, match=r"jobs\.sqlite: damaged.*--rebuild"):
        check_databases(settings)
    assert rebuild_databases(settings, {str(settings.uploads / "cd.flac")}) == 1
    check_databases(settings)
    (job,) = JobQueue(settings.queue).list()
    assert (job.title, job.payload["file"], job.state) == ("Étude", "ab.flac", "queued")
    assert settings.queue.with_name("jobs.sqlite.damaged").exists()


def test_names_that_are_gone_cost_no_upload(settings: ServerSettings) -> None:
    spoil(settings.upload_names)
    spoil(settings.queue)
    assert len(damaged_databases(settings)) == 2
    assert rebuild_databases(settings, ()) == 2
    assert damaged_databases(settings) == []
    assert {job.payload["file"] for job in JobQueue(settings.queue).list()} == {
        "ab.flac",
        "cd.flac",
    }


def test_a_folder_that_cannot_be_written_is_named(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("SCOREBRIDGE_MODEL", "scorebridge.testing:FakeEncoder")
    from scorebridge import Library

    Library(tmp_path / "library").create()
    (tmp_path / "library" / "server").write_text("in the way")  # root may write anywhere else
    assert run(["serve", "--library", str(tmp_path / "library"), "--port", "0", "--no-open"]) == 1
    err = capsys.readouterr().err
    assert "the server cannot write there" in err and err.count("\n") == 1


def test_the_token_comes_from_a_file(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SCOREBRIDGE_TOKEN", raising=False)
    where = ["serve", "--library", str(tmp_path / "l"), "--port", "0", "--no-open"]
    (tmp_path / "token").write_text("short\n")
    assert run([*where, "--token-file", str(tmp_path / "token")]) == 2
    assert "at least 16 characters" in capsys.readouterr().err
    assert run([*where, "--token-file", str(tmp_path / "none")]) == 2
    assert "--token-file" in capsys.readouterr().err
    for absurd in ("inf", "nan", "1e300"):
        assert run([*where, "--max-minutes", absurd]) == 2


def test_paths_of_libraries_hold_no_control_characters(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(["list", "--library", str(tmp_path / "a\nb")]) == 2
    err = capsys.readouterr().err
    assert "no control characters" in err and err.count("\n") == 1


def test_a_new_library_is_for_its_owner(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCOREBRIDGE_MODEL", "scorebridge.testing:FakeEncoder")
    from scorebridge import Library

    Library(tmp_path / "in" / "library").create()
    assert (tmp_path / "in" / "library").stat().st_mode & 0o077 == 0
