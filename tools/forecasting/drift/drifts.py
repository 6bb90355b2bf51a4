"""A person's lasting changes with the events that carried them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import numpy as np

from core.forecasts import Drift
from core.periods import period_start
from tools.forecasting.drift.change_points import Change, ChangeModel
from tools.forecasting.spread import People

MOST_CARRIERS = 5


def drifts(model: ChangeModel, known: People, topics: Sequence[str]) -> tuple[Drift, ...]:
    """The lasting changes of a person's interests, oldest first, each with the events that carried it.

    Args:
        model: the fitted detector (`change_fit.fit_change_model`).
        known: the one person.
        topics: names of the topics.
    """
    counts = known.counts
    found = model.changes(counts)
    starts = {each.start: period_start(each.start, counts.period, counts.timezone) for each in found}
    return tuple(
        Drift(
            topic=topics[change.topic],
            at=starts[change.start],
            size=change.size,
            probability=change.probability,
            event_ids=carriers(
                change,
                known,
                starts[change.start],
                min((at for start, at in starts.items() if start > change.start), default=None),
            ),
        )
        for change in found
    )


def carriers(change: Change, known: People, since: datetime, until: datetime | None = None) -> tuple[str, ...]:
    """Ids of the events that pulled the share the way it went, strongest first, at most five.

    An event of weight w on an item that belongs to the topic by m pulls its share, which was b before the change, by
    ``w m - max(w, 0) b``: up by what it adds beyond its due, down by what it gives to others or says against the topic.

    Args:
        change: the change.
        known: the one person whose it is.
        since: when it began.
        until: when the next one began; events from then on carry that one.
    """
    events, mass = known.events, known.mass
    about = mass.topic == change.topic
    added = np.bincount(mass.event[about], weights=mass.mass[about], minlength=len(events))
    pull = (1 if change.size >= 0 else -1) * (added - np.maximum(known.weight, 0) * change.before)
    within = events.at >= since.timestamp()
    if until is not None:
        within &= events.at < until.timestamp()
    speaks = np.zeros(len(events), dtype=bool)
    speaks[mass.event] = True
    found = np.flatnonzero(within & speaks & (pull > 0)).tolist()
    found.sort(key=lambda each: (-pull[each], events.at[each], events.id[each]))
    return tuple(events.id[each] for each in found[:MOST_CARRIERS])
