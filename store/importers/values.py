"""Cells into values: times, ratings, numbers, lists. A cell that cannot be used raises RowError with its reason."""

from __future__ import annotations

import math
from collections.abc import Sequence
from datetime import UTC, date, datetime, tzinfo
from typing import Any

from store.importers.base import RowError

UNITS = {"s": 1.0, "ms": 1e3, "us": 1e6}
_DAY = 86_400.0
# The first instant that a count of seconds can only be milliseconds: the year 5138.
_MILLISECONDS = 1e11


class Clock:
    """Reads moments into Unix seconds, and refuses those that cannot be right.

    Args:
        now: what counts as the future is later than a day after this.
        unit: of plain numbers: s, ms or us.
        form: a `strptime` format; empty for ISO 8601 or a number.
        zone: of moments that do not say theirs.
    """

    def __init__(self, now: float, unit: str = "s", form: str = "", zone: tzinfo = UTC) -> None:
        self._latest = now + _DAY
        self._unit = unit
        self._form = form
        self._zone = zone

    def seconds(self, cell: Any) -> float:
        """Unix seconds of a cell: text, number, date or datetime."""
        moment = self._read(cell)
        if not math.isfinite(moment):
            raise RowError("the time is not a number")
        if moment <= 0:
            raise RowError("the time is before 1970")
        if moment > self._latest:
            if self._unit == "s" and not self._form and moment > _MILLISECONDS:
                raise RowError(
                    "the time is in milliseconds where seconds are expected: divide it by 1000, "
                    'or set time_unit = "ms" in a mapping'
                )
            raise RowError("the time is in the future")
        return moment

    def _read(self, cell: Any) -> float:
        if isinstance(cell, datetime):
            return self._zoned(cell)
        if isinstance(cell, date):
            return self._zoned(datetime(cell.year, cell.month, cell.day))
        text = str(cell).strip() if cell is not None else ""
        if not text:
            raise RowError("the time is empty")
        if not self._form:
            try:
                return float(text) / UNITS[self._unit]
            except ValueError:
                pass
        try:
            return self._zoned(datetime.strptime(text, self._form) if self._form else datetime.fromisoformat(text))
        except ValueError as error:
            wanted = f"in the format {self._form}" if self._form else "ISO 8601 or a Unix time"
            raise RowError(f"the time is not {wanted}: set time_format in a mapping") from error

    def _zoned(self, moment: datetime) -> float:
        return (moment if moment.tzinfo else moment.replace(tzinfo=self._zone)).timestamp()


def rating(cell: Any, low: float, high: float) -> float:
    """A rating that lies in [low, high]."""
    value = number(cell, "rating")
    if value is None:
        raise RowError("the rating is empty")
    if not low <= value <= high:
        raise RowError(f"the rating is outside {low:g} to {high:g}")
    return value


def strength(value: float, low: float, high: float) -> float:
    """A rating as a preference in [-1, 1]: the middle of the scale is 0."""
    middle, half = (low + high) / 2, (high - low) / 2
    return max(-1.0, min(1.0, (value - middle) / half))


def number(cell: Any, name: str) -> float | None:
    """A finite number; None for an empty cell."""
    if cell is None or (isinstance(cell, str) and not cell.strip()):
        return None
    try:
        value = float(cell)
    except (TypeError, ValueError) as error:
        raise RowError(f"the {name} is not a number") from error
    if not math.isfinite(value):
        if isinstance(cell, float):  # how tables with typed columns spell an absent number
            return None
        raise RowError(f"the {name} is not a finite number")
    return value


def word(cell: Any) -> str:
    """A cell as trimmed text; whole numbers lose their ".0", absent cells are empty."""
    if cell is None:
        return ""
    if isinstance(cell, float):
        if math.isnan(cell):
            return ""
        return str(int(cell)) if cell.is_integer() else str(cell)
    return str(cell).strip()


def identifier(cell: Any, name: str) -> str:
    """A non-empty id of at most 200 characters."""
    text = word(cell)
    if not text:
        raise RowError(f"the {name} is empty")
    if len(text) > 200:
        raise RowError(f"the {name} is longer than 200 characters")
    return text


def words(cell: Any, separator: str) -> tuple[str, ...]:
    """The distinct non-empty values of a list, or of text with a separator, in their order."""
    if cell is None:
        return ()
    parts: Sequence[Any]
    if isinstance(cell, (list, tuple)):
        parts = cell
    else:
        text = word(cell)
        parts = text.split(separator) if separator else [text]
    return tuple(dict.fromkeys(value for part in parts if (value := word(part))))


def truth(cell: Any, name: str) -> bool:
    """A yes or a no; an empty cell is a yes, for what is listed is there."""
    if isinstance(cell, bool):
        return cell
    text = word(cell).casefold()
    if text in {"", "1", "true", "yes", "y", "t"}:
        return True
    if text in {"0", "false", "no", "n", "f"}:
        return False
    raise RowError(f"the {name} is neither yes nor no")
