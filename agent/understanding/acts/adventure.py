"""How far from the usual a message wants to be taken: surprised, or kept to what is sure."""

from __future__ import annotations

import re

_WORDING: tuple[tuple[float, str], ...] = (
    (
        1.0,
        r"(?:(?:completely|totally|entirely|wildly|radically|very|really|way|so) (?:different|new|unexpected|unusual)"
        r"(?! from)|(?:far|well|way|completely|totally) (?:outside|out of|off|beyond|from) (?:of )?my"
        r" (?:usual(?: \w+)?|comfort zone|taste|bubble)|as adventurous as (?:possible|you can)"
        r"|nothing like (?:my usual|what i (?:usually|normally) \w+)|take me (?:somewhere|anywhere) new)",
    ),
    (
        0.25,
        r"(?:less adventurous|nothing too (?:adventurous|weird|strange|odd|unusual|experimental|obscure|different)"
        r"|not too (?:adventurous|obscure|experimental|far out)|don'?t surprise me|no surprises"
        r"|(?:something|anything|a bit|a little) (?:more )?familiar)",
    ),
    (
        0.8,
        r"(?:surprise (?:me|us)|surprising|(?:something|anything|somewhere|a (?:bit|little)) (?:(?:a bit|rather) )?"
        r"(?:different(?! from)|unexpected|unusual|new to me|out of the ordinary|else entirely)"
        r"|(?:outside|out of|beyond|off|not|other than) (?:of )?my (?:usual(?: \w+)?|comfort zone|taste|bubble)"
        r"|(?<!getting )(?<!become )(?<!becoming )(?<!gotten )(?<!grown )(?:more|feeling|be|am|i'm) adventurous"
        r"|off the beaten (?:path|track)|hidden gems?|(?:broaden|widen|expand)"
        r" (?:my|our) (?:horizons?|tastes?)|(?:change|break) (?:of pace|from (?:my|the) usual)|for a change"
        r"|never (?:would have|would've|would) (?:thought|think|pick|picked|choose|chosen)(?: of)?(?: myself)?)",
    ),
    (
        0.0,
        r"(?:more of the (?:same|usual)|(?:play|playing) (?:it )?safe|safe (?:bet|choice|pick|option|hand)s?|the usual"
        r"|(?:just |only )?my usual(?: (?:stuff|things?|kinds?|sort))?|(?:stick|keep|stay) (?:to|with) (?:what i"
        r" (?:know|like|love)|my (?:usual|taste|favou?rites))|in(?:side)? my comfort zone)",
    ),
)

_PATTERNS = tuple((place, re.compile(rf"\b{wording}\b")) for place, wording in _WORDING)

ADVENTURE = "|".join(wording for _, wording in _WORDING)
"""The wording of all of it: whoever says so asks for something."""


def read_adventure(masked: str) -> tuple[float | None, str]:
    """A place on the familiar ↔ adventurous dial, None where nothing is said of it, and the text without those words.

    Args:
        masked: lower-case text with names masked. What comes back is as long.
    """
    for place, pattern in _PATTERNS:
        match = pattern.search(masked)
        if match is not None:
            return place, f"{masked[: match.start()]}{' ' * len(match[0])}{masked[match.end() :]}"
    return None, masked
