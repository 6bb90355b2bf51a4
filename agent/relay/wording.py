"""What a relaying program shows of a turn, as plain text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from core.turns import Turn

_WAITING = "A member of staff has this conversation and will answer here."


def reply_of(turn: Turn) -> str:
    """The reply; where nobody has replied yet, that somebody will."""
    return turn.reply or _WAITING


def left_out(turn: Turn) -> str:
    """The items that the reply does not name, as a list; empty where it names them all."""
    absent = [item for item in turn.items if item.title not in turn.reply]
    return "\n".join(f"- {item.title}{f' ({item.year})' if item.year else ''}" for item in absent)


def of_staff(turns: Iterable[Turn]) -> str:
    """What staff said of themselves, each with the name."""
    return "\n\n".join(f"{turn.author}: {turn.reply}" for turn in turns)


def whole(turn: Turn, missed: Sequence[Turn] = ()) -> str:
    """All of it: what staff said before the turn, the reply, and what it leaves out."""
    return "\n\n".join(part for part in (of_staff(missed), reply_of(turn), left_out(turn)) if part)
