"""Barlines on which the staves of a system agree."""

import numpy as np
import pytest

from scorebridge.score.barlines import voted_barlines
from scorebridge.score.staves import Staff

SPACE = 10.0
STAVES = [Staff(100, 1100, 100 + 120 * k, SPACE, 0.0, 0.9) for k in range(4)]
PAPER = np.zeros((700, 1200), np.uint8)
BARS = (350, 600, 850)


def lines(places: tuple[float, ...], probability: float = 0.97) -> np.ndarray:
    """Candidates 2 px wide."""
    return np.array([(x - 1, x + 1, probability) for x in places]).reshape(-1, 3)


def found(by_staff: list[np.ndarray], ink: np.ndarray = PAPER) -> list[float]:
    staves = STAVES[: len(by_staff)]
    of = dict(zip(staves, by_staff, strict=True))
    return voted_barlines(ink, staves, of.__getitem__).lines[:, :2].mean(1).tolist()


def test_where_all_staves_have_a_barline_there_is_one() -> None:
    assert found([lines(BARS)] * 4) == pytest.approx(BARS, abs=1)


def test_one_staff_of_four_may_hide_a_barline() -> None:
    assert found([lines(BARS), lines(BARS[:2]), lines(BARS), lines(BARS)]) == pytest.approx(
        BARS, abs=1
    )


def test_stems_below_each_other_are_no_barline() -> None:
    stems = np.concatenate([lines(BARS), lines((450, 700), 0.2)])
    assert found([stems] * 4) == pytest.approx(BARS, abs=1)


def test_a_line_that_only_one_of_two_staves_has_is_none() -> None:
    assert found([lines((350, 450)), lines((350,))]) == pytest.approx([350], abs=1)


def test_a_line_through_the_gap_decides() -> None:
    ink = PAPER.copy()
    ink[140:221, 449:451] = 1
    doubtful = np.concatenate([lines((350,)), lines((450,), 0.4)])
    assert found([doubtful] * 2) == pytest.approx([350], abs=1)
    assert found([doubtful] * 2, ink) == pytest.approx([350, 450], abs=1)


@pytest.mark.parametrize("lean", [-0.1, 0.05, 0.1])
def test_barlines_drawn_by_hand_lean(lean: float) -> None:
    """From staff to staff they move by `lean` times the distance; all of them are found, once."""
    middle = 100 + 60 * 3 + 20
    at = [tuple(x + lean * (s.y(0, 2) - middle) for x in BARS) for s in STAVES]
    assert found([lines(places) for places in at]) == pytest.approx(BARS, abs=5)


def test_sloping_staves_keep_their_barlines_at_right_angles() -> None:
    slope = 0.05
    staves = [Staff(100, 1100, s.top, SPACE, slope, 0.9) for s in STAVES]
    of = {
        s: lines(tuple(x - slope * (s.y(100, 2) - staves[0].y(100, 2)) for x in BARS))
        for s in staves
    }
    got = voted_barlines(PAPER, staves, of.__getitem__)
    middle = (staves[-1].y(100, 4) + staves[0].y(100)) / 2 - staves[0].y(100, 2)
    expected = [x - slope * middle for x in BARS]
    assert got.lines[:, :2].mean(1) == pytest.approx(expected, abs=1.5)
    assert len(got.rejected) == 0


def test_confidence_is_that_of_the_staves() -> None:
    sure = voted_barlines(PAPER, STAVES, lambda _: lines(BARS, 0.95)).lines[:, 2]
    assert sure == pytest.approx([0.95] * 3, abs=0.01)


def test_a_rejected_line_keeps_its_probability() -> None:
    got = voted_barlines(PAPER, STAVES[:1], lambda _: lines((350,), 0.3))
    assert len(got.lines) == 0
    assert got.rejected == pytest.approx(np.array([[350, 0.3]]), abs=1)


def test_percussion_has_no_vote_beside_other_staves() -> None:
    line = Staff(100, 1100, 580, SPACE, 0.0, 0.9, lines=1)
    of = {**dict.fromkeys(STAVES, lines(BARS)), line: lines((450,))}
    got = voted_barlines(PAPER, [*STAVES, line], of.__getitem__).lines[:, :2].mean(1)
    assert got == pytest.approx(BARS, abs=1)
