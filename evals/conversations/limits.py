"""What a simulated person has ruled out, kept from what they said themselves: the agent's reading plays no part."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from core.results import Recommendation

Kind = Literal["limit", "dislike", "wish"]
"""A limit is said as one; a dislike ("I hate westerns") is a taste that rules out; a wish ("a comedy") holds until the
next."""


@dataclass(frozen=True)
class Limit:
    """One condition on cards.

    Attributes:
        about: what it is on: "year", "runtime", "genre", "country", "language" or "person".
        low, high: bounds of a figure, both included.
        values: of a facet: one of them has to be there; with ``without``, none may be.
        words: as it was said.
    """

    about: str
    low: float | None = None
    high: float | None = None
    values: tuple[str, ...] = ()
    without: bool = False
    kind: Kind = "limit"
    words: str = ""

    def broken_by(self, card: Recommendation) -> bool:
        """Whether a card goes against it. A figure that the catalogue lacks meets no bound, as in `core.types`."""
        if self.low is not None or self.high is not None:
            figure = card.numbers.get(self.about)
            if figure is None:
                return True
            return (self.low is not None and figure < self.low) or (self.high is not None and figure > self.high)
        facets = ("director", "writer", "actor") if self.about == "person" else (self.about,)
        carried = {value.casefold() for facet in facets for value in card.facets.get(facet, ())}
        met = any(value.casefold() in carried for value in self.values)
        return met if self.without else not met


@dataclass
class Ledger:
    """Everything that holds at a moment of a conversation, in the order in which it was said."""

    standing: list[Limit] = field(default_factory=list)

    def hear(self, stated: Iterable[Limit], lifted: Iterable[str] = ()) -> None:
        """Take a message's limits in.

        Args:
            stated: they are added to what stands; a wish replaces the wishes before it.
            lifted: what no longer holds: "year", "wish", "*" for everything, "genre:Western" for one value.
        """
        for name in lifted:
            self.standing = [limit for limit in self.standing if not _named(limit, name)]
        new = [limit for limit in stated if limit not in self.standing]
        if any(limit.kind == "wish" for limit in new):
            self.standing = [limit for limit in self.standing if limit.kind != "wish"]
        self.standing += new

    def has(self, about: str) -> bool:
        """Whether a limit on something stands that is no wish."""
        return any(limit.about == about and limit.kind != "wish" for limit in self.standing)

    def broken(self, cards: Sequence[Recommendation]) -> dict[Kind, list[tuple[Recommendation, Limit]]]:
        """The cards that go against something, by the kind of what they go against; a card once for each kind."""
        found: dict[Kind, list[tuple[Recommendation, Limit]]] = {"limit": [], "dislike": [], "wish": []}
        for card in cards:
            told: Mapping[Kind, Limit] = {limit.kind: limit for limit in self.standing if limit.broken_by(card)}
            for kind, limit in told.items():
                found[kind].append((card, limit))
        return found


def _named(limit: Limit, name: str) -> bool:
    if name == "*":
        return True
    if name == "wish":
        return limit.kind == "wish"
    about, _, value = name.partition(":")
    return limit.about == about and (value in limit.values if value else limit.kind != "wish")
