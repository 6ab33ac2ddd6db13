"""What is to be done, kept in SQLite so that nothing is forgotten when a process ends.

The server puts jobs in, the one worker takes them out, both by this file. Jobs are of two
lanes: "quick" ones that somebody waits for (a search, an alignment) and "bulk" ones (adding,
exporting a video); each lane is done in order, the two beside each other. Every change gives
the job a new `seq`, from which the server learns what to tell its listeners.

A job whose worker was killed goes back into the queue. The jobs are written so that doing one
twice comes to the same.
"""

from __future__ import annotations

import json
import sqlite3
import threading
import time
import uuid
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Literal

State = Literal["queued", "running", "done", "failed", "cancelled"]
Lane = Literal["quick", "bulk"]

ATTEMPTS = 20  # a job that this many workers died of is given up
KEEP_S = 7 * 86400.0  # that an ended job stays to be asked for
KEEP = 2000  # ended jobs that stay at most

_TABLE = """
create table if not exists jobs (
    id text primary key, seq integer not null, kind text not null, lane text not null,
    title text not null, payload text not null, state text not null, progress real not null,
    message text not null, result text, error text, attempts integer not null,
    cancel integer not null, not_before real not null, created real not null, updated real not null
);
create index if not exists by_seq on jobs (seq);
create index if not exists by_state on jobs (state, lane, created);
"""
_NEXT = "(select coalesce(max(seq), 0) + 1 from jobs)"


@dataclass(frozen=True, slots=True)
class Job:
    """One thing to be done, or that was."""

    id: str
    seq: int
    kind: str
    title: str
    state: State
    progress: float
    message: str
    payload: dict[str, Any]
    result: Any
    error: dict[str, str] | None
    cancel: bool
    created: float
    updated: float

    @property
    def ended(self) -> bool:
        """Whether nothing more will happen to it."""
        return self.state in ("done", "failed", "cancelled")

    def record(self) -> dict[str, Any]:
        """As the API shows it."""
        names = ("id", "kind", "title", "state", "progress", "message")
        shown = {name: getattr(self, name) for name in names}
        shown |= {"created": moment(self.created), "updated": moment(self.updated)}
        return shown | {"result": self.result, "error": self.error}


class Jobs:
    """The table of jobs in the file `path`, for use from any thread."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._local = threading.local()
        self._database().executescript(_TABLE)

    def submit(
        self,
        kind: str,
        title: str,
        payload: dict[str, Any],
        lane: Lane = "bulk",
        once: bool = False,
        before: Callable[[], object] | None = None,
    ) -> Job:
        """Put a job into the queue.

        once : where a job of the same kind and payload waits already, that one is given.
        before : done while nobody else can change the queue; if it fails there is no job.
        """
        text, now = json.dumps(payload, sort_keys=True), time.time()
        with self._writing() as database:
            if before:
                before()
            if once:
                same = "select id from jobs where state = 'queued' and kind = ? and payload = ?"
                row = database.execute(same, (kind, text)).fetchone()
                if row:
                    return self._one(database, row["id"])
            name = uuid.uuid4().hex
            database.execute(
                f"insert into jobs values (?, {_NEXT}, ?, ?, ?, ?, 'queued', 0, '', null, null,"
                " 0, 0, 0, ?, ?)",
                (name, kind, lane, title, text, now, now),
            )
            return self._one(database, name)

    def get(self, name: str) -> Job | None:
        """The job of this id."""
        row = self._database().execute("select * from jobs where id = ?", (name,)).fetchone()
        return _job(row) if row else None

    def list(self, state: str | None = None, limit: int = 100) -> list[Job]:
        """Jobs, newest first."""
        where = "where state = ?" if state else ""
        sql = f"select * from jobs {where} order by created desc, seq desc limit ?"
        rows = self._database().execute(sql, (*([state] if state else []), limit))
        return [_job(row) for row in rows]

    def unfinished(self) -> list[Job]:
        """What waits or is being done, in order."""
        sql = "select * from jobs where state in ('queued', 'running') order by created"
        return [_job(row) for row in self._database().execute(sql)]

    def since(self, seq: int, limit: int = 1000) -> list[Job]:
        """Jobs changed after the change `seq`, in the order of their changes."""
        sql = "select * from jobs where seq > ? order by seq limit ?"
        return [_job(row) for row in self._database().execute(sql, (seq, limit))]

    def last_seq(self) -> int:
        """The number of the latest change."""
        return self._database().execute("select coalesce(max(seq), 0) from jobs").fetchone()[0]

    def counts(self) -> dict[str, int]:
        """How many are queued and how many running."""
        sql = "select state, count(*) from jobs where state in ('queued', 'running') group by 1"
        return {"queued": 0, "running": 0} | dict(map(tuple, self._database().execute(sql)))

    def cancel(self, name: str) -> Job | None:
        """End a waiting job; ask for the end of a running one."""
        with self._writing() as database:
            database.execute(
                f"update jobs set seq = {_NEXT}, updated = ?, cancel = 1,"
                " message = case state when 'running' then 'stopping' else '' end,"
                " state = case state when 'queued' then 'cancelled' else state end"
                " where id = ? and state in ('queued', 'running')",
                (time.time(), name),
            )
        return self.get(name)

    # The worker's side

    def take(self, lane: Lane) -> Job | None:
        """The next job of a lane, which is running from now on."""
        with self._writing() as database:
            row = database.execute(
                "select id from jobs where state = 'queued' and lane = ? and not_before <= ?"
                " order by created, seq limit 1",
                (lane, time.time()),
            ).fetchone()
            if row is None:
                return None
            self._change(
                database, row["id"], "state = 'running', progress = 0, attempts = attempts + 1"
            )
            return self._one(database, row["id"])

    def progress(self, name: str, share: float, message: str, result: Any = None) -> None:
        """Say how far a running job is, and perhaps a first answer."""
        with self._writing() as database:
            sets = "progress = ?, message = ?, result = coalesce(?, result)"
            self._change(database, name, sets, share, message, _text(result))

    def finish(self, name: str, result: Any) -> None:
        """A job is done."""
        with self._writing() as database:
            sets = "state = 'done', progress = 1, message = '', result = ?"
            self._change(database, name, sets, _text(result))

    def fail(self, name: str, detail: str, remedy: str) -> None:
        """A job cannot be done."""
        with self._writing() as database:
            error = json.dumps({"detail": detail, "remedy": remedy})
            sets = "state = 'failed', message = '', result = null, error = ?"
            self._change(database, name, sets, error)

    def drop(self, name: str) -> None:
        """A job is cancelled."""
        with self._writing() as database:
            self._change(database, name, "state = 'cancelled', message = '', result = null")

    def again(self, name: str, message: str, delay_s: float) -> None:
        """Put a job back into the queue for later, without counting the attempt."""
        with self._writing() as database:
            sets = "state = 'queued', attempts = attempts - 1, message = ?, not_before = ?"
            self._change(database, name, sets, message, time.time() + delay_s)

    def recover(self) -> None:
        """Back into the queue what a worker left undone when it died; forget the old."""
        now = time.time()
        with self._writing() as database:
            for row in database.execute("select * from jobs where state = 'running'").fetchall():
                if row["cancel"]:
                    self._change(database, row["id"], "state = 'cancelled', result = null")
                elif row["attempts"] >= ATTEMPTS:
                    error = {
                        "detail": f"the worker ended {ATTEMPTS} times while at it",
                        "remedy": "Please report this file.",
                    }
                    sets = "state = 'failed', result = null, error = ?"
                    self._change(database, row["id"], sets, json.dumps(error))
                else:
                    sets = "state = 'queued', progress = 0, message = '', result = null"
                    self._change(database, row["id"], sets)
            ended = "state in ('done', 'failed', 'cancelled')"
            database.execute(
                f"delete from jobs where {ended} and (updated < ? or id not in"
                f" (select id from jobs where {ended} order by updated desc limit {KEEP}))",
                (now - KEEP_S,),
            )

    @contextmanager
    def files_in_use(self) -> Iterator[set[str]]:
        """Names of the uploaded files that unfinished jobs are about; no job is added meanwhile."""
        with self._writing() as database:
            rows = database.execute(
                "select payload from jobs where state in ('queued', 'running')"
            ).fetchall()
            yield {name for row in rows if (name := json.loads(row["payload"]).get("file"))}

    def _change(self, database: sqlite3.Connection, name: str, sets: str, *values: Any) -> None:
        database.execute(
            f"update jobs set seq = {_NEXT}, updated = ?, {sets} where id = ?",
            (time.time(), *values, name),
        )

    def _one(self, database: sqlite3.Connection, name: str) -> Job:
        return _job(database.execute("select * from jobs where id = ?", (name,)).fetchone())

    def _database(self) -> sqlite3.Connection:
        """This thread's connection."""
        if not hasattr(self._local, "database"):
            database = sqlite3.connect(self.path, timeout=30, isolation_level=None)
            database.row_factory = sqlite3.Row
            database.execute("pragma journal_mode = wal")
            database.execute("pragma synchronous = full")
            self._local.database = database
        return self._local.database

    @contextmanager
    def _writing(self) -> Iterator[sqlite3.Connection]:
        database = self._database()
        database.execute("begin immediate")
        try:
            yield database
        except BaseException:
            database.execute("rollback")
            raise
        database.execute("commit")


def moment(seconds: float) -> str:
    """A time as ISO 8601 in UTC."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _text(result: Any) -> str | None:
    return None if result is None else json.dumps(result, ensure_ascii=False)


def _job(row: sqlite3.Row) -> Job:
    return Job(
        *(row["id"], row["seq"], row["kind"], row["title"], row["state"]),
        *(row["progress"], row["message"], json.loads(row["payload"])),
        json.loads(row["result"]) if row["result"] else None,
        json.loads(row["error"]) if row["error"] else None,
        *(bool(row["cancel"]), row["created"], row["updated"]),
    )
