"""What a source of data is to the runner: a data set of parsed rows, good ones and bad ones alike."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Generic, Protocol, TypeVar

from core.types import EventKind, Item

T = TypeVar("T")

Progress = Callable[[int, int], None]
"""Called with (done, total), both in bytes of the input; total never changes within one import."""


class RowError(ValueError):
    """One row cannot be used; the message is the reason, worded alike for every row with the same fault."""


class Row(Protocol):
    """A row as a reader found it.

    Attributes:
        line: its line, counted from 1 (its row, counted from 1, in files that have no lines).
        done: how much of the pass over the file lies behind, in [0, 1].
        raw: the row as it stands in the file.
        fault: why its cells cannot be trusted; empty if they can.
    """

    @property
    def line(self) -> int: ...  # noqa: D102
    @property
    def done(self) -> float: ...  # noqa: D102
    @property
    def raw(self) -> str: ...  # noqa: D102
    @property
    def fault(self) -> str: ...  # noqa: D102


@dataclass(slots=True)
class Parsed(Generic[T]):
    """One row of a source: a value, or the reason why there is none."""

    file: str
    row: Row
    value: T | None = None
    reason: str = ""


R = TypeVar("R", bound=Row)


def parse(file: str, row: R, read: Callable[[R], T]) -> Parsed[T]:
    """What ``read`` makes of a row, or the fault of the row that it, or the reader, found."""
    try:
        if row.fault:
            raise RowError(row.fault)
        return Parsed(file, row, read(row))
    except RowError as fault:
        return Parsed(file, row, None, str(fault))


@dataclass(frozen=True, slots=True)
class SourceItem:
    """An item as its source tells it.

    Attributes:
        key: the id that the source's events use.
        item: how it is added if the catalogue does not have it yet.
        titles: spellings by which it may be found in the catalogue; empty if ids alone decide.
    """

    key: str
    item: Item
    titles: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SourceEvent:
    """An event as its source tells it.

    Attributes:
        item: the source's id of the item.
        at: Unix seconds, UTC.
        key: what tells this delivery from every other of the same user; empty for (item, time, kind).
    """

    user: str
    item: str
    at: float
    kind: EventKind
    value: float
    text: str | None = None
    key: str = ""


@dataclass(frozen=True)
class Dataset:
    """One opened source.

    Attributes:
        label: events are attributed to ``import:<label>``.
        files: the files that it consists of; their content identifies the import when it is resumed.
        items, events: start one streaming pass over the rows.
        joins: the items are looked for in the catalogue and added only if they are not there. Otherwise the source
            is the authority on its items: they are added or updated.
        repeats: an item's id stands in many rows by nature, and the first tells it.
        own_prefix: items whose id starts so were added by this source and are never joined to.
        notes: what the reader should know (guessed columns, rows left out by rule); read when the import has ended.
    """

    label: str
    files: tuple[Path, ...]
    items: Callable[[], Iterator[Parsed[SourceItem]]] | None = None
    events: Callable[[], Iterator[Parsed[SourceEvent]]] | None = None
    joins: bool = False
    repeats: bool = False
    own_prefix: str = ""
    notes: list[str] = field(default_factory=list)

    def item_rows(self) -> Iterator[Parsed[SourceItem]]:
        """A pass over the items; empty where the source has none."""
        return iter(()) if self.items is None else self.items()

    def event_rows(self) -> Iterator[Parsed[SourceEvent]]:
        """A pass over the events; empty where the source has none."""
        return iter(()) if self.events is None else self.events()


@dataclass(frozen=True)
class Request:
    """What is to be imported.

    Attributes:
        path: file or folder; None for a source that can do without.
        mapping: a TOML file that says which columns are what, for sources that take one.
        workspace: where downloads go.
        until: the moment up to which events count; what is known only later must not show in items either.
    """

    path: Path | None
    mapping: Path | None
    workspace: Path
    until: datetime | None


class Importer(Protocol):
    """A kind of source, by name.

    Attributes:
        needs_path: False if the data can be found or downloaded without being told where.
        mappable: whether a mapping file may say which columns are what.
    """

    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def description(self) -> str: ...  # noqa: D102
    @property
    def needs_path(self) -> bool: ...  # noqa: D102
    @property
    def mappable(self) -> bool: ...  # noqa: D102

    def open(self, request: Request) -> Dataset:
        """Find the files and check their layout.

        Raises:
            InputError: a file or column is missing or unreadable; the message names it and the remedy.
        """


@dataclass(frozen=True)
class ImportReport:
    """What an import did.

    Attributes:
        items_joined, items_unjoined: items of the source that were, and were not, in the catalogue before.
        joined, unjoined: events whose item was, and was not, in the catalogue independently of this source.
        later: events left out because they are after ``until``.
        rejected: rows that could not be used; they stand in ``rejects_file`` with line and reason.
        messages: one line per kind of fault, then the source's notes.
        resumed: whether it went on from where an interrupted import had stopped.
    """

    source: str
    items_added: int = 0
    items_updated: int = 0
    items_unchanged: int = 0
    items_joined: int = 0
    items_unjoined: int = 0
    events_added: int = 0
    events_duplicates: int = 0
    joined: int = 0
    unjoined: int = 0
    later: int = 0
    rejected: int = 0
    rejects_file: Path | None = None
    messages: Sequence[str] = ()
    resumed: bool = False
    seconds: float = 0.0
