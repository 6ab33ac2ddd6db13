"""Pins and sections stay with the pair, by content."""

from __future__ import annotations

from pathlib import Path

import pytest

from scorebridge.errors import LibraryError, UsageError
from scorebridge.library.pair_corrections import (
    PairCorrections,
    load_pair_corrections,
    pair_corrections_path,
    pair_corrections_record,
    parse_pair_corrections,
    save_pair_corrections,
)
from scorebridge.types import Anchor, BarRange

GIVEN = PairCorrections((Anchor(12.5, 7.0), Anchor(30.0, 9.5)), (BarRange(1, 16), BarRange(1, 16)))


def test_kept_and_taken_back(tmp_path: Path) -> None:
    assert not load_pair_corrections(tmp_path, "a", "b")
    save_pair_corrections(tmp_path, "a", "b", GIVEN)
    assert load_pair_corrections(tmp_path, "a", "b") == GIVEN
    assert not load_pair_corrections(tmp_path, "b", "a")
    save_pair_corrections(tmp_path, "a", "b", PairCorrections())
    assert not pair_corrections_path(tmp_path, "a", "b").exists()
    save_pair_corrections(tmp_path, "a", "b", PairCorrections())  # again does no harm


def test_what_is_not_given_stays() -> None:
    assert GIVEN.replaced(None, None) == GIVEN
    assert GIVEN.replaced([Anchor(1.0, 2.0)], None) == PairCorrections(
        (Anchor(1.0, 2.0),), GIVEN.sections
    )
    assert GIVEN.replaced(None, ()) == PairCorrections(GIVEN.anchors)


def test_records() -> None:
    assert parse_pair_corrections(pair_corrections_record(GIVEN), "here") == GIVEN
    for wrong in (None, {}, {"pins": [[1, 2]], "sections": []}, {"pins": [], "sections": [[1]]}):
        with pytest.raises(UsageError, match="here"):
            parse_pair_corrections(wrong, "here")


def test_a_damaged_file_is_named(tmp_path: Path) -> None:
    save_pair_corrections(tmp_path, "a", "b", GIVEN)
    pair_corrections_path(tmp_path, "a", "b").write_text("{")
    with pytest.raises(LibraryError, match=r"a-b\.json"):
        load_pair_corrections(tmp_path, "a", "b")
