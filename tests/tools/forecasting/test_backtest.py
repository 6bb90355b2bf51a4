from __future__ import annotations

import numpy as np
import pytest

from core.errors import InputError
from store.columns import ItemColumns
from tests.tools.forecasting.conftest import simulate
from tools.forecasting.backtest import EVERYBODY, SEGMENTS, backtest, segment_of
from tools.forecasting.ensemble import Ensemble
from tools.forecasting.metrics import SMOOTHING, kl_divergence
from tools.forecasting.models.classical import ClassicalForecaster, LastValue, RunningMean
from tools.forecasting.series import HORIZONS, Panel, panel_of
from tools.forecasting.topics.topics import FacetTopics


def test_divergence_is_that_of_the_smoothed_forecast() -> None:
    actual, forecast = np.array([[0.5, 0.5], [0.0, 0.0]]), np.array([[1.0, 0.0], [0.3, 0.7]])
    smoothed = np.array([1 - SMOOTHING / 2, SMOOTHING / 2])
    expected = (0.5 * np.log(0.5 / smoothed)).sum()
    found = kl_divergence(actual, forecast)
    assert found[0] == pytest.approx(expected)
    assert np.isnan(found[1])


def test_a_forecaster_that_does_not_beat_the_running_mean_is_not_used(panel: Panel) -> None:
    forecasters: list[ClassicalForecaster] = [each(len(panel.topics), "week") for each in (RunningMean, LastValue)]
    found = backtest(panel, forecasters, LastValue.name)
    assert found is not None
    choices = found.choices
    assert {choice.model for choice in choices.values()} == {RunningMean.name}
    assert choices[EVERYBODY].errors[LastValue.name] > choices[EVERYBODY].errors[RunningMean.name]


def test_who_serves_a_segment_is_who_was_chosen_and_its_error_is_kept(panel: Panel, ensemble: Ensemble) -> None:
    assert set(ensemble.choices) <= {EVERYBODY, *SEGMENTS}
    for choice in ensemble.choices.values():
        assert choice.error == choice.errors[choice.model]
        assert choice.error <= choice.errors[RunningMean.name]
    history = panel.windows(panel.origins(1), 500).histories
    served = ensemble.forecast(history, 2)
    segment = segment_of(history)
    for person in range(history.people):
        choice = ensemble.choices.get(SEGMENTS[segment[person]], ensemble.choices[EVERYBODY])
        assert served.model[person] == choice.model
        assert served.error[person] == choice.error


def test_intervals_cover_what_they_say_on_people_not_seen_before(
    columns: ItemColumns, topics: FacetTopics, ensemble: Ensemble
) -> None:
    new = panel_of(simulate(columns, 200, seed=2), topics.weights, topics.names, "week")
    windows = new.windows(new.origins(4), 2000)
    served = ensemble.forecast(windows.histories, HORIZONS).forecast
    seen = windows.totals > 0
    inside = ((windows.targets >= served.lo - 1e-6) & (windows.targets <= served.hi + 1e-6))[seen]
    assert 0.76 < inside.mean() < 0.88


def test_too_few_people_are_not_tested(columns: ItemColumns, topics: FacetTopics) -> None:
    few = panel_of(simulate(columns, 10), topics.weights, topics.names, "week")
    ensemble = Ensemble(len(topics.names), "week")
    ensemble.fit(few)
    assert not ensemble.tested
    assert np.isnan(ensemble.forecast(few.windows(few.origins(1), 5).histories, 1).error).all()


def test_fitting_twice_gives_the_same(panel: Panel, ensemble: Ensemble) -> None:
    again = Ensemble(len(panel.topics), "week")
    again.fit(panel)
    history = panel.windows(panel.origins(1), 50).histories
    one, other = (each.forecast(history, 4).forecast for each in (ensemble, again))
    assert again.choices == ensemble.choices
    assert np.array_equal(one.shares, other.shares)
    assert np.array_equal(one.lo95, other.lo95)


def test_draws_follow_the_forecast_and_ask_for_people_to_learn_from(panel: Panel, ensemble: Ensemble) -> None:
    history = panel.windows(panel.origins(1), 40).histories
    drawn = ensemble.sample(history, 2, 500, seed=3)
    assert drawn.shape == (history.people, 500, 2, len(panel.topics))
    assert np.abs(drawn.mean(axis=1) - ensemble.forecast(history, 2).forecast.shares).max() < 0.1
    assert np.array_equal(drawn, ensemble.sample(history, 2, 500, seed=3))
    with pytest.raises(InputError, match=r"Too few people.*driftline train"):
        Ensemble(len(panel.topics), "week").sample(history, 1, 5)
