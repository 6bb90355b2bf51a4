"""The wording of questions about a list: why this and not that, and what would change it."""

from __future__ import annotations

import re

_THIS = r"(?:this|that|it|these|those|them|the list|your (?:mind|answer|list)|¤+)"

CHANGE = (
    rf"\bwhat (?:would|could|might|will) (?:have to |need to )?(?:change|alter|move|remove|take away) {_THIS}"
    rf"|\bwhat would (?:have to|need to) (?:change|be different)\b"
    rf"|\bwhat would it take (?:to (?:lose|drop|remove|change)|for {_THIS} (?:not to|to (?:go|drop|disappear)))"
    rf"|\bwhat (?:of mine )?(?:is|are|does|do) {_THIS} (?:based|rest|resting|depend|depending) (?:up)?on\b"
    r"|\bwhich of my (?:ratings?|likes?|films?|movies|purchases|events|things)\b[^.!?]{0,30}"
    r"\b(?:led|made|brought|put|got|behind|responsible)\b"
    rf"|\b(?:would|will) (?:you|i) (?:still|also) (?:suggest|recommend|show|pick|get|see) {_THIS}[^.!?]{{0,20}}"
    r"\b(?:without|if)\b"
)
"""What an item rests on, and what it would take to lose it."""

_CONTRAST = (
    r"\b(?:why|how come|explain)\b[^.!?]*?\b(?:(?:and|but) not|instead of|rather than|over|above|before|ahead of"
    r"|higher than|preferred? to|not)\b"
)

WHY_ASPECTS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("contrast", re.compile(_CONTRAST)),
    ("counterfactual", re.compile(CHANGE)),
)
"""What of an explanation a question asks for beyond its reasons."""
