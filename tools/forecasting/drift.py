"""Lasting changes in a person's shares and the events behind them, and topics that are rising or fading now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from core.evidence import TopicRow, event_weight
from core.periods import period_start
from core.results import Drift
from core.timeline import Array, PeriodCounts
from core.types import Event
from tools.forecasting.change_points import Change, ChangeModel
from tools.forecasting.series import Histories
from tools.forecasting.state_space import LocalLevel

LEAST_PERIODS = 6
"""Active periods needed: the order of fewer could be chance too easily."""
LEAST_EVENTS = 20.0
ALPHA = 0.05
PERMUTATIONS = 199
MOST_CARRIERS = 5
_MOST_PERIODS = 60
_OWN_TOPICS = 12
_EDGE = 2
_MOST_TOPICS = 3
_LEAST_SIZE = 0.05
_Z80 = 1.2815515655446004


def drifts(
    model: ChangeModel,
    counts: PeriodCounts,
    topics: Sequence[str],
    events: Sequence[Event] = (),
    item_row: Callable[[str], TopicRow] = lambda _: (),
    topic_row: Callable[[str, float], TopicRow] = lambda _topic, _weight: (),
    timezone: str = "UTC",
) -> tuple[Drift, ...]:
    """The lasting changes of a person's interests, oldest first, each with the events that carried it.

    Args:
        model: the fitted detector (`change_fit.fit_change_model`).
        counts: the person's evidence per period.
        topics: names of the topics.
        events: the standing events behind ``counts`` (`core.timeline.standing`); without them no change has any.
        item_row: topics of an item id.
        topic_row: topics that an event about a topic speaks of, given the topic and the event's signed weight.
        timezone: IANA name of the zone whose calendar ``counts`` follow.
    """
    found = model.changes(counts)
    if not found:
        return ()
    rows = list(contributions(events, item_row, topic_row))
    starts = {change.start: period_start(change.start, counts.period, timezone) for change in found}
    return tuple(
        Drift(
            topic=topics[change.topic],
            at=starts[change.start],
            size=change.size,
            probability=change.probability,
            event_ids=carriers(
                change,
                rows,
                starts[change.start],
                min((at for start, at in starts.items() if start > change.start), default=None),
            ),
        )
        for change in found
    )


def contributions(
    events: Iterable[Event], item_row: Callable[[str], TopicRow], topic_row: Callable[[str, float], TopicRow]
) -> Iterable[tuple[Event, float, TopicRow]]:
    """Each event that is evidence with its signed weight and its topics."""
    for event in events:
        weight = event_weight(event.kind, event.value)
        if not weight:
            continue
        if event.item_id is not None:
            yield event, weight, item_row(event.item_id)
        elif event.topic is not None:
            yield event, weight, topic_row(event.topic, weight)


def carriers(
    change: Change,
    rows: Iterable[tuple[Event, float, TopicRow]],
    since: datetime,
    until: datetime | None = None,
) -> tuple[str, ...]:
    """Ids of the events that pulled the share the way it went, strongest first, at most five.

    An event of weight w on an item that belongs to the topic by m pulls its share, which was b before the change, by
    ``w m - max(w, 0) b``: up by what it adds beyond its due, down by what it gives to others or says against the topic.

    Args:
        change: the change.
        rows: what `contributions` gave.
        since: when it began.
        until: when the next one began; events from then on carry that one.
    """
    sign = 1.0 if change.size >= 0 else -1.0
    pulls: list[tuple[float, str]] = []
    for event, weight, row in rows:
        if event.at < since or (until is not None and event.at >= until):
            continue
        member = sum(part for topic, part in row if topic == change.topic)
        pull = sign * (weight * member - max(weight, 0.0) * change.before)
        if row and pull > 0:
            pulls.append((pull, event.id))
    pulls.sort(key=lambda each: -each[0])
    return tuple(event_id for _, event_id in pulls[:MOST_CARRIERS])


def change_point(counts: PeriodCounts, topics: tuple[str, ...], alpha: float = ALPHA) -> tuple[Drift, ...]:
    """The most likely lasting change of a person's shares, if chance would rarely show one as large.

    The statistic is the largest multinomial log-likelihood ratio over all dates that leave at least two active periods
    on each side (Srivastava & Worsley 1986). Its distribution without a change comes from shuffling the order of the
    person's own active periods, whole, so that the likeness of events of one sitting is kept; the change is reported
    when at most ``alpha`` of the orders reach it.

    Returns:
        Topics that moved by at least 5 points, largest first, at most three; empty with fewer than six active periods
        or twenty events.
    """
    active = np.flatnonzero(counts.totals > 0)[-_MOST_PERIODS:]
    mass = counts.interest[active]
    if len(active) < LEAST_PERIODS or mass.sum() < LEAST_EVENTS:
        return ()
    common = np.argsort(-mass.sum(axis=0), kind="stable")
    grouped = np.column_stack([mass[:, common[:_OWN_TOPICS]], mass[:, common[_OWN_TOPICS:]].sum(axis=1)])
    orders = np.random.default_rng(0).permuted(np.tile(np.arange(len(active)), (PERMUTATIONS, 1)), axis=1)
    ratios = log_ratios(np.concatenate([grouped[None], grouped[orders]]))
    reached = ratios.max(axis=1)
    if (1 + np.count_nonzero(reached[1:] >= reached[0])) / (PERMUTATIONS + 1) > alpha:
        return ()
    split = int(ratios[0].argmax()) + _EDGE
    before, after = mass[:split].sum(axis=0), mass[split:].sum(axis=0)
    difference = after / after.sum() - before / before.sum()
    moved = np.flatnonzero(np.abs(difference) >= _LEAST_SIZE)
    order = moved[np.argsort(-np.abs(difference[moved]), kind="stable")][:_MOST_TOPICS]
    at = period_start(int(counts.index[active[split]]), counts.period)
    return tuple(Drift(topic=topics[topic], at=at, size=float(difference[topic])) for topic in order)


def log_ratios(mass: NDArray[Any]) -> Array:
    """(series, splits) log-likelihood ratio of one change after each split against none.

    Args:
        mass: (series, periods, topics); split i parts the first i + 2 periods from the rest.
    """
    total = mass.sum(axis=1)
    before = np.cumsum(mass, axis=1)[:, _EDGE - 1 : -_EDGE]
    after = np.maximum(total[:, None] - before, 0)
    return _entropy_mass(before) + _entropy_mass(after) - _entropy_mass(total)[:, None]


def _entropy_mass(mass: NDArray[Any]) -> Array:
    """Σ m log(m / Σ m) over the last axis."""
    total = mass.sum(axis=-1)
    logs = np.log(mass, out=np.zeros_like(mass), where=mass > 0)
    whole = np.log(total, out=np.zeros_like(total), where=total > 0)
    return np.asarray((mass * logs).sum(axis=-1) - total * whole)


def movement(
    model: LocalLevel, history: Histories, muted: NDArray[np.bool_], topics: tuple[str, ...]
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Rising and fading topics of one person, strongest first.

    A topic moves when the filtered level lies outside the 80 % interval around what the same model says when nothing
    ever drifts, which is the person's long-run mean shrunk just as much: so being pulled towards the population is
    not taken for a trend. Nothing moves with fewer than two active periods.
    """
    if history.active[0] < 2:
        return (), ()
    level, variance = model.filtered(history)
    still, _ = model.filtered(history, drift=0.0)
    spread = np.sqrt(variance[0] * model.population * (1 - model.population))
    ratio = np.where(muted, 0, (level[0] - still[0]) / np.maximum(spread, 1e-9))
    order = np.argsort(-np.abs(ratio), kind="stable")
    rising = tuple(topics[topic] for topic in order if ratio[topic] > _Z80)
    fading = tuple(topics[topic] for topic in order if ratio[topic] < -_Z80)
    return rising[:_MOST_TOPICS], fading[:_MOST_TOPICS]
