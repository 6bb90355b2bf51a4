"""A name found in a message, and the part that it plays there."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from agent.lexicon import Mood
from agent.understanding.meaning import Question

UNLISTED = "unlisted:"
"""Put before a title that the catalogue does not have, in place of an id: words may still refer to it."""


class Role(StrEnum):
    """The part that a name plays."""

    LIKE = "like"
    DISLIKE = "dislike"
    SEEN = "seen"
    UNSEEN = "unseen"
    BOUGHT = "bought"
    FADED = "faded"
    WANT = "want"
    REQUIRE = "require"
    SIMILAR = "similar"
    EXCLUDE = "exclude"
    ALLOW = "allow"
    FORGET = "forget"
    SUBJECT = "subject"


@dataclass
class Entity:
    """A name, a mood or a reference in the text; ``role`` and ``value`` are what the pass decides."""

    start: int
    end: int
    title: str | None = None
    item_id: str | None = None
    facet: str | None = None
    values: tuple[str, ...] = ()
    soft: tuple[str, ...] = ()
    mood: Mood | None = None
    pronoun: bool = False
    role: Role | None = None
    value: float = 0.0
    rating: bool = False
    other: bool = False
    quote_start: int = -1
    quote_end: int = -1
    foreign: bool = False
    answer: Question | None = None
    implied: bool = False
    idle: bool = False

    @property
    def is_title(self) -> bool:
        """Whether it stands for an item rather than a facet value or a mood."""
        return self.title is not None
