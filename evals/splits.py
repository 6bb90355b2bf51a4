"""Splits by time: what was known by a moment, and what people took up after it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

import numpy as np

from store.columns import EventLog, ItemColumns

LIKED = 0.2
"""Value from which a rating counts as relevant: 6 of 10."""

LEAST_HISTORY = 3


@dataclass(frozen=True)
class TimeSplit:
    """One test period.

    Attributes:
        start, end: the period; everything before ``start`` may be learnt from.
        relevant: per person with enough history, the items rated well in the period and not met before.
    """

    start: datetime
    end: datetime
    relevant: dict[str, frozenset[str]]


def time_split(log: EventLog, columns: ItemColumns, start: datetime, end: datetime) -> TimeSplit:
    """People with at least three events before ``start``, and what they rated 6 or more in [start, end), not before.

    Args:
        log: item events in time order.
    """
    first, last = start.timestamp(), end.timestamp()
    before = log.at < first
    history = np.bincount(log.user[before], minlength=len(log.users))
    met = set(zip(log.user[before].tolist(), log.item[before].tolist(), strict=True))
    inside = (log.at >= first) & (log.at < last) & (log.value >= LIKED - 1e-6)
    found: dict[str, set[str]] = {}
    for user, item in zip(log.user[inside].tolist(), log.item[inside].tolist(), strict=True):
        if history[user] >= LEAST_HISTORY and (user, item) not in met:
            found.setdefault(log.users[user], set()).add(columns.ids[item])
    return TimeSplit(start, end, {person: frozenset(items) for person, items in sorted(found.items())})
