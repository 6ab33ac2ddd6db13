"""Events: changes of jobs and of the library, sent to all subscribers.

One task looks at the queue and at the library's version, and only while there are subscribers.
"""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress

from scorebridge.server.queue import Job, JobQueue
from scorebridge.server.settings import ServerTiming

MAX_BACKLOG = 2000  # events that wait for one slow subscriber

Event = Job | int | None
"""A changed job, a new version of the library, or `None`: the end of the stream."""


class Subscriber:
    """Receives the events from the moment of its subscription on."""

    def __init__(self) -> None:
        self._events: asyncio.Queue[Event] = asyncio.Queue(MAX_BACKLOG)

    async def next_event(self, timeout_s: float) -> Event:
        """The next event. Raises `TimeoutError`."""
        return await asyncio.wait_for(self._events.get(), max(timeout_s, 0))

    def put(self, event: Event) -> None:
        """Queue an event. A subscriber with too many waiting gets the end of the stream."""
        try:
            self._events.put_nowait(event)
        except asyncio.QueueFull:  # it connects again and then gets the whole state
            while not self._events.empty():
                self._events.get_nowait()
            self._events.put_nowait(None)


class EventBroker:
    """Sends changes of jobs and of the library to all subscribers.

    library_version : returns the version of the catalogue; called in a thread.
    """

    def __init__(
        self, queue: JobQueue, library_version: Callable[[], int], timing: ServerTiming
    ) -> None:
        self._queue, self._library_version, self._timing = queue, library_version, timing
        self._subscribers: set[Subscriber] = set()

    @contextmanager
    def subscribe(self) -> Iterator[Subscriber]:
        """A context with a `Subscriber`."""
        subscriber = Subscriber()
        self._subscribers.add(subscriber)
        try:
            yield subscriber
        finally:
            self._subscribers.discard(subscriber)

    def close_streams(self) -> None:
        """Send the end of the stream to all subscribers."""
        self._publish(None)

    async def run(self) -> None:
        """Watch the queue and the library until cancelled."""
        seq, version, looked = self._queue.last_seq(), self._library_version(), 0.0
        loop = asyncio.get_running_loop()
        while True:
            await asyncio.sleep(self._timing.queue_poll_s)
            try:
                if not self._subscribers:
                    seq = max(seq, self._queue.last_seq())
                    continue
                changed = self._queue.changed_since(seq)
            except sqlite3.Error:  # a full disk; requests report it
                continue
            for job in changed:
                seq = job.seq
                self._publish(job)
            if loop.time() - looked > self._timing.library_poll_s:
                looked = loop.time()
                with suppress(Exception):  # an unreadable library is an error of the next request
                    latest = await asyncio.to_thread(self._library_version)
                    if latest != version:
                        version = latest
                        self._publish(version)

    def _publish(self, event: Event) -> None:
        for subscriber in self._subscribers:
            subscriber.put(event)
