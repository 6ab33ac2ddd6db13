"""Options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from scorebridge.errors import UsageError

if TYPE_CHECKING:
    from scorebridge.library import Library

InLibrary = Annotated[
    Path | None,
    Parameter(
        name=["--library", "-l"],
        env_var="SCOREBRIDGE_LIBRARY",
        help="The library's folder (default ./scorebridge.library).",
    ),
]
AsJson = Annotated[bool, Parameter(name="--json", negative=(), help="Print JSON.")]


def open_library(path: Path | None) -> Library:
    """The library in a folder, else in the default one."""
    from scorebridge.library import Library  # loads Lance: not for `--help`

    return Library(path)


def write_text(path: Path, text: str) -> None:
    """Write a file that an option names. Raises `UsageError` where it cannot be written."""
    try:
        path.write_text(text, "utf-8")
    except OSError as error:
        raise UsageError(f"{path}: cannot be written ({error.strerror}).") from error
