"""The only façade that the doors see: chat, recommendation, forecasting, the timeline, and a person's data."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from agent import writing
from agent.editing import add_events, edit_event
from agent.feedback import Verdict, record_verdict
from agent.graph import Agent
from agent.incoming import check_user, known_item, own_conversation, readable
from agent.llm.client import ChatClient
from agent.state import Done, ModelStatus, Person, Update
from agent.turnstiles import Turnstiles
from core.errors import DriftlineError, NotFoundError
from core.explanations import Contrast, Counterfactual, Explanation
from core.forecasts import Forecast, InterestTimeline, TopicOverview
from core.mentions import Resolution
from core.results import RecommendRequest, Slate
from core.turns import HeardEvent, Turn
from core.types import Consent, Conversation, Event, Item
from store.db import Database
from store.erasure import Erasable, export_user, forget_user
from store.events import Appended
from tools.deps import Deps, ForecastTable
from tools.forecasting.tool import carriers_of


class Service:
    """One open workspace; synchronous and thread-safe.

    Two turns of one conversation run one after the other, turns of different conversations at the same time.

    Args:
        deps: the tools' side.
        agent: the conversation's side.
        model: the language model, for its status.
        database: for export and erasure across tables.
        erasables: other places that keep data of people.
        opened: what to close with the service, in this order.
    """

    def __init__(
        self,
        deps: Deps,
        agent: Agent,
        model: ChatClient,
        database: Database,
        erasables: Sequence[Erasable],
        opened: Sequence[Any] = (),
    ) -> None:
        self.deps = deps
        self._agent = agent
        self._model = model
        self._database = database
        self._erasables = tuple(erasables)
        self._opened = tuple(opened)
        self._turnstiles = Turnstiles()

    def stream(
        self, user_id: str, text: str, conversation_id: str | None = None, adventure: float | None = None
    ) -> Iterator[Update]:
        """One turn: steps, cards and checked sentences as they come; the last update is `Done`.

        Without a conversation a new one begins. Leaving the iterator early does not break the turn off: it is
        finished and stored.

        Args:
            adventure: where the familiar ↔ adventurous dial stands, 0 to 1, for a message that says nothing of it.

        Raises:
            InputError: the message is empty, too long, or has no readable character; or the user id is malformed.
            NotFoundError: the person has no such conversation.
        """
        text = readable(text)
        check_user(user_id)
        conversation = self._conversation(user_id, conversation_id)
        return self._stream(conversation, text, adventure)

    def _stream(self, conversation: Conversation, text: str, adventure: float | None) -> Iterator[Update]:
        with self._turnstiles.one_turn_at_a_time(conversation.id):
            updates = self._agent.stream(conversation.id, conversation.user_id, text, self.now(), adventure)
            try:
                # Not `yield from`, which would close the turn together with its reader.
                for update in updates:  # noqa: UP028
                    yield update
            except GeneratorExit:
                for _ in updates:
                    pass
                raise

    def chat(self, user_id: str, text: str, conversation_id: str | None = None, adventure: float | None = None) -> Turn:
        """One turn, whole. Raises as `stream` does."""
        turn: Turn | None = None
        for update in self.stream(user_id, text, conversation_id, adventure):
            if isinstance(update, Done):
                turn = update.turn
        if turn is None:
            raise DriftlineError("The turn ended without an answer.", "Repeat it.")
        return turn

    def recommend(self, request: RecommendRequest) -> Slate:
        """A ranked slate; a person without events is a newcomer, not an error."""
        return self.deps.scorer.recommend(request)

    def recommend_many(
        self, user_ids: Sequence[str], k: int, at: datetime, seen_too: bool = False
    ) -> dict[str, list[tuple[str, float]]]:
        """(item_id, score) lists for many people at once; known items are left out unless ``seen_too``."""
        return self.deps.scorer.recommend_many(user_ids, k, at, seen_too)

    def explain(self, request: RecommendRequest, item_id: str) -> Explanation:
        """The score of one item under a request, its reasons, and where it is not among the first k, why not.

        Raises:
            NotFoundError: there is no such item.
        """
        known_item(self.deps, item_id)
        return self.deps.scorer.explain(request, item_id)

    def contrast(self, request: RecommendRequest, item_id: str, other_id: str) -> Contrast:
        """Why one of two items scores higher than the other under a request. Raises as `explain` does."""
        known_item(self.deps, item_id)
        known_item(self.deps, other_id)
        return self.deps.scorer.contrast(request, item_id, other_id)

    def counterfactual(self, request: RecommendRequest, item_id: str) -> Counterfactual:
        """The person's own events without which an item would not be among the first k. Raises as `explain` does."""
        known_item(self.deps, item_id)
        return self.deps.scorer.counterfactual(request, item_id)

    def forecast(self, user_id: str, horizon: int, period: str | None = None, at: datetime | None = None) -> Forecast:
        """Where a person's interests are heading, from events before ``at``."""
        check_user(user_id)
        return self.deps.forecaster.forecast(user_id, at or self.now(), horizon, period)

    def forecast_in_words(self, forecast: Forecast) -> list[str]:
        """What a forecast says beyond shares: drifts with their causes, and the outlook, as sentences to the person."""
        return writing.beyond_shares(forecast, carriers_of(self.deps, forecast))

    def forecast_many(
        self, user_ids: Sequence[str], at: datetime, horizon: int, period: str | None = None
    ) -> ForecastTable:
        """The forecasts of many people at once, as arrays, without drift, movement and notes."""
        return self.deps.forecaster.forecast_many(user_ids, at, horizon, period)

    def timeline(self, user_id: str, period: str | None = None, at: datetime | None = None) -> InterestTimeline:
        """Interest per period up to ``at``."""
        check_user(user_id)
        return self.deps.forecaster.timeline(user_id, at or self.now(), period)

    def topics(
        self,
        within: str | None = None,
        user_id: str | None = None,
        period: str | None = None,
        at: datetime | None = None,
    ) -> TopicOverview:
        """What moves for everybody before ``at``, or what lies within a topic, of everybody or of one person."""
        if user_id is not None:
            check_user(user_id)
        return self.deps.forecaster.overview(at or self.now(), period, within, user_id)

    def events(self, user_id: str, include_retracted: bool = False) -> list[Event]:
        """A person's events, the newest first."""
        return self.deps.events.of_user(user_id, include_retracted=include_retracted)[::-1]

    def feedback(
        self,
        user_id: str,
        item_id: str,
        verdict: Verdict,
        conversation_id: str | None = None,
        turn: int | None = None,
    ) -> Event:
        """A verdict on a card, as an event of the timeline. Pressing the same button twice changes nothing; like and
        dislike replace each other, and seen stands beside either.

        Raises:
            InputError: the verdict is not one of like, dislike, seen.
            NotFoundError: there is no such item, or the person has no such conversation.
        """
        return record_verdict(self.deps, user_id, item_id, verdict, conversation_id, turn)

    def retract_event(self, user_id: str, event_id: str) -> Event:
        """Take an event back; it stays in the log, marked.

        Raises:
            NotFoundError: the person has no such event.
        """
        return self.deps.events.retract(user_id, event_id, self.now())

    def edit_event(self, user_id: str, event_id: str, **changes: Any) -> Event:
        """Replace an event by a changed copy (``value``, ``kind``, ``item_id``, ``topic``, ``text``).

        Raises:
            NotFoundError: the person has no such event, or the new item does not exist.
            InputError: a field cannot be changed or its value is out of range.
        """
        return edit_event(self.deps, user_id, event_id, changes)

    def add_events(self, events: Iterable[Event]) -> Appended:
        """Append events from outside, their text redacted; a repeated delivery changes nothing."""
        return add_events(self.deps, events)

    def extract(self, text: str) -> list[HeardEvent]:
        """The preference events in a text, without recording them.

        Raises:
            InputError: as for `stream`.
        """
        return self._agent.extract(readable(text, lines=True))

    def items(self, ids: Iterable[str]) -> dict[str, Item]:
        """The items that exist among the ids."""
        return self.deps.catalog.get_many(ids)

    def resolve_title(self, text: str) -> Resolution:
        """The item that a title, possibly misspelt, refers to."""
        return self.deps.retriever.resolve_title(text)

    def conversations(self, user_id: str) -> list[Conversation]:
        """A person's conversations, the latest first."""
        return self.deps.conversations.of_user(user_id)

    def turns(self, conversation_id: str) -> list[Turn]:
        """The turns of a conversation.

        Raises:
            NotFoundError: there is no such conversation.
        """
        if self.deps.conversations.get(conversation_id) is None:
            raise NotFoundError(f"There is no conversation {conversation_id!r}.", "Start a new one.")
        return self.deps.conversations.turns(conversation_id)

    def people(self, limit: int = 50) -> list[Person]:
        """Known people, most events first."""
        summaries = self.deps.events.people(limit)
        sources = self.deps.events.user_sources([summary.user_id for summary in summaries])
        return [
            Person(
                user_id=summary.user_id,
                events=summary.events,
                first_at=summary.first_at.date().isoformat(),
                last_at=summary.last_at.date().isoformat(),
                label=f"{summary.user_id} · {', '.join(sorted(sources.get(summary.user_id, set())))}",
            )
            for summary in summaries
        ]

    def consent(self, user_id: str) -> Consent:
        """What a person allows; everything until they say otherwise."""
        check_user(user_id)
        return self.deps.conversations.consent(user_id) or Consent(user_id=user_id, at=self.now())

    def set_consent(self, user_id: str, remember: bool, learn_from: bool = True) -> Consent:
        """Set what a person allows, from the next turn on."""
        check_user(user_id)
        consent = Consent(user_id=user_id, at=self.now(), remember=remember, learn_from=learn_from)
        self.deps.conversations.set_consent(consent)
        return consent

    def export_user(self, user_id: str) -> dict[str, Any]:
        """Everything that is kept about a person."""
        self._agent.settle()
        return export_user(self._database, self._erasables, user_id)

    def forget_user(self, user_id: str) -> dict[str, int]:
        """Delete everything that is kept about a person; the number of records by place."""
        self._agent.settle()
        return forget_user(self._database, self._erasables, user_id)

    def model_status(self) -> ModelStatus:
        """State of the language model."""
        return self._model.status()

    def now(self) -> datetime:
        """The present, by the workspace's clock."""
        return self.deps.now()

    def close(self) -> None:
        """Close databases and indexes."""
        self._agent.close()
        for opened in self._opened:
            opened.close()

    def _conversation(self, user_id: str, conversation_id: str | None) -> Conversation:
        if conversation_id is None:
            return self.deps.conversations.start(user_id, self.now())
        return own_conversation(self.deps, user_id, conversation_id)
