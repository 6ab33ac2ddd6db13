"""What uploaded files were called, for people to see; the files themselves lie under their content.

A small table in `server/names.sqlite`. A name is written before its document appears and goes
when the file goes. It is shown and searched, never a path.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

_TABLE = "create table if not exists names (file text primary key, name text not null)"


class Names:
    """The table in the file `path`, for use from any thread and process."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def keep(self, file: str, name: str) -> None:
        """The upload that lies under `file` was called `name`; a name known before stays."""
        with self._database() as database:
            database.execute("insert or ignore into names values (?, ?)", (file, name))

    def all(self) -> dict[str, str]:
        """Names by the files in `uploads/`; empty where nothing was uploaded."""
        if not self.path.exists():
            return {}
        with self._database() as database:
            return dict(database.execute("select file, name from names").fetchall())

    def forget(self, files: Collection[str]) -> None:
        """Of files that are gone."""
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
