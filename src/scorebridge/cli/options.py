"""Options that several commands share."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from scorebridge.outputs import check_output

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
Force = Annotated[
    bool, Parameter(name="--force", negative=(), help="Replace files that are there already.")
]
AsJson = Annotated[bool, Parameter(name="--json", negative=(), help="Print JSON.")]


def open_library(path: Path | None) -> Library:
    """The library in a folder, else in the default one."""
    from scorebridge.library import Library  # loads Lance: not for `--help`
    from scorebridge.sandbox import allowance_of

    return Library(path, allowance=allowance_of(os.environ))


def check_out(
    path: Path, library: Library, *inputs: Path, force: bool, is_folder: bool = False
) -> None:
    """Raise `UsageError` where `--out` names an input, a library or what it holds.

    So it does for any other file that is there, unless `force`.
    """
    known = library.paths() if path.is_file() else ()
    check_output(path, (*inputs, *known), force, is_folder)
