"""How far ahead a message looks: spans of time from now, and seasons, holidays and months by name."""

from __future__ import annotations

import re
from typing import Any

from agent.lexicon import WORDS
from agent.understanding.meaning import Ahead

SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""Month in which each season begins, in the northern hemisphere."""

HOLIDAYS = {
    "christmas": (12, 25),
    "xmas": (12, 25),
    "the holidays": (12, 25),
    "new year": (1, 1),
    "valentine's day": (2, 14),
    "valentine's": (2, 14),
    "halloween": (10, 31),
    "the end of the year": (12, 31),
}
"""Month and day."""

MONTHS = {
    name: number
    for number, name in enumerate(
        "january february march april may june july august september october november december".split(), start=1
    )
}

_COUNTS: dict[str, float] = WORDS | {
    "a": 1,
    "an": 1,
    "half a": 0.5,
    "few": 3,
    "a few": 3,
    "several": 4,
    "couple of": 2,
    "a couple of": 2,
    "couple": 2,
    "a couple": 2,
}
_UNITS = {"fortnight": (2.0, "week"), "decade": (10.0, "year")}
_COUNT = r"(?P<n>\d{1,4}|" + "|".join(sorted(map(re.escape, _COUNTS), key=len, reverse=True)) + r")"
_UNIT = r"(?P<unit>day|week|fortnight|month|quarter|year|decade)s?\b"

_SPANS = tuple(
    re.compile(pattern)
    for pattern in (
        rf"\b(?:in|within|after)(?: about| around| roughly| maybe)? (?:the (?:next|coming) )?{_COUNT} {_UNIT}"
        r"(?:'s?(?: time)?| from now| time)?",
        rf"\b{_COUNT} {_UNIT} (?:from now|from today|ahead|down the (?:line|road))\b",
        rf"\b(?:(?:for|in|over|during|within|by) )?(?:the |this )?(?:next|coming|following) (?:{_COUNT} )?{_UNIT}",
        r"(?P<tomorrow>\btomorrow\b)",
    )
)

_NAMES = "|".join(map(re.escape, sorted({*SEASONS, *HOLIDAYS}, key=len, reverse=True)))
_NAMED = re.compile(
    rf"(?<!out )(?<!set )\b(?:in|this|next|by|come|around|until|before|at|for|over|this coming|during)"
    rf"(?: the| next| this| this coming)? (?P<name>{_NAMES})(?! (?:films?|movies?|evenings?|story|stories|\d))\b"
    rf"|(?<!released )(?<!made )(?<!out )(?<!born )(?<!set )\b(?:by|in|for|come|next|this|until|before) "
    rf"(?P<month>{'|'.join(MONTHS)})\b(?! \d)"
)


def read_ahead(text: str, masked: str) -> Ahead | None:
    """How far ahead a message looks; None when it speaks of no time to come.

    Args:
        text: the message.
        masked: the same in lower case with names masked.
    """
    for pattern in _SPANS:
        match = pattern.search(masked)
        if match is not None:
            return Ahead(quote=text[match.start() : match.end()].strip(), **_span(match))
    match = _NAMED.search(masked)
    if match is None:
        return None
    return Ahead(quote=text[match.start() : match.end()].strip(), named=match["name"] or match["month"])


def _span(match: re.Match[str]) -> dict[str, Any]:
    found = match.groupdict()
    if found.get("tomorrow"):
        return {"unit": "day"}
    word = found["n"] or "a"
    scale, unit = _UNITS.get(match["unit"], (1.0, match["unit"]))
    return {"count": scale * (float(word) if word.isdigit() else _COUNTS[word]), "unit": unit}
