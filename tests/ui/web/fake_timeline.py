"""Events, shares and forecasts of the tests' service, and two known people."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from core.errors import NotFoundError
from core.forecasts import Drift, Forecast, InterestTimeline
from core.types import Event, EventKind, Item
from ui.web.ports import Verdict

LONG, SITTING = "12439", "196"
TOPICS = (
    "genre:Thriller",
    "genre:Crime",
    "genre:Drama",
    "genre:Sci-Fi",
    "genre:Comedy",
    "genre:Horror",
    "genre:Mystery",
    "genre:Action",
    "genre:Romance",
)


class Timelines:
    """Events in memory, shares per month, and a forecast that carries them on."""

    catalog: dict[str, Item]
    log: dict[str, list[Event]]

    def now(self) -> datetime:
        raise NotImplementedError

    def events(self, user_id: str, include_retracted: bool = False) -> Sequence[Event]:
        log = self.log.get(user_id, [])
        return [event for event in reversed(log) if include_retracted or event.retracted_at is None]

    def timeline(self, user_id: str, period: str | None = None, at: datetime | None = None) -> InterestTimeline:
        months: dict[tuple[int, int], dict[str, float]] = {}
        for event in self.events(user_id):
            shares = months.setdefault((event.at.year, event.at.month), {})
            for topic, weight in self._topics(event).items():
                shares[topic] = shares.get(topic, 0.0) + weight
        active = sorted(month for month, shares in months.items() if sum(shares.values()) > 0)
        if not active:
            return InterestTimeline(user_id=user_id, period="month", topics=TOPICS)
        first, last = active[0], active[-1]
        span = range(first[0] * 12 + first[1] - 1, last[0] * 12 + last[1])
        periods, rows, counts = [], [], []
        for month in span:
            shares = months.get((month // 12, month % 12 + 1), {})
            total = sum(shares.values())
            periods.append(datetime(month // 12, month % 12 + 1, 1, tzinfo=UTC))
            rows.append(tuple(shares.get(topic, 0.0) / total if total else 0.0 for topic in TOPICS))
            counts.append(total)
        return InterestTimeline(
            user_id=user_id,
            period="month",
            topics=TOPICS,
            periods=tuple(periods),
            shares=tuple(rows),
            counts=tuple(counts),
            note="All ratings were made within one hour, so there is no trend to draw." if user_id == SITTING else "",
        )

    def _topics(self, event: Event) -> dict[str, float]:
        if event.value <= 0:
            return {}
        if event.topic in TOPICS:
            return {str(event.topic): event.value}
        item = self.catalog.get(event.item_id or "")
        genres = [f"genre:{genre}" for genre in item.facets["genre"]] if item else []
        kept = [genre for genre in genres if genre in TOPICS]
        return {genre: event.value / len(kept) for genre in kept}

    def forecast(self, user_id: str, horizon: int, period: str | None = None, at: datetime | None = None) -> Forecast:
        timeline = self.timeline(user_id)
        last = [row for row, count in zip(timeline.shares, timeline.counts, strict=True) if count][-3:]
        mean = [sum(column) / len(last) for column in zip(*last, strict=True)]
        both = [(share, 0.04 + 0.5 * share * (1 - share)) for share in mean]
        has_trend = user_id == LONG
        return Forecast(
            user_id=user_id,
            origin=self.now(),
            period="month",
            model="local_level" if has_trend else "shrinkage",
            topics=TOPICS,
            shares=tuple(tuple(mean) for _ in range(horizon)),
            lo80=tuple(tuple(max(0.0, s - w * (1 + h / 4)) for s, w in both) for h in range(horizon)),
            hi80=tuple(tuple(min(1.0, s + w * (1 + h / 4)) for s, w in both) for h in range(horizon)),
            backtest_error=0.214 if has_trend else None,
            drift=(Drift(topic="genre:Sci-Fi", at=timeline.periods[8], size=0.18),) if has_trend else (),
            usual=tuple(1 / len(TOPICS) for _ in TOPICS),
            rising=("genre:Sci-Fi",) if has_trend else (),
            fading=("genre:Crime",) if has_trend else (),
            note="" if has_trend else "Too little history for a trend of its own: mostly what people like in general.",
        )

    def forecast_in_words(self, forecast: Forecast) -> list[str]:
        moved = [f"Since {drift.at:%B %Y} you lean clearly more towards sci-fi." for drift in forecast.drift]
        return [*moved, "You are more adventurous than about seven in ten people."]

    def feedback(
        self, user_id: str, item_id: str, verdict: Verdict, conversation_id: str | None = None, turn: int | None = None
    ) -> Event:
        if item_id not in self.catalog:
            raise NotFoundError(f"No item {item_id!r}.", "Check the id.")
        event = Event(
            user_id=user_id,
            at=self.now(),
            kind=EventKind(verdict),
            item_id=item_id,
            source="dialogue",
            value={"like": 0.8, "dislike": -0.8, "seen": 0.1}[verdict],
            conversation_id=conversation_id,
            turn=turn,
        )
        self.log.setdefault(user_id, []).append(event)
        return event

    def retract_event(self, user_id: str, event_id: str) -> Event:
        log = self.log.get(user_id, [])
        for index, event in enumerate(log):
            if event.id == event_id:
                log[index] = event.model_copy(update={"retracted_at": self.now()})
                return log[index]
        raise NotFoundError(f"No event {event_id!r} of {user_id!r}.", "Reload the page.")

    def edit_event(self, user_id: str, event_id: str, **changes: Any) -> Event:
        old = self.retract_event(user_id, event_id)
        new = old.model_copy(
            update={**changes, "id": uuid4().hex, "key": uuid4().hex, "replaces": old.id, "retracted_at": None}
        )
        self.log[user_id].append(new)
        return new


def long_history(now: datetime) -> list[Event]:
    """Fourteen months of ratings of topics whose mix drifts from crime towards science fiction."""
    events = []
    for month in range(14):
        at = now - timedelta(days=30.4 * (14 - month))
        if month == 5:
            continue
        for place, topic in enumerate(TOPICS):
            wave = 0.5 + 0.3 * math.sin(month / 2 + place)
            tilt = {"genre:Sci-Fi": month / 9, "genre:Crime": (14 - month) / 10}.get(topic, 0.5)
            value = min(1.0, max(0.05, wave * tilt))
            events.append(
                Event(
                    user_id=LONG,
                    at=at + timedelta(hours=place),
                    kind=EventKind.RATING,
                    topic=topic,
                    value=value,
                    text=f"{5 + 5 * value:.0f}/10",
                    source="import:movietweetings",
                )
            )
    return events


def one_sitting(catalog: Mapping[str, Item]) -> list[Event]:
    """Forty ratings within an hour of 1997."""
    start = datetime(1997, 11, 4, 15, 30, tzinfo=UTC)
    return [
        Event(
            user_id=SITTING,
            at=start + timedelta(minutes=index),
            kind=EventKind.RATING,
            item_id=item_id,
            value=(index % 5 - 1) / 3 if index % 5 < 5 else 1.0,
            text=f"{index % 5 + 1}/5",
            source="import:movielens",
        )
        for index, item_id in enumerate(list(catalog)[:40])
    ]
