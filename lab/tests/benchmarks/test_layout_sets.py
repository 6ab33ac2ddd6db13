"""Ground truth of score files: breaks marked in MusicXML, and the table of cases."""

from pathlib import Path

import pytest

from scorebridge_lab.benchmarks.layout_sets import CASES, Print, marked_breaks
from scorebridge_lab.errors import LabError
from scorebridge_lab.evaluate.layout_prints import PrintResult

BREAKS = {3: '<print new-system="yes"/>', 5: '<print new-page="yes"/>', 1: "<print/>"}


def test_breaks_divide_measures_into_systems_and_pages() -> None:
    measures = "".join(f"<measure>{BREAKS.get(k, '')}</measure>" for k in range(1, 8))
    score = f"<score-partwise><part>{measures}</part><part/></score-partwise>"
    assert marked_breaks(score.encode()) == ((2, 2), (3,))


CASE = """file,systems,staves_per_system,bars_per_system,printed_numbers,turn
a.pdf,2;1,"4,4;4","3,5;2","-,4;9",0
a.mp3,,,,,
"""


def test_the_table_of_cases_is_read(tmp_path: Path) -> None:
    (tmp_path / "cases").mkdir()
    (tmp_path / "cases" / "expected.csv").write_text(CASE)
    (one,) = CASES.ground_truth(tmp_path)
    assert (one.staves, one.bars) == (((4, 4), (4,)), ((3, 5), (2,)))
    assert one.numbers == (("", "4"), ("9",)) and one.turn == 0
    with pytest.raises(LabError, match="no cases"):
        CASES.ground_truth(tmp_path / "none")


def test_a_page_with_another_number_of_systems_is_wrong_altogether() -> None:
    true = Print(Path("a.pdf"), ((4, 4), (4,)), ((3, 5), (2,)), 0, (("", "4"), ("9",)))
    exact = PrintResult(true, (0, 0), true.staves, true.bars, true.numbers)
    assert exact.right and exact.numbers_right == exact.numbered == 2
    half = PrintResult(true, (0, 0), ((4, 4, 4), (4,)), ((3, 5, 1), (2,)), (("",) * 3, ("9",)))
    assert (half.systems_right, half.bars_right, half.numbers_right) == (1, 1, 1)
    assert not half.right
    turned = PrintResult(true, (0, 180), true.staves, true.bars, true.numbers)
    assert not turned.turn_right and not turned.right
