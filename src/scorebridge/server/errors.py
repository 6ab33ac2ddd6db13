"""How a request is refused: a status, what is wrong, and what to do."""

from __future__ import annotations

from scorebridge.errors import (
    BusyError,
    InputError,
    LibraryError,
    ModelError,
    ScorebridgeError,
    UsageError,
)


class Refused(Exception):
    """Answered with `status` and `{"detail", "remedy"}`."""

    def __init__(self, status: int, detail: str, remedy: str = "") -> None:
        self.status, self.detail, self.remedy = status, detail, remedy
        super().__init__(f"{status}: {detail}. {remedy}")

    def record(self) -> dict[str, str]:
        """The body of the answer."""
        return {"detail": self.detail, "remedy": self.remedy}


def refusal(error: ScorebridgeError) -> Refused:
    """The answer for an error of the library: what the person can mend is theirs, the rest ours."""
    match error:
        case InputError():
            return Refused(422, error.reason, error.remedy)
        case UsageError():
            return Refused(422, str(error))
        case BusyError():
            return Refused(503, "another program is writing to the library", "Try again later.")
        case LibraryError() | ModelError():
            return Refused(503, str(error))
    return Refused(500, str(error))
