"""What limits a timeline or a forecast, in plain words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, timedelta

from core.evidence import event_weight
from core.periods import period_start
from core.timeline import Grid, PeriodCounts
from core.types import Event, EventKind

_NOUNS = {
    EventKind.RATING: "rating",
    EventKind.PURCHASE: "purchase",
    EventKind.VIEW: "view",
    EventKind.CLICK: "click",
}
_PERIOD_NOUNS = {"2weeks": "two-week period"}
SITTING = timedelta(days=1)


def period_noun(period: str) -> str:
    """The period as a noun: "month", "two-week period"."""
    return _PERIOD_NOUNS.get(period, period)


def timeline_note(events: Sequence[Event], grid: Grid, period: str) -> str:
    """Why there is no movement to show, and which inactive runs are drawn as one row; empty if neither.

    Args:
        events: the standing events of the person, in time order.
        grid: the rows shown.
        period: their period.
    """
    telling = [event for event in events if event_weight(event.kind, event.value)]
    if not telling:
        return "Nothing is known about this person's interests yet."
    if not len(grid.index):
        return "Nothing known about this person speaks for any topic yet."
    sentences = [_stillness(telling, int((grid.totals > 0).sum()), period)]
    for first, last in grid.breaks:
        sentences.append(
            f"Nothing happened from {_name(period_start(first, period), period)} to "
            f"{_name(period_start(last, period), period)}; this gap is shown as one row."
        )
    return " ".join(sentence for sentence in sentences if sentence)


def forecast_note(events: Sequence[Event], counts: PeriodCounts, period: str, limits: str) -> str:
    """What a forecast rests on where that is little; ``limits`` is what limits the trained model itself."""
    active = int((counts.totals > 0).sum())
    telling = [event for event in events if event_weight(event.kind, event.value)]
    if not active:
        own = "No interests are known yet, so these are the shares of people in general."
    else:
        own = _stillness(telling, active, period)
        if own:
            own += " The forecast claims no trend." if active < 2 else ""
    return " ".join(sentence for sentence in (own, limits) if sentence)


def _stillness(telling: Sequence[Event], active: int, period: str) -> str:
    """That what was imported was one sitting, or that everything lies in one period."""
    brought = [event for event in telling if event.source != "dialogue"]
    if len(brought) > 1 and brought[-1].at - brought[0].at < SITTING:
        return (
            f"All {len(brought):,} {_noun(brought)} were made {_within(brought[0].at, brought[-1].at)}, "
            "so they show what is liked but not how it moved."
        )
    if active < 2:
        start = _name(telling[0].at, period)
        return (
            f"Everything so far lies within one {period_noun(period)} ({start}), so there is no movement to show yet."
        )
    return ""


def _noun(events: Sequence[Event]) -> str:
    kinds = Counter(event.kind for event in events)
    kind, _ = kinds.most_common(1)[0]
    return f"{_NOUNS[kind]}s" if len(kinds) == 1 and kind in _NOUNS else "events"


def _within(first: datetime, last: datetime) -> str:
    hours = -(-(last - first) // timedelta(hours=1)) or 1
    span = "one hour" if hours == 1 else f"{hours} hours"
    if first.date() == last.date():
        return f"within {span} on {_day(first)}"
    return f"within {span} on {_day(first)} and the day after"


def _day(moment: datetime) -> str:
    return f"{moment.day} {moment:%B %Y}"


def _name(moment: datetime, period: str) -> str:
    if period == "year":
        return f"{moment:%Y}"
    return f"{moment:%B %Y}" if period in ("month", "quarter") else _day(moment)
