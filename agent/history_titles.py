"""Which items of the catalogue the titles of a brought history are: surely, perhaps, or not at all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.histories import HistoryTitle
from core.mentions import TitleMatch
from core.types import Item
from store.importers.history import Told
from store.importers.join import normalise, without_article
from tools.deps import Deps

_LIKE = 0.86
"""Likeness from which a title that is not the same may still be the one that was meant."""
_NEAR = 1
"""Countries differ by a year in when a film came out."""
_SERIES = frozenset({"series", "tv series", "tvseries", "tv", "show", "tv show", "miniseries"})
_KIND_FACETS = ("type", "kind", "category", "genre")

CREATORS: Mapping[str, tuple[str, ...]] = {"goodreads": ("author",), "spotify": ("artist",)}
"""Facets of which an item needs one to be of the kind that a source is about, and that must agree with the creator."""


@dataclass(frozen=True)
class Title:
    """A distinct title of a history."""

    title: str
    year: int | None
    creator: str
    ids: tuple[str, ...]
    is_series: bool

    @classmethod
    def of(cls, row: Told) -> Title:
        """The title of a row."""
        return cls(row.title, row.year, row.creator, row.ids, row.is_series)


def catalogue_has(deps: Deps, source: str) -> bool:
    """Whether the catalogue holds the kind of thing that a source is about."""
    wanted = CREATORS.get(source)
    return wanted is None or any(facet in deps.catalog.columns().facets for facet in wanted)


def match_titles(deps: Deps, source: str, titles: Mapping[Title, int]) -> list[HistoryTitle]:
    """What each title is taken for, in their order.

    Ids decide where the catalogue knows them; all others are looked up by title and year, each once.

    Args:
        titles: with how many rows each has.
    """
    by_id = deps.catalog.get_many({key for title in titles for key in title.ids})
    holds = catalogue_has(deps, source)
    found: list[HistoryTitle] = []
    candidates: dict[Title, tuple[TitleMatch, ...]] = {}
    sure: dict[Title, bool] = {}
    for title in titles:
        if holds and not any(key in by_id for key in title.ids):
            resolution = deps.retriever.resolve_title(title.title, title.year)
            candidates[title], sure[title] = resolution.matches, resolution.status == "resolved"
    items = deps.catalog.get_many({match.item_id for matches in candidates.values() for match in matches})
    for title, rows in titles.items():
        known = next((by_id[key] for key in title.ids if key in by_id), None)
        if known is not None:
            match = TitleMatch(item_id=known.id, title=known.title, year=known.year, score=1.0)
            found.append(_told(title, rows, (match,), known.id))
            continue
        resolved = sure.get(title, False)
        matches = _plausible(title, source, candidates.get(title, ()), items, resolved)
        found.append(_told(title, rows, matches, _meant(title, matches, items, resolved)))
    return found


def _told(title: Title, rows: int, matches: tuple[TitleMatch, ...], item_id: str | None) -> HistoryTitle:
    return HistoryTitle(
        title=title.title,
        year=title.year,
        creator=title.creator,
        rows=rows,
        is_series=title.is_series,
        status="matched" if item_id else "check" if matches else "unknown",
        item_id=item_id,
        matches=matches,
    )


def _plausible(
    title: Title, source: str, matches: Sequence[TitleMatch], items: Mapping[str, Item], resolved: bool
) -> tuple[TitleMatch, ...]:
    """The matches that are worth asking about."""
    kept = []
    for match in matches:
        item = items.get(match.item_id)
        if item is None or not _by(title.creator, item, CREATORS.get(source, ())):
            continue
        likely = (resolved or match.score >= _LIKE) and _gap(title, item) <= _NEAR and not title.is_series
        if likely or _same(title.title, item):
            kept.append(match)
    return tuple(kept)


def _meant(title: Title, matches: Sequence[TitleMatch], items: Mapping[str, Item], resolved: bool) -> str | None:
    """The one item that is surely meant: called the same, of the same year, and of the same kind."""
    exact = [
        items[match.item_id]
        for match in matches
        if _same(title.title, items[match.item_id]) and _gap(title, items[match.item_id]) <= _NEAR
    ]
    exact = [item for item in exact if not title.is_series or _is_series(item)]
    if title.year is not None:
        exact = [item for item in exact if item.year == title.year] or exact
    if len(exact) == 1 and (resolved or title.year is not None or len(matches) == 1):
        return exact[0].id
    return exact[0].id if exact and resolved and exact[0].id == matches[0].item_id else None


def _gap(title: Title, item: Item) -> int:
    return 0 if title.year is None or item.year is None else abs(title.year - item.year)


def _same(title: str, item: Item) -> bool:
    said = without_article(normalise(title))
    return any(said == without_article(normalise(name)) for name in (item.title, *item.aliases))


def _by(creator: str, item: Item, facets: Sequence[str]) -> bool:
    if not facets:
        return True
    names = {normalise(name) for facet in facets for name in item.facets.get(facet, ())}
    return bool(names) and (not creator or normalise(creator) in names)


def _is_series(item: Item) -> bool:
    return any(value.casefold() in _SERIES for facet in _KIND_FACETS for value in item.facets.get(facet, ()))
