"""``Idempotency-Key``: a request that is sent again gets the answer that it had the first time."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from pydantic import BaseModel
from starlette.exceptions import HTTPException

from agent.service import Service
from agent.state import Cards, Done, Text, Update
from core.errors import InputError, NotFoundError
from core.turns import Turn
from core.types import Conversation, idempotency_key
from store.deliveries import Delivery


def conversation(
    service: Service, user_id: str, key: str | None, body: BaseModel, begin: Callable[[], Conversation]
) -> Conversation:
    """The conversation that a request begins, or began when it came first."""
    if key is None:
        return begin()
    before = _before(service, user_id, key, body)
    if before is not None:
        return service.conversation(user_id, before.conversation_id or "")
    try:
        begun = begin()
    except BaseException:
        service.deliveries.release(user_id, key)
        raise
    service.deliveries.complete(user_id, key, begun.id)
    return begun


def turn(
    service: Service, user_id: str, key: str | None, body: BaseModel, begin: Callable[[], Iterator[Update]]
) -> Iterator[Update]:
    """A turn as it happens, or, for a request that came before, as it was stored.

    Raises:
        InputError: the key was used for another request.
        HTTPException: 409, the first delivery is still being answered.
    """
    if key is None:
        return begin()
    before = _before(service, user_id, key, body)
    if before is not None:
        return iter(_again(service, before))
    try:
        updates = begin()
    except BaseException:
        service.deliveries.release(user_id, key)
        raise
    return _recorded(service, user_id, key, updates)


def _recorded(service: Service, user_id: str, key: str, updates: Iterator[Update]) -> Iterator[Update]:
    done = False
    try:
        for update in updates:
            if isinstance(update, Done):
                service.deliveries.complete(user_id, key, update.turn.conversation_id, update.turn.turn)
                done = True
            yield update
    finally:
        if not done:
            service.deliveries.release(user_id, key)


def _before(service: Service, user_id: str, key: str, body: BaseModel) -> Delivery | None:
    digest = idempotency_key(type(body).__name__, body.model_dump_json())
    before = service.deliveries.claim(user_id, key, digest, service.now())
    if before is None:
        return None
    if before.digest != digest:
        raise InputError(f"The key {key!r} was used for another request.", "Use a new key for each request.")
    if before.conversation_id is None:
        raise HTTPException(409, f"The request {key!r} is still being answered.", {"retry-after": "2"})
    return before


def _again(service: Service, before: Delivery) -> list[Update]:
    kept: list[Turn] = service.turns(before.conversation_id or "")
    found = next((each for each in kept if each.turn == before.turn), None)
    if found is None:
        raise NotFoundError("The turn that answered this request was deleted.", "Use a new key.")
    cards: list[Update] = [Cards(items=found.items)] if found.items else []
    return [*cards, Text(delta=found.reply), Done(turn=found)]
