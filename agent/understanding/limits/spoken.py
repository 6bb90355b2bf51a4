"""Years in words: "nineteen eighty-four" is read as 1984, and quoted as it was said."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from agent.lexicon import ONES, TENS
from agent.understanding.limits.base import Limit

_BELOW_TEN = "|".join(list(ONES)[:9])

_YEAR = re.compile(
    rf"\b(?:(?P<century>eighteen|nineteen|twenty)[ -](?:(?P<tens>{'|'.join(TENS)})(?:[ -](?P<ones>{_BELOW_TEN}))?"
    rf"|(?P<teens>ten|eleven|twelve|\w+teen)|oh[ -](?P<oh>{_BELOW_TEN}))"
    rf"|(?P<thousand>two thousand) (?:and )?(?P<after>{'|'.join(sorted(ONES, key=len, reverse=True))}))"
    r"\b(?! (?:minutes|films|movies|people|years))"
)

_DECADE = re.compile(r"\b(?P<century>eighteen|nineteen|twenty)[ -](?=(?:twen|thir|for|fif|six|seven|eigh|nine)t?ies\b)")

_CENTURIES = {"eighteen": 1800, "nineteen": 1900, "twenty": 2000}


def in_figures(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text, as long as before, with years in figures, and where each was written out."""
    spans: list[tuple[int, int]] = []

    def figures(match: re.Match[str]) -> str:
        if match["thousand"]:
            year = 2000 + ONES[match["after"]]
        elif match["tens"]:
            year = _CENTURIES[match["century"]] + TENS[match["tens"]] + ONES.get(match["ones"] or "", 0)
        else:
            last = ONES.get(match["teens"] or match["oh"] or "")
            if last is None:
                return match[0]
            year = _CENTURIES[match["century"]] + last
        spans.append(match.span())
        return str(year).ljust(len(match[0]))

    text = _DECADE.sub(lambda match: " " * len(match[0]), text)
    return _YEAR.sub(figures, text), spans


def as_spoken(limit: Limit, spans: Sequence[tuple[int, int]]) -> Limit:
    """A limit that covers the whole of the words it was read from."""
    for start, end in spans:
        if limit.start < end and start < limit.end:
            limit = replace(limit, start=min(start, limit.start), end=max(end, limit.end))
    return limit
