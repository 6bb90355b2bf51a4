"""Verdicts on cards: like, dislike and seen, as events of the timeline."""

from __future__ import annotations

from typing import Literal

from agent.incoming import check_user, known_item, own_conversation
from core.errors import InputError
from core.types import Event, EventKind, Feedback, idempotency_key
from tools.deps import Deps

_VERDICTS: dict[str, tuple[EventKind, float]] = {
    "like": (EventKind.LIKE, 1.0),
    "dislike": (EventKind.DISLIKE, -1.0),
    "seen": (EventKind.SEEN, 0.0),
}
Verdict = Literal["like", "dislike", "seen"]


def record_verdict(
    deps: Deps,
    user_id: str,
    item_id: str,
    verdict: Verdict,
    conversation_id: str | None,
    turn: int | None,
) -> Event:
    """The event of a verdict, or the one that says the same already; see `agent.service.Service.feedback`.

    Raises:
        InputError: the verdict is not one of like, dislike, seen; or the user id is malformed.
        NotFoundError: there is no such item, or the person has no such conversation.
    """
    check_user(user_id)
    if verdict not in _VERDICTS:
        raise InputError(f"Verdict {verdict!r} is unknown.", "Use like, dislike or seen.")
    known_item(deps, item_id)
    if conversation_id is not None:
        own_conversation(deps, user_id, conversation_id)
    kind, value = _VERDICTS[verdict]
    place = (conversation_id or "", turn if turn is not None else "", item_id)
    before = _last_verdict(deps, user_id, conversation_id, turn, item_id, kind)
    standing = before if before is not None and before.retracted_at is None else None
    if standing is not None and standing.kind == kind:
        return standing
    now = deps.now()
    event = Event(
        user_id=user_id,
        at=now,
        kind=kind,
        item_id=item_id,
        value=value,
        source="api" if conversation_id is None else "dialogue",
        conversation_id=conversation_id,
        turn=turn,
        # The verdict before it is part of the key: like, dislike or undo, like again are separate deliveries.
        key=idempotency_key("feedback", *place, kind, before.id if before else ""),
        replaces=standing.id if standing else None,
    )
    deps.events.append([event])
    deps.conversations.add_feedback(
        Feedback(
            user_id=user_id,
            at=now,
            item_id=item_id,
            verdict=verdict,
            conversation_id=conversation_id,
            turn=turn,
            event_id=event.id,
        )
    )
    return event


def _last_verdict(
    deps: Deps, user_id: str, conversation_id: str | None, turn: int | None, item_id: str, kind: EventKind
) -> Event | None:
    """The latest verdict on this card that one of a kind says the same as, or the opposite of."""
    kinds = {kind} if kind is EventKind.SEEN else {EventKind.LIKE, EventKind.DISLIKE}
    for event in reversed(deps.events.of_user(user_id, include_retracted=True)):
        same_place = (event.conversation_id, event.turn) == (conversation_id, turn)
        if event.item_id == item_id and same_place and event.kind in kinds and event.text is None:
            return event
    return None
