"""The smallest set of a person's own events without which an item would not be on their list.

Found greedily by what each event brings, then made smaller; every step ranks anew through all of the scorer, with the
forecast made from the reduced history (counterfactual explanations in the sense of Wachter et al. 2018, over actions as
in PRINCE, Ghazimatin et al. 2020). The trained models stay as they are, and so does what everybody else did.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations

from core.explanations import Counterfactual
from core.results import Ground, RecommendRequest
from core.types import Event, EventKind
from store.columns import ItemColumns
from tools.scoring.explanation.listing import Listing, Rerank
from tools.scoring.explanation.reasons import ground_of
from tools.scoring.explanation.words import joined, spoken

TRIED = 24
"""Things of a history whose part is measured by ranking without each."""

PAIRED = 6
"""Of these, how many are tried in twos, where more than two would be needed one after the other."""

LIMIT = 20
"""The most things that are taken away together."""

_NOUN = {
    EventKind.RATING: "your rating of",
    EventKind.PURCHASE: "your purchase of",
    EventKind.LIKE: "your liking of",
    EventKind.DISLIKE: "your dislike of",
    EventKind.SEEN: "your having seen",
    EventKind.REQUEST: "your request for",
    EventKind.MENTION: "your mention of",
    EventKind.MUTE: "your muting of",
    EventKind.PIN: "your pin on",
}


@dataclass(frozen=True)
class Deed:
    """All that a person did with one thing: its events, or its naming in the conversation alone."""

    about: str
    events: tuple[Event, ...]


def deeds_of(history: Iterable[Event], named: Iterable[str]) -> list[Deed]:
    """A history by what it is about, in order of the latest event of each; then what is named in the request alone."""
    found: dict[str, list[Event]] = {}
    for event in history:
        about = event.item_id or event.topic or ""
        found[about] = [*found.pop(about, []), event]
    deeds = [Deed(about, tuple(events)) for about, events in found.items() if about]
    return deeds + [Deed(item, ()) for item in dict.fromkeys(named) if item not in found]


class Search:
    """The search for one item; counts the rankings that it takes."""

    def __init__(self, rerank: Rerank, request: RecommendRequest, history: Sequence[Event], position: int) -> None:
        self._rerank = rerank
        self._request = request
        self._history = history
        self._position = position
        self._off: dict[frozenset[str], bool] = {}
        self.rankings = 0

    def without(self, events: Collection[str], things: Collection[str], kept_out: bool) -> Listing:
        """The ranking without some events and things named; ``kept_out``: and with nothing of these on the list."""
        request = self._request
        update: dict[str, object] = {
            "liked": tuple(item for item in request.liked if item not in things),
            "disliked": tuple(item for item in request.disliked if item not in things),
        }
        if kept_out:
            limits = request.constraints
            update["constraints"] = limits.model_copy(update={"exclude_items": limits.exclude_items | set(things)})
        self.rankings += 1
        left = [event for event in self._history if event.id not in events]
        return self._rerank(request.model_copy(update=update), left)

    def margin(self, deed: Deed) -> float:
        """How far the item stays ahead without one thing."""
        return self.without({event.id for event in deed.events}, {deed.about}, kept_out=True).margin(self._position)

    def off(self, deeds: Iterable[Deed], spared: Collection[str] = ()) -> bool:
        """Whether the item is off the list without these; ``spared`` are ids of events of theirs that stay.

        It must be off whether or not the things taken away come back as candidates: it should not lose its place only
        because they take it.
        """
        things = {deed.about for deed in deeds}
        events = {event.id for deed in deeds for event in deed.events} - set(spared)
        key = frozenset(things | events)
        if key not in self._off:
            self._off[key] = not any(
                self.without(events, things, kept_out).shown(self._position) for kept_out in (True, False)
            )
        return self._off[key]


def counterfactual(
    rerank: Rerank,
    request: RecommendRequest,
    history: Sequence[Event],
    item: tuple[str, str, int],
    columns: ItemColumns,
    likely: Sequence[str] = (),
    limit: int = LIMIT,
    now: Listing | None = None,
) -> Counterfactual:
    """The events without which an item would not be among the first k.

    Args:
        item: its id, title and position.
        likely: ids of items, and topics, of the history by how much they are likely to bring to it; without them the
            latest are tried first.
        limit: the most things that are taken away together.
        now: the list as it is, where it was computed already.
    """
    item_id, title, position = item
    now = now or rerank(request, history)
    rank = now.rank(position)
    search = Search(rerank, request, history, position)
    search.rankings = 1

    def answer(
        status: str, chosen: Sequence[Deed] = (), spared: Collection[str] = (), text: str = ""
    ) -> Counterfactual:
        grounds = _grounds(chosen, spared, request, columns)
        after = None
        if status == "found":
            removed = {event.id for deed in chosen for event in deed.events} - set(spared)
            after = search.without(removed, {deed.about for deed in chosen}, kept_out=False).rank(position)
            text = f"Without {spoken_grounds(grounds)}, {title} would not be among the first {request.k}."
        return Counterfactual.model_validate(
            {
                "item_id": item_id,
                "title": title,
                "k": request.k,
                "rank": rank,
                "status": status,
                "events": grounds,
                "rank_without": after,
                "limit": limit,
                "rankings": search.rankings,
                "text": text,
            }
        )

    if not now.shown(position):
        return answer("absent", text=f"{title} is not among the first {request.k}.")
    deeds = deeds_of(history, (*request.liked, *request.disliked))
    if not deeds or not search.off(deeds):
        return answer("anyway", text=f"{title} would be among the first {request.k} without anything of yours, too.")
    place = {about: number for number, about in enumerate(likely)}
    deeds = sorted(deeds, key=lambda deed: place.get(deed.about, len(place)))
    tried, rest = deeds[:TRIED], deeds[TRIED:]
    margins = {deed.about: search.margin(deed) for deed in tried}
    tried.sort(key=lambda deed: margins[deed.about])
    ordered = (tried + rest)[:limit]
    chosen = _smaller(search, tried) or _greedy(search, ordered)
    if not chosen:
        count = len(ordered)
        return answer(
            "many",
            text=f"The {count} strongest things of your history together do not explain why {title} is here.",
        )
    return answer("found", chosen, _spared(search, chosen))


def _smaller(search: Search, tried: Sequence[Deed]) -> list[Deed]:
    """One thing, or else two of the strongest, that suffice."""
    for deed in tried:
        if search.off([deed]):
            return [deed]
    return next((list(pair) for pair in combinations(tried[:PAIRED], 2) if search.off(pair)), [])


def _greedy(search: Search, ordered: Sequence[Deed]) -> list[Deed]:
    """The strongest things, as many as are needed, less each one that turns out not to be."""
    if not search.off(ordered):
        return []
    low, high = 0, len(ordered)
    while high - low > 1:
        middle = (low + high) // 2
        low, high = (low, middle) if search.off(ordered[:middle]) else (middle, high)
    chosen = list(ordered[:high])
    for deed in reversed(ordered[:high]):
        fewer = [other for other in chosen if other is not deed]
        if fewer and search.off(fewer):
            chosen = fewer
    return chosen


def _spared(search: Search, chosen: Sequence[Deed]) -> set[str]:
    """Events of what was chosen that may stay."""
    spared: set[str] = set()
    for deed in chosen:
        for event in deed.events[:-1] if len(deed.events) > 1 else ():
            if search.off(chosen, {*spared, event.id}):
                spared.add(event.id)
    return spared


def _grounds(
    chosen: Sequence[Deed], spared: Collection[str], request: RecommendRequest, columns: ItemColumns
) -> tuple[Ground, ...]:
    found = []
    for deed in chosen:
        found += [ground_of(event, columns) for event in deed.events if event.id not in spared]
        if not deed.events:
            kind = EventKind.DISLIKE if deed.about in request.disliked else EventKind.LIKE
            name = columns.titles[columns.position[deed.about]] if deed.about in columns.position else deed.about
            found.append(Ground(at=request.at, kind=kind, item_id=deed.about, name=name))
    return tuple(found)


def spoken_grounds(grounds: Sequence[Ground]) -> str:
    """ "your rating of Alien (3 March 2013) and your purchase of Milk (12 times, last on 8 May 2013)"."""
    alike: dict[tuple[EventKind, str | None, str], list[Ground]] = {}
    for ground in grounds:
        alike.setdefault((ground.kind, ground.item_id, ground.name), []).append(ground)
    return joined([named(max(same, key=lambda ground: ground.at), len(same)) for same in alike.values()])


def named(ground: Ground, times: int = 1) -> str:
    """An event as a noun phrase with its date; without one for what was said just now.

    Args:
        times: how many like it there are; it is the latest.
    """
    when = spoken(ground.at) if times == 1 else f"{times} times, last on {spoken(ground.at)}"
    told = f" ({when})" if ground.event_id is not None else ""
    return f"{_NOUN.get(ground.kind, 'your look at')} {ground.name}{told}"
