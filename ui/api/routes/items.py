"""The catalogue: items by id, by words and limits, and by likeness; and what moves in it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query, Request, Response

from agent.service import Service
from core.errors import InputError, NotFoundError
from core.forecasts import TopicOverview
from core.results import SearchHit
from core.types import Constraints, Item
from core.wire.answers import ItemHit, Items, Page, SearchPage
from core.wire.bodies import SearchBody
from core.wire.fields import AnyId, UserId
from ui.api import moments, pages
from ui.api.etags import Tagged
from ui.api.routes.parameters import At, ItemId, PeriodOf

_BY_WORDS, _BY_LIMITS = 100, 2000
"""How many items a search lists at most: what a hundred others fit better is hardly what was meant."""
_KEEP = {"cache-control": "private, no-cache"}
"""What is the same for everybody may be kept, and is asked about again each time."""


def router(service: Service) -> APIRouter:
    """The routes of this resource."""
    routes = APIRouter(tags=["items"], route_class=Tagged)

    @routes.get("/items", summary="Many items by id")
    def items(
        response: Response,
        id_: Annotated[
            list[AnyId], Query(alias="id", min_length=1, max_length=200, examples=[["tt0078748", "tt0116282"]])
        ],
    ) -> Items:
        """Those that exist, in the order asked for; the others are listed as missing."""
        found = service.items(id_)
        wanted = dict.fromkeys(id_)
        response.headers.update(_KEEP)
        return Items(
            items=tuple(found[each] for each in wanted if each in found),
            missing=tuple(each for each in wanted if each not in found),
        )

    @routes.post("/search", summary="Items by words and limits, best first")
    def search_items(
        request: Request,
        response: Response,
        body: SearchBody,
        limit: Annotated[int, Query(ge=1, le=100, examples=[10])] = 20,
        cursor: pages.Cursor | None = None,
    ) -> SearchPage:
        """Limits always hold; where they leave nothing, `relaxations` names those whose removal would leave some.

        The next part is asked for with the same body. Words list the best 100 items; limits alone, the best known 2000.
        """
        start = pages.number(cursor, "start")
        # How deep one looks for words changes the order, so that every part must look as deep.
        deepest = _BY_WORDS if body.query.strip() else _BY_LIMITS
        if start >= deepest:
            raise InputError(f"No more than {deepest} items of a search are listed.", "Narrow the search.")
        depth = _BY_WORDS if body.query.strip() else min(start + limit + 1, _BY_LIMITS)
        found = service.search(body.query, body.constraints, depth)
        after = pages.encode({"start": start + limit}) if len(found.hits) > start + limit else None
        pages.link_next(request, response, after)
        response.headers.update(_KEEP)
        hits = _hits(service, found.hits[start : start + limit])
        return SearchPage(items=hits, next_cursor=after, relaxations=found.relaxations)

    @routes.get("/items/{item_id}", summary="One item of the catalogue")
    def item(response: Response, item_id: ItemId) -> Item:
        """Everything that the catalogue has on it."""
        found = service.items([item_id]).get(item_id)
        if found is None:
            raise NotFoundError(f"There is no item {item_id!r}.", "Check the id, or search for its title.")
        response.headers.update(_KEEP)
        return found

    @routes.get("/items/{item_id}/similar", summary="Items most like one, nearest first")
    def similar_items(
        response: Response, item_id: ItemId, limit: Annotated[int, Query(ge=1, le=100, examples=[5])] = 10
    ) -> Page[ItemHit]:
        """By what they say of themselves: the score is the cosine of their texts' vectors."""
        response.headers.update(_KEEP)
        return Page(items=_hits(service, service.similar(item_id, limit, Constraints())))

    @routes.get("/topics", summary="What moves for everybody, or what lies within a topic")
    def topics(
        within: Annotated[
            str | None, Query(max_length=200, description="The topic to look into.", examples=["genre:Drama"])
        ] = None,
        user_id: Annotated[UserId | None, Query(description="Whose shares; absent for everybody's.")] = None,
        period: PeriodOf = None,
        at: At = None,
    ) -> TopicOverview:
        """Shares of the topics of interest, the greatest first, with the lasting changes of each."""
        return service.topics(within, user_id, period, moments.usable(at))

    return routes


def _hits(service: Service, hits: list[SearchHit] | tuple[SearchHit, ...]) -> tuple[ItemHit, ...]:
    known = service.items(hit.item_id for hit in hits)
    return tuple(ItemHit(item=known[hit.item_id], score=hit.score) for hit in hits if hit.item_id in known)
