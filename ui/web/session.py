"""What one browser tab shows: whose page it is, the turns on it, and what is new since the last look."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from agent.state import Cards, Done, Person, Step, Text, Update
from core.results import Recommendation
from core.turns import HeardEvent, ModelUse, Turn
from core.types import Event, EventKind

_OWN_ID = re.compile(r"guest-[0-9a-f]{32}")
_VERDICTS = (EventKind.LIKE, EventKind.DISLIKE, EventKind.SEEN)


def is_own_id(user_id: object) -> bool:
    """Whether an id has the form that a browser makes for its owner: 128 random bits, so nobody can guess it."""
    return isinstance(user_id, str) and _OWN_ID.fullmatch(user_id) is not None


@dataclass
class TurnView:
    """One exchange as the page shows it, while it runs and afterwards.

    Attributes:
        key: stable identity on the page.
        number: the turn's number in its conversation, None until it is stored.
        error: one line for the reader when the turn failed.
    """

    key: str
    text: str
    state: Literal["running", "done", "stopped", "failed"] = "running"
    steps: dict[int, Step] = field(default_factory=dict)
    items: tuple[Recommendation, ...] = ()
    reply: str = ""
    heard: tuple[HeardEvent, ...] = ()
    model: ModelUse | None = None
    error: str = ""
    number: int | None = None
    conversation_id: str | None = None

    @classmethod
    def of(cls, turn: Turn) -> TurnView:
        """A stored turn."""
        view = cls(key=f"{turn.conversation_id}-{turn.turn}", text=turn.text)
        view.finish(turn)
        view.steps = {
            index: Step(id=index, tool=call.tool, args=call.args, status="done" if call.ok else "failed", ms=call.ms)
            for index, call in enumerate(turn.calls)
        }
        return view

    def apply(self, update: Update) -> None:
        """Take in the next update of a running turn."""
        match update:
            case Step():
                self.steps[update.id] = update
            case Cards():
                self.items = update.items
            case Text():
                self.reply += update.delta
            case Done():
                self.finish(update.turn)

    def finish(self, turn: Turn) -> None:
        """The turn as stored replaces what was streamed: its reply is the checked one."""
        self.state = "done"
        self.items, self.reply, self.heard = turn.items, turn.reply, turn.events
        self.model, self.number, self.conversation_id = turn.model, turn.turn, turn.conversation_id


@dataclass
class Session:
    """State of one tab.

    Attributes:
        own_id: the id that this browser made for its owner.
        user_id: whose page is shown: the owner's, or a known person's.
        generation: grows when the page is turned over, so that a running stream knows that it is no longer shown.
        fresh: ids of events that came in with the latest turn or button.
        shown_events: how many events the list shows.
        people: the known people whose pages may be opened from here.
        verdicts: the event that carries each standing verdict, by item and kind.
        drawn: HTML of finished turns by key, so that streaming redraws only the turn that runs.
    """

    own_id: str = ""
    user_id: str = ""
    conversation_id: str | None = None
    turns: list[TurnView] = field(default_factory=list)
    generation: int = 0
    fresh: set[str] = field(default_factory=set)
    shown_events: int = 30
    people: tuple[Person, ...] = ()
    verdicts: dict[tuple[str, EventKind], str] = field(default_factory=dict)
    drawn: dict[str, str] = field(default_factory=dict)

    @property
    def is_own_page(self) -> bool:
        """Whether the page belongs to the owner of this browser."""
        return self.user_id == self.own_id

    @property
    def running(self) -> TurnView | None:
        """The turn that is being answered."""
        return self.turns[-1] if self.turns and self.turns[-1].state == "running" else None

    def turn_to(self, user_id: str, conversation_id: str | None, turns: Iterable[Turn]) -> None:
        """Show a person's page with a conversation on it."""
        if user_id != self.user_id:
            self.shown_events = 30
        self.user_id, self.conversation_id = user_id, conversation_id
        self.turns = [TurnView.of(turn) for turn in turns]
        self.fresh, self.drawn, self.verdicts = set(), {}, {}
        self.generation += 1

    def begin(self, text: str) -> TurnView:
        """A new turn at the end of the page."""
        self.generation += 1
        view = TurnView(key=f"live-{self.generation}", text=text, conversation_id=self.conversation_id)
        self.turns.append(view)
        return view

    def judge(self, events: Iterable[Event]) -> None:
        """Take the standing verdicts from the person's events (newest first)."""
        verdicts: dict[tuple[str, EventKind], str] = {}
        for event in events:
            if event.item_id and event.kind in _VERDICTS:
                verdicts.setdefault((event.item_id, event.kind), event.id)
        if verdicts != self.verdicts:
            self.verdicts = verdicts
            self.drawn = {}
