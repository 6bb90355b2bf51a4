"""Conversations: turns, dials, taking back, and what is kept of them."""

from __future__ import annotations

from collections.abc import Iterator

from agent import threads
from agent.desk.desk import Desk
from agent.dialling import Dials, PeriodsAhead, dials_of, periods_ahead
from agent.examples import examples
from agent.graph import Agent
from agent.incoming import check_user, own_conversation, readable
from agent.relay.relay import Relay
from agent.state import Done, Found, Update
from agent.turnstiles import Turnstiles
from core.errors import DriftlineError, InputError, NotFoundError
from core.privacy import redact
from core.turns import HeardEvent, Turn
from core.types import Conversation
from tools.deps import Deps


class Talking:
    """Turns of conversations; two of one conversation run one after the other."""

    deps: Deps
    desk: Desk
    relay: Relay
    _agent: Agent
    _turnstiles: Turnstiles

    def stream(
        self,
        user_id: str,
        text: str,
        conversation_id: str | None = None,
        adventure: float | None = None,
        horizon: int | None = None,
        seen_too: bool | None = None,
    ) -> Iterator[Update]:
        """One turn: steps, cards and checked sentences as they come; the last update is `Done`.

        Without a conversation a new one begins. Leaving the iterator early does not break the turn off: it is
        finished and stored.

        Args:
            adventure: where the familiar ↔ adventurous dial stands, 0 to 1, for a message that says nothing of it.
            horizon: where the now ↔ later dial stands, in periods ahead, for a message that names no time.
            seen_too: whether things that the person knows may come up.

        Raises:
            InputError: the message is empty, too long, or has no readable character; the user id is malformed; or a
                dial is out of range.
            NotFoundError: the person has no such conversation.
        """
        text = readable(text)
        check_user(user_id)
        dials = dials_of(adventure, horizon, seen_too)
        conversation = self._conversation(user_id, conversation_id)
        return self._stream(conversation, text, dials)

    def _stream(self, conversation: Conversation, text: str, dials: Dials) -> Iterator[Update]:
        with self._turnstiles.one_turn_at_a_time(conversation.id):
            # While this message waited, the conversation may have been deleted, or its person forgotten.
            own_conversation(self.deps, conversation.user_id, conversation.id)
            updates = self.desk.reception.receive(
                conversation,
                text,
                lambda: self._agent.stream(conversation.id, conversation.user_id, text, self.deps.now(), dials),
            )
            try:
                # Not `yield from`, which would close the turn together with its reader.
                for update in updates:  # noqa: UP028
                    yield update
            except GeneratorExit:
                for _ in updates:
                    pass
                raise

    def chat(
        self,
        user_id: str,
        text: str,
        conversation_id: str | None = None,
        adventure: float | None = None,
        horizon: int | None = None,
        seen_too: bool | None = None,
    ) -> Turn:
        """One turn, whole. Raises as `stream` does."""
        turn: Turn | None = None
        for update in self.stream(user_id, text, conversation_id, adventure, horizon, seen_too):
            if isinstance(update, Done):
                turn = update.turn
        if turn is None:
            raise DriftlineError("The turn ended without an answer.", "Repeat it.")
        return turn

    def redial(
        self,
        user_id: str,
        conversation_id: str,
        adventure: float | None = None,
        horizon: int | None = None,
        seen_too: bool | None = None,
    ) -> Turn:
        """The last ranked list of a conversation ranked again by the dials, as a turn without words; what "the second
        one" means follows. Where nothing fits, the turn has no items and the cards stay as they were.

        Raises:
            InputError: a dial is out of range, nothing was ranked yet, or staff have the conversation.
            NotFoundError: the person has no such conversation.
        """
        dials = dials_of(adventure, horizon, seen_too)
        conversation = self._conversation(user_id, conversation_id)
        with self._turnstiles.one_turn_at_a_time(conversation.id):
            thread = self.desk.thread(conversation.id)
            if thread is not None and thread.state in {"waiting", "staff"}:
                raise InputError("A person has this conversation now.", "Tell them what you would like to see.")
            return threads.redial(self.deps, self._agent, conversation, dials)

    def rewind(self, user_id: str, conversation_id: str, turn: int) -> Turn:
        """Take back the last message of a conversation, as if it had not been said; the turn that is gone.

        The events that it added are retracted, and those that it had retracted stand again.

        Raises:
            NotFoundError: the person has no such conversation, or it has no such turn.
            InputError: it is not the last message, or somebody else has replied since.
        """
        conversation = self._conversation(user_id, conversation_id)
        with self._turnstiles.one_turn_at_a_time(conversation.id):
            self._agent.settle()
            return threads.rewind(self.deps, self._agent, conversation, turn)

    def rename_conversation(self, user_id: str, conversation_id: str, title: str) -> Conversation:
        """Give a conversation a title.

        Raises:
            NotFoundError: the person has no such conversation.
            InputError: the title is empty or too long.
        """
        return threads.rename(self.deps, self._conversation(user_id, conversation_id), title)

    def forget_conversation(self, user_id: str, conversation_id: str, events_too: bool = False) -> None:
        """Delete a conversation; what it added to the timeline stays, unless ``events_too`` takes it back.

        Raises:
            NotFoundError: the person has no such conversation.
        """
        conversation = self._conversation(user_id, conversation_id)
        with self._turnstiles.one_turn_at_a_time(conversation.id):
            threads.forget(self.deps, conversation, events_too)
            self._agent.forget(conversation.id)
            self.relay.forget(user_id, conversation.id)

    def search_conversations(self, user_id: str, words: str) -> list[Found]:
        """The person's conversations with all the words in the title or in one turn, the latest first."""
        return threads.search(self.deps, user_id, words)

    def start_conversation(self, user_id: str, title: str = "") -> Conversation:
        """Begin a conversation before anything is said in it.

        Raises:
            InputError: the user id is malformed.
        """
        check_user(user_id)
        return self.deps.conversations.start(user_id, self.deps.now(), redact(title))

    def conversation(self, user_id: str, conversation_id: str) -> Conversation:
        """One conversation of a person.

        Raises:
            NotFoundError: the person has no such conversation.
        """
        return own_conversation(self.deps, user_id, conversation_id)

    def conversations(self, user_id: str) -> list[Conversation]:
        """A person's conversations, the latest first."""
        return self.deps.conversations.of_user(user_id)

    def turns(self, conversation_id: str) -> list[Turn]:
        """The turns of a conversation.

        Raises:
            NotFoundError: there is no such conversation.
        """
        if self.deps.conversations.get(conversation_id) is None:
            raise NotFoundError(f"There is no conversation {conversation_id!r}.", "Start a new one.")
        return self.deps.conversations.turns(conversation_id)

    def extract(self, text: str) -> list[HeardEvent]:
        """The preference events in a text, without recording them.

        Raises:
            InputError: as for `stream`.
        """
        return self._agent.extract(readable(text, lines=True))

    def examples(self) -> tuple[str, ...]:
        """First messages that make sense in this catalogue; none for films, of which the pages have their own."""
        return () if "director" in self.deps.catalog.columns().facets else examples(self.deps)

    def periods_ahead(self, count: int) -> PeriodsAhead:
        """The periods to come, to name the places of the now ↔ later dial."""
        settings = self.deps.settings
        return periods_ahead(self.deps.now(), settings.period, settings.timezone, count)

    def _conversation(self, user_id: str, conversation_id: str | None) -> Conversation:
        if conversation_id is None:
            return self.deps.conversations.start(user_id, self.deps.now())
        return own_conversation(self.deps, user_id, conversation_id)
