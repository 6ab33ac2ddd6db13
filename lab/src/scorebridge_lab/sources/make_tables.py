"""Make the tables of the sources from a list of files with checksums.

    python -m scorebridge_lab.sources.make_tables LIST [--works DATA]

LIST is a CSV with the columns `place` (a file, or an archive), `member` (of the archive), `bytes`,
`sha256` (of the member), `repository`, `commit`, `path`, `same` (see `remote.RemoteFile`). With
DATA, a data folder with one CSV of works a source, the tables of works are made too.
"""

from __future__ import annotations

import csv
from collections.abc import Sequence
from pathlib import Path

from scorebridge_lab.errors import LabError
from scorebridge_lab.sources.registry import MODULES
from scorebridge_lab.sources.remote import (
    FILE_COLUMNS,
    Remote,
    Repository,
    files_table,
    read_table,
    works_table,
    write_table,
)

WORKS = {
    "mutopia": (
        "scores/mutopia.csv",
        ("file", "composer", "title", "licence", "msmd_names", "reserved"),
    ),
    "polish_keyboard": (
        "scores/polish_keyboard.csv",
        ("file", "composer", "title", "licence"),
    ),
    "polish_ensemble": (
        "scores/polish_ensemble.csv",
        ("file", "composer", "title", "licence", "staves"),
    ),
    "openscore_lieder": (
        "scores/openscore_lieder.csv",
        ("file", "composer", "title", "licence", "use"),
    ),
    "openscore_quartets": (
        "scores/openscore_quartets.csv",
        ("file", "composer", "title", "licence", "use", "pdf"),
    ),
    "openscore_orchestra": (
        "scores/openscore_orchestra.csv",
        ("file", "composer", "title", "licence", "use"),
    ),
    "mutopia_other": (
        "scores/mutopia_other.csv",
        ("id", "composer", "title", "license", "use", "group", "top_files"),
    ),
    "recordings": ("recordings/manifest.csv", ("file", "composer", "title", "licence", "source")),
    "recordings_other": (
        "recordings_other/manifest.csv",
        ("file", "score", "composer", "title", "licence", "group", "source"),
    ),
}
"""CSV below the data folder and columns of each table of works."""
SCANS = {"mozart": "mozart_sonatas_AMA1878", "joplin": "joplin"}
"""Remotes whose works are the kern files of a folder of `scans/manifest.csv`."""
SCAN_COLUMNS = ("file", "composer", "title")
RENAMED = {"piece": "title", "instrument_group": "group"}


def file_rows(remote: Remote, rows: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Rows of a remote's table of files. Raises LabError for a repository that it does not name."""
    numbers = {repository: str(k) for k, repository in enumerate(remote.repositories)}
    found = []
    for row in rows:
        if remote.archive and row["place"] == remote.archive:
            name = row["member"].removeprefix(remote.member(""))
        elif not row["member"] and row["place"].startswith(remote.folder + "/"):
            name = row["place"].removeprefix(remote.folder + "/")
        else:
            continue
        number = ""
        if row["repository"]:
            repository = Repository(row["repository"], row["commit"])
            if repository not in numbers:
                raise LabError(f"{remote.name}: does not name {repository} ({name})")
            number = numbers[repository]
        found.append({**row, "file": name, "repository": number})
    return found


def work_rows(remote: Remote, data: Path) -> list[dict[str, str]] | None:
    """Rows of a remote's table of works; None where there is no CSV of its works."""
    if remote.name in SCANS:
        folder = SCANS[remote.name] + "/"
        return [
            {**row, "file": row["file"].removeprefix(folder).removesuffix(".krn")}
            for row in _read(data / "scans" / "manifest.csv")
            if row["file"].startswith(folder) and row["file"].endswith(".krn")
        ]
    if remote.name not in WORKS:
        return None
    path, _ = WORKS[remote.name]
    if not (data / path).exists():
        return None
    return [{RENAMED.get(k, k): v for k, v in row.items()} for row in _read(data / path)]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def make_tables(
    listing: Path, works: Path | None = None, remotes: Sequence[Remote] | None = None
) -> list[Path]:
    """Write the tables of all remotes that the list has files of; returns the tables written.

    Parameters
    ----------
    listing : the list of files.
    works : the data folder with one CSV of works a source; without it no table of works is written.
    remotes : by default those of all sources.

    Raises LabError where the list has no file of any remote, or names a repository that the
    remote does not name.
    """
    rows, written = _read(listing), []
    for remote in remotes or [r for module in MODULES.values() for r in module.REMOTES]:
        found = file_rows(remote, rows)
        if not found:
            continue
        write_table(files_table(remote), FILE_COLUMNS, found)
        written.append(files_table(remote))
        listed = work_rows(remote, works) if works else None
        if listed is not None:
            columns = WORKS[remote.name][1] if remote.name in WORKS else SCAN_COLUMNS
            write_table(works_table(remote), columns, listed)
            written.append(works_table(remote))
    if not written:
        raise LabError(f"{listing}: no file of any source")
    return written


def main(listing: Path, *, works: Path | None = None) -> None:
    """Make the tables of the sources and print their sizes.

    Parameters
    ----------
    listing
        CSV of files with checksums and the places that hold them.
    works
        Data folder with one CSV of works a source.
    """
    for table in make_tables(listing, works):
        print(f"{table.name}: {len(read_table(table))} rows, {table.stat().st_size:,} bytes")


if __name__ == "__main__":
    from cyclopts import run

    raise SystemExit(run(main))
