"""The cost of adding and finding: seconds per page, per minute of audio, and per search.

    python bench/cost.py [FILE...]

Uses the demonstration collection, or the given scores and recordings, in new libraries: one whose
files a child process with limits reads, as the command line has it, and one whose files this
process reads. The encoders are compiled and the fork server is started before the measurement.
"""

from __future__ import annotations

import sys
import tempfile
import time
from pathlib import Path

import numpy as np

from scorebridge import Library
from scorebridge.audio.spectrogram import BANDS, WINDOW_FRAMES
from scorebridge.encode.encoder import load_encoder
from scorebridge.files import detect_kind
from scorebridge.library.walk import walk
from scorebridge.sandbox import allowance_of
from scorebridge.score.strips import WINDOW_HEIGHT, WINDOW_WIDTH

MAX_QUERIES = 20  # of each kind


def main() -> None:
    """Print the table."""
    demo = Path(__file__).parents[1] / "demo"
    named = [Path(a) for a in sys.argv[1:]] or [demo / "scores", demo / "recordings"]
    files = [f for f in walk(named) if isinstance(f, Path)]
    encoder = load_encoder()
    encoder.sheet(np.zeros((1, WINDOW_HEIGHT, WINDOW_WIDTH), np.uint8))
    encoder.audio(np.zeros((1, WINDOW_FRAMES, BANDS), np.float32))
    print(f"{len(files)} files, {encoder.info.name}")
    with tempfile.TemporaryDirectory() as folder:
        limited = Library(Path(folder) / "limited", encoder, allowance_of({}))
        library = Library(Path(folder) / "library", encoder)
        start = time.perf_counter()
        limited.encode(files[0])
        first_s = time.perf_counter() - start
        start = time.perf_counter()
        limited.encode(files[0])
        first_s -= time.perf_counter() - start
        print(f"start of the fork server: {first_s:.1f} s")
        for kind, unit in (("score", "page"), ("recording", "minute")):
            of_kind = [f for f in files if detect_kind(f) == kind]
            for how, filled in (("in children with limits", limited), ("in one process", library)):
                start = time.perf_counter()
                added = filled.add(of_kind).added
                seconds = time.perf_counter() - start
                amount = sum(d.pages if kind == "score" else d.extent / 60 for d in added)
                if amount:
                    print(
                        f"add {kind}s {how}: {seconds / amount:.3f} s per {unit} "
                        f"({len(added)} {kind}s, {amount:.0f} {unit}s, {seconds:.0f} s)"
                    )
        library.find(files[0])  # loads or compiles the kernels
        for kind in ("score", "recording"):
            seconds_each = []
            for document in library.documents(kind)[:MAX_QUERIES]:
                query = library.encoded(document)
                start = time.perf_counter()
                library.find(query)
                seconds_each.append(time.perf_counter() - start)
            if seconds_each:
                median, count = np.median(seconds_each), len(seconds_each)
                print(f"find by a whole {kind}: median {median:.2f} s of {count}")


if __name__ == "__main__":
    main()
