"""Sentences to a customer as sentences about them: the staff read what the customer would be told.

Only words in the case of running text are changed, so that titles ("You Can Count on Me") stay as they are.
"""

from __future__ import annotations

import re

_BEFORE_OBJECT = (
    r"for|to|of|with|from|at|about|than|by|suits?|fits?|gave|give|tells?|told|showed?|shown|on|interests?|around"
)
_VERB = r"\w+ed|are|were|have|had|like|love|lean|bought|saw|said|want|rate|may|might|will|do|did|know|took|named|set"
_STEPS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), there)
    for pattern, there in (
        (r"\byourself\b", "themself"),
        (r"\byours\b", "theirs"),
        (r"\byour\b", "their"),
        (r"(?:(?<=^)|(?<=[.:“] ))Your(?= [a-z])", "Their"),
        (rf"\b({_BEFORE_OBJECT}) you\b(?!(?:'| (?:{_VERB})\b))", r"\1 them"),
        (r"\byou\b", "they"),
        (r"(?:(?<=^)|(?<=[.:“] ))You(?= [a-z])", "They"),
        (r"\btold me\b", "told us"),
    )
)


def about_them(sentence: str) -> str:
    """ "You liked Alien, and your interest rises" as "They liked Alien, and their interest rises"."""
    for pattern, there in _STEPS:
        sentence = pattern.sub(there, sentence)
    return sentence
