"""What the HTTP API is sent."""

from __future__ import annotations

from datetime import datetime

from pydantic import ConfigDict, Field

from core.results import RecommendRequest
from core.types import Constraints, EventKind, Frozen
from core.wire.fields import (
    MAX_BATCH,
    MAX_TEXT,
    NO_NUL,
    Adventure,
    Ahead,
    AnyId,
    Flag,
    Horizon,
    Length,
    Limits,
    Moment,
    Period,
    TurnNumber,
    UserId,
    Value,
    Verdict,
)


class RecommendBody(Frozen):
    """What a slate is asked for. The ``request`` of a slate that was answered can be sent as it is.

    Attributes:
        user_id: absent for a stranger.
        at: the moment of the request, no event after it is seen; absent for now.
        query: what is wanted, in words.
        liked, disliked: ids of items named just now, not yet on the timeline.
        topics: topics asked for ("genre:Thriller"), soft; hard ones are in ``constraints``.
        seen_too: also rank what the person knows.
    """

    user_id: UserId | None = None
    at: Moment | None = None
    k: Length = 10
    query: str = Field(default="", max_length=2000, pattern=NO_NUL)
    liked: tuple[AnyId, ...] = Field(default=(), max_length=200)
    disliked: tuple[AnyId, ...] = Field(default=(), max_length=200)
    topics: tuple[AnyId, ...] = Field(default=(), max_length=50)
    constraints: Limits = Constraints()
    seen_too: Flag = False
    horizon: Horizon = 1
    adventure: Adventure | None = None

    def request(self, now: datetime) -> RecommendRequest:
        """The engine's form of it."""
        # Not by model_dump, which would turn the constraints into a mapping again.
        fields = {name: getattr(self, name) for name in type(self).model_fields}
        return RecommendRequest(**{**fields, "at": self.at or now})


class Hypothetical(Frozen):
    """An event that did not happen, to see what would follow.

    Attributes:
        at: absent for the moment of the request.
    """

    kind: EventKind
    item_id: AnyId | None = None
    topic: AnyId | None = None
    value: Value = 0.0
    at: Moment | None = None


class WhatIfBody(Frozen):
    """What to change about a slate.

    Attributes:
        request: the slate as it is.
        drop: ids of the person's events to leave out.
        add: events to pretend.
        then: fields of the request to change; those that are absent stay.
    """

    request: RecommendBody
    drop: tuple[AnyId, ...] = Field(default=(), max_length=100)
    add: tuple[Hypothetical, ...] = Field(default=(), max_length=100)
    then: RecommendBody | None = None

    def changed(self) -> RecommendBody:
        """The request with the changes of ``then``."""
        if self.then is None:
            return self.request
        return self.request.model_copy(update={name: getattr(self.then, name) for name in self.then.model_fields_set})


class EventBody(Frozen):
    """One event of a person; sent again with the same ``key`` it changes nothing.

    Attributes:
        topic: ``facet:value``.
        value: strength and direction of the preference.
        text: the words that it came from; personal data in them are replaced before they are kept.
        key: absent for the request's ``Idempotency-Key``, or a random one where there is none.
    """

    at: Moment
    kind: EventKind
    item_id: AnyId | None = None
    topic: AnyId | None = None
    value: Value = 0.0
    text: str | None = Field(default=None, max_length=MAX_TEXT, pattern=NO_NUL)
    key: AnyId | None = None


class BulkEvent(EventBody):
    """One event of a bulk delivery, with whose it is."""

    user_id: UserId


class EventChange(Frozen):
    """What to change about an event; what is absent stays, and null takes item, topic or text away."""

    model_config = ConfigDict(json_schema_extra={"minProperties": 1})

    kind: EventKind | None = None
    item_id: AnyId | None = None
    topic: AnyId | None = None
    value: Value | None = None
    text: str | None = Field(default=None, max_length=MAX_TEXT, pattern=NO_NUL)


class FeedbackBody(Frozen):
    """A verdict on a recommended item."""

    item_id: AnyId
    verdict: Verdict
    conversation_id: AnyId | None = None
    turn: TurnNumber | None = None


class ConsentBody(Frozen):
    """What a person allows to be remembered, and to be learnt from."""

    remember: Flag
    learn_from: Flag = True


class ChatBody(Frozen):
    """One message of a person.

    Attributes:
        conversation_id: absent to begin a new one.
        adventure, horizon, seen_too: where the dials stand, for a message that says nothing of it.
    """

    user_id: UserId
    text: str = Field(min_length=1, max_length=MAX_TEXT)
    conversation_id: AnyId | None = None
    adventure: Adventure | None = None
    horizon: Horizon | None = None
    seen_too: Flag | None = None


class ConversationBody(Frozen):
    """A new conversation; without a title its first message gives one."""

    title: str = Field(default="", max_length=200, pattern=NO_NUL)


class TitleBody(Frozen):
    """The title of a conversation."""

    title: str = Field(min_length=1, max_length=200, pattern=r"^[^\x00]*[^\s\x00][^\x00]*$")


class TextBody(Frozen):
    """A text to read: one message, or a chat log with a line a message."""

    text: str = Field(min_length=1, max_length=MAX_TEXT)


class SearchBody(Frozen):
    """What to look for in the catalogue: words, limits, or both."""

    query: str = Field(default="", max_length=2000, pattern=NO_NUL)
    constraints: Limits = Constraints()


class BatchForecastBody(Frozen):
    """Whose interests to forecast."""

    user_ids: tuple[UserId, ...] = Field(min_length=1, max_length=MAX_BATCH)
    horizon: Ahead = 1
    period: Period | None = None
    at: Moment | None = None


class BatchExplainBody(Frozen):
    """Whose slates to explain.

    Attributes:
        request: what each slate is asked for; its ``user_id`` is ignored.
        item_ids: explain these for everybody, on the slate or not; absent for the items of each slate.
    """

    user_ids: tuple[UserId, ...] = Field(min_length=1, max_length=MAX_BATCH)
    request: RecommendBody = RecommendBody()
    item_ids: tuple[AnyId, ...] = Field(default=(), max_length=100)
