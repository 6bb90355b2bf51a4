"""Lists of phrases: written as text, matched as one regular expression."""

from __future__ import annotations

import re
from collections.abc import Iterable


def phrases(words: str) -> Iterable[str]:
    """The phrases of a comma-separated list."""
    return (word.strip() for word in words.split(","))


def alternatives(words: Iterable[str]) -> str:
    """A regular expression that matches any of the words, longest first, spaces and hyphens interchangeable."""
    ordered = sorted(set(words), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"[\s-]+") for word in ordered)
