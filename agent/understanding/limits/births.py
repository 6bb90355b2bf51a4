"""Limits by one's own age: "older than me, I'm from 1991", "nothing from before I was born (1982)"."""

from __future__ import annotations

import re

from agent.understanding.limits.base import Limit
from core.types import Range

_BORN = re.compile(
    r"\b(?:born(?: back)?(?: in)?|i(?:'m| am|m)(?: a child)? (?:from|of)"
    r"|(?:birth year|year of birth|vintage)(?: is|:)?)[ (,]*(?P<year>(?:19|20)\d\d)\b"
)

_NOT = r"(?P<not>\b(?:no|not|nothing|none|never|refuse|won'?t|don'?t|isn'?t|can'?t)\b(?: [\w']+){0,3} )?"

_THAN_ME = re.compile(
    rf"{_NOT}\b(?:(?P<older>older|earlier)|(?P<newer>newer|younger|later|more recent))"
    r" than (?:i(?:'m| am|m)?|me|myself)\b"
)

_MY_BIRTH = re.compile(
    rf"{_NOT}\b(?:(?P<older>before|pre-?dat(?:es|ing)|older than)|(?P<newer>after|since))"
    r" (?:i was born|i came along|i existed|my (?:own )?(?:birth(?:day)?|time))\b"
)


def since_birth(text: str) -> tuple[list[Limit], str]:
    """The limit of a comparison with the person's own age, where the message tells the year they were born in.

    Returns:
        the limit, if there is one, and the text, then without that year.
    """
    born = _BORN.search(text)
    if born is None:
        return [], text
    year = int(born["year"])
    for pattern in (_THAN_ME, _MY_BIRTH):
        match = pattern.search(text)
        if match is None:
            continue
        if match["older"]:
            limit = Range(low=year) if match["not"] else Range(high=year - 1)
        else:
            limit = Range(high=year) if match["not"] else Range(low=year)
        blotted = text[: born.start()] + " " * (born.end() - born.start()) + text[born.end() :]
        return [Limit(match.start(), match.end(), "year", limit)], blotted
    return [], text
