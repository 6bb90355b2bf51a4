"""What a person does with their own conversations: take a message back, rename, search, delete, move the dials."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import uuid4

from agent.dialling import Dials
from agent.graph import Agent
from agent.keeping import keep_words
from agent.state import Done, Found
from core.errors import DriftlineError, InputError, NotFoundError
from core.privacy import redact
from core.turns import Turn
from core.types import Conversation, Event
from store.conversations import Words
from tools.deps import Deps

_LONGEST_TITLE = 120
_SNIPPET = 90


def redial(deps: Deps, agent: Agent, conversation: Conversation, dials: Dials) -> Turn:
    """Rank the last list of a conversation again, as a turn without words.

    Raises:
        InputError: none was shown yet.
    """
    if not agent.memory(conversation.id, conversation.user_id).ranked:
        raise InputError("There are no cards to rank again yet.", "Ask for something first.")
    for update in agent.stream(conversation.id, conversation.user_id, "", deps.now(), dials):
        if isinstance(update, Done):
            return update.turn
    raise DriftlineError("The list could not be ranked again.", "Repeat it.")


def rewind(deps: Deps, agent: Agent, conversation: Conversation, number: int) -> Turn:
    """Take back a conversation's last message with what followed from it: events it added are retracted, and events it
    had retracted stand again; see `agent.service.Service.rewind`.

    Raises:
        NotFoundError: there is no such turn.
        InputError: it is not the last message, somebody else has replied since, or it is too long ago.
    """
    turns = deps.conversations.turns(conversation.id)
    taken = [turn for turn in turns if turn.turn >= number]
    first = next((turn for turn in taken if turn.turn == number), None)
    if first is None:
        raise NotFoundError(f"There is no turn {number} in this conversation.", "Reload the page.")
    if not first.text or any(turn.text for turn in taken if turn is not first):
        raise InputError("Only the last message can be taken back.", "Say what should be different.")
    if any(turn.author != "driftline" for turn in taken):
        raise InputError("Somebody has this message already.", "Tell them what should be different.")
    shown = [turn.slate for turn in turns if turn.turn < number and turn.slate and turn.slate.items]
    agent.rewind(conversation.id, conversation.user_id, number, shown[-1] if shown else None)
    for turn in taken:
        _undo(deps, turn)
    deps.conversations.take_back(conversation.id, number, first.text)
    return first


def _undo(deps: Deps, turn: Turn) -> None:
    log = deps.events.of_user(turn.user_id, include_retracted=True)
    # What was pressed on a card has no words: it was said by itself, not with this message.
    said = [
        event
        for event in log
        if event.text is not None and (event.conversation_id, event.turn) == (turn.conversation_id, turn.turn)
    ]
    deps.events.retract_all(turn.user_id, [event.id for event in said], deps.now())
    replaced = {event.replaces for event in said}
    gone = [event for event in log if event.retracted_at == turn.at and (event.id in replaced or _named(turn, event))]
    # The log keeps retractions, so what stands again is a copy.
    copies = [_copy(event) for event in gone]
    deps.events.append(copies)
    for event in copies:
        keep_words(deps.retriever, event)


def _named(turn: Turn, event: Event) -> bool:
    """Whether the turn was asked to take an event off the timeline."""
    asked = [call.args for call in turn.calls if call.tool == "edit_timeline" and call.ok]
    items = {item for args in asked for item in args.get("items", ())}
    topics = {topic.casefold() for args in asked for topic in args.get("topics", ())}
    return event.item_id in items or (event.topic or "").casefold() in topics


def _copy(event: Event) -> Event:
    fresh = {"id": uuid4().hex, "key": uuid4().hex, "replaces": None, "retracted_at": None}
    return event.model_copy(update=fresh)


def rename(deps: Deps, conversation: Conversation, title: str) -> Conversation:
    """Give a conversation a title.

    Raises:
        InputError: it is empty or too long.
    """
    short = " ".join(redact(title).split())
    if not short or len(short) > _LONGEST_TITLE:
        raise InputError(f"The title has {len(short)} characters.", f"Use 1 to {_LONGEST_TITLE}.")
    deps.conversations.rename(conversation.id, short)
    return conversation.model_copy(update={"title": short})


def forget(deps: Deps, conversation: Conversation, events_too: bool) -> None:
    """Delete the stored side of a conversation, and where asked take back what it added to the timeline."""
    if events_too:
        added = [e.id for e in deps.events.of_user(conversation.user_id) if e.conversation_id == conversation.id]
        deps.events.retract_all(conversation.user_id, added, deps.now())
    deps.conversations.forget(conversation.id)


def search(deps: Deps, user_id: str, words: str) -> list[Found]:
    """The person's conversations in whose title or in one of whose turns all the words are, the latest first."""
    wanted = words.casefold().split()
    if not wanted:
        return [Found(conversation=each) for each in deps.conversations.of_user(user_id)]
    said: dict[str, list[Words]] = {}
    for each in deps.conversations.words(user_id):
        said.setdefault(each.conversation_id, []).append(each)
    found = []
    for conversation in deps.conversations.of_user(user_id):
        hit = next((each for each in said.get(conversation.id, ()) if _has(wanted, f"{each.text} {each.reply}")), None)
        if hit is not None:
            whole = hit.text if _has(wanted[:1], hit.text) else hit.reply
            found.append(Found(conversation=conversation, turn=hit.turn, quote=_snippet(whole, wanted[0])))
        elif _has(wanted, conversation.title):
            found.append(Found(conversation=conversation))
    return found


def _has(wanted: Sequence[str], text: str) -> bool:
    folded = text.casefold()
    return all(word in folded for word in wanted)


def _snippet(text: str, word: str) -> str:
    flat = " ".join(text.split())
    place = max(flat.casefold().find(word) - _SNIPPET // 3, 0)
    shown = flat[place : place + _SNIPPET]
    return f"{'…' if place else ''}{shown.strip()}{'…' if place + _SNIPPET < len(flat) else ''}"
