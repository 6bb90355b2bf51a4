"""Directors named by what they made: "something by the guy who made Fargo"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.understanding.entities import Entity
from store.columns import ItemColumns

_MAKER = re.compile(
    r"\b(?:by|from|with) (?P<who>(?:the|that) (?:same )?"
    r"(?:director|filmmaker|guy|man|woman|lady|person|people|team|brothers|duo|one|maker)s?"
    r" (?:of|behind|(?:who|that) (?:made|directed|did|shot|wrote and directed|gave us|brought us))"
    r" (?:the (?:film|movie) )?)(?=¤)"
)


def makers(masked: str, entities: Sequence[Entity], columns: ItemColumns) -> list[tuple[Entity, Entity]]:
    """Each item by which somebody is named, and its directors in its place; none of an item that lists no director."""
    facet = columns.facets.get("director")
    found: list[tuple[Entity, Entity]] = []
    for match in _MAKER.finditer(masked) if facet is not None else ():
        item = next((each for each in entities if each.is_title and each.start == match.end()), None)
        row = columns.position.get(item.item_id or "") if item is not None else None
        if item is None or row is None or facet is None:
            continue
        values = tuple(facet.values[code] for code in facet.matrix[[row]].indices)
        if values:
            found.append((item, Entity(match.start("who"), item.end, facet="director", values=values)))
    return found
