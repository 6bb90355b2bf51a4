"""Interest shares in columns for drawing, and the small charts: a line a topic with its band, and plain bars.

Colours come from the page's style sheet (classes ``t0`` … ``t6``), so the charts follow light and dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from core.forecasts import Drift, Forecast, InterestTimeline
from ui.web import words
from ui.web.texts import text

COLOURS = 6
COLUMNS = 40
"""Active periods that are drawn at most."""


@dataclass(frozen=True)
class Column:
    """One place on the axis: shares of the chosen topics and of all others, or a stretch without activity."""

    at: datetime | None
    label: str
    shares: tuple[float, ...]
    forecast: bool = False
    idle: bool = False


@dataclass(frozen=True)
class Plot:
    """What the charts draw.

    Attributes:
        topics: the chosen topics, largest first; ``others`` is whether a last column of shares sums the rest.
        columns: oldest first, idle stretches folded into one gap, forecast periods last.
        left_out: active periods older than the first column.
    """

    topics: tuple[str, ...]
    columns: tuple[Column, ...]
    left_out: int = 0


def active_periods(timeline: InterestTimeline) -> list[int]:
    """Positions of the periods in which something happened."""
    return [index for index, count in enumerate(timeline.counts) if count > 0]


def mean_shares(timeline: InterestTimeline) -> dict[str, float]:
    """Share per topic over the whole timeline, each period weighted by its count."""
    total = sum(timeline.counts)
    if not total:
        return {}
    return {
        topic: sum(count * row[column] for count, row in zip(timeline.counts, timeline.shares, strict=True)) / total
        for column, topic in enumerate(timeline.topics)
    }


def choose_topics(timeline: InterestTimeline, forecast: Forecast | None, count: int = COLOURS) -> tuple[str, ...]:
    """The topics worth a colour, largest first by history, latest active period and forecast together.

    Topics that rise or fade the most are among them even where they are small.
    """
    weights = dict(mean_shares(timeline))
    active = active_periods(timeline)
    if active:
        for topic, share in zip(timeline.topics, timeline.shares[active[-1]], strict=True):
            weights[topic] = weights.get(topic, 0.0) + share
    if forecast and forecast.shares:
        for topic, share in zip(forecast.topics, forecast.shares[0], strict=True):
            weights[topic] = weights.get(topic, 0.0) + share
    moving = {*forecast.rising[:2], *forecast.fading[:1]} if forecast else set()
    ranked = sorted((topic for topic in weights if weights[topic] > 0), key=lambda topic: (-weights[topic], topic))
    kept = sorted(ranked, key=lambda topic: topic not in moving)[:count]
    return tuple(topic for topic in ranked if topic in kept)


def plot(timeline: InterestTimeline, forecast: Forecast | None, language: str = "en") -> Plot:
    """Fold a timeline and its forecast into columns."""
    topics = choose_topics(timeline, forecast)

    def pick(names: Sequence[str], row: Sequence[float]) -> tuple[float, ...]:
        known = dict(zip(names, row, strict=True))
        chosen = tuple(known.get(topic, 0.0) for topic in topics)
        return (*chosen, max(0.0, sum(row) - sum(chosen)))

    active = active_periods(timeline)
    shown = active[-COLUMNS:]
    columns: list[Column] = []
    for before, index in zip([None, *shown], shown, strict=False):
        if before is not None and index - before > 1:
            columns.append(Column(None, "", (), idle=True))
        start = timeline.periods[index]
        columns.append(
            Column(
                start,
                words.period_label(start, timeline.period, language),
                pick(timeline.topics, timeline.shares[index]),
            )
        )
    if forecast:
        ahead = [
            text(language, "timeline.step", n=step, period=words.period(timeline.period, step, language))
            for step in range(1, len(forecast.shares) + 1)
        ]
        columns.extend(
            Column(None, label, pick(forecast.topics, row), forecast=True)
            for label, row in zip(ahead, forecast.shares, strict=True)
        )
    return Plot(topics, tuple(columns), left_out=len(active) - len(shown))


def summary(data: Plot, language: str = "en") -> str:
    """The chart in one sentence, for those who do not see it."""
    history = [column for column in data.columns if column.at is not None]
    if not history:
        return text(language, "timeline.no_history")
    last = sorted(zip(data.topics, history[-1].shares, strict=False), key=lambda pair: -pair[1])[:3]
    shares = ", ".join(f"{words.topic(name, language)} {words.percent(share)}" for name, share in last)
    return text(language, "timeline.summary", first=history[0].label, last=history[-1].label, shares=shares)


def drift_text(drift: Drift, language: str = "en") -> str:
    """A drift in words."""
    return text(
        language,
        "timeline.drift_more" if drift.size > 0 else "timeline.drift_less",
        day=words.day(drift.at, language),
        topic=words.topic(drift.topic, language),
        points=f"{abs(100 * drift.size):.0f}",
    )


def line(data: Plot, forecast: Forecast, topic: str) -> Markup:
    """One topic's share over the active periods, the forecast as a dashed line in its 80 % band."""
    width, height, pad = 120.0, 34.0, 3.0
    colour = data.topics.index(topic)
    past = [column.shares[colour] for column in data.columns if column.at is not None][-12:]
    place = forecast.topics.index(topic)
    ahead = [row[place] for row in forecast.shares]
    low, high = [row[place] for row in forecast.lo80], [row[place] for row in forecast.hi80]
    top = max([*past, *high, 0.05])
    step = (width - 2 * pad) / max(1, len(past) + len(ahead) - 1)

    def at(index: int, share: float) -> str:
        return f"{pad + step * index:.1f} {height - pad - (height - 2 * pad) * share / top:.1f}"

    start = len(past)
    anchor = [(start - 1, past[-1])] if past else []
    band = [*anchor, *((start + i, value) for i, value in enumerate(high))]
    band += [(start + i, value) for i, value in reversed(list(enumerate(low)))]
    return Markup(
        '<svg class="spark t{colour}" viewBox="0 0 {w:.0f} {h:.0f}" preserveAspectRatio="none" '
        'aria-hidden="true" focusable="false">'
        '<polygon class="band" points="{band}"/><polyline class="past" points="{past}"/>'
        '<polyline class="next" points="{next}"/></svg>'
    ).format(
        colour=colour,
        w=width,
        h=height,
        band=" ".join(at(index, value) for index, value in band),
        past=" ".join(at(index, value) for index, value in enumerate(past)),
        next=" ".join(at(index, value) for index, value in [*anchor, *((start + i, v) for i, v in enumerate(ahead))]),
    )


def bars(shares: dict[str, float], forecast: Forecast | None, topics: Sequence[str], language: str = "en") -> Markup:
    """Plain bars of shares where there is no trend to draw; a thin line shows the forecast's 80 % interval."""
    largest = max(shares.values(), default=0.0)
    ends = {}
    if forecast and forecast.shares:
        ends = {
            name: (low, high)
            for name, low, high in zip(forecast.topics, forecast.lo80[0], forecast.hi80[0], strict=True)
        }
        largest = max(largest, max((ends[topic][1] for topic in topics if topic in ends), default=0.0))
    scale = 100 / (largest or 1.0)
    rows = Markup("").join(
        Markup(
            '<li class="t{colour}" data-topic="{topic}"><span>{name}</span><span class="track" aria-hidden="true">'
            '<i style="width:{width:.1f}%"></i>{band}</span><b>{share}</b></li>'
        ).format(
            colour=colour,
            topic=topic,
            name=words.topic(topic, language),
            width=scale * shares.get(topic, 0.0),
            band=Markup('<u style="left:{:.1f}%;width:{:.1f}%"></u>').format(
                scale * ends[topic][0], scale * (ends[topic][1] - ends[topic][0])
            )
            if topic in ends
            else "",
            share=words.percent(shares.get(topic, 0.0)),
        )
        for colour, topic in enumerate(sorted(topics, key=lambda name: -shares.get(name, 0.0)))
    )
    return Markup('<ul class="bars">{}</ul>').format(rows)
