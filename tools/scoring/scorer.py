"""The scorer: candidates, features, additive score, reasons."""

from __future__ import annotations

import uuid
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import numpy as np

from core.errors import NotFoundError
from core.explanations import Carriers, Contrast, Counterfactual, Explanation, WhatIf
from core.results import RecommendRequest, Relaxation, Slate
from core.settings import Settings
from core.types import Constraints, Event, Item
from store.catalog import Catalog
from store.events import Events
from tools.deps import InterestForecaster, Retriever, Trends
from tools.scoring.behaviour.chances import Chances
from tools.scoring.candidates import gather, source_scores
from tools.scoring.explanation.answers import Answers
from tools.scoring.explanation.described import described
from tools.scoring.explanation.listing import Listing
from tools.scoring.explanation.whatif import revision
from tools.scoring.features import SEARCH_DEPTH, Said, all_features, columns
from tools.scoring.loaded import Loaded
from tools.scoring.outlook import Interests, interests_at, outlook
from tools.scoring.profile import Profile, build_profile
from tools.scoring.ranking import Ahead, Ranked, Shared, listed, with_items
from tools.scoring.slate.order import Arranged
from tools.scoring.world import World

BATCH = 100
"""People ranked at once: their content features take this many times the items in float32."""


class AdditiveScorer(Loaded):
    """Implements `Scorer`; thread-safe, holds nothing of any person.

    Raises (all methods):
        NotTrainedError: the workspace has events on items, but nothing was trained on them.
    """

    def __init__(
        self,
        settings: Settings,
        catalog: Catalog,
        events: Events,
        retriever: Retriever,
        forecaster: InterestForecaster,
        trends: Trends,
    ) -> None:
        super().__init__(settings, catalog, events, retriever, forecaster, trends)
        self._chances = Chances(settings, events)

    def recommend(self, request: RecommendRequest) -> Slate:
        """A ranked slate that obeys the constraints, each item with its reasons."""
        shared, ranked = self._ranked(self._shared(request.at), request, self._history(request.user_id, request.at))
        return self._presented(shared, ranked)

    def _presented(self, shared: Shared, ranked: Ranked) -> Slate:
        request = ranked.request
        chosen = ranked.first(shared.kinship, request.k)
        relaxations: tuple[Relaxation, ...] = ()
        if not chosen:
            ids = shared.world.columns.ids
            known = frozenset(() if request.seen_too else (ids[position] for position in ranked.profile.known))
            limits = ranked.limits
            relaxations = self._retriever.relaxations(
                limits.model_copy(update={"exclude_items": limits.exclude_items | known})
            )
        return Slate(
            id=uuid.uuid4().hex,
            user_id=request.user_id,
            at=request.at,
            query=request.query,
            constraints=ranked.limits,
            items=described(shared, ranked, chosen, self._catalog, self._chances),
            relaxations=relaxations,
            intercept=shared.model.ranker.intercept,
            adventure=request.adventure,
            request=request,
        )

    def explain(self, request: RecommendRequest, item_id: str) -> Explanation:
        """The score of one item under a request, its reasons, and where it is not among the first k, why not.

        Raises:
            NotFoundError: the catalogue has no such item.
        """
        return self._answers(request).explain(self._item(item_id))

    def contrast(self, request: RecommendRequest, item_id: str, other_id: str) -> Contrast:
        """Why one of two items scores higher than the other under a request. Raises as `explain` does."""
        return self._answers(request).contrast(self._item(item_id), self._item(other_id))

    def counterfactual(self, request: RecommendRequest, item_id: str) -> Counterfactual:
        """The person's own events without which an item would not be among the first k. Raises as `explain` does."""
        return self._answers(request).counterfactual(self._item(item_id))

    def what_if(
        self,
        request: RecommendRequest,
        drop: Sequence[str] = (),
        add: Sequence[Event] = (),
        then: RecommendRequest | None = None,
    ) -> WhatIf:
        """The slate of a request, and what it would be without some events, with others, or under another request.

        It is what `recommend` gives once the events are really taken back or appended; nothing is stored.

        Raises:
            NotFoundError: the person has no such event, or an added event is about no such item.
            InputError: an added event is another person's or lies after the request, or ``then`` is for somebody else.
        """
        later = then or request
        user_id = request.user_id
        known = self._events.of_user(user_id, include_retracted=True) if user_id is not None and (drop or add) else []
        change = revision(request, later, known, drop, add, self._catalog.columns())
        return self._answers(request).what_if(later, change, self._history(user_id, later.at))

    def carriers(self, request: RecommendRequest, limit: int = 40) -> Carriers:
        """Which of the person's own events carry the slate of a request, the heaviest first.

        Args:
            limit: the most events that are tried, each by ranking the whole again without it.
        """
        return self._answers(request).carriers(limit)

    def rank(self, request: RecommendRequest) -> list[tuple[str, float]]:
        """`recommend` without reasons: (item_id, score), best first."""
        shared, ranked = self._ranked(self._shared(request.at), request, self._history(request.user_id, request.at))
        return _scored(ranked, shared, request.k)

    def recommend_many(
        self,
        user_ids: Collection[str],
        k: int,
        at: datetime,
        seen_too: bool = False,
        adventure: float | None = None,
    ) -> dict[str, list[tuple[str, float]]]:
        """(item_id, score) lists for many people at once, for batch jobs and benchmarks.

        The scores are those of `recommend` without a query. Known items are left out unless ``seen_too``.
        """
        shared = self._shared(at)
        world = shared.world
        result: dict[str, list[tuple[str, float]]] = {}
        ids = list(dict.fromkeys(user_ids))
        for start in range(0, len(ids), BATCH):
            batch = ids[start : start + BATCH]
            histories = self._events.of_users(batch, until=at)
            horizon = RecommendRequest(at=at).horizon
            interests = outlook(self._forecaster, batch, at, horizon, world.topic_names, histories)
            people = [
                build_profile(
                    histories.get(user_id, ()),
                    world.columns,
                    at,
                    shared.model.fade_days,
                    repeating=shared.model.repeating,
                )
                for user_id in batch
            ]
            contents = world.contents([(profile.liked, profile.weights) for profile in people])
            for place, user_id in enumerate(batch):
                request = RecommendRequest(user_id=user_id, at=at, k=k, seen_too=seen_too, adventure=adventure)
                ahead = Ahead(people[place], contents[place], interests[place] if interests else None)
                own, ranked = self._ranked(shared, request, histories.get(user_id, ()), ahead=ahead)
                result[user_id] = _scored(ranked, own, k)
        return result

    def _ranked(
        self,
        shared: Shared,
        request: RecommendRequest,
        history: Sequence[Event],
        include: Sequence[int] = (),
        ahead: Ahead | None = None,
    ) -> tuple[Shared, Ranked]:
        """What is ranked for a history, with what everybody did as far as it is this person's taken from it too."""
        own = self._own(shared, request.user_id, history, request.at)
        return own, self._rank(own, request, history, include, ahead)

    def _rank(
        self,
        shared: Shared,
        request: RecommendRequest,
        history: Sequence[Event],
        include: Sequence[int] = (),
        ahead: Ahead | None = None,
    ) -> Ranked:
        world, model = shared.world, shared.model
        profile = (
            build_profile(
                history,
                world.columns,
                request.at,
                model.fade_days,
                request.liked,
                request.disliked,
                model.repeating,
            )
            if ahead is None
            else ahead.profile
        )
        limits = profile.limits(request.constraints)
        allowed = shared.obey.copy() if limits == Constraints() else world.columns.mask(limits)
        if not request.seen_too:
            allowed[profile.known] = False
        allowed[profile.named] = False
        allowed[list(include)] = True
        said = self._said(request, history, profile, world, limits, ahead.interests if ahead else None)
        content = ahead.content if ahead else None
        features = all_features(shared.general, world, model, profile, said, request.at, content)
        found = with_items(gather(source_scores(features, shared.rising), allowed), include)
        parts = model.ranker.contributions(columns(features, found.positions, profile.habits.item))
        scores = model.ranker.scores(parts)
        slate = self._slate(shared, request, profile, said, found, features, parts, scores)
        return Ranked(request, history, limits, profile, said, found, features, parts, scores + slate.brought, slate)

    def _slate(self, *given: Any) -> Arranged:
        """`listed`; an ablation puts something else in its place."""
        return listed(*given)

    def _said(
        self,
        request: RecommendRequest,
        history: Sequence[Event],
        profile: Profile,
        world: World,
        limits: Constraints,
        interests: Interests | None,
    ) -> Said:
        hits = self._retriever.search(request.query, limits, SEARCH_DEPTH).hits if request.query.strip() else ()
        if request.user_id is None:
            return Said(hits, request.topics)
        # Only words of a conversation are kept as vectors.
        heard = {event.id for event in history if event.conversation_id is not None}
        interest = self._retriever.interest_vector(request.user_id, request.at, heard) if heard else None
        if profile.active and interests is None:
            interests = interests_at(self._forecaster, request, history, profile, world)
        return Said(hits, request.topics, interest, interests if profile.active else None)

    def _answers(self, request: RecommendRequest) -> Answers:
        at = request.at
        shared = self._shared(at)

        def rerank(request: RecommendRequest, history: Sequence[Event], include: Sequence[int] = ()) -> Listing:
            base = shared if request.at == at else self._shared(request.at)
            return self._listing(*self._ranked(base, request, history, include))

        return Answers(shared.world, shared.model, rerank, request, self._history(request.user_id, request.at))

    def _listing(self, shared: Shared, ranked: Ranked) -> Listing:
        positions = ranked.candidates.positions
        return Listing(
            request=ranked.request,
            limits=ranked.limits,
            profile=ranked.profile,
            positions=positions,
            scores=ranked.scores,
            lifts=ranked.slate.parts.get("discovery", np.zeros(len(positions))),
            order=ranked.first(shared.kinship, len(positions)),
            intercept=shared.model.ranker.intercept,
            present=lambda: self._presented(shared, ranked),
            describe=lambda chosen: described(
                shared,
                ranked,
                np.searchsorted(positions, chosen).tolist(),
                self._catalog,
                self._chances,
            ),
        )

    def _item(self, item_id: str) -> Item:
        item = self._catalog.get(item_id)
        if item is None:
            raise NotFoundError(f"The catalogue has no item {item_id!r}.", "Search for it by title.")
        return item

    def _history(self, user_id: str | None, at: datetime) -> list[Event]:
        return [] if user_id is None else self._events.of_user(user_id, until=at)


def _scored(ranked: Ranked, shared: Shared, k: int) -> list[tuple[str, float]]:
    ids, positions = shared.world.columns.ids, ranked.candidates.positions
    return [(ids[positions[row]], float(ranked.scores[row])) for row in ranked.first(shared.kinship, k)]
