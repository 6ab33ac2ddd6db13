"""Calibration, rejection, links and fragments on made-up pieces with known ground truth."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from scorebridge.encode.calibration import Calibration
from scorebridge.score.strips import WINDOW_WIDTH
from scorebridge.types import Encoded
from scorebridge_lab.benchmarks.distractors import Distractors, spread
from scorebridge_lab.benchmarks.encoded import EncodedSet, fragment, library_of
from scorebridge_lab.benchmarks.labelled_volumes import read_places
from scorebridge_lab.errors import LabError
from scorebridge_lab.evaluate.fragments import random_sounds, random_systems
from scorebridge_lab.evaluate.identification import identify, queries_of, ranks_and_time
from scorebridge_lab.evaluate.link_precision import link_set
from scorebridge_lab.evaluate.parts import count_parts
from scorebridge_lab.evaluate.rejection import rejection
from scorebridge_lab.export.calibrate import Subject, calibrate, same_threshold
from scorebridge_lab.metrics import from_ranks
from synthetic import Piece, bound, compose, perform, recording, score  # pyright: ignore[reportMissingImports]

NOISE = 1.0


def played(rng: np.random.Generator, piece: Piece) -> Encoded:
    return recording(rng, piece, perform(rng, piece, float(rng.uniform(30, 80))), NOISE)


def cutter(documents: list[Encoded]):
    return lambda k, spans: [
        fragment(documents[k], a / documents[k].extent, b / documents[k].extent) for a, b in spans
    ]


def subject(rng: np.random.Generator, piece: Piece) -> Subject:
    sheet, sound = score(rng, piece, NOISE), played(rng, piece)
    augmented, other = score(rng, piece, 1.4), played(rng, piece)
    whole = {
        ("score", False): sheet,
        ("score", True): augmented,
        ("recording", False): sound,
        ("recording", True): other,
    }
    return Subject(
        sheet,
        sound,
        augmented,
        other,
        lambda kind, rough, start, stop, seed: fragment(whole[kind, rough], start, stop),
    )


@pytest.fixture(scope="module")
def material() -> EncodedSet:
    rng = np.random.default_rng(21)
    pieces = [compose(rng, 110) for _ in range(12)]
    scores, sounds = [score(rng, p, NOISE) for p in pieces], [played(rng, p) for p in pieces]
    return EncodedSet(
        scores=scores,
        recordings=sounds,
        score_of=list(range(12)),
        score_names=[f"piece {k}" for k in range(12)],
        recording_names=[f"take {k}" for k in range(12)],
        volumes=frozenset(),
        cut_recording=cutter(sounds),
        cut_score=cutter(scores),
    )


@pytest.fixture(scope="module")
def others() -> Distractors:
    rng = np.random.default_rng(22)
    pieces = [compose(rng, 90) for _ in range(8)]
    return Distractors([score(rng, p, NOISE) for p in pieces], [played(rng, p) for p in pieces])


@pytest.fixture(scope="module")
def calibration() -> Calibration:
    rng = np.random.default_rng(23)
    pieces = [compose(rng, 100) for _ in range(16)]
    return calibrate([subject(rng, p) for p in pieces])


def test_calibration_tells_right_from_wrong(calibration: Calibration) -> None:
    about = calibration.about
    assert about["pieces"] == 16 and about["questions"] == 16 * 2 * 2 * 2
    assert about["held out: area under ROC"] > 0.9
    assert about["held out: calibration error"] < 0.2
    stranger, own = about["likeness"].values()
    assert stranger < 0.2 and calibration.same == pytest.approx((stranger + own) / 2, abs=1e-3)
    assert 0.5 <= calibration.accept < 1


def test_how_alike_one_work_is_needs_two_performances(calibration: Calibration) -> None:
    rng = np.random.default_rng(24)
    one = [replace(subject(rng, compose(rng, 100)), performances=1) for _ in range(4)]
    with pytest.raises(LabError, match="--performances 2"):
        calibrate(one)
    assert calibrate(one, same=calibration.same).same == calibration.same
    mixed = [*one[:3], replace(one[3], performances=2)]
    assert same_threshold(mixed)[0] < 1
    assert calibrate(one, twice=mixed).same == round(same_threshold(mixed)[0], 4)


def test_rejection_counts_what_is_not_there(
    material: EncodedSet, others, calibration: Calibration
) -> None:
    asked = queries_of(material, (10.0,))
    assert [(a.what, a.direction) for a in asked] == [
        ("whole", "A2S"),
        ("whole", "S2A"),
        ("10 s", "A2S"),
        ("10 s", "S2A"),
    ]
    for one in asked[:3]:
        found = rejection(one, others.among(one.direction), calibration)
        assert found.questions == 2 * len(one.queries)
        assert found.area > 0.95 and found.false_accepts < 0.1
        assert found.found > (0.9 if one.what == "whole" else 0.5)
    # With a threshold of 0 everything is accepted, so all that is not there is false.
    loose = Calibration(calibration.weights, 0.0, calibration.same)
    found = rejection(asked[0], others.scores, loose)
    assert found.false_accepts == 1
    assert len(found.false) == len(asked[0].queries) + round(found.wrong * len(asked[0].queries))


def test_links_of_a_set_among_distractors(
    material: EncodedSet, others: Distractors, calibration: Calibration
) -> None:
    found = link_set(material, others, calibration)
    assert found.pairs == 12
    precision, recall = found.at(calibration.accept)
    assert precision == 1 and recall > 0.8
    assert found.at(0.0)[1] >= recall
    assert found.precision_at(0.5) == 1 and found.precision_at(1.01) is None
    missing = [f for f in found.failures(material, calibration.accept) if f.startswith("missing")]
    assert len(missing) == round(12 * (1 - recall))
    # With the ground truth turned round, the same links are all wrong.
    turned = replace(material, score_of=[(k + 1) % 12 for k in range(12)])
    found = link_set(turned, others, calibration)
    assert found.at(calibration.accept) == (0.0, 0.0)


def test_fragments_are_as_long_as_they_say(material: EncodedSet) -> None:
    asked = random_sounds(material, 20.0, 30)
    spans = [np.ptp(q.positions) + 4.2 for q in asked.queries]
    assert min(spans) > 18.5 and max(spans) < 20.1
    systems = random_systems(material, 2, 30)
    spans = [np.ptp(q.positions) + WINDOW_WIDTH for q in systems.queries]
    assert min(spans) >= 600 and max(spans) <= 1225 and np.median(spans) > 1100
    for one in (asked, systems):
        rows, failures = identify(one, ("align",))
        assert rows[0].figures.r1 > 0.8
        assert len(failures) == round((1 - rows[0].figures.r1) * 30)


def test_volumes_are_asked_part_by_part(material: EncodedSet, others, calibration) -> None:
    volume = bound(material.scores[:5])
    # One of its five pieces is there, among recordings of other music.
    library = library_of([material.recordings[3], *others.recordings])
    ranks, _ = ranks_and_time([volume], [(0,)], library, "align", calibration=calibration)
    whole, _ = ranks_and_time([volume], [(0,)], library, "align")
    assert ranks[0] == 1 <= whole[0]
    nowhere, _ = ranks_and_time([volume], [()], library, "align", calibration=calibration)
    assert nowhere[0] == len(library.documents)


def test_distractors_make_it_no_easier(material: EncodedSet, others) -> None:
    asked = random_sounds(material, 8.0, 40)
    alone, _ = identify(asked, ("votes",))
    among, _ = identify(asked, ("votes",), others.scores)
    assert among[0].figures.mrr <= alone[0].figures.mrr
    assert len(library_of([*asked.documents, *others.scores]).documents) == 20


def test_spreading() -> None:
    files = [Path(str(k)) for k in range(10)]
    assert spread(files, 0) == files and spread(files, 30) == files
    assert [p.name for p in spread(files, 3)] == ["0", "4", "9"]
    assert from_ranks(np.array([1, 2])).mrr == 0.75


def test_labelled_volumes_are_read(tmp_path: Path) -> None:
    folder = tmp_path / "volume"
    folder.mkdir()
    boxes = [(0, 0.15, 0.1), (0, 0.1, 0.3), (0, 0.1, 0.5), (0, 0.15, 0.7), (1, 0.1, 0.1)]
    staves = [{"page": p, "start": [x, y], "end": [0.9, y + 0.15]} for p, x, y in reversed(boxes)]
    (folder / "staves.json").write_text(json.dumps({"staves": staves}))
    places = read_places(folder)
    assert [(p.page, p.box) for p in places] == [
        (p + 1, (x, y, 0.9, pytest.approx(y + 0.15))) for p, x, y in boxes
    ]
    (found,) = count_parts({"two": places}, {})
    assert (found.systems, found.pieces, found.found, found.pages) == (5, 1, 2, (1, 1))
    with pytest.raises(LabError, match=r"staves\.json"):
        read_places(tmp_path)
