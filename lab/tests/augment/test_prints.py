"""Old prints and library scans change the ink, not the places."""

import numpy as np
import pytest

from scorebridge_lab.augment.prints import library_print, old_print


@pytest.mark.parametrize("printed", [old_print, library_print])
def test_print_moves_nothing(scale_piece, printed):
    changed = 0
    for seed in range(4):
        page = printed(scale_piece, np.random.default_rng(seed)).pages[0].astype(int)
        changed += (page != scale_piece.pages[0]).mean() > 0.02
        for note in scale_piece.notes:
            x, y = round(float(note["x"])), round(float(note["y"]))
            head, beside = page[y - 1 : y + 2, x - 2 : x + 3], page[y - 1 : y + 2, x + 9 : x + 14]
            assert head.mean() < beside.mean()
    assert changed  # some prints are as clean as the page
