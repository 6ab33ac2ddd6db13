"""What encoding costs by the clock, on all cores, beside the papers' network in the same run.

    python bench/encoders.py [FILES]

First windows a second: the encoders that ship, as they ship (OpenVINO), and paper 5's network as
it is evaluated (torch, float32; its weights do not matter to the clock). Then what was decoded to
vectors, windows at the papers' hops (50 px of the papers' page, 10 frames): pages a second from
picture to vectors, minutes of audio a second from samples to vectors. FILES are scores and
recordings; by default the demonstration's. Needs the extra `train` for the papers' network.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from scorebridge.audio.decode import decode
from scorebridge.audio.spectrogram import BANDS, SAMPLE_RATE, WINDOW_FRAMES, spectrogram
from scorebridge.encode.documents import encode_spectrum, encode_strip
from scorebridge.encode.encoder import load_encoder
from scorebridge.files import detect_kind
from scorebridge.library.walk import walk
from scorebridge.score.pages import read_pages
from scorebridge.score.strips import WINDOW_HEIGHT, WINDOW_WIDTH, strip_of
from scorebridge.score.systems import find_systems
from scorebridge.score.unrolled import unroll

COUNT = 512  # windows of a timing
ROUNDS = 5  # of which the best counts


def pace(run: Callable[[], object], count: float) -> float:
    """`count` by the seconds of the quickest of `ROUNDS` runs, after one to warm up."""
    run()
    best = float("inf")
    for _ in range(ROUNDS):
        start = time.perf_counter()
        run()
        best = min(best, time.perf_counter() - start)
    return count / best


def windows() -> None:
    """Print windows a second."""
    import torch

    from scorebridge_lab.nets.paper_pair import PaperPair, Shape

    encoder, pair = load_encoder(), PaperPair(Shape()).eval()
    rng = np.random.default_rng(0)
    sheet = rng.integers(0, 256, (COUNT, WINDOW_HEIGHT, WINDOW_WIDTH), dtype=np.uint8)
    audio = rng.random((COUNT, WINDOW_FRAMES, BANDS), np.float32)
    papers = {
        "sheet": torch.rand(COUNT, *pair.shape.sheet),
        "audio": torch.rand(COUNT, *pair.shape.audio),
    }
    print(f"{'windows a second':20s} {'papers':>8s} {'ours':>8s} {'ratio':>6s}")
    for side, ours in (
        ("sheet", lambda: encoder.sheet(sheet)),
        ("audio", lambda: encoder.audio(audio)),
    ):
        embed = getattr(pair, f"embed_{side}")

        def theirs(embed=embed, x=papers[side]) -> None:
            with torch.inference_mode():
                for part in x.split(64):
                    embed(part)

        slow, fast = pace(theirs, COUNT), pace(ours, COUNT)
        print(f"{side:20s} {slow:8.0f} {fast:8.0f} {fast / slow:6.1f}")


def files(paths: list[Path]) -> None:
    """Print pages and minutes of audio a second, from what is decoded to vectors."""
    encoder = load_encoder()
    pages = [page for p in paths if detect_kind(p) == "score" for page in read_pages(p)]
    sounds = [decode(p) for p in paths if detect_kind(p) == "recording"]

    def read() -> None:
        for page in pages:
            strips = [strip_of(page, system) for system in find_systems(page)]
            if strips:
                encode_strip(unroll(strips), encoder)

    def hear() -> None:
        for samples in sounds:
            encode_spectrum(spectrogram(samples), encoder)

    if pages:
        print(f"pages a second: {pace(read, len(pages)):.1f} ({len(pages)} pages)")
    if sounds:
        minutes = sum(map(len, sounds)) / SAMPLE_RATE / 60
        print(f"minutes of audio a second: {pace(hear, minutes):.1f} ({minutes:.0f} minutes)")


def main() -> None:
    """Print both tables."""
    demo = Path(__file__).parents[1] / "demo"
    named = [Path(a) for a in sys.argv[1:]] or [demo / "scores", demo / "recordings"]
    windows()
    files([f for f in walk(named) if isinstance(f, Path)])


if __name__ == "__main__":
    main()
