"""Timelines and forecasts over a real store."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from unittest.mock import Mock

import numpy as np
import pytest

from core.errors import InputError, NotTrainedError
from core.periods import first_period
from core.timeline import PeriodCounts
from core.types import Event, EventKind, Item
from store.columns import EventLog, ItemColumns
from tests.tools.forecasting.conftest import GENRES, LATER, START, Shop, as_events, no_vectors, simulate
from tools.base import ToolContext
from tools.forecasting.artefact import load
from tools.forecasting.forecaster import Forecasting
from tools.forecasting.series import stack_counts
from tools.forecasting.tool import TOOLS
from tools.forecasting.train import FOLDER, train

TODAY = datetime(2026, 11, 22, 12, tzinfo=UTC)


def sitting(user_id: str, ratings: int = 40) -> list[Event]:
    start = datetime(1998, 3, 8, 14, tzinfo=UTC)
    return [
        Event(
            user_id=user_id,
            at=start + timedelta(seconds=40 * n),
            kind=EventKind.RATING,
            value=0.8,
            item_id=f"{('drama', 'comedy', 'drama', 'crime')[n % 4]}{n % 2}",
            source="import:movielens",
            key=str(n),
        )
        for n in range(ratings)
    ]


def said(user_id: str, kind: EventKind, topic: str, minute: int = 0) -> Event:
    at = TODAY - timedelta(minutes=30 - minute)
    return Event(user_id=user_id, at=at, kind=kind, topic=topic, source="dialogue")


def share(forecast: object, topic: str) -> float:
    return float(forecast.shares[0][forecast.topics.index(topic)])  # type: ignore[attr-defined]


def test_a_timeline_needs_no_training_and_a_forecast_does(shop: Shop) -> None:
    forecasting = shop[3]
    assert forecasting.timeline("nobody", LATER).periods == ()
    with pytest.raises(NotTrainedError, match="driftline train"):
        forecasting.forecast("nobody", LATER, 1)


def test_a_timeline_counts_by_week(trained: Shop) -> None:
    timeline = trained[3].timeline("u001", LATER)
    assert timeline.period == "week"
    assert {later - earlier for earlier, later in pairwise(timeline.periods)} == {timedelta(weeks=1)}
    for shares, count in zip(timeline.shares, timeline.counts, strict=True):
        assert sum(shares) == pytest.approx(1.0 if count else 0.0)
    assert timeline.periods[-1] <= LATER


def test_a_forecast_says_what_made_it(trained: Shop) -> None:
    forecast = trained[3].forecast("u001", LATER, 3)
    assert len(forecast.shares) == 3
    assert sum(forecast.shares[2]) == pytest.approx(1)
    assert forecast.backtest_error is not None
    assert forecast.origin == LATER
    assert forecast.note == ""


def test_no_event_after_the_origin_is_seen(trained: Shop) -> None:
    _, _, events, forecasting = trained
    early = START + timedelta(weeks=5)
    before = forecasting.forecast("u001", early, 2), forecasting.timeline("u001", early)
    events.append([said("u001", EventKind.LIKE, "genre:Western")])
    assert (forecasting.forecast("u001", early, 2), forecasting.timeline("u001", early)) == before


def test_a_stranger_gets_the_population_and_is_told_so(trained: Shop) -> None:
    forecast = trained[3].forecast("stranger", LATER, 1)
    ensemble = load(trained[0].models_dir / FOLDER).ensembles["week"]
    nobody = np.zeros((0, len(GENRES)))
    counts = PeriodCounts("week", np.zeros(0, dtype=np.int64), nobody, nobody)
    population = ensemble.forecast(stack_counts([counts], first_period(LATER, "week"), len(GENRES)), 1).forecast
    assert forecast.shares[0] == pytest.approx(population.shares[0, 0].tolist())
    assert forecast.shares[0] == pytest.approx(ensemble.series.mean.tolist(), abs=0.1)
    assert "people in general" in forecast.note
    assert forecast.outlook is not None
    assert forecast.outlook.adoptions == ()
    assert forecast.backtest_error is None
    assert (forecast.drift, forecast.rising, forecast.fading) == ((), (), ())


def test_one_sitting_is_called_that_and_shows_no_trend(trained: Shop) -> None:
    _, _, events, forecasting = trained
    events.append(sitting("old"))
    timeline, forecast = forecasting.timeline("old", TODAY), forecasting.forecast("old", TODAY, 4)
    words = "All 40 ratings were made within one hour on 8 March 1998"
    assert timeline.note.startswith(words)
    assert forecast.note.startswith(words)
    assert len(timeline.periods) == 1
    assert (forecast.drift, forecast.rising, forecast.fading) == ((), (), ())


def test_a_chat_decades_later_moves_the_forecast_and_adds_two_rows(trained: Shop) -> None:
    _, _, events, forecasting = trained
    events.append(sitting("old"))
    before = forecasting.forecast("old", TODAY, 1)
    events.append(
        [said("old", kind, "genre:Horror", n) for n, kind in enumerate([EventKind.REQUEST] + 2 * [EventKind.LIKE])]
    )
    after = forecasting.forecast("old", TODAY, 1)
    timeline = forecasting.timeline("old", TODAY)
    assert share(after, "genre:Horror") > share(before, "genre:Horror") + 0.05
    assert share(after, "genre:Drama") > 0.05
    assert [count > 0 for count in timeline.counts] == [True, False, True]
    assert "shown as one row" in timeline.note


def test_dislikes_and_mutes_lower_a_topic(trained: Shop) -> None:
    _, _, events, forecasting = trained
    plain = share(forecasting.forecast("u003", TODAY, 1), "genre:Drama")
    dislike = said("u003", EventKind.DISLIKE, "genre:Drama")
    events.append([dislike])
    lower = share(forecasting.forecast("u003", TODAY, 1), "genre:Drama")
    mute = said("u003", EventKind.MUTE, "genre:Drama", 1)
    events.append([mute])
    muted = forecasting.forecast("u003", TODAY, 1)
    assert plain > lower > share(muted, "genre:Drama") == 0
    assert sum(muted.shares[0]) == pytest.approx(1)
    for event in (mute, dislike):
        events.retract("u003", event.id, TODAY)
    assert share(forecasting.forecast("u003", TODAY, 1), "genre:Drama") == pytest.approx(plain)


def test_muting_everything_still_leaves_a_distribution(trained: Shop) -> None:
    _, _, events, forecasting = trained
    events.append([said("u004", EventKind.MUTE, f"genre:{genre}") for genre in GENRES])
    assert sum(forecasting.forecast("u004", TODAY, 1).shares[0]) == pytest.approx(1)


def test_many_are_forecast_as_each_alone(trained: Shop) -> None:
    _, _, events, forecasting = trained
    events.append([said("u002", EventKind.MUTE, "genre:Horror"), said("u005", EventKind.DISLIKE, "genre:Drama")])
    people = [f"u{n:03d}" for n in range(12)] + ["stranger"]
    table = forecasting.forecast_many(people, TODAY, 2, "2weeks")
    for row, person in enumerate(people):
        one = forecasting.forecast(person, TODAY, 2, "2weeks")
        assert table.models[row] == one.model
        for many, alone in ((table.shares, one.shares), (table.lo80, one.lo80), (table.hi80, one.hi80)):
            assert np.allclose(many[row], alone, atol=1e-6)
        assert one.backtest_error is None or table.errors[row] == pytest.approx(one.backtest_error)
    columns = table.columns()
    assert list(columns) == ["user_id", "origin", "horizon", "topic", "share", "lo80", "hi80"]
    assert {len(column) for column in columns.values()} == {len(people) * 2 * len(table.topics)}
    assert columns["horizon"][len(table.topics)] == 2


@pytest.mark.parametrize("period", ["day", "2weeks", "month", "quarter", "year"])
def test_every_period_works(trained: Shop, period: str) -> None:
    forecast = trained[3].forecast("u001", LATER, 12, period)
    assert np.allclose(np.sum(forecast.shares, axis=1), 1)
    assert trained[3].timeline("u001", LATER, period).periods


@pytest.mark.parametrize(("horizon", "period"), [(0, "week"), (53, "week"), (1, "decade")])
def test_bad_arguments_are_refused(trained: Shop, horizon: int, period: str) -> None:
    with pytest.raises(InputError):
        trained[3].forecast("u001", LATER, horizon, period)


def test_a_fresh_shop_trains_and_says_what_it_lacks(shop: Shop) -> None:
    settings, catalog, events, forecasting = shop
    report = train(settings, catalog, events, no_vectors)
    forecast = forecasting.forecast("first", TODAY, 2)
    assert report.events == 0
    assert "nobody's history" in forecast.note
    assert forecast.backtest_error is None
    assert share(forecast, "genre:Drama") == pytest.approx(share(forecast, "genre:Comedy"))


def test_a_shop_with_few_people_uses_defaults_and_says_so(shop: Shop, columns: ItemColumns) -> None:
    settings, catalog, events, forecasting = shop
    events.append(as_events(simulate(columns, 5), columns))
    train(settings, catalog, events, no_vectors)
    assert "5 people" in forecasting.forecast("u001", LATER, 1).note


def test_one_sitting_panels_train(shop: Shop) -> None:
    settings, catalog, events, forecasting = shop
    events.append([event for person in range(40) for event in sitting(f"s{person}", 12)])
    report = train(settings, catalog, events, no_vectors)
    assert "Too few people were active in more than one week" in report.periods["week"].note
    assert report.lines()[2].startswith("week: Too few")
    assert "untested" in forecasting.forecast("s1", TODAY, 1).note


def test_training_again_is_noticed_and_new_items_need_none(shop: Shop) -> None:
    settings, catalog, events, forecasting = shop
    train(settings, catalog, events, no_vectors)
    names = forecasting.forecast("u001", LATER, 1).topics
    catalog.upsert([Item(id="new", title="New", facets={"genre": ("Musical", "Drama")})])
    assert forecasting.topics.names == names
    assert forecasting.topics.item_row("new") == [(names.index("genre:Drama"), 1.0)]
    train(settings, catalog, events, no_vectors)
    assert "genre:Musical" in forecasting.forecast("u001", LATER, 1).topics


def test_another_topic_facet_asks_for_training(trained: Shop) -> None:
    settings, catalog, events, _ = trained
    other = Forecasting(settings.model_copy(update={"topic_facet": "director"}), catalog, events, no_vectors)
    assert other.timeline("u001", LATER).topics[0].startswith("director:")
    with pytest.raises(InputError, match=r"trained on 'genre'.*driftline train"):
        other.forecast("u001", LATER, 1)


def test_topics_learnt_with_another_embedder_ask_for_training(shop: Shop) -> None:
    settings, catalog, events, _ = shop
    columns = catalog.columns()
    vectors = np.eye(len(GENRES) + 1, dtype=np.float32)[
        [next((code for code, genre in enumerate(GENRES) if each.startswith(genre.lower())), 5) for each in columns.ids]
    ]
    learnt = settings.model_copy(update={"topic_facet": "clusters", "topic_clusters": 3})
    events.append(as_events(simulate(columns, 20), columns))
    train(learnt, catalog, events, lambda: vectors)
    assert len(Forecasting(learnt, catalog, events, lambda: vectors).forecast("u001", LATER, 1).topics) == 3
    other = learnt.model_copy(update={"embedder": "another"})
    with pytest.raises(NotTrainedError):
        Forecasting(other, catalog, events, lambda: vectors).forecast("u001", LATER, 1)


def test_training_leaves_nothing_half_written(trained: Shop) -> None:
    assert [path.name for path in (trained[0].models_dir / FOLDER).iterdir()] == ["model.npz"]


def test_the_tools_return_typed_evidence_and_their_limits(trained: Shop) -> None:
    _, _, events, forecasting = trained
    events.append(sitting("old"))
    deps = Mock(forecaster=forecasting)
    context = ToolContext(user_id="old", at=TODAY, conversation_id="c", turn=1)
    by_name = {tool.name: tool for tool in TOOLS}
    forecast = by_name["forecast_interests"].call(deps, context, {"horizon": 2})
    assert len(forecast.evidence.forecasts[0].shares) == 2
    assert "Drama" in forecast.text
    timeline = by_name["show_timeline"].call(deps, context, {"period": "year"})
    assert timeline.evidence.timelines[0].period == "year"
    for result in (forecast, timeline):
        assert "within one hour" in result.text
        assert result.evidence.notes[0].startswith("All 40 ratings")


def test_the_log_and_the_store_agree(shop: Shop, log: EventLog, columns: ItemColumns) -> None:
    _, catalog, events, _ = shop
    events.append(as_events(log, columns))
    read = events.log(catalog.columns())
    assert len(read) == len(log)


def test_who_is_asked_for_twice_is_answered_twice(trained: Shop) -> None:
    table = trained[3].forecast_many(["u001", "u002", "u001", "stranger"], LATER, 2)
    alone = [trained[3].forecast(user, LATER, 2).shares for user in table.user_ids]
    assert table.user_ids == ("u001", "u002", "u001", "stranger")
    assert table.shares == pytest.approx(np.array(alone), abs=1e-6)
    assert len(table.models) == len(table.errors) == 4
