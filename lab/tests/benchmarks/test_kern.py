"""A kern of seven bars, counted by hand: two systems, grace notes, a split spine, two endings."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from scorebridge_lab.benchmarks.kern import read_print
from scorebridge_lab.benchmarks.played import KernSource, play
from scorebridge_lab.engrave.engraving import EVENT
from scorebridge_lab.errors import LabError

KERN = """**kern\t**kern\t**dynam
*>[A,A1,A,A2,B]\t*>[A,A1,A,A2,B]\t*
*>norep[A,A2,B]\t*>norep[A,A2,B]\t*
*>A\t*>A\t*>A
*M2/4\t*M2/4\t*
=1-\t=1-\t=1-
2C\t8.c\tp
.\t16d\t.
.\tqe\t.
.\t4f\t.
=2\t=2\t=2
*\t*^\t*
4C\t4c\t2e\t.
4D\t4d\t.\t.
*\t*v\t*v\t*
!!LO:LB:g=original
*>A1\t*>A1\t*>A1
=3\t=3\t=3
2C\t3%1c\t.
.\t6c\t.
=4:|!\t=4:|!\t=4:|!
*>A2\t*>A2\t*>A2
4C\t4c\t.
4.C\t4.c\t.
=5-\t=5-\t=5-
*>B\t*>B\t*>B
8C\t8c\t.
=\t=\t=
2.C\t2.c\t.
==\t==\t==
*-\t*-\t*-
"""


@pytest.fixture
def kern(tmp_path: Path) -> Path:
    path = tmp_path / "small.krn"
    path.write_text(KERN)
    return path


def test_bars_systems_and_sections(kern: Path) -> None:
    print_ = read_print(kern)
    bars = [(bar.start, bar.end, bar.system) for bar in print_.bars]
    # The invisible barline 5 divides nothing.
    third = 4 + 4 / 3 + 2 / 3
    assert bars[:2] == [(0, 2, 0), (2, 4, 0)]
    assert bars[2] == (4, pytest.approx(third), 1)
    assert bars[3] == (pytest.approx(third), pytest.approx(third + 3), 1)
    assert bars[4] == (pytest.approx(third + 3), pytest.approx(third + 6), 1)
    assert print_.systems == 2 and print_.breaks
    assert print_.sections["A"] == (0, 4)
    repeats = print_.stretches("")
    assert repeats == [(0, pytest.approx(third)), (0, 4), (pytest.approx(third), print_.end)]
    assert print_.stretches("norep") == [(0, 4), (pytest.approx(third), print_.end)]
    assert print_.stretches(None) == print_.stretches("missing") == [(0, print_.end)]


def test_played_in_another_order(kern: Path) -> None:
    print_ = read_print(kern)
    quarters = np.linspace(0, print_.end, 50)
    notes = [(q / 2, 0.6, 60 + k, 80) for k, q in enumerate(np.arange(0, print_.end, 1.0))]
    source = KernSource(print_, np.array(notes, EVENT), quarters, quarters / 2)  # 120 a minute
    played = play(source, "")
    ending = print_.bars[2].end / 2
    assert played.duration == pytest.approx(ending + 2 + (print_.end / 2 - ending))
    again = played.events[np.abs(played.events["onset"] - (ending + 0.5)) < 1e-6]
    assert 61 in again["pitch"]  # the second quarter of bar 1, the second time
    last = played.events[(played.events["pitch"] == 63)]
    assert (last["duration"] <= 0.6).all() and len(last) == 2
    times = np.array([0.25, ending + 0.25, ending + 2.1])
    assert played.stretch_at(times).tolist() == [0, 1, 2]
    np.testing.assert_allclose(played.bar_at(times)[:2], [0.25, 0.25])
    assert int(played.bar_at(times)[2]) == 3


def test_lists_must_name_what_is_there(tmp_path: Path) -> None:
    path = tmp_path / "wrong.krn"
    path.write_text(KERN.replace("A,A2,B]", "A,A2,C]"))
    with pytest.raises(LabError, match="sections"):
        read_print(path)
    path.write_text("**kern\n*-\n")
    with pytest.raises(LabError, match="no notes"):
        read_print(path)
