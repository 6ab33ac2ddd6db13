"""The queue: order, lanes, and the jobs of a worker that dies."""

import time
from pathlib import Path

import pytest

from scorebridge.server.queue import JobQueue


@pytest.fixture
def queue(tmp_path: Path) -> JobQueue:
    return JobQueue(tmp_path / "jobs.sqlite")


def test_each_lane_is_done_in_order(queue: JobQueue) -> None:
    first, _, third = (queue.submit("add", title, {}) for title in "abc")
    search = queue.submit("find", "d", {}, "quick")
    taken = [queue.take("bulk"), queue.take("quick"), queue.take("bulk"), queue.take("bulk")]
    assert [job and job.title for job in taken] == ["a", "d", "b", "c"]
    assert queue.take("bulk") is queue.take("quick") is None
    queue.finish(first.id, {"outcome": "added"})
    queue.fail(third.id, "is empty", "Send it again.")
    queue.report(search.id, 0.5, "aligning", {"first": "answer"})
    done, failed, half = (queue.get(job.id) for job in (first, third, search))
    assert done and done.state == "done" and done.result == {"outcome": "added"}
    assert failed and failed.error == {"detail": "is empty", "remedy": "Send it again."}
    assert half and (half.progress, half.message, half.result) == (
        0.5,
        "aligning",
        {"first": "answer"},
    )
    queue.report(search.id, 0.9, "", None)
    assert (queue.get(search.id) or half).result == {"first": "answer"}
    assert queue.counts() == {"queued": 0, "running": 2}


def test_every_change_is_told_once_in_order(queue: JobQueue) -> None:
    a, b = queue.submit("add", "a", {}), queue.submit("add", "b", {})
    seq = queue.last_seq()
    queue.take("bulk")
    queue.cancel(b.id)
    changed = queue.changed_since(seq)
    assert [(job.id, job.state) for job in changed] == [(a.id, "running"), (b.id, "cancelled")]
    assert queue.changed_since(changed[-1].seq) == []


def test_the_job_of_a_dead_worker_is_queued_again_until_it_fails(tmp_path: Path) -> None:
    queue = JobQueue(tmp_path / "jobs.sqlite", max_attempts=3)
    job = queue.submit("add", "a", {"file": "x"})
    for _ in range(3):
        assert queue.take("bulk")
        queue.recover()
    last = queue.get(job.id)
    assert last and last.state == "failed"
    assert last.error and "ended 3 times" in last.error["detail"]
    assert queue.take("bulk") is None


def test_waiting_for_a_lock_is_no_attempt(tmp_path: Path) -> None:
    queue = JobQueue(tmp_path / "jobs.sqlite", max_attempts=2)
    job = queue.submit("add", "a", {})
    for _ in range(3):
        assert queue.take("bulk")
        queue.retry_later(job.id, "waiting", 0.0)
    queue.take("bulk")
    queue.recover()
    assert (queue.get(job.id) or job).state == "queued"
    queue.retry_later(job.id, "waiting", 100.0)
    assert queue.take("bulk") is None


def test_a_clock_that_is_set_back_makes_no_job_wait(queue: JobQueue) -> None:
    job = queue.submit("add", "a", {})
    assert queue.take("bulk")
    queue.retry_later(job.id, "waiting", 86400.0)  # of a clock that was a day ahead
    assert (queue.take("bulk") or job).state == "running"


def test_cancelling_a_running_job_asks_its_worker(queue: JobQueue) -> None:
    job = queue.submit("add", "a", {})
    queue.take("bulk")
    asked = queue.cancel(job.id)
    assert asked and (asked.state, asked.cancel) == ("running", True)
    queue.recover()
    assert (queue.get(job.id) or job).state == "cancelled"
    assert (queue.cancel(job.id) or job).state == "cancelled"
    assert queue.cancel("0" * 32) is None


def test_the_same_wish_waits_once(queue: JobQueue) -> None:
    one = queue.submit("link", "", {}, once=True)
    assert queue.submit("link", "", {}, once=True).id == one.id
    assert queue.submit("link", "", {"other": 1}, once=True).id != one.id
    queue.take("bulk")
    assert queue.submit("link", "", {}, once=True).id != one.id


def test_no_job_without_its_file(queue: JobQueue) -> None:
    def fail() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        queue.submit("add", "a", {"file": "x"}, before=fail)
    queue.submit("add", "b", {"file": "y"})
    with queue.files_in_use() as used:
        assert used == {"y"}
    assert [job.title for job in queue.list()] == ["b"]


def test_ended_jobs_are_forgotten_after_a_while(tmp_path: Path) -> None:
    queue = JobQueue(tmp_path / "jobs.sqlite", keep_s=0.2)
    ended, queued = queue.submit("add", "a", {}), queue.submit("add", "b", {})
    queue.take("bulk")
    queue.finish(ended.id, None)
    queue.recover()
    assert queue.get(ended.id)
    time.sleep(0.25)
    queue.recover()
    assert queue.get(ended.id) is None and queue.get(queued.id)


def test_only_the_latest_ended_jobs_are_kept(tmp_path: Path) -> None:
    queue = JobQueue(tmp_path / "jobs.sqlite", max_ended=2)
    jobs = [queue.submit("add", title, {}) for title in "abc"]
    for job in jobs:
        queue.take("bulk")
        queue.finish(job.id, None)
    queue.recover()
    assert [job.title for job in queue.list("done")] == ["c", "b"]
