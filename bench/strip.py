"""Windows a second: cut singly (compact pair) and from one pass (strip pair), untrained weights.

    python bench/strip.py [--minutes 2] [--systems 20]

Processor time of one thread in float32 by torch, at hops of 25 px (24 px in one pass) and 10
frames; the papers' VGG is there for comparison.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable

import torch

from scorebridge.lab.nets.compact import Pair
from scorebridge.lab.nets.paper_pair import PaperPair, Shape
from scorebridge.lab.nets.strip import AUDIO, SHEET, StripTower

SYSTEM = 400  # px: about the width of a system of the papers' page, halved
FRAMES = 1200  # a minute


def pace(run: Callable[[], int]) -> float:
    """Windows a second of processor time, the better of two."""
    best = 0.0
    for _ in range(2):
        start = time.process_time()
        count = run()
        best = max(best, count / (time.process_time() - start))
    return best


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=float, default=2.0)
    parser.add_argument("--systems", type=int, default=20)
    options = parser.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(0)
    compact, vgg = Pair().eval(), PaperPair(Shape()).eval()
    lengths = {"sheet": SYSTEM * options.systems, "audio": round(FRAMES * options.minutes)}
    for side, shape, hop, dense in (("sheet", SHEET, 24, 8), ("audio", AUDIO, 10, 2)):
        tower = StripTower(shape).eval()
        whole = torch.rand(1, shape.across, lengths[side])
        windows = whole[0].unfold(1, shape.along, hop).transpose(0, 1)
        upright = windows.transpose(1, 2) if side == "audio" else windows
        encoders = {
            "papers' VGG, windows": lambda w=upright, s=side: _all(getattr(vgg, f"embed_{s}"), w),
            "compact, windows": lambda w=upright, s=side: _all(getattr(compact, s), w),
            "strip, windows": lambda w=windows, t=tower: _all(t, w),
            "strip, one pass": lambda x=whole, t=tower, h=hop: t.strip(x, h).shape[1],
            f"strip, one pass, hop {dense}": lambda x=whole, t=tower, h=dense: t.strip(x, h).shape[
                1
            ],
        }
        weights = sum(p.numel() for p in tower.parameters())
        print(f"{side}: {len(windows)} windows; strip tower of {weights:,} weights")
        for name, run in encoders.items():
            with torch.inference_mode():
                print(f"  {name:32s} {pace(run):8.0f} windows/s")


def _dense(tower: StripTower, whole: torch.Tensor, hop: int) -> int:
    return tower.strip(whole, hop).shape[1]


def _all(encode: Callable[[torch.Tensor], torch.Tensor], windows: torch.Tensor) -> int:
    for k in range(0, len(windows), 64):
        encode(windows[k : k + 64].contiguous())
    return len(windows)


if __name__ == "__main__":
    main()
