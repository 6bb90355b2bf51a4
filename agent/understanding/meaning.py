"""What was read out of one message, and what of the conversation a message can refer to."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Literal

from agent.intents import Intent
from core.mentions import TitleMatch
from core.results import Recommendation
from core.turns import HeardEvent
from core.types import Constraints, EventKind, Frozen


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


class Unclear(Frozen):
    """A message with names that may be several items, which answers to "which one?" complete.

    Attributes:
        text: the message, with the answers put in so far.
        answers: each title put in, and the words of the person in whose place it stands.
    """

    text: str
    answers: Mapping[str, str] = {}

    def as_said(self, words: str) -> str:
        """Words of ``text`` as they were before any answer."""
        for title, said in self.answers.items():
            words = words.replace(title, said)
        return words


class Reading(Frozen):
    """How a soft phrase was read as a limit ("not gory" as leaving out horror), to be said once."""

    quote: str
    meaning: str


class Quality(Frozen):
    """What an item is asked to be ("sad", "for kids").

    Attributes:
        quote: the words of the message.
        genres: genres that speak for it; none where no genre does.
        hard: whether it is a matter of who may watch, which a certificate answers.
    """

    quote: str
    genres: tuple[str, ...] = ()
    hard: bool = False


class Reference(Frozen):
    """Words that point at an item spoken of before ("the second one"); ``item_id`` is None when nothing fits."""

    quote: str
    item_id: str | None


Unit = Literal["day", "week", "month", "quarter", "year"]


class Ahead(Frozen):
    """How far ahead something is asked for.

    Attributes:
        quote: the words of the message.
        count, unit: a span of time from now ("in three weeks").
        named: a season, holiday or month in place of a span ("christmas"); "" where there is a span.
    """

    quote: str
    count: float = 1.0
    unit: Unit = "month"
    named: str = ""


class Offer(Frozen):
    """An item that the other side of a conversation named, and what it asked about it."""

    item_id: str
    title: str
    asked: Literal["", "seen", "liked"] = ""


WITHOUT = "without:"
"""Begins an offer to lift a limit; what follows is its name as in ``Understanding.resets``."""


class ConversationContext(Frozen):
    """What the conversation holds so far, as far as a message can refer to it.

    Attributes:
        shown: the items of the last answer, in the order shown.
        focus: ids spoken of, the latest last.
        titles: titles of the items in ``focus`` and ``shown`` that are not in ``shown`` itself.
        standing: limits in force.
        questions: what the last reply asked and is not answered yet.
        unclear: the message that the questions are about.
        offer: what a "yes" stands for: the words of a request, or `WITHOUT` and the limit to lift.
        offered: what the other person just named; only where two people talk to each other.
    """

    shown: tuple[Recommendation, ...] = ()
    focus: tuple[str, ...] = ()
    standing: Constraints = Constraints()
    questions: tuple[Question, ...] = ()
    unclear: Unclear | None = None
    offer: str = ""
    offered: tuple[Offer, ...] = ()


class Understanding(Frozen):
    """One message, read.

    Attributes:
        intents: acts in the order in which they come; never empty.
        likes, dislikes, seen, faded: the person's own statements; values in [-1, 1].
        others: somebody else's tastes ("my daughter adored Frozen"), kept apart.
        wishes: topics asked for softly; a negative value is a topic not wanted.
        similar: items that the answer should resemble.
        chosen: the item that the person settles on ("I'll take the second one").
        interest: items that the person means to see ("I'll check that one out").
        elsewhere: tastes about titles that the catalogue does not have.
        subjects: ids of items that the message asks about.
        people: facet values that the message asks about ("director:Ridley Scott").
        constraints: hard limits stated in this message alone; see `merge`.
        resets: limits lifted: a number or facet name, "genre:Horror" for one value, "*" for all.
        aspects: facts asked for ("director", "runtime", ...), parts of a forecast ("drift", "adoption", ...), or what
            small talk is about ("sorrow", "joke", ...); "unclear" where no word was one.
        qualities: what the subjects are asked to be like.
        forgets: what is to be taken off the timeline.
        unresolved: titles that the catalogue does not have.
        ambiguous: titles that may be several items.
        readings: soft phrases read as limits.
        unread: limits that were heard but cannot be applied.
        adds: whether the limits add to the standing ones rather than replace ("and before 2000").
        ahead: how far ahead interests or items are asked for.
        query: the words of the wish, for retrieval by meaning.
        adventure: how far from the usual it asks to be taken, 0 not at all to 1; None where nothing is said of it.
        completes: the earlier message, with what this one answers put in; None where it answers nothing.
        known: what its events were about when it was unclear: these are recorded already.
    """

    text: str
    intents: tuple[Intent, ...]
    likes: tuple[HeardEvent, ...] = ()
    dislikes: tuple[HeardEvent, ...] = ()
    seen: tuple[HeardEvent, ...] = ()
    faded: tuple[HeardEvent, ...] = ()
    others: tuple[HeardEvent, ...] = ()
    wishes: tuple[HeardEvent, ...] = ()
    similar: tuple[HeardEvent, ...] = ()
    chosen: tuple[HeardEvent, ...] = ()
    interest: tuple[HeardEvent, ...] = ()
    elsewhere: tuple[HeardEvent, ...] = ()
    forgets: tuple[HeardEvent, ...] = ()
    subjects: tuple[str, ...] = ()
    people: tuple[str, ...] = ()
    constraints: Constraints = Constraints()
    resets: tuple[str, ...] = ()
    k: int | None = None
    references: tuple[Reference, ...] = ()
    aspects: tuple[str, ...] = ()
    qualities: tuple[Quality, ...] = ()
    unresolved: tuple[str, ...] = ()
    ambiguous: tuple[Question, ...] = ()
    readings: tuple[Reading, ...] = ()
    unread: tuple[str, ...] = ()
    adds: bool = False
    ahead: Ahead | None = None
    query: str = ""
    adventure: float | None = None
    limit_quotes: Mapping[str, str] = {}
    completes: Unclear | None = None
    known: frozenset[tuple[EventKind, str | None, str | None]] = frozenset()

    @property
    def topics(self) -> tuple[str, ...]:
        """Topics wanted, "facet:value", without repeats."""
        return tuple(dict.fromkeys(wish.topic for wish in self.wishes if wish.topic and wish.value > 0))

    @property
    def liked_ids(self) -> tuple[str, ...]:
        """Items that an answer should resemble: liked ones and those asked to be resembled."""
        return tuple(dict.fromkeys(event.item_id for event in (*self.likes, *self.similar) if event.item_id))

    @property
    def disliked_ids(self) -> tuple[str, ...]:
        """Items that an answer should not resemble."""
        return tuple(dict.fromkeys(event.item_id for event in self.dislikes if event.item_id))

    @property
    def titles(self) -> tuple[str, ...]:
        """Every catalogue title that the person named."""
        spoken = (
            *self.likes,
            *self.dislikes,
            *self.seen,
            *self.faded,
            *self.others,
            *self.similar,
            *self.chosen,
            *self.forgets,
        )
        return tuple(dict.fromkeys(event.title for event in spoken if event.title))

    def requoted(self, words: Callable[[str], str]) -> Understanding:
        """The same with ``words(quote)`` in place of each quote, of statements and of limits."""
        heard = {
            name: tuple(event.model_copy(update={"quote": words(event.quote)}) for event in events)
            for name in HEARD
            if (events := getattr(self, name))
        }
        quotes = {name: words(quote) for name, quote in self.limit_quotes.items()}
        return self.model_copy(update={**heard, "limit_quotes": quotes})

    def events(self) -> list[HeardEvent]:
        """The timeline events of the message: what the person likes, dislikes, saw, chose, wished for and ruled
        out.

        Somebody else's taste is not among them. Limits are ``constraint`` events whose topic is the limit's name.
        """
        heard = [*self.likes, *self.dislikes, *self.seen, *self.faded, *self.chosen, *self.wishes]
        for name, _ in self.constraints.parts():
            if name.split(":")[0] in self.constraints.require:
                continue
            key = name.split(":")[0] if ":" in name else name.split(" ")[0]
            quote = self.limit_quotes.get(name) or self.limit_quotes.get(key, "")
            heard.append(HeardEvent(kind=EventKind.CONSTRAINT, topic=name, quote=quote))
        unique: dict[tuple[EventKind, str | None, str | None], HeardEvent] = {}
        for event in heard:
            unique.setdefault(event.about, event)
        return [event for about, event in unique.items() if about not in self.known]


HEARD = tuple(name for name, field in Understanding.model_fields.items() if field.annotation == tuple[HeardEvent, ...])
"""The fields of an `Understanding` that hold statements."""
