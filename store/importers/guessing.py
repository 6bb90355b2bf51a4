"""Which columns of somebody's own files are what, guessed from the columns' names and first rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import islice
from typing import Any

from core.errors import InputError
from store.importers.base import RowError
from store.importers.mapping import EventColumns, ItemColumns
from store.importers.tables import SAMPLE, NamedTable
from store.importers.values import number, word

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
