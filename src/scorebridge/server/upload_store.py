"""Uploaded files on disk and their original names.

A file lies in `incoming/` until it is complete, and in `uploads/` under the SHA-256 of its
content from the moment its job is queued. It goes when neither a document nor an unfinished job
needs it. A small table keeps the name that the client gave it; that name is shown and searched
and never used as a path.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

from scorebridge.server.queue import JobQueue
from scorebridge.server.settings import ServerSettings

_TABLE = "create table if not exists names (file text primary key, name text not null)"


class UploadStore:
    """The uploads of one server, for use from any thread and process."""

    def __init__(self, settings: ServerSettings, queue: JobQueue) -> None:
        self.uploads, self.incoming = settings.uploads, settings.incoming
        self.names = UploadNames(settings.upload_names)
        self._queue = queue

    def discard(self, file: str, document_paths: Collection[str], except_job: str = "") -> None:
        """Delete an uploaded file unless a document or an unfinished job needs it.

        file : its name in `uploads/` and `incoming/`.
        document_paths : the paths of all documents of the library.
        except_job : the id of a job that does not count: the one that ends.
        """
        with self._queue.files_in_use(except_job) as used:
            if file in used:
                return
            (self.incoming / file).unlink(missing_ok=True)
            if str(self.uploads / file) not in document_paths:
                (self.uploads / file).unlink(missing_ok=True)
                with suppress(sqlite3.Error):  # on a full disk; `sweep` does it
                    self.names.forget([file])

    def sweep(self, document_paths: Collection[str]) -> None:
        """Delete all files that neither a document nor an unfinished job needs."""
        with self._queue.files_in_use() as used:
            for folder in (self.uploads, self.incoming):
                for path in folder.iterdir():
                    if path.name not in used and str(path) not in document_paths:
                        path.unlink(missing_ok=True)
            present = {path.name for path in self.uploads.iterdir()}
            self.names.forget(self.names.all().keys() - present)


class UploadNames:
    """The original names of uploaded files: a table in the file `path`."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def put(self, file: str, name: str) -> None:
        """Store the original name of an uploaded file; an earlier one stays."""
        with self._database() as database:
            database.execute("insert or ignore into names values (?, ?)", (file, name))

    def all(self) -> dict[str, str]:
        """Original names by file name in `uploads/`; empty if nothing was uploaded."""
        if not self.path.exists():
            return {}
        with self._database() as database:
            return dict(database.execute("select file, name from names").fetchall())

    def forget(self, files: Collection[str]) -> None:
        """Delete the names of files that are gone."""
        if files and self.path.exists():
            with self._database() as database:
                database.executemany(
                    "delete from names where file = ?", [(file,) for file in files]
                )

    @contextmanager
    def _database(self) -> Iterator[sqlite3.Connection]:
        with closing(sqlite3.connect(self.path, timeout=30)) as database, database:
            database.execute(_TABLE)
            yield database
