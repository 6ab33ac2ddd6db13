"""Downbeats of performances laid along made-up prints."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from scorebridge_lab.benchmarks.human_ground_truth import (
    ORDERS,
    PRINTED,
    Beats,
    along,
    played_volume,
    printed,
    read_beats,
)
from scorebridge_lab.errors import LabError

SCORE = [(0.0, "b,,4"), (1.0, "db,2/4"), (2.0, "b"), (3.0, "db"), (4.0, "b"), (5.0, "db")]


def archive(folder: Path, played: list[tuple[float, str]]) -> Path:
    """An archive as ASAP's, of one piece and one performance."""
    path = folder / "asap.zip"
    with zipfile.ZipFile(path, "w") as opened:
        for name, rows in (("midi_score", SCORE), ("someone", played)):
            text = "".join(f"{time}\t{time}\t{label}\n" for time, label in rows)
            opened.writestr(f"asap/A/b/{name}_annotations.txt", text)
    return path


def test_beats_count_bars_from_the_first_downbeat(tmp_path: Path) -> None:
    slow = [(2 * time + 1, label) for time, label in SCORE]
    beats = read_beats(archive(tmp_path, slow), "asap/A/b/someone.mid")
    assert beats.meter == "2/4"
    np.testing.assert_allclose(beats.bars, [-0.5, 0, 0.5, 1, 1.5, 2])
    np.testing.assert_allclose(beats.times, [1, 3, 5, 7, 9, 11])


def test_beats_that_are_not_the_scores_are_refused(tmp_path: Path) -> None:
    with pytest.raises(LabError, match="5 beats, its score has 6"):
        read_beats(archive(tmp_path, SCORE[:-1]), "asap/A/b/someone.mid")


def test_bars_of_systems() -> None:
    print_ = printed("Chopin/Etudes_op_10/2")
    assert print_.systems == 21 and print_.end == 50
    broken = [bar for bar in print_.bars if bar.system == 7]
    assert [(bar.start, bar.end) for bar in broken] == [(15, 16), (16, 17), (17, 17.5)]
    upbeat = printed("Chopin/Etudes_op_10/3", 0.25)
    assert (upbeat.bars[0].start, upbeat.bars[0].end, upbeat.bars[0].system) == (0.75, 1, 0)


def test_orders_fit_their_prints() -> None:
    for folder, spans in ORDERS.items():
        piece = folder.removesuffix("_no_repeat")
        assert spans[0][0] == 1 and spans[-1][1] == printed(piece).end - 1
    assert all(bar.end > bar.start for piece in PRINTED for bar in printed(piece).bars)


def test_a_repeat_is_two_stretches() -> None:
    print_ = printed("Chopin/Etudes_op_25/8")
    beats = Beats(np.arange(9.0) * 2 + 5, np.arange(9.0), "4/4")  # a bar every 2 s
    played = along(print_, beats, [(1.0, 4.0), (2.0, 8.0)], 0.0)
    assert len(played.stretches) == 2
    assert played.stretches[1][0][0] == pytest.approx(11)
    # At 9 s two bars have been played; at 12 s, half a bar after the jump back to bar 2.
    np.testing.assert_allclose(played.bar_at(np.array([9.0, 12.0])), [2, 1.5], atol=1e-6)
    assert played.duration == pytest.approx(5 + 2 * 8)


def test_an_upbeat_comes_before_the_first_bar() -> None:
    times = np.concatenate([[1.5], 2.0 + np.arange(4)])
    beats = Beats(times, np.array([-0.5, 0, 1, 2, 3]), "2/4")
    played = played_volume("Chopin/Etudes_op_10/3", "Chopin/Etudes_op_10/3", beats)
    assert played.stretches[0][0][0] == pytest.approx(1.5)
    assert played.bar_at(np.array([1.5, 2.0]))[0] == pytest.approx(0, abs=1e-6)
    assert played.bar_at(np.array([2.5]))[0] == pytest.approx(1.5)
