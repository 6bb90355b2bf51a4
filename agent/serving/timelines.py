"""Interest timelines: events, forecasts, and histories that people bring."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

from agent import writing
from agent.editing import add_events, edit_event
from agent.feedback import Verdict, record_verdict
from agent.histories import export_timeline, import_history, read_history, undo_import
from agent.history_log import brought_histories
from agent.incoming import check_user
from agent.steering import restore, steer
from core.forecasts import Forecast, InterestTimeline, TopicOverview
from core.histories import BroughtHistory, Fixes, HistoryColumns, HistoryOutcome, HistoryPreview
from core.types import Event, EventKind
from store.events import Appended
from tools.deps import Deps, ForecastTable
from tools.forecasting.tool import carriers_of


class Timelines:
    """Events of people and where their interests head."""

    deps: Deps

    def events(self, user_id: str, include_retracted: bool = False) -> list[Event]:
        """A person's events, the newest first."""
        return self.deps.events.of_user(user_id, include_retracted=include_retracted)[::-1]

    def add_events(self, events: Iterable[Event]) -> Appended:
        """Append events from outside, their text redacted; a repeated delivery changes nothing."""
        return add_events(self.deps, events)

    def edit_event(self, user_id: str, event_id: str, **changes: Any) -> Event:
        """Replace an event by a changed copy (``value``, ``kind``, ``item_id``, ``topic``, ``text``).

        Raises:
            NotFoundError: the person has no such event, or the new item does not exist.
            InputError: a field cannot be changed or its value is out of range.
        """
        return edit_event(self.deps, user_id, event_id, changes)

    def retract_event(self, user_id: str, event_id: str) -> Event:
        """Take an event back; it stays in the log, marked.

        Raises:
            NotFoundError: the person has no such event.
        """
        return self.deps.events.retract(user_id, event_id, self.deps.now())

    def restore_event(self, user_id: str, event_id: str) -> Event:
        """Put an event that was taken back into the timeline again.

        Raises:
            NotFoundError: the person has no such event.
        """
        return restore(self.deps, user_id, event_id)

    def steer(self, user_id: str, kind: EventKind, item_id: str | None = None, topic: str | None = None) -> Event:
        """Pin an item or a topic, so that it never fades, or mute it, so that it has no say; one ends the other.

        Raises:
            InputError: the kind is neither pin nor mute, or not exactly one thing is named.
            NotFoundError: there is no such item.
        """
        return steer(self.deps, user_id, kind, item_id, topic)

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

    def forecast(self, user_id: str, horizon: int, period: str | None = None, at: datetime | None = None) -> Forecast:
        """Where a person's interests are heading, from events before ``at``."""
        check_user(user_id)
        return self.deps.forecaster.forecast(user_id, at or self.deps.now(), horizon, period)

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
        return self.deps.forecaster.timeline(user_id, at or self.deps.now(), period)

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
        return self.deps.forecaster.overview(at or self.deps.now(), period, within, user_id)

    def read_history(
        self, user_id: str, name: str, data: bytes, mapping: HistoryColumns | None = None
    ) -> HistoryPreview:
        """What a file with a person's history would bring (`docs/history.md`); nothing is written.

        Raises:
            InputError: the file cannot be read, or is no history that is known.
        """
        return read_history(self.deps, user_id, name, data, mapping)

    def import_history(self, user_id: str, preview: HistoryPreview, fixes: Fixes | None = None) -> HistoryOutcome:
        """Write what a preview shows into the timeline; what is there already stays as it is.

        Args:
            fixes: which item a title is, by its number in the preview; None leaves the title out.

        Raises:
            InputError: the file was read for somebody else, or a fix names no title of it.
            NotFoundError: a fix names an item that does not exist.
        """
        return import_history(self.deps, user_id, preview, fixes or {})

    def undo_import(self, user_id: str, import_id: str) -> int:
        """Take back everything that an import brought; how many events that were.

        Raises:
            NotFoundError: nothing of such an import stands in the timeline.
        """
        return undo_import(self.deps, user_id, import_id)

    def histories(self, user_id: str) -> list[BroughtHistory]:
        """The histories that a person brought and that still stand in the timeline, the latest first."""
        return brought_histories(self.deps.events.of_user(user_id, include_retracted=True))

    def export_timeline(self, user_id: str, form: Literal["json", "csv"] = "json") -> str:
        """A person's standing events as a file to keep, and to bring back with `read_history`."""
        check_user(user_id)
        return export_timeline(self.deps, user_id, form)
