"""`scorebridge-lab data list | download | validate`: the public sources, fetched and checked."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Annotated

from cyclopts import App, Parameter
from rich.console import Console
from rich.filesize import decimal
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from scorebridge_lab.cli.shared import AsJson, console

MAX_NAMES = 10  # files that are named of each source


def list_sources(*, as_json: AsJson = False) -> int:
    """List the sources: what each is, files, size, licence, use, and whether it is there."""
    from scorebridge_lab.home import data_folder
    from scorebridge_lab.sources.registry import MODULES
    from scorebridge_lab.sources.validate import presence

    root, rows = data_folder(), []
    for name, module in MODULES.items():
        files = [file for remote in module.REMOTES for file in remote.files()]
        there = [presence(remote, root) for remote in module.REMOTES]
        states = {p.state for p in there}
        rows.append(
            {
                "source": name,
                "what": (module.__doc__ or "").partition("\n")[0],
                "files": len(files),
                "bytes": sum(file.bytes for file in files),
                "downloadable": sum(file.downloadable for file in files),
                "licence": module.LICENCE,
                "use": module.USE,
                "state": states.pop() if len(states) == 1 else "partial",
                "files_there": sum(p.files for p in there),
            }
        )
    if as_json:
        print(json.dumps({"data": str(root), "sources": rows}, indent=1))
        return 0
    table = Table(box=None, pad_edge=False, padding=(0, 1, 0, 0), show_header=False)
    table.add_column()
    table.add_column(justify="right")
    table.add_column(justify="right")
    for row in rows:
        state = row["state"]
        if state == "partial":
            state = f"{row['files_there']} of {row['files']} files here"
        counts = (f"{row['files']:,} files", decimal(row["bytes"]))
        table.add_row(row["source"], *counts, row["use"], state)
    _print(f"data folder: {root}")
    console.print(table)
    for row in rows:
        console.print(f"{row['source']}: {row['what']} Licence: {row['licence']}.", markup=False)
    return 0


def download_sources(
    *sources: str,
    base_url: Annotated[str | None, Parameter(env_var="SCOREBRIDGE_DATA_URL")] = None,
    workers: int = 8,
    attempts: int = 5,
) -> int:
    """Download sources from their public repositories into the data folder.

    An interrupted download continues where it stopped. A file that is there and valid is not
    downloaded again. Every file is checked against its SHA-256. The data folder is
    `$SCOREBRIDGE_DATA`.

    Parameters
    ----------
    sources
        Names as `list` prints them; by default all.
    base_url
        Host with the paths OWNER/REPOSITORY/COMMIT/PATH, instead of GitHub's raw host.
    workers
        Files that are downloaded at the same time.
    attempts
        Attempts for each file when the connection fails.
    """
    from scorebridge_lab.home import data_folder
    from scorebridge_lab.sources.download import BASE_URL, DownloadTally, Transfer, download

    modules, root = _modules(sources), data_folder()
    remotes = [remote for module in modules.values() for remote in module.REMOTES]
    transfer = Transfer(base_url=base_url or BASE_URL, workers=workers, attempts=attempts)
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("")

        def show(tally: DownloadTally, total: int) -> None:
            bar.update(task, description=decimal(tally.bytes), completed=tally.done, total=total)

        tally = download(remotes, root, transfer, show)
    for remote in remotes:
        if remote.archive and (root / remote.archive).is_file():
            _print(f"{remote.name}: {root / remote.archive} is used")
    _print(
        f"{root}: {tally.downloaded} files downloaded ({decimal(tally.bytes)}),"
        f" {tally.present} there already, {len(tally.unavailable)} not downloadable,"
        f" {len(tally.failed)} failed"
    )
    for remote in remotes:
        names = [n for n in tally.unavailable if n.startswith(remote.folder + "/")]
        if names:
            _print(f"{remote.name}: {remote.unavailable}")
            _print_names("not downloadable", names)
    errors = Console(stderr=True)
    for name, reason in tally.failed.items():
        errors.print(f"{name}: {reason}", markup=False, highlight=False, soft_wrap=True)
    return 1 if tally.failed else 0


def validate_sources(*sources: str, as_json: AsJson = False) -> int:
    """Check the files in the data folder, in archives too, against their SHA-256.

    Exit code 1 where a file is wrong, or where a source lacks files that can be downloaded. A
    source that is not there at all counts only if it is named.

    Parameters
    ----------
    sources
        Names as `list` prints them; by default all that are there.
    """
    from scorebridge_lab.home import data_folder
    from scorebridge_lab.sources.validate import validate

    modules, root = _modules(sources), data_folder()
    remotes = [(name, remote) for name, module in modules.items() for remote in module.REMOTES]
    reports = {}
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        for name, remote in remotes:
            task = bar.add_task(remote.name, total=len(remote.files()))
            reports[name, remote.name] = validate(remote, root, lambda t=task: bar.advance(t))
            bar.remove_task(task)
    failed = False
    for report in reports.values():
        incomplete = bool(report.missing) and (bool(sources) or not report.absent)
        failed = failed or bool(report.wrong or report.unreadable) or incomplete
    if as_json:
        rows = [{"source": s, "files": f, **asdict(r)} for (s, f), r in reports.items()]
        print(json.dumps({"data": str(root), "sources": rows}, indent=1))
        return int(failed)
    for (_, name), report in reports.items():
        if report.absent:
            _print(f"{name}: not here")
            continue
        missing = len(report.missing) + len(report.unavailable)
        _print(f"{name}: {report.valid} files valid, {len(report.wrong)} wrong, {missing} missing")
        if report.unreadable:
            _print(f"  {report.unreadable}")
        _print_names("wrong", report.wrong)
        _print_names("missing", report.missing)
        _print_names("missing, not downloadable", report.unavailable)
    if failed:
        _print("Replace archives that are wrong, then run: scorebridge-lab data download")
    return int(failed)


def mount(app: App) -> None:
    """Add the three commands to `app`."""
    app.command(list_sources, name="list")
    app.command(download_sources, name="download")
    app.command(validate_sources, name="validate")


def _modules(names: tuple[str, ...]) -> dict:
    """Modules of the named sources, or of all. Raises UsageError for an unknown name."""
    from scorebridge_lab.sources.registry import MODULES, module_of

    return {name: module_of(name) for name in names} or MODULES


def _print(text: str) -> None:
    """Print a line as it is; a path is not broken."""
    console.print(text, markup=False, highlight=False, soft_wrap=True)


def _print_names(what: str, names: list[str]) -> None:
    for name in names[:MAX_NAMES]:
        _print(f"  {what}: {name}")
    if len(names) > MAX_NAMES:
        _print(f"  and {len(names) - MAX_NAMES} more")
