"""Limits on the running time, in minutes."""

from __future__ import annotations

import re

from agent.lexicon import WORDS
from agent.understanding.limits.base import BOUND, WORD_FIGURE, Limit, bounded, joined
from core.types import Range

_HOURS = (
    rf"(?P<h>\d+(?:[.,]\d+)?|an?|{WORD_FIGURE})(?P<half1> and a half)?[\s-]*(?:hours?\b|hrs?\b|h(?=\d"
    rf"|\b))(?P<half2> and a half)?"
    r"(?:\s*(?:and )?(?P<hm>\d+)\s*(?:m|mins?|minutes?)?\b)?"
)

_MINUTES = r"(?P<m>\d{2,3})[\s-]*(?:minutes?|mins?|min\.?|m)\b"

_DURATION = rf"(?:{_HOURS}|{_MINUTES}|(?P<half>half an hour))"

_TAIL = (
    r"(?P<tail>\s*(?:long\s*)?(?:or (?:less|under|shorter|below)|and under|tops|max(?:imum)?"
    r"|at most))?(?P<up>\s*(?:long\s*)?(?:or (?:more|longer|over)|plus|\+|min(?:imum)?\b|at (?:the )?least))?"
)

_RUNTIME = re.compile(rf"\b(?:{BOUND}\s+(?:the )?)?{_DURATION}{_TAIL}")

_BETWEEN_MINUTES = re.compile(
    r"\b(?:between )?(?P<a>\d{2,3})\s*(?:and|to|-|–)\s*(?P<b>\d{2,3})[\s-]*(?:minutes?|mins?)\b"
)

_TIME_LEFT = re.compile(
    r"\b(?:i(?:'ve| have)?(?: only)?(?: got| have)?|we(?:'ve| have)?(?: only)?(?: got| have)?|only have"
    r"|only got|got|have|fits? in(?:to)?|within)(?: only| just| about)?\s+$"
)

_SPENT = re.compile(
    r"\s*(?:ago|later|from now|earlier|late|away|straight|wasted|of (?:my|your|his|her|our|their)|on (?:the|a|an) \w+"
    r"|i(?:'ll| will) never|in (?:the|a|an|my) (?:train|plane|car|bus|queue))\b"
)
"""What follows a time that was spent: "two hours of my life", "an hour ago"."""

_AFTER_ALL = re.compile(r"\b(?:after(?: only| just| about)?|every|all(?: of)?(?: the| its| those)?|these|those)\s+$")
"""What precedes one: "gave up after an hour", "all three hours of it"."""

_SOFT_RUNTIMES: tuple[tuple[re.Pattern[str], float | None, float | None], ...] = (
    (
        re.compile(
            r"\b(?:not|nothing|isn'?t|none|never|don'?t want (?:anything|something))(?: that(?:'s| is))?(?: (?:too"
            r"|very|so|super|overly|really|terribly))? (?:long|lengthy)\b"
        ),
        None,
        120,
    ),
    (re.compile(r"\b(?:not|nothing)(?: (?:too|very))? short\b"), 100, None),
    (re.compile(r"\b(?:short(?:ish)?(?! (?:of|on|list|stor))|brief|quick watch|quick (?:film|movie|one))\b"), None, 90),
    (
        re.compile(
            r"(?<!how )(?<!so )(?<!too )(?<!as )\b(?:long (?:films?|movies?|ones?)|really long|very long"
            r"|three-hour|lengthy)\b"
        ),
        150,
        None,
    ),
)


def runtimes(text: str) -> list[Limit]:
    """Limits on the running time, in minutes. "Under two hours" is at most 119; a bare figure is within ten minutes."""
    found: list[Limit] = []
    for match in _BETWEEN_MINUTES.finditer(text):
        low, high = sorted((float(match["a"]), float(match["b"])))
        found.append(Limit(match.start(), match.end(), "runtime", Range(low=low, high=high)))
    for match in _RUNTIME.finditer(text):
        if any(match.start() < kept.end and kept.start < match.end() for kept in found):
            continue
        if _SPENT.match(text[match.end() :]) or _AFTER_ALL.search(text[: match.start()]):
            continue
        value = _minutes(match)
        if match["tail"]:
            limit = Range(high=value)
        elif match["up"]:
            limit = Range(low=value)
        elif not match["eq"] and _TIME_LEFT.search(text[: match.start()]):
            limit = bounded(match, value) or Range(high=value)
        else:
            limit = bounded(match, value) or Range(low=value - 10, high=value + 10)
        found.append(Limit(match.start(), match.end(), "runtime", limit))
    if found:
        return joined(found)
    for pattern, soft_low, soft_high in _SOFT_RUNTIMES:
        match_soft = pattern.search(text)
        if match_soft:
            return [
                Limit(match_soft.start(), match_soft.end(), "runtime", Range(low=soft_low, high=soft_high), soft=True)
            ]
    return []


def _minutes(match: re.Match[str]) -> float:
    if match["half"]:
        return 30
    if match["m"]:
        return float(match["m"])
    hours = match["h"]
    amount = 1.0 if hours in {"a", "an"} else float(WORDS.get(hours) or hours.replace(",", "."))
    extra = 30 if match["half1"] or match["half2"] else float(match["hm"] or 0)
    return amount * 60 + extra
