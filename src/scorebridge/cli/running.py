"""How a command line runs: one place for exit codes and for what errors print.

Exit codes: 0 done; 1 an input could not be processed; 2 bad use; 130 interrupted.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from cyclopts import CycloptsError

from scorebridge.errors import ScorebridgeError
from scorebridge.shown import shown

if TYPE_CHECKING:
    from cyclopts import App


def run_app(app: App, argv: list[str]) -> int:
    """Runs one command of `app`, prints its error on standard error, returns the exit code."""
    try:
        return app(argv, exit_on_error=False, print_error=False) or 0
    except CycloptsError as error:
        words = " ".join(str(error).split(" "))
        print(f"{app.name[0]}: {shown(words)} See --help.", file=sys.stderr)
        return 2
    except ScorebridgeError as error:
        print(f"{app.name[0]}: {error}", file=sys.stderr)
        return error.exit_code
    except (OSError, MemoryError) as error:
        if isinstance(error, BrokenPipeError):  # `| head` has read enough
            sys.stderr.close()
            return 0
        print(f"{app.name[0]}: {shown(_sentence(error))}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted. The same command continues where it stopped.", file=sys.stderr)
        return 130


def _sentence(error: OSError | MemoryError) -> str:
    if isinstance(error, MemoryError):
        return "there is too little memory. End other programs, or split the work."
    what = f"{error.filename}: " if error.filename else ""
    return f"{what}{error.strerror or error}. Check the disk, its permissions and its free space."
