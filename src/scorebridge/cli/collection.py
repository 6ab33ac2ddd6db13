"""Commands that fill, list, link and check the library."""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Literal

from cyclopts import Parameter

from scorebridge.cli import terminal
from scorebridge.cli.options import AsJson, Force, InLibrary, check_out, open_library
from scorebridge.errors import UsageError
from scorebridge.outputs import write_text
from scorebridge.shown import shown


def add(
    *paths: Path,
    library: InLibrary = None,
    retry: Annotated[bool, Parameter(negative=())] = False,
    as_json: AsJson = False,
) -> int:
    """Add files and folders to the library; run again, it adds only what is new or changed.

    Parameters
    ----------
    paths
        Files and folders; of folders, all scores and recordings below them.
    retry
        Read files again that took too much memory or time, or made their decoder crash.
    """
    from scorebridge.export import records

    if not paths:
        raise UsageError("add: name at least one file or folder.")
    with terminal.progress() as progress:
        report = open_library(library).add(paths, progress, retry=retry)
    for error in report.failed:
        terminal.print_error(error)
    for document in report.added:
        terminal.print_undecided(terminal.short(document.path), document.undecided_pages)
    if as_json:
        record = {
            "added": [records.added(document) for document in report.added],
            "moved": [records.added(document) for document in report.moved],
            "skipped": [str(path) for path in report.skipped],
            "failed": records.failed(report.failed),
        }
        print(records.as_json(record))
    else:
        counts = [
            f"{len(report.added)} added",
            f"{len(report.moved)} moved or copied" if report.moved else "",
            f"{len(report.skipped)} unchanged",
            f"{len(report.failed)} failed" if report.failed else "",
        ]
        print(", ".join(count for count in counts if count))
        if not (report.added or report.moved or report.skipped or report.failed):
            print("No scores or recordings there.", file=sys.stderr)
    return 1 if report.failed else 0


def link(
    *,
    library: InLibrary = None,
    rebuild: Annotated[bool, Parameter(name=["--rebuild", "--anew"], negative=())] = False,
    out: Path | None = None,
    force: Force = False,
    as_json: AsJson = False,
) -> int:
    """Pair the whole library: which recordings play which scores. Asks only what is new.

    From then on, links are kept up to date whenever files are added or removed.

    Parameters
    ----------
    rebuild
        Ask every document again.
    out
        Write the links as CSV into this file.
    """
    from scorebridge.export import records

    opened = open_library(library)
    if out:
        check_out(out, opened, force=force)
    with terminal.progress() as progress:
        report = opened.link(progress, rebuild)
    if out:
        write_text(out, records.linked_csv(report.links))
    if as_json:
        counts = len(report.added), len(report.dropped), report.asked
        print(records.as_json(records.linked(report.links, *counts)))
        return 0
    terminal.print_links(report.links)
    print(
        f"{len(report.links)} links ({len(report.added)} new, {len(report.dropped)} gone),"
        f" {report.asked} documents asked"
    )
    return 0


def list_(
    *,
    library: InLibrary = None,
    kind: Literal["score", "recording"] | None = None,
    as_json: AsJson = False,
) -> int:
    """List what is in the library.

    Parameters
    ----------
    kind
        Only scores, or only recordings.
    """
    from scorebridge.export import records

    documents = open_library(library).documents(kind)
    if as_json:
        print(records.as_json([records.listed(document) for document in documents]))
    else:
        terminal.print_documents(documents)
    return 0


def remove(*documents: str, library: InLibrary = None, as_json: AsJson = False) -> int:
    """Remove documents from the library, by path, folder or id; the files themselves stay.

    Parameters
    ----------
    documents
        Paths of files, folders, or ids as `list --json` prints them.
    """
    from scorebridge.export import records

    if not documents:
        raise UsageError("remove: name at least one file, folder or id.")
    gone = open_library(library).remove(documents)
    print(records.as_json({"removed": gone}) if as_json else f"{len(gone)} removed")
    return 0


def verify(
    *,
    library: InLibrary = None,
    repair: Annotated[bool, Parameter(negative=())] = False,
    quick: Annotated[bool, Parameter(negative=())] = False,
    as_json: AsJson = False,
) -> int:
    """Check the library: files that are gone or changed, documents and indexes that are damaged.

    Parameters
    ----------
    repair
        Encode damaged documents again from their files, or delete them where these are away; delete
        what an interruption left; make damaged indexes again.
    quick
        Do not read vectors and indexes for their checksums.
    """
    from scorebridge.export import records

    problems = open_library(library).verify(repair, quick)
    if as_json:
        print(records.as_json({"problems": [asdict(problem) for problem in problems]}))
    for problem in problems:
        end = "Repaired." if problem.repaired else problem.remedy
        print(shown(f"{problem.subject}: {problem.what}. {end}"), file=sys.stderr)
    if not problems and not as_json:
        print("All is well.")
    return 0 if all(problem.repaired for problem in problems) else 1


def backup(target: Path, *, library: InLibrary = None) -> int:
    """Copy the library into a folder, while others may use it; again, it copies only what is new.

    Parameters
    ----------
    target
        A new or empty folder, or an earlier copy.
    """
    count = open_library(library).backup(target)
    print(shown(f"{count} files copied to {target}"))
    return 0


def restore(source: Path, *, library: InLibrary = None) -> int:
    """Make the library, which must not exist yet, from a copy that `backup` made.

    Parameters
    ----------
    source
        The copy.
    """
    opened = open_library(library)
    count = opened.restore(source)
    print(shown(f"{count} files copied to {opened.path}"))
    return 0


def renew(*, library: InLibrary = None, as_json: AsJson = False) -> int:
    """Encode the whole library again, after an upgrade that brought other encoders.

    Titles, corrections, pins and links stay. Until all is done the library stays as it was.
    """
    from scorebridge.export import records

    with terminal.progress() as progress:
        report = open_library(library).renew(progress)
    for error in report.failed:
        terminal.print_error(error)
    if as_json:
        failed = records.failed(report.failed)
        print(records.as_json({"documents": report.documents, "failed": failed}))
    elif report.failed:
        print(
            f"The library stays as it was: {len(report.failed)} of its files could not be encoded."
            " Bring them back or `scorebridge remove` them, and renew again."
        )
    else:
        print(f"All {report.documents} documents are encoded by the encoders in use.")
    return 1 if report.failed else 0
