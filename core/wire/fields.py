"""Kinds of fields: what may stand in one, as narrowly as it is documented."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, Strict

from core.types import Constraints, Instant


def _written_out(value: object) -> object:
    # A bare number would be read as seconds or milliseconds, whichever seems more likely.
    if not isinstance(value, str | datetime) or (isinstance(value, str) and "T" not in value.upper()):
        raise ValueError("Input should be a date and time as 2024-05-01T12:00:00Z")
    return value


def _no_lookalikes(value: object) -> object:
    """Limits with figures that are figures: true is not 1, and "1990" is a word."""
    if not isinstance(value, dict):
        return value
    if not isinstance(value.get("available_only", True), bool):
        raise ValueError("available_only should be true or false")
    ranges = value.get("ranges", {})
    for limit in ranges.values() if isinstance(ranges, dict) else ():
        ends = limit.values() if isinstance(limit, dict) else ()
        if any(isinstance(end, bool | str) for end in ends):
            raise ValueError("low and high should be numbers")
    return value


def _figure(value: object) -> object:
    # 26.0 is as whole as 26 in JSON; true and "26" are no numbers.
    if isinstance(value, bool | str):
        raise ValueError("Input should be a whole number")
    return value


Moment = Annotated[Instant, BeforeValidator(_written_out)]
"""A point in time, as RFC 3339 writes it."""
Flag = Annotated[bool, Strict()]
# A validator that comes before the limits hides them from the JSON schema.
Length = Annotated[int, Field(ge=1, le=100, description="How many items."), BeforeValidator(_figure)]
Ahead = Annotated[int, Field(ge=1, le=52, description="How many periods ahead."), BeforeValidator(_figure)]
TurnNumber = Annotated[int, Field(ge=0, le=1_000_000), BeforeValidator(_figure)]
Value = Annotated[float, Strict(), Field(ge=-1, le=1, allow_inf_nan=False)]
Limits = Annotated[Constraints, BeforeValidator(_no_lookalikes)]

UserId = Annotated[
    str,
    Field(
        min_length=1,
        max_length=200,
        pattern=r"^[^\s/\x00-\x1f\x7f]([^/\x00-\x1f\x7f]*[^\s/\x00-\x1f\x7f])?$",
        description="Who; any id of yours without a slash or control characters.",
        examples=["ann"],
    ),
]
AnyId = Annotated[str, Field(min_length=1, max_length=200, pattern=r"^[^\x00-\x1f\x7f]+$")]
"""An id of an item, event or conversation."""
Period = Literal["day", "week", "2weeks", "month", "quarter", "year"]
Verdict = Literal["like", "dislike", "seen"]
Language = Literal["en", "zh"]
Adventure = Annotated[
    float, Strict(), Field(ge=0, le=1, description="Where the dial stands: 0 familiar, 1 adventurous.")
]
Horizon = Annotated[
    int, Field(ge=0, le=52, description="For how many periods ahead; 0 is now."), BeforeValidator(_figure)
]

NO_NUL = r"^[^\x00]*$"

MAX_TEXT = 20_000
"""Longest text of a message or an event, in characters."""
MAX_BATCH = 1000
"""Most entries of one request."""
