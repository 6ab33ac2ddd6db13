"""The mark `lab` for every test here, and a small engraved piece: a scale at known places."""

from pathlib import Path

import numpy as np
import pytest

from scorebridge_lab.engrave.engraving import EVENT, NOTE, SYSTEM, Engraving


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Marks the tests of this folder."""
    for item in items:
        if Path(__file__).parent in item.path.parents:
            item.add_marker("lab")


@pytest.fixture
def scale_piece() -> Engraving:
    """Two systems of twenty notes each, one every half second, drawn as black boxes."""
    page = np.full((600, 835), 255, np.uint8)
    systems, notes, events = [], [], []
    for number, top in enumerate((100, 350)):
        bottom = top + 98
        for staff in (top, bottom - 28):
            for line in range(5):
                page[staff + 7 * line, 40:800] = 0
        systems.append((0, 40, 800, top, bottom, 7.0))
        for k in range(20):
            x, onset, pitch = 70 + 36 * k, 0.5 * (20 * number + k), 50 + 20 * number + k
            page[top + 10 : top + 16, x - 4 : x + 4] = 0
            notes.append((0, number, 0, x, top + 13, pitch, onset))
            events.append((onset, 0.45, pitch, 80))
    return Engraving(
        "scale", [page], np.array(systems, SYSTEM), np.array(notes, NOTE), np.array(events, EVENT)
    )
