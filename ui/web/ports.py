"""What the page needs of the service: the part of ``agent.service.Service`` that a person's browser may reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

from agent.dialling import PeriodsAhead
from agent.state import Found, Loved, ModelStatus, Person, Update
from core.desk import Thread
from core.explanations import Counterfactual, Explanation, WhatIf
from core.forecasts import Forecast, InterestTimeline
from core.histories import BroughtHistory, Fixes, HistoryColumns, HistoryOutcome, HistoryPreview
from core.mentions import Resolution
from core.results import RecommendRequest
from core.turns import Turn
from core.types import Conversation, Event, EventKind, Item

Verdict = Literal["like", "dislike", "seen"]


class DeskDoor(Protocol):
    """What a customer's page asks of the staff's side."""

    def thread(self, conversation_id: str) -> Thread | None:
        """Where a conversation stands between Driftline and the staff."""

    def request_human(self, user_id: str, conversation_id: str, reason: str = "") -> Thread:
        """Ask for a person."""


class PageService(Protocol):
    """The façade as the page sees it; expected failures raise ``core.errors.DriftlineError``."""

    @property
    def desk(self) -> DeskDoor:
        """The staff's side, as far as a customer meets it."""

    def stream(
        self,
        user_id: str,
        text: str,
        conversation_id: str | None = None,
        adventure: float | None = None,
        horizon: int | None = None,
        seen_too: bool | None = None,
    ) -> Iterator[Update]:
        """One turn as it happens, ending with ``Done``."""

    def redial(
        self,
        user_id: str,
        conversation_id: str,
        adventure: float | None = None,
        horizon: int | None = None,
        seen_too: bool | None = None,
    ) -> Turn:
        """The last cards ranked again by the dials, as a turn without words."""

    def rewind(self, user_id: str, conversation_id: str, turn: int) -> Turn:
        """Take the last message back; the turn that is gone."""

    def examples(self) -> Sequence[str]:
        """First messages that make sense in this catalogue; none for films."""

    def periods_ahead(self, count: int) -> PeriodsAhead:
        """The periods to come."""

    def explain(self, request: RecommendRequest, item_id: str) -> Explanation:
        """The score of one item under a request, and where it stands."""

    def counterfactual(self, request: RecommendRequest, item_id: str) -> Counterfactual:
        """The events without which an item would not be on the list."""

    def what_if(
        self,
        request: RecommendRequest,
        drop: Sequence[str] = (),
        add: Sequence[Event] = (),
        then: RecommendRequest | None = None,
    ) -> WhatIf:
        """A slate, and what it would be with other events or under another request."""

    def loved(self, user_id: str, k: int = 6) -> Sequence[Loved]:
        """What the person liked best of what they know."""

    def rename_conversation(self, user_id: str, conversation_id: str, title: str) -> Conversation:
        """Give a conversation a title."""

    def forget_conversation(self, user_id: str, conversation_id: str, events_too: bool = False) -> None:
        """Delete a conversation."""

    def search_conversations(self, user_id: str, words: str) -> Sequence[Found]:
        """Conversations with all the words in the title or in one turn."""

    def timeline(self, user_id: str, period: str | None = None, at: datetime | None = None) -> InterestTimeline:
        """Topic shares per period."""

    def forecast(self, user_id: str, horizon: int, period: str | None = None, at: datetime | None = None) -> Forecast:
        """Topic shares of the next periods, with 80 % intervals."""

    def forecast_in_words(self, forecast: Forecast) -> Sequence[str]:
        """What a forecast says beyond shares, as sentences to the person."""

    def events(self, user_id: str, include_retracted: bool = False) -> Sequence[Event]:
        """The person's events, newest first."""

    def feedback(
        self,
        user_id: str,
        item_id: str,
        verdict: Verdict,
        conversation_id: str | None = None,
        turn: int | None = None,
    ) -> Event:
        """Record a verdict on a recommended item."""

    def retract_event(self, user_id: str, event_id: str) -> Event:
        """Take an event out of the timeline."""

    def edit_event(self, user_id: str, event_id: str, **changes: Any) -> Event:
        """Replace an event by a changed one."""

    def restore_event(self, user_id: str, event_id: str) -> Event:
        """Put an event that was taken back into the timeline again."""

    def steer(self, user_id: str, kind: EventKind, item_id: str | None = None, topic: str | None = None) -> Event:
        """Pin or mute an item or a topic."""

    def export_timeline(self, user_id: str, form: Literal["json", "csv"] = "json") -> str:
        """The timeline as a file to keep, and to bring back."""

    def read_history(
        self, user_id: str, name: str, data: bytes, mapping: HistoryColumns | None = None
    ) -> HistoryPreview:
        """What a file with a history would bring; nothing is written."""

    def import_history(self, user_id: str, preview: HistoryPreview, fixes: Fixes | None = None) -> HistoryOutcome:
        """Write what a preview shows."""

    def undo_import(self, user_id: str, import_id: str) -> int:
        """Take back everything that an import brought."""

    def histories(self, user_id: str) -> Sequence[BroughtHistory]:
        """The histories that stand in the timeline."""

    def resolve_title(self, text: str) -> Resolution:
        """The item that a title refers to."""

    def items(self, ids: Iterable[str]) -> Mapping[str, Item]:
        """Catalogue items by id."""

    def conversations(self, user_id: str) -> Sequence[Conversation]:
        """The person's conversations, newest first."""

    def turns(self, conversation_id: str) -> Sequence[Turn]:
        """A conversation's turns, oldest first."""

    def people(self, limit: int = 50) -> Sequence[Person]:
        """Known people of the workspace."""

    def forget_user(self, user_id: str) -> Mapping[str, int]:
        """Erase everything kept about a person."""

    def model_status(self) -> ModelStatus:
        """State of the language model."""

    def now(self) -> datetime:
        """The service's clock."""
