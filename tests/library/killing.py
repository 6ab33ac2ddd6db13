"""A child process that works on a library and dies by `kill -9` when the test wants it to."""

import signal
import subprocess
import sys
from pathlib import Path

CHILD = """
import os, signal, sys
from scorebridge import Library
from scorebridge.testing import FakeEncoder

event, function, times = sys.argv[2], sys.argv[3], int(sys.argv[4])

def die(frame, happening, _):
    global times
    if happening == event and frame.f_code.co_name == function:
        times -= 1
        if times == 0:
            os.kill(os.getpid(), signal.SIGKILL)

library = Library(sys.argv[1], {encoder})
sys.setprofile(die)
library.{call}
"""


def killed(library: Path, encoder: str, call: str, event: str, function: str, times: int) -> None:
    """Run `Library(library, encoder).call` until the so-many-th `event` of a function.

    encoder, call : as they are written. event : "call" or "return".
    """
    child = CHILD.format(encoder=encoder, call=call)
    words = [sys.executable, "-c", child, str(library), event, function, str(times)]
    assert subprocess.run(words, check=False).returncode == -signal.SIGKILL
