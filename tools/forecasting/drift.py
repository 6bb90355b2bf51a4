"""Lasting changes in a person's shares and the events behind them, and topics that are rising or fading now."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from core.evidence import TopicRow, event_weight
from core.periods import period_start
from core.results import Drift
from core.timeline import PeriodCounts
from core.types import Event
from tools.forecasting.change_points import Change, ChangeModel
from tools.forecasting.series import Histories
from tools.forecasting.state_space import LocalLevel

MOST_CARRIERS = 5
_MOST_TOPICS = 3
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
