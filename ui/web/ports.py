"""What the page needs of the service: the part of ``agent.service.Service`` that a person's browser may reach."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, Literal, Protocol

from agent.state import ModelStatus, Person, Update
from core.forecasts import Forecast, InterestTimeline
from core.turns import Turn
from core.types import Conversation, Event, Item

Verdict = Literal["like", "dislike", "seen"]


class PageService(Protocol):
    """The façade as the page sees it; expected failures raise ``core.errors.DriftlineError``."""

    def stream(
        self, user_id: str, text: str, conversation_id: str | None = None, adventure: float | None = None
    ) -> Iterator[Update]:
        """One turn as it happens, ending with ``Done``."""

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
