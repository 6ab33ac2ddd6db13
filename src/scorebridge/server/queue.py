"""The job queue: a table in SQLite that outlives the server and its worker.

The server puts jobs in and the one worker process takes them out, both through this file. Jobs
have two lanes: "quick" ones that a person waits for (a search, an alignment) and "bulk" ones
(adding a file, exporting a video). Each lane is done in order; the two run at the same time.
Every change gives the job a new `seq`, so the server finds what changed since its last look.

A job whose worker was killed goes back into the queue. Doing a job twice has the same result
as doing it once.
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

JobState = Literal["queued", "running", "done", "failed", "cancelled"]
Lane = Literal["quick", "bulk"]

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
MAX_DELAY_S = 600.0  # before a job is tried again
_NEXT_SEQ = "(select coalesce(max(seq), 0) + 1 from jobs)"
_ENDED = "state in ('done', 'failed', 'cancelled')"
_UNFINISHED = "state in ('queued', 'running')"


@dataclass(frozen=True, slots=True)
class Job:
    """One job: queued, running or ended."""

    id: str
    seq: int
    """The number of its latest change."""
    kind: str
    title: str
    state: JobState
    progress: float
    """0 to 1."""
    message: str
    payload: dict[str, Any]
    result: Any
    """The result of a job that is done; a first answer of a running one, where there is any."""
    error: dict[str, str] | None
    """`detail` and `remedy` of a failed job."""
    cancel: bool
    """Whether somebody asked for its end."""
    created: float
    """Seconds since the epoch."""
    updated: float

    @property
    def has_ended(self) -> bool:
        """Whether the job does not change any more."""
        return self.state in ("done", "failed", "cancelled")

    def as_record(self) -> dict[str, Any]:
        """The `JobRecord` of the API."""
        return {
            "id": self.id,
            "kind": self.kind,
            "title": self.title,
            "state": self.state,
            "progress": self.progress,
            "message": self.message,
            "created": iso_time(self.created),
            "updated": iso_time(self.updated),
            "result": self.result,
            "error": self.error,
        }


class JobQueue:
    """The table of jobs in the file `path`, for use from any thread and process.

    Parameters
    ----------
    max_attempts : a job that this many workers died of fails.
    keep_s : ended jobs are kept this long, in seconds.
    max_ended : maximum number of ended jobs that are kept.
    """

    def __init__(
        self,
        path: Path,
        max_attempts: int = 20,
        keep_s: float = 7 * 86400.0,
        max_ended: int = 2000,
    ) -> None:
        self.path = path
        self.max_attempts, self.keep_s, self.max_ended = max_attempts, keep_s, max_ended
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

        once : if a job of the same kind and payload is queued already, that one is returned.
        before : called while nobody else can change the queue; if it raises, there is no job.
        """
        text, now = json.dumps(payload, sort_keys=True), time.time()
        with self._transaction() as database:
            if before:
                before()
            if once:
                same = "select id from jobs where state = 'queued' and kind = ? and payload = ?"
                row = database.execute(same, (kind, text)).fetchone()
                if row:
                    return self._job(database, row["id"])
            job_id = uuid.uuid4().hex
            database.execute(
                f"insert into jobs values (?, {_NEXT_SEQ}, ?, ?, ?, ?, 'queued', 0, '', null, null,"
                " 0, 0, 0, ?, ?)",
                (job_id, kind, lane, title, text, now, now),
            )
            return self._job(database, job_id)

    def get(self, job_id: str) -> Job | None:
        """The job of this id, `None` if there is none."""
        row = self._database().execute("select * from jobs where id = ?", (job_id,)).fetchone()
        return _job_of(row) if row else None

    def list(self, state: str | None = None, limit: int = 100) -> list[Job]:
        """Jobs, or those in one state, newest first."""
        where = "where state = ?" if state else ""
        sql = f"select * from jobs {where} order by created desc, seq desc limit ?"
        rows = self._database().execute(sql, (*([state] if state else []), limit))
        return [_job_of(row) for row in rows]

    def unfinished(self) -> list[Job]:
        """Queued and running jobs, oldest first."""
        sql = f"select * from jobs where {_UNFINISHED} order by created"
        return [_job_of(row) for row in self._database().execute(sql)]

    def changed_since(self, seq: int, limit: int = 1000) -> list[Job]:
        """Jobs changed after the change `seq`, in the order of their changes."""
        sql = "select * from jobs where seq > ? order by seq limit ?"
        return [_job_of(row) for row in self._database().execute(sql, (seq, limit))]

    def last_seq(self) -> int:
        """The number of the latest change."""
        return self._database().execute("select coalesce(max(seq), 0) from jobs").fetchone()[0]

    def counts(self) -> dict[str, int]:
        """The numbers of queued and running jobs."""
        sql = f"select state, count(*) from jobs where {_UNFINISHED} group by 1"
        return {"queued": 0, "running": 0} | dict(map(tuple, self._database().execute(sql)))

    def cancel(self, job_id: str) -> Job | None:
        """End a queued job; ask for the end of a running one."""
        with self._transaction() as database:
            database.execute(
                f"update jobs set seq = {_NEXT_SEQ}, updated = ?, cancel = 1,"
                " message = case state when 'running' then 'stopping' else '' end,"
                " state = case state when 'queued' then 'cancelled' else state end"
                f" where id = ? and {_UNFINISHED}",
                (time.time(), job_id),
            )
        return self.get(job_id)

    @contextmanager
    def files_in_use(self, except_job: str = "") -> Iterator[set[str]]:
        """The names of the uploaded files of unfinished jobs. No job is added meanwhile.

        except_job : the id of a job that does not count.
        """
        with self._transaction() as database:
            sql = f"select payload from jobs where {_UNFINISHED} and id != ?"
            rows = database.execute(sql, (except_job,)).fetchall()
            yield {name for row in rows if (name := json.loads(row["payload"]).get("file"))}

    # For the worker

    def take(self, lane: Lane) -> Job | None:
        """Start the next job of a lane: from now on its state is "running"."""
        with self._transaction() as database:
            now = time.time()  # a time far ahead is of a clock that was set back since
            row = database.execute(
                "select id from jobs where state = 'queued' and lane = ?"
                " and not not_before between ? and ? order by created, seq limit 1",
                (lane, now, now + MAX_DELAY_S),
            ).fetchone()
            if row is None:
                return None
            self._update(
                database, row["id"], "state = 'running', progress = 0, attempts = attempts + 1"
            )
            return self._job(database, row["id"])

    def report(self, job_id: str, progress: float, message: str, result: Any = None) -> None:
        """Store the progress of a running job, and a first answer if there is one."""
        with self._transaction() as database:
            sets = "progress = ?, message = ?, result = coalesce(?, result)"
            self._update(database, job_id, sets, progress, message, _json_or_none(result))

    def finish(self, job_id: str, result: Any) -> None:
        """End a job as done."""
        with self._transaction() as database:
            sets = "state = 'done', progress = 1, message = '', result = ?"
            self._update(database, job_id, sets, _json_or_none(result))

    def fail(self, job_id: str, detail: str, remedy: str) -> None:
        """End a job as failed."""
        with self._transaction() as database:
            error = json.dumps({"detail": detail, "remedy": remedy})
            sets = "state = 'failed', message = '', result = null, error = ?"
            self._update(database, job_id, sets, error)

    def drop(self, job_id: str) -> None:
        """End a job as cancelled."""
        with self._transaction() as database:
            self._update(database, job_id, "state = 'cancelled', message = '', result = null")

    def retry_later(self, job_id: str, message: str, delay_s: float) -> None:
        """Put a running job back into the queue; the attempt does not count."""
        with self._transaction() as database:
            sets = "state = 'queued', attempts = attempts - 1, message = ?, not_before = ?"
            self._update(database, job_id, sets, message, time.time() + delay_s)

    def recover(self) -> None:
        """Put the jobs of a worker that died back into the queue, and delete old ended jobs."""
        now = time.time()
        with self._transaction() as database:
            for row in database.execute("select * from jobs where state = 'running'").fetchall():
                if row["cancel"]:
                    self._update(database, row["id"], "state = 'cancelled', result = null")
                elif row["attempts"] >= self.max_attempts:
                    error = {
                        "detail": f"the worker ended {self.max_attempts} times during this job",
                        "remedy": "Please report this file.",
                    }
                    sets = "state = 'failed', result = null, error = ?"
                    self._update(database, row["id"], sets, json.dumps(error))
                else:
                    sets = "state = 'queued', progress = 0, message = '', result = null"
                    self._update(database, row["id"], sets)
            database.execute(
                f"delete from jobs where {_ENDED} and (updated < ? or id not in"
                f" (select id from jobs where {_ENDED} order by updated desc limit ?))",
                (now - self.keep_s, self.max_ended),
            )

    def _update(self, database: sqlite3.Connection, job_id: str, sets: str, *values: Any) -> None:
        database.execute(
            f"update jobs set seq = {_NEXT_SEQ}, updated = ?, {sets} where id = ?",
            (time.time(), *values, job_id),
        )

    def _job(self, database: sqlite3.Connection, job_id: str) -> Job:
        return _job_of(database.execute("select * from jobs where id = ?", (job_id,)).fetchone())

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
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        database = self._database()
        database.execute("begin immediate")
        try:
            yield database
            database.execute("commit")
        except BaseException:
            if database.in_transaction:  # a full disk may have ended it
                database.execute("rollback")
            raise


def iso_time(seconds: float) -> str:
    """Seconds since the epoch as ISO 8601 in UTC, to the second."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _json_or_none(result: Any) -> str | None:
    return None if result is None else json.dumps(result, ensure_ascii=False)


def _job_of(row: sqlite3.Row) -> Job:
    return Job(
        id=row["id"],
        seq=row["seq"],
        kind=row["kind"],
        title=row["title"],
        state=row["state"],
        progress=row["progress"],
        message=row["message"],
        payload=json.loads(row["payload"]),
        result=json.loads(row["result"]) if row["result"] else None,
        error=json.loads(row["error"]) if row["error"] else None,
        cancel=bool(row["cancel"]),
        created=row["created"],
        updated=row["updated"],
    )
