"""Fragments lie inside, the right document ranks first, missing data is an error."""

import numpy as np
import pytest

from scorebridge.types import Encoded
from scorebridge_lab import home
from scorebridge_lab.benchmarks.document_sets import scan_pieces
from scorebridge_lab.benchmarks.encoded import fragment
from scorebridge_lab.errors import LabError
from scorebridge_lab.evaluate.identification import cut_fragments, document_ranks
from scorebridge_lab.training.packed_sources import is_held_out


def _recording(seed: int, windows: int = 60) -> Encoded:
    """A smooth walk of unit vectors, a window every half second."""
    rng = np.random.default_rng(seed)
    steps = rng.standard_normal((windows, 16)).astype(np.float32)
    vectors = np.cumsum(steps, 0) + 3 * rng.standard_normal(16).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    positions = (2.1 + 0.5 * np.arange(windows)).astype(np.float32)
    return Encoded("recording", vectors, positions, float(positions[-1] + 2.1))


def test_a_fragment_holds_the_windows_fully_inside():
    whole = _recording(0)
    part = fragment(whole, 0.25, 0.75)
    low, high = 0.25 * whole.extent, 0.75 * whole.extent
    assert len(part.vectors) == len(part.positions)
    assert part.positions.min() - 2.1 >= low - 0.01 and part.positions.max() + 2.1 <= high + 0.01
    assert part.positions.min() - 2.1 < low + 0.5 and part.positions.max() + 2.1 > high - 0.5


def test_a_fragment_shorter_than_a_window_gives_one():
    assert len(fragment(_recording(0), 0.5, 0.51).vectors) == 1


def test_fragments_are_spread_and_whole_when_the_document_is_short():
    parts = cut_fragments([_recording(0)], [0.3])[0]
    starts = [p.positions[0] for p in parts]
    assert len(parts) == 3 and starts == sorted(starts) and starts[0] < starts[-1]
    whole = _recording(1)
    assert len(cut_fragments([whole], [2.0])[0][0].vectors) == len(whole.vectors)


@pytest.mark.parametrize("method", ["votes", "align"])
def test_the_right_document_ranks_first(method):
    documents = [_recording(k) for k in range(8)]
    queries = [fragment(d, 0.3, 0.7) for d in documents]
    assert (document_ranks(queries, [(k,) for k in range(8)], documents, method) == 1).all()
    wrong = [((k + 1) % 8,) for k in range(8)]
    assert (document_ranks(queries, wrong, documents, method) > 1).all()
    either = [(k, (k + 1) % 8) for k in range(8)]
    assert (document_ranks(queries, either, documents, method) == 1).all()


def test_missing_data_is_an_error(tmp_path, monkeypatch):
    monkeypatch.setenv("SCOREBRIDGE_DATA", str(tmp_path / "nowhere"))
    with pytest.raises(LabError, match="SCOREBRIDGE_DATA"):
        home.data()
    with pytest.raises(LabError, match="no scans"):
        scan_pieces(tmp_path)


def test_one_piece_in_forty_is_held_out():
    share = np.mean([is_held_out(f"piece {k}") for k in range(4000)])
    assert 0.015 < share < 0.035
