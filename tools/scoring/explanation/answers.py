"""The questions about one list: why this, why this and not that, what would change it, why not that."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from core.explanations import Carriers, Contrast, Counterfactual, Explanation, WhatIf, WhyNot
from core.results import RecommendRequest
from core.types import Event, Item
from tools.scoring.explanation.attribution import likely
from tools.scoring.explanation.carriers import carriers, likeliest
from tools.scoring.explanation.contrast import contrast
from tools.scoring.explanation.counterfactual import LIMIT, counterfactual
from tools.scoring.explanation.groups import grouped
from tools.scoring.explanation.listing import Listing, Rerank
from tools.scoring.explanation.shifts import shifts, told
from tools.scoring.explanation.whatif import Revision, opening
from tools.scoring.explanation.whynot import Missing, broken_limits, why_not
from tools.scoring.model import Model
from tools.scoring.world import World


class Answers:
    """What can be asked about the list of one request; nothing is kept of it."""

    def __init__(
        self, world: World, model: Model, rerank: Rerank, request: RecommendRequest, history: Sequence[Event]
    ) -> None:
        self._world = world
        self._model = model
        self._rerank = rerank
        self._request = request
        self._history = history

    def explain(self, item: Item) -> Explanation:
        """The score of an item, its reasons, and where it is not among the first k, why not."""
        position = self._position(item)
        listing = self._rerank(self._request, self._history)
        proposed = listing.has(position)
        if not proposed:
            listing = self._rerank(self._request, self._history, (position,))
        (described,) = listing.describe([position])
        barred = bool(broken_limits(listing.limits, item))
        return Explanation(
            item=described,
            rank=None if barred else listing.rank(position),
            intercept=listing.intercept,
            groups=grouped(described.reasons),
            why_not=self._why_not(item, position, listing, barred, proposed),
        )

    def contrast(self, item: Item, other: Item) -> Contrast:
        """Why one of two items scores higher than the other."""
        first, second = self._position(item), self._position(other)
        return self._contrast(self._rerank(self._request, self._history, (first, second)), first, second, (item, other))

    def counterfactual(self, item: Item, limit: int = LIMIT) -> Counterfactual:
        """The events of the person's own without which the item would not be among the first k."""
        position = self._position(item)
        listing = self._rerank(self._request, self._history)
        order = likely(self._world, self._model, listing.profile, position)
        what = (item.id, item.title, position)
        return counterfactual(
            self._rerank, self._request, self._history, what, self._world.columns, order, limit, listing
        )

    def what_if(self, later: RecommendRequest, change: Revision, history: Sequence[Event]) -> WhatIf:
        """The list, and what it would be with another history, under another request, or both.

        Args:
            later: the other request. history: up to its moment, without the change.
        """
        before = self._rerank(self._request, self._history)
        after = self._rerank(later, change.of(history, later.at))
        columns = self._world.columns
        moved = shifts(before, after, columns)
        own = {event.item_id for event in change.dropped if event.item_id is not None}
        moves = told(moved, self._request.k, later.k, own) or "the list would be the same"
        text = f"{opening(change, self._request, later, columns)}, {moves}."
        return WhatIf(before=before.present(), after=after.present(), shifts=moved, text=(text,))

    def carriers(self, limit: int) -> Carriers:
        """The events that carry the list: each of up to ``limit`` is left out by itself."""
        now = self._rerank(self._request, self._history)
        slate = now.present()
        tried = likeliest(slate.items, self._history, limit)

        def without(event: Event, include: Sequence[int] = ()) -> Listing:
            return self._rerank(self._request, [other for other in self._history if other is not event], include)

        return carriers(slate, now, tried, without, self._world.columns)

    def _why_not(self, item: Item, position: int, listing: Listing, barred: bool, proposed: bool) -> WhyNot | None:
        if proposed and not barred and listing.shown(position):
            return None

        def against() -> Contrast | None:
            last = listing.last(position)
            return None if last is None else self._contrast(listing, last, position)

        missing = Missing(item, position, self._topics(position), listing, self._history, proposed)
        return why_not(missing, self._world.columns, self._rerank, against)

    def _contrast(self, listing: Listing, first: int, second: int, items: tuple[Item, Item] | None = None) -> Contrast:
        described = listing.describe([first, second])
        barred = [bool(items and broken_limits(listing.limits, item)) for item in items or ()] or [False, False]
        ranks = [None if out else listing.rank(place) for out, place in zip(barred, (first, second), strict=True)]
        return contrast(described[0], described[1], ranks[0], ranks[1])

    def _position(self, item: Item) -> int:
        return self._world.columns.position[item.id]

    def _topics(self, position: int) -> list[str]:
        """Topics of an item that can be asked for, those that fewer other items have first."""
        world = self._world
        codes = world.topics.indices[world.topics.indptr[position] : world.topics.indptr[position + 1]]
        sizes = np.bincount(world.topics.indices, minlength=len(world.topic_names))
        names = [world.topic_names[code] for code in sorted(codes, key=lambda code: sizes[code])]
        return [name for name in names if name.partition(":")[0] in world.columns.facets]
