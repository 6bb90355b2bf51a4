"""Comparatives and superlatives: older, longer, cheaper, the newest of the four."""

from __future__ import annotations

import math
import re
from functools import partial

from agent.grounding.claims.base import NUMBER, YOU, Sentence, value_of
from agent.grounding.claims.differences import margin
from agent.grounding.claims.scopes import Scope, holds_at, pool, scope_at
from agent.grounding.evidence import Facts

_NUMBERS: dict[str, tuple[str, bool]] = {
    "older": ("year", False),
    "earlier": ("year", False),
    "newer": ("year", True),
    "younger": ("year", True),
    "later": ("year", True),
    "more recent": ("year", True),
    "longer": ("runtime", True),
    "shorter": ("runtime", False),
    "quicker": ("runtime", False),
    "cheaper": ("price", False),
    "less expensive": ("price", False),
    "dearer": ("price", True),
    "pricier": ("price", True),
    "more expensive": ("price", True),
}
"""A comparative, the number it compares, and whether the larger one has it."""

_SUPERLATIVES: dict[str, tuple[str, bool]] = {
    "oldest": ("year", False),
    "earliest": ("year", False),
    "newest": ("year", True),
    "youngest": ("year", True),
    "latest": ("year", True),
    "most recent": ("year", True),
    "longest": ("runtime", True),
    "shortest": ("runtime", False),
    "cheapest": ("price", False),
    "least expensive": ("price", False),
    "dearest": ("price", True),
    "priciest": ("price", True),
    "most expensive": ("price", True),
    "most oscars": ("oscars", True),
    "most academy awards": ("oscars", True),
    "most nominations": ("oscar_nominations", True),
    "most oscar nominations": ("oscar_nominations", True),
}

_SUPERLATIVE = re.compile(
    rf"\b(?:{'|'.join(_SUPERLATIVES)}|most(?= of (?:the|these|them|all)\b(?! time))|best|greatest|finest|worst"
    rf"|funniest|scariest|darkest|tensest|highest|lowest"
    r"|biggest|strongest|largest|nicest|loudest|lightest|easiest|sweetest|saddest|(?:most|least) (?!of\b|likely\b"
    r"|people\b)\w+)\b"
)

_FINE_SUPER = re.compile(
    r"\b(?:best (?:match(?:es)?|fit|bet|guess|of luck|wishes|picks?|suited)|at best|do my best|my best"
    r"|strongest (?:match|reason|part|signal|interest)|closest (?:match|fit)|(?<!the )most (?:of|likely|people)"
    r"|at (?:most|least)|biggest (?:part|share|reason|interest)|highest[- ]ranked|latest forecast)\b"
)

_COMPARATIVE = re.compile(
    rf"\b(?P<word>{'|'.join(_NUMBERS)})(?:(?P<than> than\b)|(?P<two> (?:one |film )?of the (?:two"
    rf"|pair)\b(?: (?P<noun>(?!films|movies|is\b|was\b)[a-z]+s)\b)?)"
    r"|(?P<one> (?:one|film|watch|pick|option|choice)\b)|(?P<end>(?=\s*[:,.;!]|$)))"
)
_THE_ONE = re.compile(rf"\bthe (?P<word>{'|'.join(_NUMBERS)}) (?P<noun>[a-z-]+) (?:is|was|would be) (?:the )?")
_AFTER = re.compile(r"\b(?:came out|released|made|comes|came|is from a time|older|arrived) (?P<word>before|after) ")
_MORE_OSCARS = re.compile(
    r"\b(?P<more>more|fewer) (?:(?:academy awards|oscars|of them) )?than (?P<any>(?:any|all|each) (?:of the "
    r"|the )?(?:others?|rest)\b)?"
)


def comparisons(sentence: Sentence) -> None:
    """Comparatives between items and superlatives among those shown."""
    low = sentence.masked
    for match in _THE_ONE.finditer(low):
        link = next((link for link in sentence.links if link[0] == match.end()), None)
        plain = match["noun"] in {"one", "film", "movie", "item", "pick", "option"}
        both = pool(sentence, "two", 0, "" if plain else match["noun"])
        mine = [item for item in link[2] if item is not None] if link else []
        number, larger = _NUMBERS[match["word"]]
        others = [item for item in both if item not in mine]
        if link:
            ok = bool(mine) and len(others) == 1 and _above(mine[0], others[0], number, larger)
            sentence.add("comparison", *match.span(), ok)
    for match in _COMPARATIVE.finditer(low):
        if sentence.free(*match.span()):
            _comparative(sentence, match)
    for match in _AFTER.finditer(low):
        target = next((link for link in sentence.links if link[0] == match.end()), None)
        if target is not None and sentence.free(*match.span()):
            mine = [item for item in sentence.items_at(match.start()) if item not in target[2]]
            others = [item for item in target[2] if item is not None]
            ok = bool(mine and others) and all(
                _above(item, other, "year", match["word"] == "after") for item in mine for other in others
            )
            sentence.add("comparison", *match.span(), ok)
    for match in _MORE_OSCARS.finditer(low):
        if not sentence.free(*match.span()) or "oscar" not in low[: match.end()]:
            continue
        mine, named = sentence.items_at(match.start()), _named_after(sentence, match.end())
        others = named or ([item for item in pool(sentence, None, 0) if item not in mine] if match["any"] else [])
        mine = [item for item in mine if item not in others]
        ok = bool(mine and others) and all(
            _above(item, other, "oscars", match["more"] == "more") for item in mine for other in others
        )
        sentence.add("comparison", *match.span(), ok)
    for match in re.finditer(
        r"\b(?:better|worse|funnier|scarier|darker|lighter|tenser|gentler|bigger|warmer|sharper|(?:more"
        r"|less) (?!than\b|of\b|like\b|to\b)\w+) than\b|\bthe (?:better|worse|funnier|(?:more|less) (?!of\b)\w+)"
        r" (?:\w+ )?of the two\b|\b(?:is|are|has|have) the (?:better|worse)\b",
        low,
    ):
        if sentence.free(*match.span()) and not re.search(r"more than one\b", match[0]):
            sentence.add("comparison", *match.span(), False)
    _superlatives(sentence)


def _comparative(sentence: Sentence, match: re.Match[str]) -> None:
    low = sentence.masked
    number, larger = _NUMBERS[match["word"]]
    wished = re.search(r"\b(?:something|anything|an?|any|like|prefer|one|little|bit|much) $", low[: match.start()])
    if wished and not match["than"]:
        chosen = next((link for link in sentence.links if 0 <= link[0] - match.end() <= 24), None)
        meant = [item for item in chosen[2] if item is not None and number in item.numbers] if chosen else []
        among = [item.numbers[number] for item in pool(sentence, None, 0) if number in item.numbers]
        if re.match(r"(?:.*[;,] )?for ", low[: match.start()]) and len(meant) == 1 and len(set(among)) > 1:
            opposite = min(among) if larger else max(among)
            sentence.add("comparison", *match.span(), meant[0].numbers[number] != opposite)
        return
    negated = re.search(r"(?:\b(?:not|no|never)|n't)(?: (?:any|much|the))? $", low[: match.start()]) is not None
    if match["than"]:
        targets = _named_after(sentence, match.end())
        if re.match(r" (?:the|all|any of the|all the)? ?(?:other|others|rest)\b", low[match.end() :]):
            targets = [item for item in pool(sentence, None, 0) if item not in sentence.items_at(match.start())]
        if not targets:
            if not re.match(r"\s*(?:\d|an?\b|one|two|three|the \d)", low[match.end() :]) and not YOU.search(low):
                sentence.add("comparison", *match.span(), False)
            return
        scope = scope_at(sentence, match.start())
        mine = tuple(item for item in scope.items if item not in targets)
        if len(mine) != len(scope.items):
            scope = Scope(mine, len(mine), len(mine))
    else:
        both = pool(sentence, "two", 0, match["noun"] or "")
        if not both:
            if match["two"]:
                sentence.add("comparison", *match.span(), False)
            return
        link = next((link for link in sentence.links if 0 <= link[0] - match.end() <= 12), None)
        lead = link if re.search(r"\bthe $", low[: match.start()]) and match["one"] else None
        items = [item for item in lead[2] if item is not None] if lead else sentence.items_at(match.start())
        items = items if len(items) == 1 else []
        targets = [item for item in both if item not in items]
        scope = Scope(tuple(items), len(items), len(items))
    ok = all(
        holds_at(sentence, scope, partial(_above_or_unknown, other=other, number=number, larger=larger), negated)
        for other in targets
    )
    sentence.add("comparison", *match.span(), ok and bool(targets))


def _named_after(sentence: Sentence, position: int) -> list[Facts]:
    found: list[Facts] = []
    end = position
    for start, stop, items in sentence.links:
        if start >= position and re.fullmatch(
            r"(?:,? ?(?:both|and|or|either)? ?| the (?:film )?)*", sentence.masked[end:start]
        ):
            found += [item for item in items if item is not None]
            end = stop
    return found


def _above_or_unknown(item: Facts, *, other: Facts, number: str, larger: bool) -> bool | None:
    known = number in item.numbers and number in other.numbers
    return _above(item, other, number, larger) if known else None


def _above(item: Facts, other: Facts, number: str, larger: bool) -> bool:
    mine, theirs = item.numbers.get(number), other.numbers.get(number)
    return mine is not None and theirs is not None and mine != theirs and (mine > theirs) == larger


def _superlatives(sentence: Sentence) -> None:
    low = sentence.masked
    fine = [match.span() for match in _FINE_SUPER.finditer(low)]
    for match in _SUPERLATIVE.finditer(low):
        start, end = match.span()
        if not sentence.free(start, end) or any(left <= start < right for left, right in fine):
            continue
        rule = _SUPERLATIVES.get(match[0])
        if match[0] == "most":
            if not re.search(r"\bthe $", low[:start]) or "oscar" not in low:
                continue
            rule = _SUPERLATIVES["most oscars"]
        behind = _behind(sentence, end)
        items = [behind] if behind else sentence.items_at(start)
        total = re.search(rf"\b(?:of|among) (?:the|these|those|my|all) (?P<n>{NUMBER}|pair)\b", low)
        among = pool(sentence, total["n"] if total else None, 0 if not total else len(low))
        if not total:
            among = list(sentence.evidence.shown or sentence.evidence.known)
        figure = re.match(r",? (?:one )?(?:at|with|is|being|runs|lasts) (\d+) min", low[end:])
        if figure and not items and rule is not None and rule[0] == "runtime":
            known = [item.numbers.get("runtime", 0.0) for item in among]
            sentence.add("superlative", start, end + figure.end(), float(figure[1]) == (max if rule[1] else min)(known))
            continue
        boundless = re.search(r"\b(?:ever|of all time|in the world|made)\b", low[end:])
        several = re.search(rf"\bthe ({NUMBER}) $", low[:start])
        if several and rule is not None and items and all(rule[0] in item.numbers for item in among):
            ordered = sorted(among, key=lambda item: item.numbers[rule[0]], reverse=rule[1])
            first = {item.id for item in ordered[: value_of(several[1])]}
            sentence.add("superlative", several.start(), end, first == {item.id for item in items})
            continue
        if rule is None or len(items) != 1 or len(among) < 2 or boundless or items[0] not in among:
            sentence.add("superlative", start, end, False)
            continue
        number, largest = rule
        place = re.search(r"\b(?P<rank>second|third|fourth|fifth)[- ]$", low[:start])
        figures = [item.numbers.get(number) for item in among]
        known = [figure for figure in figures if figure is not None]
        mine = items[0].numbers.get(number)
        best = max(known, default=0.0) if largest else min(known, default=0.0)
        if place and len(known) == len(figures):
            rank = "second third fourth fifth".split().index(place["rank"]) + 1
            figures_down = sorted(known, reverse=largest)
            best = figures_down[rank] if rank < len(known) else math.nan
            ahead = next((link[2] for link in sentence.links if re.search(r"\b(?:after|behind) $", low[: link[0]])), ())
            if any(item is not None and item.numbers.get(number) != figures_down[rank - 1] for item in ahead):
                best = math.nan
        ok = mine is not None and len(known) == len(figures) and mine == best and known.count(best) == 1
        negated = re.search(r"(?:\bnot|n't|\bnever) the $", low[:start]) is not None
        sentence.add("superlative", start, end, ok != negated and margin(sentence, end, known, largest) is not False)


def _behind(sentence: Sentence, position: int) -> Facts | None:
    """The item that a superlative introduces: "the latest is Prometheus"."""
    link = next((link for link in sentence.links if link[0] >= position), None)
    gap = sentence.masked[position : link[0]] if link else ""
    words = r"(?: (?:one|film|movie|item|pick|here|(?:of|among) (?:them|these|those|all|the \w+(?: films?)?)))*"
    if link is None or not re.fullmatch(rf"{words},?(?: (?:is|was|being|here is|would be))?,? ", gap):
        return None
    return next((item for item in link[2] if item is not None), None)
