"""A question back to the person: which of several items did a title mean?"""

from __future__ import annotations

from core.results import HeardEvent, TitleMatch
from core.types import Frozen


class Question(Frozen):
    """A title that may be several items.

    Attributes:
        quote: the words of the message.
        matches: what they may be, likeliest first.
        start: where they stand in the message.
        pending: what was said about the title, to be completed with the item that the person chooses.
    """

    quote: str
    matches: tuple[TitleMatch, ...]
    start: int = 0
    pending: HeardEvent | None = None
