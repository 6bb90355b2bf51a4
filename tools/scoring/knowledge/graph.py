"""The graph of a catalogue: which items are connected, by what, how strongly, and in which words."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_matrix, csr_matrix

from store.columns import FacetColumn, ItemColumns
from tools.scoring.knowledge.lines import find_lines
from tools.scoring.knowledge.links import Works
from tools.scoring.knowledge.people import identifying, people_of
from tools.scoring.knowledge.relations import Membership, Pairs, Relation, Tie, Wording
from tools.scoring.knowledge.series import Series, find_series
from tools.scoring.knowledge.titles import stems
from tools.scoring.knowledge.versions import find_versions
from tools.scoring.signals import Floats, Ints

SERIES, NEXT, VERSION, LINE = "same series", "next in series", "other version", "same line"

WORK_FACETS = frozenset({"director", "writer", "author", "artist", "composer", "developer"})
"""A catalogue with one of these, or with years, holds works, which have series and versions; others hold products."""

_WORDS = {
    "director": "Directed by {shared}, as was {liked}",
    "writer": "Written by {shared}, as was {liked}",
    "author": "By {shared}, as is {liked}",
    "artist": "By {shared}, as is {liked}",
    "actor": "With {shared}, as in {liked}",
    "brand": "From {shared}, as is {liked}",
}
_KIND_FACETS = ("genre", "category", "type", "subject")


@dataclass(frozen=True)
class Graph:
    """Relations between the items of one catalogue; positions are rows of its `ItemColumns`."""

    parts: Mapping[str, Relation]

    @property
    def relations(self) -> tuple[str, ...]:
        """Names of the relations that connect at least two items of this catalogue."""
        return tuple(self.parts)

    def matrix(self, relation: str) -> csr_matrix:
        """(items, items) strengths of one relation; row, liked item; column, reached item."""
        return self.parts[relation].matrix()

    def reach(self, positions: Ints, weights: Floats) -> dict[str, Floats]:
        """Per relation (items,) the weighted strength of each item's connections with some liked items."""
        return {name: relation.reach(positions, weights) for name, relation in self.parts.items()}

    def reach_many(self, liked: csr_matrix) -> dict[str, csr_matrix]:
        """`reach` of many people at once: per relation (people, items), from their (people, items) weights."""
        return {name: relation.reach_many(liked) for name, relation in self.parts.items()}

    def why(self, relation: str, item: int, liked: Sequence[int]) -> list[Tie]:
        """The connections behind `reach` of one item, in words, strongest first; empty where there are none."""
        return self.parts[relation].ties(item, liked) if relation in self.parts else []


def build_graph(columns: ItemColumns, facets: Collection[str] | None = None) -> Graph:
    """The graph of a catalogue.

    Args:
        columns: the catalogue.
        facets: those whose values connect items; by default the `people.identifying` ones.
    """
    names = [facet for facet in (identifying(columns) if facets is None else facets) if facet in columns.facets]
    found: dict[str, Relation | None] = {f"same {facet}": _by_facet(columns, facet) for facet in names}
    if "year" in columns.numbers or WORK_FACETS & set(columns.facets):
        found |= _works(columns, names)
    else:
        found[LINE] = _groups(columns, find_lines(columns.titles), _phrase(columns, "Like {liked}, in another variant"))
    return Graph({name: relation for name, relation in found.items() if relation is not None})


def _by_facet(columns: ItemColumns, facet: str) -> Membership | None:
    column: FacetColumn = columns.facets[facet]
    sizes = np.bincount(column.matrix.indices, minlength=len(column.values))
    kept = np.flatnonzero(sizes > 1)
    if not len(kept):
        return None
    phrase = _WORDS.get(facet, f"The same {facet} as {{liked}}: {{shared}}")
    return Membership(
        csr_matrix(column.matrix[:, kept], dtype=np.float32),
        tuple(column.values[code] for code in kept),
        _phrase(columns, phrase),
    )


def _groups(columns: ItemColumns, groups: Iterable[tuple[str, Sequence[int]]], wording: Wording) -> Membership | None:
    listed = list(groups)
    if not listed:
        return None
    rows = np.concatenate([np.asarray(items, np.int32) for _, items in listed])
    cols = np.repeat(np.arange(len(listed), dtype=np.int32), [len(items) for _, items in listed])
    shape = (len(columns.ids), len(listed))
    matrix = coo_matrix((np.ones(len(rows), np.float32), (rows, cols)), shape=shape).tocsr()
    return Membership(matrix, tuple(name for name, _ in listed), wording)


def _works(columns: ItemColumns, facets: Sequence[str]) -> dict[str, Relation | None]:
    size = len(columns.ids)
    year = columns.numbers.get("year", np.full(size, np.nan, np.float32))
    kinds = next(
        (columns.facets[name].matrix for name in _KIND_FACETS if name in columns.facets),
        csr_matrix((size, 0), dtype=np.float32),
    )
    works = Works([stems(title) for title in columns.titles], year, people_of(columns, facets), kinds)
    series = find_series(works)

    def within(item: int, liked: int, name: str) -> str:
        side = "after" if year[item] > year[liked] else "before" if year[item] < year[liked] else "with"
        return f"Part of the {name} series, {side} {columns.titles[liked]}"

    def version(item: int, liked: int, _: str) -> str:
        newer = "A newer" if year[item] > year[liked] else "An earlier"
        return f"{newer} version of {columns.titles[liked]} ({year[liked]:.0f})"

    versions = {
        pair: one.weight
        for one in find_versions(works, {name: columns.facets[name] for name in facets})
        for pair in ((one.earlier, one.later), (one.later, one.earlier))
    }
    listed = [(one.name, [part.item for part in one.parts]) for one in series]
    shared = {pair: columns.titles[pair[0]] for pair in versions}
    return {
        SERIES: _groups(columns, listed, within),
        NEXT: _next(columns, series),
        VERSION: _pairs(size, versions, shared, version),
    }


def _next(columns: ItemColumns, series: Sequence[Series]) -> Pairs | None:
    strengths: dict[tuple[int, int], float] = {}
    shared: dict[tuple[int, int], str] = {}
    counted: set[tuple[int, int]] = set()
    for one in series:
        for part in one.parts:
            for before in part.before:
                strengths[before, part.item] = 1.0 / len(part.before)
                shared[before, part.item] = one.name
                if part.consecutive:
                    counted.add((before, part.item))

    def wording(item: int, liked: int, name: str) -> str:
        title = columns.titles[liked]
        return f"The next part after {title}" if (liked, item) in counted else f"Follows {title} in the {name} series"

    return _pairs(len(columns.ids), strengths, shared, wording)


def _pairs(
    size: int, strengths: Mapping[tuple[int, int], float], shared: Mapping[tuple[int, int], str], wording: Wording
) -> Pairs | None:
    if not strengths:
        return None
    rows, cols = np.array(list(strengths), np.int32).T
    data = np.array(list(strengths.values()), np.float32)
    return Pairs(coo_matrix((data, (rows, cols)), shape=(size, size)).tocsr(), shared, wording)


def _phrase(columns: ItemColumns, phrase: str) -> Wording:
    return lambda _, liked, shared: phrase.format(liked=columns.titles[liked], shared=shared)
