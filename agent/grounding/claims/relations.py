"""What items have in common: "by the same director", "they share a writer", "by the man who made Fargo"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import partial

from agent.grounding.claims.base import Sentence
from agent.grounding.claims.scopes import denied_at, holds_at, pool, scope_at
from agent.grounding.evidence import Facts

_FACETS = {
    "director": "director", "filmmaker": "director", "hand": "director", "writer": "writer", "screenwriter": "writer",
    "cast": "actor", "actor": "actor", "actress": "actor", "star": "actor", "country": "country",
    "language": "language", "genre": "genre", "brand": "brand", "maker": "brand", "department": "department",
    "countries": "country",
    "category": "category", "year": "year", "decade": "decade", "length": "runtime", "running time": "runtime",
    "price": "price",
}  # fmt: skip
_WHAT = rf"(?P<what>{'|'.join(sorted(_FACETS, key=len, reverse=True))})(?:e?s)?"

_SAME = re.compile(rf"\bthe (?:very )?same (?:two |three )?{_WHAT}\b(?: as\b)?")
_SHARED = re.compile(
    rf"\b(?:shares?|sharing|have|has)(?: (?:both|all))? (?P<no>no )?(?:the same |an? |their |some |one |two )*"
    rf"{_WHAT}(?P<common> in common)?\b"
)
_WHO = re.compile(
    r"\b(?:the |its )?(?:same )?(?P<noun>man|woman|person|people|men|team|duo|pair|brothers|makers|directors?"
    r"|writers?|filmmakers?)"
    r"(?: (?:who|that))?(?: also)? (?P<verb>made|directed|wrote|of|behind)(?: and (?:directed|wrote))?(?= )"
)


def relations(sentence: Sentence) -> None:
    """Whether the items named share what is said to be shared."""
    low = sentence.masked
    for match in _SAME.finditer(low):
        targets = [] if not match[0].endswith(" as") else _next_items(sentence, match.end())
        items = sentence.items_at(match.start()) if not re.match(r"\s*(?:both|they|all)\b", low) else []
        items = items if len(items) > 1 or targets else _together(sentence, match.start())
        negated = re.search(r"(?:\bnot|n't|\bnever)\b[^,;]{0,20}$", low[: match.start()]) is not None
        together = [*items, *(item for item in targets if item not in items)]
        ok = len(together) > 1 and _common(together, _FACETS[match["what"]]) != negated
        sentence.add("relation", *match.span(), ok)
    for match in _SHARED.finditer(low):
        if not sentence.free(*match.span()) or not (match["common"] or match[0].startswith("shar")):
            continue
        items = _together(sentence, match.start())
        negated = bool(match["no"]) or re.search(r"n't |\bnot ", low[: match.start()][-12:]) is not None
        ok = len(items) > 1 and _common(items, _FACETS[match["what"]]) != negated
        sentence.add("relation", *match.span(), ok)
    for match in _WHO.finditer(low):
        if not re.search(r"\b(?:by|from) $", low[: match.start()]):
            continue
        targets = _next_items(sentence, match.end())
        items = [item for item in sentence.items_at(match.start()) if item not in targets]
        if re.match(r" it\b", low[match.end() :]):
            targets = sentence.items_at(match.start())
            items = targets
        if not targets:
            continue
        first = "writer" if re.search(r"\bwritten by $", low[: match.start()]) else "director"
        second = "writer" if match["verb"] == "wrote" or match["noun"].startswith("writer") else "director"
        makers = [set(item.facets.get(first, ())) for item in items]
        others = set[str]().union(*(item.facets.get(second, ()) for item in targets))
        sentence.add("relation", *match.span(), bool(makers) and all(each & others for each in makers))


_OWN = re.compile(
    r"\b(?P<did>directed|written|made) by (?:one of )?(?:its|their) (?:own )?(?P<who>director|writer|screenwriter"
    r"|actor|star)s?\b"
)


def own_makers(sentence: Sentence) -> None:
    """ "Directed by one of its writers": whether an item's own credits name somebody twice."""
    for match in _OWN.finditer(sentence.masked):
        scope = scope_at(sentence, match.start())
        first, second = "writer" if match["did"] == "written" else "director", _FACETS[match["who"]]

        def twice(item: Facts, first: str = first, second: str = second) -> bool:
            return bool(set(item.facets.get(first, ())) & set(item.facets.get(second, ())))

        sentence.add(
            "relation", *match.span(), holds_at(sentence, scope, twice, denied_at(sentence, scope, match.start()))
        )


_SOLE = re.compile(r"\bonly (?P<what>language|country|director|writer|genre|brand)\b")


def sole_values(sentence: Sentence) -> None:
    """ "Its only language is French": whether there is one."""
    for match in _SOLE.finditer(sentence.masked):
        held = scope_at(sentence, match.start()).holds(partial(_sole, facet=match["what"]))
        sentence.add("relation", *match.span(), held)


def _sole(item: Facts, *, facet: str) -> bool:
    return len(item.facets.get(facet, ())) == 1


def _together(sentence: Sentence, position: int) -> list[Facts]:
    """The items that "they" or "both" means before a position."""
    linked = [item for link in sentence.links if link[1] <= position for item in link[2] if item is not None]
    if len(linked) > 1:
        return linked
    two = re.search(r"\bboth\b|\btwo\b", sentence.masked) is not None
    return pool(sentence, "two" if two else None, 0)


def _next_items(sentence: Sentence, position: int) -> list[Facts]:
    after = next((link for link in sentence.links if 0 <= link[0] - position <= 6), None)
    return [item for item in after[2] if item is not None] if after else []


def _common(items: Sequence[Facts], facet: str) -> bool:
    if facet in {"year", "runtime", "price"}:
        return len({item.numbers.get(facet) for item in items}) == 1 and facet in items[0].numbers
    if facet == "decade":
        return len({None if item.year is None else item.year // 10 for item in items}) == 1
    shared = set.intersection(*(set(item.facets.get(facet, ())) for item in items))
    return bool(shared)
