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
    """Rows of a remote's table of works; None where it has none."""
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
    return [{RENAMED.get(k, k): v for k, v in row.items()} for row in _read(data / path)]


def _read(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        return list(csv.DictReader(file))


def make_tables(listing: Path, works: Path | None = None) -> int:
    """Write the tables of all sources and print their sizes."""
    rows = _read(listing)
    for module in MODULES.values():
        for remote in module.REMOTES:
            found = file_rows(remote, rows)
            if not found:
                raise LabError(f"{listing}: no file of {remote.name}")
            target = files_table(remote)
            write_table(target, FILE_COLUMNS, found)
            print(f"{target.name}: {len(found)} files, {target.stat().st_size:,} bytes")
            listed = work_rows(remote, works) if works else None
            if listed is not None:
                default = ("file", "composer", "title")
                columns = WORKS[remote.name][1] if remote.name in WORKS else default
                target = works_table(remote)
                write_table(target, columns, listed)
                print(f"{target.name}: {len(listed)} works, {target.stat().st_size:,} bytes")
    return 0


if __name__ == "__main__":
    from cyclopts import run

    raise SystemExit(run(make_tables))
