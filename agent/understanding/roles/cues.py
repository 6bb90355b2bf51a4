"""Verbs, negations and subjects that give the names beside them their parts."""

from __future__ import annotations

import re
from dataclasses import dataclass

from agent.understanding.roles.verdicts import VERDICT, verdict_value
from agent.understanding.roles.wording import CUES


@dataclass(frozen=True)
class Cue:
    """A cue at [start, end); ``value`` is the strength of a taste it expresses."""

    start: int
    end: int
    name: str
    value: float = 0.0


_CUE = re.compile("|".join(f"(?P<c{index}>{pattern})" for index, (_, pattern, _) in enumerate(CUES)))


_RATHER_THAN = re.compile(
    r"\b(?:rather|sooner|prefer)\b[^.!?;]{1,80}?(?<!\bolder )(?<!\bnewer )(?<!\bearlier )(?<!\blater )(?<!\blonger )"
    r"(?<!\bshorter )(?<!\bcheaper )(?<!\brecent )(?<!\bmore )(?<!\bless )(?<!\bfewer )(?<!\bbetter )(?<!\bother )"
    r"(?<!\blighter )(?<!\bdarker )(?<!ier )(?<!rather )(?P<than>than)\b(?: (?:to )?(?:watch|see|have))?"
)
"""A choice between two ("I'd rather have a comedy than a drama"): what comes after "than" is not wanted."""


_PREFERRED = re.compile(
    r"\bprefer(?:red|s)?\b[^.!?;,]{1,60}?(?P<than>\bto\b|\bover\b)(?! (?:watch|see|have|be|go|get))"
)
"""Of two, only the first is liked: "I prefer Alien to Aliens"."""

_SUGGESTION = re.compile(
    r" (?:idea|suggestion|choice|pick|recommendation|question|point|option|list|start|selection|chat|day|night"
    r"|one to start"
    r"|time|to (?:hear|know|me)|of you|with me)s?\b"
)
"""What the other side did well ("that's a great idea"): no verdict on what it named."""


def cues(text: str) -> list[Cue]:
    """Every cue of a sentence; a verdict hides what stands within it."""
    found = [Cue(match.start(), match.end(), *_named(match)) for match in _CUE.finditer(text)]
    for match in _RATHER_THAN.finditer(text):
        found.append(Cue(match.start("than"), match.end("than"), "exclude"))
    for match in _PREFERRED.finditer(text):
        found.append(Cue(match.start("than"), match.end("than"), "would"))
    for match in VERDICT.finditer(text):
        if _SUGGESTION.match(text, match.end()):
            continue
        value, rating = verdict_value(match)
        found = [cue for cue in found if cue.end <= match.start() or cue.start >= match.end()]
        found.append(Cue(match.start(), match.end(), "rating" if rating else "verdict", value))
    return found


def _named(match: re.Match[str]) -> tuple[str, float]:
    index = int((match.lastgroup or "c0")[1:])
    return CUES[index][0], CUES[index][2]
