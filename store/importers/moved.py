"""A source whose times are moved to the present, so that a demonstration on old data has a yesterday."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

from core.errors import InputError
from store.db import KeyValue
from store.importers.base import Dataset, Importer, Parsed, Request, SourceEvent

_WEEK = 7 * 86_400


class Moved:
    """Another source with all its events moved by a whole number of weeks: weekdays, hours and order stay.

    By how much is kept, so that an import that is repeated or continued on another day moves them the same.

    Args:
        ending: what the last event is to lie in the week before.
        state: where the move is kept.
    """

    mappable = False

    def __init__(self, source: Importer, ending: datetime, state: KeyValue) -> None:
        self._source = source
        self._ending = ending
        self._state = state
        self.name = source.name
        self.description = source.description
        self.needs_path = source.needs_path

    def open(self, request: Request) -> Dataset:
        """Open the source, and read its events once where it is not known yet how far to move them.

        Raises:
            InputError: a moment up to which events count is given too, or there is no event.
        """
        if request.until is not None:
            raise InputError("--ending and --until cannot be used together.", "Leave one of them away.")
        dataset = self._source.open(request)
        if dataset.events is None:
            raise InputError(f"The source {self.name} has no events to move.", "Leave --ending away.")
        key = f"import:{dataset.label}:moved"
        seconds = int(self._state.get(key) or 0)
        if not seconds:
            seconds = self._distance(dataset.events)
            self._state.set(key, str(seconds))
        dataset.notes.append(f"All times are moved by {seconds // _WEEK:,} weeks.")
        return replace(dataset, events=lambda: _moved(dataset.events, seconds))

    def _distance(self, events: Callable[[], Iterator[Parsed[SourceEvent]]]) -> int:
        last = max((row.value.at for row in events() if row.value is not None), default=None)
        if last is None:
            raise InputError(f"No event of {self.name} can be read.", "Import it without --ending to see why.")
        return int((self._ending.timestamp() - last) // _WEEK) * _WEEK


def _moved(events: Callable[[], Iterator[Parsed[SourceEvent]]] | None, seconds: int) -> Iterator[Parsed[SourceEvent]]:
    for row in events() if events is not None else ():
        value = row.value
        yield row if value is None else replace(row, value=replace(value, at=value.at + seconds))
