"""A name put right in the same breath: "forget Alien, no wait, forget Aliens" is about the second alone."""

from __future__ import annotations

import re
from collections.abc import Sequence

from agent.understanding.entities import Entity

_RETRACTED = re.compile(
    r"\b(?:no,? wait|wait,? no|hang on,? no|scratch that|strike that|correction"
    r"|i mean(?:t)?(?=,? (?:¤|[\w-]+ *(?:$|[.,!?])))"
    r"|or rather(?= ¤)|make that(?= ¤)|sorry,? (?:i meant?|make that))\b"
)
_BEFORE, _AFTER = 8, 40


def retracted(masked: str, entities: Sequence[Entity]) -> list[Entity]:
    """Names that the person takes back as they speak, for another of the same sort in the same part."""
    found: list[Entity] = []
    for match in _RETRACTED.finditer(masked):
        before = [entity for entity in entities if entity.end <= match.start() and not entity.idle]
        after = [entity for entity in entities if entity.start >= match.end() and not entity.idle]
        if not before or not after:
            continue
        last, first = before[-1], after[0]
        near = match.start() - last.end <= _BEFORE and first.start - match.end() <= _AFTER
        alike = last.is_title == first.is_title and last.facet == first.facet and last.role is first.role
        same = last.item_id == first.item_id and last.values == first.values
        if near and alike and not same:
            found.append(last)
    return found
