"""One contract over every forecaster, and what sets each apart."""

from __future__ import annotations

import numpy as np
import pytest

from core.timeline import PeriodCounts
from tests.tools.forecasting.conftest import GENRES
from tools.forecasting.ensemble import FORECASTERS
from tools.forecasting.metrics import kl_divergence
from tools.forecasting.models.classical import ClassicalForecaster, DirichletShrinkage, LastValue, RunningMean, lowered
from tools.forecasting.models.logistic_normal import LogisticNormal
from tools.forecasting.models.long_history import LongHistory
from tools.forecasting.models.neural import TopicNetwork
from tools.forecasting.models.state_space import LocalLevel, pooled_model, pooled_series
from tools.forecasting.population import FOREVER
from tools.forecasting.series import Histories, Panel, stack_counts

T = len(GENRES)
ALL: tuple[type[ClassicalForecaster], ...] = (*FORECASTERS, LogisticNormal, LongHistory, TopicNetwork)


def history(*rows: tuple[int, list[float]], origin: int = 100, against: list[float] | None = None) -> Histories:
    """One person's history from (period number, evidence) rows."""
    index = np.array([index for index, _ in rows], dtype=np.int64)
    positive = np.array([mass for _, mass in rows], dtype=np.float64).reshape(len(rows), T)
    negative = np.zeros_like(positive)
    if against is not None:
        negative[-1] = against
    return stack_counts([PeriodCounts("week", index, positive, negative)], origin, T)


@pytest.fixture(scope="module")
def fitted(panel: Panel) -> dict[type[ClassicalForecaster], ClassicalForecaster]:
    found = {}
    for each in ALL:
        found[each] = each(T, "week")
        found[each].fit(panel)
    return found


HISTORIES = {
    "empty": history(),
    "one event": history((99, [1, 0, 0, 0, 0])),
    "one instant": history((90, [50, 100, 20, 2, 65])),
    "long ago": history((-1400, [200, 0, 0, 0, 0]), (99, [0, 0, 2, 0, 0])),
    "only dislikes": history((99, [0, 0, 0, 0, 0]), against=[0, 0, 4, 0, 0]),
    "many periods": history(*((index, [1, index % 3, 0, 2, 0.5]) for index in range(20, 100))),
}


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
@pytest.mark.parametrize("past", HISTORIES.values(), ids=HISTORIES)
@pytest.mark.parametrize("horizon", [1, 4, 12])
@pytest.mark.parametrize("trained", [True, False], ids=["fitted", "defaults"])
def test_contract(
    fitted: dict[type[ClassicalForecaster], ClassicalForecaster],
    kind: type[ClassicalForecaster],
    past: Histories,
    horizon: int,
    trained: bool,
) -> None:
    model = fitted[kind] if trained else kind(T, "week")
    found, again = model.forecast(past, horizon), model.forecast(past, horizon)
    assert found.shares.shape == found.lo.shape == found.hi.shape == (1, horizon, T)
    assert np.allclose(found.shares.sum(axis=2), 1)
    assert (found.shares >= 0).all()
    assert ((found.lo >= 0) & (found.lo <= found.shares) & (found.shares <= found.hi) & (found.hi <= 1)).all()
    assert ((found.lo95 <= found.lo) & (found.hi <= found.hi95) & (found.lo95 >= 0) & (found.hi95 <= 1)).all()
    still = np.abs(np.diff(found.shares, axis=1)) < 1e-12
    assert (np.diff(found.hi - found.lo, axis=1)[still] >= -1e-12).all()
    assert np.array_equal(found.shares, again.shares)


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_an_empty_history_gets_the_population(
    fitted: dict[type[ClassicalForecaster], ClassicalForecaster], kind: type[ClassicalForecaster], panel: Panel
) -> None:
    nobody = HISTORIES["empty"]
    recent = [fitted[kind].series.recent(nobody.origin, window)[0] for window in (1, 2, 4, 8, FOREVER)]
    found = fitted[kind].forecast(nobody, 1).shares[0, 0]
    assert any(np.allclose(found, each) for each in (panel.population, *recent))


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.name)
def test_people_are_forecast_alike_alone_and_together(
    fitted: dict[type[ClassicalForecaster], ClassicalForecaster], kind: type[ClassicalForecaster], panel: Panel
) -> None:
    many = panel.windows(panel.origins(1), 20).histories
    together = fitted[kind].forecast(many, 2).shares
    alone = [fitted[kind].forecast(many.take(np.array([n])), 2).shares[0] for n in range(many.people)]
    assert np.allclose(together, np.stack(alone))


def test_shrinkage_beats_the_running_mean_and_that_beats_the_last_value(
    fitted: dict[type[ClassicalForecaster], ClassicalForecaster], panel: Panel
) -> None:
    windows = panel.windows(panel.origins(4), 1000)
    error = {
        kind: np.nanmean(kl_divergence(windows.targets, model.forecast(windows.histories, 4).shares))
        for kind, model in fitted.items()
    }
    assert error[DirichletShrinkage] < error[RunningMean] < error[LastValue]
    assert error[LocalLevel] < error[RunningMean]


def test_three_statements_of_today_outweigh_a_sitting_of_decades_ago(
    fitted: dict[type[ClassicalForecaster], ClassicalForecaster],
) -> None:
    sitting = (-1400, [200.0, 60, 5, 5, 30])
    for kind in (DirichletShrinkage, LocalLevel):
        before = fitted[kind].forecast(history(sitting), 1).shares[0, 0]
        after = fitted[kind].forecast(history(sitting, (99, [0, 0, 6, 0, 0])), 1).shares[0, 0]
        assert after[2] > before[2] + 0.05
        assert after[0] > 0.05


def test_a_dislike_lowers_its_topic_and_leaves_a_distribution() -> None:
    level = np.full((1, T), 1 / T)
    past = history((99, [1, 1, 1, 1, 1]), against=[0, 0, 4, 0, 0])
    after = lowered(level, past, 7.0)
    assert after[0, 2] < 0.75 * level[0, 2]
    assert after.sum() == pytest.approx(1)
    assert (np.delete(after[0], 2) > 1 / T).all()


def test_the_filter_agrees_with_statsmodels() -> None:
    model = LocalLevel(T, "week")
    model.params = {"initial": 0.2, "drift": 0.03, "sampling": 0.7, "sitting": 0.04}
    rows = [(80, [3.0, 1, 0, 0, 1]), (81, [0.0, 2, 0, 0, 0]), (90, [5.0, 0, 0, 1, 0]), (97, [0.0, 0, 1, 0, 0])]
    level, variance = model.filtered(history(*rows))
    totals = np.array([sum(mass) for _, mass in rows])
    gap = np.array([1.0, 9.0, 7.0, 0.0])
    p = model.population[0]
    shares = np.array([mass[0] for _, mass in rows]) / totals
    oracle = pooled_model((shares - p) / np.sqrt(p * (1 - p)), totals, gap)
    result = oracle.smooth(np.log(list(model.params.values())))
    assert level[0, 0] == pytest.approx(p + result.filtered_state[0, -1] * np.sqrt(p * (1 - p)))
    assert variance[0] == pytest.approx(result.filtered_state_cov[0, 0, -1] + 3 * 0.03)


def test_pooled_series_start_afresh_with_every_person(panel: Panel) -> None:
    values, totals, gap = pooled_series(panel, panel.population)
    assert len(values) == len(totals) == len(gap)
    assert np.isfinite(values).all()
    model = pooled_model(values, totals, gap)
    params = np.log([0.1, 0.01, 0.5, 0.05])
    ends = np.flatnonzero(gap == 0)
    parts = [slice(a + 1, b + 1) for a, b in zip([-1, *ends[:-1]], ends, strict=True)][:20]
    whole = pooled_model(values[: parts[-1].stop], totals[: parts[-1].stop], gap[: parts[-1].stop]).loglike(params)
    alone = sum(pooled_model(values[part], totals[part], gap[part]).loglike(params) for part in parts)
    assert whole == pytest.approx(alone)
    assert model.loglike(params) < 0
