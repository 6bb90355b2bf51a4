"""Cells into values."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from store.importers.base import RowError
from store.importers.values import Clock, number, rating, strength, truth, word, words

NOW = datetime(2026, 1, 1, tzinfo=UTC).timestamp()


@pytest.mark.parametrize(
    ("clock", "cell", "expected"),
    [
        (Clock(NOW), "881250949", 881250949.0),
        (Clock(NOW), 881250949.5, 881250949.5),
        (Clock(NOW, unit="ms"), "881250949000", 881250949.0),
        (Clock(NOW, unit="us"), 881250949000000, 881250949.0),
        (Clock(NOW), "1997-12-04T15:55:49Z", 881250949.0),
        (Clock(NOW), "1997-12-04 16:55:49+01:00", 881250949.0),
        (Clock(NOW, zone=ZoneInfo("Europe/Berlin")), "1997-12-04 16:55:49", 881250949.0),
        (Clock(NOW, zone=ZoneInfo("Europe/Berlin")), datetime(1997, 12, 4, 16, 55, 49), 881250949.0),
        (Clock(NOW, form="%d.%m.%Y %H:%M:%S"), "04.12.1997 15:55:49", 881250949.0),
        (Clock(NOW), datetime(1997, 12, 4).date(), 881193600.0),
        (Clock(NOW), str(NOW + 80_000), NOW + 80_000),
    ],
)
def test_times_are_read(clock: Clock, cell: object, expected: float) -> None:
    assert clock.seconds(cell) == expected


@pytest.mark.parametrize(
    ("clock", "cell", "reason"),
    [
        (Clock(NOW), "881250949000", 'divide it by 1000, or set time_unit = "ms"'),
        (Clock(NOW), str(NOW + 90_000), "in the future"),
        (Clock(NOW, unit="ms"), "8812509490000000", "in the future"),
        (Clock(NOW), "-5", "before 1970"),
        (Clock(NOW), "inf", "not a number"),
        (Clock(NOW), None, "empty"),
        (Clock(NOW), "last week", "ISO 8601 or a Unix time"),
        (Clock(NOW, form="%Y"), "881250949", "in the format %Y"),
    ],
)
def test_times_that_cannot_be_right_are_refused(clock: Clock, cell: object, reason: str) -> None:
    with pytest.raises(RowError, match=reason):
        clock.seconds(cell)


@given(st.floats(0, 100), st.floats(0.1, 100), st.floats(0, 1))
def test_strength_keeps_order_and_ends(low: float, width: float, part: float) -> None:
    high = low + width
    value = strength(low + part * width, low, high)
    assert -1 <= value <= 1
    assert strength(low, low, high) == pytest.approx(-1)
    assert strength(high, low, high) == pytest.approx(1)
    assert value == pytest.approx(2 * part - 1, abs=1e-6)


def test_ratings_outside_their_scale_are_refused() -> None:
    assert rating("4.5", 0.5, 5) == 4.5
    with pytest.raises(RowError, match=r"outside 0.5 to 5"):
        rating(0, 0.5, 5)


def test_numbers_words_and_truths() -> None:
    assert number(" 3.5 ", "price") == 3.5
    assert number("", "price") is None
    assert number(float("nan"), "price") is None
    with pytest.raises(RowError, match="the price is not a number"):
        number("3,50", "price")
    assert word(17850.0) == "17850"
    assert word(None) == ""
    assert words("a| b||a", "|") == ("a", "b")
    assert words(["a", None, 2.0], "|") == ("a", "2")
    assert words("a|b", "") == ("a|b",)
    assert [truth(cell, "x") for cell in (True, "no", "", "1")] == [True, False, True, True]
    with pytest.raises(RowError, match="neither yes nor no"):
        truth("perhaps", "x")
