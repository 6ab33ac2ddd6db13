"""A trained pair to the files that ship: OpenVINO networks, safetensors, and their card.

Ours, and the papers' pairs whose windows lie within ours (P3 to P5): their networks then take our
windows, of which those with 42 frames see the middle.
"""

from __future__ import annotations

import json
import warnings
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

from scorebridge.audio.spectrogram import BANDS, WINDOW_FRAMES
from scorebridge.openvino import import_openvino
from scorebridge.score.strips import WINDOW_HEIGHT, WINDOW_WIDTH
from scorebridge_lab.errors import LabError
from scorebridge_lab.export.eight_bit import eight_bit
from scorebridge_lab.nets.compact import Pair
from scorebridge_lab.nets.paper_pair import PaperPair


class SheetInput(nn.Module):
    """The sheet tower behind what pages give: uint8, 255 white."""

    def __init__(self, tower: nn.Module) -> None:
        super().__init__()
        self.tower = tower

    def forward(self, windows: Tensor) -> Tensor:
        """uint8 [n, 80, 180] -> float [n, dim]."""
        return self.tower(1 - windows.float() / 255)


class PaperSheet(nn.Module):
    """A papers' sheet encoder behind what pages give, looking at the columns it knows."""

    def __init__(self, pair: PaperPair) -> None:
        super().__init__()
        self.pair = pair

    def forward(self, windows: Tensor) -> Tensor:
        """uint8 [n, 80, 180] -> float [n, dim]."""
        columns = self.pair.shape.sheet[1]
        first = (WINDOW_WIDTH - columns) // 2
        return self.pair.embed_sheet(windows[:, :, first : first + columns].float() / 255)


class PaperAudio(nn.Module):
    """A papers' audio encoder that takes our windows and looks at the frames it knows."""

    def __init__(self, pair: PaperPair) -> None:
        super().__init__()
        self.pair = pair
        self.first = (WINDOW_FRAMES - pair.shape.audio[0]) // 2

    def forward(self, windows: Tensor) -> Tensor:
        """float [n, 84, 92] -> float [n, dim]."""
        frames = self.pair.shape.audio[0]
        return self.pair.embed_audio(windows[:, self.first : self.first + frames])


def towers_of(run: Path) -> tuple[nn.Module, dict[str, nn.Module], dict[str, Any]]:
    """A run's pair, both its encoders as they ship, and its part of the card.

    Raises LabError for runs whose windows do not fit ours.
    """
    if _kind(run) != "paper":
        pair = load_pair(run)
        card = {"net": pair.net, "dim": pair.dim, "channels": list(pair.channels)}
        card |= {"mixing": pair.mixing, "paced": _paced(run)}
        return pair, {"sheet": SheetInput(pair.sheet), "audio": pair.audio}, card
    from scorebridge_lab.papers.task import load_paper_pair

    settings, pair = load_paper_pair(run)
    (rows, columns), (frames, bands) = pair.shape.sheet, pair.shape.audio
    fits = columns <= WINDOW_WIDTH and frames <= WINDOW_FRAMES
    if (rows, bands) != (WINDOW_HEIGHT, BANDS) or not fits:
        raise LabError(
            f"{run}: takes sheet windows of {rows} x {columns} px and {frames} frames of {bands}"
            f" bands, which cannot be cut from ours. Judge it with: lab evaluate paper {run}"
        )
    card = {"dim": pair.shape.dim, "paper": settings["run"]["name"], "by_page": True}
    return pair, {"sheet": PaperSheet(pair), "audio": PaperAudio(pair)}, card


def _paced(run: Path) -> bool:
    """Whether a run trained on paced windows; those from before did not."""
    try:
        return json.loads((run / "settings.json").read_text()).get("paced", False)
    except FileNotFoundError:
        return json.loads((run / "card.json").read_text()).get("paced", False)


def _kind(run: Path) -> str:
    """What a run's settings call it; runs and models from before had none and are ours."""
    try:
        return json.loads((run / "settings.json").read_text()).get("kind", "compact")
    except FileNotFoundError:
        return "compact"


def _pair_of(record: dict[str, Any]) -> Pair:
    """The untrained pair that a card or a run's settings describe."""
    if record.get("net", "compact") != "compact":
        raise LabError(f"{record['net']}: no such network; this version trains the compact pair")
    return Pair(record["dim"], tuple(record["channels"]), record.get("mixing", 0))


def load_pair(run: Path) -> Pair:
    """The averaged pair of a run's checkpoint, or of a folder with `pair.safetensors`."""
    if (run / "pair.safetensors").exists():
        from safetensors.torch import load_file

        card = json.loads((run / "card.json").read_text())
        if "paper" in card:
            raise LabError(f"{run}: a papers' pair; ours cannot start from it")
        return _filled(_pair_of(card), load_file(run / "pair.safetensors"), run)
    if not (run / "checkpoint.pt").exists():
        raise LabError(f"{run}: no checkpoint.pt there. Train first: scorebridge-lab train")
    settings = json.loads((run / "settings.json").read_text())
    if settings.get("kind", "compact") != "compact":
        raise LabError(f"{run}: a run of another kind ({settings['kind']}), not of our pair")
    state = torch.load(run / "checkpoint.pt", map_location="cpu", weights_only=True)
    return _filled(_pair_of(settings), state["averaged"], run)


def _filled(pair: Pair, state: dict[str, Tensor], run: Path) -> Pair:
    """The pair with these weights, for use. Raises LabError where they are of other windows."""
    try:
        pair.load_state_dict(state)
    except RuntimeError as error:
        raise LabError(
            f"{run}: weights of another network, or of windows that are not {WINDOW_HEIGHT} x"
            f" {WINDOW_WIDTH} px and {WINDOW_FRAMES} x {BANDS}. Train from the beginning, or start"
            " from a model of this version (--start default)"
        ) from error
    return pair.eval()


def traced(network: nn.Module, example: Tensor) -> Any:
    """A network as OpenVINO's, for any number of what `example` [n, ...] holds."""
    openvino = import_openvino()
    with warnings.catch_warnings():
        # OpenVINO 2026 still traces the old way, which torch 2.13 is sorry to see.
        warnings.filterwarnings("ignore", "`torch.jit", DeprecationWarning)
        return openvino.convert_model(
            network, example_input=example, input=[-1, *example.shape[1:]]
        )


def saved(model: Any, path: Path) -> Any:
    """Save an OpenVINO network (16-bit weights), and compile what was saved, to be compared.

    In float32: processors that have bfloat16 would use that, which is no fault of the file.
    """
    openvino = import_openvino()
    openvino.save_model(model, path, compress_to_fp16=True)
    return openvino.Core().compile_model(path, "CPU", {"INFERENCE_PRECISION_HINT": "f32"})


def average(pair: nn.Module, others: Sequence[nn.Module]) -> None:
    """Give `pair` the mean of its weights and of those of `others`, ends of one training's way.

    Raises LabError where one of them is another network.
    """
    states = [p.state_dict() for p in (pair, *others)]
    shapes = [{k: v.shape for k, v in state.items()} for state in states]
    if any(other != shapes[0] for other in shapes[1:]):
        raise LabError("runs of different networks: their weights have no mean")
    mean = {
        k: torch.stack([s[k].float() for s in states]).mean(0) if v.is_floating_point() else v
        for k, v in states[0].items()
    }
    pair.load_state_dict(mean)


def ship(
    run: Path,
    target: Path,
    name: str,
    about: dict[str, Any],
    windows: dict[str, NDArray] | None = None,
    also: Sequence[Path] = (),
) -> None:
    """Write sheet.xml, audio.xml (16-bit weights), pair.safetensors and card.json into `target`.

    Both forms must agree to a cosine of 0.999 on random windows, else LabError.

    windows : of each side, for networks of 8 bits (`eight_bit`), which must agree on them to .99 on
        average.
    also : other runs of our pair, whose weights are averaged with the first one's (`average`).
    """
    from safetensors.torch import save_file

    pair, towers, facts = towers_of(run)
    if also:
        average(pair, [load_pair(other) for other in also])
    target.mkdir(parents=True, exist_ok=True)
    rng = np.random.default_rng(0)
    examples = windows or {
        "sheet": rng.integers(0, 256, (4, WINDOW_HEIGHT, WINDOW_WIDTH)).astype(np.uint8),
        "audio": rng.random((4, WINDOW_FRAMES, BANDS)).astype(np.float32),
    }
    for side, tower in towers.items():
        tower.eval()
        example = torch.from_numpy(examples[side])
        model = traced(tower, example)
        if windows is not None:
            model = eight_bit(model, examples[side])
        compiled = saved(model, target / f"{side}.xml")
        with torch.no_grad():
            wanted = tower(example).numpy()
        cosines = (compiled(examples[side])[0] * wanted).sum(1)
        cosine, least = (cosines.min(), 0.999) if windows is None else (cosines.mean(), 0.99)
        if cosine < least:
            raise LabError(f"{side}: OpenVINO and torch differ (cosine {cosine:.4f})")
    (target / "pair.safetensors").unlink(missing_ok=True)
    state = {k: v.half() if v.is_floating_point() else v for k, v in pair.state_dict().items()}
    save_file({k: v.contiguous() for k, v in state.items()}, target / "pair.safetensors")
    (target / "pair.safetensors").chmod(0o644)
    settings = json.loads((run / "settings.json").read_text())
    weights = sum(p.numel() for p in pair.parameters())
    card = {
        "name": name,
        **facts,
        "weights": weights,
        "bits": 16 if windows is None else 8,
        "licence": "Apache-2.0",
        "settings": settings,
        **about,
    }
    (target / "card.json").write_text(json.dumps(card, indent=1) + "\n")
