"""How the tests' service ranks: simple rules over a few films, whose parts add up like the engine's."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from uuid import uuid4

from core.explanations import Counterfactual, Explanation, GroupPart, Shift, WhatIf
from core.results import Ground, Reason, Recommendation, RecommendRequest, Relaxation, Slate
from core.types import Event, EventKind, Item

INTERCEPT = 0.2
GROUPS = {"liked_similar": "history", "topic_fit": "interests", "popular_now": "trend", "length": "other"}


class Ranking:
    """Ranks a catalogue for a request, given the person's standing events, the newest first."""

    def __init__(self, catalog: Mapping[str, Item]) -> None:
        self.catalog = catalog

    def whole(self, request: RecommendRequest, events: Sequence[Event]) -> list[Recommendation]:
        """All that fits, best first."""
        after = re.search(r"after (\d{4})", request.query)
        known = {event.item_id for event in events}
        liked = [event for event in events if event.kind is EventKind.LIKE and event.value > 0]
        wanted = {genre for event in liked for genre in self._genres(event)} or {"Drama", "Thriller"}
        ranked = []
        for item in self.catalog.values():
            genres = set(item.facets["genre"])
            if item.id in known and not request.seen_too:
                continue
            if "Horror" in genres or (after and (item.year or 0) <= int(after[1])) or "nothing" in request.query:
                continue
            ranked.append(self._scored(item, genres, wanted, request, liked))
        return sorted(ranked, key=lambda film: (-film.score, film.id))

    def _genres(self, event: Event) -> Sequence[str]:
        item = self.catalog.get(event.item_id or "")
        return item.facets["genre"] if item else [(event.topic or "").partition(":")[2]]

    def _scored(
        self, item: Item, genres: set[str], wanted: set[str], request: RecommendRequest, liked: Sequence[Event]
    ) -> Recommendation:
        shared = len(genres & wanted) / len(genres | wanted)
        common = ", ".join(sorted(genres & wanted)[:3])
        age = ((item.year or 1990) - 1990) / 60
        ahead = 0.3 * request.horizon if "Sci-Fi" in genres else 0.0
        daring = 1.0 if request.adventure is None else 2.0 * (1.0 - request.adventure)
        long = item.numbers["runtime"] > 140
        behind = [event for event in liked if event.item_id and genres & set(self._genres(event))]
        reasons = (
            Reason(
                feature="liked_similar",
                contribution=1.6 * shared * daring,
                text=f"Shares {common} with what you love" if common else "",
                group="history",
                grounds=tuple(
                    Ground(
                        event_id=event.id,
                        at=event.at,
                        kind=event.kind,
                        item_id=event.item_id,
                        name=self.catalog[event.item_id or ""].title,
                    )
                    for event in behind
                ),
            ),
            Reason(feature="topic_fit", contribution=0.4 * shared + 0.1 + ahead, text="Fits where you are heading"),
            Reason(feature="popular_now", contribution=age, text="Much watched lately"),
            Reason(
                feature="length",
                contribution=-0.12 if long else 0.05,
                text="Longer than you usually watch" if long else "",
            ),
        )
        return Recommendation(
            id=item.id,
            title=item.title,
            year=item.year,
            score=INTERCEPT + sum(reason.contribution for reason in reasons),
            reasons=reasons,
            facets=item.facets,
            numbers=item.numbers,
        )

    def slate(self, request: RecommendRequest, events: Sequence[Event]) -> Slate:
        items = tuple(self.whole(request, events)[: request.k])
        relaxations = () if items else (Relaxation(constraint="year >= 1991", count=12),)
        return Slate(
            id=uuid4().hex,
            user_id=request.user_id,
            at=request.at,
            query=request.query,
            items=items,
            relaxations=relaxations,
            intercept=INTERCEPT,
            adventure=request.adventure,
            request=request,
        )

    def explain(self, request: RecommendRequest, events: Sequence[Event], item_id: str) -> Explanation:
        ranked = self.whole(request, events)
        rank = next((place for place, film in enumerate(ranked, start=1) if film.id == item_id), None)
        known = self.whole(request.model_copy(update={"seen_too": True}), events)
        item = next(film for film in known if film.id == item_id)
        groups = tuple(
            GroupPart(
                group=GROUPS[reason.feature],
                contribution=reason.contribution,
                features=(reason.feature,),
                text=reason.text,
            )
            for reason in item.reasons
        )
        return Explanation(item=item, rank=rank, intercept=INTERCEPT, groups=groups)

    def what_if(
        self,
        request: RecommendRequest,
        events: Sequence[Event],
        then: RecommendRequest,
        events_then: Sequence[Event],
    ) -> WhatIf:
        before, after = self.whole(request, events), self.whole(then, events_then)
        ranks = {film.id: place for place, film in enumerate(before, start=1)}
        ranks_then = {film.id: place for place, film in enumerate(after, start=1)}
        shown = {film.id: film for film in (*before[: request.k], *after[: then.k])}
        return WhatIf(
            before=self.slate(request, events),
            after=self.slate(then, events_then),
            shifts=tuple(
                Shift(
                    item_id=film.id,
                    title=film.title,
                    rank=ranks.get(film.id),
                    rank_then=ranks_then.get(film.id),
                    score=film.score,
                    score_then=None,
                )
                for film in shown.values()
                if ranks.get(film.id) != ranks_then.get(film.id)
            ),
        )

    def counterfactual(self, request: RecommendRequest, item_id: str) -> Counterfactual:
        title = self.catalog[item_id].title
        return Counterfactual(
            item_id=item_id,
            title=title,
            k=request.k,
            rank=1,
            status="anyway",
            limit=3,
            rankings=2,
            text=f"{title} would be there without any of it.",
        )
