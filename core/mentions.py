"""What a piece of text names: where the names stand, and which items of the catalogue they may mean."""

from __future__ import annotations

from typing import Literal

from core.types import Frozen, Id


class TitleMatch(Frozen):
    """A catalogue item that a piece of text may name; score in [0, 1]."""

    item_id: Id
    title: str
    year: int | None = None
    score: float


class Resolution(Frozen):
    """What a title in free text refers to. ``resolved``: matches[0] is meant; ``ambiguous``: ask which one."""

    query: str
    status: Literal["resolved", "ambiguous", "unknown"]
    matches: tuple[TitleMatch, ...] = ()


class Mention(Frozen):
    """A catalogue name found in free text.

    Attributes:
        start, end: character span in the text.
        kind: ``title``, or the facet whose value was named ("genre", "director", "actor", ...).
        value: the catalogue's spelling of the title or facet value.
        resolution: for titles, the items it may be.
    """

    start: int
    end: int
    kind: str
    value: str
    resolution: Resolution | None = None
