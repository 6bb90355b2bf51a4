"""A catalogue in which every item is of the same topic: its share never moves, and nothing may divide by that."""

from __future__ import annotations

import numpy as np

from tools.forecasting.drift.dispersion import within


def test_a_topic_that_everything_belongs_to_has_a_finite_dispersion() -> None:
    whole = np.ones((6, 1))
    found = within(whole, whole, np.full(6, 0.5), spread=1.0)
    assert np.isfinite(found.event).all()
    assert np.isfinite(found.sitting).all()


def test_beside_topics_that_nothing_belongs_to_it_changes_nothing_for_the_others() -> None:
    rng = np.random.default_rng(0)
    first, second = rng.dirichlet((2, 2), 50), rng.dirichlet((2, 2), 50)
    plain = within(first, second, np.full(50, 0.2), spread=1.0)
    none = np.zeros((50, 1))
    more = within(np.hstack([first, none]), np.hstack([second, none]), np.full(50, 0.2), spread=1.0)
    np.testing.assert_allclose(more.event[:2], plain.event, rtol=1e-6)
