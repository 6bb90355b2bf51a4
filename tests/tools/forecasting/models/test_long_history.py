"""Models of one long history on log-ratios: what they find, what they fall back to, and that nothing upsets them."""

from __future__ import annotations

import numpy as np
import pytest

from core.errors import InputError
from core.timeline import Array
from tools.forecasting.models.classical import DirichletShrinkage
from tools.forecasting.models.long_history import Calendar, LongHistory, helmert, log_ratios, mean_shares
from tools.forecasting.models.univariate import FAMILIES, best_model
from tools.forecasting.series import Floats, Histories, histories

ORIGIN = 100


def person(shares: Array, total: float = 20.0, gaps: tuple[int, ...] = (), origin: int = ORIGIN) -> Histories:
    """One person's history of the last ``len(shares)`` periods before `ORIGIN`, ``gaps`` counted from the first."""
    periods = len(shares)
    kept = np.setdiff1d(np.arange(periods), gaps)
    positive = total * shares[kept]
    return histories(
        np.zeros(len(kept), dtype=np.int64),
        origin - (ORIGIN - periods + kept),
        positive,
        np.zeros_like(positive),
        np.array([origin], dtype=np.int64),
    )


def alternating(periods: int, topics: int = 4) -> Array:
    """Shares that move a little around a level."""
    rng = np.random.default_rng(0)
    return rng.dirichlet(60 * np.arange(topics, 0, -1) / topics, size=periods)


def test_the_basis_is_isometric() -> None:
    basis = helmert(5)
    assert np.allclose(basis.T @ basis, np.eye(4))
    assert np.allclose(basis.sum(axis=0), 0)


def test_log_ratios_leave_gaps_missing_and_give_the_shrunken_shares_back() -> None:
    level, top = np.full(4, 0.25), np.array([0, 1])
    shares = alternating(30)
    series, index = log_ratios(person(shares, gaps=(3, 4, 11)), level, top, 5.0)
    assert index.tolist() == list(range(70, 100))
    assert np.flatnonzero(np.isnan(series).any(axis=1)).tolist() == [3, 4, 11]
    back = mean_shares(series[[0]], np.zeros((1, 2)))[0]
    expected = (20 * shares[0] + 5 * level) / 25
    assert back == pytest.approx([expected[0], expected[1], expected[2] + expected[3]], abs=1e-6)


def test_mean_shares_agree_with_numerical_integration() -> None:
    grid = np.linspace(-12, 12, 20_001)
    weight = np.exp(-0.5 * (grid - 1.0) ** 2 / 2.0)
    share = 1 / (1 + np.exp(-np.sqrt(2) * grid))
    exact = (weight / weight.sum()) @ share
    found = mean_shares(np.array([[1.0]]), np.array([[2.0]]), draws=20_000)[0, 0]
    assert found == pytest.approx(exact, abs=0.005)
    assert found < 1 / (1 + np.exp(-np.sqrt(2)))


@pytest.mark.parametrize("family", FAMILIES)
def test_a_long_history_is_forecast_near_its_level(family: str) -> None:
    shares = alternating(40)
    model = LongHistory(4, "week", family, parts=1)
    found = model.explained(person(shares, gaps=(5, 6, 20)), 3)
    assert found.models[0].startswith(f"{family}: ")
    assert np.allclose(found.shares.sum(axis=2), 1)
    assert found.shares[0] == pytest.approx(np.repeat(shares.mean(axis=0)[None], 3, axis=0), abs=0.06)


def test_a_person_who_moved_is_forecast_where_they_are_now() -> None:
    shares = alternating(60)
    shares[30:] = shares[30:, ::-1]
    past = person(shares)
    model = LongHistory(4, "week", "structural", parts=3)
    model.base.params["half_life_days"] = 1e6
    now, level = model.shares(past, 1)[0, 0], model.base.shares(past, 1)[0, 0]
    target = shares[30:].mean(axis=0)
    assert np.abs(now - target).sum() < 0.5 * np.abs(level - target).sum()


def test_inactive_periods_before_the_origin_widen_nothing_but_time() -> None:
    model = LongHistory(4, "week", "structural", parts=2)
    shares = alternating(40)
    near, far = (model.explained(person(shares, origin=origin), 1) for origin in (ORIGIN, ORIGIN + 15))
    assert near.models == far.models
    assert far.shares == pytest.approx(near.shares, abs=0.03)


def test_short_histories_are_left_to_the_base_which_is_named() -> None:
    model = LongHistory(4, "week")
    past = person(alternating(10))
    found = model.explained(past, 2)
    assert found.models == (DirichletShrinkage.name,)
    assert np.array_equal(found.shares, model.base.shares(past, 2))


def test_people_are_forecast_alike_alone_and_together() -> None:
    model = LongHistory(4, "week", parts=2, least=24)
    long, short = person(alternating(30)), person(alternating(30)[:, ::-1], gaps=tuple(range(20)))
    slots = long.positive.shape[1]

    def padded(part: Floats) -> Floats:
        front = np.zeros((1, slots - part.shape[1], *part.shape[2:]), dtype=np.float32)
        return np.concatenate([front, part], axis=1)

    positive = np.concatenate([long.positive, padded(short.positive)])
    age = np.concatenate([long.age, padded(short.age)])
    both = Histories(positive, np.zeros_like(positive), age, np.array([ORIGIN, ORIGIN]))
    found = model.explained(both, 2)
    assert found.models[1] == DirichletShrinkage.name
    assert np.allclose(found.shares[0], model.explained(long, 2).shares[0])


ODD = {
    "one topic only": np.tile([1.0, 0, 0, 0], (30, 1)),
    "constant": np.tile([0.4, 0.3, 0.2, 0.1], (30, 1)),
    "two topics in turn": np.eye(4)[np.arange(30) % 2],
    "one jump": np.eye(4)[(np.arange(30) >= 29).astype(int)],
}


@pytest.mark.parametrize("family", FAMILIES)
@pytest.mark.parametrize("shares", ODD.values(), ids=ODD)
def test_odd_histories_give_shares(family: str, shares: Array) -> None:
    found = LongHistory(4, "week", family, parts=1).explained(person(shares), 4)
    assert np.isfinite(found.shares).all()
    assert (found.shares >= 0).all()
    assert np.allclose(found.shares.sum(axis=2), 1)


@pytest.mark.parametrize("family", FAMILIES)
def test_an_empty_history_and_a_single_topic_are_left_to_the_base(family: str) -> None:
    empty = person(np.zeros((30, 4)))
    assert LongHistory(4, "week", family, least=0).explained(empty, 2).models == (DirichletShrinkage.name,)
    single = LongHistory(1, "week", family).explained(person(np.ones((30, 1))), 2)
    assert single.shares == pytest.approx(1)


def test_a_failing_fit_falls_back_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(values: Array, exog: Array | None) -> None:
        raise np.linalg.LinAlgError("singular")

    monkeypatch.setitem(FAMILIES, "arima", lambda series: {"broken": fails})
    past = person(alternating(40))
    model = LongHistory(4, "week", "arima")
    found = model.explained(past, 2)
    assert found.models == (DirichletShrinkage.name,)
    assert np.array_equal(found.shares, model.base.shares(past, 2))


def test_the_information_criterion_finds_serial_correlation_and_statsmodels_agrees() -> None:
    from statsmodels.tsa.statespace.sarimax import SARIMAX

    rng = np.random.default_rng(1)
    series = np.zeros(200)
    for step in range(1, 200):
        series[step] = 0.85 * series[step - 1] + rng.standard_normal()
    series[[40, 41, 90]] = np.nan
    found = best_model(FAMILIES["arima"], series, 6)
    assert found is not None
    mean, variance, name = found
    assert name in ("(1, 0, 0)", "(1, 0, 1)")
    p, d, q = (int(each) for each in name.strip("()").split(", "))
    oracle = SARIMAX(series, order=(p, d, q), trend="c").fit(disp=0).get_forecast(6)
    assert mean == pytest.approx(oracle.predicted_mean, abs=0.05)
    assert variance == pytest.approx(oracle.se_mean**2, rel=0.05)
    assert (np.diff(variance) > 0).all()


def test_a_series_that_never_moves_stays() -> None:
    series = np.full(30, 2.5)
    series[7] = np.nan
    found = best_model(FAMILIES["structural"], series, 3)
    assert found is not None
    assert found[0].tolist() == [2.5] * 3
    assert found[2] == "constant"


@pytest.mark.parametrize("family", ["arima", "structural"])
def test_known_regressors_carry_the_forecast(family: str) -> None:
    promoted = (np.arange(120) % 6 == 0).astype(np.float64)[:, None]
    shares = alternating(48)
    index = np.arange(52, 100)
    shares[promoted[index, 0] > 0] = [0.7, 0.1, 0.1, 0.1]
    model = LongHistory(4, "week", family, calendar=Calendar(0, promoted), parts=2)
    found = model.shares(person(shares), 4)[0, :, 0]
    on = promoted[ORIGIN : ORIGIN + 4, 0] > 0
    assert found[on].min() > found[~on].max() + 0.15


def test_a_calendar_that_ends_too_soon_is_an_error() -> None:
    model = LongHistory(4, "week", calendar=Calendar(60, np.zeros((42, 1))))
    with pytest.raises(InputError, match="60 to 101"):
        model.shares(person(alternating(30)), 4)


def test_families_are_checked() -> None:
    with pytest.raises(InputError, match="prophet"):
        LongHistory(4, "week", "prophet")
    with pytest.raises(InputError, match="no regressors"):
        LongHistory(4, "week", "ets", calendar=Calendar(0, np.zeros((5, 1))))


def test_a_restored_model_forecasts_the_same() -> None:
    model = LongHistory(4, "week", parts=2)
    model.base.params["prior"] = 3.0
    copy = LongHistory(4, "week", parts=2)
    copy.restore(model.state())
    past = person(alternating(26))
    assert np.array_equal(copy.shares(past, 2), model.shares(past, 2))
