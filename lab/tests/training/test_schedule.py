"""The learning rate over a run: cycles, halvings, stairs, budgets."""

from dataclasses import replace

import numpy as np
import pytest

from scorebridge_lab.training.pair import PairSettings, batch_size
from scorebridge_lab.training.schedule import (
    Loop,
    TrainingState,
    is_finished,
    learning_rate,
    with_score,
    within_budget,
)


def test_the_cycle_of_our_own_runs():
    settings = PairSettings(steps=1000)
    sizes = [batch_size(settings, k) for k in range(1000)]
    assert sizes == sorted(sizes) and sizes[0] == 64 and sizes[-1] == 256
    rates = [learning_rate(settings.loop(), TrainingState(step=k)) for k in range(1000)]
    assert np.argmax(rates) == 80 and max(rates) == pytest.approx(8e-3)
    assert rates[-1] < 1e-4


def test_flat_scores_halve_the_rate_and_then_stop():
    loop = Loop(steps=10_000, epoch=10, learning_rate=1.0, patience=3, halvings=2)
    progress, rates, best = TrainingState(), [], []
    for score in (0.1, 0.3, 0.2, 0.3, 0.3, 0.4, 0.4, 0.4, 0.4):
        assert not is_finished(loop, progress)
        progress, better = with_score(loop, progress, score)
        rates.append(learning_rate(loop, progress))
        best.append(better)
    assert rates == [1, 1, 1, 1, 0.5, 0.5, 0.5, 0.5, 0.25]
    assert [k for k, better in enumerate(best) if better] == [0, 1, 5]
    assert is_finished(loop, progress) and progress.best == 0.4


def test_a_run_with_a_budget_comes_to_rest_within_it():
    whole = Loop(steps=10_000, epoch=10, learning_rate=1.0, schedule="flat")
    assert within_budget(whole, None) == within_budget(whole, 10_000) == whole
    short = within_budget(whole, 200)
    assert short.epoch == 25  # validated eight times
    rates = [learning_rate(short, TrainingState(step=k, halved=3)) for k in range(200)]
    assert np.argmax(rates) == 16 and max(rates) == 1.0 and rates[-1] < 0.02
    assert is_finished(short, TrainingState(step=200)) and not is_finished(
        short, TrainingState(step=199)
    )
    assert (
        within_budget(replace(whole, schedule="stairs"), 200).schedule == "stairs"
    )  # known beforehand


def test_stairs_halve_every_so_many_epochs():
    loop = Loop(steps=300, epoch=2, learning_rate=0.1, schedule="stairs", patience=25)
    rates = [learning_rate(loop, TrainingState(step=k)) for k in (0, 49, 50, 100)]
    assert rates == pytest.approx([0.1, 0.1, 0.05, 0.025])
