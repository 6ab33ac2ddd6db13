"""The program `scorebridge`: which commands there are, and how they end.

Exit codes: 0 done; 1 an input could not be processed (each is named with the reason on standard
error, the others are done); 2 bad use.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from typing import Annotated

from cyclopts import App, Parameter

import scorebridge
from scorebridge.cli import answers, collection, pictures, publishing, serving
from scorebridge.cli.running import run_app
from scorebridge.errors import UsageError

app = App(
    name="scorebridge",
    help="Link recordings and scores that belong together, from the raw files alone.",
    version=scorebridge.__version__,
    result_action="return_value",
)


def main(argv: Sequence[str] | None = None) -> None:
    """Run one command and exit with its code."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] != ["serve"]:  # its worker reports there what went wrong
        drop_native_noise()
    for stream in (sys.stdout, sys.stderr):  # a terminal may lack the letters of a name
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    sys.exit(run(words))


def drop_native_noise() -> None:
    """Leave standard error to Python: native code writes there what our messages state better."""
    if not isinstance(sys.stderr, TextIOWrapper) or sys._xoptions:  # `-X` asks for what is there
        return
    sys.stderr.flush()
    ours = os.fdopen(os.dup(2), "w", encoding=sys.stderr.encoding, buffering=1)
    null = os.open(os.devnull, os.O_WRONLY)
    os.dup2(null, 2)
    os.close(null)
    sys.stderr = sys.__stderr__ = ours


def run(argv: list[str]) -> int:
    """Run one command; returns the exit code."""
    return run_app(app, argv)


def lab(
    *words: Annotated[
        str, Parameter(allow_leading_hyphen=True, help="What followed `scorebridge lab`.")
    ],
) -> int:
    """Moved: data, training and evaluation are the command `scorebridge-lab`."""
    command = " ".join(("scorebridge-lab", *words))
    raise UsageError(
        f"lab: this is now the command `{command}`, of the package scorebridge-lab"
        " (pip install scorebridge-lab)."
    )


app.command(collection.add)
app.command(answers.find)
app.command(collection.link)
app.command(answers.align)
app.command(pictures.export)
app.command(publishing.publish)
app.command(collection.list_, name="list")
app.command(collection.remove)
app.command(collection.verify)
app.command(collection.renew)
app.command(collection.backup)
app.command(collection.restore)
app.command(pictures.pages)
app.command(serving.serve)
app.command(lab, help_flags=(), version_flags=())
app.command("scorebridge.cli.demo:app", name="demo")


if __name__ == "__main__":
    main()
