"""The forecasting tools of the agent."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from core.results import Forecast, InterestTimeline
from tools.base import Evidence, Tool, ToolArgs, ToolContext, ToolResult
from tools.deps import Deps

Period = Literal["day", "week", "2weeks", "month", "quarter", "year"]
_LISTED = 5


class ForecastArgs(ToolArgs):
    """Arguments of forecast_interests."""

    horizon: int = Field(default=1, ge=1, le=52, description="how many periods ahead")
    period: Period | None = Field(default=None, description="length of a period; leave out for the usual one")


class TimelineArgs(ToolArgs):
    """Arguments of show_timeline."""

    period: Period | None = Field(default=None, description="length of a period; leave out for the usual one")


def forecast_interests(deps: Deps, context: ToolContext, args: ForecastArgs) -> ToolResult:
    """Where the person's interests are heading, with ranges, drift and what limits the forecast."""
    forecast = deps.forecaster.forecast(context.user_id, context.at, args.horizon, args.period)
    return ToolResult(describe_forecast(forecast), Evidence(forecasts=(forecast,), notes=_notes(forecast.note)))


def show_timeline(deps: Deps, context: ToolContext, args: TimelineArgs) -> ToolResult:
    """How the person's interests were spread over topics, period by period."""
    timeline = deps.forecaster.timeline(context.user_id, context.at, args.period)
    return ToolResult(describe_timeline(timeline), Evidence(timelines=(timeline,), notes=_notes(timeline.note)))


def describe_forecast(forecast: Forecast) -> str:
    """A forecast in a few lines: the largest shares at the last horizon, what moves, and the note."""
    share, low, high = (rows[-1] for rows in (forecast.shares, forecast.lo80, forecast.hi80))
    best = sorted(range(len(share)), key=lambda topic: -share[topic])[:_LISTED]
    lines = [
        f"Expected interest {len(forecast.shares)} {forecast.period} ahead: "
        + ", ".join(f"{_value(forecast.topics[t])} {share[t]:.0%} ({low[t]:.0%} to {high[t]:.0%})" for t in best)
    ]
    if forecast.rising:
        lines.append(f"Rising: {', '.join(map(_value, forecast.rising))}")
    if forecast.fading:
        lines.append(f"Fading: {', '.join(map(_value, forecast.fading))}")
    lines.extend(
        f"Since {drift.at:%B %Y}: {_value(drift.topic)} {drift.size * 100:+.0f} points" for drift in forecast.drift
    )
    return "\n".join([*lines, *_notes(forecast.note)])


def describe_timeline(timeline: InterestTimeline) -> str:
    """A timeline in a few lines: the largest shares of its last active periods, and the note."""
    lines = []
    for start, shares, count in zip(timeline.periods, timeline.shares, timeline.counts, strict=True):
        if count:
            best = sorted((t for t in range(len(shares)) if shares[t]), key=lambda topic: -shares[topic])[:3]
            listed = ", ".join(f"{_value(timeline.topics[t])} {shares[t]:.0%}" for t in best)
            lines.append(f"{timeline.period} from {start:%Y-%m-%d}: {listed}")
    return "\n".join([*lines[-_LISTED:], *_notes(timeline.note)])


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
