"""The calendar, in UTC and elsewhere."""

from __future__ import annotations

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.errors import InputError
from core.periods import PERIODS, first_period, period_index, period_start, time_zone

periods = st.sampled_from(PERIODS)
ZONES = (
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer time
    "America/Sao_Paulo",  # clocks changed at midnight
    "America/St_Johns",  # clocks changed a minute after midnight
    "Asia/Kathmandu",
    "Pacific/Kiritimati",
)


@given(periods, st.integers(-500, 500))
def test_period_start_is_the_inverse_of_the_index(period: str, index: int) -> None:
    start = period_start(index, period)
    moments = np.array([start.timestamp() - 1, start.timestamp()])
    assert period_index(moments, period).tolist() == [index - 1, index]


@pytest.mark.parametrize(
    ("period", "at", "start"),
    [
        ("day", "2013-08-01T23:59:59", "2013-08-01"),
        ("week", "2013-08-04T23:59:59", "2013-07-29"),
        ("week", "2013-08-05T00:00:00", "2013-08-05"),
        ("month", "2013-02-28T12:00:00", "2013-02-01"),
        ("quarter", "2013-06-30T12:00:00", "2013-04-01"),
        ("year", "1969-12-31T12:00:00", "1969-01-01"),
    ],
)
def test_periods_are_calendar_periods_in_utc(period: str, at: str, start: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    index = int(period_index(np.array([moment.timestamp()]), period)[0])
    assert period_start(index, period).isoformat()[:10] == start


def test_an_unknown_period_names_those_there_are() -> None:
    with pytest.raises(InputError, match=r"'fortnight' is unknown.*2weeks"):
        period_index(np.zeros(1), "fortnight")


@given(st.sampled_from(ZONES), st.integers(-2_000_000_000, 4_000_000_000))
def test_a_moment_lies_in_the_day_that_its_local_clock_shows(zone: str, seconds: int) -> None:
    shown = datetime.fromtimestamp(seconds, UTC).astimezone(ZoneInfo(zone)).date()
    index = period_index(np.array([float(seconds)]), "day", zone)
    assert index.tolist() == [(shown - date(1970, 1, 1)).days]


@given(st.sampled_from(ZONES), periods, st.integers(-3_000, 3_000))
def test_a_local_period_starts_where_the_one_before_it_ends(zone: str, period: str, index: int) -> None:
    index = max(min(index, 200), -100) if period in ("year", "quarter") else index
    start = period_start(index, period, zone)
    moments = np.array([start.timestamp() - 1, start.timestamp()])
    assert period_index(moments, period, zone).tolist() == [index - 1, index]


def test_the_days_on_which_clocks_change_have_23_and_25_hours() -> None:
    def hours(day: date) -> float:
        index = (day - date(1970, 1, 1)).days
        begin, end = (period_start(each, "day", "Europe/Berlin").timestamp() for each in (index, index + 1))
        return (end - begin) / 3600

    assert [hours(date(2024, 3, 31)), hours(date(2024, 10, 27)), hours(date(2024, 6, 1))] == [23, 25, 24]


def test_a_midnight_that_the_clocks_skip_is_when_they_skip_it() -> None:
    index = (date(2018, 11, 4) - date(1970, 1, 1)).days
    assert period_start(index, "day", "America/Sao_Paulo").isoformat() == "2018-11-04T01:00:00-02:00"


def test_a_day_that_a_zone_left_out_is_empty() -> None:
    left_out = (date(2011, 12, 30) - date(1970, 1, 1)).days
    begin, end = (period_start(each, "day", "Pacific/Apia") for each in (left_out, left_out + 1))
    assert begin == end


@pytest.mark.parametrize("name", ["Mars/Base", "", "../etc/passwd", "Europe"])
def test_an_unknown_time_zone_is_one_clear_error(name: str) -> None:
    with pytest.raises(InputError, match=r"is unknown.*Europe/Berlin"):
        time_zone(name)
    with pytest.raises(InputError, match=r"is unknown"):
        period_index(np.zeros(1), "day", name)


@pytest.mark.parametrize("moment", [np.nan, np.inf, 1.6e12, -1e15])
def test_a_moment_that_is_no_time_is_one_clear_error(moment: float) -> None:
    with pytest.raises(InputError, match=r"is no time between.*unix seconds"):
        period_index(np.array([0.0, moment]), "month", "Europe/Berlin")


def test_a_period_beyond_the_calendar_is_one_clear_error() -> None:
    with pytest.raises(InputError, match="lies in the year 11970"):
        period_start(10_000, "year")


def test_no_moments_lie_in_no_periods() -> None:
    assert period_index(np.zeros(0), "week", "Europe/Berlin").shape == (0,)


@pytest.mark.parametrize("zone", ["UTC", *ZONES, "America/Havana"])
@pytest.mark.parametrize("period", PERIODS)
def test_the_first_period_begins_at_or_after_a_moment(zone: str, period: str) -> None:
    index = int(period_index(np.array([datetime(2024, 11, 3, 12, tzinfo=UTC).timestamp()]), period, zone)[0])
    start = period_start(index, period, zone)
    assert first_period(start.astimezone(UTC), period, zone) == index
    assert first_period(datetime.fromtimestamp(start.timestamp() - 1, UTC), period, zone) == index
    assert first_period(datetime.fromtimestamp(start.timestamp() + 1, UTC), period, zone) == index + 1


def test_a_day_that_begins_in_an_hour_that_is_repeated_is_found_by_its_start() -> None:
    start = datetime(2024, 11, 3, 4, tzinfo=UTC)  # midnight in Havana; at one o'clock it is midnight again
    index = first_period(start, "day", "America/Havana")
    assert period_start(index, "day", "America/Havana").timestamp() == start.timestamp()
