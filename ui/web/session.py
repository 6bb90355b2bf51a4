"""What one browser tab shows: whose page it is, the turns on it, and what is new since the last look."""

from __future__ import annotations

import itertools
import re
import secrets
import threading
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from agent.dialling import Move, moves
from agent.state import Cards, Done, Found, Person, Step, Text, Update
from core.desk import Thread
from core.results import Recommendation, Slate
from core.turns import HeardEvent, ModelUse, Turn
from core.types import Event, EventKind
from ui.web.timeline_view import View

_OWN_ID = re.compile(r"guest-[0-9a-f]{32}")
_VERDICTS = (EventKind.LIKE, EventKind.DISLIKE, EventKind.SEEN)
BOT = "driftline"


def is_own_id(user_id: object) -> bool:
    """Whether an id has the form that a browser makes for its owner: 128 random bits, so nobody can guess it."""
    return isinstance(user_id, str) and _OWN_ID.fullmatch(user_id) is not None


def may_be_looked_at(person: Person) -> bool:
    """Whether somebody is on the list of known people: who was imported into the workspace.

    A visitor is nobody else's business, also where they brought a history of their own.
    """
    sources = person.label.removeprefix(f"{person.user_id} · ")
    return not is_own_id(person.user_id) and any(name.startswith("import:") for name in sources.split(", "))


@dataclass
class TurnView:
    """One exchange as the page shows it, while it runs and afterwards.

    Attributes:
        key: stable identity on the page.
        number: the turn's number in its conversation, None until it is stored.
        stored: what tells the stored turn from another of the same number, which stands where this one was taken back.
        shown: the number of the turn whose cards are shown: its own, or that of the last move of a dial.
        moved: where the cards stood before the last move of a dial; None where none was moved.
        titled: titles that the reply lists and that cards tell better.
        author: who replied; empty while nobody has.
        error: one line for the reader when the turn failed.
    """

    key: str
    text: str
    state: Literal["running", "done", "stopped", "failed"] = "running"
    steps: dict[int, Step] = field(default_factory=dict)
    items: tuple[Recommendation, ...] = ()
    slate: Slate | None = None
    reply: str = ""
    heard: tuple[HeardEvent, ...] = ()
    model: ModelUse | None = None
    error: str = ""
    number: int | None = None
    stored: tuple[datetime, str, str] | None = None
    shown: int | None = None
    conversation_id: str | None = None
    author: str = BOT
    choices: tuple[str, ...] = ()
    moved: tuple[Move, ...] | None = None
    titled: tuple[str, ...] = ()

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
        self.items, self.slate, self.reply, self.heard = turn.items, turn.slate, turn.reply, turn.events
        self.titled = tuple(item.title for item in turn.items)
        self.model, self.author, self.choices = turn.model, turn.author, turn.choices
        self.number, self.shown, self.conversation_id = turn.turn, turn.turn, turn.conversation_id
        self.stored = stored(turn)

    def ranked_again(self, turn: Turn) -> None:
        """Show the cards of a turn without words in the place of the present ones; without any these stay."""
        if turn.items:
            self.moved = moves(self.items, turn.items)
            self.items, self.slate, self.shown = turn.items, turn.slate, turn.turn


def stored(turn: Turn) -> tuple[datetime, str, str]:
    """What tells a stored turn from another of the same number, or from itself before it was answered."""
    return turn.at, turn.author, turn.reply


def is_dial(turn: Turn) -> bool:
    """Whether a turn is a move of a dial, which ranks the cards before it again."""
    return not turn.text and turn.author == BOT and turn.slate is not None


class Turnstile:
    """Lets one event of a tab through at a time. A copy is a new one: Gradio copies a session for every tab."""

    def __init__(self) -> None:
        self._lock = threading.RLock()

    def __deepcopy__(self, _memo: object) -> Turnstile:
        return Turnstile()

    def __enter__(self) -> None:
        self._lock.acquire()

    def __exit__(self, *_: object) -> None:
        self._lock.release()


@dataclass
class Session:
    """State of one tab.

    Attributes:
        own_id: the id that this browser made for its owner.
        user_id: whose page is shown: the owner's, or a known person's.
        language: of the page's words.
        latest: the number of the latest turn on the page, -1 for none.
        generation: grows when the page is turned over, so that a running stream knows that it is no longer shown.
        fresh: ids of events that came in with the latest turn or button.
        view: what the timeline shows.
        people: the known people whose pages may be opened from here.
        examples: first messages that fit the catalogue; none where the page's own do.
        verdicts: the event that carries each standing verdict, by item and kind.
        drawn: HTML of finished turns by key, so that streaming redraws only the turn that runs.
        sought, found: words looked for among the conversations, and those that have them.
        thread: where the conversation stands between Driftline and the staff, as of the last look.
        staffed: a member of the staff who had the conversation while the page was open.
        opened: how many drawers were opened; asked: the item and the turn of the open one.
        looks: how often something was asked of a drawer, so that an earlier answer knows that it is late.
        previews: what each event's absence would change, as far as it was asked for in the open drawer.
        alone: held by an event that changes the session, but for turns, which stream.
        run: names this session among the earlier ones of the same tab; drawings: numbers its drawings.
    """

    own_id: str = ""
    user_id: str = ""
    language: str = "en"
    conversation_id: str | None = None
    turns: list[TurnView] = field(default_factory=list)
    latest: int = -1
    generation: int = 0
    fresh: set[str] = field(default_factory=set)
    view: View = field(default_factory=View)
    people: tuple[Person, ...] = ()
    examples: tuple[str, ...] = ()
    verdicts: dict[tuple[str, EventKind], str] = field(default_factory=dict)
    drawn: dict[str, str] = field(default_factory=dict)
    sought: str = ""
    found: tuple[Found, ...] = ()
    thread: Thread | None = None
    staffed: str = ""
    opened: int = 0
    looks: int = 0
    asked: tuple[str, int] | None = None
    previews: dict[str, str] = field(default_factory=dict)
    alone: Turnstile = field(default_factory=Turnstile)
    run: str = ""
    drawings: Iterator[int] = field(default_factory=itertools.count)

    @property
    def is_own_page(self) -> bool:
        """Whether the page belongs to the owner of this browser."""
        return self.user_id == self.own_id

    @property
    def running(self) -> TurnView | None:
        """The turn that is being answered."""
        return self.turns[-1] if self.turns and self.turns[-1].state == "running" else None

    @property
    def carded(self) -> TurnView | None:
        """The last turn with ranked cards."""
        return next((view for view in reversed(self.turns) if view.slate and view.items), None)

    @property
    def live(self) -> bool:
        """Whether the conversation is with the staff."""
        return self.thread is not None and self.thread.state in ("waiting", "staff")

    def begin_run(self, own_id: str, language: str) -> None:
        """The first look of a tab, or the first since the server lost what it showed."""
        self.own_id, self.language, self.run = own_id, language, secrets.token_hex(4)

    def stamp(self) -> str:
        """The number of a drawing, taken as it begins, so that the page tells a late one by it (regions.js)."""
        return f"<!--{self.run}:{next(self.drawings)}-->"

    def turn_to(self, user_id: str, conversation_id: str | None, turns: Iterable[Turn]) -> None:
        """Show a person's page with a conversation on it."""
        if user_id != self.user_id:
            self.view = View()
        self.user_id, self.conversation_id = user_id, conversation_id
        self.turns, self.latest, self.thread, self.staffed = [], -1, None, ""
        self.fresh, self.drawn, self.verdicts, self.asked = set(), {}, {}, None
        self.generation += 1
        for turn in turns:
            self.add(turn)

    def add(self, turn: Turn) -> None:
        """A stored turn at the end of the page; a move of a dial changes the cards that are there."""
        self.latest = max(self.latest, turn.turn)
        if not is_dial(turn):
            self.turns.append(TurnView.of(turn))
        elif self.carded:
            self.carded.ranked_again(turn)
            self.drawn.pop(self.carded.key, None)

    def begin(self, text: str) -> TurnView:
        """A new turn at the end of the page."""
        self.generation += 1
        view = TurnView(key=f"live-{self.generation}", text=text, conversation_id=self.conversation_id)
        self.turns.append(view)
        return view

    def differs(self, turns: Iterable[Turn]) -> bool:
        """Whether a turn that is shown was taken back, or answered since, on another page."""
        kept = {turn.turn: stored(turn) for turn in turns}
        return any(view.state == "done" and kept.get(view.number or 0) != view.stored for view in self.turns)

    def take_back(self, number: int) -> None:
        """Leave out the turns from a number on; the one that runs stays."""
        self.turns = [view for view in self.turns if view.number is None or view.number < number]
        self.latest = max((view.shown or 0 for view in self.turns if view.number is not None), default=-1)

    def judge(self, events: Iterable[Event]) -> None:
        """Take the standing verdicts from the person's events (newest first)."""
        verdicts: dict[tuple[str, EventKind], str] = {}
        for event in events:
            if event.item_id and event.kind in _VERDICTS:
                verdicts.setdefault((event.item_id, event.kind), event.id)
        if verdicts != self.verdicts:
            self.verdicts = verdicts
            self.drawn = {}
