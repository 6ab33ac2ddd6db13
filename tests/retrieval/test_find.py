"""Finding documents and passages in made-up collections whose truth is known."""

from __future__ import annotations

import dataclasses

import numpy as np
import pytest

from scorebridge.errors import UsageError
from scorebridge.retrieval.find import find_documents
from scorebridge.retrieval.rank import METHODS, rank_documents
from scorebridge.retrieval.shortlist import MAX_DENSE_VOTERS, shortlist
from scorebridge.retrieval.two_way import DtwSettings, backwards, warp_documents
from scorebridge.types import Candidates, Encoded
from scorebridge.windows import woven
from synthetic import (
    DIM,
    Performance,
    bound,
    collection,
    compose,
    excerpt,
    noise_only,
    perform,
    recording,
    score,
)

COUNT = 24


@pytest.fixture(scope="module")
def world() -> tuple[list[Performance], list[Encoded], list[Encoded]]:
    """Pieces of 60 to 300 cells at 20 to 110 columns a second: performances, scores, recordings."""
    rng = np.random.default_rng(11)
    pieces = [compose(rng, int(rng.uniform(60, 300))) for _ in range(COUNT)]
    played = [perform(rng, p, float(rng.uniform(20, 110))) for p in pieces]
    scores = [score(rng, p, 0.8) for p in pieces]
    recordings = [recording(rng, p, f, 0.8) for p, f in zip(pieces, played, strict=True)]
    return played, scores, recordings


def found(query: Encoded, candidates: Candidates, method: str = "align") -> int:
    return int(np.argmax(rank_documents(query, candidates, method)))


@pytest.mark.parametrize("method", ["align", "votes"])
def test_whole_documents_both_ways(world, method: str) -> None:
    _, scores, recordings = world
    for queries, documents in [(recordings, scores), (scores, recordings)]:
        candidates = collection(documents)
        right = [found(q, candidates, method) == k for k, q in enumerate(queries)]
        assert sum(right) >= (COUNT if method == "align" else COUNT - 3)


def test_fragments_both_ways(world) -> None:
    _, scores, recordings = world
    candidates = collection(scores)
    for k, r in enumerate(recordings):
        assert found(excerpt(r, r.extent / 2 - 5, r.extent / 2 + 5), candidates) == k
    candidates = collection(recordings)
    for k, s in enumerate(scores):
        assert found(excerpt(s, 600, 1200), candidates) == k  # the second system


def test_passages_of_a_recording_fragment(world) -> None:
    played, scores, recordings = world
    k = 3
    start, end = recordings[k].extent / 2 - 12, recordings[k].extent / 2 + 12
    hit = find_documents(excerpt(recordings[k], start, end), collection(scores), top=3)[0]
    assert hit.path == f"score {k}"
    assert hit.confidence > 0.9
    truth = played[k]
    places = {(p.page, p.system): p for p in scores[k].places}
    spanned = [
        key
        for key, p in places.items()
        if p.stop > truth.at(np.array([start + 1]))[0]
        and p.start < truth.at(np.array([end - 1]))[0]
    ]
    assert [(p.page, p.system) for p in hit.passages] == spanned
    for passage in hit.passages:
        place = places[passage.page, passage.system]
        assert passage.start_s is None and passage.end_s is None
        for time, x in [
            (passage.query_start_s, passage.box[0]),
            (passage.query_end_s, passage.box[2]),
        ]:
            column = place.start + (x - place.x0) / (place.x1 - place.x0) * (
                place.stop - place.start
            )
            assert abs(truth.at(np.array([start + time]))[0] - column) < 40
        assert (passage.box[1], passage.box[3]) == (place.box[1], place.box[3])
    assert hit.passages[0].query_start_s == pytest.approx(0, abs=1.0)
    assert hit.passages[-1].query_end_s == pytest.approx(24, abs=1.0)


def test_passages_of_one_system(world) -> None:
    played, scores, recordings = world
    k = 5
    system = excerpt(scores[k], 600, 1200)
    hit = find_documents(system, collection(recordings))[0]
    assert (hit.path, hit.kind) == (f"recording {k}", "recording")
    (passage,) = hit.passages
    assert (passage.page, passage.system) == (1, 2)
    assert passage.query_start_s is None and passage.query_end_s is None
    assert abs(played[k].at(np.array([passage.start_s]))[0] - 600) < 50
    assert abs(played[k].at(np.array([passage.end_s]))[0] - 1200) < 50
    assert passage.box == pytest.approx(scores[k].places[1].box, abs=0.07)


def test_a_recording_with_repeats_and_applause_is_found(world) -> None:
    """A A B with applause before: the score in the recording, not the recording in the score."""
    _, scores, recordings = world
    rng = np.random.default_rng(3)
    for k in range(0, COUNT, 4):
        r = recordings[k]
        half = len(r.vectors) // 2
        vectors = np.concatenate([noise_only(rng, 15), r.vectors[:half], r.vectors])
        positions = (2.1 + 0.5 * np.arange(len(vectors))).astype(np.float32)
        long = Encoded("recording", vectors, positions, float(positions[-1] + 2.1))
        assert found(long, collection(scores)) == k


def test_what_is_not_there_has_no_confidence(world) -> None:
    _, scores, recordings = world
    rng = np.random.default_rng(4)
    lone = collection(scores[:1])
    absent, present, alone = [], [], []
    for k in range(0, COUNT, 2):
        rest = collection(scores[:k] + scores[k + 1 :])
        r = recordings[k]
        for query in (r, excerpt(r, 10, 20)):
            absent.append(find_documents(query, rest, top=1)[0].confidence)
            present.append(find_documents(query, collection(scores), top=1)[0].confidence)
            if k:
                alone.append(find_documents(query, lone, top=1)[0].confidence)
    hum = Encoded("recording", noise_only(rng, 30), np.arange(60, dtype=np.float32), 60.0)
    absent.append(find_documents(hum, collection(scores), top=1)[0].confidence)
    assert np.mean(absent) < 0.1 and max(absent) < 0.5
    assert np.mean(alone) < 0.1 and max(alone) < 0.5
    assert np.mean(present) > 0.9
    assert find_documents(recordings[0], lone)[0].confidence > 0.9


def test_two_editions_are_alternatives_of_one_work(world) -> None:
    _, scores, recordings = world
    rng = np.random.default_rng(8)
    other = dataclasses.replace(
        scores[2], vectors=noisy(rng, scores[2].vectors), positions=scores[2].positions
    )
    hits = find_documents(recordings[2], collection([*scores, other]), top=3)
    assert {h.path for h in hits[:2]} == {"score 2", f"score {COUNT}"}
    assert [h.work for h in hits] == [1, 1, 2]
    assert all(h.confidence > 0.9 for h in hits[:2]) and hits[2].confidence < 0.1


def test_two_pieces_on_one_track_are_both_found(world) -> None:
    _, scores, recordings = world
    for a, b in ((1, 6), (9, 14)):
        vectors = np.concatenate([recordings[a].vectors, recordings[b].vectors])
        positions = (2.1 + 0.5 * np.arange(len(vectors))).astype(np.float32)
        track = Encoded("recording", vectors, positions, float(positions[-1] + 2.1))
        hits = find_documents(track, collection(scores), top=3)
        assert {h.path for h in hits[:2]} == {f"score {a}", f"score {b}"}
        assert len({h.work for h in hits}) == 3
        assert min(h.confidence for h in hits[:2]) > 0.7 > 0.2 > hits[2].confidence
        spans = {
            h.path: (h.passages[0].query_start_s, h.passages[-1].query_end_s) for h in hits[:2]
        }
        border = recordings[a].extent
        assert spans[f"score {a}"][1] < border + 6 and spans[f"score {b}"][0] > border - 6


def test_a_volume_answers_with_its_part(world) -> None:
    _, scores, recordings = world
    volume = bound([scores[k] for k in (3, 5, 7)])
    others = [s for k, s in enumerate(scores) if k not in (3, 5, 7)]
    for number, k in enumerate((3, 5, 7), start=1):
        hit = find_documents(recordings[k], collection([*others, volume]), top=1)[0]
        assert hit.path == f"score {len(others)}"
        assert hit.part is not None and hit.part.number == number
        pages = {p.page for p in hit.passages}
        assert pages <= set(range(hit.part.first_page, hit.part.last_page + 1))
    hits = find_documents(volume, collection(recordings), top=4)
    assert {h.path: h.part.number for h in hits[:3] if h.part} == {
        "recording 3": 1,
        "recording 5": 2,
        "recording 7": 3,
    }
    assert min(h.confidence for h in hits[:3]) > 0.7 > 0.2 > hits[3].confidence


def noisy(rng: np.random.Generator, vectors: np.ndarray) -> np.ndarray:
    """The same music by another hand."""
    other = vectors + rng.normal(size=vectors.shape) * 0.3 / np.sqrt(vectors.shape[1])
    return (other / np.linalg.norm(other, axis=1, keepdims=True)).astype(np.float32)


def test_hits_are_in_order_and_no_more_than_asked(world) -> None:
    _, scores, recordings = world
    for method in METHODS:
        hits = find_documents(recordings[1], collection(scores), top=5, method=method)
        assert [h.rank for h in hits] == [1, 2, 3, 4, 5]
        assert [h.score for h in hits] == sorted((h.score for h in hits), reverse=True)
        assert all(0 <= h.confidence <= 1 for h in hits)
        assert len(find_documents(recordings[1], collection(scores[:2]), top=5)) == 2


def test_the_short_list_changes_nothing_for_clear_cases(world) -> None:
    _, scores, recordings = world
    candidates = collection(scores)
    short = DtwSettings(shortlist=6)
    for k in range(0, COUNT, 3):
        full = rank_documents(recordings[k], candidates)
        some = rank_documents(recordings[k], candidates, settings=short)
        assert np.isfinite(some).all()
        best = np.argsort(-some)[:6]
        assert k in best
        assert int(np.argmax(some)) == int(np.argmax(full)) == k
        assert some[np.argsort(-some)[6:]].max() < some[best].min() - 0.9


def drifting(rng: np.random.Generator) -> tuple[list[Encoded], Candidates]:
    """Twelve documents of 80 windows that drift apart, each with the windows between."""
    documents = []
    for _ in range(12):
        steps = rng.normal(size=(163, 16))
        walk = steps[:-3] + steps[1:-2] + steps[2:-1] + steps[3:]
        walk = (walk / np.linalg.norm(walk, axis=1, keepdims=True)).astype(np.float32)
        places = np.arange(80, dtype=np.float32)
        documents.append(Encoded("score", walk[::2], places, 80.0, between=walk[1::2]))
    return documents, collection(documents)


def test_a_query_that_falls_between_windows_is_found_between_them() -> None:
    documents, candidates = drifting(np.random.default_rng(4))
    inside = (np.arange(80) >= 20) & (np.arange(80) < 36)
    for k, document in enumerate(documents):
        cut = document.where(inside)
        assert cut.between is not None
        # The same passage, its windows cut half a hop later.
        late = dataclasses.replace(cut, vectors=cut.between, between=document.vectors[21:37])
        plain = rank_documents(late, candidates, settings=DtwSettings(max_dense=0))
        both = rank_documents(late, candidates)
        assert both[k] == pytest.approx(1, abs=1e-5) and plain[k] < 0.995
        assert int(np.argmax(both)) == k
        known = dataclasses.replace(late, between=None)
        np.testing.assert_array_equal(rank_documents(known, candidates), plain)


def test_what_lies_between_few_windows_votes_for_the_short_list() -> None:
    rng = np.random.default_rng(7)
    documents, candidates = drifting(rng)
    strangers = rng.normal(size=(MAX_DENSE_VOTERS + 1, 16)).astype(np.float32)
    strangers /= np.linalg.norm(strangers, axis=1, keepdims=True)
    settings = DtwSettings(shortlist=1)
    for count in (MAX_DENSE_VOTERS, MAX_DENSE_VOTERS + 1):
        found = 0
        for k, document in enumerate(documents):  # what its own windows say is of no use
            query = document.where((np.arange(80) >= 30) & (np.arange(80) < 30 + count))
            query = dataclasses.replace(query, vectors=strangers[:count], between=query.vectors)
            found += int(shortlist(query, candidates, settings)[0][0]) == k
        assert found == 12 if count <= MAX_DENSE_VOTERS else found < 6


def test_both_readings_go_through_what_lies_between() -> None:
    documents, _ = drifting(np.random.default_rng(5))
    late = documents[0]
    assert late.between is not None
    shifted = np.roll(late.vectors, -1, axis=0)  # all windows cut half a hop later
    late = dataclasses.replace(late, vectors=late.between, between=shifted)
    shorter = documents[0].where((np.arange(80) >= 30) & (np.arange(80) < 50))
    one = collection([shorter])
    for between, least, most in ((shorter.between, 0.999, 1.001), (None, 0.5, 0.95)):
        scan = warp_documents(
            late, dataclasses.replace(one, between=between), np.arange(1), DtwSettings()
        )
        assert least < scan.around[0] < most


def test_empty_bars_do_not_stand_for_the_silence_at_the_end_of_a_recording(world) -> None:
    _, scores, recordings = world
    rng = np.random.default_rng(7)
    silence = np.eye(1, DIM, dtype=np.float32)

    def silent(count: int) -> np.ndarray:
        drawn = silence + rng.normal(scale=0.02, size=(count, DIM))
        return (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).astype(np.float32)

    sound = recordings[0]
    last = np.concatenate([sound.vectors, silent(12)])
    times = np.arange(len(last), dtype=np.float32) * 0.5
    heard = Encoded("recording", last, times, float(times[-1]))
    count = len(last) // 2
    rests = Encoded("score", silent(count), 25 * np.arange(count, dtype=np.float32), 25.0 * count)
    candidates = collection([*scores, rests])
    scan = warp_documents(heard, candidates, np.arange(len(scores) + 1), DtwSettings())
    assert scan.around[-1] > 0.9 and scan.coverage[-1] <= 13 / len(last)
    assert rank_documents(heard, candidates).argmax() == 0
    waiting = DtwSettings(max_waiting=np.inf)
    assert rank_documents(heard, candidates, settings=waiting).argmax() == len(scores)


def test_backwards_and_back_is_the_query_itself() -> None:
    documents, _ = drifting(np.random.default_rng(6))
    one, turned = documents[0], backwards(documents[0])
    assert one.between is not None and turned.between is not None
    np.testing.assert_array_equal(
        woven(turned.vectors, turned.between)[:-1], woven(one.vectors, one.between)[:-1][::-1]
    )


def test_threads_and_chunks_give_the_same(world) -> None:
    _, scores, recordings = world
    candidates = collection(scores * 8)  # enough cells for several chunks
    long = dataclasses.replace(recordings[0], vectors=np.tile(recordings[0].vectors, (4, 1)))
    one, two = (rank_documents(long, candidates, settings=DtwSettings(threads=t)) for t in (1, 2))
    np.testing.assert_array_equal(one, two)
    np.testing.assert_allclose(one[:COUNT], one[COUNT : 2 * COUNT], atol=1e-5)


def test_empty_things(world) -> None:
    _, scores, recordings = world
    nothing = Encoded("recording", np.zeros((0, 64), np.float32), np.zeros(0, np.float32), 0.0)
    assert find_documents(nothing, collection(scores)) == []
    blank = Encoded("score", np.zeros((0, 64), np.float32), np.zeros(0, np.float32), 0.0)
    assert find_documents(recordings[0], collection([blank])) == []
    hits = find_documents(recordings[1], collection([blank, scores[1], blank]))
    assert [h.path for h in hits] == ["score 1"]
    single = excerpt(recordings[1], 20, 24.2)
    assert len(single.vectors) == 1
    assert len(find_documents(single, collection(scores), top=4)) == 4


def test_unknown_method(world) -> None:
    _, scores, recordings = world
    with pytest.raises(UsageError, match="choose one of"):
        find_documents(recordings[0], collection(scores), method="magic")
