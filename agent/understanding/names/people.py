"""People: by full name in the part that the words give them, or by surname alone."""

from __future__ import annotations

import re

import numpy as np

from agent.lexicon import COMMON_WORDS
from agent.understanding.entities import Entity
from agent.understanding.names.words import NOT_NAMES, TASTE_TOKENS
from store.columns import ItemColumns

PERSON_FACETS = ("director", "actor", "writer")

_MOSTLY = 4
"""So many times as many works in one part as in another make it the one that a person is known for."""


def credited(facet: str, value: str, columns: ItemColumns) -> int:
    """In how many items somebody has a part."""
    column = columns.facets.get(facet)
    code = column.codes.get(value.casefold()) if column else None
    return 0 if column is None or code is None else int(column.matrix[:, [code]].sum())


def person(low: str, start: int, end: int, facet: str, value: str, columns: ItemColumns) -> Entity:
    """A person in the part that the words give: "by X" directs or writes, "with X" acts; else as the index has it."""
    before = low[:start]
    wanted: tuple[str, ...] = ()
    if re.search(r"\b(?:directed by|by|director|filmmaker|made by|from director|directs|of)\s+$", before):
        wanted = ("director", "writer")
    elif re.search(r"\bwritten by\s+$", before):
        wanted = ("writer", "director")
    elif re.search(r"\b(?:with(?:out)?|starring|featuring|stars|actor|actress|played by|has)\s+$", before):
        wanted = ("actor",)
    works = {name: credited(name, value, columns) for name in PERSON_FACETS}
    # "Something with David Lean" means the director, whose two appearances nobody has in mind.
    known_as = max(PERSON_FACETS, key=lambda name: works[name])
    if wanted == ("actor",) and works[known_as] >= _MOSTLY * works["actor"]:
        wanted, facet = (), known_as
    for name in wanted:
        if works[name]:
            column = columns.facets[name]
            return Entity(start, end, facet=name, values=(column.values[column.codes[value.casefold()]],))
    return Entity(start, end, facet=facet, values=(value,))


_SURNAME = re.compile(
    r"\b(?P<cue>directed by|films? by|movies? by|thing by|not by|by|with|without|starring|featuring"
    r"|no more|love|loved|like|hate|hated|adore)\s+(?P<name>[a-z][a-z'-]{3,})(?=\s*(?:$|[.,!?;)]|films?\b"
    r"|movies?\b|and\b|or\b|but\b|please\b|from\b|after\b|before\b|in\b|'s\b))"
)


def surnames(masked: str, columns: ItemColumns) -> list[Entity]:
    """People named by surname alone ("by nolan"): the one of that surname with the most items."""
    found = []
    for match in _SURNAME.finditer(masked):
        name, cue = match["name"], match["cue"]
        if name in COMMON_WORDS or name in TASTE_TOKENS or name in NOT_NAMES:
            continue
        by = cue.endswith("by")
        acting = cue in {"with", "without", "starring", "featuring"}
        facets = ("director", "writer") if by else ("actor",) if acting else ("director",)
        for facet in facets:
            column = columns.facets.get(facet)
            codes = [code for known, code in column.codes.items() if known.endswith(" " + name)] if column else []
            if column is None or not codes:
                continue
            counts = np.asarray(column.matrix[:, codes].sum(axis=0)).ravel()
            best = int(counts.argmax())
            if not (by or acting) and counts[best] < 5:
                continue
            found.append(
                Entity(match.start("name"), match.end("name"), facet=facet, values=(column.values[codes[best]],))
            )
            break
    return found
