from __future__ import annotations

import math

import numpy as np
import pytest

from tools.forecasting.drift.permutation import own_bar


def trend(values: np.ndarray):  # type: ignore[no-untyped-def]
    return lambda orders: values[orders] @ np.arange(len(values))


@pytest.mark.parametrize("alpha", [0.05, 0.2])
def test_the_test_has_its_level_and_the_bar_is_what_it_says(alpha: float) -> None:
    generator = np.random.default_rng(0)
    series = generator.standard_cauchy((2000, 9))
    bars = [own_bar(trend(values), 9, alpha) for values in series]
    assert np.mean(np.isfinite(bars)) == pytest.approx(alpha, abs=0.02)
    for values, bar in zip(series, bars, strict=True):
        assert bar == math.inf or trend(values)(np.arange(9)) > bar


def test_stopping_early_decides_nothing_differently() -> None:
    series = np.random.default_rng(1).normal(size=(300, 9))
    by_blocks = [own_bar(trend(values), 9, 0.1, width=10**6) for values in series]
    assert by_blocks == [own_bar(trend(values), 9, 0.1) for values in series]


def test_equal_periods_and_too_small_a_level_are_never_significant() -> None:
    assert own_bar(trend(np.ones(9)), 9, 0.05) == math.inf
    assert own_bar(trend(np.arange(9.0)), 9, 0.05) < math.inf
    assert own_bar(trend(np.arange(9.0)), 9, 0.005) == math.inf
    assert own_bar(trend(np.arange(1.0)), 1, 0.05) == math.inf
