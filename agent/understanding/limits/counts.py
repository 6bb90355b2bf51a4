"""How many items are asked for."""

from __future__ import annotations

import re

from agent.lexicon import WORDS
from agent.understanding.limits.base import WORD_FIGURE

_COUNTED = (
    r"(?:films?|movies?|titles?|suggestions?|recommendations?|recs?|ideas?|options?|picks?|things?"
    r"|choices?|results?|books?|products?|comedies|thrillers|dramas|horrors|westerns|documentaries"
    r"|musicals|mysteries|romances|flicks|ones|of them|items?)"
)

_COUNT = re.compile(
    rf"\b(?:(?:top|best|(?<!the )first) (?P<a>\d{{1,3}}|{WORD_FIGURE})\b(?!\s*(?:years?|minutes?|hours?))"
    rf"|(?P<b>\d{{1,3}}|{WORD_FIGURE})\s+(?:(?!and\b|or\b|of\b)[\w'-]+\s+){{0,3}}?{_COUNTED}\b"
    rf"|(?:^\W*(?:(?:and|ok|now|please|also|then)\b\W*)*|\b(?:give me|find me|show me|suggest|recommend) )(?P<d>one)"
    r"(?= (?:from|by|with|in|set|about|that|starring|under|over|for)\b)"
    rf"|(?:just|only|give me|show me|find me|recommend|suggest|name)(?: me)? (?P<c>\d{{1,3}}"
    rf"|{WORD_FIGURE})(?=\s*(?:$|[.,!?;]|please|that|from|more|good|great|with|to)))"
)


def count(text: str) -> int | None:
    """How many items are asked for, if said ("three films", "top 5", "just one")."""
    for match in _COUNT.finditer(text):
        word = match["a"] or match["b"] or match["c"] or match["d"]
        before = text[: match.start()]
        if match["b"] and re.search(
            r"\b(?:seen|watched|saw|loved|liked|enjoyed|hated|those|these|the|of|my|her|his|their)\s+(?:\w+\s+)?$",
            before,
        ):
            continue
        if match["b"] and word == "one" and not re.search(r"\b(?:just|only|exactly)\s+$", before):
            continue
        number = WORDS.get(word) if not word.isdigit() else int(word)
        if number and not re.match(r"[\s-]*(?:hours?|hrs?|min)", text[match.end(match.lastgroup or 0) :]):
            return number
    return None
