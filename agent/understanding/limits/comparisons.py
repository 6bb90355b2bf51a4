"""Comparisons with something named or shown before: "older than that", "something shorter"."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Relative:
    """A comparison with an earlier item ("older than that"): which number, and whether lower values are asked for."""

    start: int
    end: int
    number: str
    lower: bool


_REFERENT = r"(?:that|it|this|those|them|these|the (?:first|second|third|last|other|top|bottom|middle)(?: one)?|¤+)"

_COMPARED = {
    "older": ("year", True),
    "earlier": ("year", True),
    "newer": ("year", False),
    "later": ("year", False),
    "more recent": ("year", False),
    "shorter": ("runtime", True),
    "longer": ("runtime", False),
    "cheaper": ("price", True),
}

_RELATIVE = re.compile(
    rf"\b(?P<not>no |not |nothing )?(?P<word>{'|'.join(_COMPARED)})\b(?: (?:films?|movies?|ones?|stuff"
    rf"|things?|please))?(?P<than> than {_REFERENT})?"
)


def relatives(text: str) -> list[Relative]:
    """Comparisons with an item named or shown before ("older than that", "something shorter")."""
    found = []
    for match in _RELATIVE.finditer(text):
        rest = text[match.end() :]
        if match["not"] or (not match["than"] and re.match(r"\s*than\b|\s*(?:on|that|today|this week)\b", rest)):
            continue
        if not match["than"] and re.search(
            r"\b(?:or|and|see you|much|talk|when i (?:was|got)|i'?m|getting)\s+$", text[: match.start()]
        ):
            continue
        if re.match(r"(?: one| film| movie)?,? of (?:the|these|those|them)\b", rest):
            continue
        number, lower = _COMPARED[match["word"]]
        found.append(Relative(match.start(), match.end(), number, lower))
    return found
