"""Driftline's turns and drafts as messages of Chatwoot's API."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from core.desk import Draft, Thread
from core.results import Recommendation
from core.turns import Turn
from core.types import Item

SHOWN = 5
"""Items of a slate that are listed in a message."""


def reply(turn: Turn, items: Mapping[str, Item], shows: Sequence[str]) -> list[dict[str, Any]]:
    """What a customer gets for a turn: the reply, and the items as cards where they can be shown, else as lines unless
    the reply has them already.

    Args:
        items: of the turn's items, for their links and pictures.
        shows: what the channel can show beside text.
    """
    listed = turn.items[:SHOWN]
    pictured = [shown for shown in listed if _linked(items.get(shown.id))]
    cards = "cards" in shows and bool(pictured) and len(pictured) == len(listed)
    told = all(shown.title in turn.reply for shown in listed)
    text = turn.reply if cards or told else f"{turn.reply}\n\n{_lines(listed, items)}".strip()
    messages = [_outgoing(text)] if text.strip() else []
    if cards:
        body = {"items": [_card(shown, items[shown.id]) for shown in pictured]}
        messages.append(_outgoing(turn.items[0].title) | {"content_type": "cards", "content_attributes": body})
    return messages


def handover(thread: Thread) -> dict[str, Any]:
    """The private note that tells staff why a conversation comes to them, and what was said."""
    parts = ["**Driftline hands this conversation over.**", thread.reason, thread.summary]
    return _outgoing("\n\n".join(part for part in parts if part)) | {"private": True}


def taken_here(thread: Thread) -> dict[str, Any]:
    """The private note about a conversation that somebody took at Driftline's own desk."""
    who = f"{thread.agent} has taken this conversation at Driftline's desk."
    return _outgoing(f"**{who}** What is written there is sent here too, under the bot's name.") | {"private": True}


def drafts(offered: Sequence[Draft]) -> dict[str, Any]:
    """Draft replies as one private note; nobody but staff sends one."""
    parts = [f"*{draft.tone}:*\n{draft.text}" for draft in offered]
    return _outgoing("**Drafts by Driftline**\n\n" + "\n\n".join(parts)) | {"private": True}


def sorry(what: str) -> dict[str, Any]:
    """A plain sentence to the customer."""
    return _outgoing(what)


def failed() -> dict[str, Any]:
    """The private note about a message that could not be answered."""
    return _outgoing("**Driftline could not answer this message.** Its log says why.") | {"private": True}


def _outgoing(text: str) -> dict[str, Any]:
    return {"content": text, "message_type": "outgoing", "private": False}


def _lines(listed: Sequence[Recommendation], items: Mapping[str, Item]) -> str:
    return "\n".join(f"{place}. {_line(shown, items.get(shown.id))}" for place, shown in enumerate(listed, start=1))


def _line(shown: Recommendation, item: Item | None) -> str:
    title = f"{shown.title} ({shown.year})" if shown.year else shown.title
    name = f"[{title}]({item.url})" if item is not None and item.url else title
    why = next((reason.text for reason in shown.reasons if reason.text), "")
    told = ", ".join(part for part in (_price(shown), why) if part)
    return f"{name}: {told}" if told else name


def _card(shown: Recommendation, item: Item) -> dict[str, Any]:
    why = next((reason.text for reason in shown.reasons if reason.text), "")
    card: dict[str, Any] = {
        "title": f"{shown.title} ({shown.year})" if shown.year else shown.title,
        "description": ", ".join(part for part in (_price(shown), why) if part),
        "actions": [{"type": "link", "text": "Open", "uri": item.url}] if item.url else [],
    }
    return card | ({"media_url": item.image_url} if item.image_url else {})


def _linked(item: Item | None) -> bool:
    return item is not None and bool(item.url or item.image_url)


def _price(shown: Recommendation) -> str:
    price = shown.numbers.get("price")
    return "" if price is None else f"{price:.2f}"
