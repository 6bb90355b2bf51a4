"""A service for the page's tests: real films, simple rules, the same contract, and steps slow enough to be seen."""

from __future__ import annotations

import math
import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

from agent.dialling import PeriodsAhead, periods_ahead
from agent.state import Cards, Done, Found, Loved, ModelStatus, Person, Step, Text, Update
from core.errors import InputError, NotFoundError
from core.explanations import Counterfactual, Explanation, WhatIf
from core.forecasts import Drift, Forecast, InterestTimeline
from core.results import RecommendRequest
from core.turns import Checks, HeardEvent, ModelUse, ToolCall, Turn
from core.types import Conversation, Event, EventKind, Item
from tests.ui.web.fake_desk import FakeDesk
from tests.ui.web.fake_history import Histories
from tests.ui.web.fake_ranking import Ranking
from tests.ui.web.films import films
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


class FakeService(Histories):
    """In memory; ``pace`` is the pause before each update in seconds."""

    def __init__(self, pace: float = 0.0, state: str = "ready", extra: Iterable[Item] = ()) -> None:
        self.pace = pace
        self.catalog = films() | {item.id: item for item in extra}
        self.log: dict[str, list[Event]] = {LONG: _long_history(self.now()), SITTING: _one_sitting(self.catalog)}
        self.threads: dict[str, Conversation] = {}
        self.stored: dict[str, list[Turn]] = {}
        self.status = ModelStatus.model_validate({"state": state, "name": "SmolLM2-135M-Instruct"})
        self.fail: str = ""
        self.first_words: tuple[str, ...] = ()
        self.dials: tuple[float | None, int | None, bool | None] = (None, None, None)
        self.ranking = Ranking(self.catalog)
        self.desk = FakeDesk(self._store)

    def now(self) -> datetime:
        return datetime.now(UTC)

    # --- a turn

    def stream(
        self,
        user_id: str,
        text: str,
        conversation_id: str | None = None,
        adventure: float | None = None,
        horizon: int | None = None,
        seen_too: bool | None = None,
    ) -> Iterator[Update]:
        self.dials = (adventure, horizon, seen_too)
        if self.fail:
            raise InputError(self.fail, "Try again in a moment.")
        thread = self._thread(user_id, text, conversation_id)
        number = self._next(thread.id)
        if self.desk.has(thread.id):
            turn = Turn(
                conversation_id=thread.id, turn=number, user_id=user_id, at=self.now(), text=text, reply="", author=""
            )
            yield Done(turn=self._store(turn))
            return
        calls = []
        limits = {"at_least": {"year": 1991.0}, "exclude": {"genre": ["Horror"]}}
        script: list[tuple[str, dict[str, Any], float]] = [
            ("record_preference", {"preferences": [{"item": "Alien"}]}, 8.0),
            ("forecast_interests", {"horizon": 1}, 21.0),
            ("recommend", {"query": "tense", "limits": limits, "k": 6}, 47.0),
        ]
        for index, (tool, args, ms) in enumerate(script):
            yield Step(id=index, tool=tool, args=args, status="running")
            self._pause(1.0)
            calls.append(ToolCall(tool=tool, args=args, ms=ms))
            yield Step(id=index, tool=tool, args=args, status="done", ms=ms)
        heard = self._listen(user_id, text, thread.id, number)
        slate = self.ranking.slate(self._request(user_id, text, adventure, horizon, seen_too), self.events(user_id))
        items = slate.items
        yield Cards(items=items)
        reply = (
            "Here are films that keep the tension without the gore, all made after 1990. "
            f"{items[0].title} comes first: it is closest to what you said you love.\n\n"
            "None of them is a horror film. Tell me which ones miss, and the next list will follow."
            if items
            else "Nothing in the catalogue fits all of that. Without the year limit there would be 12 films."
        )
        for word in re.findall(r"\S+\s*", reply):
            self._pause(0.15)
            yield Text(delta=word)
        turn = Turn(
            conversation_id=thread.id,
            turn=number,
            user_id=user_id,
            at=self.now(),
            text=text,
            reply=reply,
            items=items,
            events=heard,
            calls=tuple(calls),
            model=ModelUse(name=self.status.name, degraded=self.status.state != "ready"),
            checks=Checks(claims=3, supported=3),
            slate=slate,
            choices=("Crash (2004)", "Crash (1996)") if "Crash" in text else (),
        )
        self.stored[thread.id].append(turn)
        yield Done(turn=turn)

    def _request(
        self, user_id: str, text: str, adventure: float | None, horizon: int | None, seen_too: bool | None
    ) -> RecommendRequest:
        ahead = 1 if horizon is None else horizon
        return RecommendRequest(
            user_id=user_id,
            at=self.now(),
            k=6,
            query=text,
            adventure=adventure,
            horizon=ahead,
            seen_too=bool(seen_too),
        )

    def _next(self, conversation_id: str) -> int:
        return max((turn.turn for turn in self.stored[conversation_id]), default=0) + 1

    def _store(self, turn: Turn) -> Turn:
        numbered = turn.model_copy(update={"turn": self._next(turn.conversation_id)})
        self.stored[turn.conversation_id].append(numbered)
        return numbered

    def redial(
        self,
        user_id: str,
        conversation_id: str,
        adventure: float | None = None,
        horizon: int | None = None,
        seen_too: bool | None = None,
    ) -> Turn:
        self.dials = (adventure, horizon, seen_too)
        last = next(turn.slate for turn in reversed(self.stored[conversation_id]) if turn.slate)
        slate = self.ranking.slate(
            self._request(user_id, last.query, adventure, horizon, seen_too), self.events(user_id)
        )
        return self._store(
            Turn(
                conversation_id=conversation_id,
                turn=0,
                user_id=user_id,
                at=self.now(),
                text="",
                reply="I ranked the list again.",
                items=slate.items,
                slate=slate,
            )
        )

    def rewind(self, user_id: str, conversation_id: str, turn: int) -> Turn:
        if self.fail:
            raise InputError(self.fail, "Try again in a moment.")
        taken = [each for each in self.stored[conversation_id] if each.turn >= turn]
        self.stored[conversation_id] = [each for each in self.stored[conversation_id] if each.turn < turn]
        for each in taken:
            for event in each.events:
                self.retract_event(user_id, event.event_id or "")
        return taken[0]

    def examples(self) -> tuple[str, ...]:
        return self.first_words

    def periods_ahead(self, count: int) -> PeriodsAhead:
        return periods_ahead(self.now(), "month", "UTC", count)

    def explain(self, request: RecommendRequest, item_id: str) -> Explanation:
        if item_id not in self.catalog:
            raise NotFoundError(f"There is no item {item_id!r} in the catalogue.", "Search for it by title.")
        return self.ranking.explain(request, self.events(str(request.user_id)), item_id)

    def counterfactual(self, request: RecommendRequest, item_id: str) -> Counterfactual:
        return self.ranking.counterfactual(request, item_id)

    def what_if(
        self,
        request: RecommendRequest,
        drop: Sequence[str] = (),
        add: Sequence[Event] = (),
        then: RecommendRequest | None = None,
    ) -> WhatIf:
        events = self.events(str(request.user_id))
        if gone := set(drop) - {event.id for event in events}:
            raise NotFoundError(f"There is no event {gone}.", "Reload the page.")
        left = [event for event in events if event.id not in drop]
        return self.ranking.what_if(request, events, then or request, [*add, *left])

    def loved(self, user_id: str, k: int = 6) -> Sequence[Loved]:
        liked = [event for event in self.events(user_id) if event.item_id and event.value > 0.5]
        return [Loved(item=self.catalog[event.item_id or ""], event=event) for event in liked[:k]]

    def _pause(self, factor: float) -> None:
        if self.pace:
            time.sleep(self.pace * factor)

    def _thread(self, user_id: str, text: str, conversation_id: str | None) -> Conversation:
        if conversation_id:
            return self.threads[conversation_id]
        thread = Conversation(user_id=user_id, started_at=self.now(), updated_at=self.now(), title=text[:60])
        self.threads[thread.id] = thread
        self.stored[thread.id] = []
        return thread

    def _listen(self, user_id: str, text: str, thread: str, turn: int) -> tuple[HeardEvent, ...]:
        heard = []
        for item in self.catalog.values():
            if re.search(rf"\b{re.escape(item.title)}\b", text):
                heard.append(HeardEvent(kind=EventKind.LIKE, item_id=item.id, title=item.title, value=0.9, quote=text))
        if "not gory" in text:
            heard.append(HeardEvent(kind=EventKind.DISLIKE, topic="genre:Horror", value=-0.7, quote="not gory"))
        if after := re.search(r"after (\d{4})", text):
            heard.append(HeardEvent(kind=EventKind.CONSTRAINT, topic=f"year >= {int(after[1]) + 1}", quote=after[0]))
        kept = []
        for one in heard:
            event = Event(
                user_id=user_id,
                at=self.now(),
                kind=one.kind,
                item_id=one.item_id,
                topic=one.topic,
                value=one.value,
                text=one.quote,
                source="dialogue",
                conversation_id=thread,
                turn=turn,
            )
            self.log.setdefault(user_id, []).append(event)
            kept.append(one.model_copy(update={"event_id": event.id}))
        return tuple(kept)

    # --- the timeline

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

    # --- the rest

    def items(self, ids: Iterable[str]) -> Mapping[str, Item]:
        return {item_id: self.catalog[item_id] for item_id in ids if item_id in self.catalog}

    def conversations(self, user_id: str) -> Sequence[Conversation]:
        return [thread for thread in reversed(list(self.threads.values())) if thread.user_id == user_id]

    def rename_conversation(self, user_id: str, conversation_id: str, title: str) -> Conversation:
        if not title.strip():
            raise InputError("The title has 0 characters.", "Use 1 to 120.")
        self.threads[conversation_id] = self.threads[conversation_id].model_copy(update={"title": title.strip()})
        return self.threads[conversation_id]

    def forget_conversation(self, user_id: str, conversation_id: str, events_too: bool = False) -> None:
        del self.threads[conversation_id]
        for event in self.events(user_id) if events_too else ():
            if event.conversation_id == conversation_id:
                self.retract_event(user_id, event.id)

    def search_conversations(self, user_id: str, words: str) -> Sequence[Found]:
        found = []
        for thread in self.conversations(user_id):
            said = [
                turn for turn in self.stored[thread.id] if words.casefold() in f"{turn.text} {turn.reply}".casefold()
            ]
            if said:
                found.append(Found(conversation=thread, turn=said[0].turn, quote=said[0].text[:80]))
            elif words.casefold() in thread.title.casefold():
                found.append(Found(conversation=thread))
        return found

    def turns(self, conversation_id: str) -> Sequence[Turn]:
        return self.stored[conversation_id]

    def people(self, limit: int = 50) -> Sequence[Person]:
        people = []
        for user_id, log in self.log.items():
            if log:
                first, last = f"{log[0].at:%Y-%m-%d}", f"{log[-1].at:%Y-%m-%d}"
                label = f"{user_id} · {', '.join(sorted({event.source for event in log}))}"
                people.append(Person(user_id=user_id, events=len(log), first_at=first, last_at=last, label=label))
        return people[:limit]

    def forget_user(self, user_id: str) -> Mapping[str, int]:
        gone = {thread.id for thread in self.threads.values() if thread.user_id == user_id}
        self.threads = {key: thread for key, thread in self.threads.items() if key not in gone}
        return {"events": len(self.log.pop(user_id, [])), "conversations": len(gone)}

    def model_status(self) -> ModelStatus:
        return self.status


def _long_history(now: datetime) -> list[Event]:
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


def _one_sitting(catalog: Mapping[str, Item]) -> list[Event]:
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
