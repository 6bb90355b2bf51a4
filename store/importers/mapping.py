"""Which columns of somebody's own files are what: read from a mapping file, or guessed from the columns' names."""

from __future__ import annotations

import tomllib
from collections.abc import Iterable, Mapping
from difflib import get_close_matches
from itertools import islice
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from core.errors import InputError
from core.types import EventKind
from store.importers.base import RowError
from store.importers.tables import SAMPLE, NamedTable
from store.importers.values import number, word

Kind = Literal[
    EventKind.VIEW,
    EventKind.CLICK,
    EventKind.PURCHASE,
    EventKind.RATING,
    EventKind.LIKE,
    EventKind.DISLIKE,
    EventKind.SEEN,
    EventKind.MENTION,
]
"""What can happen between a person and an item outside a conversation."""


class _Section(BaseModel):
    """What both kinds of table share.

    Attributes:
        file: relative to the imported path (or its folder); empty means the imported file itself.
        delimiter: of a CSV file; empty means the one that its header has most of.
        time_format: a `strptime` format; empty means ISO 8601 or a Unix time in ``time_unit``.
        timezone: of times that do not say theirs.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    file: str = ""
    encoding: str = "utf-8"
    delimiter: str = Field(default="", max_length=1)
    time_format: str = ""
    time_unit: Literal["s", "ms", "us"] = "s"
    timezone: str = "UTC"

    @field_validator("encoding")
    @classmethod
    def _known_encoding(cls, value: str) -> str:
        try:
            "".encode(value)
        except LookupError as error:
            raise ValueError("no such encoding; try utf-8 or latin-1") from error
        return value


class ItemColumns(_Section):
    """Columns of a catalogue. Facets and numbers map their names to columns."""

    id: str
    title: str
    aliases: str = ""
    text: tuple[str, ...] = ()
    facets: Mapping[str, str] = {}
    separator: str = "|"
    numbers: Mapping[str, str] = {}
    available: str = ""
    added_at: str = ""
    url: str = ""
    image_url: str = ""

    @field_validator("text", mode="before")
    @classmethod
    def _one_or_more(cls, value: Any) -> Any:
        return [value] if isinstance(value, str) else value

    def columns(self) -> list[str]:
        """Every column that is named."""
        single = (self.id, self.title, self.aliases, self.available, self.added_at, self.url, self.image_url)
        return [name for name in (*single, *self.text, *self.facets.values(), *self.numbers.values()) if name]


class EventColumns(_Section):
    """Columns of an event table.

    Attributes:
        key: a column that tells one event from every other (an order line's number); by default the same user,
            item, time and kind are the same event.
        kind: what every row is, if there is no ``kind_column``; a rating if there is a rating column, else a view.
        kinds: words of the kind column in the engine's words; those that are its words already need not be listed.
        scale: lowest and highest rating.
    """

    user: str
    item: str
    time: str
    key: str = ""
    kind: Kind | None = None
    kind_column: str = ""
    kinds: Mapping[str, Kind] = {}
    rating: str = ""
    scale: tuple[float, float] = (1.0, 5.0)
    text: str = ""

    @field_validator("scale")
    @classmethod
    def _ascending(cls, value: tuple[float, float]) -> tuple[float, float]:
        if not value[0] < value[1]:
            raise ValueError("the lowest rating comes first")
        return value

    @model_validator(mode="after")
    def _rated(self) -> EventColumns:
        if self.kind is EventKind.RATING and not self.rating:
            raise ValueError("ratings need a rating column")
        return self

    def columns(self) -> list[str]:
        """Every column that is named."""
        single = (self.user, self.item, self.time, self.key, self.kind_column, self.rating, self.text)
        return [name for name in single if name]


class ColumnMap(BaseModel):
    """A mapping file: sections ``[items]`` and ``[events]``, either or both.

    Attributes:
        source: events are attributed to ``import:<source>``; imports of one shop share it.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    source: str = Field(default="own", pattern=r"^[a-z0-9][a-z0-9_-]{0,39}$")
    items: ItemColumns | None = None
    events: EventColumns | None = None


def read_mapping(path: Path) -> ColumnMap:
    """The mapping in a TOML file.

    Raises:
        InputError: it cannot be read, or a key is unknown, missing or malformed; the message names the key.
    """
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise InputError(f"The mapping {path} cannot be read: {error}.", "Give a TOML file.") from error
    try:
        mapping = ColumnMap.model_validate(told)
    except ValidationError as error:
        raise InputError(*_complaint(path, error)) from error
    if mapping.items is None and mapping.events is None:
        raise InputError(f"The mapping {path} has neither [items] nor [events].", "Add one of the two sections.")
    return mapping


def _complaint(path: Path, error: ValidationError) -> tuple[str, str]:
    first = error.errors()[0]
    key = ".".join(str(part) for part in first["loc"])
    if first["type"] == "missing":
        return f"The mapping {path} lacks {key}.", "Name the column there."
    if first["type"] == "extra_forbidden":
        sections: dict[str, type[BaseModel]] = {"items": ItemColumns, "events": EventColumns}
        fields = sections.get(str(first["loc"][0]), ColumnMap).model_fields
        near = get_close_matches(str(first["loc"][-1]), fields, n=1)
        known = ", ".join(fields)
        remedy = f"Did you mean {near[0]!r}?" if near else f"Known keys: {known}."
        return f"The mapping {path} has an unknown key {key!r}.", remedy
    return f"The mapping {path}: {key} is {first['input']!r}: {first['msg']}.", "Correct it."


_ITEM_NAMES: dict[str, str] = {
    "id": "id item_id itemid product_id productid sku asin isbn movie_id movieid book_id article_id stockcode",
    "title": "title name product_name item_name movie_title book_title product_title",
    "aliases": "aliases alternative_titles",
    "available": "available in_stock instock",
    "added_at": "added_at date_added created_at published_at",
    "url": "url link",
    "image_url": "image_url image img picture",
}
_TEXTS = ("description", "text", "summary", "overview", "plot", "body")
_FACETS: dict[str, str] = {
    "genre": "genre genres",
    "category": "category categories department",
    "brand": "brand manufacturer",
    "author": "author authors",
    "director": "director directors",
    "actor": "actor actors cast",
    "artist": "artist artists",
    "tag": "tag tags keywords",
    "language": "language languages",
    "country": "country countries",
    "publisher": "publisher",
    "color": "color colour",
}
_NUMBERS: dict[str, str] = {
    "year": "year release_year",
    "price": "price unit_price",
    "runtime": "runtime",
    "pages": "pages",
}
_EVENT_NAMES: dict[str, str] = {
    "user": "user user_id userid customer customer_id customerid visitor_id visitorid reviewer_id member_id",
    "item": "item item_id itemid product_id productid sku asin isbn movie_id movieid book_id article_id stockcode",
    "time": "time timestamp at datetime date event_time created_at purchased_at ordered_at unixreviewtime",
    "rating": "rating stars score overall",
    "kind_column": "kind event event_type action",
    "text": "review review_text comment",
}


def _pick(columns: Iterable[str], names: str) -> str:
    found = {column.casefold().strip().replace(" ", "_"): column for column in columns}
    return next((found[name] for name in names.split() if name in found), "")


def looks_like_events(table: NamedTable) -> bool:
    """Whether a table has a column of users, an item and a time."""
    return all(_pick(table.columns, _EVENT_NAMES[name]) for name in ("user", "item", "time"))


def guess_items(table: NamedTable) -> tuple[ItemColumns, str]:
    """The columns of a catalogue, from their names and first rows, and the guess in words.

    Raises:
        InputError: no column looks like an id, or none like a title.
    """
    single = {name: found for name, names in _ITEM_NAMES.items() if (found := _pick(table.columns, names))}
    _insist(table, single, "id", "title")
    facets = {name: found for name, names in _FACETS.items() if (found := _pick(table.columns, names))}
    rows = [row.cells for row in islice(table, SAMPLE) if not row.fault]
    numbers = {
        name: found
        for name, names in _NUMBERS.items()
        if (found := _pick(table.columns, names)) and all(_numeric(row.get(found)) for row in rows)
    }
    texts = [word(row.get(column)) for row in rows for column in facets.values()]
    separator = max("|;", key=lambda mark: sum(mark in text for text in texts))
    text = tuple(found for name in _TEXTS if (found := _pick(table.columns, name)))
    told = {**single, "text": text, "facets": facets, "numbers": numbers, "separator": separator}
    named = {**single, "text": ", ".join(text), **facets, **numbers}
    return ItemColumns.model_validate(told), _in_words(table, named)


def guess_events(table: NamedTable) -> tuple[EventColumns, str]:
    """The columns of an event table, from their names and first rows, and the guess in words.

    Raises:
        InputError: a column for user, item or time is not recognised, or a rating's scale is not clear.
    """
    single = {name: found for name, names in _EVENT_NAMES.items() if (found := _pick(table.columns, names))}
    _insist(table, single, "user", "item", "time")
    named = dict(single)
    scale = (1.0, 5.0)
    if "rating" in single:
        scale = _scale(table, single["rating"])
        named["scale"] = f"{scale[0]:g} to {scale[1]:g}"
    elif "kind_column" not in single:
        named["kind"] = "view"
    return EventColumns.model_validate({**single, "scale": scale}), _in_words(table, named)


def _scale(table: NamedTable, column: str) -> tuple[float, float]:
    values = [
        float(row.cells[column])
        for row in islice(table, SAMPLE)
        if not row.fault and _numeric(row.cells.get(column), True)
    ]
    if values and min(values) >= 0 and max(values) <= 10:
        if max(values) > 5:
            return (1.0, 10.0) if min(values) >= 1 else (0.0, 10.0)
        return (1.0, 5.0) if min(values) >= 1 else (min(0.5, min(values)), 5.0)
    raise InputError(
        f"The scale of {column!r} in {table.path} is not clear from its values.", "Give it as scale in a mapping file."
    )


def _numeric(cell: Any, filled: bool = False) -> bool:
    try:
        return number(cell, "") is not None or not filled
    except RowError:
        return False


def _insist(table: NamedTable, found: Mapping[str, str], *names: str) -> None:
    for name in names:
        if name not in found:
            raise InputError(
                f"No column of {table.path} is recognised as the {name}; it has {', '.join(map(repr, table.columns))}.",
                "Say which one it is in a mapping file (--map).",
            )


def _in_words(table: NamedTable, named: Mapping[str, str]) -> str:
    ignored = [column for column in table.columns if not any(column in told.split(", ") for told in named.values())]
    guess = ", ".join(f"{name} = {column}" for name, column in named.items() if column)
    rest = f"; not used: {', '.join(ignored)}" if ignored else ""
    return f"{table.path.name}, guessed without a mapping: {guess}{rest}."
