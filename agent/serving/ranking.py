"""What is recommended and why, and what the catalogue has."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from agent import browsing
from agent.incoming import known_item
from agent.loved import loved
from agent.state import Loved
from core.explanations import Carriers, Contrast, Counterfactual, Explanation, WhatIf
from core.mentions import Resolution
from core.results import RecommendRequest, SearchHit, SearchResult, Slate
from core.types import Constraints, Event, Item
from tools.deps import Deps


class Ranking:
    """Lists, their explanations, and items."""

    deps: Deps

    def recommend(self, request: RecommendRequest) -> Slate:
        """A ranked slate; a person without events is a newcomer, not an error."""
        return self.deps.scorer.recommend(request)

    def recommend_many(
        self, user_ids: Sequence[str], k: int, at: datetime, seen_too: bool = False
    ) -> dict[str, list[tuple[str, float]]]:
        """(item_id, score) lists for many people at once; known items are left out unless ``seen_too``."""
        return self.deps.scorer.recommend_many(user_ids, k, at, seen_too)

    def explain(self, request: RecommendRequest, item_id: str) -> Explanation:
        """The score of one item under a request, its reasons, and where it is not among the first k, why not.

        Raises:
            NotFoundError: there is no such item.
        """
        known_item(self.deps, item_id)
        return self.deps.scorer.explain(request, item_id)

    def contrast(self, request: RecommendRequest, item_id: str, other_id: str) -> Contrast:
        """Why one of two items scores higher than the other under a request. Raises as `explain` does."""
        known_item(self.deps, item_id)
        known_item(self.deps, other_id)
        return self.deps.scorer.contrast(request, item_id, other_id)

    def counterfactual(self, request: RecommendRequest, item_id: str) -> Counterfactual:
        """The person's own events without which an item would not be among the first k. Raises as `explain` does."""
        known_item(self.deps, item_id)
        return self.deps.scorer.counterfactual(request, item_id)

    def what_if(
        self,
        request: RecommendRequest,
        drop: Sequence[str] = (),
        add: Sequence[Event] = (),
        then: RecommendRequest | None = None,
    ) -> WhatIf:
        """A slate, and what it would be without some events, with others, or under another request; stores nothing.

        Raises:
            NotFoundError: the person has no such event, or an added event is about no such item.
            InputError: an added event is another person's or lies in the future, or ``then`` is for another person.
        """
        return self.deps.scorer.what_if(request, drop, add, then)

    def carriers(self, request: RecommendRequest, limit: int = 40) -> Carriers:
        """Which of the person's own events carry the slate of a request, the heaviest first."""
        return self.deps.scorer.carriers(request, limit)

    def loved(self, user_id: str, k: int = 6) -> list[Loved]:
        """What the person liked best of what they know, each with the event that says so."""
        return loved(self.deps, user_id, k)

    def items(self, ids: Iterable[str]) -> dict[str, Item]:
        """The items that exist among the ids."""
        return self.deps.catalog.get_many(ids)

    def search(self, query: str, constraints: Constraints, k: int) -> SearchResult:
        """The k items that fit the words best among those within the limits; without words, the best known ones."""
        return self.deps.retriever.search(query, constraints, k)

    def similar(self, item_id: str, k: int, constraints: Constraints) -> list[SearchHit]:
        """The k items most like one, nearest first.

        Raises:
            NotFoundError: there is no such item.
        """
        return browsing.similar(self.deps, item_id, k, constraints)

    def resolve_title(self, text: str) -> Resolution:
        """The item that a title, possibly misspelt, refers to."""
        return self.deps.retriever.resolve_title(text)
