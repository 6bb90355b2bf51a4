"""What the doors hand in, checked before anything works on it: messages, people, items and conversations."""

from __future__ import annotations

import unicodedata

from core.errors import InputError, NotFoundError
from core.types import Conversation, Item
from tools.deps import Deps

MAX_TEXT = 20_000
"""Longest message, in characters."""


def readable(text: str, lines: bool = False) -> str:
    """The message without control characters, its line breaks as spaces.

    Args:
        lines: keep the line breaks, which tell who speaks in a chat log.

    Raises:
        InputError: it is empty, too long, or has no readable character.
    """
    if len(text) > MAX_TEXT:
        raise InputError(f"The message has {len(text)} characters.", f"Send at most {MAX_TEXT}.")
    if lines and len(text.splitlines()) > 1:
        kept_lines = (readable(line) for line in text.splitlines() if _seen(line))
        return "\n".join(kept_lines) or readable("")
    spaced = (" " if char in "\n\r\t\v\f\u2028\u2029" else char for char in unicodedata.normalize("NFC", text))
    kept = "".join(char for char in spaced if unicodedata.category(char) not in {"Cc", "Cs", "Co", "Cn"})
    cleaned = " ".join(kept.split())
    if not _seen(cleaned):
        raise InputError("The message is empty.", "Say what you are looking for.")
    return cleaned


def _seen(text: str) -> bool:
    """Whether anything of it can be seen."""
    return any(not unicodedata.category(char).startswith(("C", "Z")) for char in text)


def check_user(user_id: str) -> None:
    """Let a well-formed user id pass, known or not.

    Raises:
        InputError: it is malformed.
    """
    if not user_id or len(user_id) > 200 or user_id != user_id.strip() or not user_id.isprintable():
        raise InputError(f"User id {user_id[:40]!r} cannot be used.", "Use 1 to 200 printable characters.")


def known_item(deps: Deps, item_id: str) -> Item:
    """The item of an id.

    Raises:
        NotFoundError: there is no such item.
    """
    item = deps.catalog.get(item_id)
    if item is None:
        raise NotFoundError(f"There is no item {item_id!r} in the catalogue.", "Search for it by title.")
    return item


def own_conversation(deps: Deps, user_id: str, conversation_id: str) -> Conversation:
    """A conversation of this person.

    Raises:
        NotFoundError: the person has no such conversation.
    """
    conversation = deps.conversations.get(conversation_id)
    if conversation is None or conversation.user_id != user_id:
        raise NotFoundError(
            f"User {user_id!r} has no conversation {conversation_id!r}.", "Start a new one by leaving it out."
        )
    return conversation
