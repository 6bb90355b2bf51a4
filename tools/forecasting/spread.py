"""The evidence of many people at once: standing events spread over topics, summed by person and period."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from core.evidence import Mass, event_weights, muted_by
from core.periods import Indices
from core.timeline import Array, PeriodCounts, people_counts
from store.columns import KINDS
from store.standing import Standing
from tools.forecasting.series import Histories, histories
from tools.forecasting.topics.topics import Topics


@dataclass(frozen=True)
class People:
    """What is known of the interests of several people.

    Attributes:
        events: the n events that count.
        weight: (n,) their signed weights.
        mass: what they say of topics.
        person: (p,) codes into ``events.users``, ascending: whose each row of the counts is.
        counts: evidence per period.
        muted: (people, topics) which topics are muted.
    """

    events: Standing
    weight: Array
    mass: Mass
    person: Indices
    counts: PeriodCounts
    muted: NDArray[np.bool_]

    def histories(self, origin: int) -> Histories:
        """Everybody's history; ``origin`` is the number of the first forecast period."""
        counts, origins = self.counts, np.full(len(self.events.users), origin, dtype=np.int64)
        return histories(self.person, origin - counts.index, counts.positive, counts.negative, origins)


def people_of(events: Standing, topics: Topics, period: str, timezone: str) -> People:
    """Weigh, spread and sum events.

    Raises:
        InputError: the period or the zone is unknown, or a weight or a moment is no finite number.
    """
    weight = event_weights(KINDS, events.kind, events.value)
    mass = topic_mass_of(events, weight, topics)
    person, counts = people_counts(events.user[mass.event], mass, len(topics.names), period, timezone)
    return People(events, weight, mass, person, counts, muted_mask(events, weight, topics))


def topic_mass_of(events: Standing, weight: Array, topics: Topics) -> Mass:
    """`core.evidence.topic_mass` of events of many people, by column.

    Args:
        events: n events.
        weight: (n,) their signed weights.
        topics: what items and statements mean in terms of them.
    """
    matrix = topics.weights
    about = np.flatnonzero((weight != 0) & (events.item >= 0))
    start = matrix.indptr[events.item[about]].astype(np.int64)
    size = matrix.indptr[events.item[about] + 1] - start
    cell = np.arange(size.sum()) + np.repeat(start - (np.cumsum(size) - size), size)
    stated = [
        (event, topic, part)
        for event, name in events.topics.items()
        if weight[event]
        for topic, part in topics.topic_row(name, float(weight[event]))
    ]
    event = np.concatenate([np.repeat(about, size), np.array([each[0] for each in stated], dtype=np.int64)])
    topic = np.concatenate([matrix.indices[cell], np.array([each[1] for each in stated], dtype=np.int64)])
    part = np.concatenate([matrix.data[cell].astype(np.float64), np.array([each[2] for each in stated])])
    return Mass(events.at[event], topic.astype(np.int64), weight[event] * part, event)


def muted_mask(events: Standing, weight: Array, topics: Topics) -> NDArray[np.bool_]:
    """(people, topics) which topics are muted: `core.evidence.muted_topics` of everybody."""
    mask = np.zeros((len(events.users), len(topics.names)), dtype=bool)
    said: dict[int, list[int]] = {}
    for event in sorted(events.topics, key=lambda each: (events.at[each], events.id[each])):
        said.setdefault(int(events.user[event]), []).append(event)
    for person, own in said.items():
        muted = muted_by((KINDS[events.kind[each]], events.topics[each], float(weight[each])) for each in own)
        codes = (topics.code(topic) for topic in muted)
        mask[person, [code for code in codes if code is not None]] = True
    return mask
