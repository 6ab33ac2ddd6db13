"""Fixtures of the sources' tests: a public repository, and remotes with tables of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from public_server import (  # pyright: ignore[reportMissingImports]
    REPOSITORY,
    Public,
    serve,
    sha256,
)

from scorebridge_lab.sources.remote import (
    FILE_COLUMNS,
    Remote,
    files_table,
    works_table,
    write_table,
)


@pytest.fixture
def public() -> Iterator[Public]:
    """A server that runs for one test."""
    with serve() as running:
        yield running


@pytest.fixture
def make_remote(tmp_path: Path) -> Callable[..., Remote]:
    """Makes a remote with its tables of files and works.

    files : name to content, or to (content, `same`); works : rows of the table of works.
    """

    def make(
        files: dict[str, bytes | tuple[bytes, str]],
        works: list[dict[str, str]] | None = None,
        name: str = "scores",
        archive: str = "",
        rooted: bool = False,
        unavailable: str = "",
    ) -> Remote:
        remote = Remote(
            name=name,
            folder=f"scores/{name}",
            repositories=(REPOSITORY,),
            archive=archive,
            rooted=rooted,
            unavailable=unavailable,
            tables=tmp_path / "tables",
        )
        rows = []
        for file, content in files.items():
            data, same = content if isinstance(content, tuple) else (content, "yes")
            rows.append(
                {
                    "file": file,
                    "bytes": str(len(data)),
                    "sha256": sha256(data),
                    "repository": "0" if same in ("yes", "unpacked") else "",
                    "path": f"data/{file}" if same == "yes" else f"data/{Path(file).stem}.mxl",
                    "same": same,
                }
            )
        write_table(files_table(remote), FILE_COLUMNS, rows)
        if works:
            write_table(works_table(remote), tuple(works[0]), works)
        return remote

    return make
