"""Calibration: confidences that are probabilities, fitted for one pair of encoders.

Packed training pieces are queries among others of them, both ways: whole pieces and fragments of
some seconds, half of them augmented as in training (ink, blur, equaliser, noise, rooms), in
libraries of three sizes, each query once in a library that holds the piece and once in one that
does not. Every answer among the first three is right or wrong; a logistic regression on
`confidence.FEATURES` does the rest. No evaluation set is used. Pieces that the encoders were
trained on give higher confidences than strangers; augmentation counters that in part, and
`scorebridge-lab evaluate rejection` measures what remains on real scans.

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

from scorebridge.alignment.align import pair_evidence
from scorebridge.alignment.jump_penalties import TYPICAL_SYSTEM
from scorebridge.audio import spectrogram as audio
from scorebridge.encode.calibration import GENERIC, Calibration
from scorebridge.encode.documents import encode_spectrum, encode_strip
from scorebridge.encode.encoder import Encoder, paces_for
from scorebridge.encode.runtime import BATCH
from scorebridge.retrieval.confidence import fit, logistic, probability
from scorebridge.retrieval.find import answers_to
from scorebridge.retrieval.works import likeness
from scorebridge.score.strips import STRIP_HEIGHT
from scorebridge.score.unrolled import Unrolled, cut_windows, window_centers
from scorebridge.types import Encoded, Kind, Place
from scorebridge.windows import halfway
from scorebridge_lab.benchmarks.distractors import packed_files, spread
from scorebridge_lab.benchmarks.encoded import fragment, library_of, recording_of, score_of
from scorebridge_lab.dataset.pack import Packed, load, performances_of
from scorebridge_lab.dataset.pairs import PAIR_COLUMNS, PAIR_FRAMES
from scorebridge_lab.dataset.staff_views import unrolled_of
from scorebridge_lab.errors import LabError
from scorebridge_lab.metrics import area_under_roc, calibration_error
from scorebridge_lab.spectra import restored

LENGTHS = (5.0, 10.0, 20.0, 45.0, 0.0)  # s of a query; 0 is the whole piece
LIBRARIES = (2, 8, 24)  # numbers of libraries of equal size into which the pieces are dealt
PAIR_LENGTHS = (10.0, 30.0, 0.0)  # s
TOP = 3  # answers of each query that count
AUGMENTED_SHARE = 0.6  # of the queries
FALSE_ACCEPTS = 0.002  # share of the queries without an answer that may pass the threshold
MIN_ACCEPT = 0.9  # whatever is fitted: what is "found" is right nine times in ten
MISSED_PAIRS = 0.2  # share of true pairs whose likeness `same_threshold` gives up
STRANGERS = 8  # pieces that a stretch is compared with
MIN_COLUMNS, MIN_FRAMES = 600, 300  # of a piece


@dataclass(frozen=True)
class Subject:
    """One piece as documents of a library and as queries."""

    score: Encoded
    recording: Encoded
    augmented_score: Encoded
    other_recording: Encoded
    """Another performance, augmented (the same one where there is one only)."""
    cut: Callable[[Kind, bool, float, float, int], Encoded]
    """A fragment of it, which ends as short files do: kind, whether augmented, shares of the whole
    at which it begins and ends, seed."""
    performances: int = 2


@dataclass(frozen=True)
class AnswerTable:
    """Answers to all queries, one a row."""

    features: NDArray[np.float64]
    right: NDArray[np.bool_]
    first: NDArray[np.bool_]
    """Whether it is the first answer to its query."""
    present: NDArray[np.bool_]
    """Whether the piece is in the library."""
    piece: NDArray[np.int64]


def subjects(encoder: Encoder, pieces: int, seed: int = 0, performances: int = 1) -> list[Subject]:
    """Encodes packed pieces of at least so many performances, evenly spaced over all there are."""
    rng = np.random.default_rng(seed)
    files = packed_files()
    if performances > 1:
        files = [path for path in files if performances_of(path) >= performances]
    out = []
    for path in track(spread(files, pieces), "encoding"):
        piece = load(path)
        if piece.strip.shape[1] < MIN_COLUMNS or min(map(len, piece.specs)) < MIN_FRAMES:
            continue
        seeds, whole = rng.integers(2**31, size=2), unrolled_of(piece, encoder.info)
        last = len(piece.specs) - 1
        out.append(
            Subject(
                score=score_of(piece, encoder),
                recording=recording_of(piece, encoder),
                augmented_score=augmented_score(whole, encoder, int(seeds[0])),
                other_recording=augmented_recording(piece.specs[last], encoder, int(seeds[1])),
                cut=partial(cut_piece, piece, encoder),
                performances=len(piece.specs),
            )
        )
    return out


def augmented_score(unrolled: Unrolled, encoder: Encoder, seed: int) -> Encoded:
    """As `encode_strip`, its windows through the augmentation of training."""
    import torch

    from scorebridge_lab.augment.windows import sheet_windows

    torch.manual_seed(seed)
    width = unrolled.width
    middles = window_centers(width)
    centers = np.concatenate([middles, halfway(middles)])
    vectors = []
    for k in range(0, len(centers), BATCH):
        wide, owner = cut_windows(
            unrolled, centers[k : k + BATCH], size=(STRIP_HEIGHT, PAIR_COLUMNS)
        )
        ink = sheet_windows(torch.from_numpy(wide)).clamp(0, 1).numpy()
        vectors.append(encoder.sheet(np.round(255 * (1 - ink)).astype(np.uint8), owner))
    at, between = np.split(np.concatenate(vectors), 2)
    return Encoded("score", at, middles.astype(np.float32), float(width), between=between)


def augmented_recording(spec: NDArray[Any], encoder: Encoder, seed: int) -> Encoded:
    """As `encode_spectrum` of a packed spectrogram, through the augmentation of training."""
    import torch

    from scorebridge_lab.augment.windows import audio_windows

    torch.manual_seed(seed)
    middles = audio.window_centers(len(spec))
    centers = np.concatenate([middles, halfway(middles)])
    half = PAIR_FRAMES // 2
    padded = np.pad(spec, ((half, PAIR_FRAMES - half), (0, 0)))
    pace = paces_for(encoder, restored(spec))
    vectors = []
    for k in range(0, len(centers), BATCH):
        long = np.stack([padded[c : c + PAIR_FRAMES] for c in centers[k : k + BATCH]])
        own = torch.from_numpy(pace[np.minimum(centers[k : k + BATCH], len(pace) - 1)])
        heard = audio_windows(torch.from_numpy(long), pace=own)
        vectors.append(encoder.audio(heard.numpy()))
    at, between = np.split(np.concatenate(vectors), 2)
    positions = (middles / audio.FRAME_RATE).astype(np.float32)
    return Encoded("recording", at, positions, len(spec) / audio.FRAME_RATE, between=between)


def answers_of(pieces: Sequence[Subject], same: float, seed: int = 0) -> AnswerTable:
    """Asks every piece both ways, augmented and clean, in libraries with and without it."""
    rng = np.random.default_rng(seed)
    trial = replace(GENERIC, same=same)
    order = rng.permutation(len(pieces))
    rows: list[tuple[tuple[float, ...], bool, bool, bool, int]] = []
    for share in LIBRARIES:
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
                for query, kind in _queries(pieces[p], rng):
                    for there in (k, (k + 1) % share):
                        found = answers_to(query, libraries[kind, there], TOP, trial)
                        for number, answer in enumerate(found[:TOP]):
                            right = there == k and answer.document == place
                            rows.append((answer.features, right, number == 0, there == k, int(p)))
    features, right, first, present, piece = zip(*rows, strict=True)
    return AnswerTable(
        features=np.array(features),
        right=np.array(right),
        first=np.array(first),
        present=np.array(present),
        piece=np.array(piece),
    )


def cut_piece(
    piece: Packed,
    encoder: Encoder,
    kind: Kind,
    augmented: bool,
    start: float,
    stop: float,
    seed: int,
) -> Encoded:
    """A fragment of a packed piece; augmented ones of its last performance, others of its first."""
    if kind == "recording":
        spec = piece.specs[len(piece.specs) - 1 if augmented else 0]
        spec = spec[round(start * len(spec)) : round(stop * len(spec)) + 1]
        if augmented:
            return augmented_recording(spec, encoder, seed)
        return encode_spectrum(restored(spec), encoder)
    width = piece.strip.shape[1]
    strip = unrolled_of(piece, encoder.info).cut(round(start * width), round(stop * width) + 1)
    return augmented_score(strip, encoder, seed) if augmented else encode_strip(strip, encoder)


def _queries(subject: Subject, rng: np.random.Generator) -> list[tuple[Encoded, Kind]]:
    """One query each way, of a random length, augmented or clean, and the kind it asks for."""
    wholes: dict[tuple[Kind, bool], Encoded] = {
        ("recording", False): subject.recording,
        ("recording", True): subject.other_recording,
        ("score", False): subject.score,
        ("score", True): subject.augmented_score,
    }
    asked: tuple[tuple[Kind, Kind], ...] = (("recording", "score"), ("score", "recording"))
    out = []
    for kind, wanted in asked:
        augmented, seed = bool(rng.random() < AUGMENTED_SHARE), int(rng.integers(2**31))
        seconds = LENGTHS[rng.integers(len(LENGTHS))]
        share = min(1.0, seconds / subject.recording.extent) if seconds else 1.0
        start = rng.random() * (1 - share)
        if share == 1:
            out.append((wholes[kind, augmented], wanted))
        else:
            out.append((subject.cut(kind, augmented, start, start + share, seed), wanted))
    return out


def same_threshold(pieces: Sequence[Subject], seed: int = 0) -> tuple[float, dict[str, float]]:
    """The likeness from which two documents are of one work, and the quantiles behind it.

    Strangers that count as one work make answers overconfident; a work that is missed costs its
    alternatives confidence. The threshold lies halfway between the most similar strangers and the
    likeness that `MISSED_PAIRS` of true pairs miss: among thousands some stranger is more similar
    than among eight, and two people are less similar than two packed performances (the rule was
    chosen with the human evaluation set in view). Positive pairs: two performances of a piece, a
    clean score and an augmented one. Negative: a stretch and the most similar of eight other
    pieces.
    Raises `LabError` where no piece has two performances.
    """
    if all(piece.performances < 2 for piece in pieces):
        raise LabError(
            "the packed pieces have one performance each, so the likeness of two performances is"
            " unknown. Build with --performances 2, or give the likeness: --same."
        )
    rng = np.random.default_rng(seed)
    own, other = [], []
    for k, piece in enumerate(pieces):
        for a, b in (
            (piece.other_recording, piece.recording),
            (piece.augmented_score, piece.score),
        ):
            if a is piece.other_recording and piece.performances < 2:
                continue
            share = min(1.0, 60 / len(a.vectors))
            start = rng.random() * (1 - share)
            stretch = fragment(a, start, start + share).vectors
            own.append(likeness(stretch, b.vectors))
            strangers = [s for s in rng.integers(len(pieces), size=STRANGERS) if s != k]
            others = [
                pieces[s].recording if a.kind == "recording" else pieces[s].score for s in strangers
            ]
            other.append(max((likeness(stretch, s.vectors) for s in others), default=0.0))
    low, high = float(np.max(other)), float(np.quantile(own, MISSED_PAIRS))
    about = {"strangers' best": low, f"one work's {MISSED_PAIRS:.0%}": high}
    return max(low, (low + high) / 2), about


def pair_weights(pieces: Sequence[Subject], seed: int = 0) -> tuple[tuple[float, ...], float]:
    """Weights for `alignment.path_confidence.PAIR_WEIGHTS`, and their calibration error.

    Each recording, whole and in fragments of `PAIR_LENGTHS`, is aligned with its own score and
    with another's. The error is that on the half not fitted on.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for k, piece in enumerate(pieces):
        for seconds in PAIR_LENGTHS:
            share = min(1.0, seconds / piece.recording.extent) if seconds else 1.0
            start = rng.random() * (1 - share)
            query = fragment(piece.recording, start, start + share)
            other = pieces[(k + int(rng.integers(1, len(pieces)))) % len(pieces)]
            for score, right in ((piece.score, True), (other.score, False)):
                surplus, laid = pair_evidence(_in_systems(score), query)
                if laid:
                    rows.append((1.0, surplus, np.log2(laid), right, k % 2))
    found = np.array(rows)
    x, right, half = found[:, :3], found[:, 3] > 0, found[:, 4] > 0
    trial = fit(x[half], right[half], np.ones(int(half.sum())))
    error = calibration_error(logistic(x[~half] @ np.array(trial)), right[~half])
    return fit(x, right, np.ones(len(x))), error


def _in_systems(score: Encoded) -> Encoded:
    """A packed score with the places of a page: systems of usual width, bars unknown."""
    edges = range(0, round(score.extent), round(TYPICAL_SYSTEM))
    box = (0.1, 0.1, 0.9, 0.2)
    places = tuple(
        Place(1, n, box, 0.1, 0.9, start, min(start + round(TYPICAL_SYSTEM), round(score.extent)))
        for n, start in enumerate(edges, 1)
    )
    return replace(score, pages=1, places=places)


def calibrate(
    pieces: Sequence[Subject],
    seed: int = 0,
    same: float | None = None,
    twice: Sequence[Subject] = (),
) -> Calibration:
    """Fits on all pieces; its own figures are measured on the half not fitted on.

    same : the likeness of one work where it is known, else `same_threshold` of `twice`, pieces of
        two performances (of all pieces without).
    """
    measured: dict[str, float] = {}
    if same is None:
        same, measured = same_threshold(twice or pieces, seed)
    answers = answers_of(pieces, same, seed)
    half = answers.piece % 2 == 0
    trial = Calibration(_fitted(answers, half), 0.5, same)
    confidence = probability(answers.features, trial)
    held = ~half & answers.first
    about = {
        "pieces": len(pieces),
        "questions": int(answers.first.sum()),
        "held out: area under ROC": area_under_roc(confidence[held], answers.present[held]),
        "held out: calibration error": calibration_error(confidence[held], answers.right[held]),
        "likeness": measured or "given",
    }
    weights, error = pair_weights(pieces, seed)
    about |= {"weights of pairs": [round(w, 2) for w in weights], "of pairs: error": error}
    final = Calibration(_fitted(answers, np.ones(len(half), bool)), 0.5, same)
    confidence = probability(answers.features, final)
    absent = np.sort(confidence[answers.first & ~answers.present])
    accept = float(absent[int(np.ceil(len(absent) * (1 - FALSE_ACCEPTS))) - 1])
    accept = float(np.ceil(100 * max(accept, MIN_ACCEPT)) / 100)
    about = {
        name: round(value, 4) if isinstance(value, float) else value
        for name, value in about.items()
    }
    weights = tuple(round(w, 4) for w in final.weights)
    return Calibration(weights, accept, round(same, 4), about)


def _fitted(answers: AnswerTable, chosen: NDArray[np.bool_]) -> tuple[float, ...]:
    weight = np.where(answers.first, 1.0, 0.3)
    return fit(answers.features[chosen], answers.right[chosen], weight[chosen])
