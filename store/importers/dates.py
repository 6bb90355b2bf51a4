"""Dates as people's exports write them, read into Unix seconds; the order of day and month is told by the file."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, tzinfo
from itertools import pairwise

from core.histories import DateOrder
from store.importers.base import RowError

_FIGURES = re.compile(
    r"^(\d{1,4})([./-])(\d{1,2})\2(\d{1,4})\.?(?:[ T,]+(\d{1,2}):(\d{2})(?::(\d{2})(?:\.\d+)?)?\s*([AaPp][Mm])?)?$"
)
_WORDS = re.compile(
    r"^(?:(?P<month>[A-Za-z]{3,9})\.? (?P<day>\d{1,2})(?:st|nd|rd|th)?,?|"
    r"(?P<day2>\d{1,2})(?:st|nd|rd|th)?\.? (?P<month2>[A-Za-z]{3,9})\.?,?) (?P<year>\d{4})$"
)
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_STAMP = re.compile(r"^\d{10}(?:\d{3})?(?:\.\d+)?$")
_DAY = 86_400.0
_NOON = 12


class Dates:
    """Reads moments. A day without a time counts as its noon.

    Args:
        zone: whose days they are, where they do not say.
        now: unix seconds; later than a day after it is no time that anything happened at.
        order: of day, month and year in figures; "mdy" or "dmy" where the year comes last.
    """

    def __init__(self, zone: tzinfo, now: float, order: DateOrder = "") -> None:
        self.zone = zone
        self.now = now
        self.order = order

    def ordered(self, samples: Iterable[str]) -> tuple[Dates, bool]:
        """The same for a file with dates like these, and whether the order is certain."""
        if self.order:
            return self, True
        order, sure = guess_order(samples)
        return Dates(self.zone, self.now, order), sure

    def seconds(self, text: str) -> float:
        """Unix seconds.

        Raises:
            RowError: ``date_empty``, ``date_unreadable``, ``date_early`` or ``date_future``.
        """
        text = text.strip()
        if not text:
            raise RowError("date_empty")
        moment = self._read(text)
        if moment <= 0:
            raise RowError("date_early")
        if self.is_future(moment):
            raise RowError("date_future")
        return moment

    def is_future(self, moment: float) -> bool:
        """Whether nothing can have happened yet at that many Unix seconds, in any time zone."""
        return moment > self.now + _DAY

    def _read(self, text: str) -> float:
        if _STAMP.match(text):
            figure = float(text)
            return figure / 1000 if figure > 1e11 else figure
        try:
            if found := _FIGURES.match(text):
                return self._figures(found)
            if found := _WORDS.match(text):
                month = _MONTHS.index((found["month"] or found["month2"])[:3].casefold()) + 1
                return self._moment(int(found["year"]), month, int(found["day"] or found["day2"]))
            zone = UTC if text.endswith(" UTC") else self.zone
            told = datetime.fromisoformat(text.removesuffix(" UTC"))
            return (told if told.tzinfo else told.replace(tzinfo=zone)).timestamp()
        except (ValueError, OverflowError, OSError) as error:
            raise RowError("date_unreadable") from error

    def _figures(self, found: re.Match[str]) -> float:
        first, _, second, third, hour, minute, second_of, half = found.groups()
        if len(first) == 4:
            year, month, day = int(first), int(second), int(third)
        else:
            year = int(third) if len(third) == 4 else self._century(int(third))
            month, day = int(first), int(second)
            day_first = self.order == "dmy" or (not self.order and found[2] == ".")
            if self.order == "ymd":
                year, month, day = self._century(int(first)), int(second), int(third)
            elif (day_first or month > 12) and not (day_first and day > 12):
                month, day = day, month
        if hour is None:
            return self._moment(year, month, day)
        hours = int(hour) % 12 + (12 if half.casefold() == "pm" else 0) if half else int(hour)
        return datetime(year, month, day, hours, int(minute), int(second_of or 0), tzinfo=self.zone).timestamp()

    def _century(self, year: int) -> int:
        this = datetime.fromtimestamp(self.now, UTC).year
        return 2000 + year if 2000 + year <= this + 1 else 1900 + year

    def _moment(self, year: int, month: int, day: int) -> float:
        return datetime(year, month, day, _NOON, tzinfo=self.zone).timestamp()


def guess_order(samples: Iterable[str]) -> tuple[DateOrder, bool]:
    """In which order day and month stand in a file's dates, in the file's order, and whether that is certain.

    A figure above 12 tells; where there is none, the order by which more of the dates follow each other in time.
    """
    found = [match for text in samples if (match := _FIGURES.match(text.strip())) and len(match[1]) < 4]
    if not found:
        return "", True
    pairs = [(int(match[1]), int(match[3]), match[4]) for match in found]
    day_first, month_first = any(one > 12 for one, _, _ in pairs), any(two > 12 for _, two, _ in pairs)
    if day_first != month_first:
        return ("dmy" if day_first else "mdy"), True

    def in_order(swap: bool) -> int:
        days: list[date] = []
        for one, two, year in pairs:
            try:
                days.append(date(2000 + int(year) % 100, one if swap else two, two if swap else one))
            except ValueError:
                continue
        falling = sum(before >= after for before, after in pairwise(days))
        return max(falling, len(days) - 1 - falling)

    month, day = in_order(True), in_order(False)
    if month != day:
        return ("mdy" if month > day else "dmy"), max(month, day) >= 0.95 * (len(pairs) - 1) and len(pairs) > 8
    return ("dmy" if found[0][2] == "." else "mdy"), False
