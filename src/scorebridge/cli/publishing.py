"""The command that writes a pair or a work for any web server."""

from __future__ import annotations

import os
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

from cyclopts import Parameter

from scorebridge.cli.options import Force, InLibrary, check_out, open_library
from scorebridge.cli.pairs import pairs_of
from scorebridge.errors import UsageError
from scorebridge.sandbox import allowance_of
from scorebridge.shown import shown

if TYPE_CHECKING:
    from scorebridge.export.publish import PublishSettings
    from scorebridge.library import Library


def publish(
    *paths: Path,
    library: InLibrary = None,
    base_url: str | None = None,
    title: str = "",
    rights: str = "",
    attribution: str = "",
    serve: Annotated[bool, Parameter(negative=())] = False,
    host: str = "127.0.0.1",
    port: int = 8000,
    force: Force = False,
) -> int:
    """Write a pair or a work for any web server: IIIF manifests, media, and a page that plays.

    Parameters
    ----------
    paths
        A score and a recording, or one of them for all that it is linked with; then the folder to
        write. A folder alone, with --serve, is served as it is.
    base_url
        The address at which the folder will lie, by default that of --serve.
    title
        Of the collection.
    rights
        Address of a licence of creativecommons.org or rightsstatements.org, like
        http://creativecommons.org/publicdomain/mark/1.0/.
    attribution
        Text that viewers must show.
    serve
        Serve the folder afterwards, with byte ranges, for pages of every site.
    host
        Address to listen at.
    port
        Port to listen at.
    """
    if not paths:
        raise UsageError("publish: name a score and a recording, or one of them, and a folder.")
    *files, folder = paths
    if len(files) > 2 or not 0 < port < 65536:
        raise UsageError("publish: takes one file or two, then a folder; ports are 1 to 65535.")
    if not files and not (serve and folder.is_dir()):
        raise UsageError("publish: a folder alone is only for --serve, and must be there.")
    if files:
        from scorebridge.export.publish import PublishSettings

        opened = open_library(library)
        settings = PublishSettings(
            base_url or f"http://{host}:{port}", title=title, rights=rights, attribution=attribution
        )
        _write(opened, files, folder, settings, force)
        print(shown(folder))
    if serve:
        from scorebridge.server.static_site import serve_site

        serve_site(folder, host, port)
    return 0


def _write(
    opened: Library,
    files: list[Path],
    folder: Path,
    settings: PublishSettings,
    force: bool,
) -> None:
    from scorebridge.cli import terminal
    from scorebridge.export.iiif_files import PairFiles
    from scorebridge.export.publish import publish as write
    from scorebridge.sandbox import run_limited

    check_out(folder, opened, force=force, is_folder=True)
    if not force and folder.is_dir() and any(folder.iterdir()):
        raise UsageError(f"{folder}: holds files already. Give another folder, or --force.")
    if any(path.resolve().is_relative_to(folder.resolve()) for path in files):
        raise UsageError(f"{folder}: holds what is to be published. Give another folder.")
    pairs = pairs_of(opened, files)
    with terminal.progress("publishing") as progress:
        works = []
        for _, group in groupby(pairs, key=lambda pair: pair[0]):
            works.append([PairFiles(opened.align_pair(*pair), *pair) for pair in group])
        run_limited(
            write,
            works[0][0].score,
            works,
            folder,
            settings,
            allowance=allowance_of(os.environ),
            report=lambda share, text: progress(share, 1, None),
        )
