"""The catalogue, and what moves in it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import cast

from core.forecasts import TopicOverview
from core.types import Constraints, Item
from core.wire.answers import ItemHit, Items, Page, SearchPage
from core.wire.bodies import SearchBody
from core.wire.fields import Period
from ui.client.transport import Transport, path_of


class Catalogue:
    """Items by id, by words and limits, and by likeness."""

    def __init__(self, transport: Transport) -> None:
        self._to = transport

    def get(self, item_id: str) -> Item:
        """One item."""
        return cast(Item, self._to.call(Item, "GET", path_of("/v1/items/{item}", item=item_id)))

    def many(self, ids: Sequence[str]) -> Items:
        """Those that exist among up to 200 ids."""
        return cast(Items, self._to.call(Items, "GET", "/v1/items", query={"id": list(ids)}))

    def search(
        self,
        query: str = "",
        constraints: Constraints | None = None,
        limit: int | None = None,
        cursor: str | None = None,
    ) -> SearchPage:
        """One part of what fits the words within the limits, best first, with what to relax where nothing does."""
        asked = {"limit": limit, "cursor": cursor}
        body = _search(query, constraints)
        return cast(SearchPage, self._to.call(SearchPage, "POST", "/v1/search", query=asked, body=body))

    def search_all(self, query: str = "", constraints: Constraints | None = None) -> Iterator[ItemHit]:
        """All that fits, best first, asked for part by part."""
        cursor: str | None = None
        while True:
            page = self.search(query, constraints, cursor=cursor)
            yield from page.items
            cursor = page.next_cursor
            if cursor is None:
                return

    def similar(self, item_id: str, limit: int | None = None) -> tuple[ItemHit, ...]:
        """The items most like one, nearest first."""
        path = path_of("/v1/items/{item}/similar", item=item_id)
        return cast(Page[ItemHit], self._to.call(Page[ItemHit], "GET", path, query={"limit": limit})).items

    def topics(
        self,
        within: str | None = None,
        user_id: str | None = None,
        period: Period | None = None,
        at: datetime | None = None,
    ) -> TopicOverview:
        """What moves for everybody, or what lies within a topic."""
        asked = {"within": within, "user_id": user_id, "period": period, "at": None if at is None else at.isoformat()}
        return cast(TopicOverview, self._to.call(TopicOverview, "GET", "/v1/topics", query=asked))


def _search(query: str, constraints: Constraints | None) -> SearchBody:
    return SearchBody(query=query) if constraints is None else SearchBody(query=query, constraints=constraints)
