"""The parts of a message that ask for different things: "a quiet film, and why the first one?" has two."""

from __future__ import annotations

import re

from agent.intents import Intent
from agent.lexicon import GENRE_NOUNS, MOODS, alternatives

_ASKS = (
    r"(?:why|who|how|when|where|is|are|was|does|did|do you|which(?! (?:is|was|were|are|i|had|has|made))"
    r"|what(?! an?\b)|tell me|compare|recommend|suggest|give me|show me|find me)\b"
)

_SPLIT = re.compile(
    rf"[.!?;\n]+\s*|,\s*(?:(?:and|but|also|then|plus) )?(?:also |then )?(?={_ASKS})"
    rf"|,?\s+(?:and|but|plus|then)\s+(?:also |then )?(?={_ASKS}|(?:something|anything|an?|some|another|more) )"
)

_WISH = re.compile(
    r"\W*(?:(?:hi|hello|hey|ok|okay|so|and|also|but|then|plus|please|great|now|maybe|perhaps|or|well|cool|thanks|then)\b"
    r"[ ,!]+)*(?:an?|some|another|two|three|four|five|\d+|no|only|just|nothing|more|less|something|anything)\b"
    rf"(?=.*\b(?:films?|movies?|flicks?|something|anything|please|{alternatives(GENRE_NOUNS)}|{alternatives(MOODS)})\b)"
    r"(?!.*\b(?:i|my|was|were|is|are|did|does|do|it's|that's)\b)",
    re.DOTALL,
)


def clauses(text: str) -> list[tuple[int, int]]:
    """Where each part of a message starts and ends.

    Args:
        text: lower case, names masked.
    """
    spans, start = [], 0
    for match in _SPLIT.finditer(text):
        if text[start : match.start()].strip():
            spans.append((start, match.end()))
            start = match.end()
    if text[start:].strip():
        spans.append((start, len(text)))
    return spans


def wish(text: str, found: list[tuple[int, Intent, int]]) -> int | None:
    """Where a part without an act of its own wishes for something to watch, although no word asks for it."""
    for start, end in clauses(text):
        if not any(start <= at < end for at, _, _ in found) and _WISH.match(text[start:end]):
            return start
    return None
