"""A part of a score in words, and how lists and dates read within them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True)
class Words:
    """One part of a score in words.

    Attributes:
        text: empty where there is nothing that a person would want to read.
        items: positions of the person's items that it names.
        facts: what of the catalogue it names, ``facet:value``.
        tells: what the reader learns from it; a text that tells nothing new is not said.
    """

    text: str = ""
    items: tuple[int, ...] = ()
    facts: tuple[str, ...] = ()
    tells: frozenset[str] = frozenset()


NOTHING = Words()


def about_items(text: str, items: Sequence[int]) -> Words:
    """Words that tell of the person's own items."""
    return Words(text, tuple(items), tells=frozenset(f"item {item}" for item in items))


def joined(names: Sequence[str]) -> str:
    """ "A", "A and B", "A, B and C"."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def spoken(at: datetime) -> str:
    """A date as one reads it: 30 September 2013."""
    return f"{at.day} {at:%B} {at.year}"
