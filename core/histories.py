"""A history that a person brings from elsewhere: what a file was read as, before and after it enters their timeline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Literal

from pydantic import Field

from core.mentions import TitleMatch
from core.types import Event, EventKind, Frozen, Id, Instant

DateOrder = Literal["", "dmy", "mdy", "ymd"]
"""In which order day, month and year stand in dates of figures; empty: as the file itself shows."""


_NAMED = re.compile(r"^history-(\d{8}T\d{6}[0-9a-f]{8})-([0-9a-f]{32})$")


def imported_id(import_id: str, delivery: str) -> str:
    """The id of an event that an import wrote."""
    return f"history-{import_id}-{delivery}"


def named(event_id: str) -> tuple[str, str] | None:
    """The import and the delivery that an event's id names; None for an event that no import of a history wrote."""
    found = _NAMED.match(event_id)
    return (found[1], found[2]) if found else None


class HistoryColumns(Frozen):
    """Which columns of a table are what, guessed from it or said by the person.

    Attributes:
        title: the only one that has to be there.
        creator: who made it (author, artist, director), to tell titles apart.
        id: a column of ids of this catalogue (or of IMDb, where the catalogue uses those).
        worst, best: ends of the rating's scale; both 0: as the values themselves show.
        order: of figures in dates.
        source: events are attributed to ``import:<source>``.
    """

    title: str = Field(min_length=1)
    date: str = ""
    rating: str = ""
    year: str = ""
    creator: str = ""
    id: str = ""
    worst: float = 0.0
    best: float = 0.0
    order: DateOrder = ""
    source: str = Field(default="own", pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")


class HistoryRow(Frozen):
    """One thing that happened, by the file.

    Attributes:
        title: number of its title among those of the preview.
        value, text: as the event will carry them.
    """

    title: int
    at: Instant
    kind: EventKind
    value: float = 0.0
    text: str | None = None


class HistoryTitle(Frozen):
    """A title of the file and what it is taken for.

    Attributes:
        rows: how often it stands in the file.
        is_series: whether it stands for the episodes of a series.
        status: ``matched``: the item is surely meant; ``check``: it may be one of the matches; ``unknown``: the
            catalogue has nothing like it.
        item_id: the item meant, if it is matched.
        matches: what it may be, best first.
    """

    title: str
    year: int | None = None
    creator: str = ""
    rows: int = 1
    is_series: bool = False
    status: Literal["matched", "check", "unknown"]
    item_id: Id | None = None
    matches: tuple[TitleMatch, ...] = ()


class HistoryFault(Frozen):
    """A line that cannot be used.

    Attributes:
        reason: a code ("date_unreadable"); the pages and the command line have words for it.
        raw: how the line begins.
    """

    file: str
    line: int
    reason: str
    raw: str = ""


class HistoryNote(Frozen):
    """Something to know about the reading of a file, as a code with its values ("wishes_left_out", count 12)."""

    kind: str
    count: int = 0
    detail: str = ""


class HistoryPreview(Frozen):
    """What a file was read as; nothing of it has been written.

    Attributes:
        source: what kind of file it is ("netflix"), and what its events are attributed to.
        faults: the first lines that cannot be used; ``faulty`` is how many there are.
        columns: the table's columns, where a person may say which is what; ``mapping`` is what was taken.
        events: whole events, of a timeline that was exported here; then there are no rows and titles.
        known: how many rows, or events, the timeline has already.
    """

    user_id: Id
    name: str
    source: str
    rows: tuple[HistoryRow, ...] = ()
    titles: tuple[HistoryTitle, ...] = ()
    faults: tuple[HistoryFault, ...] = ()
    faulty: int = 0
    notes: tuple[HistoryNote, ...] = ()
    columns: tuple[str, ...] = ()
    mapping: HistoryColumns | None = None
    events: tuple[Event, ...] = ()
    known: int = 0

    def count(self, status: str) -> int:
        """How many rows have a title of this status."""
        return sum(title.rows for title in self.titles if title.status == status)

    @property
    def total(self) -> int:
        """How many rows can be used."""
        return len(self.rows) or len(self.events)

    @property
    def years(self) -> tuple[int, int] | None:
        """The first and the last year that something happened in."""
        years = [*(row.at.year for row in self.rows), *(event.at.year for event in self.events)]
        return (min(years), max(years)) if years else None


Fixes = Mapping[int, str | None]
"""What the person says a title is, by its number: an item's id, or None to leave it out."""


class HistoryOutcome(Frozen):
    """What bringing a history did.

    Attributes:
        import_id: by which it can be taken back; empty if nothing was added.
        known: rows that the timeline had already.
        left_out: rows whose title is unknown, unsettled, or left out by the person.
    """

    import_id: str = ""
    source: str
    added: int = 0
    known: int = 0
    left_out: int = 0


class BroughtHistory(Frozen):
    """A history that was brought, as it stands in the timeline.

    Attributes:
        events: how many of its events still stand.
    """

    import_id: str
    source: str
    at: Instant
    events: int
    first: Instant
    last: Instant
