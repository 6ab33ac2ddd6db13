"""Can the world be told from reality? Picture sheets for a person, a small network for a figure.

Windows of real scans (Mozart, Joplin, the volumes) and real recordings beside windows of the packed
world as training sees them, augmentation and all, both at random places. The network is trained to
tell them apart on half of the documents of each kind and judged on windows of the other half: 50 %
would be a perfect world. How far that can go, two kinds of real windows tell (`lab evaluate world`
prints both): editions differ, and so do pianists. What the network keys on is worth a look at the
sheets. No training sees these windows. A few minutes on a free core.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import nn

from scorebridge.audio import spectrogram as audio
from scorebridge.audio.decode import decode
from scorebridge.errors import ScorebridgeError
from scorebridge.score import strips as sheet
from scorebridge.score.pages import read_pages
from scorebridge.score.strips import STRIP_HEIGHT
from scorebridge.score.systems import find_systems
from scorebridge_lab.augment.windows import FULL, Strength, audio_windows, sheet_windows
from scorebridge_lab.dataset.pack import Packed
from scorebridge_lab.dataset.pairs import LONG, WIDE
from scorebridge_lab.errors import LabError
from scorebridge_lab.evaluate.metrics import area_under_roc

PAGES = 2  # of each scan
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.9, 0.97, 0.995)
RATE = 4e-3  # highest learning rate of the judge


@dataclass(frozen=True)
class Windows:
    """Windows of one kind and the document that each is from."""

    images: NDArray[np.float32]
    """[n, height, width], ink or energy up."""
    owner: NDArray[np.int64]


def real_sheets(paths: Sequence[Path], count: int, rng: np.random.Generator) -> Windows:
    """Random windows of scans, as the encoder gets them: float32, ink 1."""
    images, owner = [], []
    each = -(-count // len(paths))
    for number, path in enumerate(paths):
        cut: list[sheet.Strip] = []
        for k, page in enumerate(read_pages(path)):
            if k >= PAGES:
                break
            try:
                cut += [sheet.strip_of(page, s) for s in find_systems(page)]
            except ScorebridgeError:
                continue  # a page without music
        if not cut:
            continue
        unrolled = sheet.unroll(cut).image
        half = sheet.WINDOW_WIDTH // 2
        if unrolled.shape[1] <= 2 * half:
            continue
        centres = rng.integers(half, unrolled.shape[1] - half, each)
        images.append(1 - sheet.cut_windows(unrolled, centres).astype(np.float32) / 255)
        owner += [number] * each
    if not images:
        raise LabError("no music found on the scans")
    return Windows(np.concatenate(images), np.array(owner))


def real_sounds(paths: Sequence[Path], count: int, rng: np.random.Generator) -> Windows:
    """Random windows of recordings, float32 [n, frames, bands]."""
    images, owner = [], []
    each = -(-count // len(paths))
    for number, path in enumerate(paths):
        spec = audio.spectrogram(decode(path))
        half = audio.WINDOW_FRAMES // 2
        centres = rng.integers(half, max(half + 1, len(spec) - half), each)
        images.append(audio.cut_windows(spec, centres))
        owner += [number] * each
    return Windows(np.concatenate(images), np.array(owner))


def world_windows(
    pieces: Sequence[Packed], count: int, seed: int, strength: Strength = FULL
) -> tuple[Windows, Windows]:
    """Random windows of the packed world, augmented as in training: sheet and sound.

    Pieces too short for a window are passed over. Raises LabError where all are.
    """
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    fitting = [p for p in pieces if p.strip.shape[1] > WIDE and min(map(len, p.specs)) > LONG]
    if not fitting:
        raise LabError("no packed piece is long enough for a window")
    owner = np.arange(count) % len(fitting)
    sheets = np.empty((count, STRIP_HEIGHT, WIDE), np.uint8)
    sounds = np.empty((count, LONG, audio.BANDS), np.uint8)
    for row, number in enumerate(owner):
        piece = fitting[number]
        left = rng.integers(piece.strip.shape[1] - WIDE)
        sheets[row] = piece.strip[:, left : left + WIDE]
        spec = piece.specs[rng.integers(len(piece.specs))]
        first = rng.integers(len(spec) - LONG)
        sounds[row] = spec[first : first + LONG]
    with torch.no_grad():
        seen = sheet_windows(torch.from_numpy(sheets), strength).numpy()
        heard = audio_windows(torch.from_numpy(sounds), strength).numpy()
    return Windows(seen, owner), Windows(heard, owner)


def part_of(windows: Windows, documents: Sequence[int]) -> Windows:
    """The windows of some documents."""
    chosen = np.isin(windows.owner, documents)
    return Windows(windows.images[chosen], windows.owner[chosen])


class Judge(nn.Module):
    """Three convolutions and a mean: too small to learn pieces by heart."""

    def __init__(self) -> None:
        super().__init__()
        widths = (1, 12, 24, 32)
        layers: list[nn.Module] = []
        for a, b in itertools.pairwise(widths):
            layers += [nn.Conv2d(a, b, 3, 2, 1), nn.GroupNorm(4, b), nn.ReLU()]
        self.body = nn.Sequential(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten())
        self.head = nn.Linear(widths[-1], 1)

    def forward(self, x: torch.Tensor) -> torch.Tensor:
        """Logit of being real, [n]."""
        return self.head(self.body(x.unsqueeze(1))).squeeze(1)


def tell_apart(real: Windows, made: Windows, steps: int = 300, seed: int = 0) -> dict[str, float]:
    """Accuracy of a small network on documents that it did not see, and how many windows it saw.

    Each window is brought to mean 0 and deviation 1, as the encoders do.
    """
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    parts = {}
    for name, windows in (("real", real), ("made", made)):
        names = rng.permutation(np.unique(windows.owner))
        learnt = np.isin(windows.owner, names[: max(1, len(names) // 2)])
        parts[name] = (_normal(windows.images[learnt]), _normal(windows.images[~learnt]))
    if not all(len(p) for pair in parts.values() for p in pair):
        raise LabError("too few documents to hold some back: give more")
    judge = Judge()
    optimiser = torch.optim.AdamW(judge.parameters(), lr=RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, RATE, total_steps=steps)
    for _ in range(steps):
        drawn = [parts[k][0][rng.integers(0, len(parts[k][0]), 32)] for k in ("real", "made")]
        logits = judge(torch.from_numpy(np.concatenate(drawn)))
        truth = torch.cat([torch.ones(32), torch.zeros(32)])
        loss = nn.functional.binary_cross_entropy_with_logits(logits, truth)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        schedule.step()
    with torch.no_grad():
        logits = {k: judge(torch.from_numpy(parts[k][1])).numpy() for k in parts}
    right = [float((logits["real"] > 0).mean()), float((logits["made"] <= 0).mean())]
    is_real = np.repeat([True, False], [len(logits["real"]), len(logits["made"])])
    return {
        "accuracy": float(np.mean(right)),
        "real taken for real": right[0],
        "made taken for made": right[1],
        "area under ROC": area_under_roc(np.concatenate(list(logits.values())), is_real),
        "windows judged": float(sum(len(parts[k][1]) for k in parts)),
    }


def _normal(images: NDArray[np.float32]) -> NDArray[np.float32]:
    mean = images.mean((1, 2), keepdims=True)
    return ((images - mean) / (images.std((1, 2), keepdims=True) + 1e-3)).astype(np.float32)


def measures(images: NDArray[np.float32]) -> dict[str, NDArray[np.float64]]:
    """Plain figures of each window, [n] each, after the normalisation that the encoders do.

    images : sheet windows [n, height, width] or audio windows [n, frames, bands].
    """
    x = _normal(images)
    flat = x.reshape(len(x), -1)
    across, down = np.diff(x, axis=2), np.diff(x, axis=1)
    out = {f"quantile {q:g}": np.quantile(flat, q, axis=1) for q in QUANTILES}
    if images.shape[1:] == (audio.WINDOW_FRAMES, audio.BANDS):
        out |= {"partials against gaps": np.abs(across).mean((1, 2))}
        out |= {"attacks": np.clip(down, 0, None).mean((1, 2))}
        edges = np.linspace(0, audio.BANDS, 7).round().astype(int)
        for low, high in itertools.pairwise(edges.tolist()):
            out[f"bands {low}-{high - 1}"] = x[:, :, low:high].mean((1, 2))
    else:
        out |= {"edges across": np.abs(across).mean((1, 2))}
        out |= {"edges down": np.abs(down).mean((1, 2))}
        out |= {"even areas": (np.abs(across) < 0.01).mean((1, 2))}
        out |= {"darkest rows": np.sort(x.mean(2), axis=1)[:, -10:].mean(1)}
        power = np.abs(np.fft.rfft2(x)) ** 2
        out |= {"fine grain": power[:, 20:60, 25:].sum((1, 2)) / power.sum((1, 2))}
    return {name: np.asarray(values, np.float64) for name, values in out.items()}


def differences(real: Windows, made: Windows) -> list[tuple[str, float]]:
    """Chance that a real window has more of a measure than a made one; farthest from .5 first."""
    one, other = measures(real.images), measures(made.images)
    is_real = np.repeat([True, False], [len(real.images), len(made.images)])
    found = [(k, area_under_roc(np.concatenate([one[k], other[k]]), is_real)) for k in one]
    return sorted(found, key=lambda row: -abs(row[1] - 0.5))


def draw(real: Windows, made: Windows, path: Path, count: int = 30) -> None:
    """Two sheets side by side, world left and real right, `count` windows each."""
    from matplotlib.figure import Figure

    rng = np.random.default_rng(0)
    rows = -(-count // 5)
    figure = Figure(figsize=(17, 1.35 * rows), dpi=70, layout="constrained")
    axes: Any = figure.subplots(rows, 11, squeeze=False)
    for axis in axes.ravel():
        axis.set_axis_off()
    sound = real.images.shape[1:] == (audio.WINDOW_FRAMES, audio.BANDS)
    for side, windows in ((0, made), (6, real)):
        chosen = rng.permutation(len(windows.images))[:count]
        for k, image in enumerate(windows.images[chosen]):
            axis = axes[k // 5, side + k % 5]
            if sound:
                axis.imshow(image.T, origin="lower", aspect="auto", cmap="magma")
            else:
                axis.imshow(1 - image, cmap="gray", vmin=0, vmax=1)
    axes[0, 2].set_title("world")
    axes[0, 8].set_title("real")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)
