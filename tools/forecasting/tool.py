"""The forecasting tools of the agent."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

from pydantic import Field

from core.evidence import event_weight, standing
from core.forecasts import Forecast, InterestTimeline
from core.types import Event, Item
from tools.arguments import ToolArgs
from tools.base import Tool, ToolContext, ToolResult
from tools.deps import Deps
from tools.evidence import Carrier, Evidence

Period = Literal["day", "week", "2weeks", "month", "quarter", "year"]
_NAMED = {"2weeks": "two weeks"}
_LISTED = 5
_SUPPORTING = 3
_LATEST = 300


class ForecastArgs(ToolArgs):
    """Arguments of forecast_interests."""

    horizon: int = Field(default=1, ge=1, le=52, description="how many periods ahead")
    period: Period | None = Field(default=None, description="length of a period; leave out for the usual one")
    topics: list[str] = Field(
        default=[], max_length=10, description='topics the question is about, as facet and value: "genre:Thriller"'
    )


class TimelineArgs(ToolArgs):
    """Arguments of show_timeline."""

    period: Period | None = Field(default=None, description="length of a period; leave out for the usual one")


def forecast_interests(deps: Deps, context: ToolContext, args: ForecastArgs) -> ToolResult:
    """Where the person's interests are heading, with ranges, drift and what limits the forecast."""
    forecast = deps.forecaster.forecast(context.user_id, context.at, args.horizon, args.period)
    carriers = carriers_of(deps, forecast, args.topics)
    evidence = Evidence(forecasts=(forecast,), carriers=carriers, notes=_notes(forecast.note))
    return ToolResult(describe_forecast(forecast, carriers), evidence)


def show_timeline(deps: Deps, context: ToolContext, args: TimelineArgs) -> ToolResult:
    """How the person's interests were spread over topics, period by period."""
    timeline = deps.forecaster.timeline(context.user_id, context.at, args.period)
    return ToolResult(describe_timeline(timeline), Evidence(timelines=(timeline,), notes=_notes(timeline.note)))


def carriers_of(deps: Deps, forecast: Forecast, topics: Sequence[str] = ()) -> tuple[Carrier, ...]:
    """The events that carried each drift, and the latest strongest ones that speak for the topics asked about."""
    wanted = dict.fromkeys(event_id for drift in forecast.drift for event_id in drift.event_ids)
    if not wanted and not topics:
        return ()
    events = standing(deps.events.of_user(forecast.user_id, forecast.origin), forecast.origin)
    by_id = {event.id: event for event in events}
    drifted = [by_id[event_id] for event_id in wanted if event_id in by_id]
    recent = [event for event in events[-_LATEST:] if topics and event_weight(event.kind, event.value) > 0]
    named = {event.item_id for event in (*drifted, *recent) if event.item_id}
    items = deps.catalog.get_many(named)
    carriers = {event.id: _carrier(event, items) for event in drifted}
    for topic in topics:
        about = [event for event in recent if topic in _topics_of(event, items)]
        about.sort(key=lambda event: (event_weight(event.kind, event.value), event.at), reverse=True)
        carriers |= {event.id: _carrier(event, items) for event in about[:_SUPPORTING]}
    return tuple(carriers.values())


def _carrier(event: Event, items: dict[str, Item]) -> Carrier:
    item = items.get(event.item_id or "")
    return Carrier(
        event_id=event.id,
        at=event.at,
        kind=event.kind,
        value=event.value,
        title=item.title if item else None,
        topics=_topics_of(event, items),
        quote=(event.text or "") if event.source == "dialogue" else "",
    )


def _topics_of(event: Event, items: dict[str, Item]) -> tuple[str, ...]:
    item = items.get(event.item_id or "")
    if item is None:
        return (event.topic,) if event.topic else ()
    return tuple(f"{facet}:{value}" for facet, values in item.facets.items() for value in values)


def describe_forecast(forecast: Forecast, carriers: Sequence[Carrier] = ()) -> str:
    """A forecast in a few lines: the largest shares at the last horizon, what moves and why, and the note."""
    share, low, high = (rows[-1] for rows in (forecast.shares, forecast.lo80, forecast.hi80))
    best = sorted(range(len(share)), key=lambda topic: -share[topic])[:_LISTED]
    lines = [
        f"Expected interest {_ahead(len(forecast.shares), forecast.period)} ahead: "
        + ", ".join(f"{_value(forecast.topics[t])} {share[t]:.0%} ({low[t]:.0%} to {high[t]:.0%})" for t in best)
    ]
    if forecast.rising:
        lines.append(f"Rising: {', '.join(map(_value, forecast.rising))}")
    if forecast.fading:
        lines.append(f"Fading: {', '.join(map(_value, forecast.fading))}")
    titles = {carrier.event_id: carrier.title for carrier in carriers if carrier.title}
    for drift in forecast.drift:
        cause = ", ".join(titles[event_id] for event_id in drift.event_ids if event_id in titles)
        moved = f"Since {drift.at:%B %Y}: {_value(drift.topic)} {drift.size * 100:+.0f} points"
        lines.append(f"{moved}, carried by {cause}" if cause else moved)
    outlook = forecast.outlook
    if outlook and outlook.adventurousness is not None:
        lines.append(f"More adventurous than {outlook.adventurousness:.0%} of people")
    if outlook and outlook.adoptions:
        new = ", ".join(f"{_value(each.topic)} {each.probability:.0%}" for each in outlook.adoptions[:3])
        lines.append(f"Chance of something new: {new}")
    return "\n".join([*lines, *_notes(forecast.note)])


def describe_timeline(timeline: InterestTimeline) -> str:
    """A timeline in a few lines: the largest shares of its last active periods, and the note."""
    lines = []
    for start, shares, count in zip(timeline.periods, timeline.shares, timeline.counts, strict=True):
        if count:
            best = sorted((t for t in range(len(shares)) if shares[t]), key=lambda topic: -shares[topic])[:3]
            listed = ", ".join(f"{_value(timeline.topics[t])} {shares[t]:.0%}" for t in best)
            lines.append(f"{_NAMED.get(timeline.period, timeline.period)} from {start:%Y-%m-%d}: {listed}")
    return "\n".join([*lines[-_LISTED:], *_notes(timeline.note)])


def _ahead(count: int, period: str) -> str:
    """ "3 months", "1 week"."""
    if period == "2weeks":
        count, period = 2 * count, "week"
    return f"{count} {period}{'s' if count > 1 else ''}"


def _value(topic: str) -> str:
    return topic.partition(":")[2]


def _notes(note: str) -> tuple[str, ...]:
    return (note,) if note else ()


TOOLS = (
    Tool(
        "forecast_interests",
        "Where this person's interests are heading: expected share of each topic, what is rising and fading.",
        ForecastArgs,
        forecast_interests,
    ),
    Tool(
        "show_timeline",
        "How this person's interests were spread over topics in each past period.",
        TimelineArgs,
        show_timeline,
    ),
)
