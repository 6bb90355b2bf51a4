"""Thirty turns, two people at once: what was ruled out at the beginning still holds, and nothing passes between them.

Limits are stated in the first three turns, one is taken back in the middle and another later; between them lie other
wishes, tastes, questions and small talk. Each person talks alone too: the cards must be the same.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from core.turns import Turn
from core.types import Item
from evals.conversations import phrasings as said
from evals.conversations.asides import about_a_card, asides, why
from evals.conversations.limits import Ledger, Limit
from evals.conversations.people import Person
from evals.conversations.playing import Played, exchange
from evals.conversations.stage import Stage
from evals.conversations.wording import RECORD, SUGGEST, Message, Speech, asking, genre_wish

TURNS, CHANGED, ASKED, FREED = 30, 15, 16, 25
"""Length, and the turns in which a dislike is taken back, that kind is asked for, and the length set free."""


@dataclass(frozen=True)
class Ruled:
    """What somebody rules out in the first three turns.

    Attributes:
        disliked: the genre that they come to like in the middle.
    """

    year: Limit
    genre: Limit
    runtime: Limit
    disliked: str


RULES = (
    Ruled(
        Limit("year", low=1980, words="nothing before 1980"),
        Limit("genre", values=("Horror",), without=True, words="no horror please"),
        Limit("runtime", high=130, words="not longer than 130 minutes"),
        "Western",
    ),
    Ruled(
        Limit("year", high=1999, words="nothing after 1999"),
        Limit("genre", values=("Animation",), without=True, words="no animated films please"),
        Limit("runtime", high=140, words="under 140 minutes"),
        "War",
    ),
)
_TALK = ("Hello again", "How are you?", "Hmm, let me think", "My sister loves horror and westerns", "haha", "Ok")
_WISHES = ("Comedy", "Thriller", "Drama", "Sci-Fi", "Adventure", "Romance")


class LongTalk:
    """Somebody who talks for `TURNS` turns."""

    def __init__(self, person: Person, rules: Ruled, seed: str) -> None:
        self.person = person
        self.random = random.Random(seed)
        self.speech = Speech(self.random, lower=False, bare=False, short=False)
        self.ledger = Ledger()
        self.told: set[str] = set()
        self._rules = rules
        self._turn = 0

    def speak(self, turn: Turn | None) -> Message:
        """The next message, already in the ledger."""
        self._turn += 1
        message = self._fixed() or self._between(turn)
        self.ledger.hear(message.limits, message.lifts)
        self.told |= {film.id for film in message.told}
        return message

    def _fixed(self) -> Message | None:
        rules, kind = self._rules, self._rules.disliked
        if self._turn == 1:
            return asking(f"I'm looking for a good film, {rules.year.words}", "limit", limits=(rules.year,))
        if self._turn == 2:
            return asking(f"And {rules.genre.words}, what else is there?", "limit", limits=(rules.genre,))
        if self._turn == 3:
            text = f"I hate {said.PLURALS[kind]}, and it should be {rules.runtime.words}"
            unloved = Limit("genre", values=(kind,), without=True, kind="dislike", words=text)
            return asking(text, "limit", limits=(rules.runtime, unloved), tastes={f"genre:{kind}": -1})
        if self._turn == CHANGED:
            text = f"Actually I do like {said.PLURALS[kind]} now"
            return Message(text, "allow", (RECORD,), SUGGEST, lifts=(f"genre:{kind}",), tastes={f"genre:{kind}": 1})
        if self._turn == ASKED:
            text = f"Show me some {said.PLURALS[kind]}"
            return asking(text, "allowed", limits=(genre_wish(kind, text),))
        if self._turn == FREED:
            return asking("The length doesn't matter after all, what else?", "lift", lifts=("runtime",))
        if self._turn == TURNS:
            return asking("What should I watch tonight?", "last", lifts=("wish",))
        return None

    def _between(self, turn: Turn | None) -> Message:
        cards = turn.items if turn else ()
        makers: list[Callable[[], Message]] = [
            self._wish,
            lambda: asking(self.speech.pick(said.MORE), "more"),
            lambda: Message(self.random.choice(_TALK), "talk", may=SUGGEST),
            *(make for _, make in asides(self.person, self.speech, ())),
        ]
        if cards:
            makers += [lambda: why(self.speech, cards), lambda: about_a_card(self.speech, cards)]
        if self.person.loved:
            makers.append(self._loved)
        return self.random.choice(makers)()

    def _wish(self) -> Message:
        genre = self.random.choice(_WISHES)
        text = self.speech.pick(said.OPEN_GENRE, genre=said.PLURALS[genre], a_genre=said.SINGLES[genre])
        return asking(text, "genre", limits=(genre_wish(genre, text),))

    def _loved(self) -> Message:
        film = self.random.choice(self.person.loved)
        text = self.speech.pick(said.OPEN_LOVED_ONE, title=film.title)
        return asking(text, "loved", lifts=("wish",), told=(film,), tastes={film.id: 1})


@dataclass(frozen=True)
class Remembering:
    """What was remembered in conversations of `TURNS` turns, two at a time.

    Attributes:
        limits, dislikes: cards against what was said in the first turns and not taken back.
        held: conversations whose last turn had cards, none of them against anything.
        changed: conversations in which the kind that had been disliked was shown when it was asked for.
        same: turns whose cards are those of the conversation held alone, of all turns.
        strange: replies, reasons or events that name a film of the other person's.
    """

    conversations: int
    turns: int
    limits: int
    dislikes: int
    held: int
    changed: int
    same: int
    strange: tuple[str, ...]
    errors: tuple[str, ...]

    def text(self) -> str:
        """As printed."""
        lines = [
            f"== Memory: {self.conversations} conversations of {TURNS} turns, two at a time",
            f"cards against limits of turns 1 to 3: {self.limits}, against dislikes {self.dislikes}; held in turn "
            f"{TURNS} in {self.held}, a change of mind in {self.changed} of {self.conversations}",
            f"{self.same} of {self.turns} turns have the cards of the same conversation alone; "
            f"{len(self.strange)} name a film of the other person; {len(self.errors)} errors",
        ]
        return "\n".join([*lines, *self.strange[:5], *self.errors[:5]])


def remember(stage: Stage, people: Sequence[Person], seed: str) -> tuple[Remembering, list[Played]]:
    """Pairs of people talk at the same time, then each alone; everybody is a newcomer, forgotten afterwards."""
    together: list[Played] = []
    strange: list[str] = []
    same = 0
    for number in range(len(people) // 2):
        pair = people[2 * number : 2 * number + 2]
        begin = stage.clock()
        both = _talk(stage, pair, f"{seed}-{number}")
        for place, (person, played) in enumerate(zip(pair, both, strict=True)):
            strange += _strange(played, _films(pair[1 - place]), _films(person))
            stage.clock.at = begin
            alone = _talk(stage, pair, f"{seed}-{number}", only=place)[place]
            same += sum(_ids(one) == _ids(other) for one, other in zip(_turns(played), _turns(alone), strict=False))
        together += both
    exchanges = [each for played in together for each in played.exchanges]
    found = Remembering(
        conversations=len(together),
        turns=len(exchanges),
        limits=sum(len(each.broken["limit"]) for each in exchanges),
        dislikes=sum(len(each.broken["dislike"]) for each in exchanges),
        held=sum(_held(played) for played in together),
        changed=sum(_changed(played) for played in together),
        same=same,
        strange=tuple(strange),
        errors=tuple(played.error for played in together if played.error),
    )
    return found, together


def _talk(stage: Stage, people: Sequence[Person], seed: str, only: int | None = None) -> list[Played]:
    """Everybody in turn, or one of them at the same moments while the others are silent."""
    talks = [LongTalk(person, RULES[place % len(RULES)], f"{seed}-{place}") for place, person in enumerate(people)]
    # The same names both times: what a list tries out depends on whose it is.
    names = [f"conversations-long-{seed}-{place}" for place, _ in enumerate(people)]
    played = [Played(name, frozenset(), frozenset(), ()) for name in names]
    try:
        for _ in range(TURNS):
            for place, talk in enumerate(talks):
                if only in (None, place) and not played[place].error:
                    exchange(partial(stage.say, names[place]), talk, played[place], known=False)
                else:
                    stage.wait()
    finally:
        for name in names:
            stage.service.forget_user(name)
    return played


def _films(person: Person) -> dict[str, Item]:
    return {film.id: film for film in (*person.loved, *person.hated)}


def _turns(played: Played) -> list[Turn]:
    return [each.turn for each in played.exchanges]


def _ids(turn: Turn) -> list[str]:
    return [card.id for card in turn.items]


def _held(played: Played) -> bool:
    last = played.exchanges[-1]
    broken = last.broken["limit"] or last.broken["dislike"]
    return len(played.exchanges) == TURNS and bool(last.turn.items) and not broken


def _changed(played: Played) -> bool:
    if len(played.exchanges) < ASKED:
        return False
    asked = played.exchanges[ASKED - 1]
    return bool(asked.turn.items) and not asked.broken["wish"] and not asked.broken["limit"]


def _strange(played: Played, others: dict[str, Item], own: dict[str, Item]) -> list[str]:
    """Where a film that only the other person can have named is spoken of though it is on no card."""
    foreign = {key: film for key, film in others.items() if key not in own and " " in film.title}
    found: list[str] = []
    shown: set[str] = set()
    titles = ""
    for turn in _turns(played):
        shown |= set(_ids(turn))
        titles += "".join(card.title for card in turn.items)
        rests_on = {item for card in turn.items for reason in card.reasons for item in reason.item_ids}
        heard = {event.item_id for event in turn.events}
        for key, film in foreign.items():
            named = film.title in turn.reply and film.title not in titles
            if named or (key in rests_on | heard and key not in shown):
                found.append(f"{film.title} in the answer to {turn.text!r}")
    return found
