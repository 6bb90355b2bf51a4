"""The reading of one message: names, their parts, acts and figures, put together."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Protocol

from agent.intents import Intent
from agent.understanding.acts import (
    SUBJECT,
    agreed,
    agrees,
    asked,
    asks_what_it_is_like,
    chooses,
    recalled,
    wants_again,
)
from agent.understanding.acts.rules import PRICE
from agent.understanding.entities import Entity
from agent.understanding.interpreting import interpret
from agent.understanding.meaning import WITHOUT, ConversationContext, Unclear, Understanding
from agent.understanding.names import Names, find_names
from agent.understanding.proposals import Name, Proposal, names_of, settle
from agent.understanding.refused import without_what_is_refused
from agent.understanding.roles import assign, contrasts, left_out, retracted
from agent.understanding.text import normalise, sentences
from store.columns import ItemColumns
from tools.deps import Retriever
from tools.retrieval.commonness import is_word
from tools.retrieval.text import tokens


class Reader(Protocol):
    """Somebody else who reads a message, such as a language model."""

    def __call__(self, message: str, names: Sequence[Name], acts: Sequence[Intent]) -> Sequence[Proposal] | None:
        """What the message asks for and which part each name plays; None leaves it to the rules.

        Args:
            names: in the order of the message, with their parts by the rules.
            acts: what the message asks for by the rules.
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
    if context.offer and agrees(plain.lower(), surely=context.offer.startswith(WITHOUT)):
        return _taken_up(context.offer, plain, retriever, columns, context)
    names, acts = by_rules(plain, retriever, columns, context)
    if not acts and (completed := _completed(plain, names, context)) is not None:
        before, after = completed
        rest = ConversationContext(shown=context.shown, focus=context.focus, standing=context.standing)
        meant, known = (understand(each.text, retriever, columns, rest, reader) for each in (after, before))
        if len(meant.ambiguous) < len(known.ambiguous):
            recorded = frozenset(event.about for event in known.events())
            return meant.requoted(after.as_said).model_copy(
                update={"text": plain, "completes": after, "known": recorded}
            )
    if recalled(names.masked):
        for entity in names.entities:
            # What is told of a forgotten item may contain words that other items are called.
            entity.idle = entity.is_title
    told = False
    if _settled_on(plain, names, context):
        acts = [(0, Intent.CHOOSE)]
    elif _asked_of_one(names, columns, context):
        acts = [(0, Intent.DETAILS)]
    elif not acts and _gibberish(plain, names, retriever):
        return Understanding(text=plain, intents=(Intent.SMALL_TALK,), aspects=("unclear",))
    elif reader is not None:
        proposals = reader(plain, names_of(plain, names.entities), [intent for _, intent in acts])
        shop = "price" in columns.numbers
        if proposals is not None and not _left_to_rules(proposals, names.masked, shop):
            acts = settle(proposals, plain, names.masked, names.entities, acts)
            told = bool(proposals) and all(proposal.tool == "record_preference" for proposal in proposals)
            if shop:
                # What is named in a shop is meant, also where the reader gives it no part.
                for entity in names.entities:
                    entity.idle = entity.idle and entity.facet is None
    for entity in retracted(names.masked, names.entities):
        entity.idle = True
    names.entities.extend([*contrasts(names.masked, names.entities), *left_out(names.masked, names.entities)])
    meaning = interpret(plain, names, columns, context, acts, told=told)
    return without_what_is_refused(meaning, names, retriever, len(columns.ids), context)


def _left_to_rules(proposals: Sequence[Proposal], masked: str, shop: bool) -> bool:
    """Whether a message is none for readers, who have learnt from talk of films.

    It asks for what was bought before, or for the name of something that it describes; or it is said in a shop and asks
    for a price, or they hear no request in it.
    """
    if wants_again(masked) or recalled(masked):
        return True
    return shop and (not proposals or re.search(rf"\b{PRICE}\b", masked) is not None)


def _taken_up(
    offer: str, plain: str, retriever: Retriever, columns: ItemColumns, context: ConversationContext
) -> Understanding:
    """A "yes" to what the last reply offered."""
    if offer.startswith(WITHOUT):
        return Understanding(
            text=plain, intents=(Intent.RESET, Intent.RECOMMEND), resets=(offer.removeprefix(WITHOUT),)
        )
    meant = understand(offer, retriever, columns, context.model_copy(update={"offer": ""}))
    # The person said "yes" and not the words of the offer: those are no quotation of theirs.
    return meant.requoted(lambda _: plain).model_copy(update={"text": plain})


_EITHER = re.compile(
    r"(?:oh,? )?(?:i (?:don'?t|do not) (?:mind|care|know|remember)(?: which(?: one)?)?|which ?ever(?: one)?"
    r"|either(?: one)?|any(?: of them| one)?|not important|no idea|no matter|(?:it )?doesn'?t matter|you choose"
    r"|not sure)[.! ]*",
    re.IGNORECASE,
)
"""Leaves it to us which of several items is meant: the likeliest."""


def _completed(plain: str, names: Names, context: ConversationContext) -> tuple[Unclear, Unclear] | None:
    """The message that was unclear, and the same with an answer put in, where this one answers and no more."""
    either, unclear = _EITHER.fullmatch(plain) is not None, context.unclear
    if unclear is None or (len(names.entities) != 1 and not either):
        return None
    for question in context.questions:
        start, end = question.start, question.start + len(question.quote)
        meant = question.matches if either else [m for m in question.matches if m.item_id == names.entities[0].item_id]
        match = next(iter(meant), None)
        if match is not None and match.year is not None and unclear.text[start:end] == question.quote:
            full = f"{match.title} ({match.year})"
            return unclear, Unclear(
                text=f"{unclear.text[:start]}{full}{unclear.text[end:]}",
                answers={**unclear.answers, full: question.quote},
            )
    return None


def _gibberish(plain: str, names: Names, retriever: Retriever) -> bool:
    """Whether no word of a message in Latin letters is one, be it of the language or of the catalogue."""
    words = [token.text for token in tokens(plain)]
    strange = bool(words) and plain.isascii() and not any(map(is_word, words)) and not names.entities
    return strange and not names.elsewhere and retriever.resolve_title(plain).status == "unknown"


def _settled_on(plain: str, names: Names, context: ConversationContext) -> bool:
    """Whether the message only says which item it is to be, and then no other name counts.

    The answer to a question names an item for another end.
    """
    titles, masked = [entity for entity in names.entities if entity.is_title], names.masked
    assent = titles[0] if len(titles) > 1 and not titles[0].pronoun else None
    if assent is not None and agreed(plain[assent.start : assent.end].lower()):
        # "Perfect, Titanic tonight": the word of assent is also the name of something.
        titles, masked = titles[1:], plain[: assent.end].lower() + masked[assent.end :]
    if not titles or context.questions or not all(entity.item_id for entity in titles) or not chooses(masked):
        return False
    names.entities[:] = titles
    return True


def _asked_of_one(names: Names, columns: ItemColumns, context: ConversationContext) -> bool:
    """Whether the message only asks what one item is like; its words then wish for nothing.

    "It" is what was spoken of last, or the first of the items on screen where none of them was.
    """
    subject = next((entity for entity in names.entities if entity.is_title and entity.item_id), None)
    if subject is None and (found := SUBJECT.match(names.masked)):
        spoken_of = [item for item in context.focus[-1:] if item in columns.position]
        for item in (*spoken_of, *(card.id for card in context.shown))[:1]:
            title = columns.titles[columns.position[item]]
            subject = Entity(*found.span("it"), title=title, item_id=item, pronoun=True)
    like = [entity for entity in names.entities if entity.mood is not None or entity.facet in _TOLD_OF_ITEMS]
    if subject is None or not asks_what_it_is_like(_skeleton(names.masked, subject, like)):
        return False
    for entity in like:
        entity.role = None
    names.entities[:] = sorted((subject, *like), key=lambda entity: entity.start)
    return True


_TOLD_OF_ITEMS = frozenset({"genre", "country", "language"})


def _skeleton(masked: str, subject: Entity, like: Sequence[Entity]) -> str:
    """The message with its subject as ``@`` and the words for what it is like as ``§``."""
    marks = {(entity.start, entity.end): "§" for entity in like} | {(subject.start, subject.end): "@"}
    for (start, end), mark in sorted(marks.items(), reverse=True):
        masked = masked[:start] + mark + masked[end:]
    return masked


def by_rules(
    plain: str, retriever: Retriever, columns: ItemColumns, context: ConversationContext
) -> tuple[Names, list[tuple[int, Intent]]]:
    """The names of a normalised message with their parts, and its acts with where each begins."""
    names = find_names(plain, retriever, columns, context.shown, context.focus, context.questions, context.offered)
    known = sorted((*names.entities, *names.elsewhere), key=lambda entity: (entity.start, entity.end))
    for start, end in sentences(names.masked):
        inside = [entity for entity in known if start <= entity.start < end]
        _shift(inside, -start)
        assign(names.masked[start:end], inside)
        _shift(inside, start)
    return names, asked(names.masked)


def _shift(entities: list[Entity], by: int) -> None:
    for entity in entities:
        entity.start += by
        entity.end += by
        if entity.quote_start >= 0:
            entity.quote_start += by
            entity.quote_end += by
