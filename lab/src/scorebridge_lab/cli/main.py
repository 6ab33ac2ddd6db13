"""`scorebridge-lab`: make data, train, ship, calibrate and evaluate encoders.

Exit codes are the product's: 0 done; 1 it could not be done (the reason is on standard error);
2 bad use.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from cyclopts import App

from scorebridge.cli.running import run_app

app = App(
    name="scorebridge-lab",
    help="Data, training and evaluation for Scorebridge.",
    result_action="return_value",
)
for _name, _module, _help in (
    ("data", "cli.data", "Download the sources; build, pack and count data sets."),
    ("train", "cli.train", "Train the pair of encoders, or the barline classifier."),
    ("evaluate", "cli.evaluate", "Print the figures of an encoder or of the page reader."),
    ("papers", "papers.cli", "Train and evaluate the models of the five papers."),
):
    app.command(f"scorebridge_lab.{_module}:app", name=_name, help=_help)
for _name, _help in (
    ("ship", "Export a run of our pair as an encoder that the product loads."),
    ("card", "Put figures into an encoder's card."),
    ("calibrate", "Fit the confidences of an encoder on packed training pieces."),
):
    app.command(f"scorebridge_lab.cli.export:{_name}", name=_name, help=_help)


def main(argv: Sequence[str] | None = None) -> None:
    """Runs one command and exits with its code."""
    sys.exit(run(list(sys.argv[1:] if argv is None else argv)))


def run(argv: list[str]) -> int:
    """Runs one command; returns the exit code."""
    import rich

    rich.reconfigure(stderr=True)  # progress bars: --json prints JSON alone
    try:
        return run_app(app, argv)
    except ModuleNotFoundError as error:
        package = (error.name or "").partition(".")[0]
        if package in ("", "scorebridge", "scorebridge_lab"):
            raise
        print(
            f"scorebridge-lab: this needs the package {package}: pip install {package}",
            file=sys.stderr,
        )
    except OSError as error:
        if error.filename is None:
            raise
        print(f"scorebridge-lab: {error.filename}: {error.strerror}", file=sys.stderr)
    return 1


if __name__ == "__main__":
    main()
