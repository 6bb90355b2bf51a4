"""Times past as they are said: "last winter", "in March 2024", "the last two weeks", as spans of the calendar."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta

from agent.understanding.interpreting.ahead import MONTHS, SEASONS
from core.periods import time_zone

_NUMBERS = {"one": 1, "a": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "couple of": 2, "few": 3}
_UNIT_DAYS = {"day": 1, "week": 7, "month": 30, "year": 365}
_NAMES = "|".join(sorted((*MONTHS, *SEASONS), key=len, reverse=True))
_COUNTED = re.compile(rf"\b(?:the )?(?:last|past|previous) (\d+|{'|'.join(_NUMBERS)}) (day|week|month|year)s?\b")
_AGO = re.compile(rf"\b(\d+|{'|'.join(_NUMBERS)}) (day|week|month|year)s? ago\b")
_WHOLE = re.compile(r"\b(last|this|previous) (week|month|year)\b")
_NAMED = re.compile(
    rf"\b(?:(last|this|in|of|during|since|before|after)(?: the)? )?({_NAMES})(?:,? (?:of )?((?:19|20)\d{{2}}))?\b"
)
_YEAR = re.compile(r"\b(in|during|since|before|after|of|from) ((?:19|20)\d{2})\b")
_DAY = re.compile(r"\b(yesterday|today)\b")


@dataclass(frozen=True)
class Span:
    """From ``since`` until before ``until``, in UTC; None is open. ``quote``: the words of the question."""

    since: datetime | None
    until: datetime | None
    quote: str

    def holds(self, at: datetime) -> bool:
        """Whether a moment lies in it."""
        return (self.since is None or at >= self.since) and (self.until is None or at < self.until)


def span_in(text: str, now: datetime, timezone: str = "UTC") -> Span | None:
    """The time past that a question speaks of; None where it speaks of none."""
    low = text.lower()
    local = now.astimezone(time_zone(timezone))
    midnight = local.replace(hour=0, minute=0, second=0, microsecond=0)
    if found := _COUNTED.search(low):
        days = _count(found[1]) * _UNIT_DAYS[found[2]]
        return Span(now - timedelta(days=days), None, found[0])
    if found := _AGO.search(low):
        days = _count(found[1]) * _UNIT_DAYS[found[2]]
        slack = timedelta(days=_UNIT_DAYS[found[2]] / 2)
        middle = now - timedelta(days=days)
        return Span(middle - slack, middle + slack, found[0])
    if found := _DAY.search(low):
        start = midnight - timedelta(days=found[1] == "yesterday")
        return Span(start, start + timedelta(days=1), found[0])
    if found := _WHOLE.search(low):
        return _whole(found[1] == "this", found[2], midnight, found[0])
    if (found := _NAMED.search(low)) and (found[1] or found[3]):
        return _named(found[1] or "", found[2], found[3], midnight, found[0])
    if found := _YEAR.search(low):
        start = midnight.replace(year=int(found[2]), month=1, day=1)
        return _bounded(found[1], start, start.replace(year=start.year + 1), found[0])
    return None


def _count(word: str) -> int:
    return int(word) if word.isdigit() else _NUMBERS[word]


def _whole(current: bool, unit: str, midnight: datetime, quote: str) -> Span:
    if unit == "week":
        start = midnight - timedelta(days=midnight.weekday())
        start -= timedelta(days=0 if current else 7)
        return Span(start, start + timedelta(days=7), quote)
    if unit == "month":
        start = midnight.replace(day=1)
        start = start if current else (start - timedelta(days=1)).replace(day=1)
        return Span(start, _later(start, 1), quote)
    start = midnight.replace(month=1, day=1, year=midnight.year - (not current))
    return Span(start, start.replace(year=start.year + 1), quote)


def _named(how: str, name: str, year: str | None, midnight: datetime, quote: str) -> Span:
    """A month or a season: the one of the year given, or the latest that has begun."""
    months = 3 if name in SEASONS else 1
    start = midnight.replace(day=1, month=SEASONS[name] if months == 3 else MONTHS[name])
    if year:
        start = start.replace(year=int(year))
    else:
        if start > midnight:
            start = start.replace(year=start.year - 1)
        if how == "last" and _later(start, months) > midnight:
            start = start.replace(year=start.year - 1)
    return _bounded(how, start, _later(start, months), quote)


def _bounded(how: str, start: datetime, end: datetime, quote: str) -> Span:
    if how == "since":
        return Span(start, None, quote)
    if how == "before":
        return Span(None, start, quote)
    return Span(end, None, quote) if how == "after" else Span(start, end, quote)


def _later(start: datetime, months: int) -> datetime:
    month = start.month - 1 + months
    return start.replace(year=start.year + month // 12, month=month % 12 + 1)
