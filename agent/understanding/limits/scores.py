"""Limits on awards, critics' scores and any other number of the catalogue."""

from __future__ import annotations

import re
from collections.abc import Collection

from agent.lexicon import WORDS
from agent.understanding.limits.base import BOUND, Limit, bounded
from core.types import Range

_AWARDS: tuple[tuple[re.Pattern[str], str, Range], ...] = (
    (
        re.compile(
            r"\b(?:won|has won|with|winner of|winning) (?:an|at least one|some|any) oscars?\b"
            r"|\boscar[ -](?:winners?|winning)\b|\bacademy award[ -](?:winners?|winning)\b|\bthat won oscars\b"
        ),
        "oscars",
        Range(low=1),
    ),
    (
        re.compile(r"\boscar[ -](?:nominees?|nominated|nominations?)\b|\bnominated for (?:an )?oscars?\b"),
        "oscar_nominations",
        Range(low=1),
    ),
    (
        re.compile(
            r"\b(?:critically acclaimed|acclaimed|well[ -](?:reviewed|rated|received)|highly[ -]rated|good reviews"
            r"|great reviews|top[ -]rated|critics loved?|best[ -](?:reviewed|rated))\b"
        ),
        "tomatometer",
        Range(low=80),
    ),
)

_ALIASES = {
    "tomatometer": r"tomatometer|rotten tomatoes|tomatoes",
    "metascore": r"metascore|metacritic",
    "oscars": r"oscars|academy awards",
    "oscar_nominations": r"oscar nominations",
}


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
        figure = r"(?P<n>\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten)\s*%?"
        near = rf"\b(?:{BOUND}\s+{figure}\s*(?:(?:on|in|at|for|from)\s+)?(?:the )?(?:{words})\b)"
        for match in re.finditer(near, text):
            found.append(_bounded(match, name))
        for match in re.finditer(rf"\b(?:{words})\b\s*(?:score |rating )?(?:of |is |are )?{BOUND}\s+{figure}", text):
            found.append(_bounded(match, name))
    return found


def _bounded(match: re.Match[str], name: str) -> Limit:
    value = float(WORDS.get(match["n"]) or match["n"])
    return Limit(match.start(), match.end(), name, bounded(match, value) or Range(low=value, high=value))
