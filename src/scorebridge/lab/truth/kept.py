"""What is expensive is kept on disk: windows of read pages, and encoded documents.

Reading a page takes a quarter of a second and encoding a minute of sound as long, so a set of
hundreds of files takes minutes. Windows are kept once for all encoders, vectors under the
encoder's name (which changes with its weights). Both are made again where the file they came
from is newer. A page reader that changed is not noticed: `fresh` reads again.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray
from rich.progress import track

from scorebridge.audio.decode import decode
from scorebridge.audio.spectrogram import BANDS, SAMPLE_RATE, WINDOW_FRAMES, spectrogram
from scorebridge.encode import (
    Encoder,
    encode_recording,
    encode_score,
    encode_spectrum,
    encode_strip,
)
from scorebridge.errors import LabError
from scorebridge.lab.home import home, keep_arrays
from scorebridge.score.strips import STRIP_HEIGHT, WINDOW_HEIGHT, WINDOW_WIDTH, strip_of
from scorebridge.types import Encoded, Place


class Keeper:
    """An encoder that keeps the windows it is given, so that they are read from disk only once."""

    name, dim = "keeper", 1

    def __init__(self) -> None:
        self.kept: list[NDArray[np.uint8]] = []

    def sheet(self, windows: NDArray[np.uint8]) -> NDArray[np.float32]:
        """Keep; vectors mean nothing."""
        self.kept.append(windows)
        return np.ones((len(windows), 1), np.float32)

    def audio(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        """Not for recordings: those are quick to decode again."""
        raise LabError(f"keeper got {len(windows)} audio windows of {WINDOW_FRAMES} x {BANDS}")


def encode_scores(
    paths: Sequence[Path | str], encoder: Encoder, by_page: bool = False
) -> list[Encoded]:
    """Encode score files, see `kept_score`."""
    return [kept_score(Path(p), encoder, by_page) for p in track(paths, "scores")]


def encode_recordings(paths: Sequence[Path | str], encoder: Encoder) -> list[Encoded]:
    """Encode recordings."""
    return [kept_recording(Path(p), encoder) for p in track(paths, "recordings")]


def kept_score(path: Path, encoder: Encoder, by_page: bool = False, fresh: bool = False) -> Encoded:
    """A score file, encoded, its places with their bars and all.

    by_page : scale by the page's width, as the papers do.
    fresh : read the pages again.
    """
    ending = "-by-page" if by_page else ""
    target = _vectors(path, encoder, ending)
    windows = _windows(path, ending)
    if fresh or not _newer(windows, path):
        keeper = Keeper()
        plain = encode_score(path, keeper, partial(strip_of, by_page=by_page))
        save(replace(plain, vectors=np.zeros((0, 1), np.float32)), windows, keeper.kept)
    if not _newer(target, windows):
        with np.load(windows) as stored:
            vectors = encoder.sheet(stored["windows"])
        save(replace(restore(windows), vectors=vectors), target)
    return restore(target)


def kept_recording(path: Path, encoder: Encoder) -> Encoded:
    """A recording, encoded."""
    target = _vectors(path, encoder)
    if not _newer(target, path):
        save(encode_recording(path, encoder), target)
    return restore(target)


def cut_recording(
    path: Path, spans: Sequence[tuple[float, float]], encoder: Encoder
) -> list[Encoded]:
    """Passages of a recording, encoded as files of their own would be. spans : seconds."""
    out = []
    whole = None
    for start, stop in spans:
        if path.suffix == ".flac":  # the sets' own: mono at our rate
            first, last = round(start * SAMPLE_RATE), round(stop * SAMPLE_RATE)
            samples = soundfile.read(path, start=first, stop=last, dtype="float32")[0]
            samples = np.asarray(samples, np.float32)
        else:
            whole = decode(path) if whole is None else whole
            samples = whole[round(start * SAMPLE_RATE) : round(stop * SAMPLE_RATE)]
        out.append(encode_spectrum(spectrogram(samples), encoder))
    return out


def cut_score(
    path: Path, spans: Sequence[tuple[float, float]], encoder: Encoder, by_page: bool = False
) -> list[Encoded]:
    """Passages of a score, encoded as pages of their own would be, without places.

    spans : columns of the unrolled score, as `kept_score` encodes it.
    """
    kept_score(path, encoder, by_page)
    with np.load(_windows(path, "-by-page" if by_page else "")) as stored:
        windows, centers = stored["windows"], np.round(stored["positions"]).astype(int)
        width = round(float(stored["extent"]))
    half = WINDOW_WIDTH // 2
    strip = np.full((STRIP_HEIGHT, width + WINDOW_WIDTH), 255, np.uint8)
    top = (STRIP_HEIGHT - WINDOW_HEIGHT) // 2
    for window, center in zip(windows, centers, strict=True):
        strip[top : top + WINDOW_HEIGHT, center : center + WINDOW_WIDTH] = window
    strip = strip[:, half : half + width]
    return [
        encode_strip(strip[:, round(a) : max(round(b), round(a) + 1)], encoder) for a, b in spans
    ]


def save(encoded: Encoded, path: Path, windows: Sequence[NDArray[np.uint8]] = ()) -> None:
    """Write one encoded document, and its windows where there are any."""
    places = json.dumps([asdict(place) for place in encoded.places])
    more: dict[str, NDArray] = {"windows": np.concatenate(windows)} if windows else {}
    keep_arrays(
        path,
        kind=np.array(encoded.kind),
        vectors=encoded.vectors,
        positions=encoded.positions,
        extent=np.array(encoded.extent),
        pages=np.array(encoded.pages),
        places=np.array(places),
        **more,
    )


def restore(path: Path) -> Encoded:
    """What `save` wrote."""
    with np.load(path) as stored:
        places = tuple(_place(fields) for fields in json.loads(str(stored["places"])))
        kind = "score" if str(stored["kind"]) == "score" else "recording"
        return Encoded(
            kind,
            stored["vectors"],
            stored["positions"],
            float(stored["extent"]),
            int(stored["pages"]),
            places,
        )


def _place(fields: dict[str, Any]) -> Place:
    """A place from JSON, whose lists become tuples again."""

    def frozen(value: Any) -> Any:
        return tuple(map(frozen, value)) if isinstance(value, list) else value

    return Place(**{name: frozen(value) for name, value in fields.items()})


def _stem(path: Path) -> str:
    return f"{path.parent.name}__{path.stem}"


def _windows(path: Path, ending: str = "") -> Path:
    return home() / f"windows{ending}" / f"{_stem(path)}.npz"


def _vectors(path: Path, encoder: Encoder, ending: str = "") -> Path:
    return home() / f"vectors{ending}" / encoder.name / "files" / f"{_stem(path)}.npz"


def _newer(made: Path, source: Path) -> bool:
    """Whether `made` is there as this version writes it, and not older than its source."""
    if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
        return False
    with np.load(made) as stored:
        return "kind" in stored.files
