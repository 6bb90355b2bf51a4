"""What a report needs of the service: the part of ``agent.service.Service`` that it reads, and what it read."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from core.explanations import Carriers
from core.forecasts import Forecast, InterestTimeline
from core.results import RecommendRequest, Slate
from core.types import Event, Item

TRIED = 40
"""Events that are left out one by one to find what carries the list."""

AHEAD = 3
"""Periods that are foretold at least."""


class ReportService(Protocol):
    """The façade as a report sees it; expected failures raise ``core.errors.DriftlineError``."""

    def now(self) -> datetime:
        """The present."""

    def carriers(self, request: RecommendRequest, limit: int = ...) -> Carriers:
        """The list of a request, and which events carry it."""

    def events(self, user_id: str) -> list[Event]:
        """A person's events, the newest first."""

    def items(self, ids: Iterable[str]) -> dict[str, Item]:
        """The items that exist among the ids."""

    def timeline(self, user_id: str, period: str | None = None, at: datetime | None = None) -> InterestTimeline:
        """Interest per period up to ``at``."""

    def forecast(self, user_id: str, horizon: int, period: str | None = None, at: datetime | None = None) -> Forecast:
        """Where interests are heading from ``at``."""


@dataclass(frozen=True)
class Facts:
    """All that a report tells.

    Attributes:
        events: of the person, up to the moment of the request, the newest first.
        items: those that the drifts' events are about.
        timeline, forecast: None where there is no history.
        made_at: when the report was written.
    """

    request: RecommendRequest
    found: Carriers
    made_at: datetime
    language: str
    events: Sequence[Event] = ()
    items: dict[str, Item] = field(default_factory=dict)
    timeline: InterestTimeline | None = None
    forecast: Forecast | None = None

    @property
    def slate(self) -> Slate:
        """The list."""
        return self.found.slate


def read(service: ReportService, request: RecommendRequest, language: str) -> Facts:
    """Ask the service for everything that a report tells. Raises what the service raises."""
    found = service.carriers(request, TRIED)
    user_id = request.user_id
    events = [event for event in service.events(user_id) if event.at <= request.at] if user_id is not None else []
    if user_id is None or not events:
        return Facts(request, found, service.now(), language)
    forecast = service.forecast(user_id, max(request.horizon, AHEAD), None, request.at)
    carrying = {event_id for drift in forecast.drift for event_id in drift.event_ids}
    return Facts(
        request=request,
        found=found,
        made_at=service.now(),
        language=language,
        events=events,
        items=service.items({event.item_id for event in events if event.id in carrying and event.item_id}),
        timeline=service.timeline(user_id, None, request.at),
        forecast=forecast,
    )
