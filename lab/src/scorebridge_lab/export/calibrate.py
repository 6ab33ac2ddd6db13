"""`scorebridge-lab calibrate`: make confidences mean what they say, for one pair of encoders.

Packed training pieces are asked for among others of them, both ways: whole pieces and
fragments of some seconds, half of them worn by the augmentation of training (ink, blur,
equaliser, noise, rooms), in libraries of three sizes, each question once in a library that holds
the piece and once in one that does not. Every answer among the first three is right or
wrong; a logistic regression on `confidence.FEATURES` does the rest. No evaluation set is
looked at. Pieces that the encoders were trained on look surer than strangers; wear counters
that in part, and `lab evaluate rejection` says what remains on real scans.

Cost: about four minutes on a free core, most of it encoding.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

import numpy as np
from numpy.typing import NDArray
from rich.progress import track

from scorebridge.alignment.align import evidence_of
from scorebridge.alignment.structure import SYSTEM
from scorebridge.audio import spectrogram as audio
from scorebridge.encode.documents import encode_spectrum, encode_strip
from scorebridge.encode.encoder import Encoder, paces_for
from scorebridge.encode.runtime import BATCH
from scorebridge.retrieval.confidence import GENERIC, Calibration, fit, logistic, probability
from scorebridge.retrieval.find import answers_to, likeness
from scorebridge.score import strips as sheet
from scorebridge.types import Encoded, Kind, Place
from scorebridge.windows import halfway
from scorebridge_lab.benchmarks.distractors import (
    library_of,
    packed_files,
    recording_of,
    score_of,
    spread,
)
from scorebridge_lab.benchmarks.sets import fragment
from scorebridge_lab.dataset.pack import Packed, load, performances_of, restored
from scorebridge_lab.dataset.pairs import LONG, WIDE
from scorebridge_lab.errors import LabError
from scorebridge_lab.evaluate.metrics import area_under_roc, calibration_error

LENGTHS = (5.0, 10.0, 20.0, 45.0, 0.0)  # s asked for; 0 is the whole piece
SHARES = (2, 8, 24)  # the pieces are dealt into so many libraries of equal size
PAIR_LENGTHS = (10.0, 30.0, 0.0)
TOP = 3  # answers of each question that are judged
FALSE_ACCEPTS = 0.002  # of the questions without an answer that may pass the threshold
LEAST_ACCEPT = 0.9  # whatever calibration says: what is "found" is right nine times in ten
OWN_MISSED = 0.2


@dataclass(frozen=True)
class Subject:
    """One piece as it is kept and as it is asked for."""

    score: Encoded
    recording: Encoded
    worn_score: Encoded
    other_recording: Encoded
    """Another performance, worn (the same one where there is one only)."""
    cut: Callable[[Kind, bool, float, float, int], Encoded]
    """A fragment of it, which ends as short files do: kind, whether worn, shares of the whole at
    which it begins and ends, seed."""
    performances: int = 2


@dataclass(frozen=True)
class Judged:
    """Answers of all questions, one a row."""

    features: NDArray[np.float64]
    right: NDArray[np.bool_]
    first: NDArray[np.bool_]
    """Whether it was the first answer of its question."""
    present: NDArray[np.bool_]
    """Whether the piece was in the library."""
    piece: NDArray[np.int64]


def subjects(encoder: Encoder, pieces: int, seed: int = 0, performances: int = 1) -> list[Subject]:
    """Encode packed pieces of at least so many performances, evenly spaced over all there are."""
    rng = np.random.default_rng(seed)
    files = packed_files()
    if performances > 1:
        files = [path for path in files if performances_of(path) >= performances]
    out = []
    for path in track(spread(files, pieces), "encoding"):
        piece = load(path)
        if piece.strip.shape[1] < 600 or min(len(s) for s in piece.specs) < 300:
            continue
        seeds = rng.integers(2**31, size=2)
        last = len(piece.specs) - 1
        out.append(
            Subject(
                score_of(piece, encoder),
                recording_of(piece, encoder),
                worn_score(piece.strip, encoder, int(seeds[0])),
                worn_recording(piece.specs[last], encoder, int(seeds[1])),
                partial(cut_piece, piece, encoder),
                len(piece.specs),
            )
        )
    return out


def worn_score(strip: NDArray[np.uint8], encoder: Encoder, seed: int) -> Encoded:
    """As `encode_strip`, its windows through the augmentation of training."""
    import torch

    from scorebridge_lab.augment.windows import sheet_windows

    torch.manual_seed(seed)
    width = strip.shape[1]
    middles = sheet.window_centers(width)
    centers = np.concatenate([middles, halfway(middles)])
    half = WIDE // 2
    padded = np.pad(strip, ((0, 0), (half, half)), constant_values=255)
    vectors = []
    for k in range(0, len(centers), BATCH):
        wide = np.stack([padded[:, c : c + WIDE] for c in centers[k : k + BATCH]])
        ink = sheet_windows(torch.from_numpy(wide)).clamp(0, 1).numpy()
        vectors.append(encoder.sheet(np.round(255 * (1 - ink)).astype(np.uint8)))
    at, between = np.split(np.concatenate(vectors), 2)
    return Encoded("score", at, middles.astype(np.float32), float(width), between=between)


def worn_recording(spec: NDArray[Any], encoder: Encoder, seed: int) -> Encoded:
    """As `encode_spectrum` of a packed spectrogram, worn by the augmentation of training."""
    import torch

    from scorebridge_lab.augment.windows import audio_windows

    torch.manual_seed(seed)
    middles = audio.window_centers(len(spec))
    centers = np.concatenate([middles, halfway(middles)])
    half = LONG // 2
    padded = np.pad(spec, ((half, LONG - half), (0, 0)))
    pace = paces_for(encoder, restored(spec))
    vectors = []
    for k in range(0, len(centers), BATCH):
        long = np.stack([padded[c : c + LONG] for c in centers[k : k + BATCH]])
        own = torch.from_numpy(pace[np.minimum(centers[k : k + BATCH], len(pace) - 1)])
        heard = audio_windows(torch.from_numpy(long), pace=own)
        vectors.append(encoder.audio(heard.numpy()))
    at, between = np.split(np.concatenate(vectors), 2)
    positions = (middles / audio.FRAME_RATE).astype(np.float32)
    return Encoded("recording", at, positions, len(spec) / audio.FRAME_RATE, between=between)


def judge(pieces: Sequence[Subject], same: float, seed: int = 0) -> Judged:
    """Ask every piece both ways, worn and clean, in libraries with and without it."""
    rng = np.random.default_rng(seed)
    trial = replace(GENERIC, same=same)
    order = rng.permutation(len(pieces))
    rows: list[tuple[tuple[float, ...], bool, bool, bool, int]] = []
    for share in SHARES:
        parts = [order[k::share] for k in range(share)]
        if min(len(part) for part in parts) < 2:
            continue
        libraries = {
            (kind, k): library_of([getattr(pieces[p], kind) for p in part])
            for kind in ("score", "recording")
            for k, part in enumerate(parts)
        }
        for k, part in track(list(enumerate(parts)), f"{share} libraries"):
            for place, p in enumerate(part):
                for query, kind in _questions(pieces[p], rng):
                    for there in (k, (k + 1) % share):
                        found = answers_to(query, libraries[kind, there], TOP, trial)
                        for number, answer in enumerate(found[:TOP]):
                            right = there == k and answer.document == place
                            rows.append((answer.measured, right, number == 0, there == k, int(p)))
    features, right, first, present, piece = zip(*rows, strict=True)
    return Judged(
        np.array(features),
        np.array(right),
        np.array(first),
        np.array(present),
        np.array(piece),
    )


def cut_piece(
    piece: Packed,
    encoder: Encoder,
    kind: Kind,
    worn: bool,
    start: float,
    stop: float,
    seed: int,
) -> Encoded:
    """A fragment of a packed piece; worn ones of its last performance, others of its first."""
    if kind == "recording":
        spec = piece.specs[len(piece.specs) - 1 if worn else 0]
        spec = spec[round(start * len(spec)) : round(stop * len(spec)) + 1]
        if worn:
            return worn_recording(spec, encoder, seed)
        return encode_spectrum(restored(spec), encoder)
    width = piece.strip.shape[1]
    strip = piece.strip[:, round(start * width) : round(stop * width) + 1]
    return worn_score(strip, encoder, seed) if worn else encode_strip(strip, encoder)


def _questions(subject: Subject, rng: np.random.Generator) -> list[tuple[Encoded, Kind]]:
    """One question each way, of a random length, worn or clean, and the kind it asks for."""
    wholes: dict[tuple[Kind, bool], Encoded] = {
        ("recording", False): subject.recording,
        ("recording", True): subject.other_recording,
        ("score", False): subject.score,
        ("score", True): subject.worn_score,
    }
    asked: tuple[tuple[Kind, Kind], ...] = (("recording", "score"), ("score", "recording"))
    out = []
    for kind, wanted in asked:
        worn, seed = bool(rng.random() < 0.6), int(rng.integers(2**31))
        seconds = LENGTHS[rng.integers(len(LENGTHS))]
        share = min(1.0, seconds / subject.recording.extent) if seconds else 1.0
        start = rng.random() * (1 - share)
        if share == 1:
            out.append((wholes[kind, worn], wanted))
        else:
            out.append((subject.cut(kind, worn, start, start + share, seed), wanted))
    return out


def same_threshold(pieces: Sequence[Subject], seed: int = 0) -> tuple[float, dict[str, float]]:
    """The likeness from which two documents are of one work, and the quantiles behind it.

    To take strangers for one work makes answers too sure, to miss a work costs its alternatives
    confidence. The threshold lies halfway between the likest strangers and the likeness that
    `OWN_MISSED` of true pairs miss: among thousands some stranger is more alike than among
    eight, and two people are less alike than two packed performances (a rule chosen having
    seen the human evaluation set, docs/finding.md). Positive pairs: two
    performances of a piece, a clean score and a worn one. Negative: a stretch and the likest of
    eight other pieces. Raises `LabError` where no piece has two performances.
    """
    if all(piece.performances < 2 for piece in pieces):
        raise LabError(
            "the packed pieces have one performance each, so nothing tells how alike two of one"
            " work are. Build with --performances 2, or say what is known: --same."
        )
    rng = np.random.default_rng(seed)
    own, other = [], []
    for k, piece in enumerate(pieces):
        for a, b in (
            (piece.other_recording, piece.recording),
            (piece.worn_score, piece.score),
        ):
            if a is piece.other_recording and piece.performances < 2:
                continue
            share = min(1.0, 60 / len(a.vectors))
            start = rng.random() * (1 - share)
            stretch = fragment(a, start, start + share).vectors
            own.append(likeness(stretch, b.vectors))
            strangers = [s for s in rng.integers(len(pieces), size=8) if s != k]
            kept = [
                pieces[s].recording if a.kind == "recording" else pieces[s].score for s in strangers
            ]
            other.append(max((likeness(stretch, s.vectors) for s in kept), default=0.0))
    low, high = float(np.max(other)), float(np.quantile(own, OWN_MISSED))
    about = {"strangers' best": low, f"one work's {OWN_MISSED:.0%}": high}
    return max(low, (low + high) / 2), about


def pair_weights(pieces: Sequence[Subject], seed: int = 0) -> tuple[tuple[float, ...], float]:
    """Weights for `confidence.PAIR`, and their calibration error on the half not fitted on.

    Each recording, whole and in fragments of `PAIR_LENGTHS`, is aligned with its own score and
    with another's.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for k, piece in enumerate(pieces):
        for seconds in PAIR_LENGTHS:
            share = min(1.0, seconds / piece.recording.extent) if seconds else 1.0
            start = rng.random() * (1 - share)
            heard = fragment(piece.recording, start, start + share)
            other = pieces[(k + int(rng.integers(1, len(pieces)))) % len(pieces)]
            for score, right in ((piece.score, True), (other.score, False)):
                surplus, laid = evidence_of(_in_systems(score), heard)
                if laid:
                    rows.append((1.0, surplus, np.log2(laid), right, k % 2))
    found = np.array(rows)
    x, right, half = found[:, :3], found[:, 3] > 0, found[:, 4] > 0
    trial = fit(x[half], right[half], np.ones(int(half.sum())))
    error = calibration_error(logistic(x[~half] @ np.array(trial)), right[~half])
    return fit(x, right, np.ones(len(x))), error


def _in_systems(score: Encoded) -> Encoded:
    """A packed score as it would lie on a page: systems of usual width, bars unknown."""
    edges = range(0, round(score.extent), round(SYSTEM))
    box = (0.1, 0.1, 0.9, 0.2)
    places = tuple(
        Place(1, n, box, 0.1, 0.9, start, min(start + round(SYSTEM), round(score.extent)))
        for n, start in enumerate(edges, 1)
    )
    return replace(score, pages=1, places=places)


def calibrate(
    pieces: Sequence[Subject],
    seed: int = 0,
    same: float | None = None,
    twice: Sequence[Subject] = (),
) -> Calibration:
    """Fit on all pieces; what it says of quality is measured on the half not fitted on.

    same : the likeness of one work where it is known, else `same_threshold` of `twice`, pieces of
        two performances (of all pieces without).
    """
    measured: dict[str, float] = {}
    if same is None:
        same, measured = same_threshold(twice or pieces, seed)
    judged = judge(pieces, same, seed)
    half = judged.piece % 2 == 0
    trial = Calibration(_fitted(judged, half), 0.5, same)
    sure = probability(judged.features, trial)
    held = ~half & judged.first
    about = {
        "pieces": len(pieces),
        "questions": int(judged.first.sum()),
        "held out: area under ROC": area_under_roc(sure[held], judged.present[held]),
        "held out: calibration error": calibration_error(sure[held], judged.right[held]),
        "likeness": measured or "given",
    }
    weights, error = pair_weights(pieces, seed)
    about |= {"weights of pairs": [round(w, 2) for w in weights], "of pairs: error": error}
    final = Calibration(_fitted(judged, np.ones(len(half), bool)), 0.5, same)
    sure = probability(judged.features, final)
    absent = np.sort(sure[judged.first & ~judged.present])
    accept = float(absent[int(np.ceil(len(absent) * (1 - FALSE_ACCEPTS))) - 1])
    accept = float(np.ceil(100 * max(accept, LEAST_ACCEPT)) / 100)
    about = {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in about.items()
    }
    weights = tuple(round(w, 4) for w in final.weights)
    return Calibration(weights, accept, round(same, 4), about)


def _fitted(judged: Judged, chosen: NDArray[np.bool_]) -> tuple[float, ...]:
    weight = np.where(judged.first, 1.0, 0.3)
    return fit(judged.features[chosen], judged.right[chosen], weight[chosen])
