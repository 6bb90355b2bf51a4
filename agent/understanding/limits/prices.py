"""Limits on the price."""

from __future__ import annotations

import re

from agent.understanding.limits.base import BOUND, FIGURE, Limit, bounded
from core.types import Range

_MONEY = (
    rf"(?:[£$€]\s?{FIGURE}|{FIGURE.replace('?P<n>', '?P<n2>')}\s?"
    r"(?:£|\$|€|pounds?|quid|dollars?|bucks|euros?|gbp|usd|eur)\b)"
)

_PRICE = re.compile(
    rf"(?:\b|(?<=\s)){BOUND}\s+{_MONEY}"
    rf"|{_MONEY.replace('<n>', '<n3>').replace('<n2>', '<n4>')}\s*(?P<tail>or less|max|tops)"
)

_BARE = re.compile(rf"\b{BOUND}\s+{FIGURE}(?!\s?(?:[%/']|\d|min|hours?\b|h\b|hrs|years?|stars?|points?|s\b))")
_YEARS = range(1850, 2101)

_PRICE_PAIR = re.compile(
    r"\bbetween\s+[£$€]?\s?(?P<a>\d+(?:\.\d+)?)\s*(?:and|to|-)\s*(?:[£$€]\s?(?P<b>\d+(?:\.\d+)?)"
    r"|(?P<c>\d+(?:\.\d+)?)\s?(?:£|€|pounds?|quid|dollars?|euros?))"
)


def prices(text: str) -> list[Limit]:
    """Limits on the price, in the catalogue's own currency. "Under £20", or "under 20", is at most 19.99."""
    for match in _PRICE_PAIR.finditer(text):
        return [
            Limit(
                match.start(), match.end(), "price", Range(low=float(match["a"]), high=float(match["b"] or match["c"]))
            )
        ]
    for match in _PRICE.finditer(text):
        value = float((match["n"] or match["n2"] or match["n3"] or match["n4"]).replace(",", "."))
        about = Range(low=value * 0.9, high=value * 1.1)
        limit = Range(high=value) if match["tail"] else bounded(match, value, step=0.01) or about
        return [Limit(match.start(), match.end(), "price", limit)]
    for match in _BARE.finditer(text):
        value = float(match["n"].replace(",", "."))
        bare = bounded(match, value, step=0.01)
        # Where things have prices, a bound without a unit is one, unless it reads like a year.
        if bare is not None and value not in _YEARS:
            return [Limit(match.start(), match.end(), "price", bare)]
    return []
