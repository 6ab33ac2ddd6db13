"""The papers' pairs as models that the product loads, where their windows lie within ours.

P3 to P5 with 42 or 84 frames: their networks then take our windows, of which those with 42 frames
see the middle.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from numpy.typing import NDArray
from torch import Tensor, nn

from scorebridge.audio.spectrogram import BANDS, WINDOW_FRAMES
from scorebridge.score.strips import WINDOW_HEIGHT, WINDOW_WIDTH
from scorebridge_lab.errors import LabError
from scorebridge_lab.export.weights import write_model
from scorebridge_lab.nets.paper_pair import PaperPair
from scorebridge_lab.papers.task import load_paper_pair


class PaperSheet(nn.Module):
    """A papers' sheet encoder that takes our windows and reads its columns in their middle."""

    def __init__(self, pair: PaperPair) -> None:
        super().__init__()
        self.pair = pair

    def forward(self, windows: Tensor) -> Tensor:
        """uint8 [n, 80, 180] -> float [n, dim]."""
        columns = self.pair.shape.sheet[1]
        first = (WINDOW_WIDTH - columns) // 2
        return self.pair.embed_sheet(windows[:, :, first : first + columns].float() / 255)


class PaperAudio(nn.Module):
    """A papers' audio encoder that takes our windows and reads its frames in their middle."""

    def __init__(self, pair: PaperPair) -> None:
        super().__init__()
        self.pair = pair
        self.first = (WINDOW_FRAMES - pair.shape.audio[0]) // 2

    def forward(self, windows: Tensor) -> Tensor:
        """float [n, 84, 92] -> float [n, dim]."""
        frames = self.pair.shape.audio[0]
        return self.pair.embed_audio(windows[:, self.first : self.first + frames])


def ship(
    run: Path,
    target: Path,
    name: str,
    about: dict[str, Any],
    windows: dict[str, NDArray] | None = None,
) -> None:
    """Writes a papers' run as a model folder (`export.weights.write_model`).

    Raises LabError for runs whose windows cannot be cut from ours, and for other folders.
    """
    settings, pair = load_paper_pair(run)
    (rows, columns), (frames, bands) = pair.shape.sheet, pair.shape.audio
    fits = columns <= WINDOW_WIDTH and frames <= WINDOW_FRAMES
    if (rows, bands) != (WINDOW_HEIGHT, BANDS) or not fits:
        raise LabError(
            f"{run}: takes sheet windows of {rows} x {columns} px and {frames} frames of {bands}"
            " bands, which cannot be cut from ours."
            f" Evaluate it with: scorebridge-lab papers evaluate {run}"
        )
    facts = {"name": name, "dim": pair.shape.dim, "paper": settings["run"]["name"], "by_page": True}
    towers: dict[str, nn.Module] = {"sheet": PaperSheet(pair), "audio": PaperAudio(pair)}
    write_model(pair, towers, target, facts, settings, about, windows)
