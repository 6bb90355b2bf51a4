"""How far ahead a message looks, in periods of the workspace."""

from __future__ import annotations

from datetime import datetime

import numpy as np
from numpy.typing import NDArray

from agent.understanding import Ahead
from agent.understanding.interpreting.ahead import HOLIDAYS, MONTHS, SEASONS
from agent.wording import counted
from core.periods import PERIOD_DAYS, first_period, period_index, period_start, time_zone
from core.types import Frozen

LONGEST = 52
"""Periods that a forecast reaches at most."""

USUAL = 3
"""Periods ahead when a question names no time."""

_NEAR = 0.05


class Horizon(Frozen):
    """A time to come as a number of periods, and what has to be said about it.

    Attributes:
        periods: 1 is the next period to begin.
        note: one sentence where the time asked for was rounded, read as a date or cut; else "".
    """

    periods: int
    note: str = ""


def horizon_of(ahead: Ahead | None, at: datetime, period: str, timezone: str = "UTC") -> Horizon | None:
    """The horizon that a message means; None where it speaks of no time to come.

    A span is rounded to whole periods, a season or a month means the period in which it next begins, a holiday the one
    in which it falls; neither reaches beyond `LONGEST`.

    Args:
        at: the moment of the message.
        period: of the workspace.
        timezone: its calendar.
    """
    if ahead is None:
        return None
    if ahead.named:
        day = _next(ahead.named, at.astimezone(time_zone(timezone)))
        index = int(period_index(_moment(day), period, timezone)[0])
        wanted = index - first_period(at, period, timezone) + 1
        start = max(index, first_period(at, period, timezone))
        note = f"I took “{ahead.quote}” as {_name(period_start(start, period, timezone), period)}."
        return _bounded(float(wanted), period, note)
    exact = ahead.count if ahead.unit == period else ahead.count * PERIOD_DAYS[ahead.unit] / PERIOD_DAYS[period]
    nearest = max(round(exact), 1)
    rounded = f"I follow interests {_by(period)}, so I rounded “{ahead.quote}” to {spoken(nearest, period)}."
    return _bounded(exact, period, rounded if abs(exact - nearest) > _NEAR * nearest else "")


def spoken(periods: int, period: str) -> str:
    """A number of periods as a length of time: "three months", "four weeks"."""
    return counted(2 * periods, "week") if period == "2weeks" else counted(periods, period)


def _bounded(exact: float, period: str, note: str) -> Horizon:
    if exact > LONGEST + 0.5:
        return Horizon(periods=LONGEST, note=f"I look {spoken(LONGEST, period)} ahead at most, so this is for then.")
    return Horizon(periods=max(round(exact), 1), note=note)


def _by(period: str) -> str:
    return "in steps of two weeks" if period == "2weeks" else f"by the {period}"


def _next(name: str, local: datetime) -> datetime:
    """When a season, holiday or month next begins; a season that has begun counts as beginning now."""
    if name in SEASONS:
        if (local.month - SEASONS[name]) % 12 < 3:
            return local
        month, day = SEASONS[name], 1
    elif name in MONTHS:
        month, day = MONTHS[name], 1
    else:
        month, day = HOLIDAYS[name]
    midnight = local.replace(month=month, day=day, hour=0, minute=0, second=0, microsecond=0)
    return midnight if midnight > local else midnight.replace(year=local.year + 1)


def _moment(day: datetime) -> NDArray[np.float64]:
    return np.array([day.timestamp()])


def _name(start: datetime, period: str) -> str:
    if period == "year":
        return f"{start:%Y}"
    if period == "quarter":
        return f"the quarter from {start:%B %Y}"
    if period == "month":
        return f"{start:%B %Y}"
    return f"the {'two weeks' if period == '2weeks' else period} from {start.day} {start:%B %Y}"
