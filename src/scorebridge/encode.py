"""Windows to unit vectors, and whole files to sequences of them.

The encoders are a pair of small networks in OpenVINO form (torch is for training
only): `models/<name>/` holds `sheet.xml`, `audio.xml`, their weights and
`card.json`. On two cores OpenVINO runs them in bfloat16 where the processor has
it, five times as fast as torch, with a cosine of 0.99999 to float32.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from scorebridge.audio import spectrogram as audio
from scorebridge.errors import InputError, ModelError, ScoreError, unreadable
from scorebridge.openvino import import_openvino
from scorebridge.score import strips as sheet
from scorebridge.types import Encoded, Kind, Page, Place, System
from scorebridge.windows import halfway

MODELS = Path(__file__).parent / "models"
BATCH = 256  # windows encoded at a time


class Encoder(Protocol):
    """A pair of encoders into one space. `name` identifies the very weights.

    One whose attribute `paced` is true gets audio windows that hear longer where music is
    slow (`audio.spectrogram.paces`), as it was trained with. One whose attribute `by_page` is true,
    as the papers' are, gets pages scaled to one width and not staves to one size.
    """

    name: str
    dim: int

    def sheet(self, windows: NDArray[np.uint8]) -> NDArray[np.float32]:
        """uint8 [n, 80, 180], 255 white -> float32 [n, dim], rows of unit length."""
        ...

    def audio(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        """float32 [n, 84, 92], log10(1 + x) -> float32 [n, dim], rows of unit length."""
        ...


def load_encoder(name: str | None = None) -> Encoder:
    """The encoder called `name`, else `$SCOREBRIDGE_MODEL`, else the one that ships.

    `name` is a folder of `models/`, the path of such a folder, or `module:callable`,
    called without arguments to give an `Encoder`. Raises `ModelError`.
    """
    name = name or os.environ.get("SCOREBRIDGE_MODEL") or "default"
    module, colon, attribute = name.partition(":")
    if colon and module.replace(".", "").isidentifier():
        try:
            return getattr(import_module(module), attribute)()
        except (ImportError, AttributeError) as error:
            raise ModelError(f"No encoder {name!r}: {error}.") from error
    folder = MODELS / name
    return OpenVinoEncoder(folder if folder.is_dir() else Path(name))


class OpenVinoEncoder:
    """The pair in `folder`, each network compiled when first used (about 0.3 s).

    precision : "bf16" or "f32"; by default bf16 where the processor has it.
    """

    def __init__(self, folder: Path, precision: str | None = None) -> None:
        files = [folder / name for name in ("card.json", "sheet.xml", "audio.xml")]
        missing = [file.name for file in files if not file.is_file()]
        if missing:
            raise ModelError(
                f"{folder}: no encoder there ({', '.join(missing)} missing). Reinstall Scorebridge,"
                " or name another with SCOREBRIDGE_MODEL (a folder made by `scorebridge lab`)."
            )
        try:
            self.card: dict[str, Any] = json.loads(files[0].read_text("utf-8"))
            self.dim = int(self.card["dim"])
            self.paced = bool(self.card.get("paced", False))
            self.by_page = bool(self.card.get("by_page", False))
            called = str(self.card.get("name", folder.name))
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise ModelError(f"{files[0]}: not a model card ({error!r}).") from error
        self.name = (
            f"{called}-{_digest(folder)}{'p' if self.paced else ''}{'w' if self.by_page else ''}"
        )
        self.folder, self._precision = folder, precision
        self._compiled: dict[str, Any] = {}

    def sheet(self, windows: NDArray[np.uint8]) -> NDArray[np.float32]:
        """See `Encoder.sheet`."""
        return self._run("sheet", windows)

    def audio(self, windows: NDArray[np.float32]) -> NDArray[np.float32]:
        """See `Encoder.audio`."""
        return self._run("audio", windows)

    def _run(self, side: str, windows: NDArray) -> NDArray[np.float32]:
        if side not in self._compiled:
            self._compiled[side] = self._compile(side)
        out = np.empty((len(windows), self.dim), np.float32)
        for k in range(0, len(windows), BATCH):
            result = self._compiled[side](np.ascontiguousarray(windows[k : k + BATCH]))[0]
            if result.shape[1:] != (self.dim,):
                raise ModelError(
                    f"{self.folder}: {side}.xml gives vectors of shape {result.shape[1:]},"
                    f" its card says {self.dim}."
                )
            out[k : k + BATCH] = result
        return out / np.maximum(np.linalg.norm(out, axis=1, keepdims=True), 1e-12)

    def _compile(self, side: str) -> Any:
        core = import_openvino().Core()
        bf16 = "BF16" in core.get_property("CPU", "OPTIMIZATION_CAPABILITIES")
        hints = {
            # One request over all cores at a time: batches are large enough to fill them.
            "PERFORMANCE_HINT": "LATENCY",
            "INFERENCE_PRECISION_HINT": self._precision or ("bf16" if bf16 else "f32"),
        }
        try:
            return core.compile_model(self.folder / f"{side}.xml", "CPU", hints)
        except RuntimeError as error:
            raise ModelError(
                f"{self.folder / side}.xml cannot be used: {str(error).strip().splitlines()[-1]}"
            ) from error


def _digest(folder: Path) -> str:
    """Eight hex digits that change with the weights: libraries must not mix them."""
    digest = hashlib.sha256()
    for name in ("sheet.xml", "sheet.bin", "audio.xml", "audio.bin"):
        if (folder / name).is_file():
            digest.update((folder / name).read_bytes())
    return digest.hexdigest()[:8]


def encode_score(
    path: Path | str,
    encoder: Encoder,
    systems_of: Callable[[Page], list[System]] | None = None,
) -> Encoded:
    """Read a score file (see `read_score`) and encode the windows of the unrolled score."""
    cut = partial(sheet.strip_of, by_page=is_by_page(encoder))
    strip, pages, places = read_score(path, cut, systems_of)
    return replace(encode_strip(strip, encoder), pages=pages, places=places)


def read_score(
    path: Path | str,
    cut_system: Callable[[Page, System], sheet.Strip] = sheet.strip_of,
    systems_of: Callable[[Page], list[System]] | None = None,
) -> tuple[NDArray[np.uint8], int, tuple[Place, ...]]:
    """Read a score file, find its systems and unroll them.

    systems_of : finds the systems of a page; by default `score.layout.find_systems`.

    Returns the unrolled score, uint8 [STRIP_HEIGHT, width], the number of pages, and where each
    system lies. Pages are read one after the other and let go; only their strips stay (about
    70 kB a system). Pages without music are fine, a file without any is a `ScoreError`.
    """
    from scorebridge.score.layout import find_systems
    from scorebridge.score.pages import read_pages

    path = Path(path)
    pages, cut, systems = 0, [], []
    for page in read_pages(path):
        pages += 1
        for system in (systems_of or find_systems)(page):
            cut.append(cut_system(page, system))
            systems.append(system)
    if not cut:
        raise ScoreError(
            path,
            f"no staves found on {'its page' if pages == 1 else f'any of its {pages} pages'}",
            "Give printed music in staves, upright, at 100 dpi or more.",
        )
    unrolled = sheet.unroll(cut)
    edges = unrolled.offsets
    places = tuple(
        Place(
            *(c.page, c.system, c.box, c.x0, c.x1, int(start), int(stop)),
            *(s.bars, s.repeats, c.xs),
        )
        for c, s, start, stop in zip(cut, systems, edges, edges[1:], strict=False)
    )
    return unrolled.image, pages, places


def encode_strip(strip: NDArray[np.uint8], encoder: Encoder) -> Encoded:
    """The windows of an unrolled score, uint8 [STRIP_HEIGHT, width]: a score without places."""
    width = strip.shape[1]
    centers = sheet.window_centers(width)
    encode = partial(_encode, partial(sheet.cut_windows, strip), encoder.sheet)
    vectors, between = encode(centers), encode(halfway(centers))
    positions = centers.astype(np.float32)
    return Encoded("score", vectors, positions, float(width), between=between)


def encode_recording(path: Path | str, encoder: Encoder) -> Encoded:
    """Decode a recording and encode its windows. Raises `AudioError`."""
    from scorebridge.audio.decode import decode

    samples = decode(path)
    spectrum = audio.spectrogram(samples)
    duration = len(samples) / audio.SAMPLE_RATE
    del samples
    return replace(encode_spectrum(spectrum, encoder), extent=duration)


def encode_spectrum(spectrum: NDArray[np.float32], encoder: Encoder) -> Encoded:
    """The windows of a spectrogram, float32 [frames, BANDS]; its extent is that of the frames."""
    centers = audio.window_centers(len(spectrum))
    pace = paces_for(encoder, spectrum)
    encode = partial(_encode, partial(_hear, spectrum, pace), encoder.audio)
    vectors, between = encode(centers), encode(halfway(centers))
    positions = (centers / audio.FRAME_RATE).astype(np.float32)
    extent = len(spectrum) / audio.FRAME_RATE
    return Encoded("recording", vectors, positions, extent, between=between)


def is_paced(encoder: Encoder) -> bool:
    """Whether an encoder gets paced audio windows, see `Encoder`."""
    return getattr(encoder, "paced", False)


def is_by_page(encoder: Encoder) -> bool:
    """Whether an encoder gets pages scaled to one width, see `Encoder`."""
    return getattr(encoder, "by_page", False)


def paces_for(encoder: Encoder, spectrum: NDArray[np.float32]) -> NDArray[np.float32]:
    """How many times as long as usual its windows hear at each frame: float32 [frames]."""
    return audio.paces(spectrum) if is_paced(encoder) else np.ones(len(spectrum), np.float32)


def _hear(
    spectrum: NDArray[np.float32], pace: NDArray[np.float32], centers: NDArray[np.int64]
) -> NDArray[np.float32]:
    return audio.cut_windows(spectrum, centers, pace=pace[np.clip(centers, 0, len(pace) - 1)])


def encode_file(
    path: Path | str,
    encoder: Encoder,
    systems_of: Callable[[Page], list[System]] | None = None,
) -> Encoded:
    """`encode_score` or `encode_recording`, by `detect_kind`."""
    if detect_kind(path) == "score":
        return encode_score(path, encoder, systems_of=systems_of)
    return encode_recording(path, encoder)


def _encode(
    cut: Callable[[NDArray[np.int64]], NDArray],
    encode: Callable[[NDArray], NDArray[np.float32]],
    centers: NDArray[np.int64],
) -> NDArray[np.float32]:
    """Cut and encode `BATCH` windows at a time (all at once would be 40 MB a minute)."""
    batches: Iterator[NDArray] = (
        encode(cut(centers[k : k + BATCH])) for k in range(0, len(centers), BATCH)
    )
    return np.concatenate(list(batches))


SCORE_ENDINGS = {".pdf", ".png", ".jpg", ".jpeg", ".jpe", ".tif", ".tiff", ".bmp", ".webp", ".gif"}
AUDIO_ENDINGS = {".wav", ".wave", ".w64", ".rf64", ".aif", ".aiff", ".aifc", ".au", ".snd", ".caf"}
AUDIO_ENDINGS |= {".flac", ".ogg", ".oga", ".opus", ".mp3", ".mp2", ".m4a", ".m4b", ".aac", ".ac3"}
AUDIO_ENDINGS |= {".wma", ".wv", ".ape", ".amr", ".tta", ".mp4", ".m4v", ".mov", ".wmv", ".asf"}
AUDIO_ENDINGS |= {".avi", ".mkv", ".mka", ".webm", ".flv", ".mpg", ".mpeg", ".3gp"}
AUDIO_MARKS = (b"fLaC", b"OggS", b"ID3", b".snd", b"caff", b"wvpk", b"MAC ", b"#!AMR", b"FLV\x01")
AUDIO_MARKS += (b"RF64", b"\x30\x26\xb2\x75\x8e\x66\xcf\x11", b"\x1a\x45\xdf\xa3")  # asf, mkv
PICTURE_BRANDS = (b"heic", b"heix", b"mif1", b"msf1", b"avif")  # phone pictures in an "ftyp" box


def kind_of_content(head: bytes) -> Kind | None:
    """What a file is by its first bytes (1,024 are enough), `None` if they do not tell."""
    from scorebridge.score.pages import sniff

    if head.startswith(AUDIO_MARKS):
        return "recording"
    if head[4:8] == b"ftyp":
        return "score" if head[8:12] in PICTURE_BRANDS else "recording"
    if sniff(head):
        return "score"
    forms = (b"WAVE", b"AVI ", b"AIFF", b"AIFC")
    return "recording" if head[:4] in (b"RIFF", b"FORM") and head[8:12] in forms else None


def guess_kind(path: Path | str) -> Kind | None:
    """By content, else by ending; `None` for other files. Raises `InputError` if unreadable."""
    path = Path(path)
    try:
        with path.open("rb") as file:
            head = file.read(1024)
    except OSError as error:
        raise unreadable(path, error) from error
    ending = path.suffix.lower()
    kind = kind_of_content(head)
    if kind is None and ending in SCORE_ENDINGS:
        kind = "score"
    elif kind is None and ending in AUDIO_ENDINGS:
        kind = "recording"
    return kind


def detect_kind(path: Path | str) -> Kind:
    """Score or recording, by content, else by ending. Raises `InputError` for anything else."""
    kind = guess_kind(path)
    if kind is None:
        raise InputError(
            path,
            "is neither a score nor a recording that Scorebridge can read",
            "Scores: PDF, PNG, JPEG, TIFF; recordings: wav, flac, ogg, mp3, m4a, wma, video.",
        )
    return kind
