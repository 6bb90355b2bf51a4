"""Anybody's catalogue and events: CSV, JSON lines or Parquet files, with a mapping file or sensible column names."""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from core.errors import InputError
from core.privacy import redact
from core.types import EventKind, Item
from store.importers.base import Dataset, Parsed, Request, RowError, SourceEvent, SourceItem, parse
from store.importers.guessing import guess_events, guess_items, looks_like_events
from store.importers.mapping import ColumnMap, EventColumns, ItemColumns, read_mapping
from store.importers.tables import NamedTable, TableRow, open_table, require, zone
from store.importers.values import Clock, identifier, number, rating, strength, truth, word, words

_ITEM_FILES = ("items", "products", "catalog", "catalogue", "movies", "books", "articles")
_EVENT_FILES = ("events", "ratings", "interactions", "purchases", "orders", "clicks", "views")
_ENDINGS = {
    "csv": (".csv", ".tsv", ".csv.gz", ".tsv.gz"),
    "jsonl": (".jsonl", ".ndjson", ".jsonl.gz", ".ndjson.gz"),
    "parquet": (".parquet",),
}

# What an event says about liking where its source gives no figure.
_VALUES = {
    EventKind.PURCHASE: 1.0,
    EventKind.LIKE: 1.0,
    EventKind.DISLIKE: -1.0,
    EventKind.CLICK: 0.5,
    EventKind.MENTION: 0.5,
    EventKind.VIEW: 0.25,
}
_KINDS = {kind.value: kind for kind in (*_VALUES, EventKind.RATING, EventKind.SEEN)}


@dataclass(frozen=True)
class Tabular:
    """One of the three formats; a folder may hold an items file, an events file or both."""

    name: str
    description: str
    needs_path: bool = True
    mappable: bool = True

    def open(self, request: Request) -> Dataset:
        """Find the tables, read or guess their columns, and check that they are there."""
        path, mapping = request.path, request.mapping
        assert path is not None
        if not path.exists():
            raise InputError(f"There is no file or folder {path}.", "Check the path.")
        notes: list[str] = []
        if mapping is None:
            items, events, told = self._guess(path, notes)
        else:
            told = read_mapping(mapping)
            items, events = self._mapped(path, told.items), self._mapped(path, told.events)
        for table, section in ((items, told.items), (events, told.events)):
            if table is not None and section is not None:
                zone(section.timezone)
                for column in section.columns():
                    require(table, column)
        shared = items is not None and events is not None and items.path == events.path
        return Dataset(
            label=told.source,
            files=tuple(dict.fromkeys(table.path for table in (items, events) if table is not None)),
            items=partial(_items, items, told.items) if items is not None and told.items is not None else None,
            events=partial(_events, events, told.events) if events is not None and told.events is not None else None,
            repeats=shared,
            notes=notes,
        )

    def _mapped(self, path: Path, section: ItemColumns | EventColumns | None) -> NamedTable | None:
        if section is None:
            return None
        if section.file:
            path = (path if path.is_dir() else path.parent) / section.file
        elif path.is_dir():
            raise InputError(f"{path} is a directory, and the mapping does not say which file.", "Set file there.")
        return open_table(path, section.encoding, section.delimiter)

    def _guess(self, path: Path, notes: list[str]) -> tuple[NamedTable | None, NamedTable | None, ColumnMap]:
        items: NamedTable | None = None
        events: NamedTable | None = None
        if path.is_dir():
            items, events = self._named(path, _ITEM_FILES), self._named(path, _EVENT_FILES)
            if items is None and events is None:
                raise InputError(
                    f"{path} has no file called items{_ENDINGS[self.name][0]} or events{_ENDINGS[self.name][0]}.",
                    "Give the file itself, or name the files in a mapping (--map).",
                )
        else:
            table = open_table(path)
            items, events = (None, table) if looks_like_events(table) else (table, None)
        columns: dict[str, ItemColumns | EventColumns] = {}
        if items is not None:
            columns["items"], said = guess_items(items)
            notes.append(said)
        if events is not None:
            columns["events"], said = guess_events(events)
            notes.append(said)
        return items, events, ColumnMap.model_validate(columns)

    def _named(self, folder: Path, names: tuple[str, ...]) -> NamedTable | None:
        paths = (folder / f"{name}{ending}" for name in names for ending in _ENDINGS[self.name])
        return next((open_table(path) for path in paths if path.is_file()), None)


def _items(table: NamedTable, told: ItemColumns) -> Iterator[Parsed[SourceItem]]:
    clock = Clock(time.time(), told.time_unit, told.time_format, zone(told.timezone))
    for row in table:
        yield parse(table.path.name, row, partial(_item, told, clock))


def _item(told: ItemColumns, clock: Clock, row: TableRow) -> SourceItem:
    cells = row.cells
    key = identifier(cells.get(told.id), "id")
    title = word(cells.get(told.title))
    if not title:
        raise RowError("the title is empty")
    facets = {name: words(cells.get(column), told.separator) for name, column in told.facets.items()}
    numbers = {name: number(cells.get(column), column) for name, column in told.numbers.items()}
    added = word(cells.get(told.added_at))
    try:
        item = Item(
            id=key,
            title=title,
            aliases=words(cells.get(told.aliases), told.separator),
            text=" ".join(part for column in told.text if (part := word(cells.get(column)))),
            facets={name: values for name, values in facets.items() if values},
            numbers={name: value for name, value in numbers.items() if value is not None},
            available=truth(cells.get(told.available), told.available),
            added_at=datetime.fromtimestamp(clock.seconds(cells[told.added_at]), UTC) if added else None,
            url=word(cells.get(told.url)) or None,
            image_url=word(cells.get(told.image_url)) or None,
        )
    except ValidationError as error:
        raise RowError(f"not a valid item: {error.errors()[0]['msg']}") from error
    return SourceItem(key, item)


def _events(table: NamedTable, told: EventColumns) -> Iterator[Parsed[SourceEvent]]:
    clock = Clock(time.time(), told.time_unit, told.time_format, zone(told.timezone))
    for row in table:
        yield parse(table.path.name, row, partial(_event, told, clock))


def _event(told: EventColumns, clock: Clock, row: TableRow) -> SourceEvent:
    cells = row.cells
    kind = _kind(told, cells.get(told.kind_column))
    text = word(cells.get(told.text))
    value = _VALUES.get(kind, 0.0)
    if kind is EventKind.RATING:
        score = rating(cells.get(told.rating), *told.scale)
        value = strength(score, *told.scale)
        text = text or f"{score:g}/{told.scale[1]:g}"
    return SourceEvent(
        user=identifier(cells.get(told.user), "user"),
        item=identifier(cells.get(told.item), "item"),
        at=clock.seconds(cells.get(told.time)),
        kind=kind,
        value=value,
        text=redact(text) or None,
        key=identifier(cells.get(told.key), "key") if told.key else "",
    )


def _kind(told: EventColumns, cell: Any) -> EventKind:
    if not told.kind_column:
        return told.kind or (EventKind.RATING if told.rating else EventKind.VIEW)
    name = word(cell)
    kind = told.kinds.get(name) or _KINDS.get(name.casefold())
    if kind is None:
        raise RowError("the kind is unknown: list it under kinds in the mapping")
    return kind
