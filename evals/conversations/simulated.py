"""A simulated person in a conversation: speaks, looks at the cards, and answers from a taste that nobody was told.

At any moment they have one of their hidden favourites in mind, as a kind of film and never as a title: what they ask
for, and every limit they state, fits it. A change of mind turns to another favourite. All of it is rules and a seeded
generator.
"""

from __future__ import annotations

import random
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from statistics import median

from core.results import Recommendation
from core.turns import Turn
from core.types import Item
from evals.conversations import phrasings as said
from evals.conversations.asides import asides
from evals.conversations.limits import Ledger, Limit
from evals.conversations.people import Person
from evals.conversations.taste import kind_of, makers_of, meets, unloved
from evals.conversations.wording import RECORD, SUGGEST, Critique, Message, Speech, asking, genre_wish, limits_of

Maker = Callable[[], Message]
Weighed = list[tuple[float, Maker]]

_YEARS, _MINUTES = 8, 15
"""How far cards lie from what is in mind before somebody calls them old, new or long."""
_ASKED_BACK = re.compile(r"\(\d{4}\)[^?\n]*\(\d{4}\)[^?\n]*\?")
"""A question that offers films to choose from."""
_LIFTS = {
    "year": said.LIFT_YEAR,
    "runtime": said.LIFT_RUNTIME,
    "country": said.LIFT_PLACE,
    "language": said.LIFT_PLACE,
}


class Simulated:
    """One person in one conversation.

    Args:
        person: whose taste it is.
        seed: of everything that is left to chance.
        chatty: whether anything but "more" is said after the first request.

    Attributes:
        ledger: what the person has ruled out and asked for so far.
        told: ids of films that they named as seen.
    """

    def __init__(self, person: Person, seed: str, chatty: bool = True) -> None:
        self.person = person
        self._chatty = chatty
        self.random = random.Random(seed)
        self.speech = Speech.of(self.random)
        self.ledger = Ledger()
        self.told: set[str] = set()
        self._favourites = {film.id for film in person.favourites}
        self._aim = self.random.choice(person.favourites)
        self._cards: tuple[Recommendation, ...] = ()
        self._last: Message | None = None

    def speak(self, turn: Turn | None) -> Message:
        """The next message, already in the ledger.

        Args:
            turn: the answer to the message before; None at the beginning.
        """
        message = self._opening() if turn is None else self._answer(turn)
        message = replace(message, text=self.speech.finished(message.text))
        self.ledger.hear(message.limits, message.lifts)
        self.told |= {film.id for film in message.told}
        self._last = message
        return message

    def _opening(self) -> Message:
        film, speech = self._aim, self.speech
        loved, hated = self.person.loved, self.person.hated
        genre, who = kind_of(film), makers_of(film, self.person)
        makers: Weighed = [(0.1, lambda: asking(speech.pick(said.OPEN_ENDED), "open"))]
        if loved:
            makers += [
                (0.2, lambda: self._loved(said.OPEN_LOVED_ONE)),
                (0.15, lambda: self._loved(said.OPEN_LOVED_TWO)),
            ]
        if loved and hated:
            makers.append((0.1, lambda: self._loved(said.OPEN_LOVED_HATED)))
        if genre:
            makers += [
                (0.2, lambda: self._kind(genre, said.OPEN_GENRE, "genre")),
                (0.15, lambda: self._mood(said.OPEN_MOOD)),
            ]
        if who:
            makers.append((0.1, lambda: self._person(who, said.OPEN_PERSON)))
        if film.year and film.year >= 1930:
            makers.append((0.1, self._decade))
        message = self._drawn(makers)
        return self._limited(message) if self.random.random() < 0.35 else message

    def _answer(self, turn: Turn) -> Message:
        assert self._last is not None
        self._cards = turn.items or self._cards
        hit = next((place for place, card in enumerate(turn.items) if card.id in self._favourites), None)
        if hit is not None:
            return self._content(turn.items, hit)
        asked_back = _ASKED_BACK.search(turn.reply)
        if asked_back and self._last.act != "settle":
            return self._settled(asked_back[0])
        if not self._chatty:
            return self._more()
        if self._last.cards and not turn.items:
            return self._without_cards()
        fresh = turn.items if self._last.cards else ()
        makers = [
            *self._critiques(fresh),
            *self._narrowing(),
            *self._onwards(),
            *asides(self.person, self.speech, self._cards),
        ]
        return self._drawn(makers)

    def _content(self, cards: Sequence[Recommendation], hit: int) -> Message:
        text = self.speech.pick(said.ACCEPT, which=self.speech.which(cards, hit), title=self.speech.title(cards[hit]))
        may, film = RECORD | {"item_details"}, cards[hit].id
        return Message(text, "accept", may=may, subject=film, tastes={film: 1}, last=True)

    # --- what is wrong with the cards

    def _critiques(self, cards: Sequence[Recommendation]) -> Weighed:
        if not cards:
            return []
        film, speech = self._aim, self.speech
        makers: Weighed = [(0.1, lambda: asking(speech.pick(said.NOTHING_FITS), "reject"))]
        seen = next((card for card in cards if card.id in self.person.met), None)
        if seen:
            words = speech.pick(said.SEEN, title=speech.title(seen))
            makers.append((2.0, lambda: Message(words, "seen", (RECORD, SUGGEST), cards=True, tastes={seen.id: 0})))
        years = median([card.year for card in cards if card.year] or [film.year or 0])
        if film.year and years < film.year - _YEARS:
            makers.append((0.2, lambda: self._too("year", "newer", said.TOO_OLD, said.TOO_OLD_VAGUE)))
        if film.year and years > film.year + _YEARS:
            makers.append((0.2, lambda: self._too("year", "older", said.TOO_NEW, said.TOO_NEW_VAGUE)))
        lengths = median([card.numbers["runtime"] for card in cards if "runtime" in card.numbers] or [0])
        if lengths > film.numbers.get("runtime", 999) + _MINUTES:
            makers.append((0.2, lambda: self._too("runtime", "shorter", said.TOO_LONG, said.TOO_LONG_VAGUE)))
        carried = Counter(genre for card in cards for genre in card.facets.get("genre", ()))
        wished = {value for limit in self.ledger.standing if limit.kind == "wish" for value in limit.values}
        often = [genre for genre in unloved(self.person, film) if carried[genre] >= 2 and genre not in wished]
        if often:
            makers.append((0.4, lambda: self._not_that(often[0])))
        if kind_of(film):
            makers.append((0.2, lambda: self._mood(said.RATHER_MOOD, "reject")))
        return makers

    def _too(self, about: str, way: Critique, exact: Sequence[str], vague: Sequence[str]) -> Message:
        limits = [limit for limit in self._limits() if limit.about == about and _cuts(limit, way)]
        if limits and self.random.random() < 0.6:
            return asking(self.speech.pick(exact, limit=limits[0].words), "reject", limits=(limits[0],))
        return asking(self.speech.pick(vague), "reject", critique=way)

    def _not_that(self, genre: str) -> Message:
        hard = self.random.random() < 0.5
        text = self.speech.pick(said.NO_MORE_OF_KIND if hard else said.NOT_THAT_KIND, genre=said.PLURALS[genre])
        limit = Limit("genre", values=(genre,), without=True, kind="limit" if hard else "dislike", words=text)
        if hard:
            return asking(text, "reject", limits=(limit,))
        return Message(text, "reject", (RECORD, SUGGEST), cards=True, limits=(limit,), tastes={f"genre:{genre}": -1})

    def _without_cards(self) -> Message:
        """Nothing was shown: a limit has to go, if there is one."""
        liftable = [about for about in _LIFTS if self.ledger.has(about)]
        if liftable:
            return self._lift(liftable[0])
        return asking(self.speech.pick(said.OPEN_ENDED), "open", lifts=("wish",))

    def _settled(self, options: str) -> Message:
        """Answers which of several films was meant."""
        assert self._last is not None
        meant = next((film for film in self._last.told if str(film.year) in options), None)
        wants = (SUGGEST,) if self._last.cards else ()
        if meant is None:
            return Message(self.speech.pick(said.EITHER), "settle", may=SUGGEST | RECORD)
        text = self.speech.pick(said.THE_YEAR, title=meant.title, year=meant.year)
        may = SUGGEST | RECORD | {"item_details"}
        return Message(text, "settle", wants, may, cards=self._last.cards, tastes=self._last.tastes)

    # --- what is said next

    def _narrowing(self) -> Weighed:
        film = self._aim
        genre, who = kind_of(film), makers_of(film, self.person)
        limits = [limit for limit in self._limits() if not self.ledger.has(limit.about)]
        makers: Weighed = []
        if limits:
            makers.append((0.3, lambda: self._narrowed(self.random.choice(limits))))
        if genre:
            makers.append((0.15, lambda: self._kind(genre, said.NARROW_GENRE, "narrow")))
        if who:
            makers.append((0.1, lambda: self._person(who, said.NARROW_PERSON)))
        return makers

    def _onwards(self) -> Weighed:
        makers: Weighed = [(0.15, self._more)]
        if self._cards:
            makers.append((0.1, self._more_like))
        others = [film for film in self.person.favourites if meets(film, self.ledger.standing)]
        turned = [film for film in others if film is not self._aim and kind_of(film)]
        if turned:
            makers.append((0.1, lambda: self._changed(self.random.choice(turned))))
        if self.person.loved:
            makers.append((0.03, self._start_over))
        lifted = [about for about in _LIFTS if self.ledger.has(about)]
        if lifted:
            makers.append((0.08, lambda: self._lift(self.random.choice(lifted))))
        out = [limit.values[0] for limit in self.ledger.standing if limit.without]
        if out:
            makers.append((0.08, lambda: self._allow(self.random.choice(out))))
        return makers

    def _narrowed(self, limit: Limit) -> Message:
        return asking(self.speech.pick(said.NARROW, limit=limit.words), "narrow", limits=(limit,))

    def _limited(self, message: Message) -> Message:
        limits = [limit for limit in self._limits() if limit.about != "year" or message.act != "decade"]
        if not limits:
            return message
        limit = self.random.choice(limits)
        text = self.speech.joined(message.text, [limit])
        return replace(message, text=text, limits=(*message.limits, limit))

    def _loved(self, phrasings: Sequence[str]) -> Message:
        loved = self.random.sample(self.person.loved, min(2, len(self.person.loved)))
        title, other = loved[0], loved[-1]
        if phrasings is said.OPEN_LOVED_HATED:
            other = self.random.choice(self.person.hated)
        text = self.speech.pick(phrasings, title=self.speech.title(title), other=self.speech.title(other))
        one, but = phrasings is said.OPEN_LOVED_ONE, phrasings is said.OPEN_LOVED_HATED
        tastes = {title.id: 1} if one else {title.id: 1, other.id: -1 if but else 1}
        return asking(text, "loved", lifts=("wish",), told=(title,) if one else (title, other), tastes=tastes)

    def _kind(self, genre: str, phrasings: Sequence[str], act: str) -> Message:
        text = self.speech.pick(phrasings, genre=said.PLURALS[genre], a_genre=said.SINGLES[genre])
        return asking(text, act, limits=(genre_wish(genre, text),))

    def _mood(self, phrasings: Sequence[str], act: str = "mood") -> Message:
        mood = self.random.choice(said.MOODS[kind_of(self._aim)])
        return asking(self.speech.pick(phrasings, mood=mood), act, lifts=("wish",))

    def _person(self, who: Sequence[str], phrasings: Sequence[str]) -> Message:
        name = self.random.choice(who)
        text = self.speech.pick(phrasings, person=name)
        return asking(text, "person", limits=(Limit("person", values=(name,), kind="wish", words=text),))

    def _decade(self) -> Message:
        assert self._aim.year is not None
        decade = self._aim.year // 10 * 10
        text = self.speech.pick(said.OPEN_DECADE, decade=f"{decade}s")
        return asking(text, "decade", limits=(Limit("year", low=decade, high=decade + 9, words=text),))

    def _more(self) -> Message:
        return asking(self.speech.pick(said.MORE), "more")

    def _more_like(self) -> Message:
        chosen = self.random.randrange(len(self._cards))
        text = self.speech.pick(said.MORE_LIKE, which=self.speech.which(self._cards, chosen))
        return asking(text, "more like", lifts=("wish",), tastes={self._cards[chosen].id: 1})

    def _changed(self, film: Item) -> Message:
        self._aim = film
        genre = kind_of(film)
        text = self.speech.pick(said.CHANGE_GENRE, a_genre=said.SINGLES[genre])
        return asking(text, "change", limits=(genre_wish(genre, text),))

    def _start_over(self) -> Message:
        title = self.random.choice(self.person.loved)
        self._aim = self.random.choice(self.person.favourites)
        text = self.speech.pick(said.CHANGE_LOVED, title=self.speech.title(title))
        return asking(text, "start over", lifts=("*",), told=(title,), tastes={title.id: 1})

    def _lift(self, about: str) -> Message:
        text = self.speech.pick(_LIFTS[about])
        return asking(text, "lift", lifts=("country", "language") if about in {"country", "language"} else (about,))

    def _allow(self, genre: str) -> Message:
        text, topic = self.speech.pick(said.LIFT_GENRE, genre=said.PLURALS[genre]), f"genre:{genre}"
        return Message(text, "allow", (RECORD,), SUGGEST | {"edit_timeline"}, lifts=(topic,), tastes={topic: 1})

    def _drawn(self, makers: Weighed) -> Message:
        return self.random.choices([make for _, make in makers], [weight for weight, _ in makers])[0]()

    def _limits(self) -> list[Limit]:
        return limits_of(self._aim, unloved(self.person, self._aim), self.speech)


def _cuts(limit: Limit, way: Critique) -> bool:
    return (limit.low if way == "newer" else limit.high) is not None
