"""The logistic-normal state space against independent computations, and what it knows that shrinkage does not."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from core.timeline import Array
from tools.forecasting.metrics import kl_divergence
from tools.forecasting.models.classical import DirichletShrinkage
from tools.forecasting.models.laplace import (
    between_people,
    centred_on,
    components,
    diagonal,
    gaussian_nodes,
    mean_shares,
    posterior_mode,
    principal,
    softmax,
)
from tools.forecasting.models.logistic_normal import LogisticNormal
from tools.forecasting.population import population_series
from tools.forecasting.series import Histories, Panel, histories

POPULATION = np.array([0.3, 0.3, 0.2, 0.2])
PAIRED = np.array([[1.0, 1.0], [1.0, 1.0], [-1.0, 1.0], [-1.0, -3.0]]) * [1.2, 0.3]
"""Whoever likes the first topic likes the second."""


def history(*people: list[tuple[int, list[float]]], origin: int = 100, topics: int = 4) -> Histories:
    """Histories from (period number, evidence) rows of each person."""
    rows = [(user, origin - index, mass) for user, each in enumerate(people) for index, mass in each]
    positive = np.array([mass for *_, mass in rows], dtype=np.float64).reshape(len(rows), topics)
    user = np.array([user for user, *_ in rows], dtype=np.int64)
    age = np.array([age for _, age, _ in rows], dtype=np.int64)
    return histories(user, age, positive, np.zeros_like(positive), np.full(len(people), origin, dtype=np.int64))


def paired_panel(people: int, seed: int = 0) -> Panel:
    """People whose tastes are logistic-normal with loadings `PAIRED`, six events in each of ten weeks."""
    rng = np.random.default_rng(seed)
    taste = softmax(np.log(POPULATION) + rng.standard_normal((people, 2)) @ PAIRED.T)
    counts = rng.multinomial(6, np.repeat(taste, 10, axis=0)).astype(np.float32)
    return Panel(
        topics=("a", "b", "c", "d"),
        period="week",
        users=tuple(str(n) for n in range(people)),
        user=np.repeat(np.arange(people), 10),
        index=np.tile(np.arange(90, 100), people),
        positive=counts,
        negative=np.zeros_like(counts),
        prior=POPULATION,
    )


@pytest.fixture(scope="module")
def panel() -> Panel:
    return paired_panel(250)


@pytest.fixture(scope="module")
def fitted(panel: Panel) -> LogisticNormal:
    model = LogisticNormal(4, "week")
    model.fit(panel.before(96))
    return model


def plain(loadings: Array, **params: float) -> LogisticNormal:
    """An untrained model with given loadings and hyper-parameters; its population is uniform."""
    model = LogisticNormal(len(loadings), "week", rank=loadings.shape[1])
    model.restore({"params": model.params | params, "dispersion": model.dispersion, "loadings": loadings})
    return model


def test_nodes_have_the_moments_of_a_gaussian() -> None:
    nodes = gaussian_nodes(7)
    assert np.allclose(nodes.mean(axis=0), 0)
    assert np.allclose(nodes.T @ nodes / len(nodes), np.eye(7))


def test_the_centre_gives_the_shares_asked_for() -> None:
    nodes = gaussian_nodes(2)
    centre = centred_on(POPULATION, PAIRED, nodes)
    found = mean_shares(centre[None], PAIRED, np.zeros((1, 2)), np.eye(2)[None], nodes)
    assert np.allclose(found[0], POPULATION)
    assert not np.allclose(softmax(centre), POPULATION, atol=0.01)


def test_the_mode_is_where_a_general_optimiser_finds_it() -> None:
    from scipy.optimize import minimize

    counts, mean = np.array([5.0, 0.0, 2.5, 0.0]), np.array([0.3, -0.2])
    covariance = np.array([[0.8, 0.3], [0.3, 0.5]])

    def loss(z: Array) -> float:
        shares = softmax(np.log(POPULATION) + PAIRED @ z)
        prior = 0.5 * (z - mean) @ np.linalg.solve(covariance, z - mean)
        return float(prior - counts @ np.log(shares))

    oracle = minimize(loss, mean, tol=1e-12).x
    push, shares, hessian = posterior_mode(
        counts[None], np.log(POPULATION)[None], PAIRED, mean[None], covariance[None], steps=8
    )
    assert mean + covariance @ push[0] == pytest.approx(oracle, abs=1e-4)
    assert push[0] == pytest.approx((counts - counts.sum() * shares[0]) @ PAIRED, abs=1e-6)
    assert (np.linalg.eigvalsh(hessian[0]) > 0).all()


def test_the_posterior_mean_is_close_to_numerical_integration() -> None:
    loadings = np.array([[1.0], [-1.0]])
    mode = plain(loadings, scale=1.0, passing=0.0, sitting=1e9, skew=0.0)
    model = plain(loadings, scale=1.0, passing=0.0, sitting=1e9, skew=1.0)
    for counts in ([3.0, 0.0], [1.0, 0.0], [6.0, 2.0], [40.0, 5.0], [20.0, 0.0]):
        grid = np.linspace(-8, 8, 4001)
        shares = softmax(grid[:, None] * loadings.T)
        weight = np.exp(-0.5 * grid**2 + np.log(shares) @ counts)
        exact = (weight / weight.sum()) @ shares
        past = history([(99, counts)], topics=2)
        assert model.expected(past, 1)[0, 0, 0] == pytest.approx(exact[0], abs=0.02)
        assert mode.expected(past, 1)[0, 0, 0] < exact[0]


def test_the_filter_agrees_with_statsmodels_where_the_model_is_linear() -> None:
    """With log-ratios that hardly vary and very many events, shares are linear in the state and the noise Gaussian."""
    from statsmodels.tsa.statespace.kalman_filter import KalmanFilter

    small, passing, half_life = 1e-3, 0.4, 3.0
    loadings = np.array([[small], [-small]])
    model = plain(loadings, scale=1.0, passing=passing, half_life_days=7 * half_life, sitting=1e15)
    totals = np.array([1e6, 4e5, 2e6, 8e5])
    index = np.array([80, 81, 90, 97])
    shares = 0.5 + small * np.array([0.4, -0.2, 0.9, 0.1])
    past = history([(int(i), [n * s, n * (1 - s)]) for i, n, s in zip(index, totals, shares, strict=True)], topics=2)
    past = replace(past, positive=past.positive.astype(np.float64))
    mean, covariance, age = model.filtered(past, np.zeros((1, 2)), loadings)

    left = np.exp2(-np.append(np.diff(index), 0) / half_life)
    oracle = KalmanFilter(k_endog=1, k_states=2)
    oracle.bind(shares - 0.5)
    oracle["design"] = np.array([[small / 2, small / 2]])
    oracle["obs_cov"] = (0.25 / totals)[None, None, :]
    oracle["transition"] = np.stack([np.diag([1, each]) for each in left], axis=2)
    oracle["selection"] = np.eye(2)
    oracle["state_cov"] = np.stack([np.diag([0, passing * (1 - each**2)]) for each in left], axis=2)
    oracle.initialize_known(np.zeros(2), np.diag([1 - passing, passing]))
    result = oracle.filter()
    assert mean[0, :, 0] == pytest.approx(result.filtered_state[:, -1], rel=2e-3)
    assert covariance[0, :, 0, :, 0] == pytest.approx(result.filtered_state_cov[:, :, -1], rel=2e-3)
    assert age[0] == 3


def test_components_start_independent_and_their_variances_can_be_set() -> None:
    mean, covariance = components([0.7, 0.3], 2, 3)
    assert mean.shape == (2, 2, 3)
    assert np.allclose(covariance.sum(axis=(1, 3)), np.eye(3))
    diagonal(covariance)[1] *= 2
    assert np.allclose(covariance[1, 0, :, 0], 1.4 * np.eye(3))
    assert np.allclose(covariance[1, 0, :, 1], 0)


def test_em_finds_which_topics_go_together(panel: Panel) -> None:
    counts = panel.positive.reshape(250, 10, 4).sum(axis=1, dtype=np.float64)
    found = between_people(counts, panel.population)
    truth = (PAIRED - PAIRED.mean(axis=0)) @ (PAIRED - PAIRED.mean(axis=0)).T
    size = np.sqrt(np.diag(found))
    assert (found / np.outer(size, size))[0, 1] > 0.7
    assert np.allclose(found, truth, atol=0.35 * truth.max())


def test_loadings_keep_what_matters_for_common_topics() -> None:
    covariance = np.diag([0.5, 0.5, 0.5, 3.0])
    population = np.array([0.5, 0.3, 0.2, 1e-9])
    kept = principal(covariance, population, 2)
    assert np.abs(kept[3] - kept.mean(axis=0)).max() < np.abs(kept[:2]).max()


def test_who_likes_one_topic_is_expected_to_like_the_other(fitted: LogisticNormal, panel: Panel) -> None:
    past = history([(99, [4.0, 0, 0, 0])])
    shrinkage = DirichletShrinkage(4, "week")
    shrinkage.fit(panel.before(96))
    own, other = fitted.shares(past, 1)[0, 0], shrinkage.shares(past, 1)[0, 0]
    prior = fitted.prior(past)[0]
    assert own[1] > 1.15 * prior[1]
    assert own[1] > 1.15 * other[1]
    assert own[3] < prior[3]


def test_it_beats_shrinkage_where_topics_go_together(fitted: LogisticNormal, panel: Panel) -> None:
    windows = panel.windows([96], 1000)
    recent = windows.histories.take(np.arange(len(windows)))
    last = recent.positive.copy()
    last[:, :-1] = 0
    recent = Histories(last, np.zeros_like(last), recent.age, recent.origin)
    shrinkage = DirichletShrinkage(4, "week")
    shrinkage.fit(panel.before(96))
    gain = np.nanmean(
        kl_divergence(windows.targets, shrinkage.shares(recent, 4))
        - kl_divergence(windows.targets, fitted.shares(recent, 4)),
        axis=1,
    )
    assert gain.mean() > 2 * gain.std() / np.sqrt(len(gain))


def test_an_empty_history_gets_the_recent_population(fitted: LogisticNormal) -> None:
    past = history([])
    assert np.allclose(fitted.shares(past, 3), fitted.prior(past)[:, None])


def test_people_are_forecast_alike_alone_and_together(fitted: LogisticNormal, panel: Panel) -> None:
    many = panel.windows([95], 12).histories
    alone = [fitted.shares(many.take(np.array([n])), 2)[0] for n in range(many.people)]
    assert np.allclose(fitted.shares(many, 2), np.stack(alone))


def test_a_person_reverts_to_their_own_mean() -> None:
    model = plain(PAIRED, passing=0.5, half_life_days=14.0)
    usual = [(index, [1.0, 1, 5, 5]) for index in range(60, 99)]
    shares = model.expected(history([*usual, (99, [20.0, 0, 0, 0])]), 20)[0, :, 0]
    before = model.expected(history(usual), 1)[0, 0, 0]
    assert (np.diff(shares) < 0).all()
    assert shares[0] > 1.3 * before
    assert shares[-1] < before + 0.5 * (shares[0] - before)


def test_long_silence_forgets_only_what_passes() -> None:
    model = plain(PAIRED, passing=0.9, half_life_days=14.0)
    recent, old = [(99, [9.0, 0, 0, 0])], [(20, [9.0, 0, 0, 0])]
    near, far = model.expected(history(recent, old), 1)[:, 0, 0]
    assert near > far + 0.1
    assert far > 0.25


def test_what_speaks_against_a_topic_lowers_it(fitted: LogisticNormal) -> None:
    past = history([(99, [2.0, 2, 2, 2])])
    negative = np.zeros_like(past.positive)
    negative[0, -1, 0] = 6
    against = Histories(past.positive, negative, past.age, past.origin)
    before, after = fitted.shares(past, 2), fitted.shares(against, 2)
    assert (after[0, :, 0] < 0.8 * before[0, :, 0]).all()
    assert np.allclose(after.sum(axis=2), 1)
    drawn = fitted.sample(against, 2, 2000, np.random.default_rng(0), observed=False)
    assert drawn.mean(axis=1) == pytest.approx(after, abs=0.03)


def test_draws_have_the_expected_shares_as_their_mean(fitted: LogisticNormal) -> None:
    past = history([(97, [3.0, 1, 0, 0]), (99, [2.0, 0, 0, 1])], [])
    for observed in (True, False):
        drawn = fitted.sample(past, 3, 4000, np.random.default_rng(1), observed)
        assert drawn.shape == (2, 4000, 3, 4)
        assert np.allclose(drawn.sum(axis=-1), 1)
        assert drawn.mean(axis=1) == pytest.approx(fitted.expected(past, 3), abs=0.02)


def test_observed_draws_are_dirichlet_multinomial() -> None:
    """With log-ratios that never vary only the noise of the events is left, whose variance is known exactly."""
    model = plain(1e-6 * np.array([[1.0], [-1.0]]), sitting=5.0)
    drawn = model.sample(history([(99, [4.0, 4.0])], topics=2), 1, 40_000, np.random.default_rng(2))[0, :, 0, 0]
    assert np.allclose(drawn * 8, np.rint(drawn * 8))
    assert drawn.var() == pytest.approx(0.25 / 8 * (8 + 5) / (1 + 5), rel=0.03)


def test_draws_repeat_with_the_seed(fitted: LogisticNormal) -> None:
    past = history([(99, [2.0, 0, 0, 1])])
    first, again = (fitted.sample(past, 2, 5, np.random.default_rng(3)) for _ in range(2))
    assert np.array_equal(first, again)


def test_a_restored_model_forecasts_the_same(fitted: LogisticNormal, panel: Panel) -> None:
    import json

    state = fitted.state()
    stored = json.loads(json.dumps(state | {name: state[name].tolist() for name in ("loadings", "dispersion")}))
    copy = LogisticNormal(4, "week")
    copy.restore(stored)
    copy.observe(population_series(panel))
    fitted.observe(population_series(panel))
    past = panel.windows([98], 10).histories
    assert np.allclose(copy.shares(past, 2), fitted.shares(past, 2))


def test_too_few_people_leave_the_defaults() -> None:
    model = LogisticNormal(4, "week")
    before = dict(model.params)
    model.fit(paired_panel(5))
    assert model.params == before
    assert np.isfinite(model.shares(history([(99, [1.0, 0, 0, 0])]), 4)).all()


@pytest.mark.parametrize("mass", [1e-6, 1e6])
def test_tiny_and_huge_evidence_stays_a_distribution(fitted: LogisticNormal, mass: float) -> None:
    found = fitted.shares(history([(index, [mass, 0, 0, 0]) for index in range(50, 100)]), 4)
    assert np.isfinite(found).all()
    assert np.allclose(found.sum(axis=2), 1)
