"""What limits a timeline or a forecast, in plain words."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
from numpy.typing import NDArray

from core.periods import period_start
from core.timeline import Grid
from core.types import EventKind
from store.columns import KINDS
from tools.forecasting.spread import People

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


def timeline_note(known: People, grid: Grid, period: str) -> str:
    """Why there is no movement to show, and which inactive runs are drawn as one row; empty if neither.

    Args:
        known: of the one person.
        grid: the rows shown.
        period: their period.
    """
    if not known.weight.any():
        return "No interests are known yet."
    if not len(grid.index):
        return "Nothing that is known so far speaks for any topic."
    sentences = [_stillness(known, int((grid.totals > 0).sum()), period)]
    for first, last in grid.breaks:
        sentences.append(
            f"Nothing happened from {_name(period_start(first, period), period)} to "
            f"{_name(period_start(last, period), period)}; this gap is shown as one row."
        )
    return " ".join(sentence for sentence in sentences if sentence)


def forecast_note(known: People, period: str, limits: str) -> str:
    """What a forecast rests on where that is little; ``limits`` is what limits the trained model itself."""
    active = int((known.counts.totals > 0).sum())
    if not active:
        own = "No interests are known yet, so these are the shares of people in general."
    else:
        own = _stillness(known, active, period)
        if own:
            own += " The forecast claims no trend." if active < 2 else ""
    return " ".join(sentence for sentence in (own, limits) if sentence)


def _stillness(known: People, active: int, period: str) -> str:
    """That what was imported was one sitting, or that everything lies in one period."""
    events, telling = known.events, known.weight != 0
    brought = np.flatnonzero(telling & ~events.said)
    if len(brought) > 1:
        first, last = (_moment(events.at[each]) for each in (brought[0], brought[-1]))
        if last - first < SITTING:
            return (
                f"All {len(brought):,} {_noun(events.kind[brought])} were made {_within(first, last)}, "
                "so they show what is liked but not how it moved."
            )
    if active < 2:
        start = _name(_moment(events.at[telling][0]), period)
        return (
            f"Everything so far lies within one {period_noun(period)} ({start}), so there is no movement to show yet."
        )
    return ""


def _moment(at: float) -> datetime:
    return datetime.fromtimestamp(at, UTC)


def _noun(kinds: NDArray[np.int8]) -> str:
    kind = KINDS[kinds[0]]
    return f"{_NOUNS[kind]}s" if (kinds == kinds[0]).all() and kind in _NOUNS else "events"


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
