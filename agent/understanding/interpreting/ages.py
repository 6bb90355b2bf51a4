"""The age of who is to watch: "I'm 14", "for my nine-year-old" keep to what is certified for it."""

from __future__ import annotations

import re

from agent.lexicon import ONES
from agent.understanding.interpreting.draft import Draft
from agent.understanding.meaning import Reading

_FROM: tuple[tuple[str, int], ...] = (("G", 0), ("PG", 0), ("GP", 0), ("M/PG", 0), ("M", 8), ("PG-13", 13))
"""Certificates of the Motion Picture Association, today's and earlier ones, and the age from which each will do."""

_GROWN = 17

_AGE = rf"(?:\d{{1,2}}|{'|'.join(list(ONES)[3:16])})"
_CHILD = (
    r"(?:sons?|daughters?|kids?|children|child|nephews?|nieces?|grandsons?|granddaughters?|grandkids|grandchildren"
    r"|brothers?|sisters?|cousins?|boys?|girls?|twins)"
)
_YOUNG = re.compile(
    rf"\bi(?:'m| am|m) (?:only |just )?(?P<own>{_AGE})(?= *(?:$|[,.!?;]|and\b|so\b|but\b|years? old\b))"
    rf"|\b(?P<old>{_AGE})[- ]years?[- ]olds?\b"
    rf"|\b{_CHILD}(?:,| is| are| who is| who are| who's| aged| \(|,? aged)+ (?P<child>{_AGE})\b"
    r"(?! (?:minutes|hours|films))"
)


def place_ages(draft: Draft) -> None:
    """Keep to certificates for the youngest who is named with an age, where the catalogue has any."""
    known = draft.columns.facets.get("certificate")
    if known is None or "certificate" in draft.require:
        return
    found = [(_years(match), match) for match in _YOUNG.finditer(draft.masked)]
    young = [(age, match) for age, match in found if 2 <= age < _GROWN]
    if not young:
        return
    age, match = min(young, key=lambda entry: entry[0])
    fitting = [name for name, least in _FROM if least <= age and name in known.values]
    if not fitting:
        return
    quote = draft.text[match.start() : match.end()].strip(" ,")
    draft.require["certificate"] = fitting
    draft.limit_quotes["certificate"] = quote
    draft.readings.append(Reading(quote=quote, meaning=f"keeping to films certified {', '.join(fitting)}"))


def _years(match: re.Match[str]) -> int:
    said = match["own"] or match["old"] or match["child"]
    return ONES.get(said) or int(said)
