"""Playing a conversation, and noting of every turn what was meant, what came, and what is wrong with it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Protocol

from core.errors import DriftlineError
from core.results import Recommendation, RecommendRequest
from core.turns import HeardEvent, ToolCall, Turn
from core.types import EventKind
from evals.conversations.limits import Kind, Ledger, Limit
from evals.conversations.people import Person
from evals.conversations.simulated import Simulated
from evals.conversations.stage import Stage
from evals.conversations.wording import RECORD, Message
from evals.conversations.workspace import admit

logger = logging.getLogger(__name__)

Say = Callable[[str, str | None], Turn]

TURNS = 8
DEEP = 300
"""Length of the ranker's list: more than any conversation shows."""

_SIGNS = {EventKind.LIKE: 1, EventKind.DISLIKE: -1, EventKind.SEEN: 0}
_MOVED = {"newer": ("year", 1), "older": ("year", -1), "shorter": ("runtime", -1)}


class Speaker(Protocol):
    """Somebody who talks: a `Simulated`, or a script."""

    person: Person
    ledger: Ledger
    told: set[str]

    def speak(self, turn: Turn | None) -> Message:
        """The next message, already in the ledger."""
        ...


@dataclass(frozen=True)
class Exchange:
    """One turn.

    Attributes:
        broken: cards against what the person has said, with what they are against.
        repeated: cards shown before. met: cards of films that the person had rated, or had named.
        followed: whether the cards moved as a critique asked; None where none did.
        loop: whether the reply is the one before, word for word.
        missing: tools asked for that were not called, each as its alternatives. useless: calls that nobody asked for,
            or about another film.
        misheard: tastes put on the timeline that were not stated, or the other way round. unheard: those stated and
            not put there, as `Message.tastes` names them.
    """

    message: Message
    turn: Turn
    broken: Mapping[Kind, Sequence[tuple[Recommendation, Limit]]]
    repeated: tuple[Recommendation, ...]
    met: tuple[Recommendation, ...]
    followed: bool | None
    loop: bool
    missing: tuple[str, ...]
    useless: tuple[str, ...]
    misheard: tuple[HeardEvent, ...]
    unheard: tuple[str, ...]

    @property
    def bare(self) -> bool:
        """Whether suggestions were asked for and none came, nor a question back."""
        return self.message.cards and not self.turn.items and "?" not in self.turn.reply


@dataclass
class Played:
    """One conversation.

    Attributes:
        favourites: ids of what it should find.
        list_before: what the ranker would have shown instead: ids, best first.
        error: why it broke off.
    """

    person: str
    favourites: frozenset[str]
    regretted: frozenset[str]
    list_before: tuple[str, ...]
    exchanges: list[Exchange] = field(default_factory=list)
    error: str = ""

    def shown(self, turns: int) -> list[str]:
        """Ids of different cards of the first turns, in the order shown."""
        return list(dict.fromkeys(card.id for each in self.exchanges[:turns] for card in each.turn.items))


def play(
    stage: Stage, person: Person, name: str, seed: str, known: bool, chatty: bool = True, turns: int = TURNS
) -> Played:
    """One conversation under a name of its own, forgotten afterwards.

    Args:
        known: whether the first half of the person's ratings is on the timeline of ``name``.
        chatty: whether they say more than their first request and "more".
        turns: most messages.
    """
    service, simulated = stage.service, Simulated(person, seed, chatty)
    if known:
        admit(service.deps.events, person, name)
    request = RecommendRequest(user_id=name, at=stage.clock(), k=DEEP)
    ranked = tuple(item for item, _ in service.deps.scorer.rank(request))
    favourites = frozenset(film.id for film in person.favourites)
    played = Played(name, favourites, person.regretted, ranked)
    try:
        while len(played.exchanges) < turns and exchange(partial(stage.say, name), simulated, played, known):
            pass
    finally:
        service.forget_user(name)
    return played


def exchange(say: Say, speaker: Speaker, played: Played, known: bool) -> bool:
    """One message and its answer, added to ``played``; whether the conversation goes on.

    Args:
        say: sends a message, in a conversation or the first of one.
        known: whether the ratings of the speaker's first half may be known.
    """
    before = played.exchanges[-1].turn if played.exchanges else None
    message = speaker.speak(before)
    try:
        turn = say(message.text, before.conversation_id if before else None)
    except DriftlineError as error:
        played.error = f"{message.text!r}: {error}"
        return False
    except Exception as error:
        # A crash is what the benchmark is there to find; the other conversations go on.
        logger.exception("The conversation with %s broke off", played.person)
        played.error = f"{message.text!r}: {type(error).__name__}: {error}"
        return False
    met = speaker.told | (speaker.person.met if known else frozenset())
    shown = set(played.shown(len(played.exchanges)))
    played.exchanges.append(_exchange(message, turn, before, speaker, met, shown))
    return not message.last


def _exchange(
    message: Message, turn: Turn, before: Turn | None, speaker: Speaker, met: set[str], shown: set[str]
) -> Exchange:
    asked = turn.items if message.cards else ()
    right = {call.tool for call in turn.calls if _about(call, message)}
    harmless = message.may.union(*message.wants)
    return Exchange(
        message=message,
        turn=turn,
        broken=speaker.ledger.broken(turn.items),
        repeated=tuple(card for card in asked if card.id in shown),
        met=tuple(card for card in asked if card.id in met),
        followed=_followed(message, before, turn),
        loop=before is not None and before.reply == turn.reply,
        missing=tuple("|".join(sorted(each)) for each in message.wants if not each & right),
        useless=tuple(call.tool for call in turn.calls if call.tool not in harmless or not _about(call, message)),
        misheard=tuple(event for event in turn.events if _misheard(event, message)),
        unheard=_unheard(message, turn),
    )


def _about(call: ToolCall, message: Message) -> bool:
    return not message.subject or call.args.get("item", message.subject) == message.subject


def _misheard(event: HeardEvent, message: Message) -> bool:
    if event.kind not in _SIGNS:
        return False
    sign = message.tastes.get(event.item_id or event.topic or "")
    if event.topic and sign is None:
        # "I like Tom Hanks" and "any comedies?" are wishes that may well be kept as tastes.
        return event.value < 0 and not message.limits
    return sign is None or (sign != _SIGNS[event.kind] and (sign < 0 or _SIGNS[event.kind] < 0))


def _unheard(message: Message, turn: Turn) -> tuple[str, ...]:
    if RECORD not in message.wants:
        return ()
    heard = {event.item_id or event.topic for event in turn.events if event.kind in _SIGNS}
    return tuple(name for name in message.tastes if name not in heard)


def _followed(message: Message, before: Turn | None, turn: Turn) -> bool | None:
    if not message.critique or before is None:
        return None
    name, sign = _MOVED[message.critique]
    old, new = _mean(before.items, name), _mean(turn.items, name)
    return old is not None and new is not None and sign * (new - old) > 0


def _mean(cards: Sequence[Recommendation], name: str) -> float | None:
    figures = [card.numbers[name] for card in cards if name in card.numbers]
    return sum(figures) / len(figures) if figures else None
