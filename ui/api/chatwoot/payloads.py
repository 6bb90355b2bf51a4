"""Chatwoot's webhooks, read into one plain value each: who did what in which conversation."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from core.errors import InputError
from core.privacy import redact
from core.types import Frozen, Id, Instant

Kind = Literal["message", "status", "nothing"]
By = Literal["contact", "staff", "bot"]

_TYPES = {"0": "incoming", "1": "outgoing", "2": "activity", "3": "template"}
_CARDS = frozenset({"Channel::WebWidget", "Channel::Api"})
"""Channels whose clients show cards."""
_LONGEST_ID = 200
_STATUS_EVENTS = frozenset({"conversation_status_changed", "conversation_opened", "conversation_resolved"})
_MESSAGE_EVENTS = frozenset({"message_created", "message_updated"})


class Happening(Frozen):
    """What one webhook tells.

    Attributes:
        kind: a message that counts, a status that may have changed, or nothing to act on.
        key: names this happening; the same delivery again has the same key.
        thread: the conversation ("1/42": account and number).
        user_id: the person, see `person`.
        status: of the conversation ("pending", "open", "resolved", "snoozed"); empty where it is not told.
        staff: name of the member of staff who wrote, or to whom the conversation is assigned.
        at: when it happened by Chatwoot's clock; None where it is not told.
    """

    kind: Kind = "nothing"
    key: str = ""
    thread: Id = "-"
    user_id: Id = "-"
    by: By = "contact"
    text: str = ""
    message_id: str = ""
    status: str = ""
    staff: str = ""
    shows: tuple[str, ...] = ()
    at: Instant | None = None


class _Told(BaseModel):
    """Chatwoot adds fields from version to version: what is not known is left alone."""

    model_config = ConfigDict(extra="ignore", coerce_numbers_to_str=True)


class _Person(_Told):
    id: str = ""
    name: str | None = None
    type: str | None = None
    identifier: str | None = None
    hmac_verified: bool | None = None


class _Meta(_Told):
    sender: _Person = _Person()
    assignee: _Person | None = None


class _ContactInbox(_Told):
    contact_id: str = ""
    hmac_verified: bool | None = False


class _Conversation(_Told):
    id: str = Field(default="", max_length=80)
    status: str | None = ""
    channel: str | None = ""
    contact_inbox: _ContactInbox | None = None
    meta: _Meta = _Meta()


class _Account(_Told):
    id: str = Field(default="", max_length=80)


class _Message(_Told):
    id: str = Field(min_length=1, max_length=80)
    content: str | None = ""
    message_type: str = "incoming"
    private: bool | None = False
    content_attributes: dict[str, Any] | None = None
    created_at: str | None = None
    sender: _Person | None = None
    conversation: _Conversation
    account: _Account


def read(body: bytes) -> Happening:
    """One webhook.

    Raises:
        InputError: the body is no JSON object, has no event, or lacks what its event must have.
    """
    try:
        told = json.loads(body)
    except ValueError as error:
        raise InputError("The webhook's body is not JSON.", "Send Chatwoot's payload as it is.") from error
    event = told.get("event") if isinstance(told, dict) else None
    if not isinstance(event, str) or not event:
        raise InputError("The webhook names no event.", "Send Chatwoot's payload as it is.")
    try:
        if event in _MESSAGE_EVENTS:
            return _message(event, _Message.model_validate(told))
        if event in _STATUS_EVENTS:
            return _status(event, told)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(map(str, first["loc"]))
        raise InputError(f"{event} cannot be read: {where}: {first['msg']}.", "Send Chatwoot's payload.") from error
    return Happening()


def person(account: str, conversation: _Conversation) -> str:
    """Whose timeline a conversation belongs to.

    The shop's own id of the customer (Chatwoot's ``identifier``) counts only where Chatwoot has verified it or where
    no browser can have made it up; else a stranger could take on another person's history by claiming their id.
    """
    sender, inbox = conversation.meta.sender, conversation.contact_inbox
    proven = (inbox is not None and bool(inbox.hmac_verified)) or conversation.channel == "Channel::Api"
    own = (sender.identifier or "").strip()
    if proven and own and len(own) <= _LONGEST_ID and own.isprintable():
        return own
    contact = (inbox.contact_id if inbox is not None else "") or sender.id
    return f"chatwoot-{account}-{contact or f'conversation-{conversation.id}'}"[:_LONGEST_ID]


def _message(event: str, message: _Message) -> Happening:
    conversation, account = message.conversation, message.account.id
    if not (conversation.id and account):
        raise InputError(f"{event} names no conversation or no account.", "Send Chatwoot's payload as it is.")
    direction = _TYPES.get(message.message_type, message.message_type)
    chosen = _chosen(message) if event == "message_updated" else ""
    text = chosen or ("" if event == "message_updated" else (message.content or ""))
    by = _by(direction, message.sender) if not chosen else "contact"
    counts = not message.private and direction in {"incoming", "outgoing"} and text.strip() and by != "bot"
    assignee = conversation.meta.assignee
    return Happening(
        kind="message" if counts or chosen else "nothing",
        key=f"in:{account}/{conversation.id}:{'choice' if chosen else 'message'}:{message.id}",
        thread=f"{account}/{conversation.id}",
        user_id=person(account, conversation),
        by=by,
        text=redact(text),
        message_id=message.id,
        status=conversation.status or "",
        staff=_name(message.sender) if by == "staff" else _name(assignee),
        shows=("cards",) if conversation.channel in _CARDS else (),
        at=_moment(message.created_at),
    )


def _status(event: str, told: dict[str, Any]) -> Happening:
    conversation = _Conversation.model_validate(told)
    messages = told.get("messages")
    first = messages[0] if isinstance(messages, list) and messages and isinstance(messages[0], dict) else {}
    owner = told.get("account") if isinstance(told.get("account"), dict) else {}
    account = str(told.get("account_id") or (owner or {}).get("id") or first.get("account_id") or "")
    if not conversation.id:
        raise InputError(f"{event} names no conversation.", "Send Chatwoot's payload as it is.")
    if not account:  # a conversation without a message yet: its first message will tell all that this could
        return Happening()
    status = conversation.status or ""
    if event == "conversation_resolved":
        status = "resolved"
    stamp = told.get("updated_at") or told.get("timestamp")
    return Happening(
        kind="status",
        key=f"in:{account}/{conversation.id}:{status}:{stamp}",
        thread=f"{account}/{conversation.id}",
        user_id=person(account, conversation),
        by="staff",
        status=status,
        staff=_name(conversation.meta.assignee),
        shows=("cards",) if conversation.channel in _CARDS else (),
        at=_moment(stamp),
    )


def _by(direction: str, sender: _Person | None) -> By:
    if direction == "incoming":
        return "contact"
    # Messages without a sender are the system's own (greetings, automations).
    return "staff" if sender is not None and sender.type == "user" else "bot"


def _chosen(message: _Message) -> str:
    """The words of a choice that the customer made on an interactive message."""
    values = (message.content_attributes or {}).get("submitted_values")
    if not isinstance(values, list):
        return ""
    said = [str(each.get("value") or each.get("title") or "") for each in values if isinstance(each, dict)]
    return ", ".join(part for part in said if part)


def _name(person_: _Person | None) -> str:
    return (person_.name or "").strip()[:100] if person_ is not None else ""


def _moment(told: object) -> datetime | None:
    if isinstance(told, str) and not told.replace(".", "", 1).isdigit():
        try:
            moment = datetime.fromisoformat(told.replace(" UTC", "+00:00").replace("Z", "+00:00"))
        except ValueError:
            return None
        return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return datetime.fromtimestamp(float(str(told)), UTC)
    except (ValueError, OverflowError, OSError):
        return None
