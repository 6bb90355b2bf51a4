"""How many items are asked for."""

from __future__ import annotations

import re

from agent.lexicon import WORDS

_FIGURES = (
    WORDS
    | {"a pair of": 2, "half a dozen": 6, "half-a-dozen": 6, "two dozen": 24}
    | dict.fromkeys(("zwei", "deux", "dos"), 2)
    | dict.fromkeys(("drei", "trois", "tres", "tre"), 3)
    | dict.fromkeys(("vier", "quatre", "cuatro", "quattro"), 4)
    | dict.fromkeys(("fünf", "cinq", "cinco", "cinque"), 5)
)

_FIGURE = r"(?:" + "|".join(sorted(_FIGURES, key=len, reverse=True)) + r")"

_COUNTED = (
    r"(?:films?|movies?|titles?|suggestions?|recommendations?|recs?|ideas?|options?|picks?|things?"
    r"|choices?|results?|books?|products?|comedies|thrillers|dramas|horrors|westerns|documentaries"
    r"|musicals|mysteries|romances|flicks|ones|of them|items?|filme|pel[ií]culas|pelis)"
)

_ASKED = r"(?:give (?:me|us)|gimme|show (?:me|us)|find (?:me|us)|hit me with|pick(?: (?:me|us))?|suggest|recommend)"

_NUMBER = rf"\d{{1,3}}|{_FIGURE}"

_COUNT = re.compile(
    rf"(?:^|[.!?;:,]\s+|\banother )(?P<e>\d|{_FIGURE}) (?:more|others?|further)\b"
    r"(?! (?:things?|times?|questions?|chances?|years?|minutes?|hours?|seasons?)\b)"
    r"|\b(?P<f>one) more (?=(?:\w+ ){0,2}?(?:films?|movies?|pictures?|suggestions?|titles?)\b)"
    rf"|\b(?:(?:top|best|(?<!the )first) (?P<a>{_NUMBER})\b(?!\s*(?:years?|minutes?|hours?))"
    rf"|(?P<b>{_NUMBER})\s+(?:(?!and\b|or\b|of\b)[\w'-]+\s+){{0,3}}?{_COUNTED}\b"
    rf"|(?:^\W*(?:(?:and|ok|now|please|also|then)\b\W*)*|\b{_ASKED} )(?P<d>one)"
    r"(?= (?:from|by|with|in|set|about|that|starring|under|over|for)\b)"
    rf"|(?:just|only|{_ASKED}|name)(?: me)? (?P<c>{_NUMBER})"
    r"(?=\s*(?:$|[.,!?;]|please|pls|plz|that|from|more|others?|good|great|with|to)))"
)


def count(text: str) -> int | None:
    """How many items are asked for, if said ("three films", "top 5", "just one", "two more")."""
    for match in _COUNT.finditer(text):
        word = match["a"] or match["b"] or match["c"] or match["d"] or match["e"] or match["f"]
        before = text[: match.start()]
        if match["b"] and re.search(
            r"\b(?:seen|watched|saw|loved|liked|enjoyed|hated|those|these|the|of|my|her|his|their)\s+(?:\w+\s+)?$",
            before,
        ):
            continue
        if match["b"] and word == "one" and not re.search(r"\b(?:just|only|exactly)\s+$", before):
            continue
        number = _FIGURES.get(word) if not word.isdigit() else int(word)
        if number and not re.match(r"[\s-]*(?:hours?|hrs?|min)", text[match.end(match.lastgroup or 0) :]):
            return number
    return None
