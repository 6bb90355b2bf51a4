"""The customer's side of the desk: who answers a message, and how it goes to a person and back.

The bot never talks over a person: what is said to somebody who waits for staff or talks to them is stored and nothing
more. A handing over is never silent: the customer is told what happens, honestly where nobody is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

from agent.desk import threads
from agent.desk.handoff import Kind, Reason, may_hand_over, reason_in, unsure_twice, wants_bot_back
from agent.desk.office import DRIFTLINE, Office
from agent.state import Done, Text, Update
from agent.wording import number
from core.desk import Thread
from core.privacy import redact
from core.turns import Turn
from core.types import Conversation

_LATELY = timedelta(hours=8)
"""How long after somebody of the staff was at the desk it counts as staffed."""

_EMERGENCY = (
    "If you or somebody near you is in danger, please call the emergency number now: 112 in Europe, 911 in "
    "North America, "
    "999 in the United Kingdom. If you think of harming yourself, a crisis line listens day and night: 988 in the "
    "United States, 116 123 in much of Europe, or findahelpline.com."
)


class Reception:
    """Receives what customers say; thread-safe."""

    def __init__(self, office: Office) -> None:
        self._office = office

    def receive(
        self, conversation: Conversation, text: str, answer: Callable[[], Iterator[Update]]
    ) -> Iterator[Update]:
        """The updates of one message: the bot's answer, or what happens in its place.

        Args:
            answer: lets the bot answer.
        """
        turn = self._instead(conversation, text)
        if turn is None:
            yield from self._answered(conversation, answer())
            return
        if turn.reply:
            yield Text(delta=turn.reply)
        yield Done(turn=turn)

    def request(self, conversation: Conversation, reason: str = "") -> Thread:
        """The customer asks for a person by a button; see `Desk.request_human`."""
        asked = Reason("asked", " ".join(redact(reason).split())[:200])
        thread = self._thread(conversation)
        if thread.state in ("waiting", "staff"):
            return thread
        self._office.say(conversation, self._hand_over(conversation, asked))
        return self._thread(conversation)

    def _instead(self, conversation: Conversation, text: str) -> Turn | None:
        """What happens in the place of a turn of the bot; None where the bot answers."""
        thread, reason = self._thread(conversation), reason_in(text)
        if thread.state == "closed":
            thread = self._move(conversation, threads.reopened)
        if thread.state in ("waiting", "staff"):
            return self._kept(conversation, thread, text, reason)
        if reason is None or not may_hand_over(thread, reason):
            if reason is None or reason.kind != "asked":
                return None
            times = number(thread.handovers)
            self._note(conversation, text)
            reply = (
                f"I have passed this conversation on {times} times already and do not want to send you round "
                f"in circles, "
                "so I left your words as a note for the team. What can I look up for you meanwhile?"
            )
            return self._office.say(conversation, reply, text=text)
        # Read before it is stored, so that the summary and the count of unread messages have it.
        told = self._office.say(conversation, "", text=text, author="")
        reply = self._hand_over(conversation, reason, text)
        replied = told.model_copy(update={"reply": reply, "author": DRIFTLINE})
        self._office.deps.conversations.add_turn(replied)
        return replied

    def _kept(self, conversation: Conversation, thread: Thread, text: str, reason: Reason | None) -> Turn:
        """A message to somebody who is not there yet, or who answers it."""
        if thread.state == "waiting" and wants_bot_back(text):
            self._move(conversation, threads.back_to_bot)
            reply = "All right, then I go on myself. What can I do for you?"
            return self._office.say(conversation, reply, text=text)
        urgent = reason is not None and reason.kind == "emergency"
        if reason is not None and reason.kind != "asked":
            self._move(conversation, threads.waiting(reason, thread.summary, self._office.deps.now()))
        self._move(conversation, threads.heard(redact(text)))
        heard = [event.model_copy(update={"event_id": None}) for event in self._office.bot.extract(text)]
        if urgent and thread.state == "waiting":
            return self._office.say(conversation, _EMERGENCY, text=text, events=heard)
        return self._office.say(conversation, "", author="", text=text, events=heard)

    def _answered(self, conversation: Conversation, updates: Iterator[Update]) -> Iterator[Update]:
        """The bot's answer; where it is unsure a second time, with the handing over at its end."""
        for update in updates:
            if isinstance(update, Done) and update.turn.unsure:
                said = self._office.deps.conversations.turns(conversation.id, since=update.turn.turn - 3)
                thread, reason = self._thread(conversation), Reason("unsure")
                if unsure_twice(said) and may_hand_over(thread, reason):
                    more = self._hand_over(conversation, reason, update.turn.text)
                    turn = update.turn.model_copy(update={"reply": f"{update.turn.reply}\n\n{more}"})
                    self._office.deps.conversations.add_turn(turn)
                    yield Text(delta=f"\n\n{more}")
                    yield Done(turn=turn)
                    continue
            yield update

    def _hand_over(self, conversation: Conversation, reason: Reason, text: str = "") -> str:
        """Move the conversation to the staff, or leave a note where nobody is; what the customer is told."""
        summary = self._office.summary(conversation, reason.text)
        staffed = self._staffed()
        emergency = f"{_EMERGENCY} " if reason.kind == "emergency" else ""
        if staffed:
            self._move(conversation, threads.waiting(reason, summary, self._office.deps.now()))
            if text:
                self._move(conversation, threads.heard(redact(text)))
        else:
            self._move(conversation, threads.noted(reason, summary))
            self._note(conversation, text or reason.quote)
        self._office.trail.write(
            self._office.deps.now(),
            DRIFTLINE,
            "handed over" if staffed else "left a note",
            conversation.id,
            conversation.user_id,
            reason.kind,
        )
        told = f"{_TOLD[reason.kind]} {_STAFFED}" if staffed else f"{_NEEDED[reason.kind]} {_UNSTAFFED}"
        return f"{emergency}{told}"

    def _note(self, conversation: Conversation, text: str) -> None:
        quote = f"The customer wrote: “{redact(text)}”" if text else "The customer asked for a person."
        self._office.records.add_note(conversation, DRIFTLINE, self._office.deps.now(), quote)

    def _staffed(self) -> bool:
        office, since = self._office, self._office.deps.now() - _LATELY
        settings = office.deps.settings
        # Who answers in another maker's help desk is not seen here, and that help desk tells its own hours.
        if settings.desk_agents or settings.chatwoot_url or office.records.staffed_since(since):
            return True
        return office.trail.somebody_since(since, besides=DRIFTLINE)

    def _thread(self, conversation: Conversation) -> Thread:
        found = self._office.records.thread(conversation.id)
        assert found is not None  # the conversation exists
        return found

    def _move(self, conversation: Conversation, move: threads.Move) -> Thread:
        return self._office.records.change(conversation, self._office.deps.now(), move)


_TOLD: dict[Kind, str] = {
    "asked": "Of course, I am passing you on to a colleague.",
    "emergency": "I am also passing this on to a colleague at once.",
    "fraud": "A payment is nothing that I should handle, so I am passing this on to a colleague.",
    "legal": "I cannot advise on that, so I am passing this on to a colleague.",
    "refund": "A colleague has to look at that, so I am passing this on.",
    "complaint": "I am sorry about that. A colleague has to look at it, so I am passing this on.",
    "unsure": "I have not understood you twice now, so I am asking a colleague to help.",
}
_NEEDED: dict[Kind, str] = {
    "asked": "I would gladly pass you on.",
    "emergency": "I would pass this on to a colleague at once.",
    "fraud": "A payment is a matter for a colleague.",
    "legal": "That is a matter for a colleague.",
    "refund": "That is a matter for a colleague.",
    "complaint": "I am sorry about that; it is a matter for a colleague.",
    "unsure": "I have not understood you twice now, and would ask a colleague.",
}
_STAFFED = (
    "They get a summary of what we said, so that you need not say it again, and answer you here. I cannot "
    "tell how long it "
    "takes; until then I keep quiet, and what you write here is read by them. Say “never mind” to go on with me."
)
_UNSTAFFED = (
    "Nobody of the staff is at the desk just now, so I cannot promise when somebody reads it: I left a note with "
    "what you need. Meanwhile I am here for suggestions and questions about the catalogue."
)
