"""The evidence of one turn: everything that a reply may state, indexed by name."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cached_property

from agent.grounding.sentences import split, straight
from agent.grounding.vocabulary import words_of
from core.forecasts import Forecast, InterestTimeline
from core.results import Slate
from core.types import Constraints, Frozen, Item
from tools.evidence import Carrier

PEOPLE = ("director", "writer", "actor")


class Facts(Frozen):
    """What is known of one item, as a reply may state it; facet values keep their spelling.

    Attributes:
        text: what the catalogue says of the item in its own words; it may be quoted of this item, and of no other.
    """

    id: str
    title: str
    facets: Mapping[str, tuple[str, ...]] = {}
    numbers: Mapping[str, float] = {}
    text: str = ""

    @property
    def year(self) -> int | None:
        """The item's year, if known."""
        return int(self.numbers["year"]) if "year" in self.numbers else None

    def has(self, facet: str, value: str) -> bool:
        """Whether the item carries a facet value, whatever its case."""
        return straight(value).casefold() in {straight(known).casefold() for known in self.facets.get(facet, ())}

    @cached_property
    def told(self) -> str:
        """The item's own words and themes, in lower case."""
        return "\n".join((self.text, *self.facets.get("theme", ()))).casefold()

    @cached_property
    def words(self) -> frozenset[str]:
        """The words of `told`."""
        return frozenset(words_of(self.told))

    @cached_property
    def quotes(self) -> frozenset[str]:
        """The text and each of its sentences, in the form of `plain`."""
        return frozenset(plain(part) for part in (self.text, *split(self.text)) if part)


class Evidence(Frozen):
    """What a reply may rest on.

    Attributes:
        items: items of this turn whose facts may be stated; those of ``slate`` need not be repeated.
        slate: the ranked list of this turn, with its reasons.
        liked, disliked, seen: titles of the person's own history (all that may be named as such).
        topics: topics the person likes or asked for ("genre:Thriller").
        unwanted: topics the person does not want.
        carriers: events of the past that stand behind the forecast.
        said: the person's own words: this message, and earlier ones that the reply may repeat.
        facts: sentences written by tools from their results; each may be repeated, and its names and figures used.
        catalogue: catalogue titles in lower case, so that a one-word title at the start of a sentence is recognised.
    """

    items: tuple[Item, ...] = ()
    slate: Slate | None = None
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    constraints: Constraints = Constraints()
    forecast: Forecast | None = None
    timeline: InterestTimeline | None = None
    carriers: tuple[Carrier, ...] = ()
    said: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    catalogue: frozenset[str] = frozenset()

    @cached_property
    def known(self) -> tuple[Facts, ...]:
        """Facts of every item of the turn, the slate's first and in its order."""
        found: dict[str, Facts] = {}
        for item in self.items:
            found[item.id] = Facts(
                id=item.id, title=item.title, facets=item.facets, numbers=item.numbers, text=item.text
            )
        ranked: dict[str, Facts] = {}
        for entry in self.slate.items if self.slate else ():
            numbers = dict(entry.numbers)
            if entry.year is not None:
                numbers.setdefault("year", entry.year)
            full = found.pop(entry.id, None)
            ranked[entry.id] = full or Facts(id=entry.id, title=entry.title, facets=entry.facets, numbers=numbers)
        return (*ranked.values(), *found.values())

    @cached_property
    def by_id(self) -> dict[str, Facts]:
        """Facts by item id."""
        return {facts.id: facts for facts in self.known}

    @cached_property
    def shown(self) -> tuple[Facts, ...]:
        """Facts of the slate's items, in rank order."""
        return tuple(self.by_id[entry.id] for entry in self.slate.items) if self.slate else ()

    @cached_property
    def statements(self) -> tuple[str, ...]:
        """Every sentence that tools wrote: the facts given, and the reasons and chances of the slate in words."""
        shown = self.slate.items if self.slate else ()
        reasons = [reason.text for entry in shown for reason in entry.reasons]
        return tuple(text for text in (*self.facts, *reasons, *(entry.chance_text for entry in shown)) if text)

    @cached_property
    def repeated(self) -> frozenset[str]:
        """The statements in a form that ignores case, punctuation and spacing."""
        return frozenset(plain(text) for text in self.statements)

    @cached_property
    def words(self) -> frozenset[str]:
        """Words of the person and of the tools, which a reply may use again."""
        return frozenset(word for text in (*self.said, *self.statements) for word in words_of(text))

    @cached_property
    def heard(self) -> str:
        """All that the person and the tools said, in lower case."""
        return "\n".join((*self.said, *self.statements)).casefold()

    @cached_property
    def titles(self) -> dict[str, tuple[Facts | None, ...]]:
        """Title in lower case → the items so named; None for a title without facts in this turn."""
        found: dict[str, list[Facts | None]] = {}
        for facts in self.known:
            for name in _spellings(facts.title):
                found.setdefault(name, []).append(facts)
        for title in (*self.liked, *self.disliked, *self.seen):
            for name in _spellings(title):
                found.setdefault(name, [None])
        return {name: tuple(values) for name, values in found.items()}

    @cached_property
    def people(self) -> dict[str, str]:
        """Person in lower case → spelling, for everyone attached to an item of the turn or to a limit or topic."""
        found = {
            straight(person).casefold(): straight(person)
            for facts in self.known
            for facet in PEOPLE
            for person in facts.facets.get(facet, ())
        }
        for table in (self.constraints.require, self.constraints.exclude):
            found |= {person.casefold(): person for facet in PEOPLE for person in table.get(facet, ())}
        for topic in (*self.topics, *self.unwanted):
            facet, _, value = topic.partition(":")
            if facet in PEOPLE:
                found[value.casefold()] = value
        return found

    @cached_property
    def wanted_genres(self) -> frozenset[str]:
        """Genres that the person likes, asked for, or is forecast or known to follow, in lower case."""
        topics: list[str] = []
        for shares in (self.forecast, self.timeline):
            if shares is not None and shares.shares:
                topics += [topic for topic, share in zip(shares.topics, shares.shares[-1], strict=True) if share >= 0.1]
        return self.asked_genres | {topic.partition(":")[2].casefold() for topic in topics}

    @cached_property
    def ruled_out(self) -> frozenset[str]:
        """Genres that the limits or the person's taste rule out, in lower case."""
        limits = [self.constraints, *([self.slate.constraints] if self.slate else [])]
        values = [value for limit in limits for value in limit.exclude.get("genre", ())]
        return frozenset(value.casefold() for value in (*values, *(topic.partition(":")[2] for topic in self.unwanted)))

    @cached_property
    def asked_genres(self) -> frozenset[str]:
        """Genres among the topics and required by the limits, in lower case."""
        wanted = {topic.partition(":")[2].casefold() for topic in self.topics}
        return frozenset(wanted | {value.casefold() for value in self.constraints.require.get("genre", ())})


def _spellings(title: str) -> set[str]:
    low = straight(title.casefold())
    spellings = {low, low.replace("&", "and")}
    head = re.split(r":\s| - | or: ", low)[0]
    if head != low and (" " in head or head.isdigit() or len(head) > 5):
        spellings.add(head)
    unsized = re.sub(r"\s+\d[\d.,]*\s?(?:ml|l|g|kg|cm|mm|oz|lb|pack|pcs|pieces)$", "", low)
    return {*spellings, unsized}


def plain(text: str) -> str:
    """Words and figures of a text alone, for comparing sentences."""
    return " ".join(re.findall(r"[\w%]+", text.casefold()))
