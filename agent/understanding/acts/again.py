"""The wording of wanting what one has had before: "what am I running out of?", "what do I usually buy?"."""

from __future__ import annotations

import re

_BASKET = r"(?:orders?|baskets?|shops?|shopping|purchases?|receipts?)"

AGAIN = (
    r"(?:am|are|is|'m|'re|i|we|he|she|they) (?:i |we |he |she |they )?(?:almost |nearly |about to |just |have )*"
    r"(?:running|run|ran) (?:out|low)\b"
    r"|(?:usually|normally|always|regularly|often|generally|typically) (?:buy|order|purchase|pick up|shop for)"
    r"|what (?:do|does) (?:i|we|he|she|they) (?:usually|normally|always|regularly|often) (?:get|take|have|need)"
    r"|(?:buy|order|purchase)(?: \w+){0,2} (?:again|every week|each week|every month)\b"
    r"|re-?(?:order|stock|plenish)(?:s|ed|ing)?\b|stock(?:ing)? up\b"
    r"|my (?:\w+ )?(?:usuals?|regulars?|staples)\b"
    r"|same (?:again|as (?:last time|every week|always|usual))"
    rf"|(?:like|as in|from|in|of|repeat) (?:my|her|his|their|our|the) (?:last|latest|previous|usual) {_BASKET}"
    r"|(?:my|our|the) (?:weekly |next )?shopping list\b"
    r"|what do (?:i|we) need (?:this|next|for the) (?:week|weekend|month)"
)
"""As a part of the wording of a request, over lower-case text in which catalogue names are masked."""

AGAIN_ASPECTS = (("again", re.compile(rf"\b(?:{AGAIN})")),)
"""Marks such a request: what the person had already may come up."""


def wants_again(masked: str) -> bool:
    """Whether a message asks for what the person has had before."""
    return any(pattern.search(masked) for _, pattern in AGAIN_ASPECTS)
