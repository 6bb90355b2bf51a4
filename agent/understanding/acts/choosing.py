"""A message that settles on an item: "I'll take the second one", "Perfect, Heat tonight"."""

from __future__ import annotations

import re

from agent.understanding.acts.rules import NAME

_AGREED = (
    r"(?:(?:ok(?:ay)?|yes|yeah|yep|sure|perfect|great|good|fine|deal|al(?:l )?right|right|cool|nice|lovely|excellent"
    r"|brilliant|wonderful|sold|settled|done|then|so|well|oh|ah|hm+|thanks|thank you|actually"
    r"|i (?:think|guess)|in that case)"
    r"\b[\s,.!:;-]*)"
)

_TAKE = (
    r"(?:(?:i'?ll|i will|we'?ll|we will|i'?d|let'?s|let us|(?:i'?m |we'?re )?(?:going to|gonna)|i|we|i'?m|we'?re)"
    r" (?:just |then |definitely |probably |both )*)?"
    r"(?:take|watch|see|try|choose|pick|have|read|play|buy|order|get|give|start with|settle (?:on|for)|stick with"
    r"|go(?:ing)? (?:with|for))"
)

_THEN = (
    r"(?:[\s,]*(?:it is|it'?s|then|please|tonight|today|this (?:evening|weekend)|tomorrow|now|first"
    r"|a (?:try|go|chance|shot)"
    r"|will do(?: nicely)?|wins|it'?ll be|is (?:the one|perfect|fine|it)|works(?: for (?:me|us))?"
    r"|(?:sounds?|looks?) (?:\w+ )?(?:good|great|nice|perfect|fun|lovely|right|promising|interesting)"
    r"|thanks|thank you|it shall be|for (?:me|us|tonight|today))\b[\s,]*)"
)

_CHOICE = re.compile(
    rf"\W*(?:{_AGREED}*{_TAKE} {NAME}{_THEN}*"
    rf"|{_AGREED}+(?:it'?s |it is |that'?s |make it )?{NAME}{_THEN}*"
    rf"|{NAME}{_THEN}+)[\s.!:)]*"
)

_NOT_SETTLED = re.compile(r"^\W*(?:i|we) (?:watch|see|read|play|try|have|get)\b")
"""Without a "will", a habit."""


def agreed(words: str) -> bool:
    """Whether words say nothing but yes ("perfect").

    Args:
        words: lower case.
    """
    return re.fullmatch(f"{_AGREED}+", words.strip()) is not None


def chooses(text: str) -> bool:
    """Whether a message does nothing but settle on an item that it names or points at.

    Args:
        text: lower case, names masked.
    """
    return _CHOICE.fullmatch(text.strip()) is not None and _NOT_SETTLED.search(text) is None
