"""A job at work: what all jobs share, and what one may call while it is done."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

from scorebridge.errors import BusyError, InputError, UsageError
from scorebridge.library import Library
from scorebridge.sandbox import Allowance, Cancelled, run_limited
from scorebridge.server.cache import Cache
from scorebridge.server.catalogue import Catalogue, Entry, Reader
from scorebridge.server.queue import Job, Jobs
from scorebridge.server.settings import Settings
from scorebridge.server.upload_names import Names

T = TypeVar("T")


class Work:
    """What all jobs share."""

    def __init__(self, settings: Settings, jobs: Jobs) -> None:
        self.settings, self.jobs = settings, jobs
        self.library = Library(settings.library)
        self.cache = Cache(settings.cache, settings.limits.cache_bytes)
        self.names = Names(settings.names)
        self._reader = Reader(settings.library, self.names)

    @property
    def catalogue(self) -> Catalogue:
        """The library as it is now."""
        return self._reader.read()

    @cached_property
    def allowance(self) -> Allowance:
        """For reading a whole file."""
        limits = self.settings.limits
        return Allowance(limits.memory_bytes, limits.decode_s, limits.silence_s)


@dataclass(frozen=True)
class Doing:
    """One job at work."""

    work: Work
    job: Job
    report: Callable[..., None]
    """Share done, what is at work, and perhaps a first answer."""
    cancelled: Callable[[], bool]

    def entry(self, name: str) -> Entry:
        """A document of the library."""
        entry = self.work.catalogue.entries.get(name)
        if entry is None:
            raise UsageError("A document of this job is no longer in the library.")
        return entry

    def file(self, name: str) -> Path:
        """Its file."""
        entry = self.entry(name)
        path = entry.file()
        if path is None:
            raise InputError(entry.paths[0], "is gone", "Bring it back, or remove the document.")
        return path

    def limited(self, function: Callable[..., T], path: Path, *args: Any) -> T:
        """`function` in a child process, its reports passed on."""
        return run_limited(
            function,
            path,
            *args,
            allowance=self.work.allowance,
            report=self.report,
            cancelled=self.cancelled,
        )

    def patiently(self, call: Callable[[], T]) -> T:
        """`call`, again and again while another program writes to the library."""
        while True:
            try:
                return call()
            except BusyError:
                self.report(0.95, "waiting for another program that writes to the library")
                if self.cancelled():
                    raise Cancelled from None
                time.sleep(0.3)
