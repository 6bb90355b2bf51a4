"""Claims about what only some catalogues hold: brand, department, category and the like, and prices."""

from __future__ import annotations

import re
from functools import partial

from agent.grounding.claims.base import Sentence
from agent.grounding.claims.dates import limit_has
from agent.grounding.claims.scopes import counted_at, denied_at, holds_at, scope_at
from agent.grounding.evidence import PEOPLE, Facts

_OWN_RULES = frozenset({*PEOPLE, "genre", "language", "country", "theme", "certificate"})


def attributes(sentence: Sentence) -> None:
    """Values of every facet that has no rule of its own, said of items or asked for."""
    evidence, low = sentence.evidence, sentence.masked
    values = {
        (facet, value)
        for item in evidence.known
        for facet, held in item.facets.items()
        if facet not in _OWN_RULES
        for value in held
    }
    for facet, value in sorted(values, key=lambda each: -len(each[1])):
        word = re.escape(value.casefold().removesuffix("s"))
        for match in re.finditer(rf"(?<!\w){word}(?:'s|s|es)?(?: {facet})?(?!\w)", low):
            if not sentence.free(*match.span()) or counted_at(sentence, *match.span()):
                continue
            scope = scope_at(sentence, match.start())
            heard = re.search(rf"\b{word}", evidence.heard) is not None
            if scope.items and not sentence.of_person(match.start()):
                fits = partial(Facts.has, facet=facet, value=value)
                sentence.add(
                    facet, *match.span(), holds_at(sentence, scope, fits, denied_at(sentence, scope, match.start()))
                )
            elif re.search(r"\b\w+ (?:\w+ )?$", low[: match.start()]) and (
                number := _COUNT.search(low[: match.start()])
            ):
                count = sum(item.has(facet, value) for item in evidence.shown or evidence.known)
                sentence.add(facet, number.start(), match.end(), _COUNTS.get(number[1], -1) == count)
            else:
                every = bool(evidence.shown) and all(item.has(facet, value) for item in evidence.shown)
                topical = f"{facet}:{value}" in evidence.topics
                sentence.add(facet, *match.span(), heard or topical or every)


_COUNTS = {word: number for number, word in enumerate("no one two three four five six seven eight nine ten".split())}
_COUNT = re.compile(rf"\b({'|'.join(_COUNTS)}) (?:[\w-]+ )?$")

_PRICE = re.compile(
    r"\b(?P<cue>costs?|priced(?: at)?|price (?:is|of)|sells? for|for|at|is|stays?|stay|pay)?\s?(?:only |just )?"
    r"(?P<word>under|below|less than|over|above|more than|about|around|roughly|nearly|almost|just under|just over"
    r"|at most"
    r"|up to|no more than|within)? ?(?:[£$€] ?)?(?P<n>\d+(?:\.\d{1,2})?)(?![\w%.]*\d)(?: (?:pounds|dollars|euros))?"
    r"(?! ?%|\s?(?:l|ml|kg|g|minutes?|hours?|days?|weeks?|months?|years?|items?|films?|times|of|out)\b)"
)


def prices(sentence: Sentence) -> None:
    """Prices, exact or bounded, where the catalogue has prices."""
    evidence, low = sentence.evidence, sentence.masked
    if not any("price" in item.numbers for item in evidence.known):
        return
    for match in _PRICE.finditer(low):
        if not (match["cue"] or match["word"]) or not sentence.free(match.start("n"), match.end("n")):
            continue
        amount, word = float(match["n"]), match["word"] or ""
        apart = re.match(r" (?P<way>more|less|cheaper|dearer) than (?:the )?", low[match.end() :])
        if apart:
            _apart(sentence, match, apart, amount)
            continue
        scope = scope_at(sentence, match.start("n"))
        fits = partial(_priced, amount=amount, word=word)
        if sentence.of_person(match.start()) or not scope.items:
            own = sentence.of_person(match.start())
            every = not own and bool(evidence.shown) and all(fits(item) for item in evidence.shown)
            sentence.add("price", match.start("n"), match.end(), limit_has(evidence, "price", amount) or every)
        else:
            ok = holds_at(sentence, scope, fits, denied_at(sentence, scope, match.start("n")))
            sentence.add("price", match.start("n"), match.end(), ok)


def _apart(sentence: Sentence, match: re.Match[str], apart: re.Match[str], amount: float) -> None:
    """ "Costs 7.49 more than the Glass Kettle"."""
    behind = match.end() + apart.end()
    others = [item for start, _, items in sentence.links if start == behind for item in items if item is not None]
    mine = [item for item in sentence.items_at(match.start("n")) if item not in others]
    sign = 1 if apart["way"] in {"more", "dearer"} else -1
    known = all("price" in item.numbers for item in (*mine, *others))
    held = bool(mine and others) and known
    held = held and abs(sign * (mine[0].numbers["price"] - others[0].numbers["price"]) - amount) < 0.006
    sentence.add("price", match.start("n"), behind, held)


def _priced(item: Facts, *, amount: float, word: str) -> bool | None:
    price = item.numbers.get("price")
    if price is None:
        return None
    if word in {"under", "below", "less than"}:
        return price < amount
    if word in {"at most", "up to", "no more than", "within"}:
        return price <= amount
    if word in {"over", "above", "more than"}:
        return price > amount
    if word in {"about", "around", "roughly"}:
        return abs(price - amount) <= 0.1 * amount
    if word in {"nearly", "almost", "just under"}:
        return 0.85 * amount <= price < amount
    if word == "just over":
        return amount < price <= 1.15 * amount
    return abs(price - amount) < 0.005
