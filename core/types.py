"""Items, events and constraints: the nouns that every layer shares, as frozen pydantic models.

Conventions: times are timezone-aware and stored in UTC; ids are non-empty strings; values of preference lie in
[-1, 1]; a topic is written ``facet:value`` ("genre:Thriller", "director:Ridley Scott").
"""

from __future__ import annotations

import hashlib
import uuid
from collections.abc import Mapping
from datetime import UTC, datetime
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field


def _in_utc(value: datetime) -> datetime:
    # It must be a date in every other zone too.
    if 2 <= value.year <= 9998:
        told = value.astimezone(UTC)
        if 2 <= told.year <= 9998:
            return told
    raise ValueError("the year must lie between 2 and 9998")


Instant = Annotated[AwareDatetime, AfterValidator(_in_utc)]
"""A timezone-aware datetime, normalised to UTC."""

Id = Annotated[str, Field(min_length=1, max_length=200)]

Figure = Annotated[float, Field(ge=-1e30, le=1e30, allow_inf_nan=False)]
"""A number that can be computed with in single precision."""


class Frozen(BaseModel):
    """Base of every value that crosses a layer: immutable, no unknown fields."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Item(Frozen):
    """One thing that can be recommended.

    Attributes:
        facets: named lists of values (genre, director, actor, brand, category, ...), in the source's order.
        numbers: named figures (year, runtime in minutes, price, ...). A missing figure is absent, never 0.
        added_at: when the item entered the catalogue; None if unknown.
    """

    id: Id
    title: str = Field(min_length=1)
    aliases: tuple[str, ...] = ()
    text: str = ""
    facets: Mapping[str, tuple[str, ...]] = {}
    numbers: Mapping[str, Figure] = {}
    available: bool = True
    added_at: Instant | None = None
    url: str | None = None
    image_url: str | None = None

    @property
    def year(self) -> int | None:
        """The item's year, if its catalogue has one."""
        year = self.numbers.get("year")
        return None if year is None else int(year)


class EventKind(StrEnum):
    """What happened between a person and an item or a topic."""

    VIEW = "view"
    CLICK = "click"
    PURCHASE = "purchase"
    RATING = "rating"
    LIKE = "like"
    DISLIKE = "dislike"
    SEEN = "seen"
    MENTION = "mention"
    REQUEST = "request"
    CONSTRAINT = "constraint"
    MUTE = "mute"
    PIN = "pin"


class Event(Frozen):
    """One timestamped, attributed entry of a person's interest timeline.

    The log is append-only: an edit is a new event whose ``replaces`` names the one it retracts. Two events with the
    same ``key`` are the same delivery, and the second changes nothing.

    Attributes:
        topic: ``facet:value``, or for a constraint the text of the limit ("year>=1991").
        value: strength and direction of the preference, in [-1, 1].
        text: the words it came from, redacted.
        source: ``import:<name>``, ``api`` or ``dialogue``.
        key: idempotency key, unique per user.
    """

    id: Id = Field(default_factory=lambda: uuid.uuid4().hex)
    user_id: Id
    at: Instant
    kind: EventKind
    item_id: Id | None = None
    topic: str | None = None
    value: float = Field(default=0.0, ge=-1.0, le=1.0, allow_inf_nan=False)
    text: str | None = None
    source: Id = "api"
    conversation_id: Id | None = None
    turn: int | None = None
    key: Id = Field(default_factory=lambda: uuid.uuid4().hex)
    replaces: Id | None = None
    retracted_at: Instant | None = None


PASSING = "passing-"
"""How the ids of people begin who are nobody in particular: of what they say nothing is kept beyond the answer."""


def idempotency_key(*parts: object) -> str:
    """A short stable key over what identifies one delivery (source, user, item, time, kind)."""
    return hashlib.blake2b("\x1f".join(map(str, parts)).encode(), digest_size=16).hexdigest()


class Range(Frozen):
    """A closed interval over one of an item's numbers; an open end is None."""

    low: float | None = Field(default=None, allow_inf_nan=False)
    high: float | None = Field(default=None, allow_inf_nan=False)

    def contains(self, value: float | None) -> bool:
        """Whether the value lies inside. A missing value never does: an unknown figure satisfies no limit."""
        if value is None:
            return False
        return (self.low is None or value >= self.low) and (self.high is None or value <= self.high)


class Constraints(Frozen):
    """Hard limits on a slate: they always hold, or the answer says which one left nothing.

    Attributes:
        require: per facet, values of which an item must carry at least one.
        exclude: per facet, values of which an item must carry none.
        ranges: per number, the interval it must lie in.
        exclude_items: ids that must not appear (seen, disliked, already shown).
        available_only: leave out items that are marked unavailable.
    """

    require: Mapping[str, tuple[str, ...]] = {}
    exclude: Mapping[str, tuple[str, ...]] = {}
    ranges: Mapping[str, Range] = {}
    exclude_items: frozenset[str] = frozenset()
    available_only: bool = True

    def allow(self, item: Item) -> bool:
        """Whether one item obeys every limit. Facet values compare case-insensitively."""
        if item.id in self.exclude_items or (self.available_only and not item.available):
            return False
        carried = {facet: {value.casefold() for value in values} for facet, values in item.facets.items()}
        for facet, wanted in self.require.items():
            if not carried.get(facet, set()) & {value.casefold() for value in wanted}:
                return False
        for facet, unwanted in self.exclude.items():
            if carried.get(facet, set()) & {value.casefold() for value in unwanted}:
                return False
        return all(limit.contains(item.numbers.get(name)) for name, limit in self.ranges.items())

    def parts(self) -> list[tuple[str, Constraints]]:
        """Every limit with its plain name ("genre: Thriller", "not genre: Horror", "year >= 1991").

        The second element is these constraints without that limit, so that a caller can tell which one empties a
        list. ``exclude_items`` and ``available_only`` are not relaxable and are not listed.
        """
        named: list[tuple[str, Constraints]] = []
        for facet, values in self.require.items():
            rest = {key: kept for key, kept in self.require.items() if key != facet}
            named.append((f"{facet}: {' or '.join(values)}", self.model_copy(update={"require": rest})))
        for facet, values in self.exclude.items():
            rest = {key: kept for key, kept in self.exclude.items() if key != facet}
            named.append((f"not {facet}: {', '.join(values)}", self.model_copy(update={"exclude": rest})))
        for number, limit in self.ranges.items():
            left = {key: kept for key, kept in self.ranges.items() if key != number}
            named.append((describe_range(number, limit), self.model_copy(update={"ranges": left})))
        return named

    def describe(self) -> str:
        """All limits in one phrase; empty when there are none."""
        return "; ".join(name for name, _ in self.parts())


def describe_range(name: str, limit: Range) -> str:
    """The canonical text of a numeric limit: "year >= 1991", "runtime <= 120", "year 1990 to 1999"."""
    if limit.low is not None and limit.low == limit.high:
        return f"{name} {limit.low:g}"
    if limit.low is not None and limit.high is not None:
        return f"{name} {limit.low:g} to {limit.high:g}"
    if limit.low is not None:
        return f"{name} >= {limit.low:g}"
    return f"{name} <= {limit.high:g}" if limit.high is not None else f"any {name}"


class Consent(Frozen):
    """What a person allowed to be kept and used."""

    user_id: Id
    at: Instant
    remember: bool = True
    learn_from: bool = True


class Conversation(Frozen):
    """A thread of turns between one person and Driftline."""

    id: Id = Field(default_factory=lambda: uuid.uuid4().hex)
    user_id: Id
    started_at: Instant
    updated_at: Instant
    title: str = ""


class Feedback(Frozen):
    """What a person said about one recommended item, beside the timeline event that it became."""

    user_id: Id
    at: Instant
    item_id: Id
    verdict: Literal["like", "dislike", "seen"]
    conversation_id: str | None = None
    turn: int | None = None
    event_id: str | None = None
