"""Events: each change once, a slow subscriber is sent away, nothing is read without subscribers."""

import asyncio
from pathlib import Path

import pytest

from scorebridge.server.events import MAX_BACKLOG, EventBroker, Subscriber
from scorebridge.server.queue import Job, JobQueue
from scorebridge.server.settings import ServerTiming

QUICK = ServerTiming(queue_poll_s=0.01, library_poll_s=0.01)


@pytest.fixture
def queue(tmp_path: Path) -> JobQueue:
    return JobQueue(tmp_path / "jobs.sqlite")


def test_changes_of_jobs_and_of_the_library(queue: JobQueue) -> None:
    versions = iter([1, 1, 2])
    latest = 2

    def library_version() -> int:
        return next(versions, latest)

    async def receive() -> list[Job | int | None]:
        broker = EventBroker(queue, library_version, QUICK)
        task = asyncio.create_task(broker.run())
        await asyncio.sleep(0.03)
        with broker.subscribe() as subscriber:
            job = queue.submit("add", "a", {})
            queue.take("bulk")
            queue.finish(job.id, None)
            received = [await subscriber.next_event(5) for _ in range(2)]
            broker.close_streams()
            received.append(await subscriber.next_event(5))
        task.cancel()
        return received

    received = asyncio.run(receive())
    jobs = [event for event in received if isinstance(event, Job)]
    assert [job.state for job in jobs] == ["done"]  # the latest state, once
    assert 2 in received and received[-1] is None


def test_a_slow_subscriber_gets_the_end_of_the_stream() -> None:
    async def overflow() -> Job | int | None:
        subscriber = Subscriber()
        for version in range(MAX_BACKLOG + 1):
            subscriber.put(version)
        return await subscriber.next_event(1)

    assert asyncio.run(overflow()) is None


def test_waiting_for_an_event_times_out() -> None:
    with pytest.raises(TimeoutError):
        asyncio.run(Subscriber().next_event(0))
