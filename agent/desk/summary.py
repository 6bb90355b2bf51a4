"""What somebody who takes a conversation over has to know, from what was said and stored; nothing is made up."""

from __future__ import annotations

from collections.abc import Sequence

from agent.desk.brief import headline, limits_of, mood_here
from agent.desk.handoff import asks_for_person
from agent.desk.open_requests import shortened
from agent.memory import Memory
from agent.wording import counted, join, titled
from core.turns import Turn
from core.types import Event
from store.exchanges import Exchange

_TRIED = {
    "recommend": "suggested",
    "search_catalog": "found",
    "item_details": "told about",
    "trending": "named as popular",
}
_NAMED = 5


def summary_of(
    events: Sequence[Event],
    turns: Sequence[Turn],
    exchanges: Sequence[Exchange],
    memory: Memory,
    reason: str = "",
) -> str:
    """Who it is, what they want, what was tried, which limits hold and how they sound, a line each.

    Args:
        events: of the customer, in time order.
        turns, exchanges: of the conversation.
        memory: what the conversation holds.
    """
    mood = mood_here(exchanges, exchanges[-1].conversation_id) if exchanges else None
    wishes = [exchange.text for exchange in exchanges if exchange.text and not asks_for_person(exchange.text)]
    words = [shortened(text, 120) for text in wishes]
    lines = [f"Who: {headline(events, {}, sum(event.kind == 'purchase' for event in events), exchanges)}"]
    before = f"; before that “{words[-2]}”" if len(words) > 1 else ""
    lines.append(f"Wants: “{words[-1]}”{before}" if words else "Wants: a person; nothing else was said.")
    lines.append(f"Tried: {'; '.join(tried(turns)) or 'nothing yet'}.")
    limits = limits_of(memory)
    lines.append(f"Limits: {', '.join(limits) if limits else 'none stated'}.")
    if mood is not None:
        lines.append(f"Mood: {mood.label}" + (f", “{shortened(mood.quote, 100)}”" if mood.quote else ""))
    if reason:
        lines.append(f"Why here: {reason}")
    return "\n".join(lines)


def tried(turns: Sequence[Turn]) -> list[str]:
    """What the bot did, the latest first: "suggested Alien and Heat"."""
    done: dict[str, None] = {}
    for turn in reversed(turns):
        if turn.author != "driftline":
            continue
        for call in turn.calls:
            verb = _TRIED.get(call.tool)
            if verb and call.ok and turn.items:
                names = [titled(card.title, card.year) for card in turn.items[:_NAMED]]
                done[f"{verb} {join(names)}"] = None
            elif verb and call.ok and turn.slate is not None and not turn.slate.items:
                done["found nothing within the limits"] = None
        if turn.unsure:
            done[f"did not understand “{shortened(turn.text, 60)}”"] = None
        if any(event.kind in ("like", "dislike") for event in turn.events):
            tastes = [event.title or event.topic or "" for event in turn.events if event.kind in ("like", "dislike")]
            done[f"noted a taste ({join(tastes[:3])})"] = None
    shown = list(done)[:4]
    return [*shown, f"and {counted(len(done) - 4, 'thing')} more"] if len(done) > 4 else shown
