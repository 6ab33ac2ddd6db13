"""A cache on disk of what is expensive: strips of read pages, and encoded documents.

Reading a page takes a quarter of a second and encoding a minute of sound as long, so a set of
hundreds of files takes minutes. Strips are stored once for all encoders, vectors under the
encoder's name (which changes with its weights). Both are made again where the file they came
from is newer. A change of the page reader is not noticed: `fresh` reads again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import numpy as np
import soundfile
from numpy.typing import NDArray
from rich.progress import track

from scorebridge.audio.decode import decode
from scorebridge.audio.spectrogram import SAMPLE_RATE, spectrogram
from scorebridge.encode.documents import (
    cutter_for,
    encode_recording,
    encode_spectrum,
    encode_strip,
    read_score,
)
from scorebridge.encode.encoder import Encoder
from scorebridge.encode.info import EncoderInfo
from scorebridge.score.unrolled import Unrolled
from scorebridge.types import Encoded, Place
from scorebridge_lab.home import home, save_arrays


def encode_scores(paths: Sequence[Path | str], encoder: Encoder) -> list[Encoded]:
    """Encodes score files, see `cached_score`."""
    return [cached_score(Path(p), encoder) for p in track(paths, "scores")]


def encode_recordings(paths: Sequence[Path | str], encoder: Encoder) -> list[Encoded]:
    """Encodes recordings."""
    return [cached_recording(Path(p), encoder) for p in track(paths, "recordings")]


def cached_score(path: Path, encoder: Encoder, fresh: bool = False) -> Encoded:
    """A score file, encoded, its places with their bars and all.

    fresh : read the pages again.
    """
    read = cached_strip(path, encoder.info, fresh)
    target = _vectors(path, encoder)
    if not _newer(target, read, "between"):
        with np.load(read) as stored:
            encoded = encode_strip(_unrolled(stored), encoder)
        plain = restore(read)
        save(replace(encoded, pages=plain.pages, places=plain.places), target)
    return restore(target)


def cached_strip(path: Path, info: EncoderInfo | None = None, fresh: bool = False) -> Path:
    """The cached file of a score's unrolled strips, beside its places (`restore`).

    info : of the encoder that reads the strips; by default one that reads two staves.
    fresh : see `cached_score`.
    """
    info = info or EncoderInfo("", 0)
    kind = "strips-by-page" if info.by_page else "strips-of-all-staves" if info.pools else "strips"
    read = home() / kind / f"{_stem(path)}.npz"
    if fresh or not _newer(read, path, "systems"):
        unrolled, pages, places = read_score(path, cutter_for(info))
        none = np.zeros((0, 1), np.float32)
        plain = Encoded("score", none, none[:, 0], float(unrolled.width), pages, places)
        save(plain, read, unrolled)
    return read


def cached_recording(path: Path, encoder: Encoder) -> Encoded:
    """A recording, encoded."""
    target = _vectors(path, encoder)
    if not _newer(target, path, "between"):
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


def cut_score(path: Path, spans: Sequence[tuple[float, float]], encoder: Encoder) -> list[Encoded]:
    """Passages of a score, encoded as pages of their own would be, without places.

    spans : columns of the unrolled score, as `cached_score` encodes it.
    """
    with np.load(cached_strip(path, encoder.info)) as stored:
        unrolled = _unrolled(stored)
    return [
        encode_strip(unrolled.cut(round(a), max(round(b), round(a) + 1)), encoder) for a, b in spans
    ]


def _unrolled(stored: Mapping[str, NDArray[np.uint8]]) -> Unrolled:
    """The unrolled score of a file that `save` wrote."""
    return Unrolled(tuple(stored[f"system_{k}"] for k in range(int(stored["systems"]))))


def save(encoded: Encoded, path: Path, unrolled: Unrolled | None = None) -> None:
    """Writes one encoded document, and its unrolled score where it is given."""
    places = json.dumps([asdict(place) for place in encoded.places])
    systems = () if unrolled is None else unrolled.systems
    more: dict[str, NDArray] = {f"system_{k}": system for k, system in enumerate(systems)}
    if unrolled is not None:
        more["systems"] = np.array(len(systems))
    save_arrays(
        path,
        kind=np.array(encoded.kind),
        vectors=encoded.vectors,
        positions=encoded.positions,
        extent=np.array(encoded.extent),
        pages=np.array(encoded.pages),
        places=np.array(places),
        between=encoded.halfway,
        **more,
    )


def restore(path: Path) -> Encoded:
    """Reads what `save` wrote."""
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
            stored["between"] if "between" in stored.files else None,
        )


def _place(fields: dict[str, Any]) -> Place:
    """A place from JSON, whose lists become tuples again."""

    def frozen(value: Any) -> Any:
        return tuple(map(frozen, value)) if isinstance(value, list) else value

    return Place(**{name: frozen(value) for name, value in fields.items()})


def _stem(path: Path) -> str:
    return f"{path.parent.name}__{path.stem}"


def _vectors(path: Path, encoder: Encoder) -> Path:
    return home() / "vectors" / encoder.info.name / "files" / f"{_stem(path)}.npz"


def _newer(made: Path, source: Path, holds: str = "kind") -> bool:
    """Whether `made` is there as this version writes it, and not older than its source."""
    if not made.exists() or made.stat().st_mtime < source.stat().st_mtime:
        return False
    with np.load(made) as stored:
        return holds in stored.files
