from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from pydantic import ValidationError

from core.types import Constraints, Event, EventKind, Item, Range, idempotency_key


def test_times_are_normalised_to_utc_and_naive_ones_refused() -> None:
    local = datetime(2024, 5, 1, 14, tzinfo=timezone(timedelta(hours=2)))
    event = Event(user_id="ann", at=local, kind=EventKind.LIKE)
    assert event.at == local
    assert event.at.tzinfo is UTC
    with pytest.raises(ValidationError, match="timezone"):
        Event(user_id="ann", at=datetime(2024, 5, 1), kind=EventKind.LIKE)


@pytest.mark.parametrize("value", [1.01, -2.0, float("nan"), float("inf")])
def test_a_preference_lies_between_minus_one_and_one(value: float) -> None:
    with pytest.raises(ValidationError):
        Event(user_id="ann", at=datetime.now(UTC), kind=EventKind.RATING, value=value)


@pytest.mark.parametrize("end", [float("nan"), float("inf"), -float("inf")])
def test_an_end_of_a_range_is_a_figure(end: float) -> None:
    for range_ in ({"low": end}, {"high": end}):
        with pytest.raises(ValidationError, match="finite number"):
            Range.model_validate(range_)


def test_an_unknown_figure_satisfies_no_limit() -> None:
    limit = Constraints(ranges={"year": Range(low=1991)})
    assert limit.allow(Item(id="a", title="A", numbers={"year": 1991}))
    assert not limit.allow(Item(id="a", title="A", numbers={"year": 1990}))
    assert not limit.allow(Item(id="a", title="A"))


def test_each_part_can_be_dropped_alone() -> None:
    constraints = Constraints(
        require={"genre": ("Thriller", "Mystery")}, exclude={"genre": ("Horror",)}, ranges={"year": Range(low=1991)}
    )
    parts = dict(constraints.parts())
    assert list(parts) == ["genre: Thriller or Mystery", "not genre: Horror", "year >= 1991"]
    assert parts["year >= 1991"].ranges == {}
    assert parts["year >= 1991"].require == constraints.require
    assert constraints.describe() == "genre: Thriller or Mystery; not genre: Horror; year >= 1991"


def test_keys_tell_parts_apart() -> None:
    assert idempotency_key("a", "bc") != idempotency_key("ab", "c")
    assert idempotency_key("a", 1) == idempotency_key("a", 1)


@pytest.mark.parametrize(
    "at", ["0001-01-01T00:00:00+05:00", "0001-12-31T00:00:00Z", "9998-12-31T23:59:59-05:00", "9999-01-01T00:00:00Z"]
)
def test_moments_that_are_none_in_some_zone_are_refused(at: str) -> None:
    with pytest.raises(ValidationError, match="between 2 and 9998"):
        Event.model_validate({"user_id": "ann", "at": at, "kind": "like"})


@pytest.mark.parametrize("field", ["source", "key", "conversation_id", "replaces"])
def test_names_that_no_column_holds_are_refused(field: str) -> None:
    with pytest.raises(ValidationError, match="200"):
        Event.model_validate({"user_id": "ann", "at": "2024-01-01T00:00:00Z", "kind": "like", field: "x" * 201})
