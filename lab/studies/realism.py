"""Realism of the training data: do packed windows differ from windows of scans and recordings?

    python -m studies.realism --scans 40 --windows 1000

Windows of real scans (Mozart, Joplin, the volumes) and real recordings, beside windows of packed
pieces as training sees them, with augmentation, both at random places. A small classifier is
trained to separate them on half of the documents of each kind and tested on windows of the other
half: 50 % would be perfect data. Two kinds of real windows give the scale, since editions differ,
and so do pianists. The sheets show what the classifier may use. No training sees these windows. A
few minutes on a free core.
"""

from __future__ import annotations

import itertools
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import numpy as np
import torch
from cyclopts import App, Parameter
from numpy.typing import NDArray
from torch import nn

from scorebridge.audio import spectrogram as audio
from scorebridge.audio.decode import decode
from scorebridge.cli.running import run_app
from scorebridge.errors import ScorebridgeError
from scorebridge.score import strips as sheet
from scorebridge.score.pages import read_pages
from scorebridge.score.strips import STRIP_HEIGHT
from scorebridge.score.systems import find_systems
from scorebridge.score.unrolled import cut_windows, unroll
from scorebridge_lab.augment.windows import (
    FULL,
    LIKE_LIFE,
    NONE,
    Strength,
    audio_windows,
    sheet_windows,
)
from scorebridge_lab.benchmarks.distractors import packed_files, spread
from scorebridge_lab.benchmarks.document_sets import scan_pieces
from scorebridge_lab.cli.shared import console
from scorebridge_lab.dataset.pack import Packed, load
from scorebridge_lab.dataset.pairs import PAIR_COLUMNS, PAIR_FRAMES
from scorebridge_lab.errors import LabError
from scorebridge_lab.home import data
from scorebridge_lab.metrics import area_under_roc

app = App(name="studies.realism", result_action="return_value")
ENDINGS = {".ogg", ".mp3", ".m4a", ".wav"}
LOOKS = {"full": FULL, "like-life": LIKE_LIFE, "life": Strength(press=1.0, live=1.0), "plain": NONE}
Look = Literal["full", "like-life", "life", "plain"]
MAX_PAGES = 2  # of each scan
QUANTILES = (0.05, 0.25, 0.5, 0.75, 0.9, 0.97, 0.995)
MAX_RATE = 4e-3  # learning rate of the classifier


@dataclass(frozen=True)
class OwnedWindows:
    """Windows of one kind and the document that each is from."""

    images: NDArray[np.float32]
    """[n, height, width], ink or energy up."""
    owner: NDArray[np.int64]


def real_sheets(paths: Sequence[Path], count: int, rng: np.random.Generator) -> OwnedWindows:
    """Random windows of scans, as the encoder gets them: float32, ink 1."""
    images, owner = [], []
    each = -(-count // len(paths))
    for number, path in enumerate(paths):
        cut: list[sheet.Strip] = []
        for k, page in enumerate(read_pages(path)):
            if k >= MAX_PAGES:
                break
            try:
                cut += [sheet.strip_of(page, s) for s in find_systems(page)]
            except ScorebridgeError:
                continue  # a page without music
        if not cut:
            continue
        unrolled = unroll(cut)
        half = sheet.WINDOW_WIDTH // 2
        if unrolled.width <= 2 * half:
            continue
        centres = rng.integers(half, unrolled.width - half, each)
        windows, owned = cut_windows(unrolled, centres)
        lowest = np.append(np.flatnonzero(np.diff(owned)), len(owned) - 1)
        images.append(1 - windows[lowest].astype(np.float32) / 255)
        owner += [number] * each
    if not images:
        raise LabError("no music found on the scans")
    return OwnedWindows(np.concatenate(images), np.array(owner))


def real_sounds(paths: Sequence[Path], count: int, rng: np.random.Generator) -> OwnedWindows:
    """Random windows of recordings, float32 [n, frames, bands]."""
    images, owner = [], []
    each = -(-count // len(paths))
    for number, path in enumerate(paths):
        spec = audio.spectrogram(decode(path))
        half = audio.WINDOW_FRAMES // 2
        centres = rng.integers(half, max(half + 1, len(spec) - half), each)
        images.append(audio.cut_windows(spec, centres))
        owner += [number] * each
    return OwnedWindows(np.concatenate(images), np.array(owner))


def packed_windows(
    pieces: Sequence[Packed], count: int, seed: int, strength: Strength = FULL
) -> tuple[OwnedWindows, OwnedWindows]:
    """Random windows of packed pieces, augmented as in training: sheet and sound.

    Pieces too short for a window are passed over. Raises LabError where all are.
    """
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    fitting = [
        p
        for p in pieces
        if p.strip.shape[1] > PAIR_COLUMNS and min(map(len, p.specs)) > PAIR_FRAMES
    ]
    if not fitting:
        raise LabError("no packed piece is long enough for a window")
    owner = np.arange(count) % len(fitting)
    sheets = np.empty((count, STRIP_HEIGHT, PAIR_COLUMNS), np.uint8)
    sounds = np.empty((count, PAIR_FRAMES, audio.BANDS), np.uint8)
    for row, number in enumerate(owner):
        piece = fitting[number]
        left = rng.integers(piece.strip.shape[1] - PAIR_COLUMNS)
        sheets[row] = piece.strip[:, left : left + PAIR_COLUMNS]
        spec = piece.specs[rng.integers(len(piece.specs))]
        first = rng.integers(len(spec) - PAIR_FRAMES)
        sounds[row] = spec[first : first + PAIR_FRAMES]
    with torch.no_grad():
        ink = sheet_windows(torch.from_numpy(sheets), strength).numpy()
        sound = audio_windows(torch.from_numpy(sounds), strength).numpy()
    return OwnedWindows(ink, owner), OwnedWindows(sound, owner)


def part_of(windows: OwnedWindows, documents: Sequence[int]) -> OwnedWindows:
    """The windows of some documents."""
    chosen = np.isin(windows.owner, documents)
    return OwnedWindows(windows.images[chosen], windows.owner[chosen])


class Classifier(nn.Module):
    """Three convolutions and a mean: too small to memorise pieces."""

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


def classify(
    real: OwnedWindows, made: OwnedWindows, steps: int = 300, seed: int = 0
) -> dict[str, float]:
    """Figures of a small classifier on documents that it was not trained on.

    Each window is brought to mean 0 and deviation 1, as the encoders do.
    """
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    parts = {}
    for name, windows in (("real", real), ("made", made)):
        names = rng.permutation(np.unique(windows.owner))
        training = np.isin(windows.owner, names[: max(1, len(names) // 2)])
        parts[name] = (_normal(windows.images[training]), _normal(windows.images[~training]))
    if not all(len(p) for pair in parts.values() for p in pair):
        raise LabError("too few documents to hold some back: give more")
    classifier = Classifier()
    optimiser = torch.optim.AdamW(classifier.parameters(), lr=MAX_RATE, weight_decay=0.01)
    schedule = torch.optim.lr_scheduler.OneCycleLR(optimiser, MAX_RATE, total_steps=steps)
    for _ in range(steps):
        drawn = [parts[k][0][rng.integers(0, len(parts[k][0]), 32)] for k in ("real", "made")]
        logits = classifier(torch.from_numpy(np.concatenate(drawn)))
        truth = torch.cat([torch.ones(32), torch.zeros(32)])
        loss = nn.functional.binary_cross_entropy_with_logits(logits, truth)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        schedule.step()
    with torch.no_grad():
        logits = {k: classifier(torch.from_numpy(parts[k][1])).numpy() for k in parts}
    right = [float((logits["real"] > 0).mean()), float((logits["made"] <= 0).mean())]
    is_real = np.repeat([True, False], [len(logits["real"]), len(logits["made"])])
    return {
        "accuracy": float(np.mean(right)),
        "real recognised": right[0],
        "made recognised": right[1],
        "area under ROC": area_under_roc(np.concatenate(list(logits.values())), is_real),
        "windows tested": float(sum(len(parts[k][1]) for k in parts)),
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


def differences(real: OwnedWindows, made: OwnedWindows) -> list[tuple[str, float]]:
    """Chance that a real window has more of a measure than a made one; farthest from .5 first."""
    one, other = measures(real.images), measures(made.images)
    is_real = np.repeat([True, False], [len(real.images), len(made.images)])
    found = [(k, area_under_roc(np.concatenate([one[k], other[k]]), is_real)) for k in one]
    return sorted(found, key=lambda row: -abs(row[1] - 0.5))


def draw(real: OwnedWindows, made: OwnedWindows, path: Path, count: int = 30) -> None:
    """Two sheets side by side, packed left and real right, `count` windows each."""
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
    axes[0, 2].set_title("packed")
    axes[0, 8].set_title("real")
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path)


def compared(what: str, one: OwnedWindows, other: OwnedWindows, steps: int, runs: int) -> str:
    """A line of figures: `runs` trainings, each with another half of the documents."""
    found = [classify(one, other, steps, seed) for seed in range(runs)]
    names = ("accuracy", "area under ROC")
    figures = (f"{n} {np.mean([f[n] for f in found]):.3f}" for n in names)
    accuracies = [f["accuracy"] for f in found]
    count = np.mean([f["windows tested"] for f in found])
    span = f"{min(accuracies):.3f}-{max(accuracies):.3f}"
    return f"{what}: {', '.join(figures)} ({span}; {count:.0f} windows tested)"


@app.default
def main(
    *,
    look: Annotated[tuple[Look, ...], Parameter(consume_multiple=True, negative=())] = (
        "full",
        "life",
        "plain",
    ),
    scans: int = 48,
    pieces: int = 180,
    windows: int = 1200,
    steps: int = 250,
    runs: int = 3,
    measures_shown: int = 6,
    pictures: Path | None = None,
) -> int:
    """How well a small classifier separates packed windows from those of scans and recordings.

    Parameters
    ----------
    look
        Augmentation: training's usual one, the one with most windows near real ones, those windows
        alone, or none.
    scans
        Documents to draw real windows from.
    pieces
        Packed pieces to draw windows from.
    windows
        Of each kind.
    steps
        Of each training.
    runs
        Trainings, each with another half of the documents.
    measures_shown
        Plain measures of windows to print, those that differ most (.5: alike).
    pictures
        Folder for sheets of 30 windows each, packed beside real.
    """
    rng, root = np.random.default_rng(0), data()
    paths = scan_pieces(root) + sorted((root / "scans" / "dinoscore").glob("*/page_*.tif"))
    paths = [paths[k] for k in rng.permutation(len(paths))[:scans]]
    sounds = sorted(p for p in (root / "recordings").iterdir() if p.suffix in ENDINGS)
    packed = [load(p) for p in spread(packed_files(), pieces)]
    made = {name: packed_windows(packed, windows, 0, LOOKS[name]) for name in look}
    real = (real_sheets(paths, windows, rng), real_sounds(sounds, windows, rng))
    kinds = (
        (
            "Joplin's scans against Mozart's",
            [p.parent.name == "joplin" for p in paths],
            [p.parent.name.startswith("mozart") for p in paths],
        ),
        (
            "one pianist's recordings against others'",
            ["ishizaka" in p.name for p in sounds],
            ["ishizaka" not in p.name for p in sounds],
        ),
    )
    for side, (name, theirs, (both, ones, others)) in enumerate(
        zip(("sheet", "sound"), real, kinds, strict=True)
    ):
        halves = [part_of(theirs, np.flatnonzero(k).tolist()) for k in (ones, others)]
        console.print(compared(f"{name}, real alone, {both}", halves[0], halves[1], steps, runs))
        for which in look:
            mine = made[which][side]
            console.print(compared(f"{name}, real against {which}", theirs, mine, steps, runs))
            for measure, more in differences(theirs, mine)[:measures_shown]:
                console.print(f"  {measure}: real above packed {more:.2f}", highlight=False)
            if pictures is not None:
                draw(theirs, mine, pictures / f"{name}-{which}.png")
    return 0


if __name__ == "__main__":
    sys.exit(run_app(app, sys.argv[1:]))
