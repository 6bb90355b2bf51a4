"""Claims about languages and countries."""

from __future__ import annotations

import re
from collections.abc import Iterable

from agent.grounding.claims.base import Sentence
from agent.grounding.claims.genres import NEGATION
from agent.grounding.claims.scopes import holds_at, scope_at
from agent.grounding.evidence import Facts
from agent.lexicon import NATIONS, alternatives

_NATION = re.compile(rf"(?<![\w-])(?:{alternatives(NATIONS)})(?![\w])")

_SPOKEN_IN = {"hindi": "India", "english": "United Kingdom", "persian": "Iran"}
"""Languages that also tell of a country ("a Hindi film")."""


def nations(sentence: Sentence) -> None:
    """Languages and countries, as adjectives or names."""
    evidence, low = sentence.evidence, sentence.low
    places = {
        value for item in evidence.known for facet in ("country", "language") for value in item.facets.get(facet, ())
    }
    for value in sorted(places, key=len, reverse=True):
        for match in re.finditer(rf"(?<!\w){re.escape(value)}(?!\w)", sentence.text):
            if sentence.free(*match.span()):
                _placed(sentence, *match.span(), [("country", value), ("language", value)])
    for match in _NATION.finditer(low):
        start, end = match.span()
        if not sentence.free(start, end) or not sentence.text[start].isupper():
            continue
        word = re.sub(r"\s+", " ", match[0])
        pairs = list(NATIONS[word])
        if not re.search(r"\b(?:in|speaks?|language:?) $", low[:start]):
            pairs += [("country", _SPOKEN_IN[word])] if word in _SPOKEN_IN else []
        elif any(facet == "language" for facet, _ in pairs):
            pairs = [pair for pair in pairs if pair[0] == "language"]
        _placed(sentence, start, end, pairs)


def _placed(sentence: Sentence, start: int, end: int, pairs: Iterable[tuple[str, str]]) -> None:
    evidence, low = sentence.evidence, sentence.low
    pairs = list(pairs)
    scope = scope_at(sentence, start)
    items = scope.items
    negated = bool(NEGATION.search(sentence.masked[scope.after : start]))
    if re.search(r"\b(?:set|takes place|filmed|shot|located|happens) (?:\w+ ){0,3}$", low[:start]):
        sentence.add("place", start, end, False)
        return
    if items and not sentence.of_person(start):

        def fits(item: Facts) -> bool:
            return any(item.has(facet, value) for facet, value in pairs)

        sentence.add("place", start, end, holds_at(sentence, scope, fits, negated))
        return
    asked = low[start:end] in evidence.heard or any(
        value in table.get(facet, ())
        for facet, value in pairs
        for table in (evidence.constraints.require, evidence.constraints.exclude)
    )
    every = bool(evidence.shown) and all(
        any(item.has(facet, value) for facet, value in pairs) for item in evidence.shown
    )
    sentence.add("place", start, end, asked or (every and not negated))
