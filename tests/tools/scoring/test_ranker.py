from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tools.scoring.ranker import Choice, Form, Ranker, Shape, calibrate, fit_shapes


def choices(effects: list[object], count: int = 1500, seed: int = 0) -> list[Choice]:
    """People who choose one of twenty by the softmax of known effects of features in [0, 1]."""
    rng = np.random.default_rng(seed)
    made = []
    for _ in range(count):
        features = rng.uniform(0, 1, (20, len(effects))).astype(np.float32)
        score = sum(effect(features[:, column]) for column, effect in enumerate(effects))  # type: ignore[operator]
        power = np.exp(score)
        taken = np.zeros(20, bool)
        taken[rng.choice(20, p=power / power.sum())] = True
        made.append(Choice(features, taken))
    return made


def rise(shape: Shape, start: float, end: float) -> float:
    low, high = shape(np.array([start, end], np.float32))
    return float(high - low)


def test_known_weights_are_found_again_as_straight_lines() -> None:
    made = choices([lambda x: 3 * x, lambda x: 0 * x, lambda x: -2 * x])
    forms = {"up": Form(0, segments=1), "nothing": Form(0, 0, 1), "down": Form(0, -1, 1)}
    found = fit_shapes(made, forms, strength=1e-3, smoothness=0)
    assert [found[name].slope for name in forms] == pytest.approx([3.0, 0.0, -2.0], abs=0.35)


def test_an_effect_that_levels_off_is_learnt_as_one() -> None:
    made = choices([lambda x: 4 * np.minimum(x, 0.5)], count=3000)
    (shape,) = fit_shapes(made, {"x": Form(0)}, strength=1e-3, smoothness=1.0).values()
    assert rise(shape, 0.0, 0.5) == pytest.approx(2.0, abs=0.35)
    assert rise(shape, 0.55, 1.0) == pytest.approx(0.0, abs=0.3)


def test_monotone_effects_stay_monotone_whatever_the_data_say() -> None:
    made = choices([lambda x: -3 * x, lambda x: 3 * x])
    forms = {"falls": Form(0.5, 1, least=0.2), "rises": Form(-0.5, -1)}
    found = fit_shapes(made, forms, strength=1.0)
    assert (np.diff(found["falls"].values) >= 0.2 * np.diff(found["falls"].knots) - 1e-9).all()
    assert (np.diff(found["rises"].values) <= 1e-9).all()


def test_without_choices_and_against_a_strong_prior_lines_of_the_prior_come_back() -> None:
    forms = {"a": Form(1.0), "b": Form(-3.0, -1)}
    assert [shape.slope for shape in fit_shapes([], forms).values()] == [1.0, -3.0]
    found = fit_shapes(choices([lambda x: 3 * x, lambda x: 0 * x], 200), forms, strength=1e7)
    assert [shape.slope for shape in found.values()] == pytest.approx([1.0, -3.0], abs=1e-2)


def test_a_shape_is_nothing_where_its_feature_is_nothing() -> None:
    rng = np.random.default_rng(3)
    made = [Choice(rng.normal(0, 1, (20, 1)).astype(np.float32), np.arange(20) == rng.integers(20)) for _ in range(100)]
    (shape,) = fit_shapes(made, {"x": Form(0.5, 0)}).values()
    assert shape(np.zeros(1, np.float32))[0] == pytest.approx(0.0, abs=1e-12)


def test_a_constant_column_is_no_trouble() -> None:
    made = [Choice(np.zeros((5, 1), np.float32), np.arange(5) == 2) for _ in range(10)]
    (shape,) = fit_shapes(made, {"x": Form(0.5)}).values()
    assert np.isfinite(shape.values).all()


SHAPES = st.lists(st.floats(-10, 10), min_size=2, max_size=5)


@settings(deadline=None, max_examples=50)
@given(st.lists(st.one_of(st.floats(-10, 10), SHAPES), min_size=1, max_size=8), st.floats(-5, 5), st.integers(1, 30))
def test_contributions_and_intercept_sum_to_the_score(
    effects: list[float | list[float]], intercept: float, rows: int
) -> None:
    shapes = {
        f"x{place}": Shape(tuple(np.linspace(-1, 1, len(effect)).tolist()), tuple(effect))
        for place, effect in enumerate(effects)
        if isinstance(effect, list)
    }
    weights = {f"x{place}": 1.0 if isinstance(effect, list) else effect for place, effect in enumerate(effects)}
    ranker = Ranker(weights, intercept, shapes)
    rng = np.random.default_rng(rows)
    features = {name: rng.uniform(-1.5, 1.5, rows).astype(np.float32) for name in ranker.names}
    parts = ranker.contributions(features)
    expected = np.full(rows, intercept)
    for name, weight in weights.items():
        x = features[name].astype(np.float64)
        expected += np.interp(x, shapes[name].knots, shapes[name].values) if name in shapes else weight * x
    assert ranker.scores(parts) == pytest.approx(expected, abs=1e-6)


def test_a_ranker_without_a_feature_scores_as_if_that_counted_nothing() -> None:
    ranker = Ranker({"a": 1.0, "b": 2.0}, 0.5, {"b": Shape((0.0, 1.0), (0.0, 3.0))})
    features = {"a": np.ones(2, np.float32), "b": np.ones(2, np.float32)}
    assert ranker.scores(ranker.contributions(features)).tolist() == [4.5, 4.5]
    less = ranker.without(["b"])
    assert less.scores(less.contributions(features)).tolist() == [1.5, 1.5]


def test_calibrated_scores_sum_to_what_was_taken() -> None:
    scores = [np.array([0.0, 1.0, 2.0]), np.array([-1.0, 3.0])]
    shift = calibrate(scores, 2)
    assert sum(float((1 / (1 + np.exp(-(s + shift)))).sum()) for s in scores) == pytest.approx(2, abs=1e-6)
