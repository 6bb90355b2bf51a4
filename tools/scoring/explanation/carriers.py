"""Which events of a person's own carry a list: each is left out by itself, and the whole is ranked again."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from core.explanations import Carrier, Carriers
from core.results import Recommendation, Slate
from core.types import Event
from store.columns import ItemColumns
from tools.scoring.explanation.counterfactual import named
from tools.scoring.explanation.listing import Listing
from tools.scoring.explanation.reasons import ground_of
from tools.scoring.explanation.shifts import shifts, told
from tools.scoring.explanation.words import joined

NAMED = 3
"""Events named in the sentence on all of them together."""


class Without(Protocol):
    """Ranks through all of the scorer without one event."""

    def __call__(self, event: Event, include: Sequence[int] = ()) -> Listing:
        """The list; items at the positions of ``include`` are ranked even if nothing would have brought them."""


def likeliest(items: Sequence[Recommendation], history: Sequence[Event], limit: int) -> list[Event]:
    """The events to try: those that reasons rest on, by the parts of the scores, and then the latest others.

    A part that rests on several events counts for each of them by as much as the others.
    """
    by_id = {event.id: event for event in history}
    weight: dict[str, float] = {}
    for item in items:
        for reason in item.reasons:
            ids = {ground.event_id for ground in reason.grounds if ground.event_id in by_id}
            for event_id in ids:
                weight[str(event_id)] = weight.get(str(event_id), 0.0) + abs(reason.contribution) / len(ids)
    first = sorted(weight, key=lambda event_id: -weight[event_id])
    rest = [event.id for event in reversed(history) if event.id not in weight]
    return [by_id[event_id] for event_id in (*first, *rest)[:limit]]


def carriers(
    slate: Slate,
    now: Listing,
    tried: Sequence[Event],
    without: Without,
    columns: ItemColumns,
) -> Carriers:
    """What leaving out each of some events does to a list, the heaviest first; those that change nothing left out."""
    k = now.request.k
    positions = [columns.position[item.id] for item in slate.items]
    found = []
    for event in tried:
        then = without(event)
        everything = then if all(then.has(position) for position in positions) else without(event, positions)
        pairs = [(now.merit(position), everything.merit(position)) for position in positions]
        weight = sum(abs(old - new) for old, new in pairs if old is not None and new is not None)
        if weight <= 0:
            continue
        moved = shifts(now, then, columns)
        ground = ground_of(event, columns)
        moves = told(moved, k, k, {event.item_id} if event.item_id else ())
        text = f"Without {named(ground)}, {moves}." if moves else ""
        found.append(Carrier(event=ground, shifts=moved, weight=weight, text=text))
    found.sort(key=lambda carrier: -carrier.weight)
    return Carriers(slate=slate, carriers=tuple(found), tried=len(tried), text=_together(found, len(tried)))


def _together(found: Sequence[Carrier], tried: int) -> tuple[str, ...]:
    if not tried:
        return ("There are no events of yours that this list could rest on.",)
    if not found:
        return (f"None of the {tried} events tried changes this list." if tried > 1 else "Your event changes nothing.",)
    heaviest = joined([named(carrier.event) for carrier in found[:NAMED]])
    moving = sum(1 for carrier in found if carrier.shifts)
    return (
        f"This list rests most on {heaviest}.",
        f"Of {tried} events tried one by one, {moving} would change the order of the list.",
    )
