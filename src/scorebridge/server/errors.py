"""API errors: an HTTP status, what is wrong, and what to do."""

from __future__ import annotations

from typing import Any

from scorebridge.errors import (
    BusyError,
    InputError,
    LibraryError,
    ModelError,
    ScorebridgeError,
    UsageError,
    is_disk_full,
)


class ApiError(Exception):
    """A request that is refused with `status` and the body `{"detail", "remedy"}`."""

    def __init__(self, status: int, detail: str, remedy: str = "") -> None:
        self.status, self.detail, self.remedy = status, detail, remedy
        super().__init__(f"{status}: {detail}. {remedy}")

    def as_record(self) -> dict[str, str]:
        """The body of the response."""
        return {"detail": self.detail, "remedy": self.remedy}


def api_error_from(error: ScorebridgeError) -> ApiError:
    """The response to an error of the library: 422 if the user can mend it, else 5xx."""
    if is_disk_full(error):
        return disk_full()
    match error:
        case InputError():
            return ApiError(422, error.reason, error.remedy)
        case UsageError():
            return ApiError(422, str(error))
        case BusyError():
            return ApiError(503, "another program is writing to the library", "Try again later.")
        case LibraryError() | ModelError():
            return ApiError(503, str(error))
    return ApiError(500, str(error))


def disk_full() -> ApiError:
    """The response to a request that the disk has no room for."""
    remedy = "Remove documents, or free space on the disk of the server."
    return ApiError(507, "the disk of the server is full", remedy)


def error_responses(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The OpenAPI entries of errors of these statuses."""
    schema = {"$ref": "#/components/schemas/ErrorRecord"}
    content = {"application/json": {"schema": schema}}
    entries: dict[int | str, dict[str, Any]] = {
        status: {"description": "Refused", "content": content} for status in statuses
    }
    if 416 in entries:  # the answer of Starlette, which sends files; it has no such body
        entries[416] = {"description": "No such range"}
    return entries
