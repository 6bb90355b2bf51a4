"""How a forecast reaches the ranking: by horizon, over whatever topics, and without one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta

import numpy as np
import pytest
from scipy.sparse import csr_matrix

from core.results import RecommendRequest, Slate
from core.types import Event, EventKind
from tests.tools.scoring.conftest import NOW, Bench, Forecaster, Maker, Topics, film, rating, ratings
from tools.scoring.outlook import Interests, outlook, present
from tools.scoring.profile import build_profile
from tools.scoring.world import build_world


def thrillers(slate: Slate, k: int = 10) -> int:
    return sum(item.facets["genre"] == ("Thriller",) for item in slate.items[:k])


def parts(slate: Slate, feature: str) -> list[float]:
    return [reason.contribution for item in slate.items for reason in item.reasons if reason.feature == feature]


def moving(make: Maker) -> Bench:
    """A trained workspace in which somebody of both kinds heads for thrillers first and then away from them."""
    both = [rating("both", f"f{n:02d}", NOW - timedelta(days=1), 0.8) for n in (0, 1, 2, 3, 4, 5)]
    bench = make([film(n) for n in range(60)], [*ratings(), *both])
    bench.train()
    first = bench.forecaster.topics.names.index("genre:Thriller") == 0
    ahead = (0.95, 0.5, 0.05)
    bench.forecaster.first = {"both": ahead if first else tuple(1 - share for share in ahead), "": (0.5, 0.5, 0.5)}
    return bench


def test_lift_tells_what_is_a_persons_own() -> None:
    usual = np.array([0.6, 0.3, 0.1], np.float32)
    assert Interests(usual, usual).lift == pytest.approx(np.zeros(3))
    own = Interests(np.array([0.6, 0.1, 0.3], np.float32), usual).lift
    assert own[0] == pytest.approx(0)
    assert own[1] < 0 < own[2]


def test_the_slate_follows_the_horizon_asked_for(make: Maker) -> None:
    scorer = moving(make).scorer()
    slates = {
        h: scorer.recommend(RecommendRequest(user_id="both", at=NOW, k=20, horizon=h, seen_too=True)) for h in (1, 2, 3)
    }
    counts = [thrillers(slates[h]) for h in (1, 2, 3)]
    assert counts == sorted(counts, reverse=True)
    assert counts[0] > counts[1] > counts[2]
    assert max(parts(slates[1], "lift"), default=0) > 0
    assert not any(parts(slates[2], "lift"))


def test_horizon_zero_is_the_present_and_not_the_forecast(make: Maker) -> None:
    bench = moving(make)
    scorer = bench.scorer()
    now, ahead = (
        scorer.recommend(RecommendRequest(user_id="both", at=NOW, k=20, horizon=h, seen_too=True)) for h in (0, 3)
    )
    assert thrillers(ahead) < thrillers(now) <= 7
    texts = {
        reason.text
        for item in now.items
        for reason in item.reasons
        if reason.feature in {"forecast", "lift", "calibration"}
    }
    assert any("your interest now" in text for text in texts)
    assert not any("heading for" in text for text in texts)
    # Words of today change it at once.
    bench.events.append([Event(user_id="both", at=NOW, kind=EventKind.LIKE, topic="genre:Thriller", value=1.0)])
    later = NOW + timedelta(minutes=1)
    told = scorer.recommend(RecommendRequest(user_id="both", at=later, k=20, horizon=0, seen_too=True))
    assert sum(parts(told, "lift")) != pytest.approx(sum(parts(now, "lift")))


def test_a_reason_for_the_forecast_says_what_it_is_measured_against(make: Maker) -> None:
    slate = moving(make).scorer().recommend(RecommendRequest(user_id="both", at=NOW, k=20, horizon=1))
    texts = {
        reason.text for item in slate.items for reason in item.reasons if reason.feature in {"forecast", "lift"}
    } - {""}
    own = "More Thriller than usual: 95 % of what you are heading for, against 50 % for people in general"
    assert texts & {own, "Thriller is 95 % of what you are heading for"}


def test_calibration_is_a_part_of_the_score_and_not_of_what_was_asked_for(make: Maker) -> None:
    scorer = moving(make).scorer()
    request = RecommendRequest(user_id="both", at=NOW, k=30, horizon=2)
    slate = scorer.recommend(request)
    assert min(parts(slate, "calibration")) > 0
    for item in slate.items:
        assert slate.intercept + sum(reason.contribution for reason in item.reasons) == pytest.approx(
            item.score, abs=1e-6
        )
    scores = [item.score for item in slate.items]
    assert scores == sorted(scores, reverse=True)
    plain = request.model_copy(update={"adventure": 0.0})
    longer, shorter = (scorer.recommend(plain.model_copy(update={"k": k})) for k in (30, 4))
    assert [item.id for item in shorter.items] == [item.id for item in longer.items[:4]]
    found = scorer.explain(request, slate.items[25].id)
    assert found.rank == 26
    assert found.item.score == pytest.approx(slate.items[25].score)
    asked = scorer.recommend(request.model_copy(update={"topics": ("genre:Comedy",)}))
    assert not parts(asked, "calibration")
    assert thrillers(asked) == 0
    assert not parts(scorer.recommend(RecommendRequest(at=NOW, k=30)), "calibration")


def test_without_a_trained_forecaster_all_else_ranks(make: Maker) -> None:
    bench = make([film(n) for n in range(60)], ratings())
    bench = replace(bench, forecaster=Forecaster(bench.catalog, trained=False))
    assert bench.train().people > 0
    for horizon in (0, 2):
        slate = bench.scorer().recommend(RecommendRequest(user_id="p00", at=NOW, k=10, horizon=horizon))
        assert len(slate.items) == 10
        assert not parts(slate, "forecast") + parts(slate, "calibration")


class Given:
    """Topics of any kind."""

    def __init__(self, names: Sequence[str], weights: csr_matrix) -> None:
        self.names = tuple(names)
        self.weights = weights


def test_topics_may_be_learnt_or_of_another_facet(make: Maker) -> None:
    bench = make([film(n) for n in range(60)], ratings())
    column = bench.catalog.columns().facets["director"]
    directors = Given([f"director:{value}" for value in column.values], column.matrix)
    learnt = Given(("cluster:dark, night", "cluster:laugh"), Topics(bench.catalog).weights)
    for topics in (directors, learnt):
        mine = replace(bench, forecaster=Forecaster(bench.catalog, topics))
        mine.forecaster.first = {"p00": (0.9,), "": (0.1,)}
        mine.train()
        slate = mine.scorer().recommend(RecommendRequest(user_id="p00", at=NOW, k=60))
        assert parts(slate, "calibration")
        assert {reason.feature for item in slate.items for reason in item.reasons} & {"forecast", "lift"}


def test_a_facet_of_topics_is_not_counted_again_as_people_that_items_share(make: Maker) -> None:
    films = [film(n).model_copy(update={"facets": {"director": (f"Director {n}",)}}) for n in range(60)]
    bench = make(films, [])
    columns = bench.catalog.columns()
    column = columns.facets["director"]
    directors = Given([f"director:{value}" for value in column.values], column.matrix)
    learnt = Given(("cluster:dark, night",), csr_matrix(np.ones((60, 1), np.float32)))
    vectors = np.zeros((60, 2), np.float32)
    assert "director" not in build_world(columns, vectors, directors).people
    assert "director" in build_world(columns, vectors, learnt).people
    assert "director" in build_world(columns, vectors, None).people


def test_a_muted_topic_is_no_present_interest(bench: Bench) -> None:
    columns = bench.catalog.columns()
    world = build_world(columns, bench.retriever.item_vectors(), bench.forecaster.topics)
    muted = Event(user_id="p00", at=NOW, kind=EventKind.MUTE, topic="genre:Thriller", value=-1.0)
    profile = build_profile([*bench.events.of_user("p00"), muted], columns, NOW, 30.0)
    found = present(world, profile, np.array([0.5, 0.5], np.float32))
    assert found.shares[world.topic_names.index("genre:Thriller")] == 0
    assert found.shares.sum() == pytest.approx(1)


def test_nobody_asked_for_is_nothing_forecast(bench: Bench) -> None:
    assert outlook(bench.forecaster, [], NOW, 1, bench.forecaster.topics.names) == []
