"""A clock for event logs: it runs only while there is data."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

DAY = 86_400.0
QUIET = 0.1
"""A day with less than this part of a typical day's events counts as part of a day (see `busy_days`)."""


def busy_days(at: NDArray[np.float64]) -> NDArray[np.float64]:
    """(n,) position of each event on a clock that runs only while there is data.

    A calendar day moves the clock by its number of events over a tenth of a typical day's, at most by one. So years
    between an old data set and today's chat do not empty "lately", and a trickle of chat does not drown it. A typical
    day is the day that the average event happened on (the mean of the counts weighted by themselves).

    Args:
        at: (n,) unix seconds, ascending.
    """
    if len(at) == 0:
        return np.zeros(0)
    day = np.floor(at / DAY).astype(np.int64)
    # The days ascend, so their ends tell them apart without sorting.
    first = np.flatnonzero(np.concatenate([[True], day[1:] != day[:-1]]))
    days, counts = day[first], np.diff(np.append(first, len(day)))
    index = np.repeat(np.arange(len(days)), counts)
    typical = np.sum(counts.astype(np.float64) ** 2) / np.sum(counts)
    step = np.minimum(1.0, counts / (QUIET * typical))
    start = np.concatenate([[0.0], np.cumsum(step)[:-1]])
    return np.asarray(start[index] + step[index] * (at / DAY - days[index]))
