"""A message put together: every part placed, then read off as an `Understanding`."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from agent.intents import Intent
from agent.understanding.acts import AGAIN_ASPECTS, ASPECTS, OUTLOOK_ASPECTS, TALK_ASPECTS, TALK_QUESTIONS, WHY_ASPECTS
from agent.understanding.acts.adventure import read_adventure
from agent.understanding.entities import Entity, Role
from agent.understanding.interpreting.ages import place_ages
from agent.understanding.interpreting.ahead import read_ahead
from agent.understanding.interpreting.draft import Draft
from agent.understanding.interpreting.intents import settled_intents
from agent.understanding.interpreting.interest import place_interest
from agent.understanding.interpreting.numbers import place_numbers
from agent.understanding.interpreting.query import wish_words
from agent.understanding.interpreting.resets import place_resets
from agent.understanding.interpreting.titles import bare_list, place_title
from agent.understanding.interpreting.topics import place_facet, place_mood, reconcile
from agent.understanding.limits import count
from agent.understanding.meaning import ConversationContext, Reference, Understanding
from agent.understanding.names import Names
from core.turns import HeardEvent
from core.types import Constraints
from store.columns import ItemColumns

_LISTING = {Intent.RECOMMEND, Intent.SEARCH, Intent.TRENDING}

_ADDS = re.compile(r"^\s*(?:and|but|also|plus)\b|\b(?:as well|too)\s*[.!]*$")

_TOGETHER = re.compile(
    r"\bwhat (?:can|could|should|shall|do) we (?:watch|see|read|listen to|play)\b"
    r"|\b(?:we|us) (?:\w+ )?(?:both|together)\b"
    r"|\bfor (?:the two of us|both of us|us (?:both|two|all))\b|\bcompromise\b"
    r"|\b(?:what|which|something|anything|else)\b[^.?!]{0,30}\b(?:(?:would|will|could|might|should|can) (?:she|he|they)"
    r"|(?:she|he|they)(?:'d|'ll| would| will| might| could| should| can)?) (?:also |both )?"
    r"(?:like|enjoy|love|adore|watch|see|try|want)\b"
)

_FOR_ANOTHER = re.compile(
    r"\b(?:films?|movies?|something|anything|ones?|gift|present|ideas?) (?:\w+ )?for (?:my|our|his|her) \w+"
)


def interpret(
    text: str,
    names: Names,
    columns: ItemColumns,
    context: ConversationContext,
    acts: list[tuple[int, Intent]],
    *,
    told: bool = False,
) -> Understanding:
    """The meaning of a message.

    Args:
        text: the message, normalised.
        names: its names, with roles.
        acts: what its wording asks for, with where each begins.
        told: whether it is known to tell of tastes and to ask for nothing, so that its figures are part of the story.
    """
    draft = Draft(text, names, columns, context, acts, told=told)
    bare_list(draft)
    _wished_for_another(draft)
    for entity in draft.names.entities:
        if not entity.idle:
            _place(draft, entity)
    for entity in draft.names.elsewhere:
        place_title(draft, entity)
    place_interest(draft)
    reconcile(draft)
    place_numbers(draft)
    place_resets(draft)
    intents = settled_intents(draft)
    if _LISTING.intersection(intents):
        place_ages(draft)
    adventure, draft.masked = read_adventure(draft.masked)
    query = wish_words(draft) if {Intent.RECOMMEND, Intent.SEARCH} & set(intents) else ""
    aspects = tuple(
        name
        for intent, patterns in (
            (Intent.DETAILS, ASPECTS),
            (Intent.FORECAST, OUTLOOK_ASPECTS),
            (Intent.RECOMMEND, AGAIN_ASPECTS),
            (Intent.EXPLAIN, WHY_ASPECTS),
            (Intent.SMALL_TALK, TALK_ASPECTS),
            (Intent.OUT_OF_SCOPE, TALK_QUESTIONS),
        )
        if intent in intents
        for name, pattern in patterns
        if pattern.search(draft.masked)
    )
    if Intent.RESET in intents and "*" in draft.resets:
        draft.resets = ["*"]
    heard: dict[str, Any] = {key: tuple(_unique(events)) for key, events in _settled(draft).items()}
    return Understanding(
        text=draft.text,
        intents=intents,
        subjects=_subjects(draft, intents),
        people=tuple(dict.fromkeys(draft.people)),
        constraints=Constraints(
            require={facet: tuple(dict.fromkeys(values)) for facet, values in draft.require.items() if values},
            exclude={facet: tuple(dict.fromkeys(values)) for facet, values in draft.exclude.items() if values},
            ranges=draft.ranges,
            exclude_items=frozenset(draft.exclude_items),
        ),
        resets=tuple(dict.fromkeys(draft.resets)),
        k=count(draft.masked),
        references=tuple(
            Reference(quote=draft.text[entity.start : entity.end], item_id=entity.item_id)
            for entity in draft.names.entities
            if entity.pronoun
        ),
        aspects=aspects,
        qualities=tuple(draft.qualities),
        unresolved=draft.names.unresolved,
        ambiguous=tuple(draft.questions),
        readings=tuple(draft.readings),
        unread=tuple(draft.unread),
        adds=bool(_ADDS.search(draft.masked)),
        ahead=read_ahead(draft.text, draft.masked) if {Intent.FORECAST, Intent.RECOMMEND} & set(intents) else None,
        query=query,
        adventure=adventure,
        limit_quotes=draft.limit_quotes,
        **heard,
    )


def _wished_for_another(draft: Draft) -> None:
    """What somebody else likes is wanted where the suggestions are for them ("a film for my mother, who ...")."""
    if _TOGETHER.search(draft.masked):
        # What the other likes stays theirs, and is wanted this time.
        theirs = [each for each in draft.names.entities if each.other and each.role is Role.LIKE and not each.idle]
        for entity in theirs:
            wanted = Role.SIMILAR if entity.is_title else Role.WANT
            draft.names.entities.append(replace(entity, role=wanted, other=False, soft=entity.values))
        return
    if not _FOR_ANOTHER.search(draft.masked):
        return
    for entity in draft.names.entities:
        if entity.other and entity.role in {Role.LIKE, Role.DISLIKE}:
            wanted = Role.SIMILAR if entity.is_title else Role.WANT
            entity.role, entity.other = wanted if entity.role is Role.LIKE else Role.EXCLUDE, False
            question = next((each for each in draft.questions if each.start == entity.start), None)
            if question is not None and entity.item_id is None:
                # Of somebody else's favourite the likeliest item is good enough to start from.
                draft.questions.remove(question)
                entity.item_id, entity.title = question.matches[0].item_id, question.matches[0].title


def _place(draft: Draft, entity: Entity) -> None:
    if entity.is_title:
        place_title(draft, entity)
    elif entity.mood is not None:
        place_mood(draft, entity)
    else:
        place_facet(draft, entity)


def _subjects(draft: Draft, intents: tuple[Intent, ...]) -> tuple[str, ...]:
    """Items asked about: not those that a verdict was given on, and none of a message about something else."""
    if intents == (Intent.OUT_OF_SCOPE,):
        return ()
    judged = () if draft.questioning else _judged(draft) - draft.questioned_items
    return tuple(item for item in dict.fromkeys(draft.subjects) if item not in judged)


def _judged(draft: Draft) -> set[str]:
    return {event.item_id for key in ("likes", "dislikes", "faded") for event in draft.lists[key] if event.item_id}


def _settled(draft: Draft) -> dict[str, list[HeardEvent]]:
    """The lists, without items as merely seen that a verdict was given on."""
    judged = _judged(draft)
    return draft.lists | {"seen": [event for event in draft.lists["seen"] if event.item_id not in judged]}


def _unique(events: list[HeardEvent]) -> list[HeardEvent]:
    kept: dict[tuple[object, ...], HeardEvent] = {}
    for event in events:
        kind = event.kind if event.item_id is None else None
        kept.setdefault((event.item_id or event.title, event.topic, kind), event)
    return list(kept.values())
