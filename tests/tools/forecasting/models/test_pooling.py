from __future__ import annotations

import numpy as np
import pytest

from tests.tools.forecasting.models.test_credibility import camps
from tools.forecasting.metrics import kl_divergence
from tools.forecasting.models.pooling import FEATURES, LogPool
from tools.forecasting.series import HORIZONS, Panel


@pytest.fixture(scope="module")
def fitted() -> LogPool:
    pool = LogPool(4, "week")
    pool.fit(camps().before(5))
    return pool


def test_without_weights_it_is_plain_shrinkage(panel: Panel) -> None:
    pool = LogPool(len(panel.topics), "week")
    pool.fit(panel)
    pool.weights = np.zeros_like(pool.weights)
    history = panel.windows(panel.origins(1), 100).histories
    plain = pool.shrinkage.shares(history, 2)
    assert np.abs(pool.shares(history, 2) - plain).max() < 0.01


def test_it_beats_shrinkage_where_topics_go_together(fitted: LogPool) -> None:
    panel = camps(seed=3)
    windows = panel.windows([5], 300)
    ours, plain = (
        np.nanmean(kl_divergence(windows.targets, model.shares(windows.histories, HORIZONS)))
        for model in (fitted, fitted.shrinkage)
    )
    assert ours < plain - 0.01


def test_the_gradient_is_the_slope(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[float] = []

    def spied(objective, start, **_):  # type: ignore[no-untyped-def]
        at = np.random.default_rng(0).normal(0, 0.2, len(start))
        _, gradient = objective(at)
        step = 1e-2
        chosen = [0, len(FEATURES) + 1, 3 * len(FEATURES) + 2]
        for place in chosen:
            ahead, behind = at.copy(), at.copy()
            ahead[place] += step
            behind[place] -= step
            slope = (objective(ahead)[0] - objective(behind)[0]) / (2 * step)
            seen.append(abs(slope - gradient[place]))
        raise StopIteration

    monkeypatch.setattr("scipy.optimize.minimize", spied)
    with pytest.raises(StopIteration):
        LogPool(4, "week").fit(camps(100).before(5))
    assert len(seen) == 3
    assert max(seen) < 1e-4


def test_far_horizons_take_the_last_and_strangers_the_population(fitted: LogPool) -> None:
    panel = camps(seed=5)
    history = panel.windows([5], 20).histories
    found = fitted.shares(history, 9)
    assert np.array_equal(found[:, 3], found[:, 8])
    empty = history.take(np.array([0]))
    stranger = type(empty)(empty.positive * 0, empty.negative, empty.age * 0, empty.origin)
    assert fitted.shares(stranger, 2)[0] == pytest.approx(np.repeat(fitted.shrinkage.prior(stranger), 2, axis=0))
