"""Why an item is not among the first k, and the smallest change of the request that brings it in."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from core.explanations import Change, Contrast, WhyNot
from core.results import Ground, RecommendRequest
from core.types import Constraints, Event, Item
from store.columns import ItemColumns
from tools.scoring.explanation.counterfactual import named
from tools.scoring.explanation.listing import Listing, Rerank
from tools.scoring.explanation.reasons import ground_of
from tools.scoring.explanation.words import joined
from tools.scoring.profile import KNOWN_KINDS

LITTLE = 5
"""A list this much longer is a smaller change than asking for something else."""

TOPICS = 5
"""Topics of the item that are tried as a wish."""


@dataclass(frozen=True)
class Missing:
    """An item, and what it is missed from.

    Attributes:
        position: of the item. topics: names of its topics, the likeliest to help first.
        listing: the list as it is; where the item is not ``proposed`` by any source, or may not be, ranked with it.
    """

    item: Item
    position: int
    topics: Sequence[str]
    listing: Listing
    history: Sequence[Event]
    proposed: bool


def why_not(missing: Missing, columns: ItemColumns, rerank: Rerank, against: Callable[[], Contrast | None]) -> WhyNot:
    """What keeps an item from the first k.

    Args:
        against: computes the contrast of the last item shown with this one.
    """
    listing, title = missing.listing, missing.item.title
    request = listing.request
    broken = broken_limits(listing.limits, missing.item)
    if broken:
        words = tuple(name for name, _ in broken)
        text = [f"{title} is left out: {joined([_rule(name, listing) for name in words])}."]
        change, note = _change(missing, rerank, _lifted(request, broken, missing))
        return WhyNot(status="limits", limits=words, change=change, text=(*text, *_texts(change, note)))
    if missing.position in listing.profile.named:
        change, note = _change(missing, rerank, [_unnamed(request, missing.item.id)])
        text = [f"{title} is what you named yourself, so it is not suggested to you."]
        return WhyNot(status="named", change=change, text=(*text, *_texts(change, note)))
    if not request.seen_too and missing.position in listing.profile.known:
        grounds = _known_by(missing, columns)
        how = f": {joined([named(ground) for ground in grounds[:2]])}" if grounds else ""
        change, note = _change(missing, rerank, [_edit(request, "seen_too", (), {"seen_too": True})])
        text = [f"You know {title} already{how}."]
        return WhyNot(status="known", grounds=grounds, change=change, text=(*text, *_texts(change, note)))
    rank = listing.rank(missing.position)
    if rank is None:
        text = [f"Another entry with the title and year of {title} stands before it."]
        return WhyNot(status="same", text=tuple(text))
    contrast = against()
    text = [
        f"{title} stands at number {rank} of the whole list, and {request.k} are shown."
        if missing.proposed
        else f"Nothing in your history or this request brings up {title}."
    ]
    change, _ = _change(missing, rerank, _wider(request, missing, rank))
    sentences = contrast.text if contrast else ()
    return WhyNot(status="lower", contrast=contrast, change=change, text=(*text, *sentences, *_texts(change, "")))


def broken_limits(limits: Constraints, item: Item) -> list[tuple[str, Constraints]]:
    """The limits that an item does not obey: each in words, with that limit alone."""
    alone = [
        *(Constraints(require={facet: values}, available_only=False) for facet, values in limits.require.items()),
        *(
            Constraints(exclude={facet: (value,)}, available_only=False)
            for facet, values in limits.exclude.items()
            for value in values
        ),
        *(Constraints(ranges={name: limit}, available_only=False) for name, limit in limits.ranges.items()),
    ]
    found = [(limit.describe(), limit) for limit in alone if not limit.allow(item)]
    if item.id in limits.exclude_items:
        found.append((EXCLUDED, Constraints(exclude_items=frozenset({item.id}), available_only=False)))
    if limits.available_only and not item.available:
        found.append((UNAVAILABLE, Constraints()))
    return found


EXCLUDED, UNAVAILABLE = "excluded by name", "available only"


@dataclass(frozen=True)
class _Edit:
    kind: str
    values: tuple[str, ...]
    request: RecommendRequest


def _edit(request: RecommendRequest, kind: str, values: tuple[str, ...], update: dict[str, object]) -> _Edit:
    return _Edit(kind, values, request.model_copy(update=update))


def _unnamed(request: RecommendRequest, item_id: str) -> _Edit:
    fewer = {"liked": tuple(other for other in request.liked if other != item_id), "seen_too": True}
    return _edit(request, "named", (item_id,), fewer)


def _rule(name: str, listing: Listing) -> str:
    if name == EXCLUDED:
        return "it was shown or ruled out before in this request"
    if name == UNAVAILABLE:
        return "it is not available"
    topic = name.removeprefix("not ").replace(": ", ":", 1)
    own = {limit.casefold() for limit in listing.profile.muted}
    return f"you muted {topic.partition(':')[2]}" if topic.casefold() in own else f"it does not obey “{name}”"


def _lifted(request: RecommendRequest, broken: Sequence[tuple[str, Constraints]], missing: Missing) -> list[_Edit]:
    """The request without the limits that the item does not obey, unless one of them is no limit of the request."""
    limits, item = request.constraints, missing.item
    require = {facet: values for facet, values in limits.require.items() if not _fails(item, require={facet: values})}
    exclude = {
        facet: tuple(value for value in values if not _fails(item, exclude={facet: (value,)}))
        for facet, values in limits.exclude.items()
    }
    update = {
        "require": require,
        "exclude": {facet: values for facet, values in exclude.items() if values},
        "ranges": {name: limit for name, limit in limits.ranges.items() if not _fails(item, ranges={name: limit})},
        "exclude_items": limits.exclude_items - {item.id},
    }
    lifted = limits.model_copy(update=update)
    if not lifted.allow(item):
        return []
    return [_edit(request, "limit", tuple(name for name, _ in broken), {"constraints": lifted})]


def _fails(item: Item, **limit: object) -> bool:
    return not Constraints.model_validate({**limit, "available_only": False}).allow(item)


def _known_by(missing: Missing, columns: ItemColumns) -> tuple[Ground, ...]:
    events = [event for event in missing.history if event.item_id == missing.item.id and event.kind in KNOWN_KINDS]
    return tuple(ground_of(event, columns) for event in reversed(events))


def _wider(request: RecommendRequest, missing: Missing, rank: int) -> Iterator[_Edit]:
    """Changes that may bring an item in that only scores too low, the smallest first."""
    longer = _edit(request, "k", (str(rank),), {"k": rank}) if rank <= 1000 else None
    if longer and rank <= request.k + LITTLE:
        yield longer
    for topic in [name for name in missing.topics if name not in request.topics][:TOPICS]:
        yield _edit(request, "topic", (topic,), {"topics": (*request.topics, topic)})
    if request.topics:
        yield _edit(request, "topics", request.topics, {"topics": ()})
    if request.query:
        yield _edit(request, "query", (), {"query": ""})
    if longer:
        yield longer


def _change(missing: Missing, rerank: Rerank, edits: Sequence[_Edit] | Iterator[_Edit]) -> tuple[Change | None, str]:
    """The first change that puts the item among the first k; or else what rank it would have after the last one."""
    note = ""
    for edit in edits:
        found = rerank(edit.request, missing.history)
        rank = found.rank(missing.position)
        if rank is not None and rank <= edit.request.k:
            words = _change_words(edit, missing.item.title, rank)
            return Change.model_validate({"kind": edit.kind, "values": edit.values, "rank": rank, "text": words}), ""
        # A longer list may have another discovery, which then stands before the item: nothing worth telling.
        if rank is not None and edit.kind != "k":
            note = f"{_condition(edit)} it would stand at number {rank}."
    return None, note


def _change_words(edit: _Edit, title: str, rank: int) -> str:
    if edit.kind == "k":
        return f"A list of {edit.values[0]} would have it."
    return f"{_condition(edit)} {title} would be number {rank}."


def _condition(edit: _Edit) -> str:
    if edit.kind == "limit":
        if edit.values == (EXCLUDED,):
            return "If it were let in again,"
        return f"Without {joined([f'“{name}”' for name in edit.values if name != EXCLUDED])},"
    return {
        "seen_too": "With things that you know already,",
        "named": "Had you not named it,",
        "query": "Without the words you gave,",
        "topics": f"Without asking for {joined([topic.partition(':')[2] for topic in edit.values] or ['topics'])},",
        "topic": f"Asking for {joined([topic.partition(':')[2] for topic in edit.values] or ['it'])} too,",
    }[edit.kind]


def _texts(change: Change | None, note: str) -> tuple[str, ...]:
    return tuple(text for text in (change.text if change else "", note) if text)
