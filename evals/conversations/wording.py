"""Messages of simulated people: what is said, what it means, and how one person says things."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from core.results import Recommendation
from core.types import Item
from evals.conversations import phrasings as said
from evals.conversations.limits import Limit

Critique = Literal["", "newer", "older", "shorter"]

SUGGEST = frozenset({"recommend", "search_catalog"})
RECORD = frozenset({"record_preference"})
_ORDINALS = ("first", "second", "third", "fourth", "fifth")
_LENGTHS = (85, 90, 95, 100, 105, 110, 120, 130, 140, 150)
_EARLIEST = 1930


@dataclass(frozen=True)
class Message:
    """One message and what was meant by it.

    Attributes:
        act: what kind of message it is, for the report.
        wants: the tools that it asks for: one of each set.
        may: tools that it does not ask for, but that do no harm.
        cards: whether suggestions are asked for.
        limits, lifts: as `Ledger.hear` takes them.
        told: films named as seen, loved or hated.
        tastes: what was said of films (ids) and genres ("genre:War"): 1 liked, -1 disliked, 0 seen.
        subject: id of the card that a question is about.
        critique: which way the next cards should differ from the last, where no figure was named.
        last: whether the conversation ends with it.
    """

    text: str
    act: str
    wants: tuple[frozenset[str], ...] = ()
    may: frozenset[str] = frozenset()
    cards: bool = False
    limits: tuple[Limit, ...] = ()
    lifts: tuple[str, ...] = ()
    told: tuple[Item, ...] = ()
    tastes: Mapping[str, int] = field(default_factory=dict)
    subject: str = ""
    critique: Critique = ""
    last: bool = False


def asking(text: str, act: str, **meant: object) -> Message:
    """A message that asks for suggestions; whatever was said may be recorded."""
    return Message(text, act, (SUGGEST,), RECORD, cards=True, **meant)  # type: ignore[arg-type]


def genre_wish(genre: str, words: str) -> Limit:
    """A kind of film asked for by name."""
    return Limit("genre", values=(genre,), kind="wish", words=words)


@dataclass(frozen=True)
class Speech:
    """How somebody talks: some write without capitals, some without a full stop, some shorten long titles."""

    chance: random.Random
    lower: bool
    bare: bool
    short: bool

    @classmethod
    def of(cls, seed: random.Random) -> Speech:
        """Somebody's, at random."""
        return cls(seed, lower=seed.random() < 0.3, bare=seed.random() < 0.3, short=seed.random() < 0.5)

    def pick(self, options: Sequence[str], **names: object) -> str:
        """One of the phrasings, filled in."""
        return self.chance.choice(options).format(**names)

    def title(self, item: Item | Recommendation) -> str:
        """A film as this person calls it: long titles lose what stands behind the colon."""
        head = item.title.split(": ")[0]
        return head if self.short and " " in head else item.title

    def which(self, cards: Sequence[Recommendation], chosen: int) -> str:
        """A card by its place or its title."""
        if chosen < len(_ORDINALS) and self.chance.random() < 0.5:
            return f"the {_ORDINALS[chosen]} one"
        return self.title(cards[chosen])

    def finished(self, text: str) -> str:
        """The text as this person writes it."""
        text = f"{text[0].upper()}{text[1:]}"
        if self.bare:
            text = text.rstrip(".!?")
        return text.lower() if self.lower else text

    def joined(self, request: str, limits: Sequence[Limit]) -> str:
        """A request with limits behind it."""
        return ", ".join([request.rstrip(".!?"), *(limit.words for limit in limits)])


def limits_of(film: Item, unloved: Sequence[str], speech: Speech) -> list[Limit]:
    """Limits that a film meets, one of each kind, in words.

    Args:
        film: what the person is after without naming it.
        unloved: genres that the person would rather do without, the least loved first.
        speech: chooses the words and how tight the limits are.
    """
    found: list[Limit] = []
    year, runtime = film.year, film.numbers.get("runtime")
    if year is not None and year >= _EARLIEST:
        decade = year // 10 * 10
        low, high = (year - speech.chance.randint(0, 10)) // 5 * 5, -(-(year + speech.chance.randint(0, 8)) // 5) * 5
        choice = speech.chance.random()
        if choice < 0.35:
            words = speech.pick(said.LIMIT_DECADE, decade=f"{decade}s")
            found.append(Limit("year", low=decade, high=decade + 9, words=words))
        elif choice < 0.8:
            words = speech.pick(said.LIMIT_FROM, **{"from": low, "before_from": low - 1})
            found.append(Limit("year", low=low, words=words))
        else:
            words = speech.pick(said.LIMIT_TO, to=high, after_to=high + 1)
            found.append(Limit("year", high=high, words=words))
    minutes = next((length for length in _LENGTHS if runtime and runtime <= length), None)
    if minutes:
        found.append(Limit("runtime", high=minutes, words=speech.pick(said.LIMIT_SHORT, minutes=minutes)))
    genre = next((name for name in unloved if name not in film.facets.get("genre", ())), None)
    if genre:
        words = speech.pick(said.LIMIT_WITHOUT, genre=said.PLURALS[genre])
        found.append(Limit("genre", values=(genre,), without=True, words=words))
    for (facet, value), word in said.PLACES.items():
        if film.facets.get(facet, ("",))[0] == value:
            found.append(Limit(facet, values=(value,), words=speech.pick(said.LIMIT_PLACE, place=word)))
            break
    return found
