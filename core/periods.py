"""Calendar periods in UTC: which one a moment lies in, and when it begins.

Weeks start on Monday, and two-week periods are counted from Monday 1969-12-29.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

import numpy as np
from numpy.typing import NDArray

from core.errors import InputError

Indices = NDArray[np.int64]

PERIODS = ("day", "week", "2weeks", "month", "quarter", "year")
PERIOD_DAYS: Mapping[str, float] = {
    "day": 1.0,
    "week": 7.0,
    "2weeks": 14.0,
    "month": 365.2425 / 12,
    "quarter": 365.2425 / 4,
    "year": 365.2425,
}
_DAYS = {"day": 1, "week": 7, "2weeks": 14}
_MONTHS = {"month": 1, "quarter": 3, "year": 12}
_MONDAY = 3  # days from Monday 1969-12-29 to the epoch


def check_period(period: str) -> str:
    """The period's name, if it is one.

    Raises:
        InputError: it is not one of `PERIODS`.
    """
    if period not in PERIODS:
        raise InputError(f"Period {period!r} is unknown.", f"Choose one of {', '.join(PERIODS)}.")
    return period


def period_index(at: NDArray[np.float64], period: str) -> Indices:
    """Number of the calendar period in which each moment (unix seconds) lies; consecutive periods differ by 1."""
    check_period(period)
    seconds = np.floor(np.asarray(at, dtype=np.float64)).astype(np.int64)
    if period in _DAYS:
        offset = 0 if period == "day" else _MONDAY
        return (seconds // 86_400 + offset) // _DAYS[period]
    months = seconds.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    return months // _MONTHS[period]


def period_start(index: int, period: str) -> datetime:
    """First moment of a period, the inverse of `period_index`."""
    check_period(period)
    if period in _DAYS:
        days = index * _DAYS[period] - (0 if period == "day" else _MONDAY)
        moment = np.datetime64(days, "D")
    else:
        moment = np.datetime64(index * _MONTHS[period], "M").astype("datetime64[D]")
    date = moment.astype(object)
    return datetime(date.year, date.month, date.day, tzinfo=UTC)
