"""What one conversation holds from turn to turn: limits, wishes, what was shown, what is being talked about.

A `Memory` is a value, kept as JSON in the checkpoint of its conversation; what is known of the person beyond the
conversation is their timeline. Nothing here is shared between conversations, let alone between people.
"""

from __future__ import annotations

from pydantic import ConfigDict

from agent.intents import Intent
from agent.understanding import ConversationContext, Question, Unclear, Understanding, merge
from core.results import Recommendation, Slate
from core.types import Constraints, Frozen

_SPOKEN_OF = 12
_RECENT = 3
_RECENT_LENGTH = 240
_BACK = 8
"""Turns that can be taken back."""


class Exchange(Frozen):
    """One turn as the model is reminded of it."""

    said: str
    replied: str


class Snapshot(Frozen):
    """A conversation before one of its turns; ``state`` is its `Memory` as JSON, without the slate, which is stored
    with the turn that showed it."""

    turn: int
    state: str


class Memory(Frozen):
    """State of one conversation; what another version kept and this one does not know is passed over.

    Attributes:
        turns: how many there were.
        standing: limits in force.
        topics: topics wished for, in force until others are ("genre:Thriller").
        query: the words of the wish in force.
        adventure: how far from the usual that wish goes, 0 to 1; None where nothing was said of it.
        liked, disliked, seen: ids named with that meaning, the latest last.
        similar: ids that answers were asked to resemble, of the wish in force.
        shown: ids recommended so far, which are not recommended again unasked.
        focus: ids spoken of, the latest last.
        slate: the last ranked list shown, with its evidence.
        listed: cards shown since then that nothing ranked: what was searched for, what is rising.
        offer: what a "yes" to the last reply stands for (`ConversationContext.offer`).
        questions: ambiguous titles that the last reply asked about; unclear: the message that named them.
        recent: the last few exchanges, shortened.
        before: the conversation before each of its latest turns, the latest last.
    """

    model_config = ConfigDict(extra="ignore")

    turns: int = 0
    standing: Constraints = Constraints()
    topics: tuple[str, ...] = ()
    query: str = ""
    adventure: float | None = None
    liked: tuple[str, ...] = ()
    disliked: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    similar: tuple[str, ...] = ()
    shown: tuple[str, ...] = ()
    focus: tuple[str, ...] = ()
    slate: Slate | None = None
    listed: tuple[Recommendation, ...] = ()
    offer: str = ""
    questions: tuple[Question, ...] = ()
    unclear: Unclear | None = None
    recent: tuple[Exchange, ...] = ()
    before: tuple[Snapshot, ...] = ()

    @property
    def cards(self) -> tuple[Recommendation, ...]:
        """The cards last shown, in the order shown."""
        return self.listed or self.ranked

    @property
    def ranked(self) -> tuple[Recommendation, ...]:
        """The items last recommended, in the order shown."""
        return self.slate.items if self.slate else ()

    def context(self) -> ConversationContext:
        """What a message can refer to."""
        return ConversationContext(
            shown=self.cards,
            focus=self.focus,
            standing=self.standing,
            questions=self.questions,
            unclear=self.unclear,
            offer=self.offer,
        )

    def heard(self, meaning: Understanding) -> Memory:
        """The conversation after a message has been read, before anything is done about it.

        A new wish replaces the topics and words of the one before; a message that only narrows it keeps them.
        """
        start_over = "*" in meaning.resets
        standing = merge(self.standing, meaning)
        named = bool(meaning.topics or meaning.similar or meaning.constraints.require)
        keep = not start_over and not (named and Intent.RECOMMEND in meaning.intents)
        likes, dislikes = meaning.liked_ids, meaning.disliked_ids
        seen = tuple(event.item_id for event in meaning.seen if event.item_id)
        chosen = tuple(event.item_id for event in meaning.chosen if event.item_id)
        taken_back = {event.item_id for event in meaning.forgets}
        liked = tuple(item for item in _append(self.liked, likes) if item not in {*dislikes, *taken_back})
        disliked = tuple(item for item in _append(self.disliked, dislikes) if item not in {*likes, *taken_back})
        return self.model_copy(
            update={
                "standing": standing,
                "topics": _allowed(self.topics, standing) if keep and not meaning.topics else meaning.topics,
                "query": self.query if keep and not meaning.query else meaning.query,
                "adventure": self.adventure if keep and meaning.adventure is None else meaning.adventure,
                "similar": _ids(meaning) or (self.similar if keep else ()),
                "liked": liked,
                "disliked": disliked,
                "seen": _append(self.seen, seen),
                "focus": _append(self.focus, (*likes, *dislikes, *seen, *chosen, *meaning.subjects))[-_SPOKEN_OF:],
                "questions": meaning.ambiguous,
                "unclear": (meaning.completes or Unclear(text=meaning.text)) if meaning.ambiguous else None,
            }
        )

    def answered(
        self,
        said: str,
        reply: str,
        slate: Slate | None,
        spoken_of: tuple[str, ...],
        cards: tuple[Recommendation, ...] = (),
        offer: str = "",
    ) -> Memory:
        """The conversation after the reply.

        Args:
            said, reply: the exchange.
            slate: the ranked list shown, if the turn had one with items.
            spoken_of: ids of single items that the reply was about.
            cards: what was shown; by default the ranked list.
            offer: what the reply offered.
        """
        exchange = Exchange(said=said[:_RECENT_LENGTH], replied=reply[:_RECENT_LENGTH])
        ranked = slate.items if slate else ()
        listed = cards if cards != ranked else ()
        return self.model_copy(
            update={
                "turns": self.turns + 1,
                "slate": slate if ranked else self.slate,
                "listed": listed if listed or ranked else self.listed,
                "shown": _append(self.shown, tuple(item.id for item in ranked)),
                # New cards are what "it" and "that one" may mean from now on.
                "focus": spoken_of if listed or ranked else _append(self.focus, spoken_of)[-_SPOKEN_OF:],
                "offer": offer,
                "recent": (*self.recent, exchange)[-_RECENT:],
            }
        )

    def marked(self, turn: int, earlier: Memory) -> Memory:
        """This state of a turn with the state before it kept, so that the turn can be taken back."""
        state = earlier.model_dump_json(exclude_defaults=True, exclude={"slate", "before"})
        kept = (*(snapshot for snapshot in self.before if snapshot.turn < turn), Snapshot(turn=turn, state=state))
        return self.model_copy(update={"before": kept[-_BACK:]})

    def rewound(self, turn: int, slate: Slate | None) -> Memory | None:
        """The conversation before a turn; None where that is not kept any more.

        Args:
            slate: the last ranked list shown before that turn.
        """
        place = next((place for place, kept in enumerate(self.before) if kept.turn == turn), None)
        if place is None:
            return None
        earlier = Memory.model_validate_json(self.before[place].state)
        return earlier.model_copy(update={"slate": slate, "before": self.before[:place]})

    def reopened(self) -> Memory:
        """This conversation with the last ranked list not counted as shown, to rank it again; words of the dial's are
        spent."""
        cards = {card.id for card in self.ranked}
        shown = tuple(item for item in self.shown if item not in cards)
        return self.model_copy(update={"shown": shown, "adventure": None})

    def ranked_again(self, slate: Slate | None) -> Memory:
        """After a turn without words, begun from this state: its cards stand in the place of the last ones."""
        if slate is None or not slate.items:
            return self.model_copy(update={"turns": self.turns + 1})
        shown = _append(self.reopened().shown, tuple(item.id for item in slate.items))
        return self.model_copy(
            update={
                "turns": self.turns + 1,
                "slate": slate,
                "listed": (),
                "offer": "",
                "shown": shown,
                "focus": (),
                "adventure": None,
            }
        )


def _allowed(topics: tuple[str, ...], standing: Constraints) -> tuple[str, ...]:
    """The wishes that the limits in force do not rule out."""
    split = ((topic, *topic.split(":", 1)) for topic in topics)
    return tuple(topic for topic, facet, value in split if value not in standing.exclude.get(facet, ()))


def _ids(meaning: Understanding) -> tuple[str, ...]:
    return tuple(dict.fromkeys(event.item_id for event in meaning.similar if event.item_id))


def _append(known: tuple[str, ...], new: tuple[str, ...]) -> tuple[str, ...]:
    """Both without repeats, a repeated id moving to the end."""
    return (*(item for item in known if item not in set(new)), *dict.fromkeys(new))
