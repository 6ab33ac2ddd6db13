"""What adding and finding cost on this machine: seconds a page, a minute of audio, a search.

Runs on the demonstration collection (or on files named as arguments, scores and
recordings mixed) in a fresh library. The encoders are compiled before the clock starts.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from scorebridge import Library
from scorebridge.encode import detect_kind, encode_file, load_encoder
from scorebridge.library.files import walk


def main() -> None:
    """Print the table."""
    demo = Path(__file__).parents[1] / "demo"
    named = [Path(a) for a in sys.argv[1:]] or [demo / "scores", demo / "recordings"]
    files = [f for f in walk(named) if isinstance(f, Path)]
    encoder = load_encoder()
    encoder.sheet(np.zeros((1, 80, 100), np.uint8))
    encoder.audio(np.zeros((1, 84, 92), np.float32))
    seconds, amount, windows = defaultdict(float), defaultdict(float), defaultdict(int)
    for file in files:
        kind = detect_kind(file)
        start = time.perf_counter()
        encoded = encode_file(file, encoder)
        seconds[kind] += time.perf_counter() - start
        amount[kind] += encoded.pages if kind == "score" else encoded.extent / 60
        windows[kind] += len(encoded.vectors)
    print(f"{len(files)} files, {encoder.name}")
    for kind, unit in (("score", "page"), ("recording", "minute")):
        if amount[kind]:
            print(
                f"read and encode a {kind}: {seconds[kind] / amount[kind]:.3f} s a {unit} "
                f"({amount[kind]:.0f} {unit}s, {windows[kind]} windows)"
            )
    with tempfile.TemporaryDirectory() as folder:
        library = Library(Path(folder) / "library", encoder)
        start = time.perf_counter()
        library.add(files)
        print(f"add everything: {time.perf_counter() - start:.1f} s")
        library.find(files[0])  # compiles the kernels
        took = []
        for file in files[:40]:
            encoded = encode_file(file, encoder)
            start = time.perf_counter()
            library.find(encoded)
            took.append(time.perf_counter() - start)
        print(f"find, query already encoded: median {np.median(took):.3f} s of {len(took)}")


if __name__ == "__main__":
    main()
