"""The forecasting tools: what stands behind a drift or a topic comes with the forecast, and only the person's own."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from core.errors import ToolRetry
from core.forecasts import Drift, Forecast, Outlook, TopicChance
from core.types import Event, EventKind, Item
from tools.base import ToolContext
from tools.forecasting.tool import TOOLS, carriers_of, describe_forecast

AT = datetime(2013, 9, 1, tzinfo=UTC)
ITEMS = {
    name: Item(id=name, title=name.title(), facets={"genre": genres})
    for name, genres in {"mama": ("Horror",), "carrie": ("Horror", "Drama"), "up": ("Family",)}.items()
}


def rated(item: str, value: float, days: int) -> Event:
    at = AT - timedelta(days=days)
    return Event(
        id=f"{item}-{days}",
        user_id="ann",
        at=at,
        kind=EventKind.RATING,
        item_id=item,
        value=value,
        source="import:test",
    )


EVENTS = [
    rated("up", 0.9, 90),
    rated("mama", 0.9, 40),
    rated("carrie", -0.8, 30),
    rated("carrie", 0.7, 20),
    rated("gone", 0.9, 10),
    Event(
        id="said",
        user_id="ann",
        at=AT - timedelta(days=5),
        kind=EventKind.LIKE,
        topic="genre:Horror",
        value=1.0,
        text="I love horror",
        source="dialogue",
    ),
]


def deps(forecast: Forecast, events: Iterable[Event] = EVENTS) -> Any:
    def of_user(user_id: str, until: datetime) -> list[Event]:
        return [event for event in events if event.user_id == user_id and event.at <= until]

    return SimpleNamespace(
        events=SimpleNamespace(of_user=of_user),
        catalog=SimpleNamespace(get_many=lambda ids: {each: ITEMS[each] for each in ids if each in ITEMS}),
        forecaster=SimpleNamespace(forecast=lambda *_: forecast),
    )


def forecast(*drift: Drift) -> Forecast:
    return Forecast(
        user_id="ann",
        origin=AT,
        period="month",
        model="shrinkage",
        topics=("genre:Horror", "genre:Family"),
        shares=((0.7, 0.3),),
        lo80=((0.5, 0.1),),
        hi80=((0.9, 0.5),),
        drift=drift,
        outlook=Outlook(adventurousness=0.7, adoptions=(TopicChance(topic="genre:War", probability=0.2),)),
        note="Two periods only.",
    )


def test_the_events_of_a_drift_come_with_their_titles_and_words() -> None:
    drift = Drift(topic="genre:Horror", at=AT - timedelta(days=45), size=0.3, event_ids=("said", "mama-40", "gone-10"))
    carriers = {each.event_id: each for each in carriers_of(deps(forecast(drift)), forecast(drift))}
    assert list(carriers) == ["said", "mama-40", "gone-10"]
    assert (carriers["mama-40"].title, carriers["mama-40"].topics) == ("Mama", ("genre:Horror",))
    assert (carriers["said"].title, carriers["said"].quote) == (None, "I love horror")
    assert carriers["gone-10"].title is None  # no longer in the catalogue


def test_a_topic_asked_about_brings_what_speaks_for_it_strongest_first() -> None:
    carriers = carriers_of(deps(forecast()), forecast(), ["genre:Horror"])
    assert [each.event_id for each in carriers] == ["said", "mama-40", "carrie-20"]


def test_without_drift_and_topics_nothing_is_read() -> None:
    broken = deps(forecast())
    broken.events = None
    assert carriers_of(broken, forecast()) == ()


def test_the_tool_gives_the_model_the_cause_and_the_outlook() -> None:
    drift = Drift(topic="genre:Horror", at=AT - timedelta(days=45), size=0.3, event_ids=("mama-40",))
    (tool,) = [each for each in TOOLS if each.name == "forecast_interests"]
    context = ToolContext(user_id="ann", at=AT, conversation_id="c", turn=1)
    result = tool.call(deps(forecast(drift)), context, {"horizon": 1, "topics": ["genre:Horror"]})
    assert "Since July 2013: Horror +30 points, carried by Mama" in result.text
    assert "More adventurous than 70% of people" in result.text
    assert "Chance of something new: War 20%" in result.text
    assert result.evidence.notes == ("Two periods only.",)
    assert {each.event_id for each in result.evidence.carriers} == {"mama-40", "said", "carrie-20"}
    with pytest.raises(ToolRetry):
        tool.call(deps(forecast(drift)), context, {"horizon": 53})


@pytest.mark.parametrize(
    ("count", "period", "words"),
    [(1, "month", "1 month ahead"), (3, "month", "3 months ahead"), (2, "2weeks", "4 weeks")],
)
def test_periods_are_counted_as_one_says_them(count: int, period: str, words: str) -> None:
    rows = tuple((1.0,) for _ in range(count))
    told = Forecast(
        user_id="ann",
        origin=AT,
        period=period,
        model="mean",
        topics=("genre:Horror",),
        shares=rows,
        lo80=rows,
        hi80=rows,
        lo95=rows,
        hi95=rows,
        backtest_error=None,
    )
    assert words in describe_forecast(told)
