"""What the bot missed while somebody else answered, and whether it understood what it was told."""

from __future__ import annotations

from agent.acting import Outcome
from agent.intents import Intent
from agent.memory import Memory
from agent.understanding import Understanding, understand
from agent.understanding.acts import asked
from agent.understanding.text import normalise
from store.columns import ItemColumns
from tools.deps import Deps

_TALK = {Intent.SMALL_TALK, Intent.OUT_OF_SCOPE}

_MOST = 20
"""Missed turns that are still read, the latest; older ones are only counted."""


def caught_up(deps: Deps, memory: Memory, conversation_id: str, number: int, columns: ItemColumns) -> Memory:
    """The conversation with the turns that were stored without the bot: limits and tastes said to staff hold too.

    Args:
        number: of the turn that comes next.
    """
    if number <= memory.turns:
        return memory
    for turn in deps.conversations.turns(conversation_id, since=max(memory.turns, number - _MOST)):
        if turn.text:
            memory = memory.heard(understand(turn.text, deps.retriever, columns, memory.context()))
        named = tuple(item.id for item in turn.items)
        memory = memory.answered(turn.text, turn.reply, turn.slate, named, turn.items)
    return memory.model_copy(update={"turns": number})


def unsure(meaning: Understanding, outcome: Outcome) -> bool:
    """Whether a message was neither understood nor answered: nothing looked up, nothing heard, no act recognised."""
    if outcome.ran or not meaning.text or not set(meaning.intents) <= _TALK:
        return False
    # Talk by its wording is understood as talk; what is taken for talk only because nothing else fits is not.
    talk = any(intent in _TALK for _, intent in asked(normalise(meaning.text).lower()))
    talk = talk or any(aspect != "unclear" for aspect in meaning.aspects)
    return not (talk or meaning.ambiguous or meaning.events())
