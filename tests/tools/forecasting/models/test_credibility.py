from __future__ import annotations

import numpy as np
import pytest

from core.timeline import Array, PeriodCounts
from tools.forecasting.models.credibility import Credibility
from tools.forecasting.series import Histories, Panel, stack_counts

T = 4


def camps(people: int = 300, seed: int = 0) -> Panel:
    """People of two camps: one likes topics 0 and 1, the other 2 and 3; an event or two a week for six weeks."""
    generator = np.random.default_rng(seed)
    taste = np.array([[0.4, 0.4, 0.1, 0.1], [0.1, 0.1, 0.4, 0.4]])
    rows = [(person, week, taste[person % 2]) for person in range(people) for week in range(6)]
    counts = [generator.multinomial(1 + generator.integers(2), shares) for _, _, shares in rows]
    positive = np.array(counts, dtype=np.float32)
    user, index = (np.array([row[place] for row in rows], dtype=np.int64) for place in (0, 1))
    names = tuple(str(person) for person in range(people))
    prior = np.full(T, 1 / T)
    return Panel(("a", "b", "c", "d"), "week", names, user, index, positive, np.zeros_like(positive), prior)


def once(topic: int, events: float = 2.0) -> Histories:
    mass = np.zeros((1, T))
    mass[0, topic] = events
    return stack_counts([PeriodCounts("week", np.array([5]), mass, np.zeros_like(mass))], 6, T)


@pytest.fixture(scope="module")
def fitted() -> Credibility:
    model = Credibility(T, "week")
    model.fit(camps())
    return model


def test_interest_in_one_topic_raises_what_goes_with_it(fitted: Credibility) -> None:
    met = fitted.level(once(0))[0]
    plain = fitted.shrinkage.level(once(0))[0]
    assert met[1] > met[2] + 0.05
    assert plain[1] == pytest.approx(plain[2], abs=0.02)


def test_it_is_the_best_linear_estimate(fitted: Credibility) -> None:
    history = once(2, 3.0)
    prior = fitted.shrinkage.prior(history)[0]
    events = fitted.shrinkage.evidence(history).sum()
    noise = fitted.synthesis @ np.linalg.inv(fitted.analysis)
    covariance = fitted.synthesis @ np.diag(fitted.values) @ fitted.synthesis.T
    gain: Array = covariance @ np.linalg.inv(covariance + fitted.params["sampling"] * noise / events)
    observed = np.eye(T)[2]
    expected = np.maximum(prior + gain @ (observed - prior), 0.05 * prior)
    assert fitted.level(history)[0] == pytest.approx(expected / expected.sum())


def test_the_covariance_is_that_of_the_camps(fitted: Credibility) -> None:
    covariance = fitted.synthesis @ np.diag(fitted.values) @ fitted.synthesis.T
    assert covariance[0, 1] > 0.01
    assert covariance[0, 2] < -0.01


def test_restoring_gives_the_same(fitted: Credibility) -> None:
    again = Credibility(T, "week")
    again.restore(fitted.state())
    again.observe(fitted.series)
    assert again.level(once(1)) == pytest.approx(fitted.level(once(1)))
