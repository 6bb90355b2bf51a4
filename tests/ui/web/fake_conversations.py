"""Conversations and people of the tests' service."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

from agent.state import Found, Person
from core.errors import InputError, NotFoundError
from core.turns import Turn
from core.types import Conversation, Event


class Conversations:
    """Conversations in memory; ``fail`` is the error that the next taking back meets."""

    fail: str
    log: dict[str, list[Event]]
    threads: dict[str, Conversation]
    stored: dict[str, list[Turn]]

    def now(self) -> datetime:
        raise NotImplementedError

    def events(self, user_id: str, include_retracted: bool = False) -> Sequence[Event]:
        raise NotImplementedError

    def retract_event(self, user_id: str, event_id: str) -> Event:
        raise NotImplementedError

    def _thread(self, user_id: str, text: str, conversation_id: str | None) -> Conversation:
        if conversation_id:
            return self.threads[conversation_id]
        thread = Conversation(user_id=user_id, started_at=self.now(), updated_at=self.now(), title=text[:60])
        self.threads[thread.id] = thread
        self.stored[thread.id] = []
        return thread

    def rewind(self, user_id: str, conversation_id: str, turn: int) -> Turn:
        if self.fail:
            raise InputError(self.fail, "Try again in a moment.")
        taken = [each for each in self.stored[conversation_id] if each.turn >= turn]
        self.stored[conversation_id] = [each for each in self.stored[conversation_id] if each.turn < turn]
        for each in taken:
            for event in each.events:
                self.retract_event(user_id, event.event_id or "")
        return taken[0]

    def conversations(self, user_id: str) -> Sequence[Conversation]:
        return [thread for thread in reversed(list(self.threads.values())) if thread.user_id == user_id]

    def rename_conversation(self, user_id: str, conversation_id: str, title: str) -> Conversation:
        if not title.strip():
            raise InputError("The title has 0 characters.", "Use 1 to 120.")
        self.threads[conversation_id] = self.threads[conversation_id].model_copy(update={"title": title.strip()})
        return self.threads[conversation_id]

    def forget_conversation(self, user_id: str, conversation_id: str, events_too: bool = False) -> None:
        del self.threads[conversation_id]
        for event in self.events(user_id) if events_too else ():
            if event.conversation_id == conversation_id:
                self.retract_event(user_id, event.id)

    def search_conversations(self, user_id: str, words: str) -> Sequence[Found]:
        found = []
        for thread in self.conversations(user_id):
            said = [
                turn for turn in self.stored[thread.id] if words.casefold() in f"{turn.text} {turn.reply}".casefold()
            ]
            if said:
                found.append(Found(conversation=thread, turn=said[0].turn, quote=said[0].text[:80]))
            elif words.casefold() in thread.title.casefold():
                found.append(Found(conversation=thread))
        return found

    def turns(self, conversation_id: str) -> Sequence[Turn]:
        if conversation_id not in self.threads:
            raise NotFoundError(f"There is no conversation {conversation_id!r}.", "Start a new one.")
        return self.stored[conversation_id]

    def people(self, limit: int = 50) -> Sequence[Person]:
        people = []
        for user_id, log in self.log.items():
            if log:
                first, last = f"{log[0].at:%Y-%m-%d}", f"{log[-1].at:%Y-%m-%d}"
                label = f"{user_id} · {', '.join(sorted({event.source for event in log}))}"
                people.append(Person(user_id=user_id, events=len(log), first_at=first, last_at=last, label=label))
        return people[:limit]

    def forget_user(self, user_id: str) -> Mapping[str, int]:
        gone = {thread.id for thread in self.threads.values() if thread.user_id == user_id}
        self.threads = {key: thread for key, thread in self.threads.items() if key not in gone}
        return {"events": len(self.log.pop(user_id, [])), "conversations": len(gone)}
