from __future__ import annotations

import json

import numpy as np
import pytest
from scipy.special import betaln

from core.timeline import PeriodCounts
from evals.simulator.world import WorldSettings, simulate
from tools.forecasting.drift.change_factors import LAGS, log_factors, log_sum, peaks
from tools.forecasting.drift.change_fit import fit_change_model, histories_of
from tools.forecasting.drift.change_points import ChangeModel, Monitor
from tools.forecasting.drift.dispersion import Dispersion, fit_dispersion

POPULATION = (0.4, 0.3, 0.1, 0.1, 0.1)
MODEL = ChangeModel(POPULATION)
EARLY, LATE, LAST = [0.6, 0.3, 0.0, 0.05, 0.05], [0.1, 0.2, 0.6, 0.05, 0.05], [0.1, 0.2, 0.1, 0.05, 0.55]


def drawn(*parts: tuple[list[float], int], events: int = 20, seed: int = 0) -> np.ndarray:
    generator = np.random.default_rng(seed)
    return np.vstack([generator.multinomial(events, share, size=periods) for share, periods in parts]).astype(float)


def test_several_changes_are_found_with_topic_date_and_size() -> None:
    found = MODEL.changes_of(np.arange(100, 130), drawn((EARLY, 10), (LATE, 10), (LAST, 10)))
    by_start = {(change.topic, change.start): change for change in found}
    assert by_start[2, 110].size == pytest.approx(0.6, abs=0.12)
    assert by_start[4, 120].size == pytest.approx(0.5, abs=0.12)
    assert by_start[2, 120].size == pytest.approx(-0.5, abs=0.12)
    assert all(change.start < change.found <= change.start + 5 for change in found)
    assert by_start[2, 110].probability > 0.9


def test_online_and_whole_histories_agree_on_large_changes() -> None:
    mass = drawn((EARLY, 9), (LATE, 7), (LAST, 9), seed=3)
    monitor = Monitor(MODEL)
    noted = [change for index, row in enumerate(mass) for change in monitor.update(index, row)]
    whole = {(change.topic, change.start) for change in MODEL.changes_of(np.arange(len(mass)), mass)}
    assert {(2, 9), (4, 16)} <= whole & {(change.topic, change.start) for change in noted}
    assert {(2, 9), (4, 16)} <= {(change.topic, change.start) for change in monitor.changes}


@pytest.mark.parametrize("periods", [6, 18])
def test_no_more_alarms_than_stated_however_long_and_alike_sittings_are(periods: int) -> None:
    """People whose sittings scatter far more than the model believes."""
    generator = np.random.default_rng(periods)
    alarms = []
    for _ in range(300):
        tastes = generator.dirichlet(3 * np.array(EARLY) + 0.01, size=periods)
        mass = np.stack([generator.multinomial(10, taste) for taste in tastes]).astype(float)
        alarms.append(bool(MODEL.changes_of(np.arange(periods), mass)))
    assert np.mean(alarms) <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 300)


def test_a_jump_passes_though_sittings_are_alike() -> None:
    generator = np.random.default_rng(5)
    found = 0
    for _ in range(50):
        tastes = [generator.dirichlet(8 * np.array(share) + 0.01) for share in [EARLY] * 10 + [LATE] * 8]
        mass = np.stack([generator.multinomial(10, taste) for taste in tastes]).astype(float)
        found += any(change.topic == 2 and change.size > 0 for change in MODEL.changes_of(np.arange(18), mass))
    assert found >= 40


def test_inactive_periods_and_too_little_history_note_nothing() -> None:
    mass = drawn((EARLY, 2), (LATE, 1))
    assert MODEL.changes_of(np.arange(3), mass) == ()
    assert MODEL.changes(PeriodCounts("week", np.zeros(0, dtype=int), np.zeros((0, 5)), np.zeros((0, 5)))) == ()
    assert Monitor(MODEL).update(7, np.zeros(5)) == ()
    gaps = np.zeros((60, 5))
    gaps[::2] = drawn((EARLY, 15), (LATE, 15), seed=1)
    assert {change.start for change in MODEL.changes_of(np.arange(60), gaps)} == {30}


def test_a_single_odd_sitting_is_no_change() -> None:
    mass = np.vstack([drawn((EARLY, 10)), [[0, 0, 200, 0, 0]]])
    assert MODEL.changes_of(np.arange(11), mass) == ()


def test_the_factor_is_that_of_two_beta_binomials() -> None:
    shares, size = np.array([[0.5, 0.5]] * 2 + [[0.9, 0.1]] * 2), np.full((4, 2), 6.0)
    model = ChangeModel((0.5, 0.5), jump=16.0)
    factor = log_factors(model.prior, shares, size, np.array([4]))[0, LAGS.index(2), 0]
    prior = model.dispersion.spread / 2
    steady = betaln(prior + 6 + 10.8, prior + 6 + 1.2) - betaln(prior + 6, prior + 6)
    moved = betaln(8 + 10.8, 8 + 1.2) - betaln(8, 8)
    assert factor == pytest.approx(moved - steady + np.log(0.5))


def test_the_factors_have_mean_one_without_a_change() -> None:
    """The sum over data of their predictive probability times the factor is the factor's weight."""
    model = ChangeModel((0.5, 0.5), Dispersion((1.0,), (0.0,), 4.0))
    generator = np.random.default_rng(0)
    level = generator.beta(2, 2, size=20_000)
    hits = generator.binomial(5, level[:, None], size=(20_000, 4))
    factors = [
        np.exp(log_factors(model.prior, np.column_stack([h, 5 - h]) / 5, np.full((4, 2), 5.0), np.array([4]))[0, 0, 0])
        for h in hits[:4000]
    ]
    assert np.mean(factors) == pytest.approx(0.5, rel=0.1)


def test_peaks_of_orders_are_the_highest_sums() -> None:
    mass = drawn((EARLY, 7), (LATE, 6), events=9)
    shares, size = mass / 9, np.full(mass.shape, 6.0)
    orders = np.stack([np.arange(13), np.random.default_rng(0).permutation(13)])
    expected = [
        log_sum(log_factors(MODEL.prior, shares[order], size[order], np.arange(1, 14)).reshape(13, -1)).max()
        for order in orders
    ]
    assert peaks(MODEL.prior, shares, size, orders) == pytest.approx(expected, abs=1e-3)
    assert peaks(MODEL.prior, shares[:3], size[:3], np.arange(3)[None]) == -np.inf


def test_moments_find_the_scatter_that_was_simulated() -> None:
    panel = simulate(seed=1, kinds=("constant",), people=600, sitting=0.1, spread=8.0, topics=8, events=12.0).panel
    found = fit_dispersion(panel)
    common = np.argsort(-panel.population)[:3]
    assert np.array(found.sitting)[common] == pytest.approx(0.1, abs=0.04)
    assert np.array(found.event)[common] == pytest.approx(0.9, abs=0.2)
    assert found.spread == pytest.approx(8, rel=0.3)
    assert found.size(np.array([1e6]))[0, common[0]] == pytest.approx(10, rel=0.4)


def test_a_fitted_model_keeps_false_alarms_low_and_survives_json() -> None:
    world = WorldSettings(kinds=("constant",), people=300, periods=20, topics=8, missing=0.0, sitting=0.1)
    model = fit_change_model(simulate(world, 2).panel)
    fresh = histories_of(simulate(world, 2, draw=5).panel, 300, np.random.default_rng(0))
    alarms = np.mean([bool(model.changes_of(np.arange(len(mass)), mass)) for mass in fresh])
    assert 0.005 <= alarms <= 0.075
    assert ChangeModel.restored(json.loads(json.dumps(model.state()))) == model


def test_alarms_are_believed_where_they_outnumber_false_ones() -> None:
    world = WorldSettings(people=150, periods=16, topics=8, events=20.0, missing=0.0, jump=0.4)
    steady, jumping = (fit_change_model(simulate(world, 2, kinds=(kind,)).panel) for kind in ("constant", "jumping"))
    assert steady.at_bar < 0.3 < jumping.at_bar


def test_a_panel_of_few_people_keeps_the_default() -> None:
    assert fit_change_model(simulate(seed=0, people=5, periods=6, topics=4).panel).at_bar == MODEL.at_bar
