"""Time left by the clock: "it's half past eight and it has to be over by ten" leaves ninety minutes."""

from __future__ import annotations

import re

from agent.lexicon import WORDS
from agent.understanding.limits.base import Limit
from core.types import Range

_HOURS = {word: number for word, number in WORDS.items() if 1 <= number <= 12 and " " not in word}
_NAMED = "|".join(sorted(_HOURS, key=len, reverse=True))

_PAST = {"": 0, "half": 30, "half past": 30, "quarter past": 15, "quarter to": -15, "ten past": 10, "ten to": -10}
_FROM = "|".join(sorted(filter(None, _PAST), key=len, reverse=True))

_ENDS = r"(?=\s*(?:$|[,.;!?)]|(?:and|so|now|but|then|i|i'm|we|or|already|tonight|sharp|latest|at the latest|here)\b))"


def _time(name: str) -> str:
    return (
        rf"(?:(?P<{name}past>{_FROM}) )?(?P<{name}hour>1[0-2]|[1-9]|{_NAMED})(?:[:.](?P<{name}minute>[0-5]\d))?"
        rf"(?:\s?(?:pm|am|p\.m\.|o'?clock))?{_ENDS}"
    )


_BETWEEN = re.compile(
    r"\b(?:it(?:'s| is)(?: already| only| just| about)?|(?:starts?|ends?|over|finish(?:es)?|home|back|free|here|asleep)"
    rf" (?:at|by|around|after)|in bed (?:at|by)) {_time('a')}"
    r"(?P<gap>[^.!?]{0,60}?)\b(?:(?:by|until|till?|before)|(?P<at>at)) "
    rf"{_time('b')}"
)
_OVER = re.compile(
    r"\b(?:leave|bed|asleep|sleep|crash|corpse|train|bus|taxi|over|done|guests|clos\w+|out|off|gone|up)\b"
)
_LEAST, _MOST = 30, 300


def time_left(text: str) -> list[Limit]:
    """At most the minutes between two times of the day: when it can start, and when it must be over."""
    for match in _BETWEEN.finditer(text):
        if match["at"] and not _OVER.search(match["gap"]):
            continue
        minutes = (_minutes(match, "b") - _minutes(match, "a")) % (12 * 60)
        if _LEAST <= minutes <= _MOST:
            return [Limit(match.start(), match.end(), "runtime", Range(high=minutes))]
    return []


def _minutes(match: re.Match[str], name: str) -> int:
    hour = match[f"{name}hour"]
    return 60 * (_HOURS.get(hour) or int(hour)) + int(match[f"{name}minute"] or 0) + _PAST[match[f"{name}past"] or ""]
