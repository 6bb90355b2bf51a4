"""What a customer asked for and has not been answered."""

from __future__ import annotations

from collections.abc import Sequence

from core.desk import Cited
from store.exchanges import Exchange

_LONGEST = 200


def open_requests(exchanges: Sequence[Exchange]) -> tuple[Cited, ...]:
    """Messages that nobody answered, that the bot did not understand, or to which it found nothing, the latest first.

    What a member of staff wrote later in the same conversation counts as the answer.

    Args:
        exchanges: of one person, in time order.
    """
    answered: set[str] = set()
    found = []
    for exchange in reversed(exchanges):
        if exchange.by_staff and exchange.reply:
            answered.add(exchange.conversation_id)
        unanswered = not exchange.reply or exchange.unsure or exchange.nothing_found
        if exchange.text and unanswered and exchange.conversation_id not in answered:
            found.append(said(exchange))
    return tuple(found)


def said(exchange: Exchange, quote: str = "") -> Cited:
    """The customer's words of an exchange, or some of them, with where they were said."""
    return Cited(
        text=shortened(quote or exchange.text),
        at=exchange.at,
        conversation_id=exchange.conversation_id,
        turn=exchange.turn,
    )


def shortened(text: str, longest: int = _LONGEST) -> str:
    """A text in one line, cut at a word where it is long."""
    line = " ".join(text.split())
    return line if len(line) <= longest else line[: longest - 1].rsplit(" ", 1)[0] + "…"
