"""A service for the page's tests: real films, simple rules, the same contract, and steps slow enough to be seen."""

from __future__ import annotations

import re
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

from agent.dialling import PeriodsAhead, periods_ahead
from agent.state import Cards, Done, Loved, ModelStatus, Step, Text, Update
from core.errors import InputError, NotFoundError
from core.explanations import Counterfactual, Explanation, WhatIf
from core.results import RecommendRequest
from core.turns import Checks, HeardEvent, ModelUse, ToolCall, Turn
from core.types import Conversation, Event, EventKind, Item
from tests.ui.web.fake_conversations import Conversations
from tests.ui.web.fake_desk import FakeDesk
from tests.ui.web.fake_history import Histories
from tests.ui.web.fake_ranking import Ranking
from tests.ui.web.fake_timeline import LONG, SITTING, Timelines, long_history, one_sitting
from tests.ui.web.films import films


class FakeService(Histories, Timelines, Conversations):
    """In memory; ``pace`` is the pause before each update in seconds."""

    def __init__(self, pace: float = 0.0, state: str = "ready", extra: Iterable[Item] = ()) -> None:
        self.pace = pace
        self.catalog = films() | {item.id: item for item in extra}
        self.log: dict[str, list[Event]] = {LONG: long_history(self.now()), SITTING: one_sitting(self.catalog)}
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

    def items(self, ids: Iterable[str]) -> Mapping[str, Item]:
        return {item_id: self.catalog[item_id] for item_id in ids if item_id in self.catalog}

    def model_status(self) -> ModelStatus:
        return self.status
