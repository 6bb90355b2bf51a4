"""The reading of one message: names, their parts, acts and figures, put together."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from agent.understanding.acts import asked
from agent.understanding.entities import Entity
from agent.understanding.interpreting import interpret
from agent.understanding.meaning import ConversationContext, Understanding
from agent.understanding.names import find_names
from agent.understanding.proposals import Proposal, settle, surfaces
from agent.understanding.roles import assign, contrasts
from agent.understanding.text import normalise, sentences
from store.columns import ItemColumns
from tools.deps import Retriever


class Reader(Protocol):
    """Somebody else who reads a message, such as a language model."""

    def __call__(self, message: str, names: Sequence[str], sure: bool) -> Sequence[Proposal] | None:
        """What the message asks for and which part each name plays; None leaves it to the rules.

        Args:
            names: as they stand in the message, in order.
            sure: whether the rules know what is asked for and the part of every name.
        """


def understand(
    text: str,
    retriever: Retriever,
    columns: ItemColumns,
    context: ConversationContext | None = None,
    reader: Reader | None = None,
) -> Understanding:
    """Read one message of a person.

    Args:
        text: the message as typed.
        retriever: finds catalogue names (`mentions`, `resolve_title`).
        columns: the catalogue: which genres, nations and numbers exist, and the newest year.
        context: what the conversation holds so far; None at its start.
        reader: asked for acts and parts of names beside the rules.
    """
    context = context or ConversationContext()
    plain = normalise(text)
    names = find_names(plain, retriever, columns, context.shown, context.focus, context.questions, context.offered)
    acts = asked(names.masked)
    known = sorted((*names.entities, *names.elsewhere), key=lambda entity: (entity.start, entity.end))
    for start, end in sentences(names.masked):
        inside = [entity for entity in known if start <= entity.start < end]
        _shift(inside, -start)
        assign(names.masked[start:end], inside)
        _shift(inside, start)
    if reader is not None:
        told = all(entity.role is not None or entity.answer is not None for entity in names.entities)
        proposals = reader(plain, surfaces(plain, names.entities), told and bool(acts or names.entities))
        if proposals is not None:
            acts = settle(proposals, plain, names.masked, names.entities, acts)
    names.entities.extend(contrasts(names.masked, names.entities))
    return interpret(plain, names, columns, context, acts)


def _shift(entities: list[Entity], by: int) -> None:
    for entity in entities:
        entity.start += by
        entity.end += by
        if entity.quote_start >= 0:
            entity.quote_start += by
            entity.quote_end += by
