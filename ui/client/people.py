"""What is known of a person: timeline, forecast and events; and what they decide about it."""

from __future__ import annotations

import uuid
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, cast

from core.forecasts import Forecast, InterestTimeline
from core.types import Consent, Event, EventKind
from core.wire.answers import Delivered
from core.wire.bodies import BulkEvent, ConsentBody, EventBody, EventChange, FeedbackBody
from core.wire.fields import Language, Period, Verdict
from ui.client.transport import Transport, path_of

_EVENTS = "/v1/users/{user}/events"
_EVENT = _EVENTS + "/{event}"


class Timelines:
    """Interests over time."""

    def __init__(self, transport: Transport) -> None:
        self._to = transport

    def get(self, user_id: str, period: Period | None = None, at: datetime | None = None) -> InterestTimeline:
        """Interest per period."""
        path = path_of("/v1/users/{user}/timeline", user=user_id)
        asked = {"period": period, "at": _iso(at)}
        return cast(InterestTimeline, self._to.call(InterestTimeline, "GET", path, query=asked))

    def forecast(
        self, user_id: str, horizon: int | None = None, period: Period | None = None, at: datetime | None = None
    ) -> Forecast:
        """Where interests are heading."""
        path = path_of("/v1/users/{user}/forecast", user=user_id)
        asked = {"horizon": horizon, "period": period, "at": _iso(at)}
        return cast(Forecast, self._to.call(Forecast, "GET", path, query=asked))


class Events:
    """The events that a timeline is made of."""

    def __init__(self, transport: Transport) -> None:
        self._to = transport

    def list(
        self,
        user_id: str,
        kind: Sequence[EventKind] = (),
        since: datetime | None = None,
        before: datetime | None = None,
        include_retracted: bool = False,
        limit: int | None = None,
    ) -> Iterator[Event]:
        """All events, the newest first; ``limit`` is how many are asked for at once."""
        asked = {
            "kind": [each.value for each in kind],
            "since": _iso(since),
            "before": _iso(before),
            "include_retracted": str(include_retracted).lower(),
            "limit": limit,
        }
        yield from self._to.pages(Event, "GET", path_of(_EVENTS, user=user_id), query=asked)

    def get(self, user_id: str, event_id: str) -> Event:
        """One event, taken back or not."""
        return cast(Event, self._to.call(Event, "GET", path_of(_EVENT, user=user_id, event=event_id)))

    def add(self, user_id: str, event: EventBody) -> Event:
        """Add one event; where its key is known, the event that was kept."""
        path = path_of(_EVENTS, user=user_id)
        return cast(Event, self._to.call(Event, "POST", path, body=event, headers=delivery_key()))

    def add_many(self, events: Sequence[BulkEvent]) -> Delivered:
        """Add up to 1000 events, of anybody; those that cannot be used are listed, the others kept."""
        return cast(Delivered, self._to.call(Delivered, "POST", "/v1/events", body=[*events], headers=delivery_key()))

    def change(self, user_id: str, event_id: str, change: EventChange) -> Event:
        """Change an event: the new one that replaces it."""
        path = path_of(_EVENT, user=user_id, event=event_id)
        return cast(Event, self._to.call(Event, "PATCH", path, body=change, repeatable=False))

    def retract(self, user_id: str, event_id: str) -> Event:
        """Take an event back."""
        return cast(Event, self._to.call(Event, "DELETE", path_of(_EVENT, user=user_id, event=event_id)))


class People:
    """Verdicts, consent, and everything that is kept about a person."""

    def __init__(self, transport: Transport) -> None:
        self._to = transport

    def feedback(
        self,
        user_id: str,
        item_id: str,
        verdict: Verdict,
        conversation_id: str | None = None,
        turn: int | None = None,
    ) -> Event:
        """Like, dislike or seen; the event that it became."""
        body = FeedbackBody(item_id=item_id, verdict=verdict, conversation_id=conversation_id, turn=turn)
        path = path_of("/v1/users/{user}/feedback", user=user_id)
        return cast(Event, self._to.call(Event, "POST", path, body=body, headers=delivery_key()))

    def consent(self, user_id: str) -> Consent:
        """What a person allows."""
        return cast(Consent, self._to.call(Consent, "GET", path_of("/v1/users/{user}/consent", user=user_id)))

    def set_consent(self, user_id: str, remember: bool, learn_from: bool = True) -> Consent:
        """Set what a person allows."""
        body = ConsentBody(remember=remember, learn_from=learn_from)
        path = path_of("/v1/users/{user}/consent", user=user_id)
        return cast(Consent, self._to.call(Consent, "PUT", path, body=body))

    def export(self, user_id: str) -> Mapping[str, Any]:
        """Everything that is kept about a person, by place."""
        answer = self._to.call(dict[str, Any], "GET", path_of("/v1/users/{user}/export", user=user_id))
        return cast(Mapping[str, Any], answer)

    def report(
        self,
        user_id: str,
        language: Language = "en",
        k: int | None = None,
        horizon: int | None = None,
        at: datetime | None = None,
    ) -> str:
        """The person on one page of HTML that needs nothing else."""
        path = path_of("/v1/users/{user}/report", user=user_id)
        asked = {"language": language, "k": k, "horizon": horizon, "at": _iso(at)}
        return self._to.respond("GET", path, query=asked).text

    def forget(self, user_id: str) -> Mapping[str, int]:
        """Delete everything that is kept about a person; the number of records by place."""
        answer = self._to.call(dict[str, int], "DELETE", path_of("/v1/users/{user}", user=user_id))
        return cast(Mapping[str, int], answer)


def delivery_key() -> dict[str, str]:
    """A name for one request, under which it can be sent again without happening twice."""
    return {"idempotency-key": uuid.uuid4().hex}


def _iso(at: datetime | None) -> str | None:
    return None if at is None else at.isoformat()
