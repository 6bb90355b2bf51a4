"""The reading of one message: names, their parts, acts and figures, put together."""

from __future__ import annotations

from agent.understanding.acts import asked
from agent.understanding.entities import Entity
from agent.understanding.interpreting import interpret
from agent.understanding.meaning import ConversationContext, Understanding
from agent.understanding.names import find_names
from agent.understanding.roles import assign
from agent.understanding.text import normalise, sentences
from store.columns import ItemColumns
from tools.deps import Retriever


def understand(
    text: str, retriever: Retriever, columns: ItemColumns, context: ConversationContext | None = None
) -> Understanding:
    """Read one message of a person.

    Args:
        text: the message as typed.
        retriever: finds catalogue names (`mentions`, `resolve_title`).
        columns: the catalogue: which genres, nations and numbers exist, and the newest year.
        context: what the conversation holds so far; None at its start.
    """
    context = context or ConversationContext()
    plain = normalise(text)
    names = find_names(plain, retriever, columns, context.shown, context.focus, context.questions)
    acts = asked(names.masked)
    for start, end in sentences(names.masked):
        inside = [entity for entity in names.entities if start <= entity.start < end]
        _shift(inside, -start)
        assign(names.masked[start:end], inside)
        _shift(inside, start)
    return interpret(plain, names, columns, context, acts)


def _shift(entities: list[Entity], by: int) -> None:
    for entity in entities:
        entity.start += by
        entity.end += by
        if entity.quote_start >= 0:
            entity.quote_start += by
            entity.quote_end += by
