"""Limits that a message lifts."""

from __future__ import annotations

import re

from agent.intents import Intent
from agent.understanding.entities import Entity
from agent.understanding.interpreting.draft import Draft

_RESET_NAMES: tuple[tuple[str, str], ...] = (
    (r"year|decade|\bage\b|\bera\b|period|how (?:old|new)|what year", "year"),
    (r"length|runtime|running time|how long|duration|\blong\b", "runtime"),
    (r"genre", "genre"),
    (r"language", "language"),
    (r"countr", "country"),
    (r"price|cost|budget", "price"),
    (r"director", "director"),
    (r"actor", "actor"),
)


def place_resets(draft: Draft) -> None:
    """Lift the limits that the message names, or all of them."""
    if Intent.RESET in draft.kinds:
        named = [name for pattern, name in _RESET_NAMES if re.search(pattern, draft.masked)]
        lifted = [entity for entity in draft.names.entities if entity.facet and _lifts(draft, entity)]
        facets = [f"{entity.facet}:{value}" for entity in lifted for value in entity.values]
        draft.resets.extend(named or facets or ["*"])
        for name in named:
            if re.search(r"\bany\b|matter|forget|drop|ignore|remove|care", draft.masked) and name in draft.ranges:
                draft.ranges.pop(name)
        if facets and not named:
            for entity in lifted:
                draft.require.pop(entity.facet or "", None)
            draft.lists["wishes"] = []


def _lifts(draft: Draft, entity: Entity) -> bool:
    """Whether a name stands where limits are lifted: in "start over, I want a western" it does not."""
    if not draft.asks:
        return True
    resets = [start for start, intent in draft.acts if intent is Intent.RESET]
    asks = [start for start, intent in draft.acts if intent is Intent.RECOMMEND]
    return not any(reset < ask <= entity.start for reset in resets for ask in asks)
