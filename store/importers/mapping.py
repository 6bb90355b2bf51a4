"""Which columns of somebody's own files are what, read from a mapping file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, field_validator, model_validator

from core.errors import InputError
from core.types import EventKind

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
