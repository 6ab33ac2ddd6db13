"""How often each attack was tried, and what did not survive it."""

import threading
from collections import Counter
from dataclasses import dataclass, field


@dataclass
class Tally:
    """Counts of attacks, for any thread."""

    tried: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock)

    def check(self, attack: str, survived: object, what: object = "") -> bool:
        """Count one try; `what` describes it where it was not survived."""
        with self._lock:
            self.tried[attack] += 1
            if not survived:
                self.failures.append(f"{attack}: {what}")
        return bool(survived)

    def fail(self, attack: str, what: object) -> None:
        """Something else went wrong."""
        with self._lock:
            self.failures.append(f"{attack}: {what}")

    def assert_survived(self) -> None:
        """Fail with all that was not survived."""
        assert not self.failures, "\n".join(self.failures[:20])
        assert self.tried.total()
