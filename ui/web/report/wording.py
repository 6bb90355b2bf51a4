"""Words of a report: phrases by name, lists, events and moves."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from core.explanations import Carrier, Shift
from core.results import Ground
from ui.web import words
from ui.web.report.ports import Facts
from ui.web.texts import text

TOPICS = 3
MOVES = 3
"""Moves told of one event."""


def phrase(facts: Facts, name: str, /, **values: Any) -> str:
    """The words of ``[report]`` of a name, in the language of the report."""
    return text(facts.language, f"report.{name}", **values)


def join(names: Sequence[str], language: str) -> str:
    """ "A", "A and B", "A, B and C"."""
    if len(names) < 2:
        return "".join(names)
    comma = text(language, "words.listed")
    return text(language, "report.joined", most=comma.join(names[:-1]), last=names[-1])


def topic_names(facts: Facts, shares: Sequence[float], topics: Sequence[str], count: int = TOPICS) -> list[str]:
    """The largest topics with their shares, in words."""
    order = sorted(range(len(topics)), key=lambda place: -shares[place])[:count]
    return [f"{words.topic(topics[place], facts.language)} {words.percent(shares[place])}" for place in order]


def event_words(facts: Facts, ground: Ground) -> str:
    """An event as a line: "Alien, rated, 3 May 2013"."""
    name = words.subject(ground.kind, ground.name, facts.language) if ground.item_id is None else ground.name
    kind = words.kind(ground.kind, facts.language)
    if ground.event_id is None:
        return phrase(facts, "event_now", name=name, kind=kind)
    return phrase(facts, "event", name=name, kind=kind, day=words.day(ground.at, facts.language))


def moves(facts: Facts, carrier: Carrier) -> str:
    """What a list would be without an event, in one line; what changes the most first."""
    k = facts.request.k
    own = {carrier.event.item_id}
    others = [shift for shift in carrier.shifts if shift.item_id not in own]
    left = sorted((shift for shift in others if _on(shift.rank, k)), key=lambda shift: -_depth(shift.rank_then))
    come = [shift for shift in others if not _on(shift.rank, k)]
    told = [_move(facts, shift, k) for shift in (*left[:2], *come[:2])][:MOVES]
    if not told:
        return phrase(facts, "moves_own" if carrier.shifts else "moves_none")
    return text(facts.language, "words.listed").join(told)


def _move(facts: Facts, shift: Shift, k: int) -> str:
    if shift.rank_then is None:
        return phrase(facts, "move_off", title=shift.title)
    name = "move_in" if not _on(shift.rank, k) else "move_to"
    return phrase(facts, name, title=shift.title, was=shift.rank or "–", then=shift.rank_then)


def _on(rank: int | None, k: int) -> bool:
    return rank is not None and rank <= k


def _depth(rank: int | None) -> float:
    return float("inf") if rank is None else float(rank)
