"""The staff's side of a conversation: taking it, giving it back, and what is sent in it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

from agent.desk import threads
from agent.desk.office import PATIENCE, Office
from agent.incoming import check_user, readable
from core.desk import Thread
from core.errors import InputError
from core.privacy import redact
from core.results import Recommendation
from core.turns import Checks, Turn
from core.types import Conversation

_NOTE = 2000


class Floor:
    """Moves conversations between staff and bot, and sends what staff send; thread-safe.

    Whatever changes who answers waits for the turn that the bot is in the middle of, so that its reply never comes
    after that of a person.
    """

    def __init__(self, office: Office) -> None:
        self._office = office

    def start(self, agent: str, user_id: str) -> Thread:
        """A new conversation in this agent's hands."""
        check_user(user_id)
        now = self._office.deps.now()
        conversation = self._office.deps.conversations.start(user_id, now)
        self._office.records.change(conversation, now, threads.taken(agent, now, supervisor=False))
        self._wrote(agent, "started", conversation)
        return self._thread(conversation)

    def take(self, agent: str, conversation: Conversation) -> Thread:
        """Into this agent's hands; the customer is told."""
        now = self._office.deps.now()
        with self._office.turnstiles.one_turn_at_a_time(conversation.id, PATIENCE):
            before = self._thread(conversation)
            move = threads.taken(agent, now, self._office.supervises(agent))
            self._office.records.change(conversation, now, move)
            if before.state != "staff" or before.agent != agent:
                self._office.say(conversation, f"{agent} has joined and answers you from here on.")
                self._wrote(agent, "took", conversation, f"from {before.agent}" if before.state == "staff" else "")
        return self._thread(conversation)

    def hand_back(self, agent: str, conversation: Conversation, note: str) -> Thread:
        """To the bot; the customer is told."""
        with self._office.turnstiles.one_turn_at_a_time(conversation.id, PATIENCE):
            self._office.records.change(conversation, self._office.deps.now(), threads.handed_back(agent))
            self._office.say(
                conversation,
                f"{agent} has handed the conversation back to me. I know what you two said, so just go on.",
            )
            if note.strip():
                self._office.records.add_note(
                    conversation, agent, self._office.deps.now(), redact(note.strip())[:_NOTE]
                )
            self._wrote(agent, "handed back", conversation)
        return self._thread(conversation)

    def send(
        self,
        agent: str,
        conversation: Conversation,
        text: str,
        items: Sequence[Recommendation] = (),
        checks: Checks | None = None,
        detail: str = "own words",
    ) -> Turn:
        """Send exactly this text, which may have several lines.

        Raises:
            InputError: it is empty or too long, or the agent does not have the conversation.
        """
        words = sendable(text)
        with self._office.turnstiles.one_turn_at_a_time(conversation.id, PATIENCE):
            threads.held_by(self._thread(conversation), agent)
            turn = self._office.say(conversation, words, author=agent, items=items, checks=checks)
            self._office.records.change(conversation, turn.at, threads.read)
            self._wrote(agent, "sent", conversation, f"turn {turn.turn}, {detail}")
        return turn

    def held(self, agent: str, conversation: Conversation) -> None:
        """Let pass who has the conversation.

        Raises:
            InputError: the agent does not have it.
        """
        threads.held_by(self._thread(conversation), agent)

    def _thread(self, conversation: Conversation) -> Thread:
        found = self._office.records.thread(conversation.id)
        if found is None:
            raise InputError(f"Conversation {conversation.id!r} has been erased.", "Pick another one.")
        return found

    def _wrote(self, agent: str, action: str, conversation: Conversation, detail: str = "") -> None:
        office = self._office
        office.trail.write(office.deps.now(), agent, action, conversation.id, conversation.user_id, detail)


def sendable(text: str) -> str:
    """A message as it goes out: with its paragraphs, without control characters.

    Raises:
        InputError: it is empty, too long, or has no readable character.
    """
    readable(text)
    paragraphs = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n")
    kept = (char for char in paragraphs if char == "\n" or unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"})
    return "".join(kept).strip()
