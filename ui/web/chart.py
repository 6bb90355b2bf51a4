"""Interest shares as small SVG charts: stacked bars per period with the forecast, and one line a topic with its band.

Colours come from the page's style sheet (classes ``t0`` … ``t6``), so the charts follow light and dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from core.results import Drift, Forecast, InterestTimeline
from ui.web import words

COLOURS = 6
COLUMNS = 24
WIDTH, HEIGHT, LEFT, BOTTOM, TOP = 440.0, 190.0, 34.0, 22.0, 14.0


@dataclass(frozen=True)
class Column:
    """One period on the axis: shares of the chosen topics and of all others; a gap stands for idle periods."""

    at: datetime | None
    label: str
    shares: tuple[float, ...]
    forecast: bool = False
    idle: int = 0


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
    """The topics worth a colour: largest by the mean of history, the latest active period and the forecast."""
    weights = dict(mean_shares(timeline))
    active = active_periods(timeline)
    if active:
        for topic, share in zip(timeline.topics, timeline.shares[active[-1]], strict=True):
            weights[topic] = weights.get(topic, 0.0) + share
    if forecast and forecast.shares:
        for topic, share in zip(forecast.topics, forecast.shares[0], strict=True):
            weights[topic] = weights.get(topic, 0.0) + share
    ranked = sorted(weights, key=lambda topic: (-weights[topic], topic))
    return tuple(topic for topic in ranked if weights[topic] > 0)[:count]


def plot(timeline: InterestTimeline, forecast: Forecast | None) -> Plot:
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
            columns.append(Column(None, "", (), idle=index - before - 1))
        start = timeline.periods[index]
        columns.append(
            Column(start, words.period_label(start, timeline.period), pick(timeline.topics, timeline.shares[index]))
        )
    if forecast:
        ahead = [f"+{step}" for step in range(1, len(forecast.shares) + 1)]
        columns.extend(
            Column(None, label, pick(forecast.topics, row), forecast=True)
            for label, row in zip(ahead, forecast.shares, strict=True)
        )
    return Plot(topics, tuple(columns), left_out=len(active) - len(shown))


def _drift_column(drift: Drift, columns: Sequence[Column]) -> int | None:
    starts = [(index, column.at) for index, column in enumerate(columns) if column.at is not None]
    return max((index for index, at in starts if at is not None and at <= drift.at), default=None)


def stack(data: Plot, drifts: Sequence[Drift], period: str) -> Markup:
    """Stacked shares per period; forecast periods are pale and stand behind a dashed line."""
    columns = data.columns
    step = (WIDTH - LEFT) / max(len(columns), 6)
    floor, tall = HEIGHT - BOTTOM, HEIGHT - BOTTOM - TOP
    parts = [
        Markup(
            '<line class="grid" x1="{:.0f}" x2="{:.0f}" y1="{y:.1f}" y2="{y:.1f}"/><text class="tick" x="{:.0f}" '
            'y="{ty:.1f}" text-anchor="end">{label}</text>'
        ).format(LEFT, WIDTH, LEFT - 5, y=floor - tall * part, ty=floor - tall * part + 3.5, label=f"{100 * part:.0f}%")
        for part in (0.0, 0.5, 1.0)
    ]
    first_forecast = next((index for index, column in enumerate(columns) if column.forecast), None)
    history = [index for index, column in enumerate(columns) if column.at is not None]
    labelled = {history[0], history[-1]} if history else set()
    for index, column in enumerate(columns):
        left = LEFT + step * index + 1.0
        width = max(1.5, step - 2.0)
        if column.idle:
            parts.append(
                Markup(
                    '<text class="tick" x="{:.1f}" y="{:.1f}" text-anchor="middle">⋯<title>{} without '
                    "activity</title></text>"
                ).format(left + width / 2, floor - tall / 2, f"{column.idle} {words.period(period, column.idle)}")
            )
            continue
        level = floor
        for colour, share in enumerate(column.shares):
            high = tall * share
            if high < 0.3:
                continue
            level -= high
            name = words.topic(data.topics[colour]) if colour < len(data.topics) else "everything else"
            parts.append(
                Markup(
                    '<rect class="t{}{}" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}" rx="1"><title>{}: {} '
                    "{}</title></rect>"
                ).format(
                    colour if colour < len(data.topics) else COLOURS,
                    " ahead" if column.forecast else "",
                    left,
                    level,
                    width,
                    max(0.5, high - 0.8),
                    f"{words.period(period)} {column.label}" if column.forecast else column.label,
                    name,
                    words.percent(share),
                )
            )
        if index in labelled or (column.forecast and (step > 16 or index == first_forecast)):
            anchor, at = ("start", left) if index == history[0] and len(history) > 1 else ("middle", left + width / 2)
            if index == history[-1] and len(history) > 1:
                anchor, at = "end", left + width
            parts.append(
                Markup('<text class="tick" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
                    at, HEIGHT - 6, anchor, column.label
                )
            )
    if first_forecast is not None and history:
        parts.append(
            Markup('<line class="now" x1="{x:.1f}" x2="{x:.1f}" y1="{:.1f}" y2="{:.1f}"/>').format(
                2.0, floor, x=LEFT + step * first_forecast
            )
        )
    for drift in drifts:
        where = _drift_column(drift, columns)
        if where is not None:
            x = LEFT + step * (where + 0.5)
            parts.append(
                Markup('<path class="drift" d="M{:.1f} 2l4.5 4.5-4.5 4.5-4.5-4.5z"><title>{}</title></path>').format(
                    x, drift_text(drift)
                )
            )
    label = summary(data, period)
    return Markup('<svg class="chart" viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, HEIGHT, label, Markup("").join(parts)
    )


def summary(data: Plot, period: str) -> str:
    """The stacked chart in one sentence, for those who do not see it."""
    history = [column for column in data.columns if column.at is not None]
    if not history:
        return "No history yet."
    last = sorted(zip(data.topics, history[-1].shares, strict=False), key=lambda pair: -pair[1])[:3]
    shares = ", ".join(f"{words.topic(name)} {words.percent(share)}" for name, share in last)
    return f"Shares of interest over {len(history)} {words.period(period, len(history))}; in {history[-1].label}: {shares}."


def drift_text(drift: Drift) -> str:
    """A drift in words."""
    way = "more" if drift.size > 0 else "less"
    return f"{words.day(drift.at)}: {way} {words.topic(drift.topic)} ({abs(100 * drift.size):.0f} points)"


def line(data: Plot, forecast: Forecast, topic: str) -> Markup:
    """One topic's share over the active periods, the forecast as a dashed line in its 80 % band."""
    width, height, pad = 120.0, 34.0, 3.0
    colour = data.topics.index(topic) if topic in data.topics else COLOURS
    past = [column.shares[colour] for column in data.columns if column.at is not None][-12:] if colour < COLOURS else []
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
        '<svg class="spark t{colour}" viewBox="0 0 {w:.0f} {h:.0f}" aria-hidden="true" focusable="false">'
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


def bars(shares: dict[str, float], forecast: Forecast | None, topics: Sequence[str]) -> Markup:
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
            name=words.topic(topic),
            width=scale * shares.get(topic, 0.0),
            band=Markup('<u style="left:{:.1f}%;width:{:.1f}%"></u>').format(
                scale * ends[topic][0], scale * (ends[topic][1] - ends[topic][0])
            )
            if topic in ends
            else "",
            share=words.percent(shares.get(topic, 0.0)),
        )
        for colour, topic in enumerate(topics)
    )
    return Markup('<ul class="bars">{}</ul>').format(rows)
