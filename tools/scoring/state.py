"""The state a person is in at the moment of a request, and what it makes of the features that depend on it.

Somebody who comes back after a week wants what is out now; somebody who is going through old favourites wants the next
of those. So some features count by the person's state: a feature times a state is a column of its own
(`INTERACTIONS`), named after both.

============ ===== ================================================================================
state        scale what it is
============ ===== ================================================================================
pause        0..1  log scale of the time since the person's latest event: 0 at once, 1 a year or more
sitting      0..1  events of the last hour, 1 for ten or more
experience   0..1  log scale of the number of events: 1 for a hundred or more
follows_new  0..1  part of the latest likings that were new when the person took them up
============ ===== ================================================================================
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from tools.scoring.profile import Profile
from tools.scoring.signals import DAY, Floats, Ints

INTERACTIONS: tuple[tuple[str, str], ...] = tuple(
    (feature, state)
    for state, features in {
        "pause": ("popular_now", "popular_season", "popular_ever", "recent", "new", "era"),
        "follows_new": ("popular_now", "popular_ever", "knn", "new", "era"),
        "sitting": ("popular_now", "popular_season", "recent", "new", "era"),
        "experience": ("popular_now", "popular_ever", "recent", "new", "era"),
    }.items()
    for feature in features
)
"""Features whose worth depends on the state of the person."""

NEW_DAYS = 90.0
"""An item is new for this long after it first turned up."""

RECALL = 30
"""Latest likings that tell whether somebody follows what is new, each counting `FORGET` of the one after it."""
FORGET = 0.7

HOUR = 3600.0


def interaction(feature: str, state: str) -> str:
    """The name of a column: "popular_now*pause"."""
    return f"{feature}*{state}"


AGAIN: Mapping[str, str] = {
    interaction(feature, "again"): feature
    for feature in ("popular_now", "popular_lately", "popular_season", "popular_ever")
}
"""What counts beside the habit of an item that a person takes up again and again, by the column that it has there."""


def arrivals(item: Ints, at: NDArray[np.float64], items: int) -> NDArray[np.float64]:
    """(items,) unix seconds of an item's first event; NaN for none, and for what was there when the log begins.

    What turns up in the first tenth of a log, up to 30 days, may be of any age.

    Args:
        item, at: of all events, in time order.
    """
    first = np.full(items, np.nan)
    if len(at):
        first[item[::-1]] = at[::-1]
        first[first < at[0] + min(30 * DAY, 0.1 * (at[-1] - at[0]))] = np.nan
    return first


LONGEST = 0.98
"""Part of the waits between two events of a person that are shorter than the longest one that is told apart."""


def longest_wait(user: Ints, at: NDArray[np.float64]) -> float:
    """Seconds beyond which a wait since the latest event is read as this long; infinite where nobody came back.

    Where people say everything in one sitting, models know hardly anybody who comes back a month later, and would guess
    wildly what such a month means.

    Args:
        user, at: of all events, in time order.
    """
    order = np.argsort(user, kind="stable")
    waits = np.diff(at[order])[user[order][1:] == user[order][:-1]]
    return float(np.quantile(waits, LONGEST)) if len(waits) else np.inf


def reading(profile: Profile, at: float, longest: float) -> float:
    """The unix second that a person's state is read at: ``at``, or the longest wait after their latest event."""
    moments = profile.trail.at
    return min(at, float(moments[-1]) + longest) if len(moments) else at


def states(profile: Profile, at: float, arrived: NDArray[np.float64], year: Floats) -> dict[str, float]:
    """The person's state at a moment (unix seconds), by name.

    Args:
        arrived: (items,) by `arrivals`; year: (items,) NaN where unknown.
    """
    moments = profile.trail.at
    if not len(moments):
        return {"pause": 1.0, "sitting": 0.0, "experience": 0.0, "follows_new": 0.5}
    latest = np.argsort(-profile.when, kind="stable")[:RECALL]
    weight = FORGET ** np.arange(len(latest))
    fresh = was_new(profile.liked[latest], profile.when[latest], arrived, year)
    hours = max(at - float(moments[-1]), 0.0) / HOUR
    return {
        "pause": float(min(np.log1p(hours) / np.log1p(365 * 24), 1.0)),
        "sitting": min(int((moments > at - HOUR).sum()), 10) / 10,
        "experience": float(min(np.log1p(len(moments)) / np.log1p(100), 1.0)),
        "follows_new": float((weight @ fresh + 0.25) / (weight.sum() + 0.5)),
    }


def was_new(items: Ints, when: NDArray[np.float64], arrived: NDArray[np.float64], year: Floats) -> NDArray[np.bool_]:
    """Whether items were new at some moments: of that year, or of the year before and just arrived."""
    then = 1970.0 + when / (365.2425 * DAY)
    just = when - arrived[items] < NEW_DAYS * DAY
    known = year[items]
    return np.asarray(
        np.where(np.isnan(known), just, (known >= np.floor(then)) | ((known >= np.floor(then) - 1) & just))
    )


def freshness(arrived: NDArray[np.float64], at: float) -> Floats:
    """(items,) 1 / (1 + days since arrival / 7); 0 for what has not arrived by then or was always there."""
    days = np.where(arrived <= at, (at - arrived) / DAY, np.inf)
    return np.asarray(1.0 / (1.0 + days / 7.0), np.float32)


def era(profile: Profile, year: Floats) -> Floats:
    """(items,) 1 / (1 + years to the latest liked item / 5); 0 where either year is unknown."""
    if not len(profile.when):
        return np.zeros(len(year), np.float32)
    last = year[profile.liked[np.argmax(profile.when)]]
    return np.asarray(np.nan_to_num(1.0 / (1.0 + np.abs(year - last) / 5.0), nan=0.0), np.float32)


def interactions(
    features: Mapping[str, Floats], profile: Profile, at: float, arrived: NDArray[np.float64], year: Floats
) -> dict[str, Floats]:
    """The columns of `INTERACTIONS`, each (items,), at a moment of `reading`."""
    found = states(profile, at, arrived, year)
    return {
        interaction(feature, state): features[feature] * np.float32(found[state]) for feature, state in INTERACTIONS
    }
