"""Uploaded files and their original names."""

from pathlib import Path

import pytest

from scorebridge.server.queue import JobQueue
from scorebridge.server.settings import ServerSettings
from scorebridge.server.upload_store import UploadNames, UploadStore


@pytest.fixture
def queue(tmp_path: Path) -> JobQueue:
    return JobQueue(tmp_path / "jobs.sqlite")


@pytest.fixture
def store(tmp_path: Path, queue: JobQueue) -> UploadStore:
    settings = ServerSettings(tmp_path)
    for folder in (settings.uploads, settings.incoming):
        folder.mkdir(parents=True)
    return UploadStore(settings, queue)


def test_names_stay_until_their_file_goes(tmp_path: Path) -> None:
    names = UploadNames(tmp_path / "names.sqlite")
    assert names.all() == {} and not names.path.exists()  # reading makes no file
    names.put("5e1f.png", "Étude; drop table names.png")
    names.put("77ab.ogg", "take.ogg")
    names.put("77ab.ogg", "the same under another name.ogg")
    again = UploadNames(names.path)
    assert again.all() == {"5e1f.png": "Étude; drop table names.png", "77ab.ogg": "take.ogg"}
    again.forget(["5e1f.png", "unknown"])
    assert names.all() == {"77ab.ogg": "take.ogg"}


def test_a_file_stays_while_a_job_or_a_document_needs_it(
    store: UploadStore, queue: JobQueue
) -> None:
    path = store.uploads / "5e1f.png"
    path.write_bytes(b"x")
    store.names.put(path.name, "étude.png")
    first = queue.submit("add", "", {"file": path.name})
    second = queue.submit("add", "", {"file": path.name})
    store.discard(path.name, set(), except_job=first.id)  # the second one needs it
    assert path.exists()
    queue.cancel(second.id)
    store.discard(path.name, {str(path)}, except_job=first.id)  # a document needs it
    assert path.exists() and store.names.all()
    store.discard(path.name, set(), except_job=first.id)
    assert not path.exists() and not store.names.all()


def test_a_sweep_deletes_what_nothing_needs(store: UploadStore, queue: JobQueue) -> None:
    paths = [store.uploads / "queued", store.uploads / "document", store.uploads / "leftover"]
    paths.append(store.incoming / "part")
    for path in paths:
        path.write_bytes(b"x")
        store.names.put(path.name, path.name)
    queue.submit("add", "", {"file": "queued"})
    store.sweep({str(paths[1])})
    assert [path.exists() for path in paths] == [True, True, False, False]
    assert set(store.names.all()) == {"queued", "document"}
