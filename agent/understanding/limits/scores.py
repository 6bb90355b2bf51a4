"""Limits on awards, critics' scores and any other number of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Collection

from agent.lexicon import WORDS
from agent.understanding.limits.base import BOUND, Limit, bounded
from core.types import Range

_AWARD = r"(?:oscars?|academy awards?)"

_AWARDS: tuple[tuple[re.Pattern[str], str, Range], ...] = (
    (re.compile(r"\bbest[ -]picture[ -](?:winners?|winning)\b|\bwon best picture\b"), "oscars", Range(low=1)),
    (
        re.compile(rf"\b(?:more than one|multiple|several|a couple of) {_AWARD}\b(?! nom)"),
        "oscars",
        Range(low=2),
    ),
    (
        re.compile(
            rf"\b(?:won|has won|with|winner of|winning|has|have|got|bagged|took home) (?:an|at least one|some|any)"
            rf" {_AWARD}\b(?! nom)|\b(?:oscar|academy award)[ -](?:winners?|winning)\b|\bthat won {_AWARD}\b"
            rf"|\b{_AWARD} to (?:its|their) names?\b|\b{_AWARD} (?:in|under) (?:its|their) (?:bag|belt)\b"
        ),
        "oscars",
        Range(low=1),
    ),
    (
        re.compile(
            r"\b(?:oscar|academy award)[ -](?:nominees?|nominated|nominations?)\b"
            rf"|\b(?:nominated|up) for (?:an? |some )?{_AWARD}\b"
        ),
        "oscar_nominations",
        Range(low=1),
    ),
    (
        re.compile(
            r"\b(?:critically (?:acclaimed|praised|lauded|loved|adored|celebrated)|acclaimed"
            r"|well[ -](?:reviewed|rated|received)|highly[ -](?:rated|praised)"
            r"|(?:good|great|rave|glowing|excellent|stellar|strong|fantastic) reviews|top[ -]rated"
            r"|(?:praised|loved|adored) by (?:the )?critics|critics (?:loved?|adored?|praised?|rav(?:ed?|ing) about)"
            r"|critics'? darlings?|darlings? of the critics|best[ -](?:reviewed|rated))\b"
        ),
        "tomatometer",
        Range(low=80),
    ),
    (re.compile(r"\bcertified fresh\b"), "tomatometer", Range(low=75)),
)

_ALIASES = {
    "tomatometer": r"tomatometer|rotten tomatoes|tomatoes|rt",
    "metascore": r"metascore|metacritic",
    "oscars": r"oscars|academy awards",
    "oscar_nominations": r"oscar nominations",
}


_FIGURE = (
    r"(?P<n>\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten)\b\s*(?:%|percent\b|per cent\b|points?\b)?"
)

_PAIR = r"(?:(?P<from>\d+)\s*%?\s*(?:to|and|-|–)\s*)?"

_MORE = (
    r"\+|plus\b|(?:or|and) (?:more|better|higher|above|over|up|upwards?)\b|min(?:imum)?\b"
    r"|at (?:the )?least\b|upwards?\b"
)

_LESS = r"(?:or|and) (?:less|fewer|lower|worse|below|under)\b|max(?:imum)?\b|at (?:the )?most\b|tops\b"

_TAIL = rf"(?:\s*(?:(?P<more>{_MORE})|(?P<less>{_LESS})))?"

_AFTER = rf"(?:\s*(?:(?P<more2>{_MORE})|(?P<less2>{_LESS})))?"


def others(text: str, names: Collection[str]) -> list[Limit]:
    """Limits on any other number of the catalogue, by its name ("at least 80 on metacritic", "weight under 3")."""
    found = [
        Limit(match.start(), match.end(), number, limit)
        for pattern, number, limit in _AWARDS
        if number in names
        for match in pattern.finditer(text)
    ]
    for name in names:
        if name in {"year", "runtime"}:
            continue
        words = _ALIASES.get(name, re.escape(name.replace("_", " ")))
        for pattern in (
            rf"\b(?:{BOUND}\s+)?{_FIGURE}{_TAIL}(?:\s*(?:on|in|at|for|from|by))?(?: the)? (?:{words})\b{_AFTER}",
            rf"\b(?:{words})\b\s*(?:score |rating )?(?:of |is |are |at |from |between |: ?)?(?:{BOUND}\s+)?"
            rf"{_PAIR}{_FIGURE}{_TAIL}",
        ):
            found += [limit for match in re.finditer(pattern, text) if (limit := _bounded(match, name))]
    return found


def _bounded(match: re.Match[str], name: str) -> Limit | None:
    """The limit of a figure that words bound; None for a figure in passing."""
    groups = match.groupdict()
    value = float(WORDS.get(match["n"]) or match["n"])
    if groups.get("from"):
        limit = Range(low=float(groups["from"]), high=value)
    elif match["more"] or groups.get("more2"):
        limit = Range(low=value)
    elif match["less"] or groups.get("less2"):
        limit = Range(high=value)
    elif match["eq"]:
        limit = Range(low=value, high=value)
    else:
        worded = bounded(match, value)
        if worded is None:
            return None
        limit = worded
    return Limit(match.start(), match.end(), name, limit)
