"""Figures in words: counts and decades."""

from __future__ import annotations

TENS = {
    word: 10 * number for number, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), 2)
}
"""Tens in words."""

ONES = {
    word: number
    for number, word in enumerate(
        "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen"
        " eighteen nineteen".split(),
        1,
    )
}
"""Counts below twenty in words."""

WORDS = {"zero": 0} | ONES | TENS | {"a couple of": 2, "a couple": 2, "a few": 3, "a dozen": 12}
"""Counts in words."""

DECADES = {
    "twenties": 1920,
    "thirties": 1930,
    "forties": 1940,
    "fifties": 1950,
    "sixties": 1960,
    "seventies": 1970,
    "eighties": 1980,
    "nineties": 1990,
    "noughties": 2000,
    "two thousands": 2000,
}
"""Decades in words, to their first years."""


def decade(first: int, part: str | None) -> tuple[int, int]:
    """First and last year of a decade or of its "early", "mid" or "late" part: late 1990s is 1997 to 1999."""
    low, high = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(part or "", (0, 9))
    return first + low, first + high


def century(digits: str) -> int:
    """The year meant by two or four digits: "85" is 1985, "05" is 2005."""
    return int(digits) if len(digits) == 4 else (2000 if int(digits) < 30 else 1900) + int(digits)
