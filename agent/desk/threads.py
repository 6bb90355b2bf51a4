"""Where a conversation may move between the bot, waiting, the staff and its end; each move is checked here."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from agent.desk.handoff import PRIORITY, Reason
from core.desk import Thread
from core.errors import InputError

_LAST_TEXT = 300

Move = Callable[[Thread], Thread]


def waiting(reason: Reason, summary: str, at: datetime) -> Move:
    """To whoever of the staff comes first. A conversation that staff have stays theirs, at a higher priority."""

    def move(thread: Thread) -> Thread:
        priority = max(PRIORITY[reason.kind], thread.priority if thread.state in ("waiting", "staff") else 0)
        fields: dict[str, object] = {"priority": priority, "handed_for": _with(thread.handed_for, reason.kind)}
        if thread.state not in ("waiting", "staff"):
            fields |= {"state": "waiting", "agent": "", "opened_at": at, "handovers": thread.handovers + 1}
            fields |= {"reason": reason.text, "summary": summary}
        return thread.model_copy(update=fields)

    return move


def noted(reason: Reason, summary: str) -> Move:
    """Still with the bot, since nobody is there, but on top of what staff find when they come."""
    return lambda thread: thread.model_copy(
        update={
            "priority": max(thread.priority, PRIORITY[reason.kind], 1),
            "reason": reason.text,
            "summary": summary,
            "handed_for": _with(thread.handed_for, reason.kind),
        }
    )


def taken(agent: str, at: datetime, supervisor: bool) -> Move:
    """Into one agent's hands; of two who take it at once, one gets it.

    Raises:
        InputError: another agent has it, and this one is no supervisor.
    """

    def move(thread: Thread) -> Thread:
        if thread.state == "staff":
            if thread.agent == agent:
                return thread
            if not supervisor:
                raise InputError(f"{thread.agent} has this conversation.", "Ask them to hand it back.")
        # Who waits has waited since then; who is taken from the bot comes to the staff now.
        opened = thread.opened_at if thread.state == "waiting" else at
        return thread.model_copy(update={"state": "staff", "agent": agent, "opened_at": opened, "unread": 0})

    return move


def handed_back(agent: str) -> Move:
    """From this agent to the bot.

    Raises:
        InputError: the agent does not have it.
    """

    def move(thread: Thread) -> Thread:
        held_by(thread, agent)
        return thread.model_copy(update={"state": "bot", "priority": 0, "unread": 0})

    return move


def back_to_bot(thread: Thread) -> Thread:
    """From waiting to the bot, because the customer says so."""
    return thread.model_copy(update={"state": "bot", "priority": 0, "unread": 0})


def closed(agent: str) -> Move:
    """To its end.

    Raises:
        InputError: another agent has it.
    """

    def move(thread: Thread) -> Thread:
        if thread.state == "staff" and thread.agent != agent:
            raise InputError(f"{thread.agent} has this conversation.", "Take it over first.")
        return thread.model_copy(
            update={"state": "closed", "agent": thread.agent or agent, "priority": 0, "unread": 0, "last_text": ""}
        )

    return move


def reopened(thread: Thread) -> Thread:
    """To the bot again, because the customer writes on."""
    return thread.model_copy(update={"state": "bot", "unread": 0})


def heard(text: str) -> Move:
    """With one more message that nobody has read."""
    return lambda thread: thread.model_copy(update={"unread": thread.unread + 1, "last_text": text[:_LAST_TEXT]})


def read(thread: Thread) -> Thread:
    """With everything read."""
    return thread.model_copy(update={"unread": 0})


def held_by(thread: Thread, agent: str) -> None:
    """Let pass who has the conversation.

    Raises:
        InputError: the agent does not have it.
    """
    if thread.state != "staff" or thread.agent != agent:
        who = f"{thread.agent} has" if thread.state == "staff" else "You do not have"
        raise InputError(f"{who} this conversation.", "Take it over first.")


def _with(kinds: tuple[str, ...], kind: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*kinds, kind)))
