"""A taste of one's own beside somebody else's: "my kids love animation, I don't"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.understanding.entities import Entity, Role

_NOT_ME = re.compile(
    r"\b(?:i|we) (?:do ?n[o']t|don'?t|did ?n[o']t|didn'?t|am not|never did|really don'?t|sure don'?t)"
    r"(?= *(?:$|[.,!?;]|at all\b|though\b|really\b|so much\b))|\bnot (?:me|i)\b(?= *(?:$|[.,!?;]))"
)
_REACH = 60


def contrasts(masked: str, entities: Sequence[Entity]) -> list[Entity]:
    """What the person says of the names that somebody else was just said to like or to dislike, as further entities."""
    found: list[Entity] = []
    for match in _NOT_ME.finditer(masked):
        before = [entity for entity in entities if entity.end <= match.start() and match.start() - entity.end < _REACH]
        told = [entity for entity in before if entity.other and entity.role in {Role.LIKE, Role.DISLIKE}]
        if not told or before[-1] is not told[-1]:
            continue
        for entity in told:
            liked = entity.value >= 0
            own = replace(entity, other=False, role=Role.DISLIKE if liked else Role.LIKE, value=-0.6 if liked else 0.3)
            own.quote_start, own.quote_end = min(entity.start, match.start()), match.end()
            found.append(own)
    return found
