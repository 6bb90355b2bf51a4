"""Titles: what was said about each, or asked about it."""

from __future__ import annotations

import re

from agent.intents import Intent
from agent.understanding.entities import UNLISTED, Entity, Role
from agent.understanding.interpreting.draft import SURE_TASTE, Draft
from core.turns import HeardEvent
from core.types import EventKind

_CHOSEN = 0.5
"""What it says of a taste that an item was settled on: more than a wish, less than a verdict."""

_KINDS = {
    Role.LIKE: EventKind.LIKE,
    Role.DISLIKE: EventKind.DISLIKE,
    Role.FADED: EventKind.DISLIKE,
    Role.SEEN: EventKind.SEEN,
    Role.BOUGHT: EventKind.PURCHASE,
    Role.SIMILAR: EventKind.MENTION,
}


def bare_list(draft: Draft) -> None:
    """Two or more titles and nothing else answer "which films do you like?"."""
    titles = [entity for entity in draft.names.entities if entity.is_title and not entity.pronoun]
    left = re.sub(r"¤+|\b(?:and|or|the|also|maybe|um|uh|well|oh|films?|movies?)\b|[\s,.&!/+-]", "", draft.masked)
    if len(titles) >= 2 and not left and Intent.COMPARE not in draft.kinds:
        for entity in titles:
            entity.role, entity.value = Role.LIKE, 0.5


def place_title(draft: Draft, entity: Entity) -> None:
    """File a title, or a reference to one, under what was said about it."""
    role = entity.role
    if Intent.CHOOSE in draft.kinds:
        draft.lists["chosen"].append(draft.heard(entity, EventKind.REQUEST, _CHOSEN))
        return
    if entity.implied and role not in SURE_TASTE:
        return
    if entity.item_id is not None and entity.item_id.startswith(UNLISTED):
        _place_elsewhere(draft, entity)
        return
    if (entity.pronoun and entity.item_id is None) or _pending(draft, entity):
        return
    if entity.pronoun and role in {None, Role.WANT, Role.REQUIRE, Role.ALLOW}:
        if entity.item_id and (draft.questioned(entity) or Intent.EDIT in draft.kinds or not draft.asks):
            if Intent.EDIT in draft.kinds:
                draft.lists["forgets"].append(draft.heard(entity, EventKind.MUTE, 0.0))
            else:
                _ask_about(draft, entity.item_id, draft.questioned(entity))
        return
    if Intent.EDIT in draft.kinds and role not in SURE_TASTE - {Role.SEEN} | {Role.SIMILAR}:
        role = Role.FORGET
    if draft.questioned(entity) and role in {
        None,
        Role.WANT,
        Role.REQUIRE,
        Role.SIMILAR,
        Role.ALLOW,
        Role.EXCLUDE,
        Role.UNSEEN,
    }:
        role = Role.SUBJECT
    if role in {Role.LIKE, Role.DISLIKE}:
        verdict = EventKind.LIKE if role is Role.LIKE else EventKind.DISLIKE
        kind = EventKind.RATING if entity.rating else verdict
        target = "others" if entity.other else ("likes" if entity.value >= 0 else "dislikes")
        draft.lists[target].append(draft.heard(entity, kind, entity.value))
    elif role in {Role.SEEN, Role.BOUGHT}:
        kind = EventKind.SEEN if role is Role.SEEN else EventKind.PURCHASE
        target = "others" if entity.other else "seen"
        draft.lists[target].append(draft.heard(entity, kind, entity.value))
    elif role is Role.FADED:
        draft.lists["faded"].append(draft.heard(entity, EventKind.DISLIKE, -0.3))
    elif role is Role.SIMILAR:
        draft.lists["similar"].append(draft.heard(entity, EventKind.MENTION, 0.4))
    elif role is Role.EXCLUDE:
        if entity.item_id:
            draft.exclude_items.add(entity.item_id)
    elif role is Role.FORGET:
        draft.lists["forgets"].append(draft.heard(entity, EventKind.MUTE, 0.0))
    elif entity.item_id:
        _ask_about(draft, entity.item_id, draft.questioned(entity))


def _ask_about(draft: Draft, item_id: str, questioned: bool) -> None:
    draft.subjects.append(item_id)
    if questioned:
        draft.questioned_items.add(item_id)


def _place_elsewhere(draft: Draft, entity: Entity) -> None:
    """Keep what was said about a title that the catalogue does not have, without an id."""
    if entity.other or entity.role not in _KINDS:
        return
    value = {Role.FADED: -0.3, Role.SIMILAR: 0.4}.get(entity.role, entity.value)
    event = draft.heard(entity, _KINDS[entity.role], value)
    draft.lists["elsewhere"].append(event.model_copy(update={"item_id": None}))


def _pending(draft: Draft, entity: Entity) -> bool:
    """Settle what waits for an answer: keep a statement about an ambiguous title, or complete an earlier one."""
    if entity.answer is not None and entity.answer.pending is not None:
        event = entity.answer.pending.model_copy(update={"item_id": entity.item_id, "title": entity.title})
        target = {EventKind.SEEN: "seen", EventKind.MENTION: "similar", EventKind.MUTE: "forgets"}.get(event.kind)
        draft.lists[target or ("likes" if event.value >= 0 else "dislikes")].append(event)
        return True
    if entity.item_id is not None or entity.pronoun:
        return False
    if entity.other:
        # Somebody else's taste changes no ranking: the likeliest item is good enough to mention.
        match = next((question.matches[0] for question in draft.questions if question.start == entity.start), None)
        if match is not None:
            entity.item_id, entity.title = match.item_id, match.title
            draft.questions = [question for question in draft.questions if question.start != entity.start]
            return False
    if entity.role is Role.EXCLUDE:
        # None of them is wanted, so there is nothing to ask.
        same = [question for question in draft.questions if question.start == entity.start]
        draft.exclude_items.update(match.item_id for question in same for match in question.matches)
        draft.questions = [question for question in draft.questions if question not in same]
    for index, question in enumerate(draft.questions):
        if question.start == entity.start:
            draft.questions[index] = question.model_copy(update={"pending": _waiting(draft, entity)})
    return True


def _waiting(draft: Draft, entity: Entity) -> HeardEvent | None:
    kinds = {
        Role.LIKE: EventKind.LIKE,
        Role.DISLIKE: EventKind.DISLIKE,
        Role.SEEN: EventKind.SEEN,
        Role.SIMILAR: EventKind.MENTION,
        Role.FORGET: EventKind.MUTE,
    }
    kind = kinds.get(entity.role) if entity.role else None
    return None if kind is None or entity.other else draft.heard(entity, kind, entity.value)
