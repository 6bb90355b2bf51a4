"""People left out by a pronoun: "I can't stand Kevin Spacey. A thriller without him?"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.understanding.entities import Entity, Role
from agent.understanding.names.people import PERSON_FACETS

_LEFT_OUT = re.compile(
    r"\b(?:without|not (?:with|by|from)|nothing (?:with|by|from)|none (?:with|by|of)|minus|leave out|spare me)"
    r" (?P<who>him|her|them)\b(?! (?!in|please|pls|this|and|but|though|for|tonight|anywhere)[a-z])"
)


def left_out(masked: str, entities: Sequence[Entity]) -> list[Entity]:
    """The people whom a pronoun refuses, as further entities: the last named before it, with "them" all of the sort."""
    found: list[Entity] = []
    for match in _LEFT_OUT.finditer(masked):
        people = [entity for entity in entities if entity.end <= match.start() and entity.facet in PERSON_FACETS]
        meant = people[-1:] if match["who"] != "them" else [each for each in people if each.role is people[-1].role]
        found += [
            replace(
                each,
                role=Role.EXCLUDE,
                value=0.0,
                other=False,
                idle=False,
                quote_start=match.start(),
                quote_end=match.end(),
            )
            for each in meant
        ]
    return found
