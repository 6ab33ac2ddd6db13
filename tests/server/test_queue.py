"""The queue: order, lanes, what becomes of jobs whose worker dies."""

from pathlib import Path

import pytest

from scorebridge.server import queue as module
from scorebridge.server.queue import Jobs


@pytest.fixture
def jobs(tmp_path: Path) -> Jobs:
    return Jobs(tmp_path / "jobs.sqlite")


def test_each_lane_is_done_in_order(jobs: Jobs) -> None:
    first, _, third = (jobs.submit("add", title, {}) for title in "abc")
    search = jobs.submit("find", "d", {}, "quick")
    taken = [jobs.take("bulk"), jobs.take("quick"), jobs.take("bulk"), jobs.take("bulk")]
    assert [job and job.title for job in taken] == ["a", "d", "b", "c"]
    assert jobs.take("bulk") is jobs.take("quick") is None
    jobs.finish(first.id, {"outcome": "added"})
    jobs.fail(third.id, "is empty", "Send it again.")
    jobs.progress(search.id, 0.5, "aligning", {"first": "answer"})
    done, failed, half = (jobs.get(job.id) for job in (first, third, search))
    assert done and done.state == "done" and done.result == {"outcome": "added"}
    assert failed and failed.error == {"detail": "is empty", "remedy": "Send it again."}
    assert half and (half.progress, half.message, half.result) == (
        0.5,
        "aligning",
        {"first": "answer"},
    )
    jobs.progress(search.id, 0.9, "", None)
    assert (jobs.get(search.id) or half).result == {"first": "answer"}
    assert jobs.counts() == {"queued": 0, "running": 2}


def test_every_change_is_told_once_in_order(jobs: Jobs) -> None:
    a, b = jobs.submit("add", "a", {}), jobs.submit("add", "b", {})
    seq = jobs.last_seq()
    jobs.take("bulk")
    jobs.cancel(b.id)
    changed = jobs.since(seq)
    assert [(job.id, job.state) for job in changed] == [(a.id, "running"), (b.id, "cancelled")]
    assert jobs.since(changed[-1].seq) == []


def test_what_a_dead_worker_left_is_done_again_until_it_is_hopeless(jobs: Jobs) -> None:
    job = jobs.submit("add", "a", {"file": "x"})
    for _ in range(module.ATTEMPTS):
        assert jobs.take("bulk")
        jobs.recover()
    last = jobs.get(job.id)
    assert last and last.state == "failed"
    assert last.error and "ended 20 times" in last.error["detail"]
    assert jobs.take("bulk") is None


def test_waiting_for_a_lock_is_no_attempt(jobs: Jobs) -> None:
    job = jobs.submit("add", "a", {})
    for _ in range(module.ATTEMPTS + 1):
        assert jobs.take("bulk")
        jobs.again(job.id, "waiting", 0.0)
    jobs.take("bulk")
    jobs.recover()
    assert (jobs.get(job.id) or job).state == "queued"
    jobs.again(job.id, "waiting", 100.0)
    assert jobs.take("bulk") is None


def test_cancelling_a_running_job_asks_its_worker(jobs: Jobs) -> None:
    job = jobs.submit("add", "a", {})
    jobs.take("bulk")
    asked = jobs.cancel(job.id)
    assert asked and (asked.state, asked.cancel) == ("running", True)
    jobs.recover()
    assert (jobs.get(job.id) or job).state == "cancelled"
    assert (jobs.cancel(job.id) or job).state == "cancelled"
    assert jobs.cancel("0" * 32) is None


def test_the_same_wish_waits_once(jobs: Jobs) -> None:
    one = jobs.submit("link", "", {}, once=True)
    assert jobs.submit("link", "", {}, once=True).id == one.id
    assert jobs.submit("link", "", {"other": 1}, once=True).id != one.id
    jobs.take("bulk")
    assert jobs.submit("link", "", {}, once=True).id != one.id


def test_no_job_without_its_file(jobs: Jobs) -> None:
    def fail() -> None:
        raise OSError("disk full")

    with pytest.raises(OSError, match="disk full"):
        jobs.submit("add", "a", {"file": "x"}, before=fail)
    jobs.submit("add", "b", {"file": "y"})
    with jobs.files_in_use() as used:
        assert used == {"y"}
    assert [job.title for job in jobs.list()] == ["b"]


def test_ended_jobs_are_forgotten_after_a_while(jobs: Jobs, tmp_path: Path) -> None:
    job = jobs.submit("add", "a", {})
    waiting = jobs.submit("add", "b", {})
    jobs.take("bulk")
    jobs.finish(job.id, None)
    jobs.recover()
    assert jobs.get(job.id)
    jobs._database().execute("update jobs set updated = updated - ?", (module.KEEP_S + 1,))
    jobs.recover()
    assert jobs.get(job.id) is None and jobs.get(waiting.id)
