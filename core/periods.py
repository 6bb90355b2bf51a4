"""Calendar periods in a time zone: which one a moment lies in, and when it begins.

Weeks start on Monday, and two-week periods are counted from Monday 1969-12-29. A day is a local calendar day, so it has
23 or 25 hours when the clocks change.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

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
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_YEARS = (2, 9998)  # the local time of the first and the last year may be none that datetime has


def check_period(period: str) -> str:
    """The period's name, if it is one.

    Raises:
        InputError: it is not one of `PERIODS`.
    """
    if period not in PERIODS:
        raise InputError(f"Period {period!r} is unknown.", f"Choose one of {', '.join(PERIODS)}.")
    return period


def time_zone(name: str) -> tzinfo:
    """The time zone of an IANA name.

    Raises:
        InputError: there is no such zone.
    """
    if name == "UTC":
        return UTC
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise InputError(
            f"Time zone {name!r} is unknown.", "Choose an IANA name such as UTC, Europe/Berlin or America/New_York."
        ) from error


def period_index(at: NDArray[np.float64], period: str, timezone: str = "UTC") -> Indices:
    """Number of the calendar period in which each moment lies; consecutive periods differ by 1.

    Args:
        at: unix seconds, of any shape.
        period: one of `PERIODS`.
        timezone: IANA name of the zone whose calendar it is.

    Raises:
        InputError: the period or the zone is unknown, or a moment is no number or outside the years 2 to 9998.
    """
    check_period(period)
    floored = np.floor(np.asarray(at, dtype=np.float64))
    bad = ~((floored >= _year_start(_YEARS[0])) & (floored < _year_start(_YEARS[1] + 1)))  # NaN too
    if bad.any():
        raise InputError(
            f"Moment {float(floored[bad].ravel()[0])} is no time between the years {_YEARS[0]} and {_YEARS[1]}.",
            "Give unix seconds (not milliseconds).",
        )
    seconds = floored.astype(np.int64)
    if timezone != "UTC":
        seconds = seconds + _offsets(seconds, timezone)
    if period in _DAYS:
        offset = 0 if period == "day" else _MONDAY
        return (seconds // 86_400 + offset) // _DAYS[period]
    months = seconds.astype("datetime64[s]").astype("datetime64[M]").astype(np.int64)
    return months // _MONTHS[period]


def period_start(index: int, period: str, timezone: str = "UTC") -> datetime:
    """First moment of a period in local time, the inverse of `period_index`.

    A midnight that the clocks skip is replaced by the moment they skip to.

    Raises:
        InputError: the period or the zone is unknown, or the period lies outside the years 2 to 9998.
    """
    check_period(period)
    if period in _DAYS:
        days = np.datetime64(index * _DAYS[period] - (0 if period == "day" else _MONDAY), "D")
    else:
        days = np.datetime64(index * _MONTHS[period], "M").astype("datetime64[D]")
    year = int(days.astype("datetime64[Y]").astype(np.int64)) + 1970
    if not _YEARS[0] <= year <= _YEARS[1]:
        raise InputError(
            f"The {period} of number {index} lies in the year {year}.", f"Stay within {_YEARS[0]} to {_YEARS[1]}."
        )
    date = days.astype(object)
    zone = time_zone(timezone)
    midnight = datetime(date.year, date.month, date.day, tzinfo=zone)
    if timezone == "UTC":
        return midnight
    instant = midnight.astimezone(UTC)
    local = instant.astimezone(zone)
    if local.replace(tzinfo=None) != midnight.replace(tzinfo=None):  # skipped: the clocks changed no later than this
        changes, _ = _year_changes(timezone, instant.year)
        seconds = (instant - _EPOCH) // timedelta(seconds=1)
        return (_EPOCH + timedelta(seconds=int(changes[changes <= seconds][-1]))).astimezone(zone)
    return local


def first_period(at: datetime, period: str, timezone: str = "UTC") -> int:
    """Number of the first period that begins at or after a moment.

    Raises:
        InputError: as `period_index`.
    """
    index = int(period_index(np.array([at.timestamp()]), period, timezone)[0])
    # Moments are compared and not datetimes: one in an hour that the clocks repeat equals none of another zone.
    return index if period_start(index, period, timezone).timestamp() == at.timestamp() else index + 1


def _offsets(seconds: Indices, timezone: str) -> Indices:
    """What local time is ahead of UTC at each moment, in seconds."""
    time_zone(timezone)
    if not seconds.size:
        return np.zeros_like(seconds)
    first, last = (int(each) for each in _year_of(np.array([seconds.min(), seconds.max()])))
    tables = [_year_changes(timezone, year) for year in range(first, last + 1)]
    changes = np.concatenate([moments for moments, _ in tables])
    offsets = np.concatenate([values for _, values in tables])
    return offsets[np.searchsorted(changes, seconds, side="right") - 1]


@lru_cache(maxsize=4096)
def _year_changes(timezone: str, year: int) -> tuple[Indices, Indices]:
    """Moments within a year (UTC) from which an offset holds, its first second included, and the offsets.

    `zoneinfo` tells the offset of one moment and not the list of changes, so days whose ends differ are bisected.
    """
    zone = time_zone(timezone)

    def offset(at: int) -> int:
        local = (_EPOCH + timedelta(seconds=at)).astimezone(zone).utcoffset() or timedelta()
        return local // timedelta(seconds=1)

    start, end = _year_start(year), _year_start(year + 1)
    found = [(start, offset(start))]
    for day in range(start, end, 86_400):
        low, high = day, min(day + 86_400, end - 1)
        if offset(high) == offset(low):
            continue
        before = offset(low)
        while high - low > 1:
            middle = (low + high) // 2
            low, high = (middle, high) if offset(middle) == before else (low, middle)
        found.append((high, offset(high)))
    changes, offsets = (np.array(column, dtype=np.int64) for column in zip(*found, strict=True))
    return changes, offsets


def _year_of(seconds: Indices) -> Indices:
    return seconds.astype("datetime64[s]").astype("datetime64[Y]").astype(np.int64) + 1970


def _year_start(year: int) -> int:
    return int(np.datetime64(year - 1970, "Y").astype("datetime64[s]").astype(np.int64))
