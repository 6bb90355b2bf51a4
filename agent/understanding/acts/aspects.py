"""Facts of an item that a question may ask for."""

from __future__ import annotations

import re

ASPECTS: tuple[tuple[str, re.Pattern[str]], ...] = tuple(
    (aspect, re.compile(pattern))
    for aspect, pattern in (
        ("director", r"\bdirect(?:s|ed|or|ors|ing)?\b|\bwho made\b|\bwho(?:'s| is) behind\b|\bwho shot\b"),
        ("writer", r"\bwrote|writers?|written|screenplay|script\b"),
        (
            "actor",
            r"\b(?:cast|stars?|starr(?:ed|ing)|actors?|actress(?:es)?|acts?|acted|plays?|played|who(?:'s| is"
            r"| was) in|who else)\b",
        ),
        ("runtime", r"\bhow long\b|\bruntime|running time|length|minutes|hours\b"),
        ("year", r"\bwhat year|which year|when|how old|how recent|release\b"),
        ("genre", r"\bgenres?|kind of|sort of|type of\b"),
        ("language", r"\blanguages?|subtitle|in (?:english|french)\b"),
        ("country", r"\bcountry|countries|where\b"),
        ("oscars", r"\boscars?|awards?|nominat\w+\b"),
        (
            "score",
            r"\bscore|rating|rated|reviews?|critics?|any good|is .{1,40} good|worth|metascore|tomatometer"
            r"|well received\b",
        ),
        (
            "certificate",
            r"\bcertificate|suitable|appropriate|for (?:\w+ )?(?:kids|children|toddlers?)\b|\byear[- ]olds?\b|\bage\b",
        ),
        (
            "box_office",
            r"\b(?:box office|gross(?:ed|es)?|earn(?:ed|s|ings)?|how much (?:money )?did .{1,60} (?:make|take))\b",
        ),
        ("plot", r"\bplot|story|what(?:'s| is) .{1,40} about|happens|ending\b"),
        ("price", r"\b(?:prices?|costs?|how much (?:is|are|does|do)|how expensive)\b"),
    )
)
"""Facts of an item that a question may ask for, and the words that ask for each."""
