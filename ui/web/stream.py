"""The stream of interests as SVG: shares per period flowing into the forecast, or one topic with its band.

Colours come from the page's style sheet (classes ``t0`` … ``t6``), so the charts follow light and dark.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from markupsafe import Markup

from core.forecasts import Drift, Forecast
from ui.web import words
from ui.web.chart import COLOURS, Column, Plot, drift_text, summary
from ui.web.texts import text

WIDTH, HEIGHT, LEFT, RIGHT, BOTTOM, TOP = 680.0, 230.0, 38.0, 10.0, 24.0, 20.0
_FLOOR = HEIGHT - BOTTOM
_TALL = _FLOOR - TOP
_ROOM = 66.0
"""Of the word under the forecast."""
Point = tuple[float, float]


def stream(data: Plot, drifts: Sequence[Drift], language: str = "en") -> Markup:
    """Stacked shares as bands that flow from period to period; those ahead are pale and stand behind a dashed line."""
    places = _places(data.columns)
    top = [*map(_heights, data.columns)]
    parts = [_grid(part, 1.0) for part in (0.0, 0.5, 1.0)]
    for number in range(COLOURS + 1 if len(data.topics) == COLOURS else len(data.topics) + 1):
        colour = number if number < len(data.topics) else COLOURS
        for run in _runs(data.columns):
            upper = [(places[at], top[at][number + 1]) for at in run]
            lower = [(places[at], top[at][number]) for at in run]
            ahead = data.columns[run[-1]].forecast
            parts.append(
                Markup('<path class="flow t{}{}" d="{}"/>').format(
                    colour, " ahead" if ahead else "", _band(_widened(upper, data), _widened(lower, data))
                )
            )
    parts += [_touch(data, at, places, language) for at in range(len(data.columns))]
    return _framed(data, drifts, places, parts, summary(data, language), language)


def single(data: Plot, forecast: Forecast | None, topic: str, drifts: Sequence[Drift], language: str = "en") -> Markup:
    """One topic's share over time, and where it is heading with its 80 % band."""
    places = _places(data.columns)
    number = data.topics.index(topic)
    shares = [column.shares[number] if column.shares else None for column in data.columns]
    ahead = [at for at, column in enumerate(data.columns) if column.forecast]
    low, high = _ends(forecast, topic, len(ahead))
    most = max([share for share in shares if share is not None] + high + [0.05])
    scale = min(1.0, most * 1.15)

    def point(at: int, share: float) -> Point:
        return places[at], _FLOOR - _TALL * share / scale

    parts = [_grid(part, scale) for part in (0.0, 0.5, 1.0)]
    past = [at for at, column in enumerate(data.columns) if column.at is not None]
    if ahead and past and high:
        start = point(past[-1], shares[past[-1]] or 0.0)
        upper = [start, *(point(at, value) for at, value in zip(ahead, high, strict=True))]
        lower = [start, *(point(at, value) for at, value in zip(ahead, low, strict=True))]
        parts.append(Markup('<path class="band t{}" d="{}"/>').format(number, _band(upper, lower)))
        line = [start, *(point(at, shares[at] or 0.0) for at in ahead)]
        parts.append(Markup('<path class="line next t{}" d="{}"/>').format(number, _curve(line)))
    for run in _runs(data.columns):
        if data.columns[run[-1]].forecast:
            continue
        points = [point(at, shares[at] or 0.0) for at in run]
        floor = [(x, _FLOOR) for x, _ in points]
        parts.append(Markup('<path class="under t{}" d="{}"/>').format(number, _band(points, floor)))
        parts.append(Markup('<path class="line t{}" d="{}"/>').format(number, _curve(points)))
        parts += [
            Markup('<circle class="dot t{}" cx="{:.1f}" cy="{:.1f}" r="2.5"/>').format(number, *p) for p in points
        ]
    parts += [_touch(data, at, places, language) for at in range(len(data.columns))]
    label = text(language, "timeline.alone", topic=words.topic(topic, language))
    return _framed(data, [drift for drift in drifts if drift.topic == topic], places, parts, label, language)


def _ends(forecast: Forecast | None, topic: str, horizons: int) -> tuple[list[float], list[float]]:
    if forecast is None or topic not in forecast.topics:
        return [], []
    place = forecast.topics.index(topic)
    return [row[place] for row in forecast.lo80][:horizons], [row[place] for row in forecast.hi80][:horizons]


def _places(columns: Sequence[Column]) -> list[float]:
    """Where the middle of each column stands; idle stretches are half as wide."""
    widths = [0.5 if column.idle else 1.0 for column in columns]
    step = (WIDTH - LEFT - RIGHT) / max(sum(widths), 1.0)
    places, edge = [], LEFT
    for width in widths:
        places.append(edge + step * width / 2)
        edge += step * width
    return places


def _heights(column: Column) -> list[float]:
    """The levels between the bands of a column, from the floor up."""
    levels = [_FLOOR]
    for share in column.shares:
        levels.append(levels[-1] - _TALL * share)
    return levels


def _runs(columns: Sequence[Column]) -> list[list[int]]:
    """Columns that flow into each other: stretches of history, and the forecast from the last period on."""
    runs: list[list[int]] = []
    for at, column in enumerate(columns):
        if column.idle:
            continue
        if column.forecast and at and not columns[at - 1].forecast and not columns[at - 1].idle:
            runs.append([at - 1, at])
        elif not runs or at - 1 != runs[-1][-1]:
            runs.append([at])
        else:
            runs[-1].append(at)
    return runs


def _widened(points: list[Point], data: Plot) -> list[Point]:
    """A single period has a width too."""
    if len(points) > 1:
        return points
    half = (WIDTH - LEFT - RIGHT) / max(len(data.columns), 1) * 0.35
    (x, y) = points[0]
    return [(x - half, y), (x + half, y)]


def _curve(points: Sequence[Point], move: str = "M") -> str:
    """A line through points that is level at each of them, so that bands above each other never cross."""
    parts = [f"{move}{points[0][0]:.1f} {points[0][1]:.1f}"]
    for (x0, y0), (x1, y1) in pairwise(points):
        middle = (x0 + x1) / 2
        parts.append(f"C{middle:.1f} {y0:.1f} {middle:.1f} {y1:.1f} {x1:.1f} {y1:.1f}")
    return "".join(parts)


def _band(upper: Sequence[Point], lower: Sequence[Point]) -> str:
    return f"{_curve(upper)}{_curve(list(reversed(lower)), 'L')}Z"


def _grid(part: float, scale: float) -> Markup:
    level = _FLOOR - _TALL * part
    return Markup(
        '<line class="grid" x1="{:.0f}" x2="{:.0f}" y1="{y:.1f}" y2="{y:.1f}"/>'
        '<text class="tick" x="{:.0f}" y="{ty:.1f}" text-anchor="end">{label:.0f}%</text>'
    ).format(LEFT, WIDTH - RIGHT, LEFT - 5, y=level, ty=level + 3.5, label=100 * part * scale)


def _touch(data: Plot, at: int, places: Sequence[float], language: str) -> Markup:
    """An invisible column that tells its shares when pointed at."""
    column = data.columns[at]
    if column.idle:
        return Markup('<text class="tick" x="{:.1f}" y="{:.1f}" text-anchor="middle">⋯<title>{}</title></text>').format(
            places[at], _FLOOR - _TALL / 2, text(language, "timeline.idle")
        )
    half = (WIDTH - LEFT - RIGHT) / max(len(places), 1) / 2
    named = sorted(zip(data.topics, column.shares, strict=False), key=lambda pair: -pair[1])
    told = [f"{words.topic(topic, language)} {words.percent(share)}" for topic, share in named if share >= 0.005]
    return Markup(
        '<rect class="touch" x="{:.1f}" y="{:.1f}" width="{:.1f}" height="{:.1f}"><title>{}</title></rect>'
    ).format(places[at] - half, TOP, 2 * half, _TALL, f"{column.label}: {', '.join(told)}")


def _framed(
    data: Plot, drifts: Sequence[Drift], places: Sequence[float], parts: list[Markup], label: str, language: str
) -> Markup:
    history = [at for at, column in enumerate(data.columns) if column.at is not None]
    ahead = [at for at, column in enumerate(data.columns) if column.forecast]
    ticks = [_tick(LEFT, "start", data.columns[history[0]].label)] if history else []
    if len(history) > 1:
        last = history[-1]
        # A short forecast leaves its label little room, so that of the last period keeps away from it.
        end = min((places[last] + places[ahead[0]]) / 2 - 6, WIDTH - RIGHT - _ROOM) if ahead else places[last]
        ticks.append(_tick(end, "end", data.columns[last].label))
        if len(history) > 8:
            middle = history[len(history) // 2]
            ticks.append(_tick(places[middle], "middle", data.columns[middle].label))
    if ahead and history:
        edge = places[history[-1]]
        ticks.append(
            Markup('<line class="now" x1="{x:.1f}" x2="{x:.1f}" y1="6" y2="{f:.1f}"/>').format(x=edge, f=_FLOOR)
        )
        ticks.append(_tick(WIDTH - RIGHT, "end", text(language, "timeline.forecast")))
    marks = [_mark(number, drift, data, places, language) for number, drift in enumerate(drifts, start=1)]
    return Markup('<svg class="chart stream" viewBox="0 0 {:.0f} {:.0f}" role="img" aria-label="{}">{}</svg>').format(
        WIDTH, HEIGHT, label, Markup("").join([*parts, *ticks, *marks])
    )


def _mark(number: int, drift: Drift, data: Plot, places: Sequence[float], language: str) -> Markup:
    """A numbered diamond above the period that a drift began with; the sentence of that number tells what caused it."""
    starts = [at for at, column in enumerate(data.columns) if column.at is not None and column.at <= drift.at]
    if not starts:
        return Markup("")
    return Markup(
        '<g class="drift"><path d="M{x:.1f} 3l6.5 6.5-6.5 6.5-6.5-6.5z"/><text x="{x:.1f}" y="13" '
        'text-anchor="middle">{number}</text><title>{told}</title></g>'
    ).format(x=places[starts[-1]], number=number, told=drift_text(drift, language))


def _tick(x: float, anchor: str, label: str) -> Markup:
    return Markup('<text class="tick" x="{:.1f}" y="{:.1f}" text-anchor="{}">{}</text>').format(
        x, HEIGHT - 7, anchor, label
    )
