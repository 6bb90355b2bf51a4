"""What tools found, typed: everything that a reply may state."""

from __future__ import annotations

from typing import Any

from core.explanations import Contrast, Counterfactual, WhyNot
from core.forecasts import Forecast, InterestTimeline
from core.mentions import Resolution
from core.results import Recommendation, Relaxation, Slate
from core.types import Event, EventKind, Frozen, Instant, Item


class Explained(Frozen):
    """The score of one item and its rank under a request (None: the limits exclude it).

    ``why_not``: for an item that was not among the cards, what keeps it from them.
    """

    item: Recommendation
    rank: int | None = None
    why_not: WhyNot | None = None


class Rising(Frozen):
    """An item whose recent activity exceeds what was expected, ``ratio`` times."""

    item_id: str
    title: str
    ratio: float


class Carrier(Frozen):
    """An event of the person's past that stands behind what is said of their interests.

    Attributes:
        title: the item's, if it is about one.
        topics: of the item, or the one that the event is about ("genre:Horror").
        quote: the person's own words, if it was said.
    """

    event_id: str
    at: Instant
    kind: EventKind
    value: float
    title: str | None = None
    topics: tuple[str, ...] = ()
    quote: str = ""


class Evidence(Frozen):
    """Everything that a reply may state. Tools fill in what they found; the evidence of a turn is their sum.

    Attributes:
        items: catalogue entries looked up or found, whole, best first.
        relaxations: limits that left nothing, with what there would be without each.
        resolutions: titles that could not be settled (ambiguous or unknown).
        events: timeline events that this turn recorded.
        retracted: timeline events that this turn took back.
        carriers: events of the past that carried a drift, or that speak for a topic asked about.
        notes: short true sentences in plain words that a tool wants said.
    """

    slates: tuple[Slate, ...] = ()
    items: tuple[Item, ...] = ()
    explained: tuple[Explained, ...] = ()
    contrasts: tuple[Contrast, ...] = ()
    counterfactuals: tuple[Counterfactual, ...] = ()
    relaxations: tuple[Relaxation, ...] = ()
    resolutions: tuple[Resolution, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    timelines: tuple[InterestTimeline, ...] = ()
    rising: tuple[Rising, ...] = ()
    carriers: tuple[Carrier, ...] = ()
    events: tuple[Event, ...] = ()
    retracted: tuple[Event, ...] = ()
    notes: tuple[str, ...] = ()

    def __add__(self, other: Evidence) -> Evidence:
        """Both, in order; the same catalogue entry is kept once."""
        known = {item.id for item in self.items}
        joined: dict[str, Any] = {
            name: (*getattr(self, name), *getattr(other, name)) for name in type(self).model_fields if name != "items"
        }
        return Evidence(items=(*self.items, *(item for item in other.items if item.id not in known)), **joined)
