from __future__ import annotations

from datetime import timedelta

import numpy as np
import pytest

from core.results import RecommendRequest
from core.types import Event, EventKind
from tests.tools.scoring.conftest import NOW, Maker, film, rating, ratings
from tools.scoring import model
from tools.scoring.model import PRIOR, model_folder
from tools.scoring.moments import LEAST_EVENTS, LEAST_PEOPLE

TODAY = NOW + timedelta(days=365 * 12)


def chat() -> list[Event]:
    """What two people said, years after all others."""
    return [
        Event(user_id=user, at=TODAY + timedelta(minutes=n), kind=EventKind.LIKE, item_id=item, source="dialogue")
        for n, (user, item) in enumerate((("p00", "f44"), ("p00", "f46"), ("new", "f01")))
    ]


def test_three_events_of_today_leave_the_model_as_it_was(make: Maker) -> None:
    bench = make([film(n) for n in range(60)], ratings())
    without = bench.train()
    columns = bench.catalog.columns()
    before = model.load(model_folder(bench.settings), columns)
    bench.events.append(chat())
    with_chat = bench.train()
    after = model.load(model_folder(bench.settings), columns)
    assert without.people >= LEAST_PEOPLE
    assert without.events >= LEAST_EVENTS
    assert with_chat.people == pytest.approx(without.people, abs=2)
    for name, weight in without.weights.items():
        assert with_chat.weights[name] == pytest.approx(weight, rel=0.1, abs=0.15), name
    assert after.ranker.intercept == pytest.approx(before.ranker.intercept, abs=0.3)
    for old, new in ((before.knn, after.knn), (before.ease, after.ease)):
        others = np.ix_(*[[row for row, item in enumerate(columns.ids) if item not in {"f01", "f44", "f46"}]] * 2)
        np.testing.assert_allclose(new.toarray()[others], old.toarray()[others], atol=0.01)


def test_too_few_events_leave_the_documented_weights(make: Maker) -> None:
    bench = make([film(n) for n in range(20)], [event for event in ratings(12) if event.item_id < "f20"])  # type: ignore[operator]
    report = bench.train()
    assert (report.events, report.people) == (0, 0)
    assert report.weights == pytest.approx(dict(PRIOR))
    assert bench.scorer().recommend(RecommendRequest(user_id="p00", at=NOW)).items


def test_too_small_a_stretch_is_widened(make: Maker) -> None:
    # Five people are active on many days of their own after all the others: the usual fifth holds only them.
    late = [
        rating(f"late{n % 5}", f"f{n % 50:02d}", NOW + timedelta(days=n / 4), 0.5 + 0.001 * n)
        for n in range(len(ratings()) // 3)
    ]
    bench = make([film(n) for n in range(60)], [*ratings(), *late])
    report = bench.train()
    assert report.people >= LEAST_PEOPLE
    assert report.events > len(late)
