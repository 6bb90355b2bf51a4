from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.scoring.ranker import Choice, Ranker, calibrate, fit_weights


def choices(weights: list[float], count: int = 400, seed: int = 0) -> list[Choice]:
    """People who choose one of twenty by the softmax of known weights."""
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        features = rng.uniform(0, 1, (20, len(weights))).astype(np.float32)
        power = np.exp(features @ np.array(weights))
        taken = np.zeros(20, bool)
        taken[rng.choice(20, p=power / power.sum())] = True
        made.append(Choice(features, taken))
    return made


def fitted(weights: list[float], prior: float = 0.0, strength: float = 1e-3, count: int = 400) -> np.ndarray:
    size = len(weights)
    return fit_weights(
        choices(weights, count), np.full(size, prior), np.full(size, -50.0), np.full(size, 50.0), strength
    )


def test_known_weights_are_found_again() -> None:
    assert fitted([3.0, 0.0, -2.0], count=3000) == pytest.approx([3.0, 0.0, -2.0], abs=0.3)


def test_bounds_hold_and_without_choices_the_prior_comes_back() -> None:
    low, high = np.zeros(3), np.full(3, 50.0)
    found = fit_weights(choices([3.0, 0.0, -2.0]), np.zeros(3), low, high, 1e-3)
    assert found[2] == 0.0
    assert fit_weights([], np.array([1.0, 2.0, -3.0]), low, high, 1.0).tolist() == [1.0, 2.0, 0.0]


def test_a_strong_prior_wins_over_few_choices() -> None:
    assert fitted([3.0, 0.0], prior=1.0, strength=1e6) == pytest.approx([1.0, 1.0], abs=1e-2)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.floats(-10, 10), min_size=1, max_size=8), st.floats(-5, 5), st.integers(1, 30))
def test_contributions_and_intercept_sum_to_the_score(weights: list[float], intercept: float, rows: int) -> None:
    ranker = Ranker({f"x{place}": weight for place, weight in enumerate(weights)}, intercept)
    rng = np.random.default_rng(rows)
    features = {name: rng.uniform(-1, 1, rows).astype(np.float32) for name in ranker.weights}
    parts = ranker.contributions(features)
    expected = intercept + sum(w * features[name].astype(np.float64) for name, w in ranker.weights.items())
    assert ranker.scores(parts) == pytest.approx(expected, abs=1e-9)


def test_calibrated_scores_sum_to_what_was_taken() -> None:
    scores = [np.array([0.0, 1.0, 2.0]), np.array([-1.0, 3.0])]
    shift = calibrate(scores, 2)
    assert sum(float((1 / (1 + np.exp(-(s + shift)))).sum()) for s in scores) == pytest.approx(2, abs=1e-6)
