"""Child processes: results, errors, crashes and hangs each cost one job."""

import os
import time

from scorebridge_lab.workers import run_isolated


def _job(what):
    if what == "raise":
        raise ValueError("no")
    if what == "crash":
        os.abort()
    if what == "hang":
        time.sleep(60)
    return what * 2


def test_every_job_ends_in_its_own_way():
    jobs = ["a", "raise", "crash", "hang", "b"]
    done = {job: (result, error) for job, result, error in run_isolated(_job, jobs, 2, 1.0)}
    assert done["a"] == ("aa", None)
    assert done["b"] == ("bb", None)
    assert done["raise"] == (None, "ValueError: no")
    assert "crashed" in str(done["crash"][1])
    assert "no end after 1 s" in str(done["hang"][1])


def test_who_has_heard_enough_leaves_nothing_running():
    runs = run_isolated(_job, ["a", "hang"], 2, 60.0)
    assert next(runs)[0] == "a"
    before = time.monotonic()
    runs.close()
    assert time.monotonic() - before < 10
