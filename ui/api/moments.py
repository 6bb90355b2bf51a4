"""Times that requests name."""

from __future__ import annotations

from datetime import UTC, datetime

from core.errors import InputError

_FIRST = datetime(1900, 1, 1, tzinfo=UTC)
_LAST = datetime(2200, 1, 1, tzinfo=UTC)


def usable(at: datetime | None) -> datetime | None:
    """The moment, if timelines can be counted from it.

    Raises:
        InputError: it lies before 1900 or after 2200.
    """
    if at is not None and not _FIRST <= at <= _LAST:
        raise InputError(f"The time {at.isoformat()} cannot be used.", "Name one between 1900 and 2200.")
    return at


def past(at: datetime, now: datetime) -> datetime:
    """The moment of something that happened.

    Raises:
        InputError: it lies in the future, or before 1900.
    """
    if at > now:
        raise InputError(f"The event's time {at.isoformat()} lies in the future.", "Send what has happened.")
    usable(at)
    return at
