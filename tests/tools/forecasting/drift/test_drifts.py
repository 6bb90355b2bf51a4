"""Changes and the events behind them, from columns of evidence."""

from __future__ import annotations

from datetime import timedelta

from core.periods import period_start
from core.types import Event, EventKind
from store.columns import ItemColumns
from store.standing import standing_events
from tools.forecasting.drift.change_points import ChangeModel
from tools.forecasting.drift.drifts import drifts
from tools.forecasting.spread import People, people_of
from tools.forecasting.topics.topics import FacetTopics

POPULATION = {
    "genre:Drama": 0.4,
    "genre:Comedy": 0.25,
    "genre:Horror": 0.15,
    "genre:Western": 0.05,
    "genre:Crime": 0.15,
}


def bought(number: int, week: int, item: str, value: float = 0.0) -> Event:
    at = period_start(2250 + week, "week") + timedelta(hours=number % 100)
    kind = EventKind.DISLIKE if value < 0 else EventKind.PURCHASE
    return Event(
        id=str(number), user_id="u", at=at, kind=kind, item_id=item, value=value, source="test", key=str(number)
    )


def known(events: list[Event], columns: ItemColumns, topics: FacetTopics) -> People:
    until = period_start(2300, "week")
    return people_of(standing_events(("u",), {"u": events}, until, columns), topics, "week", "UTC")


def test_a_change_names_the_events_that_carried_it(columns: ItemColumns, topics: FacetTopics) -> None:
    events = [
        bought(week * 100 + n, week, f"{'drama' if week < 8 else 'horror'}{n % 2}")
        for week in range(14)
        for n in range(12)
    ]
    events.append(bought(2000, 9, "drama0", value=-1.0))
    model = ChangeModel(tuple(POPULATION[name] for name in topics.names))
    found = {drift.topic: drift for drift in drifts(model, known(events, columns, topics), topics.names)}
    assert found["genre:Horror"].at == period_start(2258, "week")
    assert found["genre:Horror"].event_ids == ("800", "801", "802", "803", "804")
    assert found["genre:Drama"].size < -0.9
    assert found["genre:Drama"].event_ids[0] == "2000"


def test_nothing_known_shows_no_change(columns: ItemColumns, topics: FacetTopics) -> None:
    model = ChangeModel(tuple(POPULATION[name] for name in topics.names))
    assert drifts(model, known([], columns, topics), topics.names) == ()
