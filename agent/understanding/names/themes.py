"""Themes of the catalogue in a message: "about revenge", "a time loop film". Wishes only, never limits."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

from agent.lexicon import GENRE_NOUNS, alternatives
from agent.understanding.entities import Entity
from store.columns import ItemColumns

THEME = "theme"
"""A facet of ordinary words that only part of the items carry: what lacks a theme may still be about it."""

_BEFORE = (
    r"(?:\b(?:about|exploring|featuring|involving|full of|set (?:in|at|on|during)|(?:story|stories|tales?) of"
    r"|with(?= (?:an?|some|lots of|plenty of) ))(?: (?:an?|the|some|lots of|plenty of))? )"
)
_AFTER = (
    r"(?=[ -](?:films?|movies?|flicks?|stuff|stories|story|tales?|dramas?|comed(?:y|ies)|thrillers?|adventures?"
    r"|romances?|westerns?|musicals?)\b)"
)
_GENRE = re.compile(rf"(?:{alternatives(GENRE_NOUNS)})")


def themes(masked: str, columns: ItemColumns, taken: Sequence[tuple[int, int]]) -> list[Entity]:
    """Themes outside the spans taken; a word that means a genre keeps that meaning.

    Args:
        masked: the message in lower case, names blotted out.
    """
    column = columns.facets.get(THEME)
    if column is None:
        return []
    genres = columns.facets.get("genre")
    pattern, values = _forms(column.values)
    found = []
    for match in pattern.finditer(masked):
        start, end = match.span("told" if match["told"] else "kind")
        word = re.sub(r"[\s-]+", " ", masked[start:end])
        if any(start < right and left < end for left, right in taken):
            continue
        if not _GENRE.fullmatch(word) and (genres is None or word not in genres.codes):
            found.append(Entity(start, end, facet=THEME, values=(values[word],)))
    return found


@lru_cache(maxsize=4)
def _forms(values: tuple[str, ...]) -> tuple[re.Pattern[str], Mapping[str, str]]:
    """A pattern of the themes as people write them, and the theme of each form."""
    forms: dict[str, str] = {}
    for value in values:
        word = re.sub(r"[\s-]+", " ", value.casefold())
        singular = word.removesuffix("s") if len(word) > 4 and not word.endswith("ss") else word
        for form in (word, singular, f"{singular}s"):
            forms.setdefault(form, value)
    told = alternatives(forms)
    kind = rf"(?<![\w¤-])(?P<kind>{told}){_AFTER}"
    return re.compile(rf"(?:{_BEFORE}|^\W*(?={told}\W*$))(?P<told>{told})(?![\w¤])|{kind}"), forms
