"""The confidence of a pair."""

from __future__ import annotations

from scorebridge.alignment.path_confidence import pair_confidence


def test_a_pair_is_surer_the_more_it_stands_out() -> None:
    sure = [pair_confidence(surplus, 100) for surplus in (0.0, 1.0, 2.0, 4.0, 6.0)]
    assert sure == sorted(sure) and sure[0] < 0.05 and sure[-1] > 0.95
    # The same surplus says less of a long recording: chance has more ways to find one.
    assert pair_confidence(2.0, 30) > pair_confidence(2.0, 1000)
